"""What ties a mail to others: message ids and subjects (RFC 5322 3.6.4)."""

from __future__ import annotations

import re
import unicodedata

from deskterm.domain.mail import Envelope
from deskterm.mail.headers import one_line, read_ids

_PREFIX = re.compile(
    r"(?:re|fw|fwd|tr|réf|rép|ref|rep|aw|wg|antw|sv|vs|vb|odp|pd|res|enc|r|i|rv|ynt|i̇lt|ilt|vá"
    r"|továbbítás|回复|回覆|答复|转发|轉寄)(?: ?[\[(^]\d{1,3}[\])]?)?[ \u00a0]?[:：][ \u00a0]*",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[[^\[\]]{1,40}\][ \u00a0]*")
_BLANKS = re.compile(r"\s+")
_SUBJECT_LENGTH = 1_000

_SHORT = 4
_GENERIC = frozenset(
    {
        "", "(no subject)", "no subject", "(sans objet)", "sans objet", "(aucun objet)",
        "aucun objet", "(kein betreff)", "kein betreff", "(sin asunto)", "sin asunto",
        "(nessun oggetto)", "nessun oggetto", "(geen onderwerp)", "geen onderwerp",
        "commande", "ma commande", "votre commande", "question", "une question", "contact",
        "demande", "demande d'information", "renseignement", "réclamation", "retour", "livraison",
        "colis", "facture", "remboursement", "bonjour", "message", "problème", "urgent",
        "confirmation de commande", "order", "my order", "your order", "order confirmation",
        "delivery", "return", "refund", "invoice", "hello", "help", "help!", "problem", "enquiry",
        "inquiry", "bestellung", "ihre bestellung", "bestellbestätigung", "frage", "anfrage",
        "kontakt", "lieferung", "rechnung", "pedido", "mi pedido", "consulta", "contacto",
        "factura", "ordine", "domanda", "contatto", "fattura", "bestelling", "vraag", "factuur",
    }
)  # fmt: skip

#: RFC 5322 2.1.1 allows lines of 998 characters; a longer id cannot be repeated.
_ID_LENGTH = 900
_ENDS = 20


def message_ids(text: str) -> tuple[str, ...]:
    """All message ids in a text, in angle brackets, each once, in order of appearance."""
    return read_ids(text)


def normalise_subject(subject: str) -> str:
    """A subject without reply and forward prefixes and list tags, blanks collapsed, in NFC."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", subject[:_SUBJECT_LENGTH])).strip()
    return text[_after_prefixes(text) :].strip() or text


def has_reply_prefix(subject: str) -> bool:
    """Whether a subject says of itself that it answers or forwards something."""
    text = subject[:_SUBJECT_LENGTH].lstrip()
    place = 0
    while tag := _TAG.match(text, place):
        place = tag.end()
    return _PREFIX.match(text, place) is not None


def is_generic_subject(subject: str) -> bool:
    """Whether a subject is so common or short that it ties nothing together."""
    text = normalise_subject(subject).casefold().rstrip(" .!?:")
    return len(text) < _SHORT or text in _GENERIC


def reply_subject(subject: str) -> str:
    """The subject of an answer: `Re: ` once, whatever stood there before."""
    text = _BLANKS.sub(" ", one_line(subject[:_SUBJECT_LENGTH])).strip()
    place = 0
    while prefix := _PREFIX.match(text, place):
        place = prefix.end()
    return f"Re: {text[place:]}".rstrip()


def reply_references(parent: Envelope) -> tuple[str, ...]:
    """The References of an answer: the parent's, and the parent's own id last (RFC 5322 3.6.4).

    Long chains keep their first and last 20 ids. A parent without an id gives none.
    """
    if parent.message_id is None:
        return ()
    before = parent.references
    if not before and len(parent.in_reply_to) == 1:
        before = parent.in_reply_to
    chain = [one for one in dict.fromkeys(before) if one != parent.message_id]
    chain = [one for one in [*chain, parent.message_id] if _is_repeatable(one)]
    return tuple(chain if len(chain) <= 2 * _ENDS else chain[:_ENDS] + chain[-_ENDS:])


def _after_prefixes(text: str) -> int:
    """Where the subject proper begins."""
    place = 0
    while found := _PREFIX.match(text, place) or _TAG.match(text, place):
        place = found.end()
    return place


def _is_repeatable(message_id: str) -> bool:
    return len(message_id) <= _ID_LENGTH and message_id.isascii() and message_id.isprintable()

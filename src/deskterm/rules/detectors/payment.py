"""Payment data and secrets: card numbers in full, and requests to send one, a code or a password.

A request is a verb that asks for an answer to us, followed within a few words by what is secret.
"Never send us your password" and "the last four digits of your card" are no requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskterm.domain.cards import find_cards
from deskterm.rules.detectors.base import Detector, Match, Reading, holds_any, scan
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

_ASKS = {
    "en": r"(?:send|give|tell|e-?mail|text|share|forward|provide|reply[ ]with)"
    r"[ ](?:me|us|your|the|back|over|by|in)",
    "fr": r"(?<!vous[ ])(?:r?envoy(?:er|ez)|communiqu(?:er|ez)|transmett(?:re|ez)|donn(?:er|ez)"
    r"|indiqu(?:er|ez)|fourni(?:r|ssez)|dites)",
    "de": r"(?:senden|schicken|nennen|mailen|geben|teilen|send|schick|nenn|gib|teil)e?"
    r"[ ](?:Sie|uns|mir|bitte)",
    "es": r"(?:env[ií](?:e|a|ar)|m[aá]nd(?:e|a|ar)|indi(?:que|ca|car)|d[ií]ga|facil[ií]t(?:e|ar))"
    r"(?:nos|me)?",
    "it": r"(?:invi(?:i|are|a)|mand(?:i|are|a)|comunic(?:hi|are|a)|fornisc[ai]|fornire|dica)"
    r"(?:ci|mi|te|teci|temi)?",
}
_SECRETS = (
    r"CVV2?|CVC2?|card[ ]security[ ]code|card[ ]number|credit[ ]card[ ]details"
    r"|pass(?:word|code)"
    r"|cryptogramme|mots?[ ]de[ ]passe|num[ée]ro[ ]de[ ](?:la[ ]|votre[ ])?carte"
    r"|(?:kredit)?kartennummer|(?:karten)?pr[üu]f(?:nummer|ziffer)|passwort|kennwort"
    r"|n[úu]mero[ ]de[ ](?:su[ ]|tu[ ]|la[ ])?tarjeta|contrase[ñn]a"
    r"|numero[ ](?:della[ ](?:sua[ ]|tua[ ])?|di[ ])carta"
)
#: A part of every secret's name, in lower case.
_SIGNS = (
    "cvv", "cvc", "card", "passw", "passc", "crypto", "passe", "carte", "nummer", "prüf", "pruf",
    "ziffer", "kennwort", "tarjeta", "contrase", "carta",
)  # fmt: skip
_REQUESTS = {
    f"asks_{language}": rf"(?i:\b{verb}\b[^.!?\n]{{1,60}}?(?<!\w)(?:{_SECRETS})(?!\w))"
    for language, verb in _ASKS.items()
}
_DENIED = (
    r"(?i:\b(?:never|not|cannot|(?:ca|do|wo)n['’]t|without|jamais|pas|sans|nie|niemals|nicht|keine?n?"
    r"|nunca|no|mai|non|senza)\b)"
)
_PARTIAL = (
    r"(?i:\b(?:last[ ](?:four|4)|ending|gift|loyalty|member|temporary"
    r"|derniers|cadeau|fid[ée]lit[ée]|nouveau|provisoire|letzten|geschenk|neues"
    r"|[uú]ltim[oae]s?|ultimi|regalo|nueva|fedelt[àa]|nuova)\b)"
)
_BY_US = (
    r"(?i:\b(?:we|I)(?:['’]ll|[ ](?:will|can|could|shall|would|just))?[ ]\Z"
    r"|\b(?:venons|viens|allons|vais|pouvons|peux)[ ](?:d['’]|de[ ])?(?:vous[ ])?\Z)"
)
_NUMBERED = (
    r"(?i:\b(?:tracking|order|parcel|serial|imei|ean|siret|suivi|colis|commande|sendungsnummer"
    r"|paket|bestellung|seguimiento|pedido|ordine|spedizione)\b)"
)
PATTERNS = Patterns(
    **_REQUESTS,
    denied=_DENIED,
    partial=_PARTIAL,
    by_us=_BY_US,
    numbered=_NUMBERED,
    sentence_end=r"[.!?\n]",
)
#: Characters looked at before and after a match.
_BEFORE, _AFTER = 40, 30


def _payment(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.copy.text
    for start, end in find_cards(text):
        # One bare run of digits in ten passes the check sum by chance; "tracking" before it is a
        # better explanation.
        other = text[start:end].isdigit() and PATTERNS["numbered"].search(
            text, max(0, start - _BEFORE), start
        )
        yield reading.mark(start, end, sure=not other)
    if parameters["requests"] and holds_any(text.lower(), _SIGNS):
        for name in _REQUESTS:
            for match in scan(PATTERNS[name], text):
                if _asks(match):
                    yield reading.mark(*match.span())


def _asks(match: re.Match[str]) -> bool:
    """Whether the words around leave it a request to send us a secret."""
    text, (start, end) = match.string, match.span()
    before = PATTERNS["sentence_end"].split(text[max(0, start - _BEFORE) : start])[-1]
    after = PATTERNS["sentence_end"].split(text[end : end + _AFTER])[0]
    whole = before + match.group()
    denied = PATTERNS["denied"].search(whole) or PATTERNS["by_us"].search(before)
    return not denied and not PATTERNS["partial"].search(whole + after)


DETECTORS: Mapping[str, Detector] = {
    "card_number": Detector(_payment, "text", parameters={"requests": False}),
}

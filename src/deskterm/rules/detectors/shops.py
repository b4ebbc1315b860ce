"""What a shop's own software and a marketplace's interface want of a message, each in its own form.

Marks in a subject, markup that the shop refuses, addresses that nobody answers from, links that
open an order to whoever holds them, file types that a form does not take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading, holds_any, scan, unaccented
from deskterm.rules.detectors.wording import GREETINGS, word_set
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import words
from deskterm.text.patterns import Patterns

#: Characters of a subject and of an address that are looked at.
_SUBJECT_CAP, _ADDRESS_CAP = 500, 320
#: A longer text is more than a greeting.
_GREETING_CAP = 80

PATTERNS = Patterns(
    thread_mark=r"#ct([0-9]{1,12})(?![0-9])",
    key_mark=r"#tc([0-9A-Za-z]{1,64})(?![0-9A-Za-z])",
    active_tag=(
        r"(?i:<[ \t\n]{0,5}/?[ \t\n]{0,5}"
        r"(?:script|iframe|form|input|embed|object)(?![0-9a-z]))"
    ),
    handler=r"(?i:<[a-z][^<>]{0,120}?[ \t\n\"'/]on[a-z]{3,20}[ \t\n]{0,5}=)",
    script_address=r"(?i:(?<![a-z])(?:java|vb)script[ \t]{0,5}:)",
    bare_suffix=r"(?<![\w./\\*-])\*?\.([A-Za-z][A-Za-z0-9]{1,4})(?![\w.-])",
    callback=(
        r"(?i:(?<!\w)(?:(?:vous|te)[ ](?:r?appel|rejoin|joindr|recontact|contact)[a-z]{1,8}"
        r"|(?:call|ring|phone|reach)(?:ing)?[ ]you|rufe[a-z]{0,2}[ ](?:Sie|dich)"
        r"|(?:le|lo|la|te|ti|vi)[ ](?:llam|chiam|richiam)[a-z]{1,8})(?!\w)"
        r"[^.!?\n]{0,40}?[+(]{0,2}[0-9](?:[ .()/-]{0,2}[0-9]){7,13}(?!\w))"
    ),
    word=r"[^\W_]{1,40}",
)
#: File types that a customer may be asked for. Without the dot.
_TYPES = word_set(
    """
    3gp 7z aac avi avif bmp csv doc docx eml flac flv gif heic heif htm html jpeg jpg m4a m4v mkv
    mov mp3 mp4 mpeg mpg msg odp ods odt ogg pages pdf png ppt pptx psd rar raw rtf svg tar tif tiff
    txt wav webm webp wma wmv xls xlsx xml zip
    """
)
#: What may stand beside a greeting without making it an answer.
_BESIDE_GREETING = word_set(
    """
    there again all dear sir madam mr mrs ms miss friend how are you
    a vous toi tous monsieur madame mademoiselle m mme mlle cher chere comment allez ca va
    herr frau zusammen liebe lieber wie geht es ihnen dir
    senor senora estimado estimada que tal como esta
    signore signora gentile caro cara come sta va
    """
)
_GREETING_WORDS = frozenset(
    word for greeting in GREETINGS for word in unaccented(greeting).lower().split()
)


def _key(address: str) -> str:
    return address.strip()[:_ADDRESS_CAP].casefold()


def _marks(subject: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers and the tokens of the threads that a subject names."""
    shown = subject[:_SUBJECT_CAP]
    return (
        frozenset(PATTERNS["thread_mark"].findall(shown)),
        frozenset(PATTERNS["key_mark"].findall(shown)),
    )


def _subject_marks(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    """PrestaShop finds the thread of an answer by `#ct<number>` and `#tc<token>` in its subject."""
    subject, before = reading.draft.subject, reading.facts.thread_subject
    if not subject:
        return
    threads, tokens = _marks(subject)
    wanted = _marks(before) if before else (frozenset[str](), frozenset[str]())
    of_another = any(wanted) and (threads, tokens) != wanted
    if len(threads) != 1 or len(tokens) != 1 or of_another:
        yield Match(excerpt=subject)


def _active_html(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.copy.text
    if holds_any(text, "<:"):
        for name in ("active_tag", "handler", "script_address"):
            for match in scan(PATTERNS[name], text):
                yield reading.mark(*match.span())


def _system_recipient(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    domains = tuple(f".{name}" for name in words(parameters, "domains"))
    own = {_key(address) for address in reading.facts.identities or ()}
    own.add(_key(reading.draft.sender))
    for recipient in reading.draft.recipients:
        address = _key(recipient)
        host = "." + address.rpartition("@")[2]
        if address and (host.endswith(domains) or address in own):
            yield Match(excerpt=recipient)


def _secret_link(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """A link with one of the `marks`, in a message that goes to others than the customer too."""
    allowed = reading.facts.allowed_recipients
    if allowed is None:
        return
    known = {_key(address) for address in allowed}
    if any(_key(recipient) not in known for recipient in reading.draft.recipients):
        text = reading.copy.text
        for mark in words(parameters, "marks"):
            place = text.find(mark)
            if place >= 0:
                yield reading.mark(place, place + len(mark))


def _asked_types(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    allowed = words(parameters, "types")
    for match in scan(PATTERNS["bare_suffix"], reading.copy.text):
        kind = match.group(1).lower()
        if kind in _TYPES and kind not in allowed:
            yield reading.mark(*match.span())


def _callback_number(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for match in scan(PATTERNS["callback"], reading.copy.text):
        yield reading.mark(*match.span())


def _only_greeting(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.copy.text
    if len(text) > _GREETING_CAP or reading.draft.attachments:
        return
    said = PATTERNS["word"].findall(unaccented(text).lower())
    name = PATTERNS["word"].findall(unaccented(reading.facts.buyer_name).lower())
    polite = _GREETING_WORDS | _BESIDE_GREETING | frozenset(name)
    if said and said[0] in _GREETING_WORDS and polite.issuperset(said):
        yield Match(0, len(reading.draft.text))


DETECTORS: Mapping[str, Detector] = {
    "subject_marks": Detector(_subject_marks, "text"),
    "active_html": Detector(_active_html, "text"),
    "system_recipient": Detector(_system_recipient, "text", parameters={"domains": ()}),
    "secret_link": Detector(_secret_link, "text", parameters={"marks": ()}),
    "asked_types": Detector(_asked_types, "text", parameters={"types": ()}),
    "callback_number": Detector(_callback_number, "text"),
    "only_greeting": Detector(_only_greeting, "text"),
}

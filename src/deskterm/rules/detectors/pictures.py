"""Pictures on a draft: QR codes that lead away from the channel.

A code is read by whoever holds a telephone up to it, so what it says counts like written text: an
address, a number, a card with contacts, a payment. A code with a mere number, as on a label that a
counter scans, leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from deskterm.rules.carriers import is_carrier
from deskterm.rules.detectors.attachments import suffix
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import AttachmentFacts, Parameter
from deskterm.rules.parameters import truth
from deskterm.rules.qr import qr_texts
from deskterm.text.patterns import Patterns

_PICTURES = word_set("bmp gif jfif jpe jpeg jpg png webp")
_WEB = ("http", "https")
#: What telephones do something with: contacts, payments (European Payments Council, EPC069-12).
_ACTS = ("begin:vcard", "mecard:", "matmsg:", "smsto:", "wifi:", "bcd\n", "bcd\r\n")
#: Of a file's name and of a code's text that are quoted.
_NAME_CAP, _TEXT_CAP = 30, 48

PATTERNS = Patterns(
    scheme=r"(?i:([a-z][a-z0-9+.-]{1,20}):(?=\S))",
    host=r"(?i:(?:[a-z0-9-]{1,30}\.){1,4}[a-z]{2,20}(?=[:/?#]|$))",
    mail=r"[^\s@]{1,64}@[^\s@]{1,60}\.[^\W\d_]{2,24}",
    phone=r"(?:\+|00)[ ]?[1-9](?:[ ()./-]{0,2}\d){7,14}(?!\d)",
)


def _qr_code(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    for file in reading.draft.attachments:
        if file.path is None or not _is_picture(file):
            continue
        texts = qr_texts(file.path)
        if texts is None:
            yield Match(sure=False, excerpt=file.filename)
            continue
        for text in texts:
            sure = True if truth(parameters, "every") else leads_away(text, reading)
            if sure is not None:
                yield Match(sure=sure, excerpt=f"{file.filename[:_NAME_CAP]}: {text[:_TEXT_CAP]}")


def _is_picture(file: AttachmentFacts) -> bool:
    return suffix(file.filename) in _PICTURES or file.mime.casefold().startswith("image/")


def leads_away(text: str, reading: Reading) -> bool | None:
    """Whether a code's text surely leads somewhere else; None: it leads nowhere, or stays here."""
    code = text.strip()
    if code.casefold().startswith(_ACTS) or PATTERNS["mail"].match(code):
        return True
    if PATTERNS["phone"].fullmatch(code):
        return True
    scheme, bare = PATTERNS["scheme"].match(code), PATTERNS["host"].match(code)
    # "shop.example:8080" has a host and a port where others have a scheme.
    name = scheme.group(1).casefold() if scheme and not bare else ""
    if name and name not in _WEB:
        return True
    if not name and not bare:
        return None
    host = _host(code if name else f"https://{code}")
    domains = reading.ground.domains
    if any(host == domain or host.endswith(f".{domain}") for domain in domains):
        return None
    if is_carrier(host):
        return False
    return bool(name) or code.casefold().startswith("www.") or "/" in code


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removesuffix(".")
    except ValueError:
        return ""


DETECTORS: Mapping[str, Detector] = {
    "qr_code": Detector(_qr_code, "attachment", parameters={"every": False}),
}

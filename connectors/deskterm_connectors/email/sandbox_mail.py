"""A message of the simulated world as the mail that its sender's program would have made of it.

Written with the standard library's older mail classes and not with deskterm's own composer: what
deskterm reads here shall not come from the hand that wrote the reader.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr
from html import escape
from types import MappingProxyType

from deskterm.sandbox.faces import Shop
from deskterm.sandbox.model import Conversation, FileOf, Language
from deskterm.sandbox.model import Message as Said

_POLICY = compat32.clone(linesep="\r\n", max_line_length=78, mangle_from_=False)
_WIDTH = 78
_SHOP = "shop"  # the program the shop's own replies were written with
_PROGRAMS = ("webmail", "phone", "desktop", "bare")
_QUOTING = frozenset({"webmail", "phone", "desktop"})
#: One customer in so many has a program from another age.
_OLD_PROGRAMS = 23
_OLD_CHARSETS = ("windows-1252", "iso-8859-15")
_MIME = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True, slots=True)
class _Custom:
    """How programs write in a language: days from Monday and months from January, in one line."""

    footer: str
    days: str
    months: str
    attribution: str
    hours_from_utc: int


_CUSTOMS: Mapping[Language, _Custom] = MappingProxyType(
    {
        "en": _Custom(
            "Sent from my phone",
            "Mon Tue Wed Thu Fri Sat Sun",
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "On {day}, {date} {month} {year} at {time}, {who} wrote:",
            0,
        ),
        "fr": _Custom(
            "Envoyé de mon téléphone",
            "lun. mar. mer. jeu. ven. sam. dim.",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "Le {day} {date} {month} {year} à {time}, {who} a écrit :",
            1,
        ),
        "de": _Custom(
            "Von meinem Telefon gesendet",
            "Mo. Di. Mi. Do. Fr. Sa. So.",
            "Jan. Febr. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            "Am {day}, {date}. {month} {year} um {time} Uhr schrieb {who}:",
            1,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a mail is written on.

    Args:
        said: the message itself.
        customer_address: who writes, or is written to.
        ids: the Message-IDs of the mails before, the one that is answered last.
        before: the message that is answered, for programs that quote.
    """

    shop: Shop
    conversation: Conversation
    said: Said
    customer_address: str
    message_id: str
    ids: Sequence[str] = ()
    before: Said | None = None


def compose(occasion: Occasion) -> bytes:
    """The mail (RFC 5322, MIME), with CRLF line ends and nothing outside ASCII."""
    mail = _body(occasion)
    of_the_body = mail.items()
    for name, _ in of_the_body:
        del mail[name]
    for name, value in [*_headers(occasion), *of_the_body]:
        mail[name] = value
    return mail.as_bytes(policy=_POLICY)


def _headers(occasion: Occasion) -> list[tuple[str, str]]:
    said, shop = occasion.said, occasion.shop
    customer = (occasion.conversation.customer.name, occasion.customer_address)
    ours = (shop.name, shop.address)
    sender, recipient = (ours, customer) if said.ours else (customer, ours)
    zone = timezone(timedelta(hours=_custom(occasion).hours_from_utc))
    headers: list[tuple[str, str]] = [
        ("Return-Path", "<>" if said.automatic else f"<{sender[1]}>"),
        ("From", formataddr(sender, "utf-8")),
        ("To", formataddr(recipient, "utf-8")),
        ("Subject", _subject(occasion)),
        ("Date", format_datetime(said.at.astimezone(zone))),
        ("Message-ID", occasion.message_id),
    ]
    if occasion.ids:
        headers.append(("In-Reply-To", occasion.ids[-1]))
        headers.append(("References", "\r\n ".join(occasion.ids)))
    if said.automatic:  # RFC 3834 5
        headers.append(("Auto-Submitted", "auto-replied"))
        headers.append(("X-Auto-Response-Suppress", "All"))
    return [*headers, ("MIME-Version", "1.0")]


def _subject(occasion: Occasion) -> str:
    conversation = occasion.conversation
    mark = "AW" if conversation.language == "de" and _program(occasion) == "desktop" else "Re"
    subject = f"{mark}: {conversation.subject}" if occasion.ids else conversation.subject
    if subject.isascii():
        return subject
    return Header(subject, _charset(occasion), header_name="Subject").encode(linesep="\r\n")


def _body(occasion: Occasion) -> Message:
    said, quoted = occasion.said, _quoted(occasion)
    footer = f"\n\n{_custom(occasion).footer}" if _program(occasion) == "phone" else ""
    below = f"\n\n{quoted}" if quoted else ""
    body = _text_part(occasion, "plain", said.text + footer + below)
    if said.html:
        html = said.html + (f"<blockquote>{_as_html(quoted)}</blockquote>" if quoted else "")
        parts = [body, _text_part(occasion, "html", html)]
        body = _together(occasion, "alternative", parts)
    if said.attachments:
        body = _together(occasion, "mixed", [body, *map(_file_part, said.attachments)])
    return body


def _quoted(occasion: Occasion) -> str:
    """What is answered, as it stands below the answer."""
    before = occasion.before
    if before is None or occasion.said.automatic or _program(occasion) not in _QUOTING:
        return ""
    lines = "\n".join(f"> {line}".rstrip() for line in before.text.splitlines())
    return f"{_attribution(occasion, before)}\n{lines}"


def _attribution(occasion: Occasion, before: Said) -> str:
    custom, at = _custom(occasion), before.at
    line = custom.attribution.format(
        day=custom.days.split()[at.weekday()],
        date=at.day,
        month=custom.months.split()[at.month - 1],
        year=at.year,
        time=f"{at:%H:%M}",
        who=f"{before.author} <{before.address}>",
    )
    return line if len(line) <= _WIDTH else line.replace(" <", "\n<", 1)


def _program(occasion: Occasion) -> str:
    if occasion.said.ours:
        return _SHOP
    return _PROGRAMS[occasion.conversation.customer.number % len(_PROGRAMS)]


def _custom(occasion: Occasion) -> _Custom:
    return _CUSTOMS[occasion.conversation.language]


def _charset(occasion: Occasion) -> str:
    conversation = occasion.conversation
    if occasion.said.ours or conversation.customer.number % _OLD_PROGRAMS:
        return "utf-8"
    charset = _OLD_CHARSETS[conversation.number % len(_OLD_CHARSETS)]
    before = occasion.before.text if occasion.before else ""
    try:
        "".join((occasion.said.text, conversation.subject, before)).encode(charset)
    except UnicodeEncodeError:
        return "utf-8"
    return charset


def _text_part(occasion: Occasion, subtype: str, text: str) -> Message:
    part = Message(policy=_POLICY)
    part["Content-Type"] = f"text/{subtype}"
    charset = Charset(_charset(occasion))
    charset.body_encoding = QP
    part.set_payload(f"{text}\n", charset)
    del part["MIME-Version"]  # belongs to the mail, not to a part
    return part


def _together(occasion: Occasion, subtype: str, parts: Sequence[Message]) -> Message:
    whole = Message(policy=_POLICY)
    made = hashlib.sha256(f"{subtype}{occasion.message_id}".encode()).hexdigest()[:20]
    whole["Content-Type"] = f'multipart/{subtype}; boundary="=_{made}"'
    for part in parts:
        whole.attach(part)
    return whole


def _file_part(file: FileOf) -> Message:
    part = Message(policy=_POLICY)
    part["Content-Type"] = file.mime if _MIME.fullmatch(file.mime) else "application/octet-stream"
    part["Content-Transfer-Encoding"] = "base64"
    name = file.filename if file.filename.isascii() else ("utf-8", "", file.filename)
    part.add_header("Content-Disposition", "attachment", filename=name)
    part.set_payload(base64.encodebytes(file.content).decode("ascii"))
    return part


def _as_html(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")

"""Writing a mail: equal values give equal bytes, so that a second try is the same mail.

Headers follow RFC 5322, encoded words RFC 2047, file names RFC 2231, automatic mail RFC 3834.
The writer of the standard library is not used for headers: it turns long Message-IDs in
`References` into encoded words, which no reader undoes there.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from urllib.parse import quote as percent

from deskterm.domain.mail import Address, OutgoingAttachment, OutgoingMail

_MAX_REFERENCES_EACH_END = 20
_LINE = 76
_WORD = 39  # octets in an encoded word, so that the first one fits beside a header's name
_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_OWN_ID = re.compile(r"<t([A-Za-z0-9_-]{1,40})\.([A-Za-z0-9_-]{1,64})@([A-Za-z0-9.-]{1,255})>")
_MIME = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,60}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,90}")
_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]{1,200}")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9_.-]{1,255}|\[[A-Za-z0-9.:]{1,100}\]")


def message_id(domain: str, ticket_ref: str, random: str) -> str:
    """A Message-ID that leads back to its ticket: `<t{ref}.{random}@{domain}>`.

    Raises:
        ValueError: a part holds what an id cannot hold.
    """
    made = f"<t{ticket_ref}.{random}@{domain}>"
    if not _OWN_ID.fullmatch(made):
        raise ValueError("a Message-ID is made of letters, digits, '-', '_' and a domain")
    return made


def ticket_ref_of(message_id: str) -> str | None:
    """The ticket reference in an id made by `message_id`, or None."""
    match = _OWN_ID.fullmatch(message_id.strip()[:1000])
    return match[1] if match else None


def address_spec(address: Address) -> str:
    """The bare address as it goes on the wire, an international domain in its ASCII form.

    Raises:
        ValueError: not an address that can be written to without SMTPUTF8.
    """
    local, at, domain = address.addr.strip().rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        raise ValueError("not a mail address that can be written to")
    return f"{local}@{ascii_domain}"


def to_bytes(mail: OutgoingMail) -> bytes:
    """The mail as it goes out: CRLF line ends, ASCII only.

    Raises:
        ValueError: a line break or control character in a header value, a time without a zone, or
            an address that cannot be written to.
    """
    if mail.date.tzinfo is None:
        raise ValueError("a mail needs a time with a zone")
    if not _ID.fullmatch(mail.message_id):
        raise ValueError("not a Message-ID")
    headers = [
        _fold("From", _addresses([mail.sender])),
        _fold("To", _addresses(mail.to)),
        *([_fold("Cc", _addresses(mail.cc))] if mail.cc else []),
        *([_fold("Reply-To", _addresses([mail.reply_to]))] if mail.reply_to else []),
        _fold("Subject", _words(mail.subject)),
        f"Date: {format_datetime(mail.date)}",
        f"Message-ID: {mail.message_id}",
        *_thread(mail),
        *(["Auto-Submitted: auto-replied"] if mail.automatic else []),
        *(["X-Auto-Response-Suppress: All"] if mail.automatic else []),
        "MIME-Version: 1.0",
    ]
    text = _text_part(mail.text)
    if not mail.attachments:
        return _lines(headers) + text
    digest = hashlib.sha256(mail.message_id.encode("ascii")).hexdigest()
    # "=_" stands in neither quoted-printable nor base64, so no part can hold the boundary.
    boundary = f"=_{digest[:40]}"
    headers.append(f'Content-Type: multipart/mixed; boundary="{boundary}"')
    body = [_lines(headers), b"\r\n"]
    for part in (text, *(_attachment_part(a) for a in mail.attachments)):
        body += [f"--{boundary}\r\n".encode("ascii"), part]
    body.append(f"--{boundary}--\r\n".encode("ascii"))
    return b"".join(body)


def _thread(mail: OutgoingMail) -> Iterable[str]:
    parent = [mail.in_reply_to] if mail.in_reply_to else []
    if ids := _ids(parent):
        yield _fold("In-Reply-To", ids)
    ids = _ids(mail.references)
    if len(ids) > 2 * _MAX_REFERENCES_EACH_END:
        ids = [*ids[:_MAX_REFERENCES_EACH_END], *ids[-_MAX_REFERENCES_EACH_END:]]
    if ids:
        yield _fold("References", ids)


def _ids(given: Sequence[str]) -> list[str]:
    """The ids that can stand in a header; what senders made up otherwise is left out."""
    return [i for i in (_clean(g).strip() for g in given) if _ID.fullmatch(i)]


def _clean(value: str) -> str:
    if any((c < " " and c != "\t") or c == "\x7f" for c in value):
        raise ValueError("a line break or control character in a header value")
    return value.replace("\t", " ")


def _addresses(addresses: Sequence[Address]) -> list[str]:
    if not addresses:
        raise ValueError("a mail needs somebody to go to")
    return ", ".join(_address(a) for a in addresses).split(" ")


def _address(address: Address) -> str:
    _clean(address.addr)
    spec = address_spec(address)
    name = _clean(address.name).strip()
    if not name:
        return spec
    if not _plain(name):
        return f"{' '.join(_encoded_words(name))} <{spec}>"
    if _PHRASE.fullmatch(name):
        return f"{name} <{spec}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{spec}>'


def _words(value: str) -> list[str]:
    value = _clean(value).strip()
    return value.split(" ") if _plain(value) else _encoded_words(value)


def _plain(value: str) -> bool:
    """Whether a value can stand unencoded: ASCII, nothing that looks encoded, nothing too long."""
    return value.isascii() and "=?" not in value and all(len(w) < 900 for w in value.split())


def _encoded_words(value: str) -> list[str]:
    words, run = [], b""
    for char in value:
        octets = char.encode("utf-8", "replace")
        if len(run) + len(octets) > _WORD:
            words.append(run)
            run = b""
        run += octets
    return [
        f"=?utf-8?b?{binascii.b2a_base64(w, newline=False).decode('ascii')}?="
        for w in [*words, run]
        if w
    ]


def _fold(name: str, words: Sequence[str]) -> str:
    """A header line broken between words, never before the first nor into a blank line."""
    lines = [f"{name}: {words[0] if words else ''}"]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > _LINE and lines[-1].strip() and word:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)


def _lines(headers: Sequence[str]) -> bytes:
    return "".join(f"{h}\r\n" for h in headers).encode("ascii")


def _text_part(text: str) -> bytes:
    body = re.sub(r"\r\n?", "\n", text)
    if not body.endswith("\n"):
        body += "\n"
    packed = binascii.b2a_qp(body.encode("utf-8", "replace"), istext=True)
    return (
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + packed.replace(b"\n", b"\r\n")
    )


def _attachment_part(attachment: OutgoingAttachment) -> bytes:
    mime = attachment.mime.strip().lower()
    # Multipart and message types must not be packed as base64 (RFC 2045 6.4).
    if not _MIME.fullmatch(mime) or mime.startswith(("multipart/", "message/")):
        mime = "application/octet-stream"
    head = [
        f"Content-Type: {mime}",
        "Content-Transfer-Encoding: base64",
        *_disposition(_clean(attachment.filename)),
        "",
    ]
    content = attachment.content
    rows = (binascii.b2a_base64(content[i : i + 57], newline=False) for i in _steps(content, 57))
    return _lines(head) + b"".join(row + b"\r\n" for row in rows)


def _steps(content: bytes, size: int) -> range:
    return range(0, len(content), size)


def _disposition(filename: str) -> list[str]:
    name = re.sub(r"[/\\]", "_", filename).strip() or "file"
    if len(name) <= 60 and re.fullmatch(r"[A-Za-z0-9 ._()+,=@-]{1,60}", name):
        return [f'Content-Disposition: attachment; filename="{name}"']
    packed = f"utf-8''{percent(name.encode('utf-8', 'replace'), safe='')}"
    pieces = _unbroken(packed, 60)
    if len(pieces) == 1:
        return ["Content-Disposition: attachment;", f" filename*={packed}"]
    last = len(pieces) - 1
    return [
        "Content-Disposition: attachment;",
        *(f" filename*{i}*={p}{';' if i < last else ''}" for i, p in enumerate(pieces)),
    ]


def _unbroken(packed: str, size: int) -> list[str]:
    """Cut percent-encoded text without cutting through an escape."""
    pieces = []
    while packed:
        end = size
        while "%" in packed[max(end - 2, 0) : end] and end < len(packed):
            end -= 1
        pieces.append(packed[:end])
        packed = packed[end:]
    return pieces

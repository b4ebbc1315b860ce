"""The full parser: any bytes into a `ParsedMail`, on the standard library's tolerant parser.

It never raises. The standard parser finds the parts; everything it does in more than linear
time or with exceptions (parameters, addresses, encoded words, charsets, nesting) is done by our
own readers, and enclosed messages stay whole. Meant for a process with limits.
"""

from __future__ import annotations

import binascii
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, Policy
from typing import Any

from deskterm.domain.mail import ParsedMail
from deskterm.mail.assemble import assemble
from deskterm.mail.content_type import mime_of
from deskterm.mail.envelope import envelope_of
from deskterm.mail.headers import Headers, gather, read_block, read_value_bytes, split_head
from deskterm.mail.limits import DEPTH, HEAD_BYTES, HEADER_BYTES, MAIL_BYTES, PARTS, TooComplex
from deskterm.mail.parts import Part, child_path, part_of
from deskterm.mail.transfer import decode_transfer, encoding_of

#: What damaged mail makes library code raise; running out of memory is left to the process.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    binascii.Error,
)


def parse_full(raw: bytes) -> ParsedMail:
    """Read any mail; `unreadable` says what could not be read. Never raises on any content."""
    try:
        return _parse(raw)
    except TooComplex as limit:
        return read_headers_only(raw, f"too complex: {limit}")
    except _FAILURES as failure:
        return read_headers_only(raw, f"damaged: the parser gave up ({type(failure).__name__})")


def read_headers_only(raw: bytes, unreadable: str) -> ParsedMail:
    """Read the headers and nothing else, in bounded time, in the calling process.

    Args:
        raw: any bytes.
        unreadable: why the rest is not read.
    """
    head, _ = split_head(_skip_envelope_line(raw[: HEAD_BYTES + 1024]))
    headers, _ = _cut(read_block(head[:HEAD_BYTES])[0])
    envelope, _ = envelope_of(headers)
    return ParsedMail(envelope, "", unreadable=unreadable)


def _parse(raw: bytes) -> ParsedMail:
    if len(raw) > MAIL_BYTES:
        raise TooComplex("the mail is larger than 50 MB")
    raw = _skip_envelope_line(raw)
    if len(split_head(raw)[0]) > HEAD_BYTES:
        raise TooComplex("the headers are larger than 256 kB")
    count = _Count()
    policy: Any = _RawHeaders()
    parser: BytesParser[_Entity] = BytesParser(count.message, policy=policy)
    message = parser.parsebytes(raw)
    headers, long_header = _cut(_headers_of(message))
    top = _part(message, "", headers, "text/plain")
    envelope, complete = envelope_of(headers)
    mail = assemble(top, envelope)
    if long_header:
        return _marked(mail, "too complex: a header is longer than 32 kB")
    return mail if complete else _marked(mail, "too complex: more than 500 addresses")


def _marked(mail: ParsedMail, unreadable: str) -> ParsedMail:
    return ParsedMail(
        mail.envelope, mail.text, mail.attachments, mail.report, mail.remote_images, unreadable
    )


def _skip_envelope_line(raw: bytes) -> bytes:
    """Without the "From " line that mailbox files and some relays put first."""
    if raw.startswith((b"From ", b">From ")):
        return raw[raw.find(b"\n") + 1 :] if b"\n" in raw else b""
    return raw


class _RawHeaders(Compat32):
    """Header values as they came: the standard accessors may raise or alter."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value


class _Count:
    """Counts the parts while they are found, so that parsing stops at the limit."""

    def __init__(self) -> None:
        # The parser makes one message beforehand, to see what its factory takes.
        self._parts = -1

    def message(self, policy: Policy[Any] | None = None) -> _Entity:
        self._parts += 1
        if self._parts > PARTS:
            raise TooComplex(f"more than {PARTS} parts")
        return _Entity(policy or _RawHeaders())


class _Entity(Message):
    """A part while parsing. Enclosed messages are leaves, and parameters are read by us."""

    def __init__(self, policy: Policy[Any]) -> None:
        super().__init__(policy)
        self.depth = 0
        self.entities: list[_Entity] = []

    def attach(self, payload: Any) -> None:
        payload.depth = self.depth + 1
        if payload.depth > DEPTH:
            raise TooComplex(f"parts within parts, more than {DEPTH} deep")
        self.entities.append(payload)
        super().attach(payload)

    def get_content_type(self) -> str:
        mime, _ = mime_of(self._declared(), self.get_default_type())
        return "application/octet-stream" if mime.startswith("message/") else mime

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: Any = None) -> Any:
        boundary = mime_of(self._declared())[1].get("boundary", "").rstrip()
        return boundary or failobj

    def _declared(self) -> str | None:
        value = self.get("content-type")
        return None if value is None else _value(str(value))


def _part(entity: _Entity, path: str, headers: Headers, default: str) -> Part:
    part = part_of(path, headers, default)
    if entity.entities:
        default = "message/rfc822" if part.mime == "multipart/digest" else "text/plain"
        part.children = [
            _part(child, child_path(path, number), _headers_of(child), default)
            for number, child in enumerate(entity.entities, 1)
        ]
        return part
    part.path = path or "1"
    # Without the header the bytes come as they stand in the mail, and are decoded by us.
    del entity["content-transfer-encoding"]
    content = entity.get_payload(decode=True)
    part.content = content if isinstance(content, bytes) else b""
    if not part.mime.startswith("multipart/"):
        encoding = headers.get("content-transfer-encoding", ("",))[0]
        part.content = decode_transfer(part.content, encoding_of(encoding))
    return part


def _headers_of(entity: _Entity) -> Headers:
    return gather([(name, _value(value)) for name, value in entity.items()])


def _value(value: str) -> str:
    return read_value_bytes(value.encode("ascii", "surrogateescape"))


def _cut(headers: Headers) -> tuple[Headers, bool]:
    """The headers with long values cut, and whether there was one."""
    if all(len(value) <= HEADER_BYTES for values in headers.values() for value in values):
        return headers, False
    return {
        name: tuple(value[:HEADER_BYTES] for value in values) for name, values in headers.items()
    }, True

"""Undo a Content-Transfer-Encoding (RFC 2045 6), tolerantly."""

from __future__ import annotations

import binascii
import re

_BASE64_JUNK = bytes(
    b for b in range(256) if not (bytes([b]).isalnum() and b < 128) and b not in b"+/="
)
_BASE64_END = re.compile(rb"=+")
_ENCODING = re.compile(r"[a-z0-9-]+")

IDENTITY = frozenset({"", "7bit", "8bit", "binary"})


def encoding_of(value: str) -> str:
    """The encoding a header value names, without blanks, comments and parameters."""
    found = _ENCODING.search(value.lower())
    return found[0] if found else ""


def decode_base64(data: bytes) -> bytes:
    """Decode what is there: foreign bytes are skipped, missing padding is no fault."""
    pieces = []
    for piece in _BASE64_END.split(data.translate(None, _BASE64_JUNK)):
        whole = piece[: len(piece) - 1] if len(piece) % 4 == 1 else piece
        pieces.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    return b"".join(pieces)


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """The content of a part; an unknown encoding leaves it as it is.

    Args:
        data: the part's body as it stands in the mail.
        encoding: as `encoding_of` gives it.
    """
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding == "base64":
        return decode_base64(data)
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return _decode_uu(data)
    return data


def decode_surely(data: bytes, encoding: str) -> bytes | None:
    """As `decode_transfer`, but None for anything that is not well-formed and common."""
    if encoding in IDENTITY:
        return data
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(data.translate(None, b"\r\n"), strict_mode=True)
        except binascii.Error:
            return None
    return None


def _decode_uu(data: bytes) -> bytes:
    out = []
    lines = iter(data.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    for line in lines:
        if line.strip() == b"end":
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some senders count wrongly: the bytes that the count promises are still there.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                out.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                continue
    return b"".join(out)

"""What makes two copies of a mail the same mail."""

from __future__ import annotations

import hashlib


def content_digest(raw: bytes) -> str:
    """SHA-256 in hexadecimal, with every CRLF counted as LF: servers and files differ in that."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()

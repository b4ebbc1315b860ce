"""Records that cannot be stored as they are: what is odd about one costs that one alone."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from deskterm.contract import MessageRecord, Party, RecordedAttachment, Unreadable


def oddity(found: object) -> Unreadable | None:
    """What is set aside where something is no whole `MessageRecord`; None where it is one.

    Connectors and mail faces map what strangers send, and types are not checked while they run.
    """
    if not isinstance(found, MessageRecord):
        return Unreadable(_name(found), b"", f"a {type(found).__name__} is no record")
    record: Any = found
    why = _why(record)
    if why is None:
        return None
    name = record.remote_id if _is_id(record.remote_id) else _name(found)
    return Unreadable(name, record.raw if isinstance(record.raw, bytes) else b"", why)


def _why(record: Any) -> str | None:
    for name in ("remote_id", "thread_remote_id"):
        if not _is_id(getattr(record, name)):
            return f"{name} is no id"
    for name in ("text", "subject"):
        if not isinstance(getattr(record, name), str):
            return f"{name} is no text"
    for name in ("sent_at", "received_at"):
        value = getattr(record, name)
        if not isinstance(value, datetime) or value.utcoffset() is None:
            return f"{name} is no time with a zone"
    if record.direction not in ("inbound", "outbound"):
        return "direction is neither inbound nor outbound"
    author = record.author
    if not (isinstance(author, Party) and _is_id(author.handle) and isinstance(author.name, str)):
        return "the author has no handle"
    if not (isinstance(record.order_refs, tuple) and all(map(_is_id, record.order_refs))):
        return "an order number is no text"
    files = record.attachments
    if not isinstance(files, tuple) or not all(isinstance(f, RecordedAttachment) for f in files):
        return "an attachment is no file"
    if not isinstance(record.raw, bytes):
        return "raw is not bytes"
    return None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _name(found: object) -> str:
    """A name for what has none: the same for the same thing."""
    return "odd:" + hashlib.sha256(repr(found).encode("utf-8", "replace")).hexdigest()[:32]

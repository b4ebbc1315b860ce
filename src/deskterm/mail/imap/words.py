"""Arguments of IMAP commands as they are written on the wire (RFC 3501 section 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Literal:
    """An argument sent by its length, so that any bytes may be in it."""

    data: bytes


Part = bytes | Literal


def quote(text: str) -> Part:
    """A string argument: quoted where it is plain ASCII, else a literal."""
    if text.isascii() and not any(c in text for c in "\r\n\0"):
        return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode("ascii") + b'"'
    return Literal(text.encode("utf-8"))


def uid_set(uids: Iterable[int]) -> bytes:
    """UIDs as a sequence set with runs folded, `1:4,7` (RFC 3501 `sequence-set`)."""
    runs: list[list[int]] = []
    for uid in sorted(uids):
        if runs and uid <= runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return b",".join(b"%d" % a if a == b else b"%d:%d" % (a, b) for a, b in runs)


def date_time(moment: datetime) -> bytes:
    """A time as APPEND wants it (RFC 3501 `date-time`)."""
    month = _MONTH_NAMES[moment.month - 1]
    return f"{moment.day:02d}-{month}-{moment.year:04d} {moment:%H:%M:%S %z}".encode("ascii")


def search_date(moment: datetime) -> bytes:
    """A day as SEARCH wants it (RFC 3501 `date`)."""
    return f"{moment.day}-{_MONTH_NAMES[moment.month - 1]}-{moment.year:04d}".encode("ascii")


def one_line(part: bytes) -> bytes:
    """The part as it is.

    Raises:
        ValueError: it holds a line break, with which another command could be smuggled in.
    """
    if any(c in part for c in b"\r\n\0"):
        raise ValueError("a line break inside a command")
    return part

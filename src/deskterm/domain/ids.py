"""Ids of what is made here: UUIDv7, ticket references, row ids of messages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime

Random = Callable[[int], bytes]

#: Crockford's base 32 leaves out I, L, O and U, which are misread (or read as something else).
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LETTERS = _ALPHABET[10:]
_READ_AS = str.maketrans("oil", "011")
REF_LENGTH = 6
REF_PATTERN = re.compile(rf"[{_LETTERS}][{_ALPHABET}]{{{REF_LENGTH - 1}}}")

_ROWID_EPOCH = datetime(2010, 1, 1, tzinfo=UTC)
#: Row ids free for messages of one second.
ROWIDS_PER_SECOND = 64


def uuid7(now: datetime, random: Random = os.urandom) -> str:
    """Make a UUID of version 7 (RFC 9562 5.7): milliseconds since 1970, then 74 random bits.

    Args:
        now: aware time, from 1970 on.
        random: gives that many random bytes.
    """
    milliseconds = int(now.timestamp() * 1000)
    noise = int.from_bytes(random(10), "big")
    high, low = noise >> 68, noise & (1 << 62) - 1
    text = f"{milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def ticket_ref(random: Random = os.urandom) -> str:
    """Make a ticket reference: six characters, the first a letter, so that it is no number."""
    noise, first = divmod(int.from_bytes(random(8), "big"), len(_LETTERS))
    rest = [_ALPHABET[noise >> 5 * place & 31] for place in range(REF_LENGTH - 1)]
    return _LETTERS[first] + "".join(rest)


def read_ref(text: str) -> str | None:
    """Read a reference as a person typed it (capitals, o for 0, i or l for 1); None if it is none.

    Only the characters after the first can be digits in disguise.
    """
    typed = text.strip().lower()
    ref = typed[:1] + typed[1:].translate(_READ_AS)
    return ref if REF_PATTERN.fullmatch(ref) else None


def message_rowid_base(received_at: datetime, now: datetime) -> int:
    """First row id for a message that the channel received then; take the next free one upward.

    Seconds since 2010, times 64, so that row ids sort by time. A time before 2010 counts as
    2010, one after `now` as `now`.
    """
    newest = max(0, _seconds(now))
    return min(max(0, _seconds(received_at)), newest) * ROWIDS_PER_SECOND


def _seconds(moment: datetime) -> int:
    return int((moment - _ROWID_EPOCH).total_seconds())

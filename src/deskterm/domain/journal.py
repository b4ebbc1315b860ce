"""The journal as data: entries that commit to values without holding them, in one hash chain.

An entry carries salted hashes of the old and the new value. Clear values and salts are kept
elsewhere, so that they can be erased while the chain still verifies. Each replica has a chain of
its own: sequence numbers from 1, each entry naming the hash of the one before. A chain that was
cut at its end verifies; whoever needs to notice that keeps the last hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from json.encoder import encode_basestring_ascii as _quoted
from typing import NamedTuple

#: What the first entry of a chain names as the hash before it.
GENESIS = "0" * 64

_ABSENT = b"\x00"
_PRESENT = b"\x01"

# Written out, because a general JSON encoder takes four times as long for such a small object.
_CANONICAL = (
    '{"at":%s,"author":%s,"cause":%s,"entity":%s,"entity_uid":%s,"field":%s,"group":%s,"label":%s,'
    '"new_commit":%s,"old_commit":%s,"op":%s,"prev_hash":%s,"replica":%s,"reverts":%s,"seq":%d,'
    '"uid":%s}'
)


class Op(StrEnum):
    """What an entry did."""

    SET = "set"  # the field has another value
    ADD = "add"  # the field, a set, holds one value more
    REMOVE = "remove"  # the field, a set, holds one value less
    CREATE = "create"  # the entity is new
    KEEP = "keep"  # an undo came to what has left for good, and left it


class EntryFields(NamedTuple):
    """What an entry says, without its own hash.

    `at` is a time as `clock.to_text` writes it; `cause` says what made the change (a command, a
    sync, an undo); `group` binds the entries of one act together, `reverts` names the act that an
    undo takes back, `label` the command; `old_commit` and `new_commit` come from `commit`.
    """

    replica: str
    seq: int
    uid: str
    at: str
    author: str
    cause: str
    group: str
    reverts: str | None
    label: str
    entity: str
    entity_uid: str
    field: str
    op: Op
    old_commit: str
    new_commit: str
    prev_hash: str


def commit(value: str | None, salt: bytes) -> str:
    """Commit to a value: SHA-256 in hexadecimal over salt and value.

    Use a fresh salt of 16 random bytes for each value; without it short values can be guessed.
    No value (None) and the empty text differ.
    """
    marked = _ABSENT if value is None else _PRESENT + value.encode("utf-8", "surrogatepass")
    return hashlib.sha256(len(salt).to_bytes(2, "big") + salt + marked).hexdigest()


def entry_hash(fields: EntryFields) -> str:
    """Hash an entry: SHA-256 in hexadecimal over its canonical JSON.

    Canonical means: an object with the names in alphabetical order, no blanks, ASCII with
    `\\uXXXX` escapes.
    """
    text = _CANONICAL % (
        _quoted(fields.at),
        _quoted(fields.author),
        _quoted(fields.cause),
        _quoted(fields.entity),
        _quoted(fields.entity_uid),
        _quoted(fields.field),
        _quoted(fields.group),
        _quoted(fields.label),
        _quoted(fields.new_commit),
        _quoted(fields.old_commit),
        _quoted(fields.op),
        _quoted(fields.prev_hash),
        _quoted(fields.replica),
        "null" if fields.reverts is None else _quoted(fields.reverts),
        fields.seq,
        _quoted(fields.uid),
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify_chain(
    entries: Iterable[tuple[EntryFields, str]],
    after: tuple[EntryFields, str] | None = None,
) -> int | None:
    """Check the entries of one replica, in order, each with its stored hash.

    Args:
        entries: from the first entry of the chain on, or from the one that follows `after`.
        after: an entry that is known to be good.

    Returns:
        The sequence number of the first entry that does not fit, None when all do.
    """
    before, prev_hash = after or (None, GENESIS)
    for fields, stored in entries:
        follows = before is None or fields.replica == before.replica
        wanted_seq = before.seq + 1 if before else 1
        linked = fields.seq == wanted_seq and fields.prev_hash == prev_hash
        if not (follows and linked and entry_hash(fields) == stored):
            return fields.seq
        before, prev_hash = fields, stored
    return None

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.journal import GENESIS, EntryFields, Op, commit, entry_hash, verify_chain

SALT = b"0123456789abcdef"


def chain(length: int, replica: str = "r1") -> list[tuple[EntryFields, str]]:
    entries: list[tuple[EntryFields, str]] = []
    prev_hash = GENESIS
    for seq in range(1, length + 1):
        entry = EntryFields(
            replica=replica,
            seq=seq,
            uid=f"uid-{seq}",
            at="2026-11-21T08:12:09.000Z",
            author="anna",
            cause="command",
            group=f"act-{seq}",
            reverts=None if seq % 2 else f"act-{seq - 1}",
            label="ticket.resolve",
            entity="ticket",
            entity_uid="t1",
            field="status",
            op=Op.SET,
            old_commit=commit("open", SALT),
            new_commit=commit("résolu", SALT),
            prev_hash=prev_hash,
        )
        prev_hash = entry_hash(entry)
        entries.append((entry, prev_hash))
    return entries


@given(st.none() | st.text(), st.none() | st.text(), st.binary(max_size=32))
def test_commitments_agree_only_for_equal_values(
    one: str | None, other: str | None, salt: bytes
) -> None:
    assert (commit(one, salt) == commit(other, salt)) == (one == other)


@given(st.text(), st.binary(min_size=1, max_size=16))
def test_the_salt_is_not_a_part_of_the_value(value: str, salt: bytes) -> None:
    assert commit(value, salt) != commit(value, b"")
    assert commit(value, salt) != commit(None, salt + b"\x01" + value.encode("utf-8", "replace"))


def test_lone_surrogates_can_be_committed_to() -> None:
    assert commit("\ud800", SALT) != commit("\ud801", SALT)


@given(st.text(), st.text(), st.integers(min_value=1))
def test_hash_is_sha256_over_sorted_json(author: str, cause: str, seq: int) -> None:
    entry = chain(1)[0][0]._replace(author=author, cause=cause, seq=seq)
    stored = entry_hash(entry)
    text = json.dumps(entry._asdict(), sort_keys=True, separators=(",", ":"))
    assert stored == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", EntryFields._fields)
def test_every_field_counts(name: str) -> None:
    entries = chain(4)
    entry, stored = entries[2]
    changed: dict[str, Any] = {name: {"seq": 9, "op": Op.ADD}.get(name, "x")}
    forged = entry._replace(**changed)
    assert entry_hash(forged) != stored
    entries[2] = (forged, stored)
    assert verify_chain(entries) == forged.seq


def test_a_whole_chain_verifies_and_so_does_its_tail() -> None:
    entries = chain(5)
    assert verify_chain(entries) is None
    assert verify_chain([]) is None
    assert verify_chain(entries[3:], after=entries[2]) is None
    assert verify_chain(entries[3:]) == 4


def test_removed_swapped_and_foreign_entries_are_noticed() -> None:
    entries = chain(5)
    assert verify_chain(entries[1:]) == 2
    assert verify_chain(entries[:2] + entries[3:]) == 4
    assert verify_chain([entries[0], entries[2], entries[1]]) == 3
    assert verify_chain(entries[:2] + chain(3, "r2")[2:]) == 3


def test_an_entry_rewritten_with_its_hash_breaks_the_next() -> None:
    entries = chain(4)
    forged = entries[1][0]._replace(author="mallory")
    entries[1] = (forged, entry_hash(forged))
    assert verify_chain(entries) == 3

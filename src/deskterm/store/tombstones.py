"""Tombstones: addresses of erased customers, as digests that only this file can compare.

A digest is an HMAC (RFC 2104) with SHA-256 under a key that stands in the file. What such an
address wrote, bought or was sent before the erasure is not taken in again; what comes later is, as
of anybody.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from deskterm.store.transaction import Transaction

_KEY: Final = "tombstone_key"
_KEY_BYTES: Final = 32


class Identity(NamedTuple):
    """An address (`email`) or a handle (kind: the channel), in the form used to compare."""

    kind: str
    value: str


class Tombstones(NamedTuple):
    """All tombstones: the key, and by digest when the erasure was."""

    key: bytes = b""
    erased_at: Mapping[str, str] = {}

    def covers(self, identity: Identity, moment: str) -> bool:
        """Whether something of that time belongs to what was erased.

        Args:
            identity: whose it is.
            moment: when it came, as stored.
        """
        if not self.erased_at:
            return False
        return moment <= self.erased_at.get(_digest(self.key, identity), "")


NONE: Final = Tombstones()


def load(connection: sqlite3.Connection) -> Tombstones:
    """All tombstones."""
    key = connection.execute("SELECT value FROM meta WHERE name = ?", (_KEY,)).fetchone()
    if key is None:
        return NONE
    rows = connection.execute("SELECT digest, at FROM tombstones").fetchall()
    return Tombstones(bytes.fromhex(key[0]), {row[0]: row[1] for row in rows})


def put(tx: Transaction, identities: Iterable[Identity]) -> None:
    """Set a tombstone for each of these, of now."""
    tx.execute(
        "INSERT OR IGNORE INTO meta (name, value) VALUES (?,?)",
        (_KEY, os.urandom(_KEY_BYTES).hex()),
    )
    key = load(tx.connection).key
    tx.executemany(
        "INSERT INTO tombstones (digest, at) VALUES (?,?)"
        " ON CONFLICT (digest) DO UPDATE SET at = excluded.at",
        [(_digest(key, identity), tx.now) for identity in identities],
    )


def note_skipped(tx: Transaction, stones: Tombstones, skipped: Iterable[Identity]) -> None:
    """Count what was not taken in."""
    tx.executemany(
        "UPDATE tombstones SET skipped = skipped + 1 WHERE digest = ?",
        [(_digest(stones.key, identity),) for identity in skipped],
    )


def _digest(key: bytes, identity: Identity) -> str:
    said = f"{identity.kind}\0{identity.value}".encode("utf-8", "surrogatepass")
    return hmac.new(key, said, hashlib.sha256).hexdigest()

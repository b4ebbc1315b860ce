"""Tables that every command writes to, in as few B-trees as do the work.

A commit writes each page it touched, so a table whose key is text lives in its key alone
(https://www.sqlite.org/withoutrowid.html), and what only erasing asks for has no index.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    "CREATE TABLE answered_calls_new (id TEXT PRIMARY KEY, at TEXT NOT NULL, answer TEXT NOT NULL)"
    " WITHOUT ROWID",
    "INSERT INTO answered_calls_new SELECT id, at, answer FROM answered_calls",
    "DROP TABLE answered_calls",
    "ALTER TABLE answered_calls_new RENAME TO answered_calls",
    "CREATE TABLE ticket_tags_new (ticket_id INTEGER REFERENCES tickets (id), tag TEXT,"
    " PRIMARY KEY (ticket_id, tag)) WITHOUT ROWID",
    "INSERT INTO ticket_tags_new SELECT ticket_id, tag FROM ticket_tags",
    "DROP TABLE ticket_tags",
    "ALTER TABLE ticket_tags_new RENAME TO ticket_tags",
    "CREATE INDEX ticket_tags_tag ON ticket_tags (tag)",
    "DROP INDEX journal_values_customer",
)

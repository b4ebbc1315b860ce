"""Columns of the tables. Times are ISO 8601 text in UTC, ids of ours are UUIDv7 in `uid`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_KINDS: Mapping[str, type] = MappingProxyType(
    {"text": str, "int": int, "real": float, "blob": bytes}
)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table, in the words of sqlite-utils."""

    name: str
    columns: dict[str, type]
    key: str | tuple[str, ...]
    required: frozenset[str] = frozenset()
    defaults: Mapping[str, object] = field(default_factory=dict)
    foreign_keys: tuple[tuple[str, str, str], ...] = ()


def table(
    name: str,
    key: str,
    columns: str,
    *,
    refs: Mapping[str, str] = MappingProxyType({}),
    defaults: Mapping[str, object] = MappingProxyType({}),
) -> TableSpec:
    """A table from `name kind, name kind!`, where `!` means that it must have a value.

    `key` names the columns of the primary key; `refs` gives the table that a column points to.
    """
    named = dict(column.split() for column in columns.split(", "))
    keys = tuple(key.split())
    return TableSpec(
        name,
        {column: _KINDS[kind.rstrip("!")] for column, kind in named.items()},
        keys if len(keys) > 1 else key,
        frozenset(column for column, kind in named.items() if kind.endswith("!")),
        dict(defaults),
        tuple((c, t, "seq" if t == "journal_entries" else "id") for c, t in refs.items()),
    )


FIRST = (
    table(
        "meta",
        "name",
        "name text, value text!",
    ),
    table(
        "accounts",
        "id",
        "id int, uid text!, name text!, channel text!, fields text!, added_at text!, "
        "removed_at text",
    ),
    table(
        "account_health",
        "account_id",
        "account_id int, state text!, text text!, until_at text, failures int!, "
        "changed_at text!, synced_at text",
        refs={"account_id": "accounts"},
    ),
    table(
        "account_confirmations",
        "account_id token",
        "account_id int, token text, at text",
        refs={"account_id": "accounts"},
    ),
    table(
        "sync_cursors",
        "account_id stream",
        "account_id int, stream text, cursor text, since_at text, position text, "
        "start_mark_at text, finished_at text",
        refs={"account_id": "accounts"},
    ),
    table(
        "sync_runs",
        "id",
        "id int, account_id int!, started_at text!, ended_at text, outcome text, stored int, "
        "changed int, quarantined int, error text",
        refs={"account_id": "accounts"},
    ),
    table(
        "quarantine",
        "id",
        "id int, account_id int!, stream text, remote_id text!, reason text!, raw blob, "
        "tries int!, first_at text, last_at text",
        refs={"account_id": "accounts"},
    ),
    table(
        "customers",
        "id",
        "id int, uid text!, name text!, created_at text!",
    ),
    table(
        "identities",
        "id",
        "id int, customer_id int!, kind text!, value text!, name text",
        refs={"customer_id": "customers"},
    ),
    table(
        "tickets",
        "id",
        "id int, uid text!, ref text!, account_id int!, channel text!, customer_id int!, "
        "customer_name text!, subject text!, preview text!, status text!, assignee text, "
        "unread int!, urgency int!, due_at text, waiting_since text, answered_until text, "
        "snoozed_until text, last_message_at text!, outgoing text, attention text, "
        "follows_ticket_id int, created_at text!",
        refs={"account_id": "accounts", "customer_id": "customers"},
    ),
    table(
        "threads",
        "id",
        "id int, ticket_id int!, account_id int!, remote_id text, subject_key text, "
        "last_message_at text",
        refs={"ticket_id": "tickets", "account_id": "accounts"},
    ),
    table(
        "thread_keys",
        "account_id key",
        "account_id int, key text, thread_id int!",
        refs={"thread_id": "threads"},
    ),
    table(
        "messages",
        "id",
        "id int, ticket_id int!, thread_id int!, account_id int!, remote_id text!, "
        "direction text!, author_kind text!, author_name text!, author_address text!, "
        "subject text!, body text!, shown text, derived int!, sent_at text, received_at text!, "
        "automatic text, answered int!, message_id text, mail text, unreadable text, "
        "gone_at text",
        refs={"ticket_id": "tickets", "thread_id": "threads", "account_id": "accounts"},
        defaults={"derived": 0},
    ),
    table(
        "mail_places",
        "account_id folder uidvalidity uid",
        "account_id int, folder text, uidvalidity int, uid int, message_row int!",
        refs={"message_row": "messages"},
    ),
    table(
        "raw_messages",
        "message_row",
        "message_row int, format text!, size int!, content blob!",
        refs={"message_row": "messages"},
    ),
    table(
        "attachments",
        "id",
        "id int, message_row int!, path text, filename text!, mime text!, size int!, "
        "digest text!, inline int!",
        refs={"message_row": "messages"},
    ),
    table(
        "order_mentions",
        "ticket_id order_ref",
        "ticket_id int, order_ref text, text text!",
        refs={"ticket_id": "tickets"},
    ),
    table(
        "notes",
        "id",
        "id int, uid text!, ticket_id int!, author text!, body text!, created_at text!, "
        "withdrawn_at text",
        refs={"ticket_id": "tickets"},
    ),
    table(
        "ticket_tags",
        "ticket_id tag",
        "ticket_id int, tag text",
        refs={"ticket_id": "tickets"},
    ),
    table(
        "drafts",
        "uid",
        "uid text, ticket_id int!, author text!, body text!, state text!, updated_at text!",
        refs={"ticket_id": "tickets"},
    ),
    table(
        "outbox_items",
        "id",
        "id int, uid text!, key text!, draft_uid text, group_uid text!, ticket_id int!, "
        "thread_id int!, account_id int!, author text!, body text!, subject text!, "
        "recipients text!, attachments text, parent_row int, seen_row int, check_digest text!, "
        "check_verdict text!, override_reason text, overridden text, then_resolve int!, "
        "state text!, reason text, hold_s real, hold_until text, next_try_at text, "
        "attempts int!, looks int!, started_at text, remote_id text, copy_due int!, "
        "created_at text!, ended_at text",
        refs={"ticket_id": "tickets", "account_id": "accounts"},
        defaults={"attempts": 0, "looks": 0, "copy_due": 0},
    ),
    table(
        "outbox_attempts",
        "item_id number",
        "item_id int, number int, started_at text!, ended_at text, body_digest text!, "
        "thread_head int, outcome text, code text, text text",
        refs={"item_id": "outbox_items"},
    ),
    table(
        "journal_entries",
        "seq",
        "seq int, replica text!, uid text!, at text!, author text!, cause text!, "
        "group_uid text!, reverts text, label text, entity text!, entity_uid text!, "
        "field text!, op text!, old_commit text!, new_commit text!, prev_hash text!, "
        "hash text!",
    ),
    table(
        "journal_values",
        "seq",
        "seq int, customer_id int, old_value text, old_salt blob, new_value text, new_salt blob",
        refs={"seq": "journal_entries"},
    ),
    table(
        "answered_calls",
        "id",
        "id text, at text!, answer text!",
    ),
    table(
        "imports",
        "account_id source",
        "account_id int, source text, done text!, updated_at text!",
        refs={"account_id": "accounts"},
    ),
)

FIRST_INDEXES = (
    "CREATE UNIQUE INDEX accounts_name ON accounts (name) WHERE removed_at IS NULL",
    "CREATE UNIQUE INDEX identities_value ON identities (kind, value)",
    "CREATE INDEX identities_customer ON identities (customer_id)",
    "CREATE UNIQUE INDEX tickets_ref ON tickets (ref)",
    "CREATE UNIQUE INDEX tickets_uid ON tickets (uid)",
    "CREATE INDEX tickets_latest ON tickets (last_message_at, id)",
    "CREATE INDEX tickets_waiting ON tickets (waiting_since, id) WHERE waiting_since IS NOT NULL",
    "CREATE INDEX tickets_status ON tickets (status, last_message_at, id)",
    "CREATE INDEX tickets_customer ON tickets (customer_id)",
    "CREATE INDEX tickets_follows ON tickets (follows_ticket_id) "
    "WHERE follows_ticket_id IS NOT NULL",
    "CREATE INDEX tickets_snoozed ON tickets (snoozed_until) WHERE snoozed_until IS NOT NULL",
    "CREATE INDEX threads_ticket ON threads (ticket_id)",
    "CREATE INDEX threads_subject ON threads (account_id, subject_key)",
    "CREATE INDEX thread_keys_thread ON thread_keys (thread_id)",
    "CREATE UNIQUE INDEX messages_remote ON messages (account_id, remote_id)",
    "CREATE INDEX messages_ticket ON messages (ticket_id, id)",
    "CREATE INDEX messages_message_id ON messages (message_id) WHERE message_id IS NOT NULL",
    "CREATE INDEX messages_derived ON messages (derived) WHERE derived = 0",
    "CREATE INDEX mail_places_message ON mail_places (message_row)",
    "CREATE INDEX attachments_message ON attachments (message_row)",
    "CREATE INDEX order_mentions_ref ON order_mentions (order_ref)",
    "CREATE UNIQUE INDEX notes_uid ON notes (uid)",
    "CREATE INDEX notes_ticket ON notes (ticket_id)",
    "CREATE INDEX ticket_tags_tag ON ticket_tags (tag)",
    "CREATE UNIQUE INDEX drafts_open ON drafts (ticket_id, author) WHERE state = 'open'",
    "CREATE UNIQUE INDEX outbox_uid ON outbox_items (uid)",
    "CREATE UNIQUE INDEX outbox_draft ON outbox_items (draft_uid) "
    "WHERE draft_uid IS NOT NULL AND state != 'withdrawn'",
    "CREATE INDEX outbox_ticket ON outbox_items (ticket_id)",
    "CREATE INDEX outbox_open ON outbox_items (state) WHERE state NOT IN ('sent', 'withdrawn')",
    "CREATE INDEX outbox_copies ON outbox_items (copy_due) WHERE copy_due = 1",
    "CREATE INDEX journal_group ON journal_entries (group_uid)",
    "CREATE INDEX journal_entity ON journal_entries (entity_uid, field, seq)",
    "CREATE INDEX journal_reverts ON journal_entries (reverts) WHERE reverts IS NOT NULL",
    "CREATE INDEX journal_values_customer ON journal_values (customer_id)",
    "CREATE UNIQUE INDEX quarantine_item ON quarantine (account_id, remote_id)",
    "CREATE VIRTUAL TABLE search USING fts5 (subject, body, author_name, content='messages', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    # The words of that index; holds nothing of its own.
    "CREATE VIRTUAL TABLE search_words USING fts5vocab (search, instance)",
)

#: Drafts since schema 2: what a composer holds. A new message has no ticket yet but an account.
COMPOSED_DRAFTS = table(
    "drafts_new",
    "uid",
    "uid text, ticket_id int, account_id int, author text!, kind text!, body text!, "
    "to_line text!, cc_line text!, subject text!, files text!, state text!, updated_at text!",
    refs={"ticket_id": "tickets", "account_id": "accounts"},
    defaults={"kind": "reply", "to_line": "", "cc_line": "", "subject": "", "files": "[]"},
)

DRAFT_INDEX = (
    "CREATE UNIQUE INDEX drafts_open ON drafts (ticket_id, author, kind) WHERE state = 'open'"
)

#: Since schema 3: the orders of the lists that agents work from. The conditions are those of
#: `deskterm.store.where`, word for word, or SQLite does not use the index
#: (https://www.sqlite.org/partialindex.html section 3).
LIST_INDEXES = (
    "CREATE INDEX tickets_needs_us ON tickets "
    "(coalesce(waiting_since, '~' || last_message_at), id) "
    "WHERE ((status IN ('new', 'open') AND outgoing IS NULL) OR attention IS NOT NULL)",
    "CREATE INDEX tickets_owner ON tickets "
    "(assignee, coalesce(waiting_since, '~' || last_message_at), id, account_id) "
    "WHERE status NOT IN ('resolved', 'closed', 'spam')",
)

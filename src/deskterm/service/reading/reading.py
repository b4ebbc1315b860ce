"""Reading for a screen: bounded answers in plain data, with text that is safe to show.

A `Reading` belongs to the thread that uses it; each has its own read-only connection. While there
is no database yet everything is empty, and it is picked up as soon as it is there. What a first
paint does not need is imported when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deskterm.service.reading import lists
from deskterm.service.reading.opened import Connect, OpenedFile
from deskterm.service.reading.views import View
from deskterm.store import lists as stored_lists
from deskterm.store.connect import connect
from deskterm.store.where import Compiled
from deskterm.text.clean import SafeText

if TYPE_CHECKING:
    from deskterm.rules.model import RulePack
    from deskterm.rules.shop import Broken
    from deskterm.service.reading.macro_rows import FilledView, MacroView, TicketMacros
    from deskterm.service.reading.macros import Around
    from deskterm.service.reading.note_rows import NoteView
    from deskterm.service.reading.order_rows import TicketOrders
    from deskterm.service.reading.playbook_rows import PlaybooksView
    from deskterm.service.reading.playbooks import PlaybookShelf
    from deskterm.service.reading.repeat_rows import RepeatView
    from deskterm.service.reading.reply_windows import ReplyWindowView
    from deskterm.service.reading.rows import (
        AccountState,
        ConversationView,
        Counts,
        Details,
        DraftView,
        Outgoing,
        RawView,
    )
    from deskterm.service.reading.rule_rows import BrokenRules, RuleSheet
    from deskterm.service.reading.shelf import Shelf
    from deskterm.service.reading.ticket_rows import TicketRow

#: Rows that one call gives.
MOST_ROWS = 5_000
#: Ids whose reading takes memory worth handing back.
MANY_IDS = 20_000
#: Other tickets of a customer that are offered.
MOST_OTHERS = 40
#: Values of a field that are offered.
MOST_VALUES = 200


class Reading:
    """Reads the database of a workspace.

    All methods raise `DesktermError` where the file cannot be read, and `Interrupted` when another
    thread called `interrupt`.

    Args:
        path: the database, which need not be there yet.
        agent: whom `is:mine` means.
        zone: in which days begin.
        now: the present, aware.
        connecting: makes the connection.
        shelf: gives the shop's macros; without it there are none.
        packs_for: gives the rule packs of a channel; without it no rules are shown.
        playbooks: gives the shop's playbooks; without it there are none.
        broken: gives the shop's files of rules that cannot be used; without it there are none.
    """

    def __init__(
        self,
        path: Path,
        agent: str,
        zone: tzinfo,
        now: Callable[[], datetime],
        *,
        connecting: Connect = connect,
        shelf: Callable[[], Shelf] | None = None,
        packs_for: Callable[[str], Sequence[RulePack]] | None = None,
        playbooks: Callable[[], PlaybookShelf] | None = None,
        broken: Callable[[], Sequence[Broken]] | None = None,
    ) -> None:
        self._file = OpenedFile(path, connecting)
        self._shelf = shelf
        self._packs_for = packs_for
        self._playbooks = playbooks
        self._broken = broken
        self._agent = agent
        self._zone = zone
        self._now = now

    @property
    def revision(self) -> int:
        """Number of the last commit; 0 where there is no database yet."""
        from deskterm.store import overview  # see the head of this module

        with self._file.snapshot() as connection:
            return overview.revision(connection) if connection else 0

    def first_page(self, view: View, limit: int) -> list[TicketRow]:
        """The first tickets of a view, at most `limit`.

        Raises:
            QueryError: its query cannot be read.
        """
        query = self._compiled(view)
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            ids = stored_lists.ids_in_order(connection, query, view.order, limit)
            return [lists.ticket_row(row) for row in stored_lists.list_rows(connection, ids)]

    def has_messages(self) -> bool:
        """Whether any message has ever come."""
        with self._file.snapshot() as connection:
            return connection is not None and stored_lists.has_messages(connection)

    def since(self, at: datetime) -> tuple[int, int, int]:
        """Tickets with something new of a customer, answered tickets, and replies that did not go
        out, since a time.
        """
        from deskterm.store.since import happened_since

        with self._file.snapshot() as connection:
            return happened_since(connection, at) if connection else (0, 0, 0)

    def ids(self, view: View) -> array[int]:
        """The ids of all tickets of a view, in its order; of a search for words, the newest.

        Raises:
            QueryError: its query cannot be read.
        """
        query = self._compiled(view)
        with self._file.snapshot() as connection:
            if connection is None:
                return array("I")
            ids = stored_lists.ids_in_order(connection, query, view.order)
        if len(ids) > MANY_IDS:
            from deskterm.service.reading import memory  # see the head of this module

            memory.give_back()
        return ids

    def rows(self, ids: Sequence[int]) -> list[TicketRow]:
        """These tickets, in this order; those that are no more are left out."""
        with self._file.snapshot() as connection:
            if connection is None or not ids:
                return []
            rows = stored_lists.list_rows(connection, ids[:MOST_ROWS])
            return [lists.ticket_row(row) for row in rows]

    def conversation(self, ticket_id: int, newest: int | None = None) -> ConversationView | None:
        """Everything about a ticket, at most its `newest` messages; None where there is none."""
        from deskterm.service.reading import conversations  # see the head of this module

        with self._file.snapshot() as connection:
            if connection is None:
                return None
            return conversations.read(connection, ticket_id, self._agent, newest)

    def whole_text(self, key: str) -> SafeText | None:
        """The text of an entry with quoted text and signature; None where there is none."""
        from deskterm.service.reading import conversations  # see the head of this module

        with self._file.snapshot() as connection:
            return conversations.whole_text(connection, key) if connection else None

    def details(self, key: str) -> Details | None:
        """The headers of a message; None for what has none."""
        from deskterm.service.reading import conversations  # see the head of this module

        with self._file.snapshot() as connection:
            return conversations.details(connection, key) if connection else None

    def raw(self, key: str) -> RawView | None:
        """A message as it came, as far as it is shown; None where nothing came."""
        from deskterm.service.reading import conversations  # see the head of this module

        with self._file.snapshot() as connection:
            return conversations.raw(connection, key) if connection else None

    def orders_of(self, ticket_id: int) -> TicketOrders | None:
        """The orders that a ticket is about, and what stands around them; None without ticket."""
        from deskterm.service.reading import orders  # see the head of this module

        with self._file.snapshot() as connection:
            return orders.read(connection, ticket_id, self._now()) if connection else None

    def macros_of(self, ticket_id: int, speaks: str) -> TicketMacros | None:
        """The macros that may answer a ticket, with titles in a language; None without ticket."""
        from deskterm.service.reading import macros  # see the head of this module

        around = self._around(speaks)
        with self._file.snapshot() as connection:
            if connection is None or around is None:
                return None
            return macros.suggest(connection, ticket_id, around)

    def macros_listed(self, ticket_id: int, speaks: str) -> tuple[MacroView, ...]:
        """All macros, those first that may answer the ticket."""
        from deskterm.service.reading import macros  # see the head of this module

        around = self._around(speaks)
        with self._file.snapshot() as connection:
            if connection is None or around is None:
                return ()
            return macros.listed(connection, ticket_id, around)

    def macro_filled(
        self, ticket_id: int, macro: str, speaks: str, answers: Mapping[str, str] | None = None
    ) -> FilledView | None:
        """A macro with the values of a ticket; None where there is no such ticket or macro.

        Args:
            answers: what the agent says to what the macro asks, by name.
        """
        from deskterm.service.reading import macros  # see the head of this module

        around = self._around(speaks)
        with self._file.snapshot() as connection:
            if connection is None or around is None:
                return None
            return macros.used(connection, ticket_id, macro, around, answers or {})

    def macros_version(self) -> int:
        """Number of the last reading of the shop's macros; 0 where there are none."""
        return self._shelf().stock().version if self._shelf is not None else 0

    def typed_again(self) -> tuple[RepeatView, ...]:
        """What was typed often enough to be worth a macro, most often first."""
        from deskterm.service.reading import repeats  # see the head of this module

        with self._file.snapshot() as connection:
            return repeats.often(connection, self._agent) if connection else ()

    def playbooks_of(
        self, ticket_id: int, speaks: str, rules: Sequence[str] = ()
    ) -> PlaybooksView | None:
        """The shop's playbooks, those that fit a ticket first; None where there can be none.

        Args:
            rules: that the reply breaks as it stands.
        """
        from deskterm.service.reading import playbooks  # see the head of this module

        if self._playbooks is None:
            return None
        suggested = self.macros_of(ticket_id, speaks)
        macros = [each.macro for each in suggested.items] if suggested is not None else []
        with self._file.snapshot() as connection:
            reason = playbooks.reason_of(connection, ticket_id) if connection else ""
        return playbooks.fitting(self._playbooks(), reason, macros, rules)

    def notes_found(self, ticket_id: int, typed: str) -> tuple[NoteView, ...]:
        """What the team wrote down, on whatever ticket: the notes with all words that were typed,
        those on tickets like this one first.
        """
        from deskterm.service.reading import notes  # see the head of this module

        with self._file.snapshot() as connection:
            return notes.found(connection, ticket_id, typed) if connection else ()

    def rules_of(self, account: str) -> RuleSheet | None:
        """The rules that replies by an account are checked against; None without such an account.

        Raises:
            DesktermError: a file of rules is not as it must be.
        """
        from deskterm.service.reading import rules  # see the head of this module
        from deskterm.store.accounts import all_accounts

        if self._packs_for is None:
            return None
        with self._file.snapshot() as connection:
            known = all_accounts(connection) if connection else []
        return rules.sheet(known, account, self._packs_for, self._now().date())

    def reply_window(self, ticket_id: int) -> ReplyWindowView | None:
        """Until when a ticket can be answered; None where its channel knows no such time.

        Raises:
            DesktermError: a file of rules is not as it must be.
        """
        from deskterm.service.reading import reply_windows  # see the head of this module

        with self._file.snapshot() as connection:
            if connection is None or self._packs_for is None:
                return None
            return reply_windows.read(connection, ticket_id, self._packs_for, self._now())

    def _around(self, speaks: str) -> Around | None:
        if self._shelf is None:
            return None
        from deskterm.service.reading.macros import Around  # see the head of this module

        now = self._now().astimezone(self._zone)
        return Around(self._shelf().stock(), self._agent, now, speaks)

    def drafts(self, ticket_id: int | None) -> list[DraftView]:
        """The agent's open drafts on a ticket, or of new messages; last written first."""
        from deskterm.service.reading import conversations  # see the head of this module

        with self._file.snapshot() as connection:
            if connection is None:
                return []
            return conversations.drafts(connection, ticket_id, self._agent)

    def outbox(self) -> list[Outgoing]:
        """What has not left yet, first what asks something."""
        from deskterm.service.reading import overview  # see the head of this module

        with self._file.snapshot() as connection:
            return overview.outbox(connection) if connection else []

    def accounts(self) -> list[AccountState]:
        """How the sync of each account is doing."""
        from deskterm.service.reading import overview  # see the head of this module

        with self._file.snapshot() as connection:
            return overview.accounts(connection) if connection else []

    def broken_rules(self) -> list[BrokenRules]:
        """The shop's files of rules that cannot be used as they stand."""
        if self._broken is None:
            return []
        from deskterm.service.reading import rules  # see the head of this module

        return rules.broken_rules(self._broken())

    def counts(self) -> Counts:
        """The figures of the status line."""
        from deskterm.service.reading import overview  # see the head of this module

        with self._file.snapshot() as connection:
            if connection is None:
                return overview.NO_COUNTS
            return overview.counts(connection, self._agent, self._now())

    def ticket_id(self, ref: str) -> int | None:
        """The ticket that a reference names; None where there is none."""
        from deskterm.domain.ids import read_ref  # see the head of this module

        wanted = read_ref(ref)
        with self._file.snapshot() as connection:
            if connection is None or wanted is None:
                return None
            return stored_lists.id_of(connection, wanted)

    def refs(self, ids: Sequence[int]) -> list[str]:
        """The references of these tickets, in this order; those that are no more are left out."""
        with self._file.snapshot() as connection:
            return stored_lists.refs_of(connection, ids) if connection else []

    def others_of_customer(self, ticket_id: int) -> list[TicketRow]:
        """Other tickets of the same customer, the one that moved last first."""
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            ids = stored_lists.others_of_customer(connection, ticket_id, MOST_OTHERS)
            return [lists.ticket_row(row) for row in stored_lists.list_rows(connection, ids)]

    def next_needing_us(self, after: int | None, direction: Literal[1, -1]) -> int | None:
        """The next ticket in which it is our turn, in the order of that view; after the last one
        the first again. None where there is none but this.
        """
        with self._file.snapshot() as connection:
            if connection is None:
                return None
            return stored_lists.next_needing_us(connection, after, direction)

    def field_values(self, field: str) -> list[str]:
        """Values that a field of the query language can have here, at most 200."""
        from deskterm.domain.query import FIELDS  # see the head of this module

        fixed = FIELDS[field].values if field in FIELDS else ()
        if fixed:
            return sorted(fixed)
        with self._file.snapshot() as connection:
            if connection is None:
                return []
            return stored_lists.values_of(connection, field, MOST_VALUES)

    def interrupt(self) -> None:
        """End what is being read; the only method for other threads."""
        self._file.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _compiled(self, view: View) -> Compiled:
        return lists.compiled(view, self._agent, self._now(), self._zone)

"""What the models read of the database; `deskterm.service.reading.reading.Reading` is one."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from deskterm.text.clean import SafeText

if TYPE_CHECKING:
    from deskterm.service.reading.macro_rows import FilledView, MacroView, TicketMacros
    from deskterm.service.reading.note_rows import NoteView
    from deskterm.service.reading.order_rows import TicketOrders
    from deskterm.service.reading.playbook_rows import PlaybooksView
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
    from deskterm.service.reading.ticket_rows import TicketRow
    from deskterm.service.reading.views import View


class ReadingPort(Protocol):
    """A reader of the database, for one thread. Every result is bounded and fetched whole.

    All methods raise `DesktermError` where the file cannot be read, and
    `deskterm.domain.errors.Interrupted` after `interrupt`. Where there is no database yet,
    everything is empty.
    """

    @property
    def revision(self) -> int:
        """Number of the last commit; 0 where there is no database yet."""
        ...

    def first_page(self, view: View, limit: int) -> list[TicketRow]:
        """The first tickets of a view."""
        ...

    def has_messages(self) -> bool:
        """Whether any message has ever come."""
        ...

    def since(self, at: datetime) -> tuple[int, int, int]:
        """Tickets with something new, answered tickets and failed replies since a time."""
        ...

    def ids(self, view: View) -> array[int]:
        """The ids of all its tickets, in order."""
        ...

    def rows(self, ids: Sequence[int]) -> list[TicketRow]:
        """These tickets, in this order; those that are no more are left out."""
        ...

    def conversation(self, ticket_id: int, newest: int | None = None) -> ConversationView | None:
        """Everything about a ticket, at most its `newest` messages; None where there is none."""
        ...

    def whole_text(self, key: str) -> SafeText | None:
        """The text of an entry with quoted text and signature."""
        ...

    def details(self, key: str) -> Details | None:
        """The headers of a message."""
        ...

    def orders_of(self, ticket_id: int) -> TicketOrders | None:
        """The orders that a ticket is about, and what stands around them; None without ticket."""
        ...

    def raw(self, key: str) -> RawView | None:
        """A message as it came."""
        ...

    def typed_again(self) -> tuple[RepeatView, ...]:
        """What was typed often enough to be worth a macro, most often first."""
        ...

    def playbooks_of(
        self, ticket_id: int, speaks: str, rules: Sequence[str] = ()
    ) -> PlaybooksView | None:
        """The shop's playbooks, those that fit a ticket first; None where there can be none."""
        ...

    def notes_found(self, ticket_id: int, typed: str) -> tuple[NoteView, ...]:
        """The notes of the team with all words that were typed."""
        ...

    def rules_of(self, account: str) -> RuleSheet | None:
        """The rules that replies by an account are checked against; None without such an account.

        Raises `DesktermError` where a file of rules is not as it must be.
        """
        ...

    def reply_window(self, ticket_id: int) -> ReplyWindowView | None:
        """Until when a ticket can be answered; None where its channel knows no such time.

        Raises `DesktermError` where a file of rules is not as it must be.
        """
        ...

    def drafts(self, ticket_id: int | None) -> list[DraftView]:
        """The agent's open drafts on a ticket, or of new messages; last written first."""
        ...

    def macros_of(self, ticket_id: int, speaks: str) -> TicketMacros | None:
        """The macros that may answer a ticket, with titles in a language; None without ticket."""
        ...

    def macros_listed(self, ticket_id: int, speaks: str) -> tuple[MacroView, ...]:
        """All macros, those first that may answer the ticket."""
        ...

    def macro_filled(
        self, ticket_id: int, macro: str, speaks: str, answers: Mapping[str, str] | None = None
    ) -> FilledView | None:
        """A macro with the values of a ticket; None where there is no such ticket or macro.

        Args:
            answers: what the agent says to what the macro asks, by name.
        """
        ...

    def macros_version(self) -> int:
        """Number of the last reading of the shop's macros."""
        ...

    def outbox(self) -> list[Outgoing]:
        """What has not left, or asks something."""
        ...

    def accounts(self) -> list[AccountState]:
        """How the sync of each account is doing."""
        ...

    def broken_rules(self) -> list[BrokenRules]:
        """The shop's files of rules that cannot be used."""
        ...

    def counts(self) -> Counts:
        """The figures of the status line."""
        ...

    def ticket_id(self, ref: str) -> int | None:
        """The ticket that a reference names."""
        ...

    def refs(self, ids: Sequence[int]) -> list[str]:
        """The references of these tickets, in this order; those that are no more are left out."""
        ...

    def others_of_customer(self, ticket_id: int) -> list[TicketRow]:
        """Other tickets of the same customer, the one that moved last first."""
        ...

    def next_needing_us(self, after: int | None, direction: Literal[1, -1]) -> int | None:
        """The next ticket in which it is our turn; after the last one the first again."""
        ...

    def field_values(self, field: str) -> list[str]:
        """Values that a field of the query language has in this database."""
        ...

    def interrupt(self) -> None:
        """End what another thread reads with this; the only method for other threads."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...

"""Panes of the console over a reading that answers at once, without a database."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

import deskterm.ui
from deskterm.domain.errors import DesktermError
from deskterm.service.reading.macro_rows import (
    FilledView,
    MacroView,
    SuggestionView,
    TicketMacros,
)
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
    Entry,
    FileView,
    Outgoing,
    RawView,
)
from deskterm.service.reading.rule_rows import BrokenRules, RuleSheet
from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText, clean
from deskterm.ui.taking import CommandApp
from deskterm.ui.theme import load_themes, theme_folder
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.reading import ReadingPort

_T = TypeVar("_T")
NOW = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)
STYLES = Path(deskterm.ui.__file__).parent / "styles"

CUSTOMERS = ("Greta Holm", "T. Adeyemi", "Inès Morvan", "中村 太郎", "Birch & Sons")
SUBJECTS = (
    "My lamp never arrived",
    "The chair is too low for us",
    "A bill for our office, please",
    "ランプが割れていました",
    "Two cups in [b]blue[/], two in red",
)


def ticket(number: int, **changed: object) -> TicketRow:
    """A ticket like those of a shop; every third one waits for its customer."""
    ours = number % 3 != 2
    fields: dict[str, object] = {
        "ticket_id": number,
        "ref": f"k{number:05}",
        "channel": "email",
        "account": "mailbox",
        "customer": clean(CUSTOMERS[number % len(CUSTOMERS)]),
        "subject": clean(SUBJECTS[number % len(SUBJECTS)]),
        "preview": clean("Hello"),
        "status": "open" if ours else "waiting_customer",
        "needs_us": ours,
        "unread": number % 4 == 0,
        "assignee": None,
        "waiting_since": NOW - timedelta(minutes=17 * number) if ours else None,
        "snoozed_until": None,
        "last_message_at": NOW - timedelta(minutes=11 * number),
        "outgoing": "held" if number % 7 == 3 else None,
        "attention": clean("Two customers on one order") if number % 5 == 4 else None,
        "has_draft": number % 6 == 1,
    }
    return TicketRow(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


def entry(number: int, **changed: object) -> Entry:
    """A message; every second one is ours."""
    ours = number % 2 == 1
    fields: dict[str, object] = {
        "key": f"message:{number}",
        "kind": "message",
        "ours": ours,
        "author": clean("Anna" if ours else "Greta Holm"),
        "address": clean("anna@shop.example" if ours else "greta@example.org"),
        "at": NOW - timedelta(hours=50 - number),
        "subject": clean("Parcel"),
        "text": clean(
            f"Message {number}.\n" + "The parcel has not come yet, where is it now? " * 4
        ),
    }
    return Entry(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


def conversation(entries: Sequence[Entry], **changed: object) -> ConversationView:
    """A conversation of these entries."""
    fields: dict[str, object] = {
        "ticket": ticket(0),
        "entries": tuple(entries),
        "tags": (),
        "order_refs": (),
        "draft": None,
        "newest_inbound": None,
    }
    return ConversationView(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


def file(name: str, mime: str = "application/pdf", size: int = 23_400) -> FileView:
    """An attachment."""
    return FileView(clean(name, multiline=False), clean(mime), size, "0" * 64)


def outgoing(number: int, state: str, **changed: object) -> Outgoing:
    """A reply on its way."""
    fields: dict[str, object] = {
        "item": f"item{number}",
        "ticket_id": number,
        "ref": f"k{number:05}",
        "channel": "email",
        "customer": clean(CUSTOMERS[number % len(CUSTOMERS)]),
        "subject": clean(SUBJECTS[number % len(SUBJECTS)]),
        "text": clean("Sorry to hear that. A replacement leaves today.\nAnna"),
        "state": state,
        "reason": None,
        "hold_until": NOW + timedelta(seconds=8) if state == "held" else None,
        "next_try_at": NOW + timedelta(minutes=5) if state == "retry_later" else None,
        "created_at": NOW,
        "author": clean("Anna"),
    }
    return Outgoing(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


def account(name: str, state: str, **changed: object) -> AccountState:
    """An account and how it does."""
    fields: dict[str, object] = {
        "name": name,
        "channel": "email",
        "state": state,
        "text": clean(""),
        "until": None,
        "synced_at": NOW - timedelta(minutes=2),
        "changed_at": NOW,
        "tickets": 38,
        "quarantined": 0,
    }
    return AccountState(**{**fields, **changed})  # type: ignore[arg-type] # a table of fields


class FixedReading:
    """A `ReadingPort` over what a test puts into it."""

    revision = 1

    def __init__(self, tickets: Sequence[TicketRow] = ()) -> None:
        self.tickets = {row.ticket_id: row for row in tickets}
        self.conversations: dict[int, ConversationView] = {}
        self.orders: dict[int, TicketOrders] = {}
        self.whole: dict[str, SafeText] = {}
        self.headers: dict[str, Details] = {}
        self.raws: dict[str, RawView] = {}
        self.items: list[Outgoing] = []
        self.broken: list[BrokenRules] = []
        self.states: list[AccountState] = []
        self.error: DesktermError | None = None
        self.suggested: list[SuggestionView] = []
        self.macros: list[MacroView] = []
        self.rules: dict[str, RuleSheet] = {}
        self.playbooks: PlaybooksView | None = None
        self.notes: list[NoteView] = []
        self.repeats: list[RepeatView] = []
        self.playbooks_asked: list[tuple[int, tuple[str, ...]]] = []
        self.windows: dict[int, ReplyWindowView] = {}
        self.filled: dict[str, FilledView] = {}
        self.mistakes: tuple[SafeText, ...] = ()
        self.version = 1
        self.happened = (0, 0, 0)
        self.bare = False

    def has_messages(self) -> bool:
        return not self.bare

    def first_page(self, view: View, limit: int) -> list[TicketRow]:
        return self.rows(self.ids(view)[:limit])

    def since(self, at: datetime) -> tuple[int, int, int]:
        del at
        return self.happened

    def ids(self, view: View) -> array[int]:
        if self.error is not None:
            raise self.error
        del view
        return array("I", self.tickets)

    def rows(self, ids: Sequence[int]) -> list[TicketRow]:
        return [self.tickets[one] for one in ids if one in self.tickets]

    def conversation(self, ticket_id: int, newest: int | None = None) -> ConversationView | None:
        del newest
        if self.error is not None:
            raise self.error
        return self.conversations.get(ticket_id)

    def whole_text(self, key: str) -> SafeText | None:
        return self.whole.get(key)

    def details(self, key: str) -> Details | None:
        return self.headers.get(key)

    def raw(self, key: str) -> RawView | None:
        return self.raws.get(key)

    def orders_of(self, ticket_id: int) -> TicketOrders | None:
        return self.orders.get(ticket_id)

    def playbooks_of(
        self, ticket_id: int, speaks: str, rules: Sequence[str] = ()
    ) -> PlaybooksView | None:
        del speaks
        self.playbooks_asked.append((ticket_id, tuple(rules)))
        return self.playbooks

    def notes_found(self, ticket_id: int, typed: str) -> tuple[NoteView, ...]:
        del ticket_id
        return tuple(note for note in self.notes if typed.lower() in note.text.lower())

    def rules_of(self, account: str) -> RuleSheet | None:
        return self.rules.get(account)

    def reply_window(self, ticket_id: int) -> ReplyWindowView | None:
        return self.windows.get(ticket_id)

    def drafts(self, ticket_id: int | None) -> list[DraftView]:
        del ticket_id
        return []

    def macros_of(self, ticket_id: int, speaks: str) -> TicketMacros | None:
        del speaks
        if ticket_id not in self.tickets:
            return None
        return TicketMacros(ticket_id, tuple(self.suggested), self.version, self.mistakes)

    def macros_listed(self, ticket_id: int, speaks: str) -> tuple[MacroView, ...]:
        del ticket_id, speaks
        return tuple(self.macros)

    def macro_filled(
        self, ticket_id: int, macro: str, speaks: str, answers: Mapping[str, str] | None = None
    ) -> FilledView | None:
        del speaks
        return self.filled.get(macro) if ticket_id in self.tickets else None

    def typed_again(self) -> tuple[RepeatView, ...]:
        return tuple(self.repeats)

    def macros_version(self) -> int:
        return self.version

    def outbox(self) -> list[Outgoing]:
        return list(self.items)

    def accounts(self) -> list[AccountState]:
        return list(self.states)

    def broken_rules(self) -> list[BrokenRules]:
        return list(self.broken)

    def counts(self) -> Counts:
        return Counts(0, 0, 0, 0, 0, 0, None)

    def ticket_id(self, ref: str) -> int | None:
        return next((t.ticket_id for t in self.tickets.values() if t.ref == ref), None)

    def refs(self, ids: Sequence[int]) -> list[str]:
        return [self.tickets[one].ref for one in ids if one in self.tickets]

    def others_of_customer(self, ticket_id: int) -> list[TicketRow]:
        return [t for t in self.tickets.values() if t.ticket_id != ticket_id][:2]

    def next_needing_us(self, after: int | None, direction: Literal[1, -1]) -> int | None:
        del after, direction
        return None

    def field_values(self, field: str) -> list[str]:
        del field
        return []

    def interrupt(self) -> None:
        """Nothing takes long here."""

    def close(self) -> None:
        """Nothing is open."""


class AtOnce:
    """An `Asking` that answers in the call, or later where a test holds it back."""

    def __init__(self, reading: ReadingPort) -> None:
        self.reading = reading
        self.held: list[Callable[[], None]] | None = None

    def ask(
        self,
        slot: str,
        work: Callable[[ReadingPort], _T],
        done: Callable[[_T], None],
        failed: Callable[[DesktermError], None] | None = None,
        *,
        patience_s: float = 0.0,
    ) -> None:
        del slot, patience_s

        def answer() -> None:
            try:
                found = work(self.reading)
            except DesktermError as error:
                if failed is not None:
                    failed(error)
            else:
                done(found)

        if self.held is None:
            answer()
        else:
            self.held.append(answer)

    def hold(self) -> None:
        """Keep answers back from now on."""
        self.held = []

    def let_go(self) -> None:
        """Give the answers that were kept back."""
        held, self.held = self.held or [], None
        for answer in held:
            answer()


class NoTimers:
    """Timers that a test rings by hand."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def after(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        del seconds
        self.waiting.append(act)

        def cancel() -> None:
            if act in self.waiting:
                self.waiting.remove(act)

        return cancel

    def ring(self) -> None:
        """Let the time of everything that waits be over."""
        waiting, self.waiting = self.waiting, []
        for act in waiting:
            act()


class SilentOffice:
    """An office that notes what it was told."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Mapping[str, object]]] = []

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        del done, failed, call_id
        self.sent.append((command, params))


def calls(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[object]:
    """What a method is called with from now on: its first argument each time, or None."""
    noted: list[object] = []
    method = getattr(owner, name)

    def noting(self: object, *args: object, **named: object) -> object:
        noted.append(args[0] if args else None)
        return method(self, *args, **named)

    monkeypatch.setattr(owner, name, noting)
    return noted


class PaneApp(CommandApp):
    """One or more panes side by side, in the style of the console."""

    CSS_PATH = [STYLES / "panes.tcss", STYLES / "blocks.tcss"]  # noqa: RUF012 - as Textual declares it
    CSS = """
    Screen { layout: horizontal; }
    TicketListPane { width: 46; }
    ConversationPane, OutboxPane, HealthPane { width: 1fr; }
    .alone TicketListPane { width: 1fr; }
    """

    def __init__(self, *panes: Widget, theme: str = "dark") -> None:
        super().__init__()
        self.panes = panes
        self.wanted_theme = theme
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self.panes

    def on_mount(self) -> None:
        themes = load_themes(theme_folder()).themes
        self.register_theme(themes[self.wanted_theme])
        self.theme = self.wanted_theme
        if len(self.panes) == 1:
            self.screen.add_class("alone")
        self.screen.set_focus(self.panes[0])

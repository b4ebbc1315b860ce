"""Doing commands: a console command by whoever marks its doing, an office command by the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.widget import Widget

from deskterm.domain.errors import DesktermError
from deskterm.i18n import marked, say
from deskterm.service.command import Command
from deskterm.service.table import TABLE
from deskterm.ui.does import commands_of, does
from deskterm.ui.taking import call_handler
from deskterm.ui.waiting import until
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.telling import Parsed, asks_first
from deskterm.viewmodel.words import error_words

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp
    from deskterm.viewmodel.outcomes import Outcomes

#: After these a ticket is done with, and the next that needs us is wanted.
_GO_ON = frozenset(
    {"ticket.resolve", "ticket.snooze", "ticket.no_reply_needed", "ticket.spam", "ticket.merge"}
)
_NOT_CHOSEN = MappingProxyType(
    {
        "item": marked("No reply is chosen in the outbox"),
        "message": marked("No message is chosen in the conversation"),
    }
)
#: What shows the ticket that is open, and knows of no marks.
_BESIDE_LIST = frozenset({"main", "aside", "order"})
#: What may be done while the terminal is too small to see what one does.
_BLIND = frozenset({"app.quit", "app.redraw"})


class Subject(NamedTuple):
    """What a command is about: the ticket under the cursor or open, or those that are marked; the
    message under the cursor, and the item of the outbox.
    """

    ref: str | None = None
    ticket_id: int | None = None
    item: str | None = None
    account: str | None = None
    message: str | None = None
    marked: tuple[int, ...] = ()


class Performer:
    """Does commands for the place in which they were called.

    Args:
        app: the console.
        controllers: what does the commands that belong to no single pane.
    """

    def __init__(self, app: DeskApp, controllers: Sequence[object]) -> None:
        self._app = app
        self._doers: dict[str, object] = {
            command_id: owner
            for owner in (*controllers, self)
            for command_id in commands_of(type(owner))
        }
        #: A command was called: its id, and whether it came to its end; or how a writing ended.
        self.did: Signal[[str, bool]] = Signal()
        self._last: Parsed | None = None
        self._words: Outcomes | None = None

    async def perform(self, command: Command, widget: Widget) -> None:
        """Do a command whose key was typed in a widget."""
        app = self._app
        if app.is_too_small and command.id not in _BLIND:
            app.bell()
            return
        app.notices.key_pressed()
        tickets = app.desk.tickets
        if command.scope == "ticket" and tickets.count:
            await until(lambda: tickets.current is not None, tickets.rows_changed)
        if command.place == "office":
            many = command.scope == "ticket" and bool(self.subject(widget).marked)
            told = app.orders.told(command.id)
            asks = asks_first(command) and not (told or self._is_told_enough(command, widget))
            if many or asks:
                await app.lines.ask(command)
            else:
                await self.ask_office(Parsed(command, told), self.subject(widget))
        elif await self._do_here(command, widget):
            self.did.emit(command.id, True)
        else:
            app.tell(say("{title} is not possible here", title=say(command.title)), error=True)

    async def run(self, parsed: Parsed, widget: Widget, subject: Subject) -> None:
        """Do what a `:` line says, about what was chosen when the line was opened."""
        if parsed.command.place == "office":
            await self.ask_office(parsed, subject)
        elif parsed.params and parsed.command.id in self._doers:
            await self._app.lines.run_with(parsed)
        else:
            await self.perform(parsed.command, widget)

    async def ask_office(self, parsed: Parsed, subject: Subject) -> None:
        """Have the office do a command; what becomes of it is told."""
        command, params = parsed.command, dict(parsed.params)
        if command.scope == "ticket":
            refs = await self._refs(command, subject)
            if not refs:
                return
            params["tickets"] = refs
            self._last = parsed
        known = {"item": subject.item, "message": subject.message}
        for each in command.parameters:
            if each.kind == "id" and each.name in known:
                if known[each.name] is None:
                    self._app.tell(say(_NOT_CHOSEN[each.name]), error=True)
                    return
                params[each.name] = known[each.name]
        if command.id == "sync.now" and subject.account and "name" not in params:
            params["name"] = subject.account
        self._send(command, params)
        if subject.marked and command.scope == "ticket":
            self._app.desk.marks.clear()
        elif command.id in _GO_ON:
            await self._app.going.on_from(subject.ticket_id)

    async def _refs(self, command: Command, subject: Subject) -> list[str]:
        """The tickets that a command is about; where there are none, that is told."""
        refs = [] if subject.ref is None else [subject.ref]
        if subject.marked:
            try:
                refs = await self._app.read("marked", lambda reading: reading.refs(subject.marked))
            except DesktermError as error:
                self._app.tell(error_words(error), error=True)
                return []
        if not refs:
            why = say("{title}: no ticket is chosen", title=say(command.title))
            self._app.tell(why, error=True)
        return refs

    def subject(self, widget: Widget | None) -> Subject:
        """What a command is about that is called in a widget."""
        app = self._app
        desk = app.desk
        within = set() if widget is None else {node.id for node in widget.ancestors_with_self}
        if "outbox" in within:
            item = desk.outbox.current
            return Subject(item.ref, item.ticket_id, item.item) if item else Subject()
        if "health" in within:
            account = desk.health.current
            return Subject(account=account.name if account else None)
        row = desk.tickets.current
        view = desk.conversation.view
        wanted = desk.conversation.ticket_id
        beside = bool(within & _BESIDE_LIST)
        if beside and wanted is not None:
            # While another ticket is being read, the one that is still shown is not meant.
            if view is not None and view.ticket.ticket_id == wanted:
                return Subject(view.ticket.ref, wanted, message=self._message())
            if row is None or row.ticket_id != wanted:
                return Subject(ticket_id=wanted)
        many = () if beside else desk.marks.ids
        if row is None:
            return Subject(marked=many)
        return Subject(row.ref, row.ticket_id, marked=many)

    def _message(self) -> str | None:
        """The message under the cursor of the conversation."""
        entry = self._app.conversation.current
        if entry is None or entry.kind != "message":
            return None
        return entry.key.partition(":")[2]

    @does("app.repeat")
    async def repeat(self) -> None:
        """The last command that changed a ticket, on the one that is chosen now."""
        if self._last is None:
            self._app.tell(say("There is nothing to repeat yet"))
            return
        subject = self.subject(self._app.focused)
        if subject.marked:
            await self._app.lines.ask(self._last.command, self._last.params)
        else:
            await self.ask_office(self._last, subject)

    async def _do_here(self, command: Command, widget: Widget) -> bool:
        """A console command: a controller does it, or the widget, or what the widget stands in."""
        owner = self._doers.get(command.id) or self._app.late.doer(command.id)
        if owner is not None:
            return await call_handler(owner, command.id)
        if await self._app.going.show_own(command.id):
            return True
        for node in widget.ancestors_with_self:
            if await call_handler(node, command.id):
                return True
        return False

    def _is_told_enough(self, command: Command, widget: Widget) -> bool:
        """Whether all that a command must know follows from the place it is called in."""
        needed = {each.name for each in command.parameters if each.required}
        subject = self.subject(widget)
        known = {"item": subject.item, "message": subject.message}
        return bool(needed) and all(known.get(name) is not None for name in needed)

    def _send(self, command: Command, params: Mapping[str, object]) -> None:
        def done(result: Result) -> None:
            self._app.tell(self._outcomes.done(command, result))
            self.did.emit(command.id, True)

        def failed(error: DesktermError) -> None:
            self._app.tell(self._outcomes.refused(command, error), error=True)
            self.did.emit(command.id, False)

        self._app.desk.office.send(command.id, params, done, failed)

    @property
    def _outcomes(self) -> Outcomes:
        """The words for ends of commands; made when the first one ends."""
        from deskterm.viewmodel.outcomes import Outcomes

        if self._words is None:
            desk = self._app.desk
            titles = {command.id: command.title for command in TABLE.values()}
            self._words = Outcomes(self._app.dispatcher.keymap.key_of, desk.now, desk.zone, titles)
        return self._words

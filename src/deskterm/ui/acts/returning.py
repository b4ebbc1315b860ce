"""Coming back: a restart stands where the console ended, with the draft that was open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from deskterm.domain.clock import to_text
from deskterm.viewmodel.copies import Rescue

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.ui.app import DeskApp
    from deskterm.viewmodel.place import Place
    from deskterm.viewmodel.writing import Kind

NOTE_S: Final = 1.0
"""Seconds without a command after which the place is noted."""


class Returning:
    """Goes back to a place at the start, and notes where an agent is."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._place: Place | None = app.desk.places.place
        self._stop_noting: Callable[[], None] | None = None
        self.rescue = Rescue(app.desk.copies, app.desk.office)

    def touched(self) -> None:
        """A command was called: whoever types is where they want to be."""
        self._place = None
        self._app.desk.tickets.touched()
        self._forget_note()
        self._stop_noting = self._app.timers.after(NOTE_S, self.note)

    def start(self) -> None:
        """Save what an earlier console left behind, and go back to where it was."""
        self.rescue.start()
        place = self._place
        if place is None or not place.ticket:
            return
        self._app.desk.readers.ask(
            "place", lambda reading: reading.ticket_id(place.ticket), self._found
        )

    def note(self) -> None:
        """Write down where the agent is."""
        self._forget_note()
        app, desk = self._app, self._app.desk
        if not app.screen_stack:  # the console has ended meanwhile
            return
        view = desk.tickets.view
        subject = app.performer.subject(app.focused)
        entry = app.conversation.current
        composer = app.writing.composer
        desk.places.note(
            view=view.id,
            query=view.query if view.id == "query" else "",
            ticket=subject.ref or "",
            pane=app.context,
            is_open=app.panes.is_open,
            entry=entry.key if entry is not None and app.panes.is_open else "",
            draft_cursor=app.writing.index,
            draft_kind=composer.kind if composer is not None else "reply",
            left_at=to_text(desk.now()),
        )

    def _forget_note(self) -> None:
        if self._stop_noting is not None:
            self._stop_noting()
            self._stop_noting = None

    async def _go(self, place: Place, ticket_id: int) -> None:
        app = self._app
        if not app.desk.tickets.move_to_ticket(ticket_id):
            await app.going.show(app.desk.tickets.view, ticket_id=ticket_id)
        if place.is_open:
            await app.panes.open(ticket_id)
        if place.draft_cursor >= 0:
            kind: Kind = "note" if place.draft_kind == "note" else "reply"
            await app.writing.resume(ticket_id, kind, place.draft_cursor)

    def _found(self, ticket_id: int | None) -> None:
        place, self._place = self._place, None
        if place is not None and ticket_id is not None:
            self._app.call_later(self._go, place, ticket_id)

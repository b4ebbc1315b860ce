"""Marking tickets of the list for one command on all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.i18n import say
from deskterm.ui.does import does
from deskterm.viewmodel import words
from deskterm.viewmodel.marks import MOST

if TYPE_CHECKING:
    from array import array

    from deskterm.ui.app import DeskApp


class Marking:
    """Marks tickets where the cursor of the list goes."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        tickets, marks = app.desk.tickets, app.desk.marks
        tickets.changed.connect(lambda: marks.follow(tickets.view, tickets.ids))

    @does("ticket.mark")
    def mark(self) -> None:
        """Mark the ticket under the cursor, or take its mark off, and go on."""
        tickets = self._app.desk.tickets
        if tickets.current_id is None:
            return
        if self._app.desk.marks.toggle(tickets.current_id):
            tickets.move_by(1)
        else:
            self._too_many()

    @does("ticket.mark_range")
    def mark_range(self) -> None:
        """Mark everything between the ticket that was marked last and the cursor."""
        tickets, marks = self._app.desk.tickets, self._app.desk.marks
        start = tickets.index_of(marks.last) if marks.last is not None else None
        if tickets.current_id is None:
            return
        here = tickets.cursor
        first, last = sorted((here if start is None else start, here))
        between = tickets.ids[first : last + 1]
        if here < last:
            between.reverse()
        self._add(between)

    @does("ticket.mark_view")
    def mark_view(self) -> None:
        """Mark all tickets of the view; where all are, take the marks off."""
        tickets, marks = self._app.desk.tickets, self._app.desk.marks
        if len(marks) == tickets.count:
            marks.clear()
        else:
            self._add(tickets.ids)

    @does("mark.clear")
    def clear(self) -> None:
        """Take off all marks."""
        self._app.desk.marks.clear()

    def _add(self, ids: array[int]) -> None:
        if not self._app.desk.marks.add(ids):
            self._too_many()

    def _too_many(self) -> None:
        most = words.number(MOST)
        self._app.tell(say("At most {most} tickets can be marked at once", most=most), error=True)

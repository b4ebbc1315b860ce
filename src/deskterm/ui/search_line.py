"""The `/` line: the list is narrowed while a query is typed."""

from __future__ import annotations

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import QueryError
from deskterm.i18n import heard, say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.chooser import Chooser, Row
from deskterm.ui.messages import Told
from deskterm.viewmodel.search import Search
from deskterm.viewmodel.ticket_list import TicketList


class SearchBar(Chooser):
    """A query over the view that is shown.

    Args:
        tickets: are narrowed.
        search: offers fields and values.
    """

    def __init__(self, tickets: TicketList, search: Search) -> None:
        super().__init__(say("Search in this view"), id="search")
        self._tickets = tickets
        self._search = search
        self._chosen = -1
        self._late: DesktermError | None = None
        search.changed.connect(self._changed)
        tickets.changed.connect(self._changed)

    def typed(self, text: str) -> None:
        """Narrow the list."""
        self._chosen = -1
        self._tickets.narrow(text)
        self._search.typed(text, self.line.cursor_position)
        self._changed()

    def move(self, step: int) -> None:
        """Choose a completion; where there is none the keys move in the list."""
        offers = self._search.offers
        if offers:
            self._chosen = (self._chosen + 1 + step) % (len(offers) + 1) - 1
            self._changed()
        else:
            self._tickets.move_by(step)

    def choose(self, place: int) -> None:
        """Choose the completion in a row."""
        self._chosen = place - (1 if self._fault() else 0)

    def complete(self) -> None:
        """Tab takes the chosen completion, or the first."""
        offers = self._search.offers
        if offers:
            taken = offers[max(0, self._chosen)]
            self.put(taken.query)
            self.line.cursor_position = taken.cursor

    async def entered(self) -> None:
        """Enter keeps what is found and goes to the list; a chosen completion is taken first, and a
        query with a fault is mended first.
        """
        if self._chosen >= 0:
            self.complete()
        elif self._fault() is None:
            self.end()

    def escaped(self) -> None:
        """Esc brings the whole view back."""
        self._tickets.narrow("")
        self.end()

    def _changed(self) -> None:
        if not self.is_open:
            self._tell_late()
            return
        rows = [Row(offer.label, note=offer.note) for offer in self._search.offers]
        chosen = self._chosen
        fault = self._fault()
        if fault:
            rows.insert(0, Row(fault, heading=True))
            chosen += 1 if chosen >= 0 else 0
        self.choices.put(rows, chosen)

    def _tell_late(self) -> None:
        """A fault that was found after Enter had closed the line is said over the footer."""
        error = self._tickets.filter_error
        if error is not self._late and error is not None:
            self.post_message(Told(_in_short(error)))
        self._late = error

    def _fault(self) -> SafeText | None:
        """What is wrong with the query, under the place where it is."""
        error = self._tickets.filter_error
        if error is None:
            return None
        words = _in_short(error)
        if not isinstance(error, QueryError):
            return words
        return say("{place}^ {words}", place=clean(" " * error.at), words=words)


def _in_short(error: DesktermError) -> SafeText:
    """What is wrong, and what to write instead."""
    return clean(". ".join(heard(part) for part in (error.title, error.advice) if part))

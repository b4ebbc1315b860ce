"""What readers do for the ticket list, in their threads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from deskterm.service.reading.views import View
from deskterm.viewmodel.following import follow, place_of

if TYPE_CHECKING:
    from deskterm.service.reading.ticket_rows import TicketRow
    from deskterm.viewmodel.reading import ReadingPort

PAGE: Final = 64
"""Rows of a page."""

KEPT: Final = 16
"""Pages kept."""

Page = tuple["TicketRow | None", ...]


ListState = Literal["loading", "shown", "empty", "bare", "failed"]
"""`empty`: nothing is in the view; `bare`: no message has come at all."""


class Read(NamedTuple):
    """What a reader found: a view's ids and the pages around the place `at`."""

    ids: array[int]
    at: int
    pages: dict[int, Page]
    whole: bool = True
    state: ListState = "shown"


def first_page(view: View, reading: ReadingPort) -> Read:
    """The first page alone."""
    rows = reading.first_page(view, PAGE)
    ids = array("I", (row.ticket_id for row in rows))
    pages: dict[int, Page] = {0: tuple(rows)} if rows else {}
    return Read(ids, 0, pages, len(rows) < PAGE, _state_of(ids, reading))


def _state_of(ids: array[int], reading: ReadingPort) -> ListState:
    if ids:
        return "shown"
    return "empty" if reading.has_messages() else "bare"


def whole(
    view: View, reading: ReadingPort, old: array[int], at: int, seen: tuple[int, int]
) -> Read:
    """All ids, and the rows on the screen once the cursor has followed its ticket."""
    ids = reading.ids(view)
    place = follow(old, at, ids)
    shift = place - at
    return _with_rows(reading, ids, place, (seen[0] + shift, seen[1] + shift))


def around(view: View, reading: ReadingPort, ticket_id: int, height: int) -> Read:
    """All ids, and the rows around a ticket, or at the head where it is not there."""
    ids = reading.ids(view)
    place = place_of(ids, ticket_id) or 0
    return _with_rows(reading, ids, place, (place - height, place + height))


def _with_rows(reading: ReadingPort, ids: array[int], place: int, seen: tuple[int, int]) -> Read:
    first = max(0, min(place, seen[0]))
    last = min(len(ids) - 1, max(place, seen[1]))
    if last - first > PAGE * KEPT // 2:
        first = last = place
    numbers = range(first // PAGE, last // PAGE + 1) if ids else range(0)
    return Read(ids, place, pages_of(reading, ids, numbers), state=_state_of(ids, reading))


def pages_of(reading: ReadingPort, ids: array[int], numbers: Iterable[int]) -> dict[int, Page]:
    """Pages of rows; a ticket that is no more leaves a gap."""
    wanted = {number: ids[number * PAGE : (number + 1) * PAGE] for number in numbers}
    rows = reading.rows([one for part in wanted.values() for one in part])
    found = {row.ticket_id: row for row in rows}
    return {number: tuple(found.get(one) for one in part) for number, part in wanted.items()}


def mark_read(pages: dict[int, Page], place: int) -> bool:
    """Let the row at a place be unread no more; False where it was not, or is not at hand."""
    number, offset = divmod(place, PAGE)
    page = pages.get(number, ())
    row = page[offset] if offset < len(page) else None
    if row is None or not row.unread:
        return False
    pages[number] = (*page[:offset], row._replace(unread=False), *page[offset + 1 :])
    return True


def differing(pages: Mapping[int, Page], before: Mapping[int, TicketRow]) -> list[int]:
    """The places of rows that are not what they were before, by ticket."""
    return [
        number * PAGE + offset
        for number, page in pages.items()
        for offset, row in enumerate(page)
        if row is None or before.get(row.ticket_id) != row
    ]


def in_view(cursor: int, seen: tuple[int, int], count: int) -> tuple[range, range]:
    """The pages of the cursor and of the screen, and the same with one more on either side.

    Args:
        seen: the first and the last place on the screen.
        count: of places; at least one.
    """
    low = min(cursor, max(0, seen[0])) // PAGE
    high = max(cursor, min(seen[1], count - 1)) // PAGE
    if high - low > KEPT // 2:  # the screen has not followed the cursor yet
        low = high = cursor // PAGE
    return range(low, high + 1), range(max(0, low - 1), min((count - 1) // PAGE, high + 1) + 1)

"""Where a place in a list goes when the list changes."""

from __future__ import annotations

from array import array

#: So far around the old place a ticket is looked for before the whole list is.
NEAR = 1024


def place_of(ids: array[int], ticket_id: int, near: int = 0) -> int | None:
    """Where a ticket stands in a list; quick when that is not far from `near`."""
    low, high = max(0, near - NEAR), near + NEAR
    for part, start in ((ids[low:high], low), (ids, 0)):
        try:
            return start + part.index(ticket_id)
        except ValueError:
            continue
    return None


def follow(old: array[int], at: int, new: array[int]) -> int:
    """The place in `new` of the ticket at `at` in `old`.

    Where it is no more: that of the one that stood next and still does, else of the last before
    it. 0 where nothing of the old list is left.
    """
    if not new or not 0 <= at < len(old):
        return 0
    place = place_of(new, old[at], at)
    if place is not None:
        return place
    places = {ticket_id: place for place, ticket_id in enumerate(new)}
    after = (places[one] for one in old[at + 1 :] if one in places)
    before = (places[one] for one in reversed(old[:at]) if one in places)
    return next(after, next(before, 0))

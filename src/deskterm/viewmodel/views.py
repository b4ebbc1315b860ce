"""Which view a command goes to, and the way back."""

from __future__ import annotations

from deskterm.service.reading.views import NAMED, View


def view_of(command_id: str) -> View | None:
    """The view that a command of the chord `g` shows; None for other commands."""
    area, _, name = command_id.partition(".")
    return NAMED.get(name) if area == "go" else None


def view_named(view_id: str, query: str = "") -> View | None:
    """The view of that id, as a restart asks for it; a query where it was one."""
    if view_id == "query":
        return View("query", query, query) if query else None
    return NAMED.get(view_id)

"""Where an agent was, so that a restart goes back there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol

from deskterm.viewmodel.ports import Timers

VERSION: Final = 1
"""Layout of the file; another one is ignored."""

REST_S: Final = 1.0
"""Seconds without a change after which the place is written down."""

_LONGEST: Final = 10_000


class Kept(Protocol):
    """The file `console.json`, replaced in one step."""

    def read(self) -> str | None:
        """What it holds; None where it cannot be read."""
        ...

    def write(self, text: str) -> None:
        """Replace it. Never raises: a place that is not kept is no loss."""
        ...


class Place(NamedTuple):
    """Where an agent was.

    Args:
        view: id of the view; `query` is its query where the view is one.
        ticket: reference of the ticket under the cursor.
        pane: the context that had the focus.
        is_open: the ticket was open.
        entry: key of the entry under the cursor.
        draft_cursor: place of the cursor in the draft that was being written; -1: none was.
        draft_kind: `reply` or `note`.
        theme: the theme; empty for that of the settings.
        left_at: when the agent was last here.
    """

    view: str = "needs_us"
    query: str = ""
    ticket: str = ""
    pane: str = "list"
    is_open: bool = False
    entry: str = ""
    draft_cursor: int = -1
    draft_kind: str = "reply"
    theme: str = ""
    left_at: str = ""

    def dump(self) -> str:
        """As JSON."""
        return json.dumps({"version": VERSION, **self._asdict()}, ensure_ascii=False)

    @classmethod
    def load(cls, text: str | None) -> Place:
        """Read what `dump` wrote; what is broken, strange or of another version is left out."""
        try:
            found = json.loads((text or "")[:_LONGEST])
        except (ValueError, RecursionError):  # brackets in brackets without end
            return cls()
        if not isinstance(found, dict) or found.get("version") != VERSION:
            return cls()
        start = cls()
        known = {
            name: found[name]
            for name, value in start._asdict().items()
            if type(found.get(name)) is type(value)
        }
        return start._replace(**known)


class PlaceKeeper:
    """Writes the place down when it has not changed for a moment."""

    def __init__(self, kept: Kept, timers: Timers) -> None:
        self._kept = kept
        self._timers = timers
        self._cancel: Callable[[], None] | None = None
        self.place = Place.load(kept.read())

    def note(self, **changes: Any) -> None:
        """Say what of the place is different; see `Place`."""
        place = self.place._replace(**changes)
        if place == self.place:
            return
        self.place = place
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._timers.after(REST_S, self.flush)

    def flush(self) -> None:
        """Write down at once what has not been yet."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
            self._kept.write(self.place.dump())

"""Calling the agent: the terminal's title, a bell or a notice, and what happened meanwhile."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from deskterm.domain.clock import from_text
from deskterm.text.clean import SafeText
from deskterm.ui import terminal

if TYPE_CHECKING:
    from deskterm.ui.app import DeskApp

AWAY: Final = timedelta(minutes=5)
"""Who was away for less is told nothing."""

TITLE_S: Final = 1.0
"""Seconds between two titles: a sync changes the count many times in a row."""


class Attention:
    """Says what there is to do where somebody looks who does not look at the console."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._title: SafeText | None = None
        self._names_later = False

    def start(self) -> None:
        """Begin to watch, and tell what happened while nobody did."""
        desk = self._app.desk
        desk.status.changed.connect(self._name)
        if desk.calling is not None and desk.calling.wishes.views:
            desk.office.changed.connect(lambda _revision: self._changed())
            desk.calling.called.connect(self._call)
            desk.calling.changed()
        left_at = _time(desk.places.place.left_at)
        if left_at is not None and desk.now() - left_at >= AWAY:
            desk.readers.ask("since", lambda reading: reading.since(left_at), self._tell)
        self._name()

    def touched(self) -> None:
        """A command was called."""
        calling = self._app.desk.calling
        if calling is not None:
            calling.touched()

    def _changed(self) -> None:
        if self._app.desk.calling is not None:
            self._app.desk.calling.changed()

    def _name(self) -> None:
        from deskterm.viewmodel.calling import title_words

        if self._names_later:
            return
        counts = self._app.desk.status.counts
        title = title_words(counts.needs_us if counts is not None else None)
        if title != self._title:
            self._title = title
            terminal.set_title(self._app, title)
            self._names_later = True
            self._app.timers.after(TITLE_S, self._name_again)

    def _name_again(self) -> None:
        self._names_later = False
        self._name()

    def _tell(self, happened: tuple[int, int, int]) -> None:
        from deskterm.viewmodel.calling import since_words

        words = since_words(*happened)
        notices = self._app.notices
        if words and notices.words is None:
            self._app.tell(words)

    def _call(self, words: SafeText) -> None:
        calling = self._app.desk.calling
        if calling is None:
            return
        shown = calling.wishes.notice and terminal.notify(self._app, words, os.environ)
        if calling.wishes.bell or not shown:
            self._app.bell()


def _time(text: str) -> datetime | None:
    """A stored time; None for what is none."""
    try:
        return from_text(text) if text else None
    except ValueError:
        return None

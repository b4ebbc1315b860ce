"""When something new comes that needs us: a sign, if the agent wants one and the hour is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from deskterm.domain.hours import Hours
from deskterm.i18n import say, say_many
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.reading import ReadingPort
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING, number, view_title

LOOK_S: Final = 2.0
"""Seconds after a change until it is looked at: a sync brings many changes in a row."""

Found = tuple[tuple[View, frozenset[int]], ...]


class Wishes(NamedTuple):
    """What the agent wants to be called for.

    Args:
        views: whose new tickets; empty for none.
        quiet: hours without a sign.
        bell: by the terminal's bell.
        notice: by a notice of the desktop, where the terminal can.
    """

    views: Sequence[View] = ()
    quiet: Hours | None = None
    bell: bool = True
    notice: bool = False


class Calling:
    """Watches views and calls when a ticket comes into one of them.

    Args:
        wishes: what the agent wants.
        readers: read for it.
        timers: wait for it.
        now: the present.
        zone: in which hours are quiet.
    """

    def __init__(
        self,
        wishes: Wishes,
        readers: Asking,
        timers: Timers,
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        #: Something new is there; in words, without any of a customer's.
        self.called: Signal[[SafeText]] = Signal()
        self.wishes = wishes
        self._readers = readers
        self._timers = timers
        self._now = now
        self._zone = zone
        self._known: dict[str, frozenset[int]] = {}
        self._waits = False
        self._is_at_work = False

    def changed(self) -> None:
        """The database has changed."""
        if self.wishes.views and not self._waits:
            self._waits = True
            self._timers.after(LOOK_S if self._known else 0.0, self._look)

    def touched(self) -> None:
        """A command was called: who is at work sees what comes, and what they do is no news."""
        self._is_at_work = True

    def _look(self) -> None:
        self._waits = False
        views = tuple(self.wishes.views)

        def read(reading: ReadingPort) -> Found:
            return tuple((view, frozenset(reading.ids(view))) for view in views)

        self._readers.ask("calling", read, self._take)

    def _take(self, found: Found) -> None:
        at_work, self._is_at_work = self._is_at_work, False
        news = []
        for view, ids in found:
            before = self._known.get(view.id)
            self._known[view.id] = ids
            if before is not None and (fresh := len(ids - before)):
                news.append((view, fresh))
        if news and not at_work and not self._is_quiet():
            view, fresh = news[0]
            self.called.emit(
                say_many(
                    "{count} new ticket: {view}",
                    "{count} new tickets: {view}",
                    fresh,
                    view=view_title(view),
                )
            )

    def _is_quiet(self) -> bool:
        quiet = self.wishes.quiet
        return quiet is not None and quiet.hold(self._now().astimezone(self._zone).time())


def title_words(needs_us: int | None) -> SafeText:
    """The title of the terminal: `deskterm (38)`."""
    if not needs_us:
        return say("deskterm")
    return say("deskterm ({count})", count=number(needs_us))


def since_words(new: int, answered: int, failed: int) -> SafeText:
    """What has happened while the agent was away; empty for nothing."""
    if not new + answered + failed:
        return NOTHING
    return say(
        "Since you left: {new} new, {answered} answered, {failed} failed",
        new=number(new),
        answered=number(answered),
        failed=number(failed),
    )

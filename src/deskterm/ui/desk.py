"""What the console works on: the models and what they were made with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.app import App
from textual.theme import Theme

from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.marks import Marks
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.views import NO_VIEWS, OwnViews

if TYPE_CHECKING:
    from deskterm.domain.errors import DesktermError
    from deskterm.viewmodel.calling import Calling
    from deskterm.viewmodel.conversation import Conversation
    from deskterm.viewmodel.copies import Copies
    from deskterm.viewmodel.health import Health
    from deskterm.viewmodel.outbox import OutboxList
    from deskterm.viewmodel.outside import Outside
    from deskterm.viewmodel.place import PlaceKeeper
    from deskterm.viewmodel.ports import Link, Timers
    from deskterm.viewmodel.reading import ReadingPort
    from deskterm.viewmodel.setting_up import SetUp
    from deskterm.viewmodel.spelling import Dictionary
    from deskterm.viewmodel.status import Status
    from deskterm.viewmodel.ticket_list import TicketList
    from deskterm.viewmodel.words import Symbols


class Reads(Asking, Protocol):
    """Reader threads that can be ended."""

    def close(self) -> None:
        """End all reading."""
        ...


class Themes(Protocol):
    """Themes by name, each read when it is wanted."""

    @property
    def names(self) -> Sequence[str]:
        """What there is."""
        ...

    def get(self, name: str) -> Theme | None:
        """The theme of that name; None where there is none.

        Raises:
            DesktermError: its file is broken.
        """
        ...

    def own_file(self, name: str) -> Path | None:
        """The shop's own file of that theme; None where there is none."""
        ...


class AppTimers:
    """Timers of an app, as models use them.

    They are those of the event loop: Textual makes a task of each of its own, and models set one
    with nearly every key.
    """

    def __init__(self, app: App[int]) -> None:
        self._app = app

    def after(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        """See `deskterm.viewmodel.ports.Timers.after`."""
        return _Waiting(self._app, seconds, act).cancel


class _Waiting:
    """What is to be done at the end of a time, in the app's turn, unless it is cancelled before."""

    def __init__(self, app: App[int], seconds: float, act: Callable[[], None]) -> None:
        self._act: Callable[[], None] | None = act
        loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = loop.call_later(
            seconds, app.call_later, self.end
        )

    def end(self) -> None:
        """The time is over."""
        act, self._act, self._handle = self._act, None, None
        if act is not None:
            act()

    def cancel(self) -> None:
        """Nothing is to be done any more, even if its turn is about to come."""
        self._act = None
        if self._handle is not None:
            self._handle.cancel()


@dataclass(eq=False, repr=False)
class Desk:
    """The models of one console, and its surroundings. Models that the first frame does not need
    are made when they are wanted.

    Args:
        timers: wait for the models.
        open_office: makes the way to the office.
        outside: gives the files outside the database.
        first: opens a reading for the first page, in the screen's thread.
        theme: the name of the theme to begin with; empty or `auto` for the usual one.
        usual_theme: the one that the terminal has the colours for.
        ascii: the terminal writes no UTF-8.
        own_views: the views that the shop has of its own.
        marks: the tickets that are marked.
        mistakes: what is wrong with files of the shop, to be told once something is on the screen.
        banner: words at the head of the status line.
        set_up: makes accounts; without it none are made here.
        begins_with_tour: the tour begins by itself.
        dictionaries: reads those in which the composer looks words up.
        calling: watches for what the agent wants to be called for.
    """

    readers: Reads
    timers: Timers
    open_office: Callable[[], Link]
    tickets: TicketList
    status: Status
    places: PlaceKeeper
    copies: Copies
    symbols: Symbols
    now: Callable[[], datetime]
    zone: tzinfo
    first: Callable[[], ReadingPort]
    outside: Callable[[], Outside]
    themes: Themes
    theme: str = ""
    usual_theme: str = "dark"
    own_views: OwnViews = NO_VIEWS
    marks: Marks = field(default_factory=Marks)
    mistakes: list[DesktermError] = field(default_factory=list)
    banner: SafeText = field(default_factory=lambda: clean(""))
    set_up: SetUp | None = None
    begins_with_tour: bool = False
    calling: Calling | None = None
    dictionaries: Callable[[], Sequence[Dictionary]] | None = None

    @cached_property
    def office(self) -> Link:
        """The way to the office."""
        return self.open_office()

    @property
    def office_words(self) -> SafeText:
        """What to say of the office; nothing before anybody wanted it."""
        return self.office.words if "office" in vars(self) else clean("")

    @cached_property
    def conversation(self) -> Conversation:
        """The ticket that is open, or beside the list."""
        from deskterm.viewmodel.conversation import Conversation

        return Conversation(self.readers, self.office, self.timers)

    @cached_property
    def outbox(self) -> OutboxList:
        """The replies that have not left."""
        from deskterm.viewmodel.outbox import OutboxList

        return OutboxList(self.readers, self.now)

    @cached_property
    def health(self) -> Health:
        """How the accounts are doing."""
        from deskterm.viewmodel.health import Health

        return Health(self.readers, self.now, self.zone)

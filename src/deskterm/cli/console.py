"""The console: what a bare `deskterm` opens."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deskterm.cli.output import note
from deskterm.cli.workplace import Workplace
from deskterm.i18n import say_many
from deskterm.ui.surroundings import check_terminal, has_sixteen_colours, speaks_utf8

if TYPE_CHECKING:
    from datetime import datetime

    from deskterm.config.paths import Home
    from deskterm.domain.errors import DesktermError
    from deskterm.service.reading.reading import Reading
    from deskterm.text.spelling import Dictionary
    from deskterm.ui.app import DeskApp
    from deskterm.ui.desk import Desk, Reads
    from deskterm.viewmodel.calling import Calling
    from deskterm.viewmodel.keys import Keymap
    from deskterm.viewmodel.outside import Outside
    from deskterm.viewmodel.ports import Link, Soon, Timers
    from deskterm.viewmodel.readers import Asking

GRACE_S: Final = 2.0
"""Seconds at the end for changes that are on their way to the office."""

_SIXTEEN, _USUAL = "sixteen", "dark"


def open_console(place: Workplace, *, banner: str = "", tour: bool = False) -> int:
    """Show the console until its agent leaves; returns the exit code.

    Args:
        place: the workspace.
        banner: words at the head of the screen.
        tour: begin with the tour.

    Raises:
        DesktermError: it cannot be shown here, with what can be used instead.
    """
    check_terminal(os.environ)
    gc.disable()  # a start makes much and drops little; the console enables it when it stands
    from deskterm.ui.terminal import DeskDriver

    ascii_only = place.settings.console.ascii or not speaks_utf8(os.environ)
    DeskDriver.ascii_only = ascii_only
    app = console_app(place, banner=banner, ascii_only=ascii_only)
    app.desk.begins_with_tour = tour
    code = app.run()
    let_go(app.desk)
    if app.then == "again":
        return open_console(Workplace(place.home, place.workspace), banner=banner)
    if app.then:
        from deskterm.cli.demo import open_demo

        return open_demo(tour=app.then == "tour")
    return app.return_code or code or 0


def console_app(place: Workplace, *, banner: str = "", ascii_only: bool = False) -> DeskApp:
    """The console, ready to run; `let_go` of its desk afterwards."""
    from deskterm.ui.app import DeskApp

    def keymap() -> Keymap:
        from deskterm.cli.keymap import keymap_of

        own = place.views[0]
        found, mistakes = keymap_of(
            place.home.keys_file, os.environ, ascii_only=ascii_only, more=own.commands
        )
        app.desk.mistakes[:0] = mistakes
        return found

    def make(soon: Soon, timers: Timers) -> Desk:
        desk = _desk(place, soon, timers, banner, ascii_only=ascii_only)
        desk.mistakes += (*place.views[1], *_unknown_views(place))
        return desk

    app = DeskApp(make, _reporter(place), keymap)
    return app


def _desk(place: Workplace, soon: Soon, timers: Timers, banner: str, *, ascii_only: bool) -> Desk:
    """The models over this workspace."""
    from deskterm.cli.console_files import PlaceFile, TypedCopies
    from deskterm.cli.console_set_up import ConsoleSetUp
    from deskterm.service.reading.views import NEEDS_US
    from deskterm.text.clean import clean
    from deskterm.ui.desk import Desk
    from deskterm.ui.theme import ThemeFolder, theme_folder
    from deskterm.viewmodel.place import PlaceKeeper
    from deskterm.viewmodel.readers import Readers
    from deskterm.viewmodel.status import Status
    from deskterm.viewmodel.ticket_list import TicketList
    from deskterm.viewmodel.views import view_named
    from deskterm.viewmodel.words import symbols

    home, zone = place.home, place.zone

    def now() -> datetime:
        return place.now

    reading = partial(_reading, place, now)
    readers = Readers(reading, soon)

    def office() -> Link:
        from deskterm.viewmodel.office import OfficeLink

        return OfficeLink(place.door, soon)

    places = PlaceKeeper(PlaceFile(home.state / "console.json"), timers)
    own = place.views[0]
    view = view_named(places.place.view, places.place.query, own.views) or NEEDS_US
    desk = Desk(
        readers=readers,
        timers=timers,
        open_office=office,
        tickets=TicketList(readers, timers, view),
        status=Status(readers, now, zone, lambda: desk.office_words),
        places=places,
        copies=TypedCopies(home.state / "typed"),
        symbols=symbols(ascii_only),
        now=now,
        zone=zone,
        first=reading,
        outside=partial(_outside, home),
        themes=ThemeFolder(theme_folder(), home.themes),
        theme=places.place.theme or place.settings.console.theme,
        usual_theme=_SIXTEEN if has_sixteen_colours(os.environ) else _USUAL,
        own_views=own,
        banner=clean(banner, multiline=False),
        set_up=ConsoleSetUp(place),
        dictionaries=lambda: _dictionaries(place),
        calling=_calling(place, readers, timers, now),
    )
    return desk


def _reading(place: Workplace, now: Callable[[], datetime]) -> Reading:
    """A reader of the database, for the thread that asks for it."""
    from deskterm.service.reading.reading import Reading

    return Reading(
        place.home.database,
        place.agent,
        place.zone,
        now,
        shelf=place.shelf,
        packs_for=place.packs_for,
        playbooks=place.playbooks,
        broken=lambda: place.rulebook.broken,
    )


def _outside(home: Home) -> Outside:
    """Files outside the database; needed after the first paint."""
    from deskterm.cli.outside import FilesOutside
    from deskterm.config.paths import downloads_folder

    return FilesOutside(home.attachments, home.state, downloads_folder, os.environ)


def _dictionaries(place: Workplace) -> list[Dictionary]:
    from deskterm.cli.console_spelling import dictionaries

    return dictionaries(place.settings.console.spelling, os.environ)


def _calling(
    place: Workplace, readers: Asking, timers: Timers, now: Callable[[], datetime]
) -> Calling | None:
    """What watches for what the agent wants to be called for; None for nothing."""
    settings = place.settings.notify
    if not settings.views:
        return None
    from deskterm.domain.hours import Hours
    from deskterm.viewmodel.calling import Calling, Wishes
    from deskterm.viewmodel.views import view_named

    found = (view_named(name, "", place.views[0].views) for name in settings.views)
    wishes = Wishes(
        tuple(view for view in found if view is not None),
        Hours.read(settings.quiet) if settings.quiet else None,
        bell=settings.by in ("bell", "both"),
        notice=settings.by in ("notice", "both"),
    )
    return Calling(wishes, readers, timers, now, place.zone)


def _unknown_views(place: Workplace) -> list[DesktermError]:
    """What is wrong with the views that the agent wants to be called for."""
    from deskterm.domain.errors import DesktermError
    from deskterm.viewmodel.views import view_named

    return [
        DesktermError(
            f"There is no view {name[:40]}",
            f"{place.home.settings_file}: notify.views names it",
            "Mend the line",
            code="settings",
        )
        for name in place.settings.notify.views
        if view_named(name, "", place.views[0].views) is None
    ]


def _reporter(place: Workplace) -> Callable[[BaseException], Path]:
    def report(error: BaseException) -> Path:
        from deskterm.config.logs import report_crash
        from deskterm.config.redaction import Redactor

        return report_crash(place.reports, error, Redactor())

    return report


def let_go(desk: Desk) -> None:
    """Let go; what the office has not taken by then is named."""
    desk.places.flush()
    hand_over(desk.readers, desk.office)


def hand_over(readers: Reads, office: Link) -> None:
    """End reading, and leave to the office what is on its way; what it has not taken is named."""
    readers.close()
    office.close(GRACE_S)
    left = office.pending
    if left:
        note(
            say_many(
                "deskterm: {count} change could not be handed to the office and must be made "
                "again. Text that you typed is kept and offered at the next start.",
                "deskterm: {count} changes could not be handed to the office and must be made "
                "again. Text that you typed is kept and offered at the next start.",
                left,
            )
        )

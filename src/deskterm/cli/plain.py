"""Plain mode: the desk line by line, for screen readers, braille lines and dumb terminals."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

from deskterm.cli.console import hand_over
from deskterm.cli.workplace import Workplace
from deskterm.ui.surroundings import speaks_utf8

if TYPE_CHECKING:
    from deskterm.plain.desk import PlainDesk
    from deskterm.plain.loop import Loop
    from deskterm.viewmodel.office import OfficeLink
    from deskterm.viewmodel.readers import Readers

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def open_plain(place: Workplace, *, banner: str = "") -> int:
    """Talk line by line until the agent leaves; returns the exit code.

    Reads stdin and writes stdout, whatever they are.

    Args:
        place: the workspace.
        banner: words for the beginning.
    """
    from deskterm.plain.loop import Loop
    from deskterm.plain.paper import Paper
    from deskterm.plain.session import Session
    from deskterm.plain.talk import Talk
    from deskterm.plain.typed import StreamLines, TerminalLines

    env = os.environ
    ascii_only = place.settings.console.ascii or not speaks_utf8(env)
    _forgive_bytes()
    paper = Paper(sys.stdout, width=_width(env), ascii_only=ascii_only)
    loop = Loop()
    readers, office, desk = _desk(place, loop, banner)
    is_person = sys.stdin.isatty() and sys.stdout.isatty()
    typed = (
        TerminalLines(paper, env.get("TERM", "")) if is_person else StreamLines(sys.stdin, paper)
    )
    with _interruptible():
        try:
            return Session(desk, Talk(paper, typed, loop)).run()
        finally:
            hand_over(readers, office)


def _desk(place: Workplace, loop: Loop, banner: str) -> tuple[Readers, OfficeLink, PlainDesk]:
    """The models over this workspace."""
    from deskterm.cli.console_files import TypedCopies
    from deskterm.plain.desk import PlainDesk
    from deskterm.service.reading.reading import Reading
    from deskterm.text.clean import clean
    from deskterm.viewmodel.conversation import Conversation
    from deskterm.viewmodel.health import Health
    from deskterm.viewmodel.office import OfficeLink
    from deskterm.viewmodel.outbox import OutboxList
    from deskterm.viewmodel.readers import Readers
    from deskterm.viewmodel.status import Status
    from deskterm.viewmodel.ticket_list import TicketList

    home, zone, agent = place.home, place.zone, place.agent

    def now() -> datetime:
        return place.now

    def reading() -> Reading:
        return Reading(
            home.database,
            agent,
            zone,
            now,
            shelf=place.shelf,
            packs_for=place.packs_for,
            playbooks=place.playbooks,
            broken=lambda: place.rulebook.broken,
        )

    readers = Readers(reading, loop.soon)
    office = OfficeLink(place.door, loop.soon)
    desk = PlainDesk(
        readers=readers,
        office=office,
        tickets=TicketList(readers, loop),
        conversation=Conversation(readers, office, loop),
        outbox=OutboxList(readers, now),
        health=Health(readers, now, zone),
        status=Status(readers, now, zone, lambda: office.words),
        copies=TypedCopies(home.state / "typed"),
        now=now,
        zone=zone,
        banner=clean(banner, multiline=False),
    )
    return readers, office, desk


def _width(env: Mapping[str, str]) -> int:
    """Columns of a line, where somebody said how many there are."""
    from deskterm.plain.paper import WIDTH

    columns = env.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and len(columns) < 6 else WIDTH


def _forgive_bytes() -> None:
    """Bytes that are no text, in or out, stop nothing."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl+C interrupts what is typed; a terminal that goes, or a system that asks, ends it all
    with the drafts kept. Who ends in an order of their own is let be.
    """

    def ended(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {
        number: signal.signal(number, ended)
        for number in _ENDING
        if signal.getsignal(number) is signal.SIG_DFL
    }
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

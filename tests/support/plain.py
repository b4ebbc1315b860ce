"""Plain mode over a real desk: lines go in, and what a person would hear comes out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.plain.desk import PlainDesk
from deskterm.plain.loop import Loop
from deskterm.plain.paper import Paper
from deskterm.plain.session import Session
from deskterm.plain.talk import Talk
from deskterm.service.reading.playbooks import PlaybookShelf
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.status import Status
from deskterm.viewmodel.ticket_list import TicketList
from tests.support.desk import TestDesk
from tests.support.writing import DeskOffice, MemoryCopies
from tests.ui.panes import AtOnce

#: A line that is typed, Ctrl+C, or something that happens before the next line.
Step = str | type[KeyboardInterrupt] | Callable[[], object]


class PlainOffice(DeskOffice):
    """`deskterm.viewmodel.ports.Link`; answers at once, unless `at_once` is taken away."""

    def __init__(self, desk: TestDesk) -> None:
        super().__init__(desk)
        self.changed: Signal[[int]] = Signal()
        self.state: Signal[[str]] = Signal()
        self.words: SafeText = clean("")
        self.standing = "there"

    @property
    def pending(self) -> int:
        return len(self.waiting)

    def start(self) -> None:
        """It is there already."""

    def close(self, grace_s: float = 0.0) -> None:
        """Nothing is open."""


class Script:
    """`deskterm.plain.typed.Typed`; a person who types these lines and then Ctrl+D."""

    def __init__(self, steps: tuple[Step, ...], out: io.StringIO, *, is_person: bool) -> None:
        self.is_person = is_person
        self._steps: Iterator[Step] = iter(steps)
        self._out = out

    def line(self, prompt: SafeText) -> str:
        self._out.write(f"{prompt} " if prompt else "")
        for step in self._steps:
            if isinstance(step, str):
                self._out.write(f"{step}\n")
                return step
            if isinstance(step, type):
                self._out.write("^C\n")
                raise step
            step()
        self._out.write("^D\n")
        raise EOFError

    def forget(self) -> None:
        """Nothing is typed ahead here."""


@dataclass
class PlainRoom:
    """One agent in plain mode at a desk; each `session` is another start of the program."""

    desk: TestDesk
    width: int = 80
    ascii_only: bool = False
    is_person: bool = True
    banner: str = ""
    shelf: Shelf | None = None
    playbooks: Path | None = None
    copies: MemoryCopies = field(default_factory=MemoryCopies)

    def __post_init__(self) -> None:
        self.office = PlainOffice(self.desk)
        self.code = -1

    def session(self, *steps: Step) -> str:
        """Type these lines; everything that stands on the paper afterwards."""
        zone, now = ZoneInfo("Europe/Paris"), self.desk.clock.now
        shelf = self.shelf
        given = None if shelf is None else lambda: shelf
        packs_for = self.desk.packs
        books = PlaybookShelf(self.playbooks) if self.playbooks is not None else None
        reading = Reading(
            self.desk.path,
            "anna",
            zone,
            now,
            shelf=given,
            packs_for=packs_for,
            playbooks=(lambda: books) if books is not None else None,
        )
        readers, office, loop, out = AtOnce(reading), self.office, Loop(), io.StringIO()
        plain = PlainDesk(
            readers=readers,
            office=office,
            tickets=TicketList(readers, loop),
            conversation=Conversation(readers, office, loop),
            outbox=OutboxList(readers, now),
            health=Health(readers, now, zone),
            status=Status(readers, now, zone, lambda: office.words),
            copies=self.copies,
            now=now,
            zone=zone,
            banner=clean(self.banner),
        )
        paper = Paper(out, width=self.width, ascii_only=self.ascii_only)
        typed = Script(steps, out, is_person=self.is_person)
        try:
            self.code = Session(plain, Talk(paper, typed, loop)).run()
        finally:
            reading.close()
        return out.getvalue()

    def drafts(self) -> list[tuple[str, str, str]]:
        """Kind, text and state of the drafts in the database."""
        rows = self.desk.rows("SELECT kind, body, state FROM drafts ORDER BY rowid")
        return [tuple(row) for row in rows]

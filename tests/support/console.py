"""The whole console over a reading and an office that a test holds in its hands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.rows import DraftView
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.ui.app import DeskApp
from deskterm.ui.desk import Desk
from deskterm.ui.theme import ThemeFolder, theme_folder
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.outside import Outside
from deskterm.viewmodel.place import PlaceKeeper
from deskterm.viewmodel.ports import Result, Soon, Timers
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.status import Status
from deskterm.viewmodel.ticket_list import TicketList
from deskterm.viewmodel.views import Described, own_views
from deskterm.viewmodel.words import symbols
from tests.ui.panes import NOW, AtOnce, FixedReading, account, conversation, entry, ticket

Answer = Callable[[str, Mapping[str, object]], Mapping[str, object] | DesktermError]


def agreeing(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
    """The answer of an office that does everything."""
    refs = params.get("tickets")
    if not isinstance(refs, list):
        return {"command": command}
    return {"command": command, "done": [{"ticket": ref} for ref in refs], "skipped": []}


@dataclass
class HeldOffice:
    """`deskterm.viewmodel.ports.Link`; notes what it is told and answers as the test says."""

    answer: Answer = agreeing
    sent: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    is_there: bool = True

    def __post_init__(self) -> None:
        self.changed: Signal[[int]] = Signal()
        self.state: Signal[[str]] = Signal()
        self.pending = 0
        self.standing = "there"
        self.words: SafeText = clean("")

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        self.sent.append((command, dict(params)))
        if not self.is_there:
            return
        answer = self.answer(command, params)
        if isinstance(answer, DesktermError):
            failed(answer)
        else:
            done(answer)

    def start(self) -> None:
        """It is there already."""

    def close(self, grace_s: float = 0.0) -> None:
        """Nothing is open."""

    def commands(self, *, but: tuple[str, ...] = ("ticket.seen",)) -> list[str]:
        """The ids of what it was told, in order."""
        return [command for command, params in self.sent if command not in but]


class Shop(FixedReading):
    """A workspace with some tickets, each with a short conversation."""

    def __init__(self, tickets: int = 40) -> None:
        super().__init__([ticket(number) for number in range(tickets)])
        for number in self.tickets:
            entries = [entry(each) for each in range(6)]
            self.conversations[number] = conversation(entries, ticket=ticket(number))
        self.states = [account("mailbox", "ok")]
        self.written: dict[int, list[DraftView]] = {}
        self.next_id: int | None = None

    def drafts(self, ticket_id: int | None) -> list[DraftView]:
        return self.written.get(ticket_id or 0, [])

    def next_needing_us(self, after: int | None, direction: Literal[1, -1]) -> int | None:
        return self.next_id


class KeptReaders(AtOnce):
    """Readers that can be ended."""

    def close(self) -> None:
        """Nothing is open."""


class Kept:
    """A place and copies in memory."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text
        self.copies: dict[str, Mapping[str, object]] = {}

    def read(self) -> str | None:
        return self.text

    def write(self, text: str) -> None:
        self.text = text


class KeptCopies:
    """Copies in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Mapping[str, object]] = {}

    def write(self, name: str, copy: Mapping[str, object]) -> None:
        self.kept[name] = copy

    def remove(self, name: str) -> None:
        self.kept.pop(name, None)

    def found(self) -> Mapping[str, Mapping[str, object]]:
        return dict(self.kept)


def nowhere() -> Outside:
    """For tests that touch no files."""
    raise AssertionError("no files outside the database were expected to be wanted")


def console(
    reading: Shop,
    *,
    office: HeldOffice | None = None,
    kept: Kept | None = None,
    copies: KeptCopies | None = None,
    banner: str = "",
    views: Sequence[Described] = (),
    keymap: Keymap | None = None,
    own_themes: Path | None = None,
    theme: str = "dark",
    mistakes: Sequence[DesktermError] = (),
    outside: Callable[[], Outside] = nowhere,
) -> DeskApp:
    """A console that is ready to run."""
    own, _ = own_views(views, TABLE.values())

    def make(soon: Soon, timers: Timers) -> Desk:
        del soon
        readers = KeptReaders(reading)
        link = office or HeldOffice()
        zone = ZoneInfo("Europe/Paris")
        return Desk(
            readers=readers,
            timers=timers,
            open_office=lambda: link,
            tickets=TicketList(readers, timers),
            status=Status(readers, lambda: NOW, zone, lambda: link.words),
            places=PlaceKeeper(kept or Kept(), timers),
            copies=copies or KeptCopies(),
            symbols=symbols(ascii=False),
            now=lambda: NOW,
            zone=zone,
            first=lambda: reading,
            outside=outside,
            themes=ThemeFolder(theme_folder(), own_themes),
            theme=theme,
            mistakes=list(mistakes),
            own_views=own,
            banner=clean(banner),
        )

    return DeskApp(make, keymap=lambda: keymap or Keymap((*TABLE.values(), *own.commands)))

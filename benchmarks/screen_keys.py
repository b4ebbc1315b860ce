"""What the console does with keys, each against a key of the minimal app in the same round."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from statistics import mean, median

from benchmarks.console import (
    QUIT,
    Orders,
    conversation_shows,
    list_shows,
    minimal_ready,
    stands_at,
    start_console,
    start_minimal,
)
from benchmarks.desk import Desk
from benchmarks.measure import Row, percentile, ratio_row
from benchmarks.minimal_app import READY
from benchmarks.terminal import HEIGHT, SILENCE_S, WIDTH, Painted, Terminal

_BURST = 200
_BURST_GOAL = 900  # keys a second
#: Longer than the console waits before it reads what the cursor has come to rest on.
_REST_S = 0.15
_REST_WATCH_S = 3.0
_WARM = 10
_FEW = 6  # page downs and openings in a round
_SMALLER = (WIDTH - 8, HEIGHT - 6)  # list and conversation still stand side by side
_HOME, _PAGE_DOWN, _ENTER, _ESCAPE = b"\x1b[H", b"\x1b[6~", b"\r", b"\x1b"
_WORDS = ("colis", "parcel", "Paket", "commande", "refund")


@dataclass(frozen=True, slots=True)
class Use:
    """What later rows compare between sizes."""

    rss_mib: float
    key_cpu_ms: float


class _Pairs:
    """Rounds of one act, on both sides."""

    def __init__(self) -> None:
        self.ours: list[list[Painted]] = []
        self.floors: list[list[Painted]] = []

    def take(self, ours: list[Painted], floors: list[Painted]) -> None:
        """One round."""
        self.ours.append(ours)
        self.floors.append(floors)

    def of(
        self, figure: Callable[[Painted], float], floor: Callable[[Painted], float] | None = None
    ) -> list[tuple[float, float]]:
        """The medians of each round; `floor` where the other side is read in another way."""
        return [
            (median(map(figure, ours)), median(map(floor or figure, floors)))
            for ours, floors in zip(self.ours, self.floors, strict=True)
        ]

    def every(self, figure: Callable[[Painted], float]) -> list[float]:
        """Our figures of all rounds."""
        return [figure(one) for ours in self.ours for one in ours]

    def every_floor(self, figure: Callable[[Painted], float]) -> list[float]:
        """The other side's, whose spread is the machine's own."""
        return [figure(one) for floors in self.floors for one in floors]


def _settled_ms(one: Painted) -> float:
    return one.settled_s * 1e3


def _cpu_ms(one: Painted) -> float:
    return one.cpu_s * 1e3


def measure(desk: Desk, size: int, rounds: int, keys: int) -> Generator[Row, None, Use]:
    """Use the console of a desk with `size` messages; `keys` are the `j` of a row."""
    orders = Orders.of(desk, _BURST + 50)
    with ExitStack() as stack:
        floor = stack.enter_context(start_minimal())
        minimal_ready(floor)
        ours = stack.enter_context(start_console(desk))
        ours.until(list_shows(orders.needs_us[0]))
        session = _Session(ours, floor, orders, f"{size:,} messages", rounds, keys)
        yield from session.rest()
        session.to_everything()
        moving = yield from session.moving()
        yield from session.next_tickets()
        yield from session.running()
        yield from session.pages()
        yield from session.openings()
        yield from session.sizes()
        yield from session.filters()
        yield from session.burst()
        yield from session.memory()
        use = Use(ours.rss_mib, median(moving.every(_cpu_ms)))
        ours.end(keys=QUIT)
        floor.end(keys=QUIT)
    return use


class _Session:
    """A console and a minimal app, both open."""

    def __init__(
        self, ours: Terminal, floor: Terminal, orders: Orders, what: str, rounds: int, keys: int
    ) -> None:
        self._ours = ours
        self._floor = floor
        self._orders = orders
        self._what = what
        self._rounds = rounds
        self._keys = max(1, keys // rounds)
        self._few = min(_FEW, self._keys)

    def to_everything(self) -> None:
        """The longest list, its cursor on the first row."""
        self._ours.write(b"ga")
        first = self._orders.everything[0]
        self._ours.until(list_shows(first))
        self._ours.until(conversation_shows(first))
        self._ours.settle(_REST_S)

    def _home(self) -> None:
        self._ours.write(_HOME)
        self._ours.until(stands_at(1))
        self._ours.until(conversation_shows(self._orders.everything[0]))
        self._ours.settle(_REST_S)

    def rest(self) -> Generator[Row, None, None]:
        """Nothing in an idle screen repaints."""
        self._ours.settle(1.0, limit_s=20.0)
        seconds = min(_REST_WATCH_S, self._rounds)
        painted = self._ours.watch(seconds)
        yield Row(
            "screen",
            f"Painted while nobody does anything, {self._what}",
            f"bytes in {seconds:g} s",
            float(painted),
            None,
            None,
            "0",
            not painted,
        )

    def moving(self) -> Generator[Row, None, _Pairs]:
        """Down, with a rest after each key on both sides: list and conversation change."""
        pairs = self._alternate(b"j", self._keys, _REST_S)
        yield ratio_row(
            "screen",
            f"j until list and conversation stand still, {self._what}",
            "ms",
            pairs.of(_settled_ms),
            at_most=3.5,
        )
        yield from self._beside(pairs, _settled_ms)
        return pairs

    def next_tickets(self) -> Generator[Row, None, None]:
        """The next ticket from within a conversation, which is read without a rest."""
        pairs = self._alternate(b"J", self._keys, _REST_S, opened=True)
        yield ratio_row(
            "screen",
            f"J in a conversation until list and conversation stand still, {self._what}",
            "ms",
            pairs.of(_settled_ms),
            at_most=3.5,
        )
        yield from self._beside(pairs, _settled_ms)

    def running(self) -> Generator[Row, None, None]:
        """Down again as soon as the list stands still."""
        pairs = self._alternate(b"j", self._keys)
        yield ratio_row("screen", "j, the list alone", "ms", pairs.of(_settled_ms), at_most=3.5)
        yield from self._beside(pairs, _settled_ms)

    def _beside(
        self, pairs: _Pairs, figure: Callable[[Painted], float]
    ) -> Generator[Row, None, None]:
        every = pairs.every(figure)
        middle, slow = median(every), percentile(every, 0.99)
        yield Row(
            "screen", "… p99 against its own median", "ms", slow, middle, slow / middle,
            "≤ 3 ×", slow <= 3 * middle,
        )  # fmt: skip
        bare = pairs.every_floor(figure)
        bare_middle, bare_slow = median(bare), percentile(bare, 0.99)
        yield Row(
            "screen", "… p99 of the minimal app against its own", "ms",
            bare_slow, bare_middle, bare_slow / bare_middle,
        )  # fmt: skip
        yield ratio_row("screen", "… processor time", "ms", pairs.of(_cpu_ms))
        yield ratio_row("screen", "… bytes", "bytes", pairs.of(lambda one: one.size))
        frames = mean(pairs.every(lambda one: one.frames))
        yield Row("screen", "… repaints", "a key", frames, None, None)

    def pages(self) -> Generator[Row, None, None]:
        """Page down through the list."""
        pairs = self._alternate(_PAGE_DOWN, self._few)
        yield ratio_row("screen", f"Page down, {self._what}", "ms", pairs.of(_settled_ms))

    def openings(self) -> Generator[Row, None, None]:
        """Into a ticket, and back."""
        pairs = _Pairs()
        self._home()
        for _ in range(self._rounds):
            opened, left = [], []
            for _ in range(self._few):
                opened.append(self._ours.key(_ENTER, silence_s=_REST_S))
                left.append(self._ours.key(b"h", silence_s=_REST_S))
            bare = [self._floor.key(b"j", silence_s=_REST_S) for _ in range(self._few)]
            pairs.take(opened, bare)
        yield ratio_row("screen", f"Open a ticket, {self._what}", "ms", pairs.of(_settled_ms))

    def sizes(self) -> Generator[Row, None, None]:
        """Another size of the terminal, and back."""
        pairs = _Pairs()
        for _ in range(self._rounds):
            pairs.take(_resized(self._ours), _resized(self._floor))
        yield ratio_row(
            "screen", f"Another size of the terminal, {self._what}", "ms", pairs.of(_settled_ms)
        )

    def filters(self) -> Generator[Row, None, None]:
        """A filter as it is typed."""
        echoes = _Pairs()
        found: list[float] = []
        for word in _WORDS[: self._rounds]:
            self._ours.key(b"/", silence_s=_REST_S)
            letters = [self._ours.key(letter.encode()) for letter in word[:-1]]
            shown = partial(_is_filtered_by, word)
            start = self._ours.write(word[-1].encode())
            found.append(self._ours.until(shown) - start)
            echoes.take(letters, [self._floor.key(b"j") for _ in word])
            self._ours.write(_ESCAPE)
            self._ours.until(partial(_is_not_filtered_by, word))
            self._ours.settle(_REST_S)
        yield ratio_row(
            "screen", f"A letter of a filter on the screen, {self._what}", "ms",
            echoes.of(lambda one: one.first_s * 1e3),
        )  # fmt: skip
        yield Row(
            "screen", "… the last letter until the list is filtered", "ms",
            median(found) * 1e3, None, None, spread=f"{min(found):.3f}–{max(found):.3f} s",
        )  # fmt: skip

    def burst(self) -> Generator[Row, None, None]:
        """Many keys at once: how fast they are worked off, and where the cursor ends."""
        pairs: list[tuple[float, float]] = []
        count = min(_BURST, len(self._orders.everything) - 1)
        counted = self._floor_count()
        for _ in range(self._rounds):
            self._home()
            start = self._ours.write(b"j" * count)
            ended = self._ours.until(stands_at(count + 1))
            self._ours.until(conversation_shows(self._orders.everything[count]))
            counted += count
            bare = self._floor.write(b"j" * count)
            bare_ended = self._floor.until(f"{READY}{counted} ")
            pairs.append((count / (ended - start), count / (bare_ended - bare)))
        row = ratio_row("screen", f"{count} j at once, {self._what}", "keys/s", pairs)
        yield Row(
            row.name, row.what, row.unit, row.figure, row.floor, row.ratio,
            f"≥ {_BURST_GOAL} keys/s", row.figure >= _BURST_GOAL, row.spread,
        )  # fmt: skip

    def _floor_count(self) -> int:
        screen = self._floor.shown()
        return int(screen.partition(READY)[2].split()[0])

    def memory(self) -> Generator[Row, None, None]:
        """Memory after all of that."""
        ours, floor = self._ours, self._floor
        yield ratio_row(
            "screen", f"Memory (RSS) after all of that, {self._what}", "MiB",
            [(ours.rss_mib, floor.rss_mib)], at_most=2.0,
        )  # fmt: skip
        yield ratio_row("screen", "… PSS", "MiB", [(ours.pss_mib, floor.pss_mib)])

    def _alternate(
        self, key: bytes, times: int, silence_s: float = SILENCE_S, *, opened: bool = False
    ) -> _Pairs:
        """Rounds of a key on both sides; each begins at the first row of the list, or in its
        ticket.
        """
        pairs = _Pairs()
        for number in range(-1, self._rounds):
            self._home()
            if opened:
                self._ours.key(_ENTER, silence_s=_REST_S)
            count = times if number >= 0 else min(times, _WARM)
            sides = [
                lambda count=count: [
                    self._ours.key(key, silence_s=silence_s) for _ in range(count)
                ],
                lambda count=count: [
                    self._floor.key(b"j", silence_s=silence_s) for _ in range(count)
                ],
            ]
            found = [side() for side in (sides if number % 2 == 0 else reversed(sides))]
            if number % 2:
                found.reverse()
            if number >= 0:
                pairs.take(*found)
            if opened:
                self._ours.key(b"h", silence_s=_REST_S)
        return pairs


def _resized(terminal: Terminal) -> list[Painted]:
    sizes = cycle((_SMALLER, (WIDTH, HEIGHT)))
    return [terminal.resize(*next(sizes)) for _ in range(2)]


def _is_filtered_by(word: str, screen: str) -> bool:
    """Whether the title of the list says that it is filtered by this word, and how many fit."""
    return re.search(rf"{re.escape(word)} · [0-9]", screen) is not None


def _is_not_filtered_by(word: str, screen: str) -> bool:
    return not _is_filtered_by(word, screen)

"""Spans underlined while typing: from the last key of a place the rules stop to its underline.

A reply is written in the composer of a real console on a pseudo-terminal, so the way is the whole
one: the pause after typing, the office's check of draft, fixes and facts, the answer, the repaint.
The floor is a key of the minimal app, in the same round.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import backlog
from benchmarks.console import (
    QUIT,
    Orders,
    conversation_shows,
    end_office,
    list_shows,
    minimal_ready,
    start_console,
    start_minimal,
)
from benchmarks.desk import Desk
from benchmarks.measure import Row, percentile
from benchmarks.terminal import Gone, Terminal, cpu_s_of
from deskterm.office.lock import read_info

#: Characters that stand in the reply before.
LENGTHS = (200, 2_000)
GOAL_MS = 150.0

_MESSAGES = 300
_WARM = 3
_BACKSPACE = b"\x7f"
#: A hole that somebody forgot to fill: every channel stops it, wherever it stands.
_PLACE = "{{name}}"
_SENTENCES = (
    "Thank you for your message about the blue lamp.",
    "I have looked at the parcel with the carrier, and it is on its way again since this morning.",
    "It should be with you before the end of the week.",
    "The shade that you asked about is made of linen, and can be washed by hand.",
    "If anything is missing, tell me, and I will send it after.",
    "The invoice lies in your account, where you can print it as often as you like.",
)
#: Longer than the pause in typing and everything that comes of it.
_REST_S = 0.4


@dataclass(slots=True)
class _Found:
    """Milliseconds: until the underline, of processors meanwhile, and of the floor."""

    ours: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


def measure(folder: Path, times: int) -> Iterator[Row]:
    """Write replies of each length in one console, and finish the place so many times."""
    desk = backlog.prepare(folder / "typing", _MESSAGES)
    order = Orders.of(desk, 1).needs_us[0]
    try:
        for length in LENGTHS:
            with ExitStack() as stack:
                floor = stack.enter_context(start_minimal())
                minimal_ready(floor)
                ours = stack.enter_context(start_console(desk))
                ours.until(list_shows(order))
                _begin(ours, order, _text(length))
                found, office = _Found(), _office(desk)
                for number in range(_WARM + times):
                    underline_ms, cpu_ms = _once(ours, office)
                    key_ms = floor.key(b"j").first_s * 1e3
                    if number >= _WARM:
                        found.ours.append(underline_ms)
                        found.cpu.append(cpu_ms)
                        found.floor.append(key_ms)
                _leave(ours)
                floor.end(keys=QUIT)
            yield from _rows(length, found)
    finally:
        end_office(desk.home)


def _text(length: int) -> str:
    whole = " ".join(_SENTENCES[at % len(_SENTENCES)] for at in range(1 + length // 40))
    return f"{whole[:length].rsplit(' ', 1)[0]} "


def _begin(ours: Terminal, order: str, text: str) -> None:
    """Open the ticket, begin a reply, and have the text in it."""
    ours.write(b"\r")
    ours.until(conversation_shows(order))
    ours.settle(_REST_S)
    ours.write(b"r")
    ours.until("Reply to")
    ours.settle(_REST_S)
    ours.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")
    ours.until(text.split()[-1])
    ours.settle(_REST_S)


def _office(desk: Desk) -> int:
    info = read_info(desk.home.lock)
    if info is None:
        raise Gone("the console has no office")
    return info.pid


def _once(ours: Terminal, office: int) -> tuple[float, float]:
    """Type the place but for its last character, rest, press that; then take all of it back.

    Returns:
        Milliseconds until the underline, and of the processors in console and office meanwhile.
    """
    ours.write(_PLACE[:-1].encode())
    ours.until(lambda screen: _PLACE[:-1] in screen)
    ours.settle(_REST_S)
    if _PLACE[:-1] in ours.underlined:
        raise Gone("the place is underlined before it is whole")
    before = ours.cpu_s + cpu_s_of(office)
    pressed = ours.write(_PLACE[-1].encode())
    painted = ours.until(lambda _: _PLACE in ours.underlined)
    spent = ours.cpu_s + cpu_s_of(office) - before
    ours.settle(_REST_S)
    ours.write(_BACKSPACE * len(_PLACE))
    ours.until(lambda screen: "{{" not in screen)
    ours.settle(_REST_S)
    return (painted - pressed) * 1e3, spent * 1e3


def _leave(ours: Terminal) -> None:
    ours.end(keys=b"\x1b\x1b" + QUIT)


def _rows(length: int, found: _Found) -> Iterator[Row]:
    what = f"last key to underline, {length:,} characters before"
    floor = median(found.floor)
    half, most = percentile(found.ours, 0.5), percentile(found.ours, 0.95)
    spread = f"{min(found.ours):.0f}–{max(found.ours):.0f} ms"
    yield Row("typing", f"{what}, p50", "ms", half, floor, half / floor, spread=spread)
    yield Row(
        "typing",
        f"{what}, p95",
        "ms",
        most,
        None,
        most / GOAL_MS,
        f"≤ {GOAL_MS:g} ms",
        most <= GOAL_MS,
    )
    yield Row(
        "typing",
        f"{what}: processor time of console and office, p50",
        "ms",
        percentile(found.cpu, 0.5),
        None,
        None,
    )

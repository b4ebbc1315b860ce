"""Makes the pictures of this folder: the console on the demo shop, at three sizes.

    python3 dev.py screens

Each picture is an SVG of what the real console painted over a demo with its servers and office;
names and numbers come from the seed, ages from the day on which it runs.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deskterm.cli.console import console_app, let_go
from deskterm.cli.demo import Demo
from deskterm.cli.workplace import Workplace
from deskterm.service.reading.reading import Reading

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from deskterm.ui.app import DeskApp

FOLDER: Final = Path(__file__).parent
SEED: Final = 7
TICKETS: Final = 60
WAIT_S: Final = 30.0
SMALL, USUAL, LARGE = (80, 24), (120, 40), (200, 60)

_WEB_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FONTS = "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"

Act = Callable[["Pilot[int]"], Awaitable[None]]


def keys(*names: str) -> Act:
    """Press keys."""

    async def press(pilot: Pilot[int]) -> None:
        await pilot.press(*names)

    return press


def typed(text: str) -> Act:
    """Type a text."""
    return keys(*(_KEYS.get(character, character) for character in text))


_KEYS = {" ": "space", ",": "comma", ".": "full_stop", "\n": "enter", ":": "colon"}
_REPLY = (
    "Good morning,\n\nthank you for your patience. Your parcel has left our house; "
    "the carrier has it now.\n\nKind regards\nLumen & Oak"
)

#: The pictures: name, size, and what is done before each.
SHOTS: Final = (
    ("list-80x24", SMALL, ()),
    ("desk-120x40", USUAL, (keys("n"),)),
    ("desk-200x60", LARGE, (keys("n", "n"),)),
    ("order-80x24", SMALL, (keys("n", "n", "o"),)),
    ("composer-80x24", SMALL, (keys("n", "r"), typed("Hello {{name}}, "))),
    ("review-120x40", USUAL, (keys("n", "r"), typed(_REPLY), keys("ctrl+s"))),
    ("keys-120x40", USUAL, (keys("question_mark"),)),
    ("search-120x40", USUAL, (keys("slash"), typed("lamp is:unread"))),
    ("health-80x24", SMALL, (keys("g", "h"),)),
)


def main() -> int:
    """Make all pictures; returns the exit code."""
    os.environ.update(TEXTUAL_ANIMATIONS="none", TERM="xterm-256color", COLORTERM="truecolor")
    with Demo.begin(SEED, TICKETS) as demo:
        _wait(lambda: _tickets(demo.place) >= TICKETS)
        for name, size, acts in SHOTS:
            asyncio.run(_shoot(demo.place, name, size, acts))
            sys.stdout.write(f"{name}\n")
    return 0


async def _shoot(place: Workplace, name: str, size: tuple[int, int], acts: tuple[Act, ...]) -> None:
    app = console_app(place, banner=f"Demo shop {SEED}")
    async with app.run_test(size=size) as pilot:
        await _still(pilot, app)
        for act in acts:
            await act(pilot)
            await _still(pilot, app)
        svg = app.export_screenshot(title=f"deskterm · {size[0]}x{size[1]}")
        app.leave()
    let_go(app.desk)
    (FOLDER / f"{name}.svg").write_text(_without_web_fonts(svg), encoding="utf-8")


async def _still(pilot: Pilot[int], app: DeskApp) -> None:
    """Wait until the picture stays what it is."""
    before = ""
    for _ in range(60):
        await pilot.pause(0.3)
        now = app.export_screenshot()
        if now == before:
            return
        before = now


def _without_web_fonts(svg: str) -> str:
    """A picture that fetches nothing: Textual's names a font on a server."""
    return _WEB_FONTS.sub("", svg).replace("font-family: Fira Code", f"font-family: {_FONTS}")


def _tickets(place: Workplace) -> int:
    reading = Reading(place.home.database, place.agent, place.zone, lambda: place.now)
    try:
        return sum(account.tickets for account in reading.accounts())
    finally:
        reading.close()


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("The demo did not come up.")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())

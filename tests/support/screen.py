"""Looking at a Textual app under test."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

DEADLINE_S = 20.0


def screen_lines(app: App[Any]) -> list[str]:
    """What is on the screen, line by line. The only place that asks Textual's compositor."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """What is on the screen, without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in screen_lines(app))


async def wait_until(
    pilot: Pilot[Any], condition: Callable[[], object], *, seconds: float = DEADLINE_S
) -> None:
    """Let the app run until something is so.

    Raises:
        AssertionError: it did not become so in time; says what was on the screen.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"it did not come:\n{screen_text(pilot.app)}"
        await pilot.pause(0.01)

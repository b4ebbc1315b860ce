"""Printing: text from outside only cleaned, the program's own words in the reader's language, JSON
for programs, messages on stderr.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from deskterm.cli.states import STATES
from deskterm.domain.clock import from_text
from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard
from deskterm.i18n import say as spoken
from deskterm.text.clean import SafeText, clean


def say(text: str) -> None:
    """Data for a person, on stdout, cleaned; wrapped between words on a terminal."""
    safe = clean(text)
    if sys.stdout.isatty():
        Console(highlight=False).print(Text(safe))
    else:
        print(safe)


def tell(text: str) -> None:
    """Words of the program among the data, on stdout, in the reader's language."""
    say(heard(text, multiline=True))


def word(message: str) -> SafeText:
    """A word of the program, `marked` where it stands, in the reader's language."""
    return spoken(message)


def state(name: str) -> SafeText:
    """A state of something, as the database has it, in words; one that nobody knows as it comes."""
    known = STATES.get(name)
    return spoken(known) if known else clean(name.replace("_", " "), multiline=False)


def note(text: str) -> None:
    """Words of the program beside the data, on stderr, in the reader's language."""
    print(heard(text, multiline=True), file=sys.stderr)


def put_json(value: Mapping[str, object]) -> None:
    """One JSON object on a line of its own; everything outside ASCII is escaped."""
    print(json.dumps(value, ensure_ascii=True))


def say_error(error: DesktermError) -> None:
    """What happened, what was kept, what to do."""
    print(f"deskterm: {heard(error.title, multiline=True)}", file=sys.stderr)
    for more in (error.explanation, error.advice):
        if more:
            print(f"  {heard(more)}", file=sys.stderr)


def age(text: str | None, now: datetime) -> str:
    """How long ago a stored time is, in one unit: 5m, 3h, 2d, 4w."""
    if not text:
        return ""
    seconds = max(0, int((now - from_text(text)).total_seconds()))
    for unit, size in (("w", 604_800), ("d", 86_400), ("h", 3_600)):
        if seconds >= 2 * size or (unit != "w" and seconds >= size):
            return f"{seconds // size}{unit}"
    return f"{seconds // 60}m"


def local_time(text: str | None, zone: ZoneInfo) -> str:
    """A stored time as the agent's clock shows it."""
    return f"{from_text(text).astimezone(zone):%Y-%m-%d %H:%M}" if text else ""

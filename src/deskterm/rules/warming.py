"""Having detectors load what they need before anything is measured.

Word lists, tables of languages and numbering plans are read when they are first needed, which takes
far longer than any check. That must not make the first reply of a day look unchecked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from deskterm.rules.detectors.base import Match, Reading
from deskterm.rules.model import Draft, Facts, Parameter
from deskterm.text.matching import MatchingCopy

Run = Callable[[Reading, Mapping[str, Parameter]], Iterable[Match]]

#: Something for every detector to look at: words, an address, a host, a number.
_TEXT: Final = (
    "Hello, please write to info@example.org or see www.example.org/help, +44 7700 900123."
)


@lru_cache(maxsize=4_096)
def warm(run: Run, parameters: tuple[tuple[str, Parameter], ...]) -> None:
    """Run a detector once with these parameters, for what it loads."""
    deque(run(_sample(), dict(parameters)), maxlen=0)


@lru_cache(maxsize=1)
def _sample() -> Reading:
    facts = Facts(now=datetime(2026, 1, 1, tzinfo=UTC))
    return Reading(Draft(_TEXT, "email"), facts, MatchingCopy.of(_TEXT))

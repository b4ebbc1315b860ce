"""What lies beneath a shield in a text."""

from __future__ import annotations

import re

from deskterm.rules.detectors.base import Ground, Reading
from deskterm.rules.detectors.shields import Kind, Shield, covered, shields
from deskterm.rules.model import Draft, Facts
from deskterm.text.matching import MatchingCopy
from tests.rules.support import FACTS

GROUND = Ground(
    domains=frozenset({"amazon.com", "amazon.fr", "etsy.com"}),
    order_numbers=(
        re.compile(r"(?<![\w-])\d{3}-\d{7}-\d{7}(?![\w-])"),
        re.compile(r"(?<![\w-])\d{2}-\d{5}-\d{5}(?![\w-])"),
    ),
)


def read(
    text: str, facts: Facts = FACTS, language: str | None = None
) -> tuple[str, tuple[Shield, ...]]:
    reading = Reading(
        Draft(text, "amazon", language=language), facts, MatchingCopy.of(text), GROUND
    )
    return reading.copy.text, reading.once(shields)


def is_shielded(text: str, part: str, facts: Facts = FACTS, language: str | None = None) -> bool:
    seen, found = read(text, facts, language)
    start = seen.index(part)
    return covered(found, start, start + len(part), seen)


def kinds(text: str, facts: Facts = FACTS) -> set[Kind]:
    return {shield.kind for shield in read(text, facts)[1]}

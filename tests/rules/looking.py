"""Running one detector alone, with its defaults filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deskterm.rules.detectors.base import TEXT_CAP, Ground, Match, Reading
from deskterm.rules.detectors.table import DETECTORS
from deskterm.rules.model import Draft, Facts
from deskterm.text.matching import MatchingCopy
from tests.rules.support import FACTS

NO_GROUND = Ground()


def look(
    detector: str,
    text: str = "Hello.",
    facts: Facts = FACTS,
    ground: Ground = NO_GROUND,
    draft: dict[str, Any] | None = None,
    **parameters: Any,
) -> list[Match]:
    """What a detector finds; the parameters may be written `from_` where Python has the word."""
    found = DETECTORS[detector]
    asked = dict(found.parameters)
    for name, value in parameters.items():
        key = name.removesuffix("_")
        assert key in asked, key
        asked[key] = value
    assert found.problem(asked) is None
    written = replace(Draft(text, "email"), **(draft or {}))
    copy = MatchingCopy.of(text[:TEXT_CAP])
    return list(found.run(Reading(written, facts, copy, ground), asked))


def places(matches: list[Match], text: str) -> list[str]:
    """What the matches mark in the text."""
    return [text[match.start : match.end] for match in matches]

"""Values that came out empty: "Hello None,", "Bonjour ,", "order #.", "undefined".

What can also be plain language ("Missing parts: none", the German "null", a blank typed before a
comma by habit) is either left alone or not sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deskterm.rules.detectors.base import (
    Detector,
    Match,
    Reading,
    any_of,
    first_come,
    holds_any,
    scan,
    scan_lines,
)
from deskterm.rules.detectors.wording import (
    GREETINGS,
    NAMING_GREETINGS,
    NAMING_TITLES,
    NUMBERED_NOUNS,
)
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

_VOID = r"(?:None|null|undefined|NaN)\b"
_GAP = r"[ \t]{1,6}"
_NAMING = rf"[ \t]{{0,8}}(?i:{any_of(NAMING_GREETINGS)})"
_ANY_GREETING = rf"[ \t]{{0,8}}(?i:{any_of((*GREETINGS, *NAMING_GREETINGS))})"
_TITLE = rf"(?i:{any_of(NAMING_TITLES)})\.?"
_NOUN = rf"(?i:\b{any_of(NUMBERED_NOUNS)})"
_VOID_SIGNS = ("None", "null", "undefined", "NaN")


@dataclass(frozen=True, slots=True)
class _Look:
    """A pattern, whether it is sure, and signs of which it needs one."""

    pattern: str
    sure: bool
    signs: tuple[str, ...]
    from_line_start: bool = False


def _anywhere(pattern: str, sure: bool, *signs: str) -> _Look:
    return _Look(pattern, sure, signs)


def _at_line_start(pattern: str, sure: bool, *signs: str) -> _Look:
    return _Look(pattern, sure, signs, from_line_start=True)


#: The first that takes a place has it.
_LOOKS: Mapping[str, _Look] = {
    "greeted_void": _at_line_start(
        rf"{_ANY_GREETING}{_GAP}(?:{_TITLE}{_GAP})?{_VOID}", True, *_VOID_SIGNS
    ),
    "numbered_void": _anywhere(
        rf"{_NOUN}[ \t]{{0,3}}(?:[:#]|n°)?[ \t]{{0,3}}{_VOID}", True, *_VOID_SIGNS
    ),
    "money_void": _anywhere(
        r"[€$£][ \t]?(?:NaN|undefined|None)\b|\b(?:NaN|undefined|None)[ \t]?[€$£]",
        True,
        *_VOID_SIGNS,
    ),
    "object_void": _anywhere(r"\[object Object\]", True, "[object"),
    "title_gap": _at_line_start(rf"{_NAMING}{_GAP}{_TITLE}[ \t]{{0,6}},", True, ","),
    "naming_gap": _at_line_start(rf"{_NAMING}{_GAP},", True, " ,", "\t,"),
    "naming_bare": _at_line_start(rf"{_NAMING},", False, ","),
    "greeting_wide_gap": _at_line_start(rf"{_ANY_GREETING}[ \t]{{2,6}},", True, " ,", "\t,"),
    "greeting_gap": _at_line_start(rf"{_ANY_GREETING}[ \t],", False, " ,", "\t,"),
    "numbered_gap": _anywhere(
        rf"{_NOUN}[ \t]{{0,3}}(?:n°|\#)[ \t]{{0,3}}(?=[,.;](?:\s|$)|\n|$)", True, "n°", "#"
    ),
    "salutation_void": _at_line_start(rf"[ \t]{{0,8}}{_VOID}[ \t]{{0,2}},", False, *_VOID_SIGNS),
    "void": _anywhere(r"\b(?:undefined|NaN)\b", False, *_VOID_SIGNS),
    "wide_gap": _anywhere(r"(?<=[^\W\d_])[ \t]{2,6}[,.](?=\s|$)", False, "  ", "\t"),
    "label_gap": _anywhere(r":(?<=[\w ]:)[ \t]{0,3}[,.](?=\s|$)", False, ":"),
}
PATTERNS = Patterns(**{name: look.pattern for name, look in _LOOKS.items()})
_VOID_VALUES = frozenset({"", "none", "null", "undefined", "nan"})


def _empty_values(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for name, value in reading.facts.values.items():
        if value.strip().casefold() in _VOID_VALUES:
            yield Match(excerpt=f"{{{{{name}}}}}")
    yield from first_come(_candidates(reading.copy.text), reading)


def _candidates(text: str) -> Iterator[tuple[int, int, bool]]:
    for name, look in _LOOKS.items():
        if holds_any(text, look.signs):
            search = scan_lines if look.from_line_start else scan
            for match in search(PATTERNS[name], text):
                yield match.start(), match.end(), look.sure


DETECTORS: Mapping[str, Detector] = {"empty_value": Detector(_empty_values, "text")}

"""Patterns: all in the table, bounded by construction, and quick on hostile strings."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import get_args

import pytest

from deskterm.rules import detectors
from deskterm.rules.detectors.base import OVERLAP, TEXT_CAP, WINDOW, scan, scan_lines
from deskterm.rules.detectors.table import PATTERNS
from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs, packs_for
from deskterm.rules.model import Draft, DraftKind
from tests.rules.support import FACTS, NO_HURRY_MS

#: Beginnings that a pattern goes along with, over and over.
_PUMPS = [
    "a", "a.", "a ", "é", "\u200b", "e\u0301", "X", "X ", "{", "{{", "{a", "{a.", "${a", "{%a",
    "%a", "%(a", "[", "[a ", "[[a", "<", "<a ", "<<a", "lorem ", "lorem\n", "Hello ", "Hello    ",
    "Dear ", "\nDear  ", "\n        dear      ", "dear mr ", "buenos   días", "order ", "order #",
    "order:  ", "n° ", "  ,", ":  ", "\t", "None ", "€ ", "undefined", "send me ", "envoyer ",
    "send me your ", "senden Sie ", "envíe ", "invii ", "numéro de carte ", "card number ", "not ",
    "last ", "we will ", "tracking ", "Re:", "Re [1] :", "noreply@", "bounce+", "no-", "4111 ",
    "4111 1111 1111 1111 ", "1", "1-", "(1)", "1.1.", "0 ", "+33 ", "+1 (", "zero ", "double ",
    "o", "0o", "@", "a@", "a@a.", "a at ", "a at a dot ", "(at)", "[dot]", " dot ", " point com ",
    "arobase ", "chiocciola ", "a.com ", "a,com ", "a . c o m ", "http://", "hxxp://", "www.",
    "a.b.c.", "[a](", "](http://", "<a href=", "wa.me/", "t.me/", "instagram ", "insta: ",
    "google ", "1Z", "1Z999AA1", "RR12345678", "RR ", "#1", "12.50 € ", "10 x ", "10:00 ", "v1.",
    "2026-11-", "Node.js ", "a.B", "demain.et ", "label.pdf", ".pdf.", "а", "аа.com", "\uff0e",
    "\uff20", "\u3002", "😀", "!!", "**", "__", "AAAA ", "* ", "\n\n", "review ", "avis ",
    "refund review ", "stars ", "remise avis ", "if you ", "in exchange for ",
    "visit our ", "write to us on ", "ci-joint ",
]  # fmt: skip
#: Generous: a pattern that goes wrong takes minutes, a good one a hundredth of a second.
_SECONDS = 5.0
#: Of computing, for all detectors of all packs together, on a machine that may be slow.
_WHOLE_SECONDS = 2.0
#: Enough for detectors that compare a text with what is known.
_KNOWN = replace(
    FACTS,
    own_values=frozenset({"171-0000001-1", "RR123456785FR"}),
    buyer_language="fr",
    buyer_name="Ana Novak",
    buyer_phone="+33199001234",
    shop_names=frozenset({"Lamp Corner"}),
    opted_out=True,
    api_text=True,
)


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _patterns_in(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _patterns_in(inner)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns_in(getattr(value, field.name))


def test_every_pattern_of_every_detector_is_in_the_table() -> None:
    known = set(PATTERNS.values())
    for found in pkgutil.walk_packages(detectors.__path__, f"{detectors.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            assert known.issuperset(_patterns_in(value)), f"{found.name}.{name}"


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_matches_no_more_than_two_windows_share(name: str) -> None:
    pattern = PATTERNS[name]
    parser = importlib.import_module("re._parser")
    shortest, longest = parser.parse(pattern.pattern, pattern.flags).getwidth()
    assert 0 < shortest <= longest <= OVERLAP


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_stands_pumping(name: str) -> None:
    for pump in _PUMPS:
        text = (pump * TEXT_CAP)[:TEXT_CAP]
        begun = time.process_time()
        for match in scan(PATTERNS[name], text):
            assert match.end() > match.start()
        assert time.process_time() - begun < _SECONDS, pump


@pytest.mark.parametrize("kind", get_args(DraftKind))
def test_the_whole_check_stands_pumping(kind: DraftKind) -> None:
    """Every rule of every bundled pack at once: what they share is worked out once, as always."""
    packs, which = bundled_packs(), get_args(DraftKind).index(kind)
    for pump in _PUMPS[which :: len(get_args(DraftKind))]:
        text = (pump * TEXT_CAP)[:TEXT_CAP]
        draft = Draft(text, "email", subject=text[:WINDOW], kind=kind)
        begun = time.thread_time()
        check(draft, _KNOWN, packs, budget_ms=NO_HURRY_MS)
        assert time.thread_time() - begun < _WHOLE_SECONDS, pump


@pytest.mark.parametrize("pump", ["{a.", "a.", "@", "1 ", "zero "])
def test_a_check_ends_soon_after_its_budget(pump: str) -> None:
    text = (pump * TEXT_CAP)[:TEXT_CAP]
    packs = packs_for("amazon")
    check(Draft("Hello.", "amazon"), FACTS, packs)
    begun = time.thread_time()
    check(Draft(text, "amazon"), FACTS, packs)
    assert time.thread_time() - begun < _WHOLE_SECONDS / 2


def test_windows_lose_nothing_and_find_nothing_twice() -> None:
    pattern = re.compile(r"<\d{1,20}>")
    text = "".join(f"<{number}>{'-' * (number % 13)}" for number in range(2_000))
    assert len(text) > 5 * WINDOW
    whole = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in scan(pattern, text)] == whole


def test_lines_are_looked_at_from_their_first_character() -> None:
    pattern = re.compile(r"[a-z]{2}")
    found = [match.span() for match in scan_lines(pattern, "ab\n-cd\n\nef\n")]
    assert found == [(0, 2), (8, 10)]
    assert list(scan_lines(pattern, "")) == []

"""Every rule that the channels' pages know is in a pack or in a page that says where it is held.

The pages stand outside the project; without them there is nothing to compare with. A rule there is
a heading with its id and lines `Breaks:` and `Fine:`; what they quote must be an example of a pack,
or stand in a page beside the packs. The quotes of a rule that is held elsewhere are no drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from deskterm.rules.library import bundled_packs

_ROOT = Path(__file__).parents[2]
_PAGES = _ROOT.parent / "shared" / "reference" / "channels"
_NO_PAGES = "the pages of the channels are not beside the project"
_RULE = re.compile(r"#### `([a-z_]{1,40}\.[a-z0-9_]{1,60})`")
_EXAMPLES = re.compile(r"-\s{1,3}(?:Breaks|Fine)[^:]{0,40}:(.{1,4000})")
_QUOTED = re.compile(r"[“\"]([^“”\"]{4,400})[”\"]|«\s?([^«»]{4,400}?)\s?»")
_ROW = re.compile(r"\| `([a-z_]{1,40}\.[a-z0-9_]{1,60})`")


@dataclass(frozen=True)
class _Known:
    """A rule as its channel's page has it."""

    id: str
    quotes: tuple[str, ...]


def _known(page: Path) -> Iterator[_Known]:
    parts = _RULE.split(page.read_text(encoding="utf-8"))
    for rule_id, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = _EXAMPLES.findall(re.split(r"\n#{1,4} ", body)[0])
        quotes = (one or other for line in lines for one, other in _QUOTED.findall(line))
        yield _Known(rule_id, tuple(quotes))


def _all_known() -> list[object]:
    if not _PAGES.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason=_NO_PAGES))]
    return [
        pytest.param(rule, id=rule.id)
        for page in sorted(_PAGES.glob("*.md"))
        for rule in _known(page)
    ]


@cache
def _pages() -> str:
    beside = [Path(pack.file).with_name("RULES.md") for pack in bundled_packs()]
    pages = [*filter(Path.is_file, dict.fromkeys(beside)), _ROOT / "docs" / "rules-shared.md"]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@cache
def _checked() -> frozenset[str]:
    return frozenset(rule.id for pack in bundled_packs() for rule in pack.rules if rule.checks)


@cache
def _examples() -> str:
    """What the packs' examples hold, folded, one after the other."""
    examples = (e for pack in bundled_packs() for rule in pack.rules for e in rule.examples)
    return "\n".join(_folded(str(example.case)) for example in examples)


def _folded(text: str) -> str:
    """Without what a quote and a file may write differently: escapes, blanks, apostrophes, case."""
    plain = text.replace("\\'", "'").replace("’", "'").replace("…", " ").casefold()
    return " ".join(plain.split()).strip(" .,;:")


@pytest.mark.parametrize("known", _all_known())
def test_a_rule_is_in_a_pack_or_said_to_be_elsewhere(known: _Known) -> None:
    assert known.id in _checked() or known.id in _ROW.findall(_pages())


@pytest.mark.parametrize("known", _all_known())
def test_what_a_rule_quotes_is_an_example_or_said_to_be_undecidable(known: _Known) -> None:
    if known.id not in _checked():
        return
    page = _folded(_pages())
    missing = [q for q in known.quotes if _folded(q) not in _examples() and _folded(q) not in page]
    assert missing == []

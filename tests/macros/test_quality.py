"""How good suggestions are on messages that nobody saw who wrote the seeds and the lexicon.

The figures are a few points under what was measured. `python -m benchmarks suggest` has all of
them; here a loss is noticed that a change brought.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from pathlib import Path

import pytest

from deskterm.macros.base import Base
from deskterm.macros.features import Reader
from deskterm.macros.grammar import parse
from deskterm.macros.learning import Learned
from deskterm.macros.lexicon import load_lexicon
from deskterm.macros.library import load_library
from deskterm.macros.model import Macro, MacroVariant
from deskterm.macros.prepared import prepared
from deskterm.macros.profiles import texts_of
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.ranking import Situation
from deskterm.macros.seeds import load_elsewhere, load_seeds

_DATA = Path(__file__).parents[1] / "data"
_SHOP30 = _DATA / "shop30"
_ASKED = _DATA / "asked"


@pytest.fixture(scope="module")
def ranker() -> ProfileRanker:
    """The thirty macros of the set, with the seeds of the bundled ones."""
    bundled = load_library().macros
    empty = parse("")
    macros = []
    for line in (_SHOP30 / "macros.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        titles = {each: row[f"title_{each}"] for each in ("en", "fr")}
        variants = tuple(
            MacroVariant(each, "", empty, row[f"body_{each}"]) for each in ("en", "fr")
        )
        same = bundled[row["id"]]
        macros.append(Macro(row["id"], titles, variants, same.reason, asks=same.asks))
    reader = Reader(load_lexicon()[0])
    base = Base.of(texts_of(macros, {**load_seeds(), **load_elsewhere()}), reader)
    return ProfileRanker(macros, reader.knowing(prepared().known), base, Learned())


@pytest.mark.parametrize(
    ("languages", "least"), [(("en",), 86), (("fr",), 84), (("de", "es", "it", "nl"), 90)]
)
def test_the_right_macro_is_among_three(
    ranker: ProfileRanker, languages: tuple[str, ...], least: int
) -> None:
    content = gzip.decompress((_SHOP30 / "dev.jsonl.gz").read_bytes()).decode()
    rows = [json.loads(line) for line in content.splitlines()]
    tried = [row for row in rows if row["lang"] in languages]
    shown = [[each.macro for each in ranker.rank(Situation(row["text"]))] for row in tried]
    right = sum(row["label"] in three for row, three in zip(tried, shown, strict=True))
    assert 100 * right / len(tried) >= least


@pytest.mark.parametrize(
    "text",
    [
        "Which gate does the plane to Oslo leave from?",
        "Raconte une histoire drôle de pirates",
        "My mortgage broker never calls back",
        "Wie viele Einwohner hat Norwegen?",
    ],
)
def test_nothing_is_shown_off_the_topic(ranker: ProfileRanker, text: str) -> None:
    assert ranker.rank(Situation(text)) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_our_own_messages_find_their_macro(ranker: ProfileRanker, language: str) -> None:
    found = tomllib.loads((_ASKED / f"{language}.toml").read_text(encoding="utf-8"))
    tried = [(macro, text) for macro, messages in found.items() for text in messages]
    right = sum(
        macro in {each.macro for each in ranker.rank(Situation(text))} for macro, text in tried
    )
    assert 100 * right / len(tried) >= 93

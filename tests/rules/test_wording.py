"""Topics on sentences of their own: what they find, in five languages, and what they leave alone.

Each file in `wording/` is a topic: `breaks` are found for certain, `doubtful` are found but not for
certain, and in `fine` nothing is found.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.topics import topic

_FOLDER = Path(__file__).parent / "wording"
_TEXTS = {
    (file.stem, language): table
    for file in sorted(_FOLDER.glob("*.toml"))
    for language, table in tomllib.loads(file.read_text(encoding="utf-8")).items()
}


def _said(name: str, text: str) -> str:
    found = topic(name).spoken(Sentences(text))
    if not found:
        return "fine"
    return "breaks" if any(one.sure for one in found) else "doubtful"


@pytest.mark.parametrize(("name", "language"), _TEXTS)
def test_a_topic_is_found_where_it_is_spoken_of(name: str, language: str) -> None:
    told = {
        text: (expected, _said(name, text))
        for expected, texts in _TEXTS[name, language].items()
        for text in texts
    }
    assert {text: both for text, both in told.items() if both[0] != both[1]} == {}

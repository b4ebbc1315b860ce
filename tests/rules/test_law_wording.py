"""The topics of law, public answers and automatic texts: what they find and what they leave."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.rules.looking import look

_LINES = tomllib.loads(Path(__file__).with_name("law_wording.toml").read_text("utf-8"))
#: Topics that say that a duty is done: they may be found anywhere.
_HARMLESS = {"automatic_notice", "human_path", "mediator", "way_out"}
_CLEAN = sorted({line for topic in _LINES for line in _LINES[topic]["clean"]})


@pytest.mark.parametrize(
    ("topic", "line"), [(topic, line) for topic in _LINES for line in _LINES[topic]["found"]]
)
def test_the_topic_is_spoken_of(topic: str, line: str) -> None:
    assert look("wording", line, topics=(topic,))


@pytest.mark.parametrize("line", _CLEAN)
def test_what_is_clean_for_one_topic_is_clean_for_all(line: str) -> None:
    topics = tuple(sorted(_LINES.keys() - _HARMLESS))
    assert look("wording", line, topics=topics) == []


@pytest.mark.parametrize("topic", sorted(_HARMLESS))
def test_a_duty_is_not_done_by_other_words(topic: str) -> None:
    for line in _LINES[topic]["clean"]:
        assert look("wording", line, topics=(topic,)) == []

"""The topics of the marketplaces' packs: what they find and what they leave alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.rules.looking import look

_LINES = tomllib.loads(Path(__file__).with_name("market_wording.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("topic", "line"), [(topic, line) for topic in _LINES for line in _LINES[topic]["found"]]
)
def test_the_topic_is_spoken_of(topic: str, line: str) -> None:
    assert look("wording", line, topics=(topic,))


@pytest.mark.parametrize(
    ("topic", "line"), [(topic, line) for topic in _LINES for line in _LINES[topic]["clean"]]
)
def test_something_else_is_spoken_of(topic: str, line: str) -> None:
    assert not look("wording", line, topics=(topic,))

"""The practice cases: what must not leave is stopped, and clean text is left alone.

The goals hold for the set as a whole; `python -m benchmarks policy` shows every case that is judged
wrongly, by channel, language and kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from benchmarks.policy import Case, Judged, Score, judge, load
from deskterm.rules.model import Verdict

_CASES = load()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    folder = tmp_path_factory.mktemp("pictures")
    return [judge(case, folder) for case in _CASES]


def test_the_goals_are_reached(judged: list[Judged]) -> None:
    wrong = [(one.case["id"], one.verdict, one.rules) for one in judged if not one.is_right]
    assert list(Score.of(judged).missed()) == [], wrong


def test_a_channel_alone_stops_every_plain_violation(judged: list[Judged]) -> None:
    for channel in {one.case["channel"] for one in judged}:
        score = Score.of(one for one in judged if one.case["channel"] == channel)
        assert score.plain.part == score.plain.whole, channel


def test_the_set_is_whole() -> None:
    assert len(_CASES) == 156
    assert len({raw["id"] for raw in _CASES}) == 156


# The score itself


def _judged(expect: str, verdict: str, tier: str = "", accept: tuple[str, ...] = ()) -> Judged:
    case: Case = {"expect": expect, "tier": tier, "accept": list(accept)}
    return Judged(case, verdict, ())


def test_each_kind_is_counted_on_its_own() -> None:
    score = Score.of(
        [
            _judged("block", "block", "plain"),
            _judged("block", "warn", "plain"),
            _judged("block", "warn", "plain", accept=("warn",)),
            _judged("block", "warn", "evasive"),
            _judged("block", "ok", "evasive"),
            _judged("warn", "block"),
            *[_judged("ok", verdict) for verdict in get_args(Verdict)],
        ]
    )
    assert (score.plain.part, score.plain.whole) == (2, 3)
    assert (score.evasive.part, score.evasive_seen.part, score.evasive.whole) == (0, 1, 2)
    assert (score.warned.part, score.warned.whole) == (0, 1)
    assert (score.false_blocks.part, score.false_warnings.part) == (1, 1)
    assert len(list(score.missed())) == 5


def test_a_set_without_a_kind_misses_no_goal_of_it() -> None:
    assert list(Score.of([_judged("ok", "ok")]).missed()) == []


def test_a_code_is_drawn_for_the_check_to_read(tmp_path: Path) -> None:
    file = {"filename": "p.png", "mime": "image/png", "size": 400, "qr": "https://example.org/a"}
    case: Case = {
        "id": "one", "channel": "ebay", "lang": "en", "text": "See photo.", "attachments": [file],
        "expect": "block",
    }  # fmt: skip
    assert judge(case, tmp_path).is_right
    assert [path.suffix for path in tmp_path.iterdir()] == [".png"]

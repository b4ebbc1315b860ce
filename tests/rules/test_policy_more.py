"""More cases, of other hands: nearly all plain violations are stopped, clean text is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.policy import Judged, Score, judge, load

_CASES = load(Path(__file__).parents[1] / "data" / "policy_more" / "cases.jsonl")
#: Ids that follow the proportions of `policy_dev`.
_ALIKE = tuple("abcdekm")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    folder = tmp_path_factory.mktemp("pictures")
    return [judge(case, folder) for case in _CASES]


def test_cases_like_the_practice_ones_reach_its_goals(judged: list[Judged]) -> None:
    alike = [one for one in judged if one.case["id"].startswith(_ALIKE)]
    wrong = [(one.case["id"], one.verdict, one.rules) for one in alike if not one.is_right]
    assert len(alike) == 830
    assert list(Score.of(alike).missed()) == [], wrong


def test_whatever_is_written_nearly_all_of_it_is_judged_rightly(judged: list[Judged]) -> None:
    score = Score.of(judged)
    wrong = [(one.case["id"], one.verdict, one.rules) for one in judged if not one.is_right]
    assert (score.plain.percent or 0) >= 97, wrong
    assert (score.false_blocks.percent or 0) <= 0.5, wrong
    assert (score.false_warnings.percent or 0) <= 1, wrong

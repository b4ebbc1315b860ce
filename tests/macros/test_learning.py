"""What is learned, kept as rows, and taken back."""

from __future__ import annotations

from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from deskterm.macros import bayes
from deskterm.macros.learning import (
    PICKS,
    REWRITTEN,
    SENT,
    TWICE_AFTER,
    UNIT,
    Learned,
    Row,
)

_FEATURES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.0, 1.0), max_size=6)
_PICK = st.tuples(_FEATURES, st.sampled_from(["one", "two"]), st.sampled_from([1.0, 0.3, -0.5]))


def test_rows_of_a_pick() -> None:
    learned = Learned()
    learned.learn({"w:where": 0.6, "c:where": 0.8}, "order_status", REWRITTEN)
    assert set(learned.rows()) == {
        Row("order_status", "w:where", round(0.18 * UNIT)),
        Row("order_status", "c:where", round(0.24 * UNIT)),
        Row("order_status", PICKS, round(0.3 * UNIT)),
    }
    assert set(learned.changes()) == set(learned.rows())
    assert learned.changes() == []
    assert abs(learned.total - 0.3) < 0.01


def test_a_row_that_is_gone_is_told_as_nothing() -> None:
    learned = Learned()
    learned.learn({"a": 1.0}, "one", SENT)
    learned.changes()
    learned.forget({"a": 1.0}, "one", SENT)
    assert set(learned.changes()) == {Row("one", "a", 0), Row("one", PICKS, 0)}
    assert list(learned.rows()) == []


@given(st.lists(_PICK, max_size=12), st.lists(_PICK, max_size=6))
def test_forgetting_takes_back_exactly(
    kept: list[tuple[dict[str, float], str, float]],
    erased: list[tuple[dict[str, float], str, float]],
) -> None:
    without, learned = Learned(), Learned()
    for pick in kept:
        without.learn(*pick)
        learned.learn(*pick)
    for pick in erased:
        learned.learn(*pick)
    for pick in erased:
        learned.forget(*pick)
    assert set(learned.rows()) == set(without.rows())


@given(st.lists(_PICK, max_size=12))
def test_rows_and_changes_bring_everything_back(
    picks: list[tuple[dict[str, float], str, float]],
) -> None:
    learned = Learned()
    written: dict[tuple[str, str], int] = {}
    for pick in picks:
        learned.learn(*pick)
        for row in learned.changes():
            written[row.macro, row.feature] = row.weight
    rows = [Row(*key, weight) for key, weight in written.items() if weight]
    again = Learned.of(reversed(rows))
    assert set(again.rows()) == set(learned.rows()) == set(rows)
    assert again.total == learned.total


def test_the_second_opinion_waits_for_plenty_of_picks() -> None:
    assert bayes.weight_of(0, 0) == bayes.weight_of(19 * 30, 30) == 0.0
    weights = [bayes.weight_of(picks * 30, 30) for picks in (25, 40, 60, 500)]
    assert weights == sorted(weights)
    assert weights[-1] == bayes.FULL


def test_likelihoods() -> None:
    features = [(0.5, {"one": 9 * UNIT}), (0.5, {"one": UNIT, "two": UNIT}), (0.1, {})]
    found = bayes.likelihoods(features, {"one": 10 * UNIT, "two": 10 * UNIT, "six": 0})
    assert set(found) == {"one", "two"}
    assert found["one"] > found["two"] > 0
    assert abs(sum(found.values()) - 1) < 1e-9
    assert bayes.likelihoods([], {}) == {}


def test_newer_uses_count_more() -> None:
    learned, weights = Learned(), []
    for _ in range(2 * TWICE_AFTER):
        weights.append(learned.newest("one", SENT))
        learned.learn({"a": 1.0}, "one", weights[-1])
    assert weights[0] == 1.0
    assert weights == sorted(weights)
    assert round(weights[TWICE_AFTER]) == 2
    half = fsum(weights[TWICE_AFTER:])
    assert 0.6 < half / fsum(weights) < 0.8
    assert abs(learned.total - len(weights)) < 0.02 * len(weights)
    assert learned.newest("two", SENT) == SENT
    learned.learn({"a": 1.0}, "two", -1.0)
    assert learned.newest("two", SENT) == SENT


def test_the_same_picks_in_the_same_order_come_to_the_same() -> None:
    def taught() -> Learned:
        learned = Learned()
        for place in range(300):
            macro = "one" if place % 3 else "two"
            features = {f"w:{place % 7}": 0.6, f"w:{place % 11}": 0.8}
            learned.learn(features, macro, learned.newest(macro, SENT))
        return learned

    assert list(taught().rows()) == list(taught().rows())

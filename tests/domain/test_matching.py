"""Which orders a ticket is about: the number first, then address and date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.matching import (
    BY_ADDRESS,
    LEAST_BY_ADDRESS,
    MOST_MATCHES,
    Candidate,
    TicketFacts,
    match,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MARTA = "marta@mail.example"


def order(number: int, days_before: float, buyer: str = MARTA, payment: str = "paid") -> Candidate:
    placed_at = NOON - timedelta(days=days_before)
    return Candidate(number, f"LO{number}", placed_at, buyer, payment)


def ticket(*named: str, days: tuple[float, ...] = (0,), decided: bool = False) -> TicketFacts:
    """Marta's messages, days after noon."""
    wrote_at = [NOON + timedelta(days=day) for day in days]
    return TicketFacts(
        named={name.replace("-", ""): name for name in named},
        addresses=frozenset({MARTA}),
        wrote_at=wrote_at,
        last_at=max(wrote_at, default=NOON),
        decided=decided,
    )


def test_a_number_that_was_written_by_the_buyer() -> None:
    (found,) = match(ticket("LO-1"), [order(1, 3), order(2, 1)])
    assert (found.order_id, found.method) == (1, "named")
    assert found.reason == {"text": "LO-1", "buyer": "same"}


def test_a_number_from_another_address_counts_less_and_says_so() -> None:
    found = match(ticket("LO-1", "LO-2"), [order(1, 1, "carl@mail.example"), order(2, 9)])
    assert [one.order_id for one in found] == [2, 1]
    assert found[1].reason["buyer"] == "other"
    assert found[1].score < found[0].score


def test_an_order_without_a_buyer_s_address() -> None:
    (found,) = match(ticket("LO-1"), [order(1, 1, "")])
    assert found.reason["buyer"] == "unknown"


def test_an_order_placed_after_all_that_was_said_is_not_meant() -> None:
    assert match(ticket("LO-1"), [order(1, -2)]) == []
    assert match(ticket("LO-1"), [order(1, -0.01)])  # the clocks of two machines


def test_by_the_address_the_last_order_before_the_message() -> None:
    (found,) = match(ticket(), [order(1, 40), order(2, 6), order(3, -1), order(4, 2, "other@x.y")])
    assert (found.order_id, found.method) == (2, "address")
    assert found.reason == {"address": MARTA, "days": "6", "of": "2"}
    assert LEAST_BY_ADDRESS < found.score < BY_ADDRESS


def test_after_ninety_days_nothing_is_guessed() -> None:
    assert match(ticket(), [order(1, 91)]) == []
    (found,) = match(ticket(), [order(1, 90)])
    assert found.score == LEAST_BY_ADDRESS


def test_a_question_before_buying_is_about_what_was_bought_then() -> None:
    (found,) = match(ticket(days=(-10, 0)), [order(1, 5)])
    assert found.order_id == 1


def test_what_a_ticket_is_about_does_not_change_with_later_messages() -> None:
    (found,) = match(ticket(days=(-10, 0)), [order(1, 15), order(2, 5)])
    assert found.order_id == 1


def test_an_order_whose_payment_came_to_nothing_only_where_there_is_no_other() -> None:
    failed = order(2, 1, payment="failed")
    assert [m.order_id for m in match(ticket(), [order(1, 3), failed])] == [1]
    assert [m.order_id for m in match(ticket(), [failed])] == [2]


def test_where_an_agent_decided_nothing_is_guessed_but_numbers_count() -> None:
    decided = ticket("LO-1", decided=True)
    assert [m.order_id for m in match(decided, [order(1, 3), order(2, 1)])] == [1]
    assert match(ticket(decided=True), [order(2, 1)]) == []


def test_a_ticket_of_whose_customer_nothing_is_known() -> None:
    stranger = TicketFacts({}, frozenset(), [], NOON)
    assert match(stranger, [order(1, 1), order(2, 1, "")]) == []


def test_at_most_ten() -> None:
    named = [f"LO-{number}" for number in range(30)]
    found = match(ticket(*named), [order(number, 1) for number in range(30)])
    assert len(found) == MOST_MATCHES


_CANDIDATES = st.lists(
    st.builds(
        order,
        st.integers(1, 9),
        st.floats(-5, 120),
        st.sampled_from([MARTA, "carl@mail.example", ""]),
        st.sampled_from(["paid", "failed"]),
    ),
    max_size=8,
    unique_by=lambda one: one.order_id,
)


@given(
    _CANDIDATES,
    st.randoms(use_true_random=False),
    st.sets(st.sampled_from(["LO-1", "LO-2", "LO-3"])),
    st.booleans(),
)
def test_the_order_in_which_orders_came_does_not_matter(
    candidates: list[Candidate], rng: object, named: set[str], decided: bool
) -> None:
    shuffled = list(candidates)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    facts = ticket(*sorted(named), decided=decided)
    found = match(facts, candidates)
    assert found == match(facts, shuffled)
    assert len({one.order_id for one in found}) == len(found)
    assert {one.order_id for one in found} <= {one.order_id for one in candidates}
    assert all(0 < one.score < 100 for one in found)

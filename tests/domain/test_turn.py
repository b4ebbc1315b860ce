from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.ticket import Said, turn

_SAID = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 8),
    ),
    max_size=8,
)


@given(_SAID, st.none() | st.integers(0, 6))
def test_nothing_waits_once_the_newest_message_needs_no_answer(
    told: list[tuple[int, bool, bool, bool, int | None]], before: int | None
) -> None:
    """What `resolve` builds on, however rows and times lie."""
    messages = [
        Said(row, str(at), inbound, automatic, answered, seen)
        for row, (at, inbound, automatic, answered, seen) in enumerate(told)
    ]
    inbound = [one for one in messages if one.inbound and not one.automatic]
    until = inbound[-1].at if inbound else (None if before is None else str(before))
    assert turn(messages, until).waiting_since is None


def test_a_reply_answers_what_its_writer_had_seen() -> None:
    asked, asked_again = Said(1, "1", True, False), Said(2, "2", True, False)
    assert turn([asked], None).waiting_since == "1"
    assert turn([asked, asked_again, Said(3, "3", False, False, seen_row=1)], None) == turn(
        [Said(3, "3", False, False), asked_again], None
    )
    assert turn([asked, asked_again, Said(3, "3", False, False)], None).waiting_since is None

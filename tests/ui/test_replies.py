"""What a terminal says of the pictures it can show, among the keys that are typed meanwhile."""

from __future__ import annotations

import pytest

from deskterm.ui.abilities import questions_for
from deskterm.ui.clipboard import way_of
from deskterm.ui.replies import ASK_ATTRIBUTES, ASK_KITTY, Replies, ReplyFilter

KITTY = "\x1b_Gi=31;OK\x1b\\"
NO_KITTY = "\x1b_Gi=31;EINVAL:bad\x1b\\"
CELL = "\x1b[6;18;9t"
SIXEL = "\x1b[?62;4;22c"
PLAIN = "\x1b[?62;22c"


def fed(*pieces: str) -> tuple[str, list[Replies]]:
    """What a filter lets through, and what it finds."""
    waiting = ReplyFilter()
    waiting.begin()
    rest, found = "", []
    for piece in pieces:
        text, replies = waiting.feed(piece)
        rest += text
        found += [] if replies is None else [replies]
    return rest + waiting.flush(), found


@pytest.mark.parametrize(
    ("answer", "replies"),
    [
        (KITTY + CELL + PLAIN, Replies(kitty=True, cell=(9, 18))),
        (NO_KITTY + SIXEL, Replies(sixel=True)),
        (CELL + SIXEL, Replies(sixel=True, cell=(9, 18))),
        ("\x1b[6;0;0t" + PLAIN, Replies()),
        ("\x1b[?4c", Replies()),  # a VT132: its class, not a part of it
    ],
)
def test_answers_are_understood_and_taken_out(answer: str, replies: Replies) -> None:
    assert fed(f"a{answer}b") == ("ab", [replies])


WHOLE = KITTY + CELL + SIXEL


# A piece that ends with Escape is left out: that is a key until more has come.
@pytest.mark.parametrize("place", [n for n in range(1, len(WHOLE)) if WHOLE[n - 1] != "\x1b"])
def test_an_answer_may_come_in_two_pieces(place: int) -> None:
    found = Replies(kitty=True, sixel=True, cell=(9, 18))
    assert fed(WHOLE[:place], WHOLE[place:]) == ("", [found])


@pytest.mark.parametrize("keys", ["j", "\x1b", "\x1b[A", "\x1b[", "\x1b_", "\x1b[6~", "\x1b[200~x"])
def test_keys_come_through(keys: str) -> None:
    assert fed(keys) == (keys, [])


def test_without_a_question_nothing_is_taken_out() -> None:
    assert ReplyFilter().feed(KITTY + SIXEL) == (KITTY + SIXEL, None)


def test_a_terminal_that_would_paint_the_question_is_not_asked() -> None:
    assert questions_for({"TERM": "linux"}) == ""
    assert questions_for({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}) == ""
    assert questions_for({"TERM": "xterm-kitty"}).startswith(ASK_KITTY)


@pytest.mark.parametrize(
    "env", [{"TERM": "tmux-256color"}, {"TERM": "screen"}, {"TERM": "xterm", "TMUX": "/tmp/x,1,0"}]
)
def test_what_stands_inside_another_is_not_asked_for_what_that_cannot_show(
    env: dict[str, str],
) -> None:
    questions = questions_for(env)
    assert ASK_KITTY not in questions
    assert questions.endswith(ASK_ATTRIBUTES)


@pytest.mark.parametrize(
    ("env", "way"),
    [
        ({"TERM": "xterm-256color"}, "terminal"),
        ({"TERM": "linux"}, "nowhere"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "nowhere"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0", "TERM_PROGRAM": "tmux"}, "tmux"),
    ],
)
def test_where_copied_text_goes(env: dict[str, str], way: str) -> None:
    assert way_of(env) == way

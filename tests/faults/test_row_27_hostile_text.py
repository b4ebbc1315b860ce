"""Row 27: text that attacks a terminal is only text, in everything that the command line prints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.hostile import TEXTS, foreign_controls
from tests.support.hostile_desk import HostileDesk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileDesk]:
    desk = HostileDesk(tmp_path_factory.mktemp("hostile"))
    try:
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--limit", "100"),
        ("list", "--limit", "100", "--json"),
        ("list", "from\x1b[7777m:x"),
        ("search", "hello"),
        ("search", "\x1b[7777m\u202e"),
        ("show", "\x1b[7777m"),
        ("account", "list"),
        ("account", "check", "\x1b]52;c;cm0=\x07"),
        ("outbox", "list"),
        ("doctor",),
        ("undo",),
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_no_control_byte_of_theirs_reaches_the_terminal(
    desk: HostileDesk, words: tuple[str, ...]
) -> None:
    painted = desk.run(*words, code=None)
    assert painted
    assert foreign_controls(painted) == []


def test_each_ticket_is_shown_as_text(desk: HostileDesk) -> None:
    for ref in desk.refs:
        for words in (("show", ref), ("show", ref, "--full"), ("show", ref, "--json")):
            assert foreign_controls(desk.run(*words)) == [], words


def test_what_a_command_says_of_a_hostile_ticket(desk: HostileDesk) -> None:
    for text in TEXTS.values():
        bare = text.replace("\x00", "")
        tagged = desk.run("do", "tag", desk.refs[0], f"--param=tag={bare}", code=None)
        assert foreign_controls(tagged) == []
        assigned = desk.run("do", "assign", desk.refs[0], f"--param=to={bare}", code=None)
        assert foreign_controls(assigned) == []


def test_the_look_finds_what_it_looks_for() -> None:
    """The judge of the tests above, held against the texts as they came."""
    for name, text in TEXTS.items():
        if name not in ("markup", "marks", "path", "format", "wide"):
            assert foreign_controls(f"shown {text}".encode()), name

"""Reading a file of keys line by line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskterm.viewmodel.key_file import KeyFile, parse

FILE = """\
# keys
preset = "arrows"

[list]
"x" = "ticket.resolve"   # "y" = "no"
'"' = ""
"=" = false
bare = ["a",
        "b"]
"\\u00e9" = 7

[ "anywhere" ]
"g x" = "go.mine"
"""


def test_every_line_is_found_with_its_number() -> None:
    read = parse(FILE, "keys.toml")
    assert read.problems == ()
    assert [(line.number, line.context, line.key, line.value) for line in read.lines] == [
        (2, "", "preset", "arrows"),
        (5, "list", "x", "ticket.resolve"),
        (6, "list", '"', ""),
        (7, "list", "=", False),
        (8, "list", "bare", ["a", "b"]),
        (10, "list", "é", 7),
        (13, "anywhere", "g x", "go.mine"),
    ]
    assert read.lines[1].place == "keys.toml, line 5"


def test_a_line_that_is_no_toml_costs_only_itself() -> None:
    text = '[list]\n"x" = "a.b"\n"x" = "a.c"\nwhat is this\n"y" = "a.d"\n"z = 3\n'
    read = parse(text, "keys.toml")
    assert [(line.key, line.value) for line in read.lines] == [("x", "a.b"), ("y", "a.d")]
    assert [problem.line.number for problem in read.problems] == [3, 4, 6]
    assert "keys.toml, line 3: " in read.problems[0].error.explanation


def test_a_file_that_is_something_else_is_not_used() -> None:
    read = parse("\n".join(["no toml at all"] * 100), "keys.toml")
    assert read.lines == ()
    assert 0 < len(read.problems) < 100
    deep = parse("x = " + "[" * 100_000, "keys.toml")
    assert deep.lines == ()
    assert len(deep.problems) == 1


@given(st.text(alphabet=[*'[]"=\n\\#.', "a", "é", " ", "'"], max_size=60))
def test_whatever_stands_in_a_file_is_read_without_a_fault(text: str) -> None:
    read = parse(text, "keys.toml")
    assert isinstance(read, KeyFile)
    assert all(problem.error.code == "keys" for problem in read.problems)

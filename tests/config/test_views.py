"""The shop's own views: what is wrong costs one view, and is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.config.views import MOST, ShopView, load_views

GOOD = """\
[vip]
title = "VIPs"
query = "tag:vip is:unresolved"
order = "waiting"
key = "v"
group = "Shop"

[old]
query = "before:30d is:unresolved"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "views.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_there_are_no_views(tmp_path: Path) -> None:
    assert load_views(tmp_path / "views.toml", frozenset()) == ((), ())


def test_views_are_read_group_by_group(tmp_path: Path) -> None:
    found = load_views(write(tmp_path, GOOD + '[last]\nquery="x"\ngroup="Shop"\n'), frozenset())
    assert found.problems == ()
    assert found.views[0] == ShopView(
        "vip", "VIPs", "tag:vip is:unresolved", "waiting", "v", "Shop"
    )
    assert [view.id for view in found.views] == ["vip", "last", "old"]
    assert found.views[2] == ShopView("old", "Old", "before:30d is:unresolved")


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        ("[bad]\n", 10, "it has no query"),
        ('[bad]\nquery = "statis:open"\n', 11, "There is no field statis:"),
        ('[bad]\nquery = "(a"\n', 11, "A bracket is not closed"),
        ("[bad]\nquery = 5\n", 11, "query must be a text in quotes"),
        ('[bad]\nquery = "a"\ncolour = "red"\n', 12, "a view has title, query"),
        ('[bad]\nquery = "a"\norder = "random"\n', 12, "order is one of urgent, waiting"),
        ('[bad]\ntitle = "{x}"\nquery = "a"\n', 11, "no curly brackets"),
        ('[bad]\ntitle = "\\u001b[2J"\nquery = "a"\n', 11, "cannot be shown"),
        ('[bad]\ntitle = "' + "x" * 41 + '"\nquery = "a"\n', 11, "more than 40"),
        ('["Big Name"]\nquery = "a"\n', 10, "a name has 1 to 30"),
        ('[mine]\nquery = "a"\n', 10, "comes with the program"),
    ],
)
def test_a_wrong_view_is_named_and_the_others_work(
    tmp_path: Path, wrong: str, line: int, words: str
) -> None:
    path = write(tmp_path, GOOD + wrong)
    found = load_views(path, frozenset({"mine"}))
    assert [view.id for view in found.views] == ["vip", "old"]
    (problem,) = found.problems
    assert f"{path}, line {line}: " in problem.explanation
    assert words in problem.explanation
    assert "\x1b" not in str(problem)


def test_a_view_that_is_no_table_is_named(tmp_path: Path) -> None:
    found = load_views(write(tmp_path, 'vip = "tag:vip"\n[old]\nquery="a"\n'), frozenset())
    assert [view.id for view in found.views] == ["old"]
    assert "line 1: a view is a table" in found.problems[0].explanation


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[vip\n", "line 1: it is not valid TOML"),
        (b"[a]\nquery = 'x'\n\xff\xfe\n", "line 3: it is not UTF-8"),
        (b"a = " + b"[" * 100_000, "views.toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "views.toml"
    path.write_bytes(content)
    found = load_views(path, frozenset())
    assert found.views == ()
    assert words in found.problems[0].explanation


def test_a_file_without_end_is_cut(tmp_path: Path) -> None:
    text = "".join(f'[v{number}]\nquery = "a"\n' for number in range(MOST + 50))
    assert len(load_views(write(tmp_path, text), frozenset()).views) == MOST

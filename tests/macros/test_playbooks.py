"""Playbooks: what is read of a file, and what is told of a wrong one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deskterm.macros.playbooks import Part, Playbook, plain_line, read_playbook, read_playbooks

PAGE = """---
title: "A parcel that does not move"
reasons: wismo, not_received
# a remark
macros: [tracking_stuck, order_status]
rules: walmart.no_links
---

# First *look*

Open the **carrier's** page
and read the last scan.

1. Ask the [carrier](https://carrier.example/claims).
2) Write to the customer
   the same day.
  - [ ] Set a day
- Wait

> We keep our word.
> Always.

***
```
TRK-1  ** 2
```
The end."""


def book(folder: Path, text: str, name: str = "stuck.md") -> Playbook:
    found, problems = read(folder, text, name)
    assert problems == []
    assert found is not None
    return found


def read(folder: Path, text: str, name: str = "stuck.md") -> tuple[Playbook | None, list[str]]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    found, problems = read_playbook(file)
    return found, [str(one).removeprefix(f"{file}:").strip() for one in problems]


def test_the_head_says_where_it_fits_and_the_parts_lose_their_marks(tmp_path: Path) -> None:
    found = book(tmp_path, PAGE)
    assert (found.id, found.title) == ("stuck", "A parcel that does not move")
    assert found.reasons == {"wismo", "not_received"}
    assert found.macros == {"tracking_stuck", "order_status"}
    assert found.rules == {"walmart.no_links"}
    assert found.parts == (
        Part("heading", "First look"),
        Part("text", "Open the carrier's page and read the last scan."),
        Part("item", "Ask the carrier (https://carrier.example/claims).", 0, "1."),
        Part("item", "Write to the customer the same day.", 0, "2)"),
        Part("item", "Set a day", 1),
        Part("item", "Wait"),
        Part("quote", "We keep our word. Always."),
        Part("code", "TRK-1  ** 2"),
        Part("text", "The end."),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [("Words only", "stuck"), ("# Refunds #\nx", "Refunds"), ("---\n---\n## Second", "Second")],
)
def test_a_file_without_a_title_has_its_heading_or_its_name(
    tmp_path: Path, text: str, title: str
) -> None:
    assert book(tmp_path, text).title == title


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: A\nreasons: lost\n---\nx", "3: 'lost' is no contact reason"),
        ("---\ntitle: A\nmacros: Not a name\n---\nx", "3: 'Not a name' is no name"),
        ("---\ntitle: A\nwhen: now\n---\nx", "3: title, reasons, macros and rules can stand"),
        ("---\ntitle: A\nnonsense\n---\nx", "3: title, reasons, macros and rules can stand"),
        ("---\ntitle: A\ntitle: B\n---\nx", "3: title stands above already"),
    ],
)
def test_a_wrong_line_of_the_head_is_told_and_the_rest_counts(
    tmp_path: Path, text: str, problem: str
) -> None:
    found, problems = read(tmp_path, text)
    assert found is not None
    assert (found.title, found.parts) == ("A", (Part("text", "x"),))
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_files_that_cannot_be_used_are_told_and_the_others_count(tmp_path: Path) -> None:
    book(tmp_path, "# Good", "good.md")
    (tmp_path / "open.md").write_text("---\ntitle: x\n")
    (tmp_path / "bytes.md").write_bytes(b"a\n\xff")
    (tmp_path / "large.md").write_text("x" * 200_001)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.txt").write_text("no playbook")
    books, problems = read_playbooks(tmp_path)
    assert [each.id for each in books] == ["good"]
    told = {Path(one.file).name: (one.line, one.text) for one in problems}
    assert told["open.md"] == (1, "the head that begins here has no --- at its end")
    assert told["bytes.md"] == (2, "it is not UTF-8 text")
    assert told["large.md"] == (0, "it is larger than 200000 bytes")
    assert set(told) == {"open.md", "bytes.md", "large.md", "folder.md"}
    assert read_playbooks(tmp_path / "none") == ((), ())


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("a * b * c", "a * b * c"),
        ("snake_case_name and __init__", "snake_case_name and init"),
        ("**bold** _soft_ `code` ~~gone~~", "bold soft code gone"),
        ("![a lamp](lamp.png) [x](y) [z]", "a lamp x (y) [z]"),
        ("<https://shop.example>", "<https://shop.example>"),
    ],
)
def test_marks_within_a_line(line: str, bare: str) -> None:
    assert plain_line(line) == bare


@pytest.mark.parametrize("unit", ["*", "_a", "[x](", "**a", "`", "![", "> ", "- ", "\t", "[a](b"])
def test_hostile_files_are_read_quickly(tmp_path: Path, unit: str) -> None:
    for text in (unit * (190_000 // len(unit)), f"{unit * 900}\n" * 20):
        (tmp_path / "x.md").write_text(text)
        began = time.perf_counter()
        read_playbook(tmp_path / "x.md")
        assert time.perf_counter() - began < 2

"""The files of a ticket, and what a file is by its first bytes."""

from __future__ import annotations

import pytest

from deskterm.viewmodel.file_kinds import kind_of, text_of
from deskterm.viewmodel.files import TicketFiles
from tests.ui.panes import conversation, entry, file


@pytest.mark.parametrize(
    ("head", "shows", "ending"),
    [
        (b"\x89PNG\r\n\x1a\n....", "picture", ".png"),
        (b"\xff\xd8\xff\xe0", "picture", ".jpg"),
        (b"GIF89a", "picture", ".gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture", ".webp"),
        (b"BM\x9a\0\0\0\0\0", "picture", ".bmp"),
        (b"BMW asks for its invoice", "text", ".txt"),
        (b"\0\0\0\x18ftypheic", "nothing", ".heic"),
        (b"%PDF-1.7", "nothing", ".pdf"),
        (b"PK\x03\x04", "nothing", ""),
        (b"\x7fELF\x02\x01\x01\0", "nothing", ""),
        (b"<html><script>", "text", ".txt"),
        (b"#!/bin/sh\nrm -rf ~\n", "text", ".txt"),
        ("Größe".encode("utf-16"), "text", ".txt"),
        (b"", "text", ".txt"),
    ],
)
def test_the_first_bytes_decide(head: bytes, shows: str, ending: str) -> None:
    kind = kind_of(head)
    assert (kind.shows, kind.ending) == (shows, ending)


@pytest.mark.parametrize(
    "content",
    ["Größe".encode(), "\ufeffGröße".encode(), "Größe".encode("utf-16"), "Größe".encode("cp1252")],
)
def test_text_is_read_in_its_encoding(content: bytes) -> None:
    assert text_of(content) == "Größe"


def test_text_that_was_cut_within_a_letter_is_still_utf_8() -> None:
    assert text_of("Größe".encode()[:3]) == "Gr"


def test_the_cursor_begins_at_the_files_of_the_message() -> None:
    view = conversation(
        [
            entry(0, files=(file("a"), file("b"))),
            entry(1),
            entry(2, files=(file("c"), file("d"))),
        ]
    )
    files = TicketFiles()
    moves: list[tuple[int, int]] = []
    files.moved.connect(lambda old, new: moves.append((old, new)))
    files.open(view, "message:0")
    assert [item.file.filename for item in files.items] == ["a", "b", "c", "d"]
    assert files.cursor == 0
    files.open(view, "message:2")
    assert files.cursor == 2
    files.open(view, "message:1")
    assert files.cursor == 3
    assert not files.move_by(1)
    assert files.move_to(-5)
    assert moves == [(3, 0)]

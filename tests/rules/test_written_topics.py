"""The quick reader of the files of topics says what the full reader says."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from deskterm.rules.wording.topics import topic_names
from deskterm.rules.wording.written import read

_FOLDER = files("deskterm.rules.wording")


@pytest.mark.parametrize("name", ["groups", *(f"topics/{name}" for name in topic_names())])
def test_every_bundled_file_is_read_as_the_full_reader_does(name: str) -> None:
    text = _FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    assert read(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        'whole = true\n[en]\nsure = ["a # b", "c"] # "d"\n\n[fr]\n',
        '[en]\nsure = [\n  "a",  # one\n  "b",\n]\nunsure = []\ninstead = "Write here."\n',
        '[en]\nsure = ["a \\"b\\"", "\\u00e9"]',
        "[en]\nsure = ['a', '''b''']\nnumber = 5\nnested = [['a'], ['b']]\n",
        '[en.more]\nsure = ["a"]\n[[rule]]\nid = "b"\n',
        'a.b = "c"\n"quoted key" = "d"\nlong = """\ne"""\n',
    ],
)
def test_what_else_may_be_written_is_read_as_well(text: str) -> None:
    assert read(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "sure",
        "sure =",
        'sure = ["a"',
        "[en",
        'sure = "a',
        'sure = ["a" b]',
        'a = "b"\na = "c"',
        "=",
    ],
)
def test_what_is_no_toml_is_said(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read(text)

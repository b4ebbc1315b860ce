"""Every sign of the screen has a twin in ASCII."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._border import BORDER_CHARS
from textual.scrollbar import ScrollBarRender

from deskterm.i18n.languages import LOCALE, TRANSLATED
from deskterm.ui.terminal import in_ascii
from deskterm.viewmodel.words import symbols
from messages import files

SOURCE = Path(__file__).parents[2] / "src" / "deskterm"
#: Tables of signs, which are not what is said.
TABLES = {"painting.py", "terminal.py", "key_signs.py", "paper.py"}


def said() -> Iterator[tuple[str, str]]:
    """The texts of what is on the screen, but for docstrings: file and text."""
    for part in ("ui", "viewmodel", "service/catalogue", "plain"):
        for file in sorted((SOURCE / part).rglob("*.py")):
            if file.name in TABLES:
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            bodies = (getattr(node, "body", ()) for node in ast.walk(tree))
            docs = {
                node.value
                for body in bodies
                if isinstance(body, list)
                for node in body
                if isinstance(node, ast.Expr)
            }
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or node in docs:
                    continue
                if isinstance(node.value, str):
                    yield file.name, node.value


def without_twin(text: str) -> set[str]:
    """The signs of a text that come out as a question mark."""
    return {sign for sign in text if not sign.isascii() and "?" in in_ascii(sign)}


def test_every_sign_that_is_written_has_a_twin() -> None:
    with_twins = {sign for pair in symbols(ascii=False) for sign in pair}
    missing = {(name, sign) for name, text in said() for sign in without_twin(text) - with_twins}
    assert missing == set()


def test_the_signs_of_the_list_have_twins_of_their_own() -> None:
    plain, twins = symbols(ascii=False), symbols(ascii=True)
    assert all(twin.isascii() for twin in twins)
    assert len(set(twins)) == len(set(plain)) == len(plain)
    assert [len(twin) for twin in twins] == [len(sign) for sign in plain]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_letters_of_a_language_have_twins(language: str) -> None:
    catalog = files.read(files.po_file(language), language)
    assert LOCALE.is_dir()
    texts = "".join(str(entry.string) for entry in files.entries(catalog))
    with_twins = {sign for pair in symbols(ascii=False) for sign in pair}
    assert without_twin(texts) - with_twins == set()


def test_every_border_and_bar_has_a_twin() -> None:
    styles = "".join(file.read_text() for file in (SOURCE / "ui" / "styles").glob("*.tcss"))
    used = set(re.findall(r"border(?:-\w+)?: (\w+)", styles))
    assert {"round", "solid", "double", "thick"} <= used
    for kind in used:
        signs = "".join(sign for row in BORDER_CHARS[kind] for sign in row)
        assert without_twin(signs) == set(), kind
    assert without_twin("".join(ScrollBarRender.VERTICAL_BARS)) == set()

"""Which dictionaries of a machine are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.cli import console_spelling
from deskterm.cli.console_spelling import dictionaries


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(console_spelling, "_FOLDERS", ())
    for name, word in (("en_GB", "parcel"), ("fr_FR", "colis"), ("xx", "odd")):
        (tmp_path / f"{name}.aff").write_text("SET UTF-8\n", "utf-8")
        (tmp_path / f"{name}.dic").write_text(f"1\n{word}\n", "utf-8")
    (tmp_path / "de_DE.aff").write_text("COMPOUNDFLAG x\n", "utf-8")
    (tmp_path / "de_DE.dic").write_text("1\nPaket\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("names", "language", "known"),
    [
        (("auto",), "fr_FR.UTF-8", {"parcel", "colis"}),
        (("auto",), "C.UTF-8", {"parcel"}),
        (("xx",), "fr_FR.UTF-8", {"odd"}),
        (("de_DE", "../xx", "none"), "", set()),
        ((), "fr_FR.UTF-8", set()),
    ],
)
def test_those_that_are_wanted_and_installed_are_read(
    folder: Path, names: tuple[str, ...], language: str, known: set[str]
) -> None:
    found = dictionaries(names, {"DICPATH": str(folder), "LANG": language})
    words = ("parcel", "colis", "odd", "Paket")
    assert {word for word in words if any(one.knows(word) for one in found)} == known

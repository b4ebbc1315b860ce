"""What the program brings for suggestions is what its sources give, and is there at once."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from deskterm.macros import prepared
from deskterm.macros.base import Base, Layer
from deskterm.macros.learning import Learned
from deskterm.macros.library import load_library
from deskterm.macros.making import make
from deskterm.macros.preparing import written
from deskterm.macros.ranking import Situation

MAKE = "python -m deskterm.macros.preparing > src/deskterm/macros/prepared.txt"


def test_the_file_is_what_the_sources_give() -> None:
    file = files("deskterm.macros").joinpath(prepared.FILE)
    assert file.read_bytes() == written(), MAKE


def test_a_start_reads_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    library = load_library()

    def refuse(*_: object) -> None:
        raise AssertionError("a source was parsed")

    monkeypatch.setattr(tomllib, "loads", refuse)
    prepared.prepared.cache_clear()
    made = make(library)
    found = made.ranker(library, Learned()).rank(Situation("where is my parcel?"))
    assert found[0].macro == "order_status"
    assert (made.kept, made.problems) == (b"", ())


def test_counts_come_back_as_they_were_written() -> None:
    layer = prepared.prepared().layer
    again = Layer.read(layer.written())
    assert again == layer
    base = Base((layer, {"stock", "invoice"}))
    assert base.masses.keys() == {"stock", "invoice"}
    assert base.get("c:invoice").keys() <= {"stock", "invoice"}


def test_what_is_no_file_is_refused() -> None:
    for content in (b"", b"a\n\nb\n\nc", b"a\n\nb\n\nc\n\nd"):
        with pytest.raises(ValueError, match=r"."):
            prepared.read(content)

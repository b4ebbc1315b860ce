"""What suggestions begin with: kept in a file, and made anew where that does not fit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deskterm.macros.base import Base
from deskterm.macros.library import load_library
from deskterm.macros.model import Library
from deskterm.macros.ranking import Situation
from deskterm.service.reading.ground import GroundFiles
from deskterm.service.reading.shelf import Shelf
from deskterm.store.learning import Statistics, statistics
from tests.support.desk import TestDesk

LIBRARY = load_library()
OWN = """
[[macro]]
id = "opening"
title.en = "Opening hours"
asks.en = ["when are you open"]
body.en = "We are open all day."

[[macro]]
id = "stock"
title.en = "Nothing left"
body.en = "The zumpel is gone for good."
"""


def library(folder: Path, written: str = OWN) -> Library:
    (folder / "own.toml").write_text(written, encoding="utf-8")
    return load_library(folder)


def same(one: Base, other: Base) -> bool:
    names = {*one.features, *other.features}
    return one.masses == other.masses and all(one.get(n) == other.get(n) for n in names)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The bundled macros, one of which the shop says otherwise, and one more."""
    return library(tmp_path_factory.mktemp("macros"))


@pytest.fixture
def kept(tmp_path: Path, own: Library) -> Path:
    """A file in a folder that is not there yet."""
    file = tmp_path / "deep" / "suggestions.txt"
    GroundFiles(kept=file).read(own)
    return file


def test_of_the_bundled_macros_nothing_is_kept(tmp_path: Path) -> None:
    GroundFiles(kept=tmp_path / "suggestions.txt").read(LIBRARY)
    assert list(tmp_path.iterdir()) == []


def test_what_was_kept_is_what_was_made(kept: Path, own: Library) -> None:
    made, read = GroundFiles().read(own), GroundFiles(kept=kept).read(own)
    assert read.key == made.key
    assert same(read.base, made.base)
    asked = Situation("Where is my parcel? It was to come on Monday.")
    assert read.reader.features((asked.text, 1.0)) == made.reader.features((asked.text, 1.0))


def test_macros_of_a_shop_change_nothing_about_how_messages_are_read(own: Library) -> None:
    with_own, bundled = GroundFiles().read(own), GroundFiles().read(LIBRARY)
    assert with_own.key == bundled.key
    assert not same(with_own.base, bundled.base)
    assert with_own.base.get("w:zumpel").keys() == {"stock"}
    assert with_own.base.get("w:sold").keys() == bundled.base.get("w:sold").keys()  # by its seeds


def test_one_macro_that_changed_is_made_anew(kept: Path, tmp_path: Path) -> None:
    changed = library(tmp_path, OWN.replace("gone", "sold"))
    before = kept.read_bytes()
    made = GroundFiles(kept=kept).read(changed)
    assert kept.read_bytes() != before
    assert same(made.base, GroundFiles().read(changed).base)
    fewer = load_library(tmp_path / "nowhere")
    assert same(GroundFiles(kept=kept).read(fewer).base, GroundFiles().read(fewer).base)


def test_reading_what_was_kept_writes_nothing(kept: Path, own: Library) -> None:
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    GroundFiles(kept=kept).read(own)
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before


@pytest.mark.parametrize("content", [b"", b"no such thing", b"2 ", b"\x00\xff\n\xff"])
def test_a_damaged_file_is_made_anew(kept: Path, own: Library, content: bytes) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(content)
    GroundFiles(kept=kept).read(own)
    assert kept.read_bytes() == whole
    kept.write_bytes(whole[: len(whole) // 2])  # it begins as the right one does
    GroundFiles(kept=kept).read(own)
    assert kept.read_bytes() == whole


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, own: Library) -> None:
    (tmp_path / "file").write_text("x")
    made = GroundFiles(kept=tmp_path / "file" / "suggestions.txt").read(own)
    assert made.base.masses


def test_the_lexicon_of_a_shop_is_another_ground(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text('[customs]\nen = ["grindelflomp", "parcel"]\n', encoding="utf-8")
    few = Library({name: LIBRARY.macros[name] for name in ("stock", "order_status")})
    own, bundled = GroundFiles(lexicon).read(few), GroundFiles().read(few)
    assert own.key != bundled.key
    features = own.reader.features(("grindelflomp", 1.0)).weights
    assert any(name.endswith("customs") for name in features)
    assert "order_status" in own.base.get("c:customs")
    assert "order_status" not in bundled.base.get("c:customs")


def test_a_lexicon_that_cannot_be_read_is_told_and_changes_nothing(tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text("[where\n", encoding="utf-8")
    made = GroundFiles(lexicon).read(LIBRARY)
    assert [problem.file for problem in made.problems] == ["lexicon.toml"]
    assert made.key == GroundFiles().read(LIBRARY).key


def test_five_thousand_picks_are_taken_up_at_once(desk: TestDesk) -> None:
    """255 macros of which each has about as many features as 20 messages give."""
    rows = [
        (f"m{macro:03}", f"w:word{(macro * 37 + word) % 9_000}", 4_000, 1)
        for macro in range(255)
        for word in range(240)
    ]
    sql = "INSERT OR IGNORE INTO macro_counts (macro, feature, weight, seq) VALUES (?,?,?,?)"
    desk.write(lambda tx: tx.executemany(sql, rows))
    nowhere = Path("/nowhere")
    suggester = Shelf(nowhere, nowhere, ground=GroundFiles()).stock().suggester
    asked = Situation("Where is my parcel?")
    suggester.rank(desk.reading, asked, 3)
    begun = time.process_time()
    for _ in range(20):
        suggester.rank(desk.reading, asked, 3)
    assert (time.process_time() - begun) / 20 < 0.05  # 5 ms where nothing else is at work


def test_nothing_used_is_no_statistics(desk: TestDesk) -> None:
    found: list[Statistics] = statistics(desk.reading)
    assert found == []

"""What suggestions begin with: kept in a file, and made anew where that does not fit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from deskterm.macros.library import load_library
from deskterm.macros.ranking import Situation
from deskterm.service.reading.ground import GroundFiles
from deskterm.service.reading.shelf import Shelf
from deskterm.store.learning import Statistics, statistics
from tests.support.desk import TestDesk

LIBRARY = load_library()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in a folder that is not there yet."""
    file = tmp_path_factory.mktemp("state") / "deep" / "suggestions.json"
    GroundFiles(kept=file).read(LIBRARY)
    return file


def test_what_was_kept_is_what_was_made(kept: Path) -> None:
    made, read = GroundFiles().read(LIBRARY), GroundFiles(kept=kept).read(LIBRARY)
    assert (read.key, read.base) == (made.key, made.base)
    asked = Situation("Where is my parcel? It was to come on Monday.")
    assert read.reader.features((asked.text, 1.0)) == made.reader.features((asked.text, 1.0))


def test_reading_what_was_kept_writes_nothing(kept: Path) -> None:
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    GroundFiles(kept=kept).read(LIBRARY)
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before


@pytest.mark.parametrize("content", [b"", b"no json", b'{"key":', b"\x00\xff"])
def test_a_damaged_file_is_made_anew(kept: Path, tmp_path: Path, content: bytes) -> None:
    whole = kept.read_bytes()
    file = tmp_path / "suggestions.json"
    file.write_bytes(content)
    GroundFiles(kept=file).read(LIBRARY)
    assert file.read_bytes() == whole
    half = whole[: len(whole) // 2]  # it begins as the right one does
    file.write_bytes(half)
    GroundFiles(kept=file).read(LIBRARY)
    assert file.read_bytes() == whole


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    made = GroundFiles(kept=tmp_path / "file" / "suggestions.json").read(LIBRARY)
    assert made.base.counts


def test_the_lexicon_of_a_shop_is_another_ground(kept: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text('[where]\nen = ["grindelflomp"]\n', encoding="utf-8")
    own, bundled = GroundFiles(lexicon).read(LIBRARY), GroundFiles(kept=kept).read(LIBRARY)
    assert own.key != bundled.key
    features = own.reader.features(("grindelflomp", 1.0)).weights
    assert any(name.endswith("where") for name in features)


def test_five_thousand_picks_are_taken_up_at_once(desk: TestDesk, kept: Path) -> None:
    """255 macros of which each has about as many features as 20 messages give."""
    rows = [
        (f"m{macro:03}", f"w:word{(macro * 37 + word) % 9_000}", 4_000, 1)
        for macro in range(255)
        for word in range(240)
    ]
    sql = "INSERT OR IGNORE INTO macro_counts (macro, feature, weight, seq) VALUES (?,?,?,?)"
    desk.write(lambda tx: tx.executemany(sql, rows))
    nowhere = Path("/nowhere")
    suggester = Shelf(nowhere, nowhere, ground=GroundFiles(kept=kept)).stock().suggester
    asked = Situation("Where is my parcel?")
    suggester.rank(desk.reading, asked, 3)
    begun = time.process_time()
    for _ in range(20):
        suggester.rank(desk.reading, asked, 3)
    assert (time.process_time() - begun) / 20 < 0.05  # 5 ms where nothing else is at work


def test_nothing_used_is_no_statistics(desk: TestDesk) -> None:
    found: list[Statistics] = statistics(desk.reading)
    assert found == []

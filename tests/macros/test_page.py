"""`docs/macros.md` says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.library import load_library, read_library
from deskterm.macros.reference import tables

PAGE = (Path(__file__).parents[2] / "docs" / "macros.md").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_has_the_tables() -> None:
    for table in tables():
        assert table in PAGE, "python -m deskterm.macros.reference writes them"


def test_the_example_of_a_macro_is_one(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(_BLOCKS[0], encoding="utf-8")
    library = read_library([[file]], Facts())
    assert library.problems == ()
    assert set(library.macros) == {"late_gift"}


def test_the_example_of_facts_is_one(tmp_path: Path) -> None:
    file = tmp_path / "facts.toml"
    file.write_text(_BLOCKS[1], encoding="utf-8")
    facts, problems = read_facts(file)
    assert problems == ()
    assert facts.get("return_days", "en") == 30


def test_the_page_counts_the_bundled_ones() -> None:
    assert f"{len(load_library().macros)} come with the program" in PAGE

"""The page of settings is the one that the code makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import deskterm
from deskterm.config.reference import page

ROOT = Path(deskterm.__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == page(), "run: python -m deskterm.config.reference > docs/settings.md"


def test_the_command_that_the_page_names_makes_it() -> None:
    command = [sys.executable, "-m", "deskterm.config.reference"]
    made = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert made.stdout.decode() == page()

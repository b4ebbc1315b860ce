"""Screens as text files, that a person can review.

`DESKTERM_GOLDEN=write python -m pytest …` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def assert_golden(file: Path, text: str) -> None:
    """Compare a screen with its file; where it is to be written, write it and skip the test.

    Raises:
        AssertionError: they differ.
    """
    if os.environ.get("DESKTERM_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
        pytest.skip(f"wrote {file.name}")
    assert text + "\n" == file.read_text(encoding="utf-8")

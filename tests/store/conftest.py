"""A desk for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import TestDesk, running


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as made:
        yield made

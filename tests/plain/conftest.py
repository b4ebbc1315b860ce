"""A desk in plain mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import TestDesk
from tests.support.plain import PlainRoom


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def room(desk: TestDesk) -> PlainRoom:
    return PlainRoom(desk)

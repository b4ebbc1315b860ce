"""A shop for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskterm_connectors.woocommerce.orders import WooCommerceSession
from tests.connectors.woocommerce.far_side import FarSide, far_side


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[FarSide]:
    """The shop."""
    async with far_side(tmp_path) as side:
        yield side


@pytest.fixture
async def session(side: FarSide) -> AsyncIterator[WooCommerceSession]:
    """A session on it."""
    session = side.session()
    yield session
    await session.close()

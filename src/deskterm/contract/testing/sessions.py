"""How the suite opens sessions, and passes over what a connector does not offer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from deskterm.contract.session import Session
from deskterm.contract.spec import Capability, ConnectorSpec

OpenSession = Callable[[], Awaitable[Session]]
"""Opens a new session on the far side that the test has set up."""


def needs(spec: ConnectorSpec, capability: Capability) -> None:
    """Skip the test where that is not offered."""
    if capability not in spec.capabilities:
        pytest.skip(f"{spec.id} does not offer {capability}")

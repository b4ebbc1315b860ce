"""The conformance suite: what every connector must hold, run by its own tests.

A connector's test module says what it talks to, and inherits the rest:

    from deskterm.contract.testing import ConnectorContract

    class TestMyChannel(ConnectorContract):
        @pytest.fixture
        def spec(self): return SPEC

        @pytest.fixture
        def open_session(self, my_server): ...

The suite wants pytest and pytest-asyncio in mode `auto`. Nothing but tests imports it, and this
package alone loads neither: the classes are loaded when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.contract.testing.connector import ConnectorContract
    from deskterm.contract.testing.mail_face import MailFaceContract
    from deskterm.contract.testing.sessions import OpenSession
    from deskterm.contract.testing.violation import ContractViolation

__all__ = ["ConnectorContract", "ContractViolation", "MailFaceContract", "OpenSession"]

_HOMES = {
    "ConnectorContract": "connector",
    "ContractViolation": "violation",
    "MailFaceContract": "mail_face",
    "OpenSession": "sessions",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{home}"), name)

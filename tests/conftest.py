"""What all tests share: no network beyond loopback, patient Hypothesis."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from deskterm.i18n import ENGLISH, speak

settings.register_profile("deskterm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("deskterm")

# Tests read English, whatever the person who runs them speaks; their child processes as well.
os.environ["LANGUAGE"] = "en"

_NAMES = frozenset({"localhost", ""})


def _is_here(host: object) -> bool:
    try:
        return host in _NAMES or ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return str(host).endswith((".invalid", ".test", ".example"))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants to reach another machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            assert _is_here(address[0]), f"a test wanted to reach {address[0]}"
        connect(self, address)  # type: ignore[arg-type] # the guard takes what a socket takes

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _rights_of_new_files() -> Iterator[None]:
    """A call of the command line in this process narrows them; the next test has its own."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A call of the command line in this process may speak another language; the next test reads
    English.
    """
    yield
    speak(ENGLISH)

"""An office on a socket within the test, and short folders: sockets have short names."""

from __future__ import annotations

import asyncio
import gc
import socket
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from deskterm.office.client import OfficeClient
from deskterm.office.protocol import Frame, FrameReader, Hello, encode
from deskterm.office.server import OfficeServer
from tests.support.toy_office import ToyHandler

_T = TypeVar("_T")


class Serving:
    """A server on a loop in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.handler = ToyHandler(folder / "journal")
        self.server = OfficeServer(
            folder / "socket", self.handler, revision=lambda: self.handler.revision
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.run(self.server.start())

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def soon(self, act: Callable[[], object]) -> None:
        """Have a function called on the loop."""
        self._loop.call_soon_threadsafe(act)

    def client(self) -> OfficeClient:
        return OfficeClient.connect(self.server.socket_path)

    def close(self) -> None:
        self.run(self.server.stop(grace_s=0.0))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        gc.collect()  # what was left open fails this test and no other


class RawPeer:
    """A socket that says what a test wants and reads when a test wants."""

    def __init__(self, path: Path, *, hello: Hello | None = None) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        self.socket.connect(str(path))
        self._reader = FrameReader()
        self._frames: list[Frame] = []
        if hello is not None:
            self.socket.sendall(encode(hello))
            assert isinstance(self.read(), Hello)

    def read(self) -> Frame | None:
        """The next frame; None at the end of the connection."""
        while not self._frames:
            data = self.socket.recv(65536)
            if not data:
                return None
            self._frames.extend(self._reader.feed(data))
        return self._frames.pop(0)

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="toy-") as name:
        yield Path(name)


@pytest.fixture
def serving(folder: Path) -> Iterator[Serving]:
    office = Serving(folder)
    yield office
    office.close()


@pytest.fixture
def raw(serving: Serving) -> Iterator[Callable[..., RawPeer]]:
    peers: list[RawPeer] = []

    def connect(*, hello: Hello | None = None) -> RawPeer:
        peers.append(RawPeer(serving.server.socket_path, hello=hello))
        return peers[-1]

    yield connect
    for peer in peers:
        peer.close()

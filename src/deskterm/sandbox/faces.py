"""What the simulated world looks like from outside: one face for each channel.

A connector brings its face along and names it under the entry-point group `deskterm.sandbox`. The
module of a face loads its servers' libraries only in `start`: who merely asks for the names of
accounts and secrets pays nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from deskterm.sandbox.journal import Journal
from deskterm.sandbox.misbehave import Misbehaviour
from deskterm.sandbox.model import Answer, Conversation, Order, Product

if TYPE_CHECKING:
    import trustme

    from deskterm.sandbox.customers import Customers

GROUP: Final = "deskterm.sandbox"
_BUNDLED = "deskterm_connectors."


class Shop(Protocol):
    """The shop whose messages are shown."""

    @property
    def name(self) -> str: ...

    @property
    def domain(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def agents(self) -> tuple[str, ...]: ...


class ShownWorld(Protocol):
    """What a face needs of the world; see `deskterm.sandbox.world`."""

    @property
    def shop(self) -> Shop: ...

    @property
    def now(self) -> datetime:
        """The moment at which the world is seen; nothing in it is later."""

    @property
    def conversations(self) -> Sequence[Conversation]:
        """Oldest first, by their last message."""

    @property
    def orders(self) -> Sequence[Order]:
        """Oldest first; those of earlier years too."""

    @property
    def products(self) -> Sequence[Product]:
        """What is sold."""

    def answer(
        self, conversation: Conversation, reply: str, number_of_replies: int
    ) -> Answer | None:
        """What the customer writes back to the n-th reply; None for nothing."""


@dataclass(frozen=True, slots=True)
class FaceAccount:
    """An account that is served: what `deskterm account add` takes."""

    channel: str
    name: str
    fields: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)

    def to_json(self) -> dict[str, object]:
        """As the sandbox prints it."""
        return {
            "channel": self.channel,
            "name": self.name,
            "fields": dict(self.fields),
            "secrets": dict(self.secrets),
        }


class Face(Protocol):
    """One channel, served by its real protocol."""

    @property
    def channel(self) -> str:
        """Id of the channel."""

    @property
    def account(self) -> str:
        """The account's name."""

    def secrets(self, token: str) -> Mapping[str, str]:
        """The account's secrets, made from the token of this sandbox and nothing else."""

    async def start(self, world: ShownWorld, place: Place) -> FaceAccount:
        """Listen on loopback and have the newest messages in place; the rest may follow."""


@dataclass
class Place:
    """Where a face does its work, and whom it tells.

    Attributes:
        folder: for what has to lie in a file; private, and removed by others.
        token: what the secrets are made from.
    """

    folder: Path
    token: str
    journal: Journal
    misbehaviour: Misbehaviour
    customers: Customers
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _filling: set[asyncio.Task[None]] = field(default_factory=set)
    _failed: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @cached_property
    def _authority(self) -> trustme.CA:
        import trustme

        authority = trustme.CA(organization_name="deskterm sandbox")
        authority.cert_pem.write_to_path(self.folder / "ca.pem")
        return authority

    @property
    def ca_file(self) -> Path:
        """The authority that signed the servers' certificates, in PEM form."""
        _ = self._authority
        return self.folder / "ca.pem"

    def certified(self, use: Callable[[str], None]) -> None:
        """Have a key and a certificate for loopback; `use` is given a file that is gone after."""
        certificate = self._authority.issue_cert("localhost", "127.0.0.1")
        with certificate.private_key_and_cert_chain_pem.tempfile(dir=str(self.folder)) as name:
            use(name)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something in the background. A fault in it ends the sandbox: tests must see it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def fill(self, work: Coroutine[Any, Any, None]) -> None:
        """Put history into place in the background; `settled` waits for it."""
        task = self.spawn(work)
        self._filling.add(task)
        task.add_done_callback(self._filling.discard)

    async def settled(self) -> None:
        """Wait until all history is in place."""
        if self._filling:
            await asyncio.wait(set(self._filling))

    @property
    def complete(self) -> bool:
        """Whether all history is in place."""
        return not self._filling

    async def failed(self) -> None:
        """Wait for a fault in the background, and raise it."""
        await asyncio.shield(self._failed)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self._failed.done():
            self._failed.set_exception(error)


def installed_faces() -> list[Face]:
    """The faces of the bundled connectors, by name; code from outside is not loaded for play."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    faces: list[Face] = [point.load() for point in found if point.value.startswith(_BUNDLED)]
    return faces

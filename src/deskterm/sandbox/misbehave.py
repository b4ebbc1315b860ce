"""How the sandbox's servers go wrong when they are told to.

Most kinds wait for their moment (`happens` is asked by the server when it comes); those of the
line work at once through the fault proxies before the servers; some are acts of a face.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from deskterm.sandbox.journal import Journal
from deskterm.sandbox.proxy import FaultProxy

#: Each kind and what it does, with the settings that it takes.
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "refuse_login": "a sign-in is refused",
        "refuse_command": "a command (`command`, else any) is answered with no",
        "refuse_recipient": "a recipient is refused for good",
        "try_later": "a reply is refused for now",
        "lose_answer": "a reply is taken, and the line breaks before the answer",
        "duplicate": "what a customer writes is delivered twice",
        "rate_limit": "a call is answered with 429 and a time to wait",
        "server_error": "a call is answered with 500",
        "html_page": "a call is answered with a page, as by a firewall",
        "warning_first": "warnings of the host stand before the data",
        "drift": "data has fields and values that nobody described",
        "renumber": "at once: all messages get new numbers, as after a rebuild",
        "reset": "at once: all connections are reset",
        "reset_after": "connections are reset after `bytes` more from the `side`",
        "slow": "each piece comes `seconds` late",
        "drip": "`rate` bytes a second come through",
        "cut": "the network is gone",
    }
)
_OF_THE_LINE: Final = frozenset({"reset", "reset_after", "slow", "drip", "cut"})


class CannotMisbehave(ValueError):
    """An order that nobody understands; its text says why."""


@dataclass
class _Order:
    how: Mapping[str, Any]
    left: int | None


class Misbehaviour:
    """The switches. `wires` are the fault proxies before the servers, by the server's name."""

    def __init__(self, journal: Journal) -> None:
        self.wires: dict[str, FaultProxy] = {}
        self._journal = journal
        self._orders: dict[str, _Order] = {}
        self._acts: dict[str, Callable[[], Awaitable[None]]] = {}

    async def wire(self, name: str, server_port: int) -> int:
        """Stand before a server; the port at which clients shall look for it."""
        wire = self.wires[name] = FaultProxy(server_port)
        await wire.restore()
        return wire.port

    def can(self, what: str, act: Callable[[], Awaitable[None]]) -> None:
        """A face offers a kind that works at once."""
        self._acts[what] = act

    async def order(self, what: str, times: int | None = None, **how: Any) -> None:
        """Misbehave from now on.

        Args:
            what: one of `KINDS`.
            times: for how many events; None until `behave`.
            how: the settings of the kind; `server` names one wire where a kind is of the line.

        Raises:
            CannotMisbehave: the kind is unknown, or a setting missing or of the wrong type.
        """
        if what not in KINDS:
            raise CannotMisbehave(f"unknown: {what}; known: {', '.join(sorted(KINDS))}")
        if what in _OF_THE_LINE:
            self._spoil(what, how)
        elif what in self._acts:
            await self._acts[what]()
        elif times is None or times > 0:
            self._orders[what] = _Order(MappingProxyType(how), times)
            return
        self._journal.note("misbehaved", "", what=what)

    async def behave(self) -> None:
        """Forget every order and mend the lines."""
        self._orders.clear()
        for wire in self.wires.values():
            wire.delay, wire.pace = 0.0, 0
            await wire.restore()

    def happens(self, what: str, channel: str, **facts: str) -> bool:
        """Whether it goes wrong this time, which is noted and counted.

        An order that names a fact (`command="FETCH"`) holds for events with that fact only.
        """
        order = self._orders.get(what)
        if order is None or any(order.how.get(name, fact) != fact for name, fact in facts.items()):
            return False
        if order.left is not None:
            order.left -= 1
            if order.left <= 0:
                del self._orders[what]
        self._journal.note("misbehaved", channel, what=what)
        return True

    def _spoil(self, what: str, how: Mapping[str, Any]) -> None:
        name = how.get("server")
        if name is not None and name not in self.wires:
            raise CannotMisbehave(f"no server {name}; there are {', '.join(sorted(self.wires))}")
        wires = [self.wires[name]] if name else list(self.wires.values())
        for wire in wires:
            match what:
                case "reset":
                    wire.reset()
                case "reset_after":
                    side = how.get("side", "server")
                    if side not in ("server", "client"):
                        raise CannotMisbehave("side must be server or client")
                    wire.cut_after(int(_number(how, "bytes")), side)
                case "slow":
                    wire.delay = _number(how, "seconds")
                case "drip":
                    wire.pace = int(_number(how, "rate"))
                case _:
                    wire.cut()


def _number(how: Mapping[str, Any], name: str) -> float:
    value = how.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise CannotMisbehave(f"{name} must be a number from 0 on")
    return float(value)

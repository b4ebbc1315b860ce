"""The shop and the people who answer for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who answers. French sentences agree with who says them."""

    name: str
    is_woman: bool

    @property
    def first_name(self) -> str:
        """What a reply is signed with."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Shop:
    """Who sells. `address` is where customers write to."""

    name: str
    domain: str
    address: str
    staff: tuple[Agent, ...]

    @property
    def agents(self) -> tuple[str, ...]:
        """The names of those who answer."""
        return tuple(agent.name for agent in self.staff)


LUMEN_AND_OAK = Shop(
    name="Lumen & Oak",
    domain="lumen-and-oak.example",
    address="hello@lumen-and-oak.example",
    staff=(
        Agent("Maya Fontvieille", is_woman=True),
        Agent("Jonas Kellerman", is_woman=False),
        Agent("Ellen Marchbanks", is_woman=True),
    ),
)

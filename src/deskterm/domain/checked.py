"""A reply that the rules have let pass. The outbox takes nothing else."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Final, Literal

#: What shows that the rules made it; `deskterm.rules.passing` alone uses it.
SEAL: Final = object()


@dataclass(frozen=True, slots=True)
class CheckedReply:
    """The text of a reply together with how it passed. Only the rules can make one.

    Attributes:
        digest: of exactly this text, by which the sender knows that it is the one checked.
        overridden: warnings that the agent passed with a reason.
        packs: the rule packs it was checked with, each with its version.
    """

    text: str
    digest: str
    verdict: Literal["ok", "warn"]
    overridden: frozenset[str]
    packs: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not SEAL:
            raise TypeError("Only the rules let a reply pass")

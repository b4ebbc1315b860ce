"""Which macros may answer a message, and why: what is asked, what comes back, and who answers.

The one that answers is `deskterm.macros.ranker.ProfileRanker`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, Protocol

from deskterm.macros.features import Features
from deskterm.macros.states import OrderState

#: `says`: the customer's words (`phrase`), and the `concept` that they are read as. `order`: its
#: state (`state`), since how many `days`, where that is known. `reason`: the ticket's contact
#: reason (`reason`). `used`: how often the macro was taken (`times`), `of` how many, where known.
EvidenceKind = Literal["says", "order", "reason", "used"]
#: What a part of the sum is: `concept` and `words` of the customer, and as above. `likeness`: a
#: word that begins as one of the macro's. `picks`: what past picks add by all words together, once
#: there are plenty. `sibling`: another macro of its contact reason is asked for, and the order's
#: state speaks for this one. `lacking`: something that the macro speaks of is not known.
PartKind = Literal[
    "concept", "words", "likeness", "picks", "order", "reason", "used", "sibling", "lacking"
]

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of why, as data: the screen says it in the agent's language."""

    kind: EvidenceKind
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Part:
    """One number of the sum behind a suggestion.

    Args:
        name: of a concept, a state, a contact reason; empty: none.
        said: the customer's words behind it; empty: none.
        value: what it adds; below zero what it takes away.
    """

    kind: PartKind
    name: str
    said: str
    value: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A macro that may answer.

    Args:
        score: from 0 to about 1.
        evidence: why, the weightiest first.
        sure: so likely that one key may take it.
        parts: the whole sum, the weightiest first; the values add up to the score.
    """

    macro: str
    score: float
    evidence: tuple[Evidence, ...]
    sure: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What a suggestion is made from.

    Args:
        text: the customer's last message, without quotes and signature.
        states: of the order (`deskterm.macros.states.order_states`); empty: not known.
        filled: the fields that have a value (`deskterm.macros.paths.filled`); None: not known.
        reason: the ticket's contact reason; empty: not known.
        used: how often the agent has sent each macro.
        of: how often each macro could have been sent: it was suggested, and something was sent.
        earlier: the customer's messages before the last.
        days: how long a state has lasted (`deskterm.macros.ages.order_days`).
        names: of people, such as the customer's; they are no words of the message.
        grave: danger or a threat of law: nothing cheerful is suggested.
    """

    text: str
    subject: str = ""
    states: frozenset[OrderState] = frozenset()
    filled: frozenset[str] | None = None
    reason: str = ""
    used: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    of: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    earlier: tuple[str, ...] = ()
    days: Mapping[OrderState, int] = field(default_factory=lambda: MappingProxyType({}))
    names: tuple[str, ...] = ()
    grave: bool = False


class Ranker(Protocol):
    """Puts macros in order, and learns from what is picked."""

    def rank(self, situation: Situation, limit: int = SHOWN) -> list[Suggestion]:
        """The macros most likely to answer, the best first; none where none is likely."""
        ...

    def features(self, situation: Situation) -> Features:
        """What a situation is weighed by: what `learn` takes when a macro was picked for it."""
        ...

    def learn(self, features: Features, macro: str, weight: float) -> None:
        """Take in that a macro answered (weights: `deskterm.macros.learning`); seen at once.

        The opposite weight takes it back.
        """
        ...

"""Learning from what agents do with macros, as a part of the acts that send replies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from deskterm.domain.errors import UsageError
from deskterm.macros.learning import DISMISSED, PICKS, REWRITTEN, SENT, units
from deskterm.service.act import Params, flag_of, text_of
from deskterm.service.work import Work
from deskterm.store import learning
from deskterm.store.learning import Pick, PickKind, Weigh

if TYPE_CHECKING:
    from deskterm.macros.features import Features
    from deskterm.macros.ranking import Situation

#: Suggestions that are remembered with a reply, and characters of the id of one.
_MOST_OFFERED: Final = 9
_NAME_MAX: Final = 60
_WEIGHTS: Final[Mapping[PickKind, float]] = MappingProxyType(
    {"sent": SENT, "rewritten": REWRITTEN, "dismissed": DISMISSED, "none": 0.0}
)


class ReadsMessages(Protocol):
    """Says what a message is weighed by."""

    def features(self, situation: Situation) -> Features:
        """The features of a message."""
        ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """What sending a reply teaches.

    Args:
        macro: that it was made from; empty: none.
        rewritten: whether little of the macro is left in it.
        offered: the macros that were suggested.
    """

    macro: str = ""
    rewritten: bool = False
    offered: tuple[str, ...] = ()

    @classmethod
    def of(cls, params: Params, macro: str) -> Lesson:
        """What the parameters of a reply tell.

        Raises:
            UsageError: they make no sense.
        """
        offered = tuple(dict.fromkeys(text_of(params, "suggested").split()))
        if len(offered) > _MOST_OFFERED or any(len(one) > _NAME_MAX for one in offered):
            raise UsageError(f"suggested names at most {_MOST_OFFERED} macros")
        return cls(macro, flag_of(params, "rewritten"), offered)

    @property
    def kind(self) -> PickKind:
        """What was done."""
        if not self.macro:
            return "none"
        return "rewritten" if self.rewritten else "sent"


def learn(work: Work, ticket_id: int, message_row: int | None, item: str, lesson: Lesson) -> None:
    """Take in that a reply is on its way. Without macros nothing is learned."""
    if work.desk.reads is None or not (lesson.macro or lesson.offered):
        return
    pick = Pick(
        ticket_id,
        message_row,
        lesson.macro,
        lesson.kind,
        units(_WEIGHTS[lesson.kind]),
        work.desk.agent,
        lesson.offered,
        item,
    )
    learning.add(work.tx, pick, weigh(work))


def unlearn(work: Work, item: str) -> None:
    """A reply was taken back: it teaches nothing."""
    learning.take_back(work.tx, item, weigh(work))


def dismiss(work: Work, ticket_id: int, message_row: int | None, macro: str) -> None:
    """A macro does not fit a ticket."""
    pick = Pick(ticket_id, message_row, macro, "dismissed", units(DISMISSED), work.desk.agent)
    learning.add(work.tx, pick, weigh(work))


def weigh(work: Work) -> Weigh:
    """What a message adds to the counts of a macro; nothing where the desk does not read."""
    return weighing(work.desk.reads)


def weighing(reads: Callable[[], ReadsMessages] | None) -> Weigh:
    """The same, for what reads messages; it is fetched when the first message is weighed."""

    def weighed(message: sqlite3.Row, weight: int) -> Mapping[str, int]:
        if reads is None:
            return {}
        from deskterm.macros.ranking import Situation  # whoever reads has loaded it

        text = message["shown"] if message["shown"] is not None else message["body"]
        names = (message["author_name"],)
        found = reads().features(Situation(text, message["subject"], names=names))
        counts = {name: round(share * weight) for name, share in found.weights.items()}
        return {**counts, PICKS: weight}

    return weighed

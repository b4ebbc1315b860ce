"""Learning from what agents do with macros, as a part of the acts that send replies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from deskterm.domain.errors import UsageError
from deskterm.macros.learning import DISMISSED, PICKS, REWRITTEN, SENT, newest, units
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

    #: Of what it reads with: under another one a message has other features.
    key: str

    def features(self, situation: Situation) -> Features:
        """The features of a message."""
        ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """What sending a reply teaches.

    Args:
        macros: that it was made from, in their order.
        rewritten: those of which little is left in it.
        offered: the macros that were suggested.
    """

    macros: tuple[str, ...] = ()
    rewritten: frozenset[str] = frozenset()
    offered: tuple[str, ...] = ()

    @classmethod
    def of(cls, params: Params, macros: Sequence[str]) -> Lesson:
        """What the parameters of a reply tell.

        Args:
            macros: that it was made from.

        Raises:
            UsageError: they make no sense.
        """
        offered = tuple(dict.fromkeys(text_of(params, "suggested").split()))
        if len(offered) > _MOST_OFFERED or any(len(one) > _NAME_MAX for one in offered):
            raise UsageError(f"suggested names at most {_MOST_OFFERED} macros")
        return cls(tuple(dict.fromkeys(macros)), _rewritten(params, macros), offered)

    def kind(self, macro: str) -> PickKind:
        """What was done with a macro; with the empty one, that none was taken."""
        if not macro:
            return "none"
        return "rewritten" if macro in self.rewritten else "sent"


def _rewritten(params: Params, macros: Sequence[str]) -> frozenset[str]:
    """The macros that `rewritten` names; a plain yes names all of them."""
    given = params.get("rewritten", False)
    if isinstance(given, str) and macros and not frozenset(given.split()).isdisjoint(macros):
        return frozenset(given.split()).intersection(macros)
    return frozenset(macros) if flag_of(params, "rewritten") else frozenset()


def learn(work: Work, ticket_id: int, message_row: int | None, item: str, lesson: Lesson) -> None:
    """Take in that a reply is on its way. Without macros nothing is learned."""
    if work.desk.reads is None or not (lesson.macros or lesson.offered):
        return
    for number, macro in enumerate(lesson.macros or ("",)):
        kind = lesson.kind(macro)
        # What was suggested is counted once for the reply.
        others = tuple(one for one in lesson.offered if one not in lesson.macros[1:])
        pick = Pick(
            ticket_id,
            message_row,
            macro,
            kind,
            _weight(work, macro, kind),
            work.desk.agent,
            others if number == 0 else (),
            item,
        )
        learning.add(work.tx, pick, weigh(work))


def unlearn(work: Work, item: str) -> None:
    """A reply was taken back: it teaches nothing."""
    learning.take_back(work.tx, item, weigh(work))


def dismiss(work: Work, ticket_id: int, message_row: int | None, macro: str) -> None:
    """A macro does not fit a ticket."""
    weight = _weight(work, macro, "dismissed")
    pick = Pick(ticket_id, message_row, macro, "dismissed", weight, work.desk.agent)
    learning.add(work.tx, pick, weigh(work))


def _weight(work: Work, macro: str, kind: PickKind) -> int:
    """What a use counts now, in parts of one."""
    learned = learning.count(work.tx.connection, macro, PICKS)
    return units(newest(_WEIGHTS[kind], learned))


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

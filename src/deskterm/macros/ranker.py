"""The ranker: by profiles of macros, what is known of the order, and what was picked before.

What the customer says weighs most: how near the message comes to the profile of a macro. The state
of the order, the contact reason and how often a macro is used count besides; alone they never
bring one up. Everything that counts is a part of the sum. The same situation after the same picks
gives the same suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Final

from deskterm.macros import bayes
from deskterm.macros.base import Base
from deskterm.macros.features import Features, Reader
from deskterm.macros.learning import Learned
from deskterm.macros.model import Macro
from deskterm.macros.phrases import words_of
from deskterm.macros.profiles import Heard, Profiles
from deskterm.macros.ranking import SHOWN, Part, Situation, Suggestion
from deskterm.macros.reasons import LACKING, STANDING, beside, evidence_of, said_parts
from deskterm.macros.seeds import ELSEWHERE

#: Nothing is suggested below; a suggestion is sure from here on, and so far before the second.
SILENCE: Final = 0.024
_WITH_ORDER: Final = 0.5  # who has an order writes of it more often than of anything else
_OTHER: Final = 1.0  # how much nearness to other topics takes away
_SIBLING: Final = 0.9
_SHORT: Final = 6  # words that tell something; of a longer message less is asked
_MUCH: Final = 4.0  # times that
_ALSO: Final = 0.01  # what is shown after the first has at least
SURE: Final = 0.075
SURE_LEAD: Final = 0.045
_SUBJECT, _EARLIER = 0.8, 0.3  # beside the last message
#: Contact reasons whose macros are cheerful. Who asks for something thanks beforehand, and wants
#: an answer: a thank-you is suggested first or not at all.
_COURTESY: Final = "thanks"
_NO_REASONS: Final = frozenset({"", "other"})
_CHEERFUL: Final = frozenset({_COURTESY, "promo_code"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A macro with its score, and the parts of it besides the customer's words."""

    macro: Macro
    score: float
    parts: tuple[Part, ...]


class ProfileRanker:
    """Ranks by profiles (`deskterm.macros.profiles`).

    Args:
        macros: of the shop.
        reader: the one that the base was made with.
        learned: what was learned before; it goes on learning.
    """

    def __init__(
        self, macros: Iterable[Macro], reader: Reader, base: Base, learned: Learned
    ) -> None:
        self._macros = {macro.id: macro for macro in macros}
        self._reader = reader
        self._learned = learned
        self._profiles = Profiles(base, learned)
        self._places = {macro: place for place, macro in enumerate(self._macros)}

    def features(self, situation: Situation) -> Features:
        """What a situation is weighed by."""
        names = frozenset(word for name in situation.names for word in words_of(name))
        texts = [(situation.text, 1.0), (situation.subject, _SUBJECT)]
        texts += [(text, _EARLIER) for text in situation.earlier]
        return self._reader.features(*texts, names=names)

    def learn(self, features: Features, macro: str, weight: float) -> None:
        """Take in that a macro answered; the opposite weight takes it back."""
        self._profiles.learn(features.weights, macro, weight)

    def newest(self, macro: str, weight: float) -> float:
        """What a use of a macro counts now (`deskterm.macros.learning.newest`)."""
        return self._learned.newest(macro, weight)

    def rank(self, situation: Situation, limit: int = SHOWN) -> list[Suggestion]:
        """The macros most likely to answer, the best first; none where none is likely."""
        features = self.features(situation)
        heard = self._profiles.heard(features.weights)
        near = self._profiles.near(heard)
        least = SILENCE * (_WITH_ORDER if "has_order" in situation.states else 1.0)
        if self._is_elsewhere(near, heard, least):
            return []
        found = sorted(
            self._candidates(near, heard, situation),
            key=lambda one: (-one.score, self._places[one.macro.id]),
        )
        shown = [one for one in found if one is found[0] or one.macro.reason != _COURTESY]
        return [
            self._suggestion(one, heard, features, situation, sure=not place and _is_sure(shown))
            for place, one in enumerate(shown[:limit])
        ]

    def _suggestion(
        self,
        one: _Candidate,
        heard: Heard,
        features: Features,
        situation: Situation,
        *,
        sure: bool,
    ) -> Suggestion:
        name = one.macro.id
        parts = (*said_parts(self._profiles.parts(heard, name), features), *one.parts)
        score = fsum(part.value for part in parts)
        evidence = evidence_of(parts, name, situation)
        return Suggestion(name, round(score, 4), evidence, sure, parts)

    def _is_elsewhere(self, near: Mapping[str, float], heard: Heard, least: float) -> bool:
        """Whether the message comes near to nothing, or nearer to what is no macro's business.

        What was learned of the macro goes before what others write about.

        Args:
            least: how much nearer it has to come to a macro.
        """
        best = max(near.keys() & self._macros.keys(), key=lambda m: (near[m], m), default="")
        if not best:
            return True
        other = max((said for name, said in near.items() if name[0] == ELSEWHERE), default=0.0)
        if other:
            other *= _OTHER * (1 - self._profiles.learned_share(heard, best))
        # Who writes much writes of other things as well.
        much = max(1.0, min(heard.words / _SHORT, _MUCH))
        return (near[best] - other) * sqrt(much) < least

    def _picks(self, near: Mapping[str, float], heard: Heard) -> Mapping[str, float]:
        """What past picks add once there are plenty of them (`deskterm.macros.bayes`)."""
        weight = bayes.weight_of(self._learned.total, len(self._macros))
        if not weight:
            return {}
        most = weight * max(near.values())
        return {macro: most * part for macro, part in self._profiles.likelihoods(heard).items()}

    def _candidates(
        self, near: Mapping[str, float], heard: Heard, situation: Situation
    ) -> Iterator[_Candidate]:
        """The macros that are not ruled out and are likely enough, with what adds to their score.

        "Where is my order?" fits all macros of its contact reason, and the order knows which: one
        that its state speaks for is as near as the nearest of them, a little less.
        """
        picks = self._picks(near, heard)
        nearest: dict[str, float] = {}
        for name in near.keys() & self._macros.keys():
            reason = self._macros[name].reason
            nearest[reason] = max(near[name], nearest.get(reason, 0.0))
        for name, said in near.items():
            macro = self._macros.get(name)
            if said < _ALSO or macro is None or self._ruled_out(macro, situation):
                continue
            parts = [*beside(macro, situation)]
            if name in picks:
                parts.append(Part("picks", "", "", picks[name]))
            other = _SIBLING * nearest[macro.reason] - said
            spoken_for = macro.favours & (situation.states - STANDING)
            if other > 0 and macro.reason not in _NO_REASONS and spoken_for:
                parts.append(Part("sibling", macro.reason, "", other))
            score = fsum((said, *(part.value for part in parts)))
            if _lacks(macro, situation):
                parts.append(Part("lacking", "", "", -LACKING * score))
                score *= 1 - LACKING
            if score >= _ALSO:
                yield _Candidate(macro, score, tuple(parts))

    def _ruled_out(self, macro: Macro, situation: Situation) -> bool:
        if situation.grave and macro.reason in _CHEERFUL:
            return True
        # What answers a situation, and no question, waits for its situation.
        waits = not macro.reason and macro.favours and not macro.favours & situation.states
        return bool(waits or macro.not_for & situation.states)


def _lacks(macro: Macro, situation: Situation) -> bool:
    return situation.filled is not None and not macro.needs <= situation.filled


def _is_sure(shown: Sequence[_Candidate]) -> bool:
    """Whether the first is likely, and far before the second."""
    second = shown[1].score if len(shown) > 1 else 0.0
    return shown[0].score >= SURE and shown[0].score - second >= SURE_LEAD

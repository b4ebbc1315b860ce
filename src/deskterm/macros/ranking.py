"""Which macros may answer a message, and why.

What the customer says weighs most: phrases of the macro that stand in the message, long ones more
than single words. They speak for macros of the same contact reason too, a little less, because
"where is my order?" fits several and only the order knows which. The state of the order, the
contact reason and how often a macro is used count besides; alone they never bring one up. The same
situation gives the same suggestions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from deskterm.macros.model import Library, Macro
from deskterm.macros.phrases import Phrase, PhraseIndex, folded, shared_by, words_of
from deskterm.macros.states import OrderState

#: `says`: the customer's words (`phrase`). `order`: its state (`state`). `reason`: the ticket's
#: contact reason (`reason`). `used`: how often the macro was taken (`times`).
EvidenceKind = Literal["says", "order", "reason", "used"]

SILENCE = 0.3  # nothing is suggested below
SHOWN = 3
#: How sure one phrase makes, by the number of its words.
_SURE = (0.0, 0.45, 0.62, 0.75)
_TITLE = 0.2  # a word of the title of a macro that has no phrases
_TITLE_WORD_MIN = 4  # letters
_SUBJECT = 0.8  # a phrase in the subject, which is often an old one
_SIBLING = 0.7  # a phrase of another macro of the same contact reason
_SAID, _STATE, _REASON, _USED = 0.7, 0.25, 0.2, 0.06
#: States that tell less, because a narrower one may be true as well.
_WIDE: frozenset[OrderState] = frozenset({"has_order", "shipped", "delivered"})
_STATE_WIDE = 0.12
_USED_HALF = 5  # uses that give half of it
_LACKING = 0.6  # of the score of a macro for which something is not known
_REASONS_SHOWN = 3
#: The contact reason of a thank-you. Who asks for something thanks beforehand, and wants an answer.
_COURTESY = "thanks"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of why, as data: the screen says it in the agent's language."""

    kind: EvidenceKind
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A macro that may answer. `score` is from 0 to 1; `evidence` the weightiest first."""

    macro: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a suggestion is made from.

    Args:
        text: the customer's last message, without quotes and signature.
        states: of the order (`deskterm.macros.states.order_states`).
        filled: the fields that have a value (`deskterm.macros.paths.filled`); None: not known.
        reason: the ticket's contact reason; empty: not known.
        used: how often the agent has sent each macro.
    """

    text: str
    subject: str = ""
    states: frozenset[OrderState] = frozenset()
    filled: frozenset[str] | None = None
    reason: str = ""
    used: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


class Ranker(Protocol):
    """Puts macros in order."""

    def rank(self, situation: Situation, limit: int = SHOWN) -> list[Suggestion]:
        """The macros most likely to answer, the best first; none where none is likely."""
        ...


class PhraseRanker:
    """Ranks by the phrases that stand in the files of the macros."""

    def __init__(self, library: Library) -> None:
        self._macros = tuple(library)
        self._index = PhraseIndex()
        phrases = {number: _phrases(macro) for number, macro in enumerate(self._macros)}
        self._shared = shared_by(phrases)
        self._siblings = _siblings(self._macros)
        self._by_title = {n for n, macro in enumerate(self._macros) if not macro.asks}
        for number, said in phrases.items():
            self._index.add(number, said)

    def rank(self, situation: Situation, limit: int = SHOWN) -> list[Suggestion]:
        """The macros most likely to answer, the best first; none where none is likely."""
        heard: dict[int, dict[str, float]] = defaultdict(dict)
        for text, weight in ((situation.text, 1.0), (situation.subject, _SUBJECT)):
            for phrase in self._index.found(text):
                sure = self._sure(phrase) * weight
                _hear(heard[phrase.owner], phrase.said, sure)
                for other in self._siblings[phrase.owner]:
                    _hear(heard[other], phrase.said, sure * _SIBLING)
        found = []
        for number, said in heard.items():
            suggestion = _judged(self._macros[number], said, situation)
            if suggestion.score >= SILENCE:
                found.append((-suggestion.score, number, suggestion))
        asks = any(self._macros[number].reason != _COURTESY for _, number, _ in found)
        if asks or "?" in situation.text:
            found = [one for one in found if self._macros[one[1]].reason != _COURTESY]
        return [suggestion for _, _, suggestion in sorted(found, key=lambda f: f[:2])[:limit]]

    def _sure(self, phrase: Phrase) -> float:
        if phrase.owner in self._by_title:
            return _TITLE
        sure = _SURE[min(len(phrase.words), len(_SURE) - 1)]
        return float(sure / self._shared[phrase.words] ** 0.5)


def _hear(said: dict[str, float], phrase: str, sure: float) -> None:
    said[phrase] = max(sure, said.get(phrase, 0.0))


def _siblings(macros: Sequence[Macro]) -> list[tuple[int, ...]]:
    """For each macro the numbers of the others that answer the same contact reason."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for number, macro in enumerate(macros):
        if macro.reason not in ("", "other"):
            by_reason[macro.reason].append(number)
    return [
        tuple(other for other in by_reason.get(macro.reason, ()) if other != number)
        for number, macro in enumerate(macros)
    ]


def _phrases(macro: Macro) -> tuple[str, ...]:
    """The phrases of a macro in all languages; without any the longer words of its titles."""
    if macro.asks:
        return tuple(dict.fromkeys(said for phrases in macro.asks.values() for said in phrases))
    words = (word for title in macro.titles.values() for word in words_of(title))
    return tuple(dict.fromkeys(word for word in words if len(word) >= _TITLE_WORD_MIN))


def _judged(macro: Macro, said: Mapping[str, float], situation: Situation) -> Suggestion:
    ruled_out = macro.not_for & situation.states
    doubt = 1.0
    for sure in said.values():
        doubt *= 1 - sure
    score = (1 - doubt) * _SAID
    evidence = list(_says(said))
    if states := sorted(macro.favours & situation.states, key=lambda s: (s in _WIDE, s)):
        score += _STATE_WIDE if states[0] in _WIDE else _STATE
        evidence.append(Evidence("order", {"state": states[0]}))
    if macro.reason and macro.reason == situation.reason:
        score += _REASON
        evidence.append(Evidence("reason", {"reason": macro.reason}))
    if times := situation.used.get(macro.id, 0):
        score += _USED * times / (times + _USED_HALF)
        evidence.append(Evidence("used", {"times": times}))
    if situation.filled is not None and not macro.needs <= situation.filled:
        score *= _LACKING
    return Suggestion(macro.id, 0.0 if ruled_out else round(min(score, 1.0), 4), tuple(evidence))


def _says(said: Mapping[str, float]) -> Iterable[Evidence]:
    """The surest phrases; of two that say the same, the longer."""
    shown: list[str] = []
    for phrase in sorted(said, key=lambda p: (-said[p], -len(p), p)):
        if len(shown) < _REASONS_SHOWN and not any(folded(phrase) in folded(s) for s in shown):
            shown.append(phrase)
            yield Evidence("says", {"phrase": phrase})

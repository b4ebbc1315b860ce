"""The sum behind a suggestion, in parts that people understand, and the weightiest as reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import fsum
from typing import Final

from deskterm.macros.features import BEGINNING, CONCEPT, Features
from deskterm.macros.model import Macro
from deskterm.macros.phrases import folded
from deskterm.macros.ranking import Evidence, Part, Situation
from deskterm.macros.states import OrderState
from deskterm.macros.stopwords import ASIDE

#: What counts besides the customer's words.
STATE: Final = 0.08
STATE_WIDE: Final = 0.04
REASON: Final = 0.05
USED: Final = 0.02
USED_HALF: Final = 5  # uses that give half of it
#: The part of the sum that is taken away where something is not known that the macro speaks of.
LACKING: Final = 0.4
#: States that tell less, because a narrower one may be true as well.
WIDE: Final[frozenset[OrderState]] = frozenset({"has_order", "shipped", "delivered", "outside_eu"})
#: States that an order has from first to last: they tell nothing of why somebody writes.
STANDING: Final[frozenset[OrderState]] = frozenset({"has_order", "outside_eu"})
_SAID_SHOWN: Final = 3
#: Words behind this small a part of the customer's words are no reason, unless there is no other.
_SLIGHT: Final = 0.08


def said_parts(near: Mapping[str, float], features: Features) -> list[Part]:
    """What the customer's words add: concepts, and words with what is made from them."""
    parts = []
    words: dict[str, list[float]] = {}
    whole: set[str] = set()
    for name in sorted(near):
        said = features.said.get(name, "")
        if name.startswith(CONCEPT):
            parts.append(Part("concept", name[len(CONCEPT) :], said, near[name]))
            continue
        words.setdefault(said, []).append(near[name])
        if not name.startswith(BEGINNING):
            whole.add(said)
    for said, values in words.items():
        parts.append(Part("words" if said in whole else "likeness", "", said, fsum(values)))
    return sorted(parts, key=lambda part: (-part.value, part.said, part.name))


def beside(macro: Macro, situation: Situation) -> Iterator[Part]:
    """What counts besides the customer's words."""
    if states := sorted(macro.favours & situation.states, key=lambda s: (s in WIDE, s)):
        wide = states[0] in WIDE
        yield Part("order", states[0], "", STATE_WIDE if wide else STATE)
    if macro.reason and macro.reason == situation.reason:
        yield Part("reason", macro.reason, "", REASON)
    if times := situation.used.get(macro.id, 0):
        yield Part("used", "", "", USED * times / (times + USED_HALF))


def evidence_of(parts: Iterable[Part], macro: str, situation: Situation) -> tuple[Evidence, ...]:
    """The weightiest words of the customer, then what counts besides."""
    parts = tuple(parts)
    spoken = [part for part in parts if part.said]
    # A word that only begins like one of the macro's is a poor reason, unless it is the only one.
    said = [part for part in spoken if part.kind != "likeness"] or spoken
    said = [part for part in said if folded(part.said) not in ASIDE] or said
    slight = _SLIGHT * fsum(part.value for part in said)
    shown: list[Evidence] = []
    phrases: list[str] = []
    for part in said:
        phrase = folded(part.said)
        if len(shown) == _SAID_SHOWN or (shown and part.value < slight):
            break
        if not any(phrase in other or other in phrase for other in phrases):
            phrases.append(phrase)
            named = {"concept": part.name} if part.name else {}
            shown.append(Evidence("says", {"phrase": part.said, **named}))
    return (*shown, *_beside_evidence(parts, macro, situation))


def _beside_evidence(parts: Iterable[Part], macro: str, situation: Situation) -> Iterator[Evidence]:
    for part in parts:
        if part.kind == "order":
            days = {str(s): n for s, n in situation.days.items() if s == part.name}
            since = {"days": days[part.name]} if part.name in days else {}
            yield Evidence("order", {"state": part.name, **since})
        elif part.kind == "reason":
            yield Evidence("reason", {"reason": part.name})
        elif part.kind == "used":
            times = situation.used[macro]
            of = situation.of.get(macro, 0)
            yield Evidence("used", {"times": times, "of": of} if of >= times else {"times": times})

"""What a message owes: words that must stand in it, the consent that it needs, the shop's name.

What is said comes from topics of `rules.wording`; what is so comes from the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from deskterm.rules.detectors import phrasing
from deskterm.rules.detectors.base import Detector, Match, Reading, unaccented
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import truth, words
from deskterm.rules.wording.topics import LANGUAGES

#: What is missing has no place in the text.
_NOWHERE = ""
_WORDING = phrasing.DETECTORS["wording"].run


def _spoken(reading: Reading, topics: tuple[str, ...]) -> tuple[Match, ...]:
    return tuple(_WORDING(reading, {"topics": topics}))


def _surely_spoken(reading: Reading, topics: tuple[str, ...]) -> tuple[Match, ...]:
    """Without what may be meant otherwise: "voucher" alone is mostly an apology."""
    return tuple(match for match in _spoken(reading, topics) if match.sure)


def _lacking(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterable[Match]:
    """None of the topics `needs` is spoken of; where topics are `given`, beside one of those.

    In a language that the topics do not know nothing is missing for certain.
    """
    given = words(parameters, "given")
    if _spoken(reading, words(parameters, "needs")):
        return ()
    if given:
        return _surely_spoken(reading, given)
    return (Match(sure=(reading.draft.language or LANGUAGES[0]) in LANGUAGES, excerpt=_NOWHERE),)


def _unasked(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """The topics, unless the customer agreed.

    Where that is not known nothing is sure, and only what surely speaks of them counts; but with
    `strict` nobody is taken to have agreed.
    """
    consented, strict = reading.facts.consented, truth(parameters, "strict")
    if consented is not True:
        spoken = (_spoken if strict else _surely_spoken)(reading, words(parameters, "topics"))
        for match in spoken:
            yield replace(match, sure=match.sure and (strict or consented is False))


def _objected(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterable[Match]:
    """The topics, to a customer who asked for no further messages."""
    objects = reading.facts.opted_out
    return _surely_spoken(reading, words(parameters, "topics")) if objects else ()


def _tagged(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterable[Match]:
    """The topics, in a message of one of these types."""
    tagged = reading.draft.message_type in words(parameters, "types")
    return _surely_spoken(reading, words(parameters, "topics")) if tagged else ()


def _shop_unnamed(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    names = {_folded(name) for name in reading.facts.shop_names} - {""}
    text = _folded(reading.copy.text)
    if names and not any(name in text for name in names):
        yield Match(excerpt=_NOWHERE)


def _unanswerable(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    """A question from a sender that is a name and no number: nobody can answer it."""
    sender = reading.draft.sender.strip()
    if any(map(str.isalpha, sender)) and "@" not in sender:
        place = reading.copy.text.find("?")
        if place >= 0:
            yield reading.mark(place, place + 1)


def _folded(text: str) -> str:
    return unaccented(text).casefold().strip()


_NONE: tuple[str, ...] = ()

DETECTORS: Mapping[str, Detector] = {
    "lacking": Detector(_lacking, "text", parameters={"needs": _NONE, "given": _NONE}),
    "unasked": Detector(_unasked, "text", parameters={"topics": _NONE, "strict": False}),
    "objected": Detector(_objected, "text", parameters={"topics": _NONE}),
    "tagged_wording": Detector(_tagged, "text", parameters={"topics": _NONE, "types": _NONE}),
    "shop_unnamed": Detector(_shop_unnamed, "text"),
    "unanswerable": Detector(_unanswerable, "text"),
}

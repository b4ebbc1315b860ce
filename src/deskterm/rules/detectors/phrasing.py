"""What a text speaks of: by the phrases of its topics, and by what its sentences mean
(`rules.wording`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.rules.wording import sentences as words
from deskterm.rules.wording.meaning import CERTAIN, Meant, model
from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.topics import Spoken, topic, topic_names

PATTERNS = words.PATTERNS
_ATTACHMENT = "attachment_promised"


def sentences_of(reading: Reading) -> Sentences:
    """The text's words; ask for them with `reading.once(sentences_of)`."""
    return Sentences(reading.copy.text)


@cache
def _spoken(name: str) -> Callable[[Reading], tuple[Match, ...]]:
    """What finds a topic: one function for each, so that several rules ask for it only once."""

    def look(reading: Reading) -> tuple[Match, ...]:
        text = reading.once(sentences_of)
        spans = text.spans
        return tuple(
            reading.mark(spans[place.first][0], spans[place.last][1], sure=place.sure)
            for place in _places(reading, text, name)
        )

    return look


def _places(reading: Reading, text: Sentences, name: str) -> list[Spoken]:
    """What phrases find and what the meaning finds beside it; what is certain goes first where both
    speak of the same words.
    """
    about = topic(name)
    found = list(about.spoken(text))
    meant = [one for one in reading.once(_meant) if one.topic == name]
    if meant:
        denied = about.denied(text)
        found += (
            Spoken(one.first, one.last, one.likely >= CERTAIN)
            for one in sorted(meant, key=lambda one: -one.likely)
            if denied.isdisjoint((text.sentence_of(one.first), text.sentence_of(one.last)))
        )
    taken: set[int] = set()
    places: list[Spoken] = []
    for place in sorted(found, key=lambda place: not place.sure):
        words = range(place.first, place.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            places.append(place)
    return sorted(places, key=lambda place: place.first)


def _meant(reading: Reading) -> tuple[Meant, ...]:
    """What the text means; ask for it with `reading.once(_meant)`."""
    return tuple(model().meant(reading.once(sentences_of)))


def found(reading: Reading, name: str) -> tuple[Match, ...]:
    """Where the text speaks of a topic."""
    return reading.once(_spoken(name))


def _wording(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    names = parameters["topics"]
    for name in names if isinstance(names, tuple) else ():
        yield from found(reading, name)


def _problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    names = parameters["topics"]
    if not isinstance(names, tuple) or not names:
        return "topics", "is empty"
    unknown = next((name for name in names if name not in topic_names()), None)
    return (
        None
        if unknown is None
        else ("topics", f"holds {unknown!r}; known are {', '.join(topic_names())}")
    )


def _missing_attachment(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    if not reading.draft.attachments:
        yield from found(reading, _ATTACHMENT)


DETECTORS: Mapping[str, Detector] = {
    "wording": Detector(_wording, "text", parameters={"topics": ()}, problem=_problem),
    "missing_attachment": Detector(_missing_attachment, "text"),
}

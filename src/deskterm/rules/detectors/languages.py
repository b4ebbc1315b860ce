"""The language of the text against the customer's, or against those that a channel allows.

Short and doubtful texts say nothing, and a word of another language here and there is none. A
reply in two languages whose beginning is in the right one is told, and not sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.text.language import LOOKED_AT, Guess, guess
from deskterm.text.patterns import Patterns

#: A text that is said to be in the wrong language has so many words, and is so strong a guess.
_LEAST_WORDS, _STRONG = 3, 3.0
#: Lines that quote begin so.
_QUOTES = ">"

PATTERNS = Patterns(
    sentence_end=r"[.!?…](?=\s)|\n",
)


def spoken(reading: Reading) -> Guess:
    """What the text says of its language; ask by `reading.once(spoken)`."""
    return guess(_own_lines(reading.copy.text))


def _language(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    wanted = _wanted(reading, parameters["allowed"])
    found = reading.once(spoken)
    if not wanted or not _is_strong(found) or found.language in wanted:
        return
    details = (("language", str(found.language)), ("wanted", ", ".join(wanted)))
    text = reading.copy.text
    start = len(text) - len(text.lstrip())
    # Its first line stands for all of it, so that what is written can still be read.
    end = start + len(text[start:].rstrip().partition("\n")[0].rstrip())
    place = reading.copy.span(start, end)
    yield Match(*place, sure=not _begins_in(_own_lines(text), wanted), details=details)


def _wanted(reading: Reading, allowed: Parameter) -> tuple[str, ...]:
    """The languages that are right, as two letters; none where they are not known."""
    if isinstance(allowed, tuple) and allowed:
        return allowed
    buyer = reading.facts.buyer_language
    return (buyer[:2].casefold(),) if buyer else ()


def _own_lines(text: str) -> str:
    """The text without lines that quote the customer."""
    lines = text[:LOOKED_AT].split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith(_QUOTES))


def _is_strong(found: Guess) -> bool:
    return found.sure and found.words >= _LEAST_WORDS and found.strength >= _STRONG


def _begins_in(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether the first sentence that tells its language is in one of those."""
    for sentence in PATTERNS["sentence_end"].split(text):
        found = guess(sentence)
        if found.words >= _LEAST_WORDS and found.sure:
            return found.language in wanted
    return False


DETECTORS: Mapping[str, Detector] = {
    "language": Detector(
        _language,
        "text",
        parameters={"allowed": ()},
        details=frozenset({"language", "wanted"}),
    ),
}

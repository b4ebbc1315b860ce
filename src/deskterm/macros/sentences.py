"""The sentences that somebody typed, as they can be counted: with variables in place of values, so
that the same sentence about another parcel is the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from deskterm.macros.paths import Known
from deskterm.macros.variables import with_variables

#: Characters of a reply that are looked at, of a sentence, and sentences of a reply.
_TEXT_MAX: Final = 8_000
_SENTENCE_MAX: Final = 600
_MOST: Final = 40
#: Words from which on a sentence is worth a macro.
_LEAST_WORDS: Final = 5
#: Words of a line that greets or takes its leave, at most.
_SHORT_LINE: Final = 7
#: Lines of the end: its words, a name, and what somebody is.
_CLOSING_LINES: Final = 3

_END: Final = re.compile(r"(?<=[.!?…])[\"”»)]?[ \u00a0\u202f]{1,3}(?=[^\W_a-z]|[«“\"¿¡({])")
_BULLET: Final = re.compile(r"^(?:[-*•–]|[0-9]{1,2}[.)])[ \t]{1,3}")
_PLACE: Final = re.compile(r"\{\{([^{}]{1,80})\}\}")
_SIGNS: Final = re.compile(r"[^\w§]{1,80}")
_VALUE: Final = "§"
_BRACES: Final = ("{{", "{%", "}}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A sentence, or a whole reply, as it can be counted.

    Args:
        source: as a macro would say it.
        form: the same for all that say the same.
        is_private: whether something of a person may still stand in it.
        is_whole: of a whole reply.
    """

    source: str
    form: str
    is_private: bool
    is_whole: bool = False


def typed_in(text: str, known: Known, ready: Iterable[str] = ()) -> list[Typed]:
    """What an agent typed in a reply: each sentence once, and the reply as a whole where it has
    several and no macro in it.

    Args:
        text: the reply.
        known: the values of its ticket; its language is the reply's.
        ready: what macros have put into it, with this ticket's values; that was not typed.
    """
    if any(brace in text for brace in _BRACES):
        return []
    begun = [_pieces(one.form) for other in ready for one in _sentences(other, known)]
    found = {
        one.form: one
        for one in _sentences(text, known)
        if not any(_is_made_of(one.form, pieces) for pieces in begun)
    }
    sentences = list(found.values())[:_MOST]
    if begun or len(sentences) < 2 or len(text) > _TEXT_MAX:
        return sentences
    return [*sentences, _whole(text, sentences, known)]


def _sentences(text: str, known: Known) -> Iterator[Typed]:
    for line in _lines(text[:_TEXT_MAX]):
        for said in _END.split(line):
            sentence = _BULLET.sub("", said.strip())
            if len(sentence) > _SENTENCE_MAX or _is_greeting(sentence):
                continue
            made = with_variables(sentence, known)
            form = form_of(made.source)
            if sum(len(word) > 1 or word == _VALUE for word in form.split()) >= _LEAST_WORDS:
                yield Typed(made.source, form, made.is_private)


def _lines(text: str) -> Iterator[str]:
    """Lines with words of the agent's own; quoted ones are somebody else's."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith(">"):
            yield line.strip()


def _is_greeting(line: str) -> bool:
    """`Hello Ana,` and `Kind regards,`."""
    return line.endswith(",") and len(line.split()) <= _SHORT_LINE


def form_of(source: str) -> str:
    """A text without what differs where the same is meant: capitals, accents, signs, and which
    value stands in a place.
    """
    plain = unicodedata.normalize("NFKD", _PLACE.sub(f" {_VALUE} ", source).casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _SIGNS.sub(" ", letters).strip()


def _pieces(form: str) -> list[str]:
    """What stands between the values of a ready sentence."""
    return [piece.strip() for piece in form.split(_VALUE)]


def _is_made_of(form: str, pieces: Sequence[str]) -> bool:
    """Whether a form says a ready sentence, whatever stands in the places of it."""
    if len(pieces) == 1:
        return form == pieces[0]
    if not (form.startswith(pieces[0]) and form.endswith(pieces[-1])):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        place = form.find(piece, at)
        if place < 0:
            return False
        at = place + len(piece)
    return at + len(pieces[-1]) <= len(form)


# Whole replies


def _whole(text: str, sentences: Sequence[Typed], known: Known) -> Typed:
    """The reply, with its greeting and its end as the shop writes them."""
    body, greets = _without_greeting(text.strip(), known)
    body, closes = _without_closing(body, known)
    made = with_variables(body, known)
    parts = ["{{greeting}}"] * greets + [made.source] + ["{{closing}}"] * closes
    form = "\n".join(one.form for one in sentences)
    private = made.is_private or any(one.is_private for one in sentences)
    return Typed("\n\n".join(parts), form, private, is_whole=True)


def _without_greeting(text: str, known: Known) -> tuple[str, bool]:
    usual = known.voice.greeting(known.language, known.customer)
    if usual and text.startswith(usual):
        return text.removeprefix(usual).strip(), True
    first, _, rest = text.partition("\n")
    return (rest.strip(), True) if _is_greeting(first.strip()) else (text, False)


def _without_closing(text: str, known: Known) -> tuple[str, bool]:
    usual = known.voice.closing(known.language, known.agent)
    if usual and text.endswith(usual):
        return text.removesuffix(usual).strip(), True
    lines = text.splitlines()
    last = max((n for n, line in enumerate(lines) if _is_greeting(line.strip())), default=0)
    if last and len(lines) - last <= _CLOSING_LINES:
        return "\n".join(lines[:last]).strip(), True
    return text, False

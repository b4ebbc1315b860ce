"""Reads the mood of one message from the lists of its language.

What means no feeling (`calm`: "not angry", "thanks in advance"), no haste (`unhurried`) and no
danger (`harmless`: "smoke grey") is taken out first, and then the longest of what overlaps counts.
A word of displeasure behind a negation says nothing; a word of pleasure says the opposite. Who
waits, or tells of something broken, is neutral until they say more, say it loudly, or run out of
time. Who threatens is angry, whatever the words; who was hurt or robbed is upset, and cannot wait.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from deskterm.domain.triage import GRAVE, RISKS, Risk, Tone
from deskterm.text.language import language_of
from deskterm.text.mood.lists import LANGUAGES, TONED, Lists, lists_of
from deskterm.text.mood.phrases import Span
from deskterm.text.mood.words import LOOKED_AT, Word, words_of

#: Who threatens with these is angry; who was hurt or robbed need not be.
_THREATS: Final[frozenset[Risk]] = frozenset({"legal", "chargeback", "review"})
#: These cannot wait, whatever the words.
_PRESSING: Final[frozenset[Risk]] = frozenset({"safety", "fraud"})
#: Points of each list towards anger, and how many are anger and displeasure.
_POINTS: Final = {"angry": 3.0, "cross": 1.5, "upset": 1.0, "unpleased": 1.0, "hurt": 1.0}
_SAD: Final = ("upset", "unpleased", "hurt")
_ANGRY: Final = 3.0
_UPSET: Final = 1.0
_UPSET_MAX: Final = 2.0  # sad people are not angry, however often they say so
#: Shouting counts only beside words of displeasure or trouble.
_CAPITALS: Final = 2.0
_MARKS: Final = 1.0
_NEGATED: Final = 2  # words between a negation and what it denies
_NEGATED_HASTE: Final = 0  # "not here by Friday" presses
_ENOUGH: Final = 8  # words that a guessed language is trusted with: a risk must not be missed
_REASONS: Final = 4  # places shown for one finding

#: Three words in capitals in a row; codes with digits are none.
_SHOUTED = re.compile(r"(?<!\w)(?:[^\W\d_a-zß-öø-ÿ]{2,30}[ ,'’!?.]{1,3}){2}[^\W\d_a-zß-öø-ÿ]{2,30}")
_RAISED = re.compile(r"!{2,20}|\?{3,20}|[!?]{4,20}")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the customer, and where they stand in the message: `text[start:end]`."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mood:
    """What a message sounds like.

    Attributes:
        tone: what the customer feels, as far as they say so.
        urgent: whether it presses.
        risks: what may come of it; each once, in the order of `RISKS`.
        because: the customer's words for the tone, for `urgent`, and for each risk.
    """

    tone: Tone
    urgent: bool
    risks: tuple[Risk, ...]
    because: dict[str, tuple[Said, ...]]

    @property
    def grave(self) -> bool:
        """Whether somebody may be hurt or go to law: no cheerful words now."""
        return not GRAVE.isdisjoint(self.risks)


@dataclass(frozen=True, slots=True)
class _Found:
    """A match: its list, its words and its place in them."""

    name: str
    spans: tuple[Span, ...]

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.spans)

    @property
    def places(self) -> set[int]:
        return {place for start, end in self.spans for place in range(start, end)}


def mood_of(text: str, language: str | None = None) -> Mood:
    """What a message sounds like.

    Args:
        text: what the customer wrote, without quotes.
        language: two letters (ISO 639-1); None: it is told from the text.
    """
    told = (language or language_of(text) or "")[:2]
    words = words_of(text)
    lists = lists_of((told,) if told in TONED else TONED)
    certain = told in LANGUAGES and (language is not None or len(words) >= _ENOUGH)
    at_risk = lists_of((told,) if certain else LANGUAGES)
    risks = _kept(words, at_risk, RISKS, at_risk["harmless"].found(words))
    threats = [found for found in risks if found.name in _THREATS]
    haste = _haste(words, lists)
    tone, tone_said = _tone(text, words, lists, threats, haste)
    haste += [found for found in risks if found.name in _PRESSING]
    because: dict[str, tuple[Said, ...]] = {"tone": tone_said, "urgent": _said(text, words, haste)}
    named = tuple(risk for risk in RISKS if any(found.name == risk for found in risks))
    for risk in named:
        because[risk] = _said(text, words, [found for found in risks if found.name == risk])
    return Mood(tone, bool(haste), named, {what: said for what, said in because.items() if said})


def _tone(
    text: str,
    words: Sequence[Word],
    lists: Lists,
    threats: Sequence[_Found],
    haste: Sequence[_Found],
) -> tuple[Tone, tuple[Said, ...]]:
    """The tone, and what it was told from."""
    names = ("angry", "cross", "upset", "hurt", "positive", "thanks")
    found = _kept(words, lists, names, lists["calm"].found(words))
    found = list(_turned(found, words, lists))
    bad = [one for one in found if one.name in _POINTS]
    good = [one for one in found if one.name == "positive"]
    waits = [_Found("waiting", spans) for spans in lists["waiting"].found(words)]
    trouble = bool(waits) or any(lists["trouble"].found(words))
    loud = _loudness(text) if bad or threats or trouble else (0.0, [])
    points = _points(bad) + loud[0] + (_ANGRY if threats else 0.0)
    if points >= _ANGRY:
        return "angry", (*_said(text, words, [*bad, *threats]), *loud[1])[:_REASONS]
    if points >= _UPSET and (bad or not good):
        return "upset", (*_said(text, words, bad), *loud[1])[:_REASONS]
    if waits and haste:
        return "upset", _said(text, words, [*waits, *haste])
    asks = "?" in text or trouble
    if good and not (trouble and len(good) < 2 and "?" in text):
        return "positive", _said(text, words, good)
    if not asks and (courtesy := [one for one in found if one.name == "thanks"]):
        return "positive", _said(text, words, courtesy)
    return "neutral", ()


def _points(bad: Sequence[_Found]) -> float:
    """How displeased the words are; the same words count once."""
    by_list: dict[str, float] = {}
    for one in bad:
        by_list[one.name] = by_list.get(one.name, 0.0) + _POINTS[one.name]
    sad = sum(by_list.pop(name, 0.0) for name in _SAD)
    return sum(by_list.values()) + min(sad, _UPSET_MAX)


def _loudness(text: str) -> tuple[float, list[Said]]:
    """Points of capitals and of rows of marks, and where they stand."""
    points, said = 0.0, []
    for worth, pattern in ((_CAPITALS, _SHOUTED), (_MARKS, _RAISED)):
        if match := pattern.search(text[:LOOKED_AT]):
            points += worth
            said.append(Said(match[0], match.start(), match.end()))
    return points, said


def _turned(found: Iterable[_Found], words: Sequence[Word], lists: Lists) -> Iterator[_Found]:
    """Matches as the negations before them leave them."""
    denials = _denials(words, lists)
    for one in found:
        if not _denied(one, words, denials, _NEGATED):
            yield one
        elif one.name == "positive":
            yield _Found("unpleased", one.spans)


def _haste(words: Sequence[Word], lists: Lists) -> list[_Found]:
    found = _kept(words, lists, ("urgent",), lists["unhurried"].found(words))
    denials = _denials(words, lists)
    return [one for one in found if not _denied(one, words, denials, _NEGATED_HASTE)]


def _denials(words: Sequence[Word], lists: Lists) -> set[int]:
    """The places behind words that deny."""
    return {end for spans in lists["not"].found(words) for _, end in spans}


def _denied(found: _Found, words: Sequence[Word], denials: set[int], between: int) -> bool:
    """Whether a negation stands closely before it, in the same clause."""
    start = found.spans[0][0]
    return any(
        end in denials and words[end - 1].clause == words[start].clause
        for end in range(max(start - between, 1), start + 1)
    )


def _kept(
    words: Sequence[Word],
    lists: Lists,
    names: Iterable[str],
    void: Iterable[tuple[Span, ...]],
) -> list[_Found]:
    """The matches of some lists, without what overlaps a longer one or one that is void.

    A phrase may name two risks, but has one tone.
    """
    found = [_Found(name, spans) for name in names for spans in lists[name].found(words)]
    found += [_Found("", spans) for spans in void]
    found.sort(key=lambda one: -one.size)
    kept: list[_Found] = []
    taken: dict[str, set[int]] = defaultdict(set)
    for one in found:
        rivals = taken[one.name if one.name in RISKS else "tone"]
        places = one.places
        if places.isdisjoint(taken[""]) and (not one.name or places.isdisjoint(rivals)):
            kept.append(one)
            (rivals if one.name else taken[""]).update(places)
    kept.sort(key=lambda one: one.spans)
    return [one for one in kept if one.name]


def _said(text: str, words: Sequence[Word], found: Iterable[_Found]) -> tuple[Said, ...]:
    """The places of matches in the text, each once."""
    places = dict.fromkeys(
        (words[start].start, words[end - 1].end) for one in found for start, end in one.spans
    )
    return tuple(Said(text[start:end], start, end) for start, end in places)[:_REASONS]

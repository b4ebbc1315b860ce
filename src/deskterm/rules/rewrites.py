"""The rewrites that a rule may name: each proposes edits that may mend what was found.

A rewrite only proposes, the better edit first; whether one helps is for `deskterm.rules.fixes` to
find out. Patterns are bounded, and a text is walked through a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from deskterm.rules.detectors import phrasing
from deskterm.rules.detectors.base import TEXT_CAP, Ground, Reading, any_of
from deskterm.rules.detectors.wording import GREETINGS, NAMING_GREETINGS
from deskterm.rules.model import Draft, Facts, Rule
from deskterm.rules.plain import plain
from deskterm.rules.wording.topics import Topic, topic
from deskterm.text.language import language_of
from deskterm.text.matching import MatchingCopy
from deskterm.text.patterns import Patterns


class Edit(NamedTuple):
    """`instead` in the place of the text from `start` to `end`."""

    start: int
    end: int
    instead: str = ""

    def applied(self, text: str) -> str:
        """The text afterwards."""
        return text[: self.start] + self.instead + text[self.end :]


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be mended: a place of the draft (both 0: none) at which a rule is broken."""

    draft: Draft
    facts: Facts
    ground: Ground
    rule: Rule
    start: int
    end: int

    @property
    def text(self) -> str:
        """The draft's text."""
        return self.draft.text

    @property
    def has_place(self) -> bool:
        """Whether it is about a place of the text, and not about all of it or something else."""
        return self.start < self.end and self.text[self.start : self.end] != self.text

    @property
    def language(self) -> str:
        """The reply's, else the customer's, as two letters; empty: not known."""
        draft, facts = self.draft, self.facts
        known = draft.language or language_of(draft.text) or facts.buyer_language or ""
        return known[:2].lower()


_PAIRS: Mapping[str, str] = MappingProxyType(
    {"(": ")", "[": "]", "<": ">", "{": "}", '"': '"', "“": "”", "„": "“", "«": "»", "‘": "’"}
)
_BLANKS = " \t\u00a0\u202f"
#: Signs that stand before nothing any more once what followed them is gone.
_DANGLING = ",;:–—-"
_CLOSING = ".!?…"
_AFTER_A_BLANKLESS = ",;.!?…)]»"
_PARTED = "!?;»"
_LINK_LOOKBACK = 160
_LABEL_WORDS = 4
_ABBREVIATION_LOOKBACK = 12
PATTERNS = Patterns(
    markdown_link=r"!?\[([^\[\]\n]{0,150})\]\([ \t]{0,3}\Z",
    sentence_end=r"[.!?…。！？]{1,3}[)\]»”\"’]{0,2}(?=\s|$)|\n",
    # What ends in a full stop within a sentence, in the five languages of the shop.
    abbreviated=(
        r"(?i:(?<!\w)(?:mr|mrs|ms|dr|prof|st|sr|sra|sig|hr|fr|nr|no|art|env|approx|incl|inkl|ca"
        r"|z\.\s?b|p\.\s?ex|e\.\s?g|i\.\s?e|d\.\s?h|u\.\s?a|ej|es|vs|\w))\Z"
    ),
    # A greeting that stands before a sentence in its line, without the blanks behind.
    greeting=(
        rf"((?i:{any_of((*GREETINGS, *NAMING_GREETINGS))})(?!\w)[^,.!?\n]{{0,40}},)[ \t]{{1,3}}"
    ),
)
_DIGITS_KEPT, _LEAST_DIGITS = 4, 12
_ORDER_WORDS: Mapping[str, str] = MappingProxyType(
    {"en": "Order", "fr": "Commande", "de": "Bestellung", "es": "Pedido", "it": "Ordine"}
)


def _remove(task: Task) -> Iterator[Edit]:
    """The place, with what it leaves; where that does not do, its whole sentence."""
    if task.has_place:
        yield _without(task.text, task.start, task.end)
        yield from _remove_sentence(task)


def _remove_sentence(task: Task) -> Iterator[Edit]:
    if task.has_place:
        yield _without(task.text, *sentence_around(task.text, task.start, task.end))


def _order_number(task: Task) -> Iterator[Edit]:
    """The number of the ticket's order, in the place that was found, else at the top."""
    numbers = sorted(
        value
        for value in task.facts.own_values
        if any(pattern.fullmatch(value) for pattern in task.ground.order_numbers)
    )
    if len(numbers) != 1:
        return  # which one is meant is not for us to guess
    number = numbers[0]
    if task.has_place:
        yield Edit(task.start, task.end, number)
    word = _ORDER_WORDS.get(task.language, _ORDER_WORDS["en"])
    yield Edit(0, 0, f"{word} {number}\n\n")


def _shorten(task: Task) -> Iterator[Edit]:
    """Up to the last sentence that fits whole; else up to the last word."""
    text, room = task.text, task.start
    if not 0 < room < len(text):
        return
    ends = [end for end in _sentence_ends(text) if end <= room]
    if ends:
        yield Edit(len(text[: ends[-1]].rstrip()), len(text))
    words = text[:room].rsplit(maxsplit=1)
    if len(words) == 2:
        yield Edit(len(words[0].rstrip()), len(text))


def _plain(task: Task) -> Iterator[Edit]:
    """The whole text without the formatting that the rule forbids: one place seldom comes alone."""
    forbidden = frozenset(
        name
        for check in task.rule.checks
        if check.detector == "formatting"
        for name, wanted in check.parameters.items()
        if wanted is True
    )
    instead = plain(task.text, forbidden)
    if instead != task.text:
        yield _difference(task.text, instead)


def _mask(task: Task) -> Iterator[Edit]:
    """Every digit but the last four of a number as a star, separators as they stand."""
    number = task.text[task.start : task.end]
    digits = [place for place, sign in enumerate(number) if sign.isdecimal()]
    if len(digits) >= _LEAST_DIGITS:
        hidden = frozenset(digits[:-_DIGITS_KEPT])
        masked = "".join("*" if at in hidden else sign for at, sign in enumerate(number))
        yield Edit(task.start, task.end, masked)
    else:
        yield from _say_instead(task)  # a number is only asked for


def _swap(task: Task) -> Iterator[Edit]:
    """What a topic of the rule says instead; what no topic found is taken out as by `_remove`."""
    yield from _say_instead(task)
    yield from _remove(task)


def _say_instead(task: Task) -> Iterator[Edit]:
    """The words of a topic of the rule, in the place of the sentence that speaks of it; where the
    topic has none, or the reply says them already, the sentence goes.
    """
    if task.start >= task.end:
        return
    begin, end = sentence_around(task.text, task.start, task.end)
    topics = _topics_within(task, begin, end)
    for sentence in filter(None, (one.instead.get(task.language) for one in topics)):
        if sentence not in task.text:
            yield Edit(begin, end, _greeting_before(task, begin) + sentence)
        break
    if topics:
        yield from _remove_sentence(task)


def _topics_within(task: Task, begin: int, end: int) -> list[Topic]:
    """The rule's topics that a sentence speaks of, that of the very place first."""
    copy = MatchingCopy.of(task.text[:TEXT_CAP])
    reading = Reading(task.draft, task.facts, copy, task.ground)
    names = [check.parameters.get("topics") for check in task.rule.checks]
    found: list[tuple[bool, Topic]] = []
    for name in dict.fromkeys(one for some in names if isinstance(some, tuple) for one in some):
        there = [
            (match.start, match.end) != (task.start, task.end)
            for match in phrasing.found(reading, name)
            if begin <= match.start and match.end <= end
        ]
        if there:
            found.append((min(there), topic(name)))
    return [one for _, one in sorted(found, key=lambda entry: entry[0])]


def _greeting_before(task: Task, begin: int) -> str:
    """The greeting that opens the sentence, with an empty line behind it."""
    greeting = PATTERNS["greeting"].match(task.text, begin, task.start)
    return "" if greeting is None else f"{greeting[1]}\n\n"


REWRITES: Mapping[str, Callable[[Task], Iterator[Edit]]] = MappingProxyType(
    {
        "remove": _remove,
        "order_number": _order_number,
        "shorten": _shorten,
        "plain": _plain,
        "mask": _mask,
        "swap": _swap,
    }
)
"""By the name that a rule gives as its `fix`."""

# Sentences


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence, or sentences, in which a place lies, without the blanks around."""
    begin, finish = 0, len(text)
    for stop in _sentence_ends(text):
        if stop <= start:
            begin = stop
        elif stop >= end:
            finish = stop
            break
    while begin < start and text[begin].isspace():
        begin += 1
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return begin, finish


def _sentence_ends(text: str) -> Iterator[int]:
    """Where sentences end. A full stop before a small letter ends none, nor does one after an
    abbreviation.
    """
    for match in PATTERNS["sentence_end"].finditer(text):
        if match[0][0] == "." and not _ends_sentence(text, match):
            continue
        yield match.end()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 3].lstrip()[:1]
    before = text[max(0, match.start() - _ABBREVIATION_LOOKBACK) : match.start()]
    at_end = not text[match.end() :].strip()
    return at_end or not (following.islower() or PATTERNS["abbreviated"].search(before))


# Taking out


def _without(text: str, start: int, end: int) -> Edit:
    """Take a place out with what makes no sense without it: brackets around it, the label before
    it, its line where nothing else stands there, one of two blanks.
    """
    start, end, kept = _unwrapped(text, start, end)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    if not kept and _says_nothing(before) and not _has_words(after):
        return _without_lines(text, first, last)
    if kept:
        return Edit(start, end, kept)
    left = before.rstrip(_BLANKS)
    right = after.lstrip(_BLANKS)
    if left and right[:1] in _CLOSING:  # also where nothing follows
        left = left.rstrip(_DANGLING + _BLANKS)
    if not left:
        return Edit(first, last - len(right))
    if not right or left[-1] in "([«":
        between = ""
    elif right[0] in _AFTER_A_BLANKLESS:
        # French parts some signs from the word before; as it was, it stays.
        between = after[0] if right[0] in _PARTED and after[0] in _BLANKS else ""
    else:
        between = " "
    return Edit(first + len(left), last - len(right), between)


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The place with the brackets around it; of a link in Markdown the shown words are kept."""
    while start > 0 and end < len(text):
        link = PATTERNS["markdown_link"].search(text[max(0, start - _LINK_LOOKBACK) : start])
        if link is not None and text[end] == ")":
            return start - len(link[0]), end + 1, link[1]
        if _PAIRS.get(text[start - 1]) != text[end]:
            break
        start, end = start - 1, end + 1
    return start, end, ""


def _without_lines(text: str, first: int, last: int) -> Edit:
    """Take whole lines out, and one of two empty lines that meet then."""
    has_empty_before = first == 0 or text[:first].endswith("\n\n")
    end = last
    if end < len(text):
        end += 1
        if has_empty_before:
            while end < len(text) and text[end] == "\n":
                end += 1
    start = first
    if end == len(text):
        start = len(text[:first].rstrip("\n"))
    return Edit(start, end)


def _has_words(part: str) -> bool:
    return any(sign.isalnum() for sign in part)


def _says_nothing(part: str) -> bool:
    """Whether what stands before a place in its line is nothing, or only says what follows."""
    bare = part.strip(_BLANKS + "-*•·>")
    return not _has_words(bare) or (bare[-1] == ":" and len(bare.split()) <= _LABEL_WORDS)


def _difference(before: str, after: str) -> Edit:
    """What makes the one text of the other, as one edit."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    most -= start
    end = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    return Edit(start, len(before) - end, after[start : len(after) - end])

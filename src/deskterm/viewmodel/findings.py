"""What the rules say about a text, while it is written.

Positions are those of the text that was checked; they follow later typing as far as that can be
known, until the next answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from deskterm.i18n import language, marked, say, say_many
from deskterm.text.clean import SafeText, clean, clip
from deskterm.viewmodel.changes import change
from deskterm.viewmodel.signal import Signal

if TYPE_CHECKING:
    from deskterm.viewmodel.spelling import Hint

Severity = Literal["block", "warn", "hint"]

SPELLING: Final = clean("spelling")
"""The rule of a word that is in no dictionary."""

_EXCERPT_CELLS: Final = 40
_WORDS: Mapping[str, str] = MappingProxyType(
    {"block": marked("forbidden"), "warn": marked("warning"), "hint": marked("hint")}
)
_ORDER: Mapping[str, int] = MappingProxyType({"block": 0, "warn": 1, "hint": 2})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the rules say.

    `start` and `end` are places in the text; both 0 where it is about something else (the header,
    a file), which `excerpt` then names. `fix` names a rewrite, `checked_on` the day on which the
    source was read.
    """

    rule: SafeText
    severity: Severity
    start: int
    end: int
    excerpt: SafeText
    says: SafeText
    source: SafeText
    fix: str = ""
    checked_on: str = ""

    @property
    def has_place(self) -> bool:
        """Whether it is about a place in the text."""
        return self.end > self.start

    @property
    def word(self) -> SafeText:
        """How much it matters, in a word."""
        return say(_WORDS[self.severity])

    @property
    def line(self) -> SafeText:
        """The finding in one line."""
        if not self.excerpt:
            return say("{word}: {says}", word=self.word, says=self.says)
        return say(
            "{word}: {excerpt}: {says}",
            word=self.word,
            excerpt=clip(self.excerpt, _EXCERPT_CELLS),
            says=self.says,
        )

    @property
    def in_full(self) -> SafeText:
        """Sentence, rule and source, with the day on which the source was read."""
        if not self.checked_on:
            message = marked("{word}: {says}\nRule {rule}\nSource: {source}")
        else:
            message = marked("{word}: {says}\nRule {rule}\nSource: {source}, read on {checked_on}")
        return say(
            message,
            word=self.word,
            says=self.says,
            rule=self.rule,
            source=self.source,
            checked_on=clean(self.checked_on),
        )


class Findings:
    """The findings about one text, the gravest first."""

    def __init__(self) -> None:
        #: Other findings, other places, or another one is looked at.
        self.changed: Signal[[]] = Signal()
        self.items: tuple[Finding, ...] = ()
        self.current: int | None = None
        self._text = ""

    def take(self, text: str, findings: object) -> None:
        """What the office found in `text`."""
        found = (
            [_read(one, len(text)) for one in findings if isinstance(one, Mapping)]
            if (isinstance(findings, Sequence))
            else []
        )
        found.sort(key=lambda f: (_ORDER[f.severity], not f.has_place, f.start))
        before = self.at_cursor
        if text == self._text:
            found += [one for one in self.items if one.rule == SPELLING]
        self._text = text
        self.items = tuple(found)
        self.current = next(
            (i for i, f in enumerate(found) if before and (f.rule, f.start) == before), None
        )
        self.changed.emit()

    def take_hints(self, text: str, hints: Sequence[Hint]) -> None:
        """Words of `text` that are in no dictionary; they stand behind what the rules say."""
        self.moved(text)
        rules = [one for one in self.items if one.rule != SPELLING]
        items = (*rules, *map(_misspelled, hints))
        if items != self.items:
            self.items = items
            if self.current is not None and self.current >= len(items):
                self.current = None
            self.changed.emit()

    def clear(self) -> None:
        """Nothing is known."""
        self._text, self.items = "", ()
        self.take("", ())

    def moved(self, text: str) -> None:
        """The text is another one now: move what stands behind the change, drop what it touched."""
        before, self._text = self._text, text
        if not self.items or before == text:
            return
        changed = change(before, text)
        kept = []
        for one in self.items:
            place = changed.moved(one.start, one.end) if one.has_place else (one.start, one.end)
            if place is not None:
                kept.append(replace(one, start=place[0], end=place[1]))
        if len(kept) != len(self.items):
            self.current = None
        self.items = tuple(kept)
        self.changed.emit()

    def next(self) -> Finding | None:
        """Look at the next finding; after the last one at the first again."""
        if not self.items:
            return None
        self.current = 0 if self.current is None else (self.current + 1) % len(self.items)
        self.changed.emit()
        return self.items[self.current]

    @property
    def looked_at(self) -> Finding | None:
        """The finding that is looked at, else the first."""
        if not self.items:
            return None
        return self.items[self.current or 0]

    @property
    def at_cursor(self) -> tuple[SafeText, int] | None:
        """What tells the finding that is looked at from others."""
        if self.current is None or self.current >= len(self.items):
            return None
        one = self.items[self.current]
        return one.rule, one.start

    @property
    def worst(self) -> Severity | None:
        """The gravest severity."""
        return self.items[0].severity if self.items else None

    @property
    def words(self) -> SafeText:
        """How many there are: `1 forbidden, 2 hints`; empty for none."""
        counts = [sum(f.severity == severity for f in self.items) for severity in _ORDER]
        block, warn, hint = counts
        parts = [
            words
            for count, words in (
                (block, say_many("{count} forbidden", "{count} forbidden", block)),
                (warn, say_many("{count} warning", "{count} warnings", warn)),
                (hint, say_many("{count} hint", "{count} hints", hint)),
            )
            if count
        ]
        return clean(", ".join(parts))


def _misspelled(hint: Hint) -> Finding:
    word = clean(hint.word)
    near = clean(", ".join(hint.near))
    says = say("in no dictionary; {near}?", near=near) if near else say("in no dictionary")
    return Finding(
        SPELLING, "hint", hint.start, hint.end, word, says, say("the dictionaries of this machine")
    )


def _read(one: Mapping[str, object], length: int) -> Finding:
    severity = one.get("severity")
    start, end = _place(one.get("start"), length), _place(one.get("end"), length)
    return Finding(
        rule=clean(str(one.get("rule") or ""), multiline=False),
        severity=severity if severity in ("block", "hint") else "warn",
        start=start,
        end=max(start, end),
        excerpt=clean(str(one.get("excerpt") or ""), multiline=False),
        says=clean(_says(one), multiline=False),
        source=clean(str(one.get("source") or ""), multiline=False),
        fix=str(one.get("fix") or ""),
        checked_on=str(one.get("checked_on") or ""),
    )


def _says(one: Mapping[str, object]) -> str:
    """The sentence in the reader's language, where the rule has it, else in English."""
    others = one.get("says_in")
    own = others.get(language()) if isinstance(others, Mapping) else None
    return str(own or one.get("says") or "")


def _place(value: object, length: int) -> int:
    return min(max(0, value), length) if isinstance(value, int) else 0

"""What the rules say about a text, while it is written.

Positions are those of the text that was checked; they follow later typing as far as that can be
known, until the next answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from deskterm.i18n import say, say_many
from deskterm.text.clean import SafeText, clean, clip
from deskterm.viewmodel.changes import Change, change
from deskterm.viewmodel.fixes import Rewrite, read_rewrite, told
from deskterm.viewmodel.rule_words import (
    Severity,
    as_severity,
    changed_line,
    in_own_language,
    severity_sign,
    severity_word,
    source_line,
)
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING

if TYPE_CHECKING:
    from deskterm.viewmodel.spelling import Hint

SPELLING: Final = clean("spelling")
"""The rule of a word that is in no dictionary."""

_PERSONAL: Final = clean("voice.personal")
_EXCERPT_CELLS: Final = 40
_ORDER: Mapping[str, int] = MappingProxyType({"block": 0, "warn": 1, "hint": 2})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the rules say.

    `start` and `end` are places in the text; both 0 where it is about something else (the header,
    a file), which `excerpt` then names. `rewrite` mends it, where there is a fix that helps.
    `stated` is the severity that the rule's pack asks for, where another one counts; `checked_on`
    the day on which the source was read.
    """

    rule: SafeText
    severity: Severity
    start: int
    end: int
    excerpt: SafeText
    says: SafeText
    source: SafeText
    rewrite: Rewrite | None = None
    checked_on: str = ""
    source_kind: str = ""
    stated: str = ""

    @property
    def has_place(self) -> bool:
        """Whether it is about a place in the text."""
        return self.end > self.start

    @property
    def sign(self) -> SafeText:
        """How much it matters, as a sign of one cell."""
        return severity_sign(self.severity)

    @property
    def word(self) -> SafeText:
        """How much it matters, in a word."""
        return severity_word(self.severity)

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
        """Sentence, rule and source: what kind of source it is, and when somebody read it."""
        lines = (
            say("{word}: {says}", word=self.word, says=self.says),
            say("Rule {rule}", rule=self.rule),
            source_line(self.source, self.source_kind, self.checked_on),
            changed_line(self.severity, self.stated),
        )
        return clean("\n".join(line for line in lines if line))

    def moved(self, changed: Change) -> Finding | None:
        """The same after the text has changed; None where that touched it."""
        rewrite = self.rewrite
        if rewrite is not None:
            place = changed.moved(rewrite.start, rewrite.end)
            rewrite = rewrite._replace(start=place[0], end=place[1]) if place else None
        if not self.has_place:
            return replace(self, rewrite=rewrite)
        place = changed.moved(self.start, self.end)
        return replace(self, start=place[0], end=place[1], rewrite=rewrite) if place else None


class Findings:
    """The findings about one text, the gravest first."""

    def __init__(self) -> None:
        #: Other findings, other places, or another one is looked at.
        self.changed: Signal[[]] = Signal()
        self.items: tuple[Finding, ...] = ()
        self.current: int | None = None
        self._text = ""

    def take_outcome(
        self, text: str, outcome: Mapping[str, object], *, is_ready_text: bool
    ) -> None:
        """What the office found when it tried `text`, which may be what macros say."""
        findings = outcome.get("findings") if text.strip() else ()
        self.take(text, findings, _personal(outcome, is_ready_text=is_ready_text))

    def take(self, text: str, findings: object, also: Sequence[Finding] = ()) -> None:
        """What the office found in `text`, and what is said besides."""
        found = (
            [_read(one, len(text)) for one in findings if isinstance(one, Mapping)]
            if (isinstance(findings, Sequence))
            else []
        )
        found += also
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
        kept = [now for one in self.items if (now := one.moved(changed)) is not None]
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
    def to_fix(self) -> Finding | None:
        """The finding whose fix is offered: the one that was gone to, else the first with a fix."""
        if self.current is not None:
            return self.looked_at
        return next((one for one in self.items if one.rewrite is not None), self.looked_at)

    @property
    def offer(self) -> SafeText:
        """What that fix would do; empty where there is none."""
        one = self.to_fix
        return told(self._text, one.rewrite) if one is not None and one.rewrite else NOTHING

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
    def verdict(self) -> SafeText:
        """What the rules would say now, where that is not yes."""
        match self.worst:
            case "block":
                return say("BLOCKED")
            case "warn":
                return say("WARNS")
        return NOTHING

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


def _personal(outcome: Mapping[str, object], *, is_ready_text: bool) -> tuple[Finding, ...]:
    """A hint where a tense ticket gets nothing but a ready text."""
    if not (outcome.get("tense") and is_ready_text):
        return ()
    says = say("This ticket is tense, and the text is a macro alone: add a sentence of your own")
    return (Finding(_PERSONAL, "hint", 0, 0, NOTHING, says, say("good manners")),)


def _misspelled(hint: Hint) -> Finding:
    word = clean(hint.word)
    near = clean(", ".join(hint.near))
    says = say("in no dictionary; {near}?", near=near) if near else say("in no dictionary")
    return Finding(
        SPELLING, "hint", hint.start, hint.end, word, says, say("the dictionaries of this machine")
    )


def _read(one: Mapping[str, object], length: int) -> Finding:
    start, end = _place(one.get("start"), length), _place(one.get("end"), length)
    says = str(one.get("says") or "")
    return Finding(
        rule=clean(str(one.get("rule") or ""), multiline=False),
        severity=as_severity(one.get("severity")),
        start=start,
        end=max(start, end),
        excerpt=clean(str(one.get("excerpt") or ""), multiline=False),
        says=clean(in_own_language(one.get("says_in"), says), multiline=False),
        source=clean(str(one.get("source") or ""), multiline=False),
        rewrite=read_rewrite(one.get("rewrite"), length),
        checked_on=str(one.get("checked_on") or ""),
        source_kind=str(one.get("source_kind") or ""),
        stated=str(one.get("changed_from") or ""),
    )


def _place(value: object, length: int) -> int:
    return min(max(0, value), length) if isinstance(value, int) else 0

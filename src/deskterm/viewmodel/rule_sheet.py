"""All rules of a channel to be read, with a cursor on one of them."""

from __future__ import annotations

from typing import Final

from deskterm.i18n import say, say_many
from deskterm.service.reading.rule_rows import RuleSheet, RuleView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.rule_words import (
    changed_line,
    in_own_language,
    severity_sign,
    severity_word,
    source_line,
)
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING

_GRAVEST: Final = ("block", "warn", "hint")


class Rules:
    """The rules of one channel, the gravest first."""

    def __init__(self) -> None:
        #: There are other rules.
        self.changed: Signal[[]] = Signal()
        #: The cursor went from one place to another.
        self.moved: Signal[[int, int]] = Signal()
        self.items: tuple[RuleView, ...] = ()
        self.cursor = 0
        self._sheet: RuleSheet | None = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    @property
    def title(self) -> SafeText:
        """Of which channel they are."""
        channel = self._sheet.channel if self._sheet is not None else NOTHING
        return say("Rules · {channel}", channel=channel)

    @property
    def words(self) -> SafeText:
        """How many there are, and what is to be known of all of them."""
        parts = [say_many("{count} rule", "{count} rules", self.count)]
        if self._sheet is not None and not self._sheet.has_own:
            parts.append(say("none of this channel's own yet"))
        if self._sheet is not None and self._sheet.overdue:
            names = clean(", ".join(self._sheet.overdue))
            parts.append(say("past their review: {names}", names=names))
        return clean(" · ".join(parts))

    @property
    def hint(self) -> SafeText:
        """What the channel is strict about; empty where nobody says."""
        hint = in_own_language(self._sheet.hint) if self._sheet is not None else ""
        return clean(hint, multiline=False)

    def show(self, sheet: RuleSheet) -> None:
        """Show the rules of a channel from the first on. Those that a text can break come before
        those that are held elsewhere.
        """
        self._sheet = sheet
        self.items = tuple(
            sorted(sheet.rules, key=lambda r: (not r.at_draft, _GRAVEST.index(r.severity)))
        )
        self.cursor = 0
        self.changed.emit()

    def move_to(self, place: int) -> None:
        """Move the cursor, within bounds."""
        before, self.cursor = self.cursor, max(0, min(place, self.count - 1))
        if self.cursor != before:
            self.moved.emit(before, self.cursor)


def head(rule: RuleView) -> SafeText:
    """Sign and word of its severity, and its id."""
    sign = severity_sign(rule.severity)
    word = severity_word(rule.severity)
    return clean(f"{sign} {word} · {rule.id}")


def sentence(rule: RuleView) -> SafeText:
    """What it says, in the reader's language."""
    return clean(in_own_language(rule.says, next(iter(rule.says.values()), "")), multiline=False)


def origin(rule: RuleView) -> tuple[SafeText, ...]:
    """Where it comes from, whether it counts otherwise here, and whether it is looked for at all:
    one line each.
    """
    lines = (
        source_line(rule.source, rule.source_kind, rule.checked_on.isoformat()),
        changed_line(rule.severity, rule.stated),
        NOTHING if rule.at_draft else say("No text can show it; it is held elsewhere"),
    )
    return tuple(line for line in lines if line)

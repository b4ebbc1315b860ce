"""The findings above the text: a few lines with the fix that is offered, or one in full."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from textual.content import Content
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.painting import joined
from deskterm.ui.safe import shown
from deskterm.ui.taking import CommandApp
from deskterm.viewmodel.findings import Finding, Findings

MOST_LINES: Final = 4
_STYLES: Mapping[str, str] = MappingProxyType(
    {"block": "bold $text-error", "warn": "$text-warning", "hint": "$text-muted"}
)


class FindingsList(Static):
    """At most four lines: findings, the one looked at among them, and what a fix would do."""

    def __init__(self) -> None:
        super().__init__(id="composer-findings")
        self.in_full = False

    def _key(self, command_id: str) -> SafeText:
        app = self.app
        keymap = app.dispatcher.keymap if isinstance(app, CommandApp) else None
        return clean(keymap.way_to(command_id, "composer") if keymap else "")

    def show(self, findings: Findings) -> None:
        """Show these findings; nothing where there are none."""
        items = findings.items
        self.display = bool(items)
        self.set_class(self.in_full and bool(items), "-full")
        if not items:
            self.in_full = False
            self.update("")
            return
        offer = self._offer(findings)
        if self.in_full and findings.looked_at is not None:
            one = findings.looked_at
            self.update(Content("\n").join((shown(one.in_full, _STYLES[one.severity]), *offer)))
            return
        current, most = findings.current, MOST_LINES - len(offer)
        room = most if len(items) <= most else most - 1
        start = max(0, min((current or 0) - room + 1, len(items) - room))
        lines = [
            _line(one, at == current) for at, one in enumerate(items) if start <= at < start + room
        ]
        if len(items) > room:
            key = self._key("composer.next_finding")
            more = say("  … {count} in all, {key} next", count=len(items), key=key)
            lines.append(shown(more, "$text-muted"))
        self.update(Content("\n").join((*lines, *offer)))

    def _offer(self, findings: Findings) -> tuple[Content, ...]:
        """A line that says what the fix would do; none where there is none."""
        offer = findings.offer
        if not offer:
            return ()
        line = joined(self._key("composer.fix"), offer, by=" ")
        return (Content.assemble(shown(clean("  ")), shown(line, "$text-accent")),)


def _line(one: Finding, is_current: bool) -> Content:
    mark = clean("> ") if is_current else clean("  ")
    line = joined(one.sign, one.line, by=" ")
    return Content.assemble(shown(mark), shown(line, _STYLES[one.severity]))

"""The findings under the text: a few lines, or one of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from textual.content import Content
from textual.widgets import Static

from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.ui.dispatcher import CommandApp
from deskterm.ui.safe import shown
from deskterm.viewmodel.findings import Finding, Findings

MOST_LINES: Final = 4
_STYLES: Mapping[str, str] = MappingProxyType(
    {"block": "bold $text-error", "warn": "$text-warning", "hint": "$text-muted"}
)


class FindingsList(Static):
    """At most four findings, the one that is looked at among them."""

    def __init__(self) -> None:
        super().__init__(id="composer-findings")
        self.in_full = False

    @property
    def _next_key(self) -> SafeText:
        app = self.app
        keymap = app.dispatcher.keymap if isinstance(app, CommandApp) else None
        return clean(keymap.way_to("composer.next_finding", "composer") if keymap else "")

    def show(self, findings: Findings) -> None:
        """Show these findings; nothing where there are none."""
        items = findings.items
        self.display = bool(items)
        self.set_class(self.in_full and bool(items), "-full")
        if not items:
            self.in_full = False
            self.update("")
            return
        if self.in_full and findings.looked_at is not None:
            one = findings.looked_at
            self.update(shown(one.in_full, _STYLES[one.severity]))
            return
        current = findings.current
        room = MOST_LINES if len(items) <= MOST_LINES else MOST_LINES - 1
        start = max(0, min((current or 0) - room + 1, len(items) - room))
        lines = [
            _line(one, at == current) for at, one in enumerate(items) if start <= at < start + room
        ]
        if len(items) > room:
            more = say("  … {count} in all, {key} next", count=len(items), key=self._next_key)
            lines.append(shown(more, "$text-muted"))
        self.update(Content("\n").join(lines))


def _line(one: Finding, is_current: bool) -> Content:
    mark = clean("> ") if is_current else clean("  ")
    return Content.assemble(shown(mark), shown(one.line, _STYLES[one.severity]))

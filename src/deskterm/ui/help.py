"""The keys that work here: grouped, searchable, and done by Enter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from deskterm.text.clean import SafeText
from deskterm.ui.palette import Palette, Take
from deskterm.ui.safe import shown


class Help(Palette):
    """What the place is for that the keys go to, and what can be done there."""

    grouped = True

    def __init__(self, take: Take) -> None:
        super().__init__(take, id="help")
        self._words = Static(classes="words", markup=False)

    def compose(self) -> ComposeResult:
        """What it is for, the keys, then the line."""
        yield self._words
        yield self.choices
        yield self.line

    def explain(self, words: SafeText) -> None:
        """Say what the place is for; nothing where it speaks for itself."""
        self._words.update(shown(words))
        self._words.display = bool(words)

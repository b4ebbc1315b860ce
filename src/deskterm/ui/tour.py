"""The lines at the head of the screen that lead through the tour."""

from __future__ import annotations

from textual.widgets import Static

from deskterm.text.clean import SafeText
from deskterm.ui.safe import shown


class TourLine(Static):
    """What to press next; at the head, where no line to type in covers it."""

    def __init__(self) -> None:
        super().__init__(id="tour", markup=False)

    def show(self, words: SafeText) -> None:
        """Show a step."""
        self.update(shown(words))

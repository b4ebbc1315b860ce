"""The line over the footer that leads through the tour."""

from __future__ import annotations

from textual.widgets import Static

from deskterm.text.clean import SafeText
from deskterm.ui.safe import shown


class TourLine(Static):
    """What to press next."""

    def __init__(self) -> None:
        super().__init__(id="tour", markup=False)

    def show(self, words: SafeText) -> None:
        """Show a step."""
        self.update(shown(words))

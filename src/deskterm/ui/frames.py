"""Containers that put panes side by side and paint nothing themselves.

Textual asks every visible widget for its lines whenever something in the same rows changes, also
those that are wholly covered, and cuts each of them up. What the panes leave free is the screen's.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip


class Row(Horizontal):
    """Panes side by side."""

    def render_lines(self, _crop: Region) -> list[Strip]:
        """Textual: nothing."""
        return []


class Column(Vertical):
    """Panes one above the other."""

    def render_lines(self, _crop: Region) -> list[Strip]:
        """Textual: nothing."""
        return []

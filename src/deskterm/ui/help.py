"""The keys that work here: grouped, searchable, and done by Enter."""

from __future__ import annotations

from deskterm.ui.palette import Palette, Take


class Help(Palette):
    """What can be done where the keys go now."""

    grouped = True

    def __init__(self, take: Take) -> None:
        super().__init__(take, id="help")

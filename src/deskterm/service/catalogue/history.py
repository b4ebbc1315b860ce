"""Undo and redo."""

from __future__ import annotations

from deskterm.service.command import Command

COMMANDS = (
    Command(
        "app.undo",
        "Undo",
        "Takes back your last change, also a reply in its hold window. What somebody else changed "
        "since stays, and is named.",
        scope="app",
        keys=("z",),
        footer=45,
    ),
    Command(
        "app.redo",
        "Redo",
        "Does again what you took back last.",
        scope="app",
        keys=("Z",),
    ),
)

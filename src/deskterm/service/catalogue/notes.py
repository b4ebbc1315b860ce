"""Notes of the team, as something to look things up in."""

from __future__ import annotations

from deskterm.service.command import Command, on_screen

COMMANDS = (
    Command(
        "note.pick",
        "What the team knows…",
        "Notes on all tickets by their words, those on tickets like this one first; Enter puts one "
        "into the reply.",
        scope="app",
        keys=("U",),
        place="console",
    ),
    on_screen(
        "composer.knowledge",
        "Insert a note of the team",
        "composer",
        "f5",
        help_text="Puts the text of a note in where the cursor is.",
    ),
)

"""The rules of a channel, to be read."""

from __future__ import annotations

from deskterm.service.command import Command, on_screen

COMMANDS = (
    Command(
        "rules.sheet",
        "Rules of this channel",
        "Everything that replies to this ticket are checked against, with the sources.",
        scope="app",
        keys=("W",),
        place="console",
    ),
    on_screen("composer.rules", "Rules of this channel", "composer", "f8"),
    on_screen("rules.down", "Down", "rules", "j", "down"),
    on_screen("rules.up", "Up", "rules", "k", "up"),
    on_screen("rules.page_down", "Page down", "rules", "space", "pagedown"),
    on_screen("rules.page_up", "Page up", "rules", "b", "pageup"),
    on_screen("rules.top", "First", "rules", "home", "g g"),
    on_screen("rules.bottom", "Last", "rules", "G", "end"),
    on_screen("rules.leave", "Back", "rules", "h", "left", "escape", "q", "W", "f8", footer=5),
)

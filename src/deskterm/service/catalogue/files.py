"""The files of a ticket: the list of them, and what is shown of one."""

from __future__ import annotations

from deskterm.service.command import on_screen

COMMANDS = (
    on_screen("files.down", "Down", "files", "j", "down"),
    on_screen("files.up", "Up", "files", "k", "up"),
    on_screen("files.page_down", "Page down", "files", "space", "pagedown"),
    on_screen("files.page_up", "Page up", "files", "b", "pageup"),
    on_screen("files.top", "First", "files", "home", "g g"),
    on_screen("files.bottom", "Last", "files", "G", "end"),
    on_screen("files.look", "Look at it", "files", "enter", "l", "right", footer=10),
    on_screen("files.next", "Next file", "files", "J", footer=40),
    on_screen("files.previous", "Previous file", "files", "K"),
    on_screen(
        "files.save",
        "Save",
        "files",
        "s",
        help_text="Puts a copy into the folder for downloads. Nothing there is overwritten.",
        footer=20,
    ),
    on_screen(
        "files.open",
        "Open with the desktop",
        "files",
        "o",
        help_text="Gives pictures, PDF and text to the program of the desktop; asks first.",
        footer=30,
    ),
    on_screen("files.leave", "Back", "files", "h", "left", "escape", "q", footer=5),
)

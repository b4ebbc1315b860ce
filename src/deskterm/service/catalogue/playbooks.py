"""Playbooks: what the shop does in a situation, to be read beside the ticket."""

from __future__ import annotations

from deskterm.service.command import Command, on_screen

COMMANDS = (
    Command(
        "playbook.open",
        "Playbook",
        "What your shop does in this situation; the playbook that fits the ticket comes first.",
        scope="app",
        keys=("g p",),
        place="console",
    ),
    on_screen("composer.playbook", "Playbook", "composer", "f9"),
    on_screen("playbook.down", "Down", "playbook", "j", "down"),
    on_screen("playbook.up", "Up", "playbook", "k", "up"),
    on_screen("playbook.page_down", "Page down", "playbook", "space", "pagedown"),
    on_screen("playbook.page_up", "Page up", "playbook", "b", "pageup"),
    on_screen("playbook.top", "First", "playbook", "home", "g g"),
    on_screen("playbook.bottom", "Last", "playbook", "G", "end"),
    on_screen("playbook.next", "Next playbook", "playbook", "l", "right", footer=10),
    on_screen("playbook.previous", "Previous playbook", "playbook", "h", "left"),
    on_screen(
        "playbook.find",
        "Find in playbooks",
        "playbook",
        "slash",
        "f",
        help_text="Marks words in all playbooks, and goes to where they stand.",
        footer=20,
    ),
    on_screen("playbook.find_next", "Next place", "playbook", "n"),
    on_screen(
        "playbook.beside",
        "Leave it beside",
        "playbook",
        "tab",
        help_text="Gives the keys back; on a wide screen the playbook stays.",
        footer=30,
    ),
    on_screen("playbook.leave", "Back", "playbook", "escape", "q", "f9", footer=5),
)

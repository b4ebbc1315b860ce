"""Writing on the screen: composer, header and review line."""

from __future__ import annotations

from deskterm.service.command import Command, on_screen

COMMANDS = (
    Command(
        "ticket.write_reply",
        "Reply",
        "Opens the composer with your draft, or a new one.",
        keys=("r",),
        place="console",
        footer=20,
    ),
    Command(
        "ticket.write_note",
        "Internal note",
        "Opens the composer for a note to the team. A note cannot be sent.",
        keys=("c",),
        place="console",
        footer=30,
    ),
    Command(
        "ticket.write_new",
        "New message",
        "Writes to somebody who has not written first.",
        scope="app",
        keys=("C",),
        place="console",
    ),
    Command(
        "ticket.write_refused",
        "Write what was pasted",
        "Puts text that came to a list, where letters are commands, into the composer.",
        keys=("P",),
        place="console",
    ),
    on_screen(
        "composer.send",
        "Check and send",
        "composer",
        "ctrl+s",
        "ctrl+enter",
        help_text="Checks the text against the channel's rules and shows the review line.",
        footer=10,
    ),
    on_screen("composer.note_toggle", "Reply or note", "composer", "ctrl+n", footer=50),
    on_screen("composer.next_finding", "Next finding", "composer", "f2", footer=40),
    on_screen("composer.rule", "The rule in full", "composer", "f3"),
    on_screen("composer.header", "To, Cc, Subject", "composer", "f6", footer=20),
    on_screen("composer.attach", "Attach a file", "composer", "f7", footer=30),
    on_screen("composer.fix", "Apply the suggested fix", "composer", "ctrl+r"),
    on_screen("composer.discard", "Throw away the draft", "composer", "ctrl+t", footer=60),
    on_screen("composer.leave", "Back, the draft is kept", "composer", "escape", footer=25),
    on_screen("header.done", "Back to the text", "header", "escape", "f6", footer=10),
    on_screen("line.take", "Take it", "line", "enter", footer=10),
    on_screen("line.complete", "Complete", "line", "tab", footer=20),
    on_screen("line.down", "Next row", "line", "down", "ctrl+n", footer=30),
    on_screen("line.up", "Row above", "line", "up", "ctrl+p"),
    on_screen("line.leave", "Back", "line", "escape", footer=25),
    on_screen("review.send", "Send", "review", "enter", "ctrl+s", footer=10),
    on_screen("review.send_and_resolve", "Send and resolve", "review", "e", footer=20),
    on_screen("review.later", "Send later", "review", "l", footer=25),
    on_screen("review.edit", "Edit", "review", "i", footer=30),
    on_screen("review.fix", "Apply the fixes", "review", "f"),
    on_screen("review.leave", "Back", "review", "escape", footer=50),
)

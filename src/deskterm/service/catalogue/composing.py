"""Writing on the screen: composer, header and review line."""

from __future__ import annotations

from deskterm.service.command import Command, Context


def _here(
    command_id: str, title: str, context: Context, *keys: str, help_text: str = "", footer: int = 0
) -> Command:
    return Command(
        command_id,
        title,
        help_text,
        scope="app",
        keys=keys,
        context=context,
        place="console",
        footer=footer,
    )


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
    _here(
        "composer.send",
        "Check and send",
        "composer",
        "ctrl+s",
        "ctrl+enter",
        help_text="Checks the text against the channel's rules and shows the review line.",
        footer=10,
    ),
    _here("composer.note_toggle", "Reply or note", "composer", "ctrl+n", footer=50),
    _here("composer.next_finding", "Next finding", "composer", "f2", footer=40),
    _here("composer.rule", "The rule in full", "composer", "f3"),
    _here("composer.header", "To, Cc, Subject", "composer", "f6", footer=20),
    _here("composer.attach", "Attach a file", "composer", "f7", footer=30),
    _here("composer.fix", "Apply the suggested fix", "composer", "ctrl+r"),
    _here("composer.discard", "Throw away the draft", "composer", "ctrl+t", footer=60),
    _here("composer.leave", "Back, the draft is kept", "composer", "escape", footer=25),
    _here("header.done", "Back to the text", "header", "escape", "f6", footer=10),
    _here("review.send", "Send", "review", "enter", "ctrl+s", footer=10),
    _here("review.send_and_resolve", "Send and resolve", "review", "e", footer=20),
    _here("review.edit", "Edit", "review", "i", footer=30),
    _here("review.fix", "Apply the fixes", "review", "f", footer=40),
    _here("review.leave", "Back", "review", "escape", footer=50),
)

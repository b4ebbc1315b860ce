"""Moving about in list, conversation, outbox and health."""

from __future__ import annotations

from deskterm.service.command import Command, Context


def _move(
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
    _move("list.down", "Down", "list", "j", "down"),
    _move("list.up", "Up", "list", "k", "up"),
    _move("list.top", "First", "list", "home", "g g"),
    _move("list.bottom", "Last", "list", "G", "end"),
    _move("list.half_down", "Half a page down", "list", "ctrl+d"),
    _move("list.half_up", "Half a page up", "list", "ctrl+u"),
    _move("list.page_down", "Page down", "list", "pagedown"),
    _move("list.page_up", "Page up", "list", "pageup"),
    _move("ticket.open", "Open", "list", "enter", "l", "right", footer=5),
    _move("message.next", "Next message", "conversation", "j", "down"),
    _move("message.previous", "Previous message", "conversation", "k", "up"),
    _move("ticket.next", "Next ticket in the list", "conversation", "J"),
    _move("ticket.previous", "Previous ticket in the list", "conversation", "K"),
    _move("conversation.half_down", "Half a page down", "conversation", "ctrl+d"),
    _move("conversation.half_up", "Half a page up", "conversation", "ctrl+u"),
    _move("conversation.page_down", "Page down", "conversation", "space", "pagedown"),
    _move("conversation.page_up", "Page up", "conversation", "b", "pageup"),
    _move("conversation.top", "Oldest message", "conversation", "home", "g g"),
    _move("conversation.bottom", "Newest message", "conversation", "G", "end"),
    _move("conversation.leave", "Back to the list", "conversation", "h", "left", footer=5),
    _move("message.quote", "Show quoted text", "conversation", "w"),
    _move("message.headers", "Details", "conversation", "i"),
    _move(
        "conversation.find",
        "Find in this ticket",
        "conversation",
        "f",
        help_text="Marks a word in the conversation; n and N do not move, f again finds the next.",
    ),
    _move("outbox.down", "Down", "outbox", "j", "down"),
    _move("outbox.up", "Up", "outbox", "k", "up"),
    _move("outbox.open", "Open the ticket", "outbox", "enter", "l", "right"),
    _move("outbox.leave", "Back", "outbox", "h", "left"),
    _move("health.down", "Down", "health", "j", "down"),
    _move("health.up", "Up", "health", "k", "up"),
    _move("health.leave", "Back", "health", "h", "left"),
)

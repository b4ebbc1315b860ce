"""Moving about in list, conversation, outbox and health."""

from __future__ import annotations

from deskterm.service.command import on_screen

COMMANDS = (
    on_screen("list.down", "Down", "list", "j", "down"),
    on_screen("list.up", "Up", "list", "k", "up"),
    on_screen("list.top", "First", "list", "home", "g g"),
    on_screen("list.bottom", "Last", "list", "G", "end"),
    on_screen("list.half_down", "Half a page down", "list", "ctrl+d"),
    on_screen("list.half_up", "Half a page up", "list", "ctrl+u"),
    on_screen("list.page_down", "Page down", "list", "pagedown"),
    on_screen("list.page_up", "Page up", "list", "pageup"),
    on_screen("ticket.open", "Open", "list", "enter", "l", "right", footer=5),
    on_screen("ticket.mark", "Mark and go on", "list", "space"),
    on_screen(
        "ticket.mark_range",
        "Mark up to here",
        "list",
        "v",
        help_text="Marks all tickets from the one that was marked last to the cursor.",
    ),
    on_screen("ticket.mark_view", "Mark the whole view", "list", "asterisk"),
    on_screen("mark.clear", "Take off all marks", "list", "V"),
    on_screen("message.next", "Next message", "conversation", "j", "down"),
    on_screen("message.previous", "Previous message", "conversation", "k", "up"),
    on_screen("ticket.next", "Next ticket in the list", "conversation", "J"),
    on_screen("ticket.previous", "Previous ticket in the list", "conversation", "K"),
    on_screen("conversation.half_down", "Half a page down", "conversation", "ctrl+d"),
    on_screen("conversation.half_up", "Half a page up", "conversation", "ctrl+u"),
    on_screen("conversation.page_down", "Page down", "conversation", "space", "pagedown"),
    on_screen("conversation.page_up", "Page up", "conversation", "b", "pageup"),
    on_screen("conversation.top", "Oldest message", "conversation", "home", "g g"),
    on_screen("conversation.bottom", "Newest message", "conversation", "G", "end"),
    on_screen("conversation.leave", "Back to the list", "conversation", "h", "left", footer=5),
    on_screen("message.quote", "Show quoted text", "conversation", "w"),
    on_screen("message.headers", "Details", "conversation", "i"),
    on_screen(
        "conversation.find",
        "Find in this ticket",
        "conversation",
        "f",
        help_text="Marks a word in the conversation; n and N do not move, f again finds the next.",
    ),
    on_screen("outbox.down", "Down", "outbox", "j", "down"),
    on_screen("outbox.up", "Up", "outbox", "k", "up"),
    on_screen("outbox.open", "Open the ticket", "outbox", "enter", "l", "right"),
    on_screen("outbox.leave", "Back", "outbox", "h", "left", footer=5),
    on_screen("health.down", "Down", "health", "j", "down"),
    on_screen("health.up", "Up", "health", "k", "up"),
    on_screen("health.leave", "Back", "health", "h", "left", footer=5),
)

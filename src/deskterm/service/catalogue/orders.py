"""Orders: which of them a ticket is about, and the panel that shows them."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter, on_screen

_ORDER = Parameter("order", "Order number", required=True)
_ACCOUNT = Parameter("account", "Account of the order")

COMMANDS = (
    Command(
        "order.link",
        "Link order",
        "The ticket is about this order, whatever was found by itself. Where two accounts have an "
        "order of that number, name one.",
        parameters=(_ORDER, _ACCOUNT),
    ),
    Command(
        "order.unlink",
        "Unlink order",
        "The ticket is not about this order. It is not found for it again.",
        parameters=(_ORDER, _ACCOUNT),
    ),
    Command(
        "order.refresh",
        "Read the order anew",
        "Fetches the ticket's orders and their stock from the channel now, and asks once more for "
        "numbers that nobody knows.",
        keys=("f",),
        context="order",
        footer=40,
    ),
    Command(
        "order.focus",
        "Order",
        "The order beside the conversation; the same key leads back.",
        keys=("o",),
        place="console",
        footer=43,
    ),
    Command(
        "order.open_web",
        "Open the order in the browser",
        "Its page for the shop's staff; where there is no browser, its address is copied.",
        keys=("O",),
        place="console",
    ),
    on_screen("order.down", "Down", "order", "j", "down"),
    on_screen("order.up", "Up", "order", "k", "up"),
    on_screen("order.top", "First", "order", "home", "g g"),
    on_screen("order.bottom", "Last", "order", "G", "end"),
    on_screen("order.previous", "Previous order", "order", "h", "left"),
    on_screen("order.next", "Next order", "order", "l", "right", footer=35),
    on_screen(
        "order.actions",
        "What to do with it",
        "order",
        "enter",
        help_text="Everything that can be done with the order and the value under the cursor.",
        footer=10,
    ),
    on_screen(
        "order.insert",
        "Insert into the reply",
        "order",
        "i",
        help_text="Puts the value under the cursor into the text, and opens a reply if there is "
        "none.",
        footer=20,
    ),
    on_screen(
        "order.timeline",
        "Timeline",
        "order",
        "w",
        help_text="What happened when, the newest first; again for the facts.",
        footer=30,
    ),
    on_screen(
        "order.copy",
        "Copy the value",
        "order",
        help_text="Sends the value under the cursor to the terminal's clipboard.",
    ),
)

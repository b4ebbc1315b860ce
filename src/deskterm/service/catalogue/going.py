"""Going places: the chord `g`, the next ticket that needs us, and copying, the chord `y`."""

from __future__ import annotations

from deskterm.service.command import Command


def _go(name: str, key: str, title: str, help_text: str) -> Command:
    return Command(f"go.{name}", title, help_text, scope="app", keys=(f"g {key}",), place="console")


def _copy(name: str, key: str, title: str) -> Command:
    return Command(
        f"copy.{name}",
        title,
        "Sends it to the terminal's clipboard.",
        keys=(f"y {key}",),
        place="console",
    )


COMMANDS = (
    _go("needs_us", "i", "Needs us", "Tickets in which it is our turn."),
    _go("mine", "m", "Mine", "Tickets that are assigned to you."),
    _go("unowned", "u", "Unowned", "Tickets that nobody owns."),
    _go("snoozed", "s", "Snoozed", "Tickets that are hidden until a time."),
    _go("waiting", "w", "Waiting", "Tickets that wait for the customer."),
    _go("drafts", "d", "Drafts", "Tickets on which something is being written."),
    _go("outbox", "o", "Outbox", "Replies that are on their way, and those that ask something."),
    _go("health", "h", "Sync health", "How the sync of each account is doing."),
    _go("all", "a", "Everything", "All tickets, resolved ones too."),
    Command(
        "queue.next",
        "Next that needs us",
        "Opens the next ticket in which it is our turn.",
        scope="app",
        keys=("n",),
        place="console",
        footer=10,
    ),
    Command(
        "queue.previous",
        "Previous that needs us",
        "",
        scope="app",
        keys=("N",),
        place="console",
    ),
    _copy("order", "o", "Copy the order number"),
    _copy("tracking", "t", "Copy the tracking number"),
    _copy("customer", "c", "Copy the customer's name"),
    _copy("address", "a", "Copy the customer's address"),
    _copy("message", "m", "Copy the message"),
    _copy("link", "l", "Copy the ticket's reference"),
)

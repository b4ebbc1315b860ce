"""Orders: which of them a ticket is about."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

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
)

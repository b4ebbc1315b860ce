"""Customers as people whose data is kept."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

COMMANDS = (
    Command(
        "customer.erase",
        "Erase a customer",
        "Everything of a customer goes for good: no undo brings it back. The whole address, typed "
        "out, confirms it.",
        scope="app",
        parameters=(Parameter("customer", "Whole address of the customer", required=True),),
        is_long=True,
    ),
)

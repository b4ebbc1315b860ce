"""The outbox: deciding about replies that are on their way."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

_ITEM = Parameter("item", "Outbox item", "id", required=True)

COMMANDS = (
    Command(
        "outbox.take_back",
        "Take back",
        "The reply becomes a draft again, as long as it has not begun to leave.",
        scope="app",
        parameters=(_ITEM,),
        keys=("b",),
        context="outbox",
        footer=10,
    ),
    Command(
        "outbox.send_anyway",
        "Send anyway",
        "Sends a reply that was stopped before it left, with the reason written down. What a rule "
        "blocks stays blocked.",
        scope="app",
        parameters=(_ITEM, Parameter("reason", "Reason", required=True)),
        keys=("w",),
        context="outbox",
        footer=20,
    ),
    Command(
        "outbox.send_again",
        "Send again",
        "You looked: the reply did not reach the customer.",
        scope="app",
        parameters=(_ITEM,),
        keys=("f",),
        context="outbox",
        footer=30,
    ),
    Command(
        "outbox.mark_sent",
        "Mark as sent",
        "You looked: the reply reached the customer.",
        scope="app",
        parameters=(_ITEM,),
        keys=("d",),
        context="outbox",
        footer=40,
    ),
    Command(
        "outbox.send_later",
        "Send later",
        "The reply waits for a time; then it is checked anew and leaves.",
        scope="app",
        parameters=(_ITEM, Parameter("until", "Until", "when", required=True)),
        keys=("L",),
        context="outbox",
        footer=50,
    ),
    Command(
        "outbox.pause",
        "Stop all sending",
        "No reply leaves until sending goes on, whatever is restarted. What has begun to leave "
        "ends.",
        scope="app",
        keys=("B",),
    ),
    Command(
        "outbox.resume",
        "Go on sending",
        "Replies leave again.",
        scope="app",
        keys=("F",),
    ),
)

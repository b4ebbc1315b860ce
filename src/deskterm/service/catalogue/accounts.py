"""Accounts and their sync."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

_NAME_PARAMETER = Parameter("name", "Account", required=True)

COMMANDS = (
    Command(
        "account.add",
        "Add account",
        "Adds a login on a channel; its sync begins at once.",
        scope="app",
        parameters=(
            _NAME_PARAMETER,
            Parameter("channel", "Channel", required=True),
            Parameter("fields", "Settings", "fields"),
        ),
    ),
    Command(
        "account.set",
        "Change account",
        "Changes settings of a login; it signs in anew.",
        scope="app",
        parameters=(_NAME_PARAMETER, Parameter("fields", "Settings", "fields")),
    ),
    Command(
        "account.remove",
        "Remove account",
        "Stops using a login. Its tickets stay readable.",
        scope="app",
        parameters=(_NAME_PARAMETER,),
    ),
    Command(
        "account.confirm",
        "Answer yes to an account's question",
        "Lets the sync go on after it stopped to ask.",
        scope="app",
        parameters=(_NAME_PARAMETER,),
    ),
    Command(
        "sync.now",
        "Sync now",
        "Looks for news at once; also takes up an account that had stopped.",
        scope="app",
        parameters=(Parameter("name", "Account"),),
        keys=("R",),
        footer=85,
    ),
)

"""Writes the page that lists all keys: `python -m deskterm.viewmodel.key_page > docs/keys.md`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from deskterm.i18n import marked, say
from deskterm.service.command import Command, Context
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText
from deskterm.viewmodel.key_signs import spoken

_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "anywhere": marked("Anywhere"),
        "list": marked("Ticket list"),
        "conversation": marked("Conversation"),
        "order": marked("Order panel"),
        "suggestions": marked("Suggestions"),
        "macros": marked("Macros"),
        "outbox": marked("Outbox"),
        "health": marked("Sync health"),
        "files": marked("Attachments"),
        "rules": marked("Rules"),
        "playbook": marked("Playbooks"),
        "composer": marked("Composer"),
        "header": marked("Header, file and reason"),
        "line": marked("Search, command line, palette and help"),
        "review": marked("Review line"),
        "welcome": marked("Beginning"),
    }
)

_HEAD = """\
# Keys

This page is made from the command table by
`python -m deskterm.viewmodel.key_page > docs/keys.md`.

What the console does with a key, place by place. Letters that hold *anywhere* are text where text
is written. Two keys in a row are a chord: after the first a small window names what can follow, and
waits. `?` on the screen shows the keys of the place you are in; you can type there, and Enter does
one.

Two modes and no more: where letters are commands, and where they are text (composer, header, search
and command line). Esc leaves the second; a draft is kept.

All keys can be changed: [keymap](keymap.md). `deskterm keys` prints those in force.
"""


def place_title(context: str) -> SafeText:
    """What a place is called where its keys are listed."""
    return say(_TITLES.get(context, context.capitalize()))


def page() -> str:
    """The page in Markdown."""
    parts = [_HEAD]
    for context in get_args(Context):
        rows = [
            f"| {_written(command)} | {command.title} | `{command.id}` |"
            for command in TABLE.values()
            if command.context == context and command.keys
        ]
        if rows:
            title = _TITLES.get(context, context.capitalize())
            head = f"## {title}\n\n| key | does | command |\n| --- | --- | --- |\n"
            parts.append(head + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _written(command: Command) -> str:
    return " ".join(f"`{spoken(tuple(keys.split(' ')))}`" for keys in command.keys)


if __name__ == "__main__":
    sys.stdout.write(page())

"""Beginning: what a workspace without an account offers."""

from __future__ import annotations

from deskterm.service.command import Command, on_screen

COMMANDS = (
    on_screen(
        "welcome.demo",
        "Look around in a demo",
        "welcome",
        "d",
        help_text="A simulated shop, all on this machine; nothing of it is kept.",
        footer=1,
    ),
    on_screen(
        "welcome.tour",
        "Tour of the demo",
        "welcome",
        "t",
        help_text="Ten steps through the daily keys.",
        footer=2,
    ),
    on_screen(
        "welcome.account",
        "Set up an account",
        "welcome",
        "a",
        help_text="Your own mailbox or shop.",
        footer=3,
    ),
    on_screen(
        "welcome.name",
        "Your name",
        "welcome",
        "n",
        help_text="As it stands under replies and in the journal.",
        footer=4,
    ),
    on_screen("welcome.leave", "Quit", "welcome", "q", footer=5),
    Command(
        "app.tour",
        "Tour",
        "Ten steps through the daily keys, on a demo.",
        scope="app",
        place="console",
    ),
    Command(
        "account.set_up",
        "Set up an account",
        "Asks for what an account needs, and tries it.",
        scope="app",
        place="console",
    ),
)

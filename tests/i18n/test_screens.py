"""Every screen in strange letters has no word that was not given to the catalogue; and French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.i18n import speaking
from deskterm.i18n.languages import PSEUDO
from deskterm.i18n.pseudo import Pseudo
from deskterm.ui.app import DeskApp
from tests.i18n.strange import GreekShop, mailbox
from tests.support.console import HeldOffice, Shop, agreeing, console
from tests.support.golden import assert_golden
from tests.support.screen import screen_text, wait_until
from tests.support.set_up import HeldSetUp

GOLDEN = Path(__file__).parent / "golden"
SIZES = [(80, 24), (200, 60)]

#: Names of keys and of a currency, which are the same everywhere, and of the program.
KEPT = frozenset(
    {"Enter", "Esc", "Tab", "Ctrl", "Space", "Backspace", "PgUp", "PgDn", "EUR", "deskterm"}
)
WORD = re.compile(r"[A-Za-z]{2,}")

FINDINGS = [
    {
        "rule": "7.1",
        "severity": severity,
        "start": 0,
        "end": 2,
        "excerpt": "Γε",
        "says": "Όχι έτσι",
        "source": "Κανόνες",
        "checked_on": "2026-11-01",
    }
    for severity in ("block", "warn", "hint")
]


def checking(command: str, params: Mapping[str, object]) -> Mapping[str, object] | DesktermError:
    """An office whose rules forbid what is written."""
    if command == "ticket.reply":
        return {"outcome": "blocked", "findings": FINDINGS, "ticket": "k0"}
    if command == "draft.save":
        return {"draft": "7", "saved_at": "2026-11-09T12:00:00Z"}
    if command == "ticket.resolve":
        return DesktermError("The disk is full", "Nothing was changed", "Make room")
    return agreeing(command, params)


def strange(english: str) -> str:
    """What a word of the program looks like."""
    return Pseudo().one(english).strip("⟦⟧")


def unmarked(text: str) -> list[str]:
    """Words in plain Latin letters that are nobody's data."""
    return [word for word in WORD.findall(text) if word not in KEPT]


async def settled(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize(
    ("keys", "shows"),
    [
        pytest.param((), "Needs us", id="list"),
        pytest.param(("j", "enter"), "Tags", id="conversation"),
        pytest.param(("enter", "f", "7"), "Find", id="find"),
        pytest.param(("g", "o"), "Outbox", id="outbox"),
        pytest.param(("g", "h"), "Sync health", id="health"),
        pytest.param(("question_mark",), "Keys that work here", id="help"),
        pytest.param(("ctrl+p",), "Commands", id="palette"),
        pytest.param(("g",), "Drafts", id="chord"),
        pytest.param(("slash",), "Search", id="search"),
        pytest.param(("e",), "Resolve", id="refused"),
        pytest.param(("r",), "Reply", id="reply"),
        pytest.param(("c",), "Note", id="note"),
        pytest.param(("r", "f6"), "Subject", id="header"),
        pytest.param(("r", "f7"), "File", id="attach"),
        pytest.param(("r", "7", "ctrl+s"), "forbidden", id="review"),
        pytest.param(("o",), "Parcel", id="order"),
        pytest.param(("o", "w"), "Timeline", id="timeline"),
        pytest.param(("o", "enter"), "Insert into", id="order-acts"),
        pytest.param(("enter", "v"), "attachment", id="files"),
        pytest.param(("enter", "I"), "came", id="raw"),
        pytest.param(("m",), "Macro", id="macros"),
        pytest.param(("2",), "Not ready", id="gap"),
    ],
)
async def test_every_word_of_the_program_is_in_the_catalogue(
    keys: tuple[str, ...], shows: str, size: tuple[int, int]
) -> None:
    with speaking(PSEUDO):
        app = console(GreekShop(), office=HeldOffice(checking))
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await wait_until(pilot, lambda: strange(shows) in screen_text(app))
            assert unmarked(screen_text(app)) == []


async def test_an_empty_workspace_and_a_small_terminal_are_in_the_catalogue() -> None:
    shop = GreekShop(0)
    shop.states, shop.items = [], []
    with speaking(PSEUDO):
        app = console(shop)
        async with app.run_test(size=(80, 24)) as pilot:
            await wait_until(pilot, lambda: strange("no account") in screen_text(app))
            assert unmarked(screen_text(app)) == []
            await pilot.resize_terminal(30, 8)
            await wait_until(pilot, lambda: strange("Too small") in screen_text(app))
            assert unmarked(screen_text(app)) == []


@pytest.mark.parametrize(
    ("keys", "shows"),
    [
        pytest.param((), "demo", id="choices"),
        pytest.param(("n",), "Your name", id="name"),
        pytest.param(("a",), "Try it", id="account"),
        pytest.param(("a", *["down"] * 4, "enter"), "needed", id="lacking"),
    ],
)
async def test_the_first_run_is_in_the_catalogue(keys: tuple[str, ...], shows: str) -> None:
    shop = GreekShop(0)
    shop.states, shop.items = [], []
    with speaking(PSEUDO):
        app = console(shop)
        app.desk.set_up = HeldSetUp("Ζ", [mailbox()])
        async with app.run_test(size=(80, 24)) as pilot:
            await wait_until(pilot, lambda: strange("demo") in screen_text(app))
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await wait_until(pilot, lambda: strange(shows) in screen_text(app))
            assert unmarked(screen_text(app)) == []


@pytest.mark.parametrize("name", ["list", "help", "outbox"])
async def test_french_golden_screens(name: str) -> None:
    keys = {"list": (), "help": ("question_mark",), "outbox": ("g", "o")}[name]
    with speaking("fr"):
        shop = GreekShop() if name == "outbox" else Shop()
        app = console(shop)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(app, pilot)
            await wait_until(pilot, lambda: "6 sur 6" in screen_text(app) or name == "outbox")
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            await pilot.pause()
            assert_golden(GOLDEN / f"{name}-fr-120x40.txt", screen_text(app))

"""Rules on the screen: what a fix would do, the verdict in the frame, and the sheet of rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.rule_rows import RuleSheet, RuleView
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from tests.support.console import HeldOffice, Shop, agreeing, console
from tests.support.screen import screen_text, wait_until

CARD = "4111 1111 1111 1111"
HINT = {"en": "No links, no addresses.", "fr": "Ni liens ni adresses."}


def finding(text: str, place: str, severity: str, instead: str | None = None) -> dict[str, object]:
    start = text.index(place)
    found: dict[str, object] = {
        "rule": f"email.about_{severity}",
        "severity": severity,
        "start": start,
        "end": start + len(place),
        "excerpt": place,
        "says": f"{place[:4]} must not leave",
        "source": "Help page, section 3",
        "source_kind": "house",
        "checked_on": "2026-11-21",
    }
    if instead is not None:
        found["rewrite"] = {"start": start, "end": start + len(place), "instead": instead}
    return found


def looking(command: str, params: Mapping[str, object]) -> Mapping[str, object] | DesktermError:
    """An office that forbids card numbers, warns of exclamation marks and hints at "asap"."""
    if command != "ticket.reply":
        return agreeing(command, params)
    text = str(params["text"])
    found = []
    if CARD in text:
        found.append(finding(text, CARD, "block", "**** 1111"))
    if "!" in text:
        found.append(finding(text, "!", "warn", ""))
    if "asap" in text:
        found.append(finding(text, "asap", "hint"))
    verdicts = {"block": "blocked", "warn": "needs_reason"}
    worst = next((verdicts[str(f["severity"])] for f in found if f["severity"] in verdicts), "held")
    return {"done": [{"outcome": worst, "findings": found, "hint": HINT, "ticket": "k0"}]}


def sheet(rules: int = 30) -> RuleSheet:
    views = tuple(
        RuleView(
            clean(f"ebay.rule_{number}"),
            "block" if number % 2 else "warn",
            "block",
            {"en": f"Sentence {number} of the rules.", "fr": f"Phrase {number} des règles."},
            clean("Help page, section 3"),
            "official",
            date(2026, 11, 21),
            True,
        )
        for number in range(rules)
    )
    return RuleSheet(clean("ebay"), views, HINT, (), True)


async def begin(pilot: Pilot[int], text: str) -> None:
    """Open a reply and type."""
    await wait_until(pilot, lambda: bool(app_of(pilot).desk.tickets.count))
    await pilot.press("r")
    await wait_until(pilot, lambda: app_of(pilot).writing.area is not None)
    area = app_of(pilot).writing.area
    assert area is not None
    area.put(text)
    area.sync()


def app_of(pilot: Pilot[int]) -> DeskApp:
    app = pilot.app
    assert isinstance(app, DeskApp)
    return app


def text_of(app: DeskApp) -> str:
    area = app.writing.area
    assert area is not None
    return area.text


def border_of(app: DeskApp) -> str:
    return str(app.query_one("#composer").styles.border_top[0])


async def test_the_frame_says_the_verdict_by_word_and_by_shape() -> None:
    app = console(Shop(), office=HeldOffice(answer=looking))
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, f"Your card {CARD} was used!")
        await wait_until(pilot, lambda: "BLOCKED · Reply to" in screen_text(app))
        assert border_of(app) == "heavy"
        await wait_until(pilot, lambda: "X forbidden: " in screen_text(app))
        assert "! warning: " in screen_text(app)
        area = app.writing.area
        assert area is not None
        area.put("It was used!")
        area.sync()
        await wait_until(pilot, lambda: "WARNS · Reply to" in screen_text(app))
        assert border_of(app) == "dashed"
        area.put("Come asap")
        area.sync()
        await wait_until(pilot, lambda: "i hint: " in screen_text(app))
        assert border_of(app) == "round"
        assert "BLOCKED" not in screen_text(app)
        assert "WARNS" not in screen_text(app)


async def test_a_fix_is_told_done_by_one_key_and_undone_by_one() -> None:
    app = console(Shop(), office=HeldOffice(answer=looking))
    async with app.run_test(size=(80, 24)) as pilot:
        before = f"Your card {CARD} was used"
        await begin(pilot, before)
        told = f"Ctrl+r makes “**** 1111” of “{CARD}”"
        await wait_until(pilot, lambda: told in screen_text(app))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: text_of(app) == "Your card **** 1111 was used")
        await wait_until(pilot, lambda: "BLOCKED" not in screen_text(app))
        assert app.writing.composer is not None
        assert app.writing.composer.content.text == text_of(app)
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: text_of(app) == before)
        await wait_until(pilot, lambda: "BLOCKED" in screen_text(app))


async def test_the_fix_of_the_finding_that_was_gone_to_is_done() -> None:
    app = console(Shop(), office=HeldOffice(answer=looking))
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, f"Card {CARD} was used! Come asap")
        await wait_until(pilot, lambda: "forbidden: " in screen_text(app))
        await pilot.press("f2", "f2")
        await wait_until(pilot, lambda: "Ctrl+r takes out “!”" in screen_text(app))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: text_of(app) == f"Card {CARD} was used Come asap")
        for _ in range(3):
            if app.writing.composer and app.writing.composer.findings.current == 1:
                break
            await pilot.press("f2")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "There is no fix for this" in screen_text(app))


async def test_the_rule_in_full_names_source_kind_and_day() -> None:
    app = console(Shop(), office=HeldOffice(answer=looking))
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "It was used!")
        await wait_until(pilot, lambda: "warning: " in screen_text(app))
        await pilot.press("f3")
        await wait_until(pilot, lambda: "Rule email.about_warn" in screen_text(app))
        assert "our default; the channel's own text was not read" in " ".join(
            screen_text(app).replace("┃", " ").replace("╏", " ").split()
        )
        assert "2026-11-21" in screen_text(app)


async def test_the_hint_of_the_channel_stands_under_a_reply_and_not_under_a_note() -> None:
    app = console(Shop(), office=HeldOffice(answer=looking))
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "")
        await wait_until(pilot, lambda: HINT["en"] in screen_text(app))
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: HINT["en"] not in screen_text(app))


@pytest.mark.parametrize("keys", [("W",), ("r", "f8")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_shows_all_rules_from_the_list_and_from_the_text(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    shop = Shop()
    shop.rules["mailbox"] = sheet()
    app = console(shop, office=HeldOffice(answer=looking))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press(*keys[:-1])
        await wait_until(pilot, lambda: len(keys) == 1 or app.writing.area is not None)
        before = app.focused
        await pilot.press(keys[-1])
        await wait_until(pilot, lambda: "Rules · ebay" in screen_text(app))
        assert "30 rules" in screen_text(app)
        assert "X forbidden · ebay.rule_1" in screen_text(app)
        assert "Sentence 1 of the rules." in screen_text(app)
        assert "2026-11-21" in screen_text(app)
        assert HINT["en"] in screen_text(app)
        await pilot.press("G")
        await wait_until(pilot, lambda: "ebay.rule_28" in screen_text(app))
        assert "! warning · ebay.rule_28" in screen_text(app)
        await pilot.press("g", "g", "j", "space")
        await wait_until(pilot, lambda: "ebay.rule_28" not in screen_text(app))
        assert all(cell_len(line) <= size[0] for line in screen_text(app).splitlines())
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Rules · ebay" not in screen_text(app))
        assert app.focused is before


async def test_what_cannot_be_shown_is_told() -> None:
    shop = Shop()
    app = console(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("W")
        await wait_until(pilot, lambda: "There are no rules to show here" in screen_text(app))
    empty = console(Shop(tickets=0))
    async with empty.run_test(size=(80, 24)) as pilot:
        await pilot.press("W")
        await wait_until(pilot, lambda: "No ticket is chosen" in screen_text(empty))


async def test_help_names_the_key() -> None:
    app = console(Shop())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("question_mark", *"rules")
        await wait_until(pilot, lambda: "Rules of this channel" in screen_text(app))
        assert "W " in screen_text(app)

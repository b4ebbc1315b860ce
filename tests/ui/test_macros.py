"""Suggestions, digits and the picker on the screen: two keys answer, and nothing leaves unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.macro_rows import (
    FilledView,
    MacroView,
    PartView,
    ReasonView,
    SpanView,
    SuggestionView,
)
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from deskterm.ui.composer import ComposerPane
from deskterm.ui.macro_picker import MacroPicker
from deskterm.ui.review import ReviewLine
from deskterm.ui.writing import WritingArea
from tests.support.console import HeldOffice, Shop, agreeing, console
from tests.support.golden import assert_golden
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import ticket

GOLDEN = Path(__file__).parent / "golden"
NARROW, MEDIUM, WIDE = (80, 24), (120, 40), (200, 60)
SIZES = [NARROW, MEDIUM, WIDE]
TEXT = "Hello Greta,\n\nyour order LO-50000 left on Monday with our carrier.\n\nAnna"
ASKS = "Hello Greta,\n\nit leaves by {{?day}} at the latest.\n\nAnna"


def span(text: str, part: str, kind: str, name: str, origin: str) -> SpanView:
    start = text.index(part)
    return SpanView(start, start + len(part), kind, clean(name), origin, clean(""))


def shop() -> Shop:
    """Tickets for which two macros are suggested, of which the second asks something."""
    reading = Shop(12)
    says = ReasonView("says", clean("where is my order"))
    reading.suggested = [
        SuggestionView("status", clean("On its way"), (says, ReasonView("order", clean("late")))),
        SuggestionView("asks", clean("Still being prepared"), (says,)),
    ]
    reading.filled = {
        "status": FilledView(
            "status",
            clean("On its way"),
            TEXT,
            (
                span(TEXT, "LO-50000", "value", "order.ref", "order"),
                span(TEXT, "our carrier", "fallback", "order.carrier", "order"),
            ),
            "en",
            reason="wismo",
            tags=("sent",),
        ),
        "asks": FilledView(
            "asks",
            clean("Still being prepared"),
            ASKS,
            (span(ASKS, "{{?day}}", "gap", "day", "asked"),),
            "en",
        ),
        "thanks": FilledView("thanks", clean("Thank you"), "Thank you!", (), "en"),
    }
    reading.macros = [
        MacroView("status", clean("On its way"), clean("left"), (says,), suggested=True),
        MacroView("asks", clean("Still being prepared"), clean("leaves by"), (says,), True),
        MacroView("thanks", clean("Thank you"), clean("a pleasure")),
    ]
    return reading


def passing(command: str, params: Mapping[str, object]) -> Mapping[str, object] | DesktermError:
    """An office whose rules know gaps and nothing else."""
    if command != "ticket.reply":
        return agreeing(command, params)
    gap = "{{" in str(params["text"])
    outcome: dict[str, object] = {
        "outcome": "blocked" if gap else "held",
        "findings": [],
        "hold_s": 10,
        "item": "i1",
    }
    return {"done": [{"ticket": "k00000", **outcome}]}


async def started(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)
    await wait_until(pilot, lambda: app.macros.follows and app.macros.model.items)
    await pilot.pause()


def notice(app: DeskApp) -> str:
    return str(app.notices.words or "") if app.desk_screen.stands else ""


def focused(app: DeskApp) -> str | None:
    return app.focused.id if app.focused is not None else None


def pane(app: DeskApp) -> ComposerPane:
    return app.query_one(ComposerPane)


def sent(office: HeldOffice) -> list[dict[str, object]]:
    """Replies that were handed over, not those that were only checked."""
    return [p for c, p in office.sent if c == "ticket.reply" and not p.get("dry_run")]


async def ready(app: DeskApp, pilot: Pilot[int]) -> None:
    """The verdict is on the screen and has been read."""

    def may_send() -> bool:
        found = app.query(ComposerPane)
        review = found.first(ComposerPane).review if found else None
        return review is not None and review.may_send

    await wait_until(pilot, may_send)


# Digits


@pytest.mark.parametrize("keys", [("1",), ("enter", "1")], ids=["list", "ticket"])
async def test_two_keys_answer_a_ticket(keys: tuple[str, ...]) -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press(*keys)
        await ready(app, pilot)
        assert "your order LO-50000 left on Monday" in screen_text(app)
        assert "Ready to send" in screen_text(app)
        await pilot.press("e")
        (params,) = sent(office)
        assert (params["text"], params["tickets"]) == (TEXT, ["k00000"])
        assert params["resolve"] is True
        assert (params["macro"], params["then_reason"], params["then_tags"]) == (
            "status",
            "wismo",
            "sent",
        )
        assert notice(app).endswith("z takes it back")
        await wait_until(pilot, lambda: app.desk.conversation.ticket_id == 1)


async def test_keys_typed_ahead_of_the_verdict_send_nothing() -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        for key in "1e":
            app.post_message(events.Key(key, key))
        await wait_until(pilot, lambda: "dropped" in notice(app))
        await ready(app, pilot)
        assert sent(office) == []
        assert isinstance(app.focused, ReviewLine)
        await pilot.press("e")
        assert len(sent(office)) == 1


async def test_what_is_asked_is_typed_into_its_place_and_e_only_types() -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        for key in "2e":
            app.post_message(events.Key(key, key))
        await wait_until(pilot, lambda: "Not ready to send. day: only you" in notice(app))
        await wait_until(pilot, lambda: "e{{?day}}" in pane(app).text.text)
        await pilot.press("backspace", "ctrl+g")
        assert pane(app).text.selected_text == "{{?day}}"
        await pilot.press(*"Monday")
        assert "it leaves by Monday at the latest" in pane(app).text.text
        await pilot.press("ctrl+g")
        assert notice(app) == "Nothing is missing"
        assert sent(office) == []


async def test_a_gap_is_selected_for_who_waits_a_moment() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("2")
        await wait_until(pilot, lambda: pane(app).text.selected_text == "{{?day}}")
        await pilot.press("e")
        assert "it leaves by e at the latest" in pane(app).text.text


async def test_where_nothing_is_suggested_the_composer_says_so() -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        for key in "9e":
            app.post_message(events.Key(key, key))
        await wait_until(pilot, lambda: "number 9" in notice(app))
        await wait_until(pilot, lambda: pane(app).text.text == "e")
        assert sent(office) == []


async def test_a_text_that_was_begun_stays() -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"Hi", "tab", "1")
        assert pane(app).text.text == f"Hi\n\n{TEXT}"
        assert isinstance(app.focused, WritingArea)
        assert notice(app) == "On its way stands in your text now"
        await pilot.press("e")
        assert pane(app).text.text.endswith("Annae")
        assert sent(office) == []


async def test_a_digit_in_a_text_is_a_digit() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"1 2")
        assert pane(app).text.text == "1 2"


async def test_a_rule_that_forbids_it_keeps_it_here() -> None:
    def forbidding(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
        if command != "ticket.reply":
            return agreeing(command, params)
        return {"done": [{"outcome": "blocked", "findings": [], "says": "It is too late"}]}

    office = HeldOffice(forbidding)
    app = console(shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("1")
        await wait_until(pilot, lambda: "Cannot be sent: It is too late" in screen_text(app))
        await pilot.pause(0.3)
        await pilot.press("e")
        assert sent(office) == []


async def test_undo_in_the_text_takes_a_macro_out_again() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"Hi", "tab", "1")
        await pilot.press("ctrl+z", "ctrl+z")
        assert pane(app).text.text == "Hi"


async def test_the_line_takes_numbers_and_names() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("colon", *"macro.pick thanks", "enter")
        await ready(app, pilot)
        assert pane(app).text.text == "Thank you!"
        await pilot.press("escape", "ctrl+t")
        await pilot.press("colon", *"macro.use_suggested 2", "enter")
        await wait_until(pilot, lambda: "{{?day}}" in pane(app).text.text)
        await pilot.press("ctrl+t", "colon", *"macro.pick nosuch", "enter")
        assert notice(app) == "There is no macro nosuch"


# The picker


async def test_the_picker_finds_shows_and_uses() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("m")
        await wait_until(pilot, lambda: "your order LO-50000 left" in screen_text(app))
        await pilot.press(*"prep")
        await wait_until(pilot, lambda: "day: only you can say this" in screen_text(app))
        await pilot.press(*["backspace"] * 4, *"pleas")
        await wait_until(pilot, lambda: "Thank you!" in screen_text(app))
        await pilot.press("enter")
        await ready(app, pilot)
        assert pane(app).text.text == "Thank you!"


async def test_digits_choose_while_nothing_is_typed() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("m", "3")
        await ready(app, pilot)
        assert pane(app).text.text == "Thank you!"


async def test_the_picker_is_left_without_a_trace() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("m", *"zzz")
        await wait_until(pilot, lambda: "No macro fits" in screen_text(app))
        await pilot.press("enter")
        assert not app.query_one(MacroPicker).is_open
        assert app.focused is app.tickets_pane
        assert not app.query(ComposerPane)


async def test_a_macro_goes_in_where_the_cursor_is() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"ab", "left", "ctrl+o", *"thank", "enter")
        assert pane(app).text.text == "aThank you!b"
        await pilot.press("X")
        assert pane(app).text.text == "aThank you!Xb"
        await pilot.press("ctrl+t", "c", "ctrl+o")
        assert "they go into replies" in notice(app)


# The pane, and the line without it


async def test_the_pane_is_walked_through_used_and_corrected() -> None:
    reading = shop()
    office = HeldOffice(dismissing(reading))
    app = console(reading, office=office)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("shift+tab")
        assert focused(app) == "suggestions"
        assert "the customer writes “where is my order”" in screen_text(app)
        assert "order is late" in screen_text(app)
        await pilot.press("w")
        await wait_until(pilot, lambda: screen_text(app).count("the customer writes") == 2)
        await pilot.press("d")
        gone = "On its way is not suggested for this ticket any more · z undoes"
        assert notice(app) == gone
        assert dismissed(office) == [{"tickets": ["k00000"], "macro": "status"}]
        await wait_until(pilot, lambda: "1 Still being prepared" in screen_text(app))
        await pilot.press("h")
        assert focused(app) == "conversation"
        await pilot.press("tab", "tab", "enter")
        await wait_until(pilot, lambda: "{{?day}}" in pane(app).text.text)


def dismissing(reading: Shop) -> Callable[[str, Mapping[str, object]], Mapping[str, object]]:
    """An office that takes in what does not fit."""

    def answer(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
        if command == "macro.dismiss":
            reading.suggested = [s for s in reading.suggested if s.macro != params["macro"]]
        return passing(command, params)  # type: ignore[return-value]  # it refuses nothing

    return answer


def dismissed(office: HeldOffice) -> list[dict[str, object]]:
    return [params for command, params in office.sent if command == "macro.dismiss"]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_the_first_is_dismissed_by_one_key_where_the_ticket_is(size: tuple[int, int]) -> None:
    reading = shop()
    office = HeldOffice(dismissing(reading))
    app = console(reading, office=office)
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("X")
        await wait_until(pilot, lambda: app.macros.model.names(0) == ("asks",))
        assert dismissed(office) == [{"tickets": ["k00000"], "macro": "status"}]


async def test_what_an_office_refuses_to_dismiss_stays() -> None:
    def refusing(
        command: str, params: Mapping[str, object]
    ) -> Mapping[str, object] | DesktermError:
        if command == "macro.dismiss":
            return DesktermError("The disk is full")
        return passing(command, params)

    app = console(shop(), office=HeldOffice(refusing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("X")
        await wait_until(pilot, lambda: "The disk is full" in notice(app))
        await wait_until(pilot, lambda: app.macros.model.names(0) == ("status", "asks"))


async def test_the_whole_sum_is_shown_in_the_pane() -> None:
    reading = shop()
    parts = (
        PartView("concept", "where", clean("where is my order"), 31.2),
        PartView("order", "late", clean(""), 10.0),
        PartView("used", "", clean(""), 2.4),
        PartView("words", "", clean("my"), 0.3),
        PartView("lacking", "", clean(""), -17.6),
    )
    reading.suggested[0] = reading.suggested[0]._replace(parts=parts)
    app = console(reading, office=HeldOffice(passing))
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("shift+tab", "w")
        await wait_until(pilot, lambda: "= 26 of 100" in screen_text(app))
        seen = " ".join(screen_text(app).split())
        for words in (
            "+31 “where is my order”",
            "+10 the order is late",
            "+2 how often you used it",
        ):
            assert words in seen
        assert "-18 what it speaks of" in seen


async def test_a_reply_tells_what_was_suggested_and_whether_it_was_rewritten() -> None:
    office = HeldOffice(passing)
    app = console(shop(), office=office)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("enter", "1")
        await ready(app, pilot)
        await pilot.press("e")
        (params,) = sent(office)
        assert params["suggested"] == "status asks"
        assert "rewritten" not in params


@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["list", "ticket"])
async def test_a_long_title_leaves_the_acts_their_place(keys: tuple[str, ...]) -> None:
    reading = shop()
    (first, second) = reading.suggested
    title = clean("A complaint that is taken very seriously by all of us")
    reading.suggested = [first._replace(title=title), second]
    app = console(reading, office=HeldOffice(passing))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press(*keys)
        await pilot.pause()
        foot = screen_text(app).splitlines()[-1]
        assert foot.startswith(" 1 reply: A complaint")
        assert "r reply" in foot
        assert foot.rstrip().endswith("? keys")
        await pilot.resize_terminal(50, 24)
        await wait_until(pilot, lambda: app.size.width == 50)
        await pilot.pause()
        foot = screen_text(app).splitlines()[-1]
        assert "r reply" in foot
        assert not foot.startswith(" 1 ")


async def test_without_the_pane_the_foot_names_the_first() -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        assert screen_text(app).splitlines()[-1].startswith(" 1 reply: On its way  ")
        await pilot.press("r")
        assert "reply: On its way" not in screen_text(app)
        await pilot.press("ctrl+t")
        await pilot.resize_terminal(*WIDE)
        await wait_until(pilot, lambda: "Suggestions" in screen_text(app))
        await wait_until(pilot, lambda: "reply: On its way" not in screen_text(app))


async def test_a_broken_file_is_told_with_its_place() -> None:
    reading = shop()
    reading.mistakes = (clean("own.toml:3: id may hold only a-z"), clean("own.toml:9: no title"))
    app = console(reading)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        assert "own.toml:3: id may hold only a-z" in notice(app)
        assert "deskterm macro lint" in notice(app)
        assert app.notices.is_error


async def test_hostile_words_stay_words() -> None:
    reading = shop()
    hostile = clean("[b]x[/] [@click=app.quit]y[/] \x1b]52;c;cm0=\x07 \u202e", multiline=False)
    reading.suggested[0] = SuggestionView("status", hostile, (ReasonView("says", hostile),))
    reading.macros[0] = MacroView("status", hostile, hostile, (), suggested=True)
    reading.filled["status"] = FilledView("status", hostile, f"{hostile}\n{TEXT}", (), "en")
    app = console(reading, office=HeldOffice(passing))
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        assert "[b]x[/]" in screen_text(app)
        await pilot.press("m")
        await wait_until(pilot, lambda: screen_text(app).count("[@click=app.quit]y[/]") >= 3)
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_golden_screens(size: tuple[int, int]) -> None:
    reading = shop()
    reading.tickets[0] = ticket(0, subject=clean("Where is my order?"))
    app = console(reading, office=HeldOffice(passing))
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("enter", "1")
        await ready(app, pilot)
        await pilot.pause()
        assert_golden(GOLDEN / f"suggested-{size[0]}x{size[1]}.txt", screen_text(app))


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_golden_screens_of_the_picker(size: tuple[int, int]) -> None:
    app = console(shop(), office=HeldOffice(passing))
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("m")
        await wait_until(pilot, lambda: "your order LO-50000 left" in screen_text(app))
        assert_golden(GOLDEN / f"macros-{size[0]}x{size[1]}.txt", screen_text(app))


async def test_the_files_of_a_macro_go_along_with_its_text() -> None:
    reading = shop()
    files = ("/shop/macros/size-chart.pdf",)
    reading.filled["status"] = reading.filled["status"]._replace(attach=files)
    app = console(reading, office=HeldOffice(passing))
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"Hi", "tab", "1")
        assert pane(app).text.text == f"Hi\n\n{TEXT}"
        composer = pane(app).composer
        assert composer is not None
        assert composer.content.files == files

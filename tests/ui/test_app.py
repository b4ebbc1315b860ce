"""The console as a whole: panes, commands, notices, lines, sizes and faults."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import QueryError
from deskterm.service.reading.rows import Counts, DraftView
from deskterm.service.reading.views import View
from deskterm.service.table import TABLE
from deskterm.text.clean import clean
from deskterm.ui.acts.beginning import Beginning
from deskterm.ui.acts.copying import Copying
from deskterm.ui.acts.editing import Editing
from deskterm.ui.acts.files import Files
from deskterm.ui.acts.going import Going
from deskterm.ui.acts.lines import Lines
from deskterm.ui.acts.macros import Macros
from deskterm.ui.acts.marking import Marking
from deskterm.ui.acts.notes import Notes
from deskterm.ui.acts.orders import Orders
from deskterm.ui.acts.panes import Panes
from deskterm.ui.acts.playbooks import Playbooks
from deskterm.ui.acts.reasons import Reasons
from deskterm.ui.acts.repeats import Repeats
from deskterm.ui.acts.rules import Rules
from deskterm.ui.acts.touring import Touring
from deskterm.ui.acts.writing import Writing
from deskterm.ui.app import DeskApp
from deskterm.ui.chooser import TypedLine
from deskterm.ui.composer import ComposerPane
from deskterm.ui.conversation import ConversationPane
from deskterm.ui.does import commands_of
from deskterm.ui.header import HeaderBlock
from deskterm.ui.health import HealthPane
from deskterm.ui.one_line import OneLine
from deskterm.ui.order_panel import OrderPanel
from deskterm.ui.outbox import OutboxPane
from deskterm.ui.performer import Performer
from deskterm.ui.playbook import PlaybookPane
from deskterm.ui.review import ReviewLine
from deskterm.ui.rule_sheet import RuleList
from deskterm.ui.suggestions import SuggestionsPane
from deskterm.ui.ticket_list import TicketListPane
from deskterm.ui.writing import WritingArea
from tests.support.console import HeldOffice, Kept, KeptCopies, Shop, agreeing, console
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import NOW, outgoing

NARROW, WIDE = (80, 24), (120, 40)
DOERS = (
    *(Beginning, Touring, Panes, Going, Lines, Writing, Copying, Marking, Performer),
    *(Editing, Files, Macros, SuggestionsPane),
    *(TicketListPane, ConversationPane, OrderPanel, Orders, OutboxPane, HealthPane),
    *(ComposerPane, HeaderBlock, OneLine, ReviewLine, TypedLine, WritingArea),
    *(RuleList, Rules, PlaybookPane, Playbooks, Notes, Reasons, Repeats),
)


class Faulty(Shop):
    """A workspace in which no query can be read."""

    def ids(self, view: View) -> array[int]:
        if view.narrowed:
            raise QueryError("There is no field nosuch", "", "", at=0)
        return super().ids(view)


async def started(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)


def notice(app: DeskApp) -> str:
    return str(app.notices.words or "") if app.desk_screen.stands else ""


def focused(app: DeskApp) -> str:
    return app.focused.id or type(app.focused).__name__ if app.focused is not None else ""


# Who does what


def test_every_console_command_has_exactly_one_doer() -> None:
    done = [command_id for doer in DOERS for command_id in commands_of(doer)]
    console_ids = sorted(c.id for c in TABLE.values() if c.place == "console")
    assert sorted(done) == console_ids


def test_every_office_command_with_a_key_is_told_what_it_must_know() -> None:
    for command in TABLE.values():
        if command.place == "office" and command.keys:
            kinds = {p.kind for p in command.parameters if p.required and p.name != "item"}
            assert not kinds & {"words", "ids", "files", "fields"}


# Panes


async def test_one_pane_at_a_time_on_a_narrow_screen() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        assert focused(app) == "list"
        assert not app.conversation.is_on_screen
        await pilot.press("j", "enter")
        await wait_until(pilot, lambda: "Message 5." in screen_text(app))
        assert focused(app) == "conversation"
        await pilot.press("h")
        await wait_until(pilot, lambda: "Needs us · 40" in screen_text(app))
        assert focused(app) == "list"


async def test_list_and_conversation_side_by_side_on_a_wide_one() -> None:
    app = console(Shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: "Message 5." in screen_text(app))
        assert "Needs us · 40" in screen_text(app)
        await pilot.press("j", "j")
        await wait_until(pilot, lambda: "k00002 ·" in screen_text(app))
        assert focused(app) == "list"
        await pilot.press("tab")
        assert focused(app) == "conversation"
        await pilot.press("shift+tab")
        assert focused(app) == "list"


async def test_q_closes_and_at_last_ends() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("enter", "q")
        assert focused(app) == "list"
        await pilot.press("g", "h", "q")
        assert focused(app) == "list"
        await pilot.press("q")
        await wait_until(pilot, lambda: not app.is_running)
    assert app.return_value == 0


async def test_chords_go_to_views_outbox_and_health() -> None:
    shop = Shop()
    shop.items = [outgoing(3, "held")]
    app = console(shop)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("g", "m")
        assert app.desk.tickets.view.id == "mine"
        await pilot.press("g", "o")
        assert focused(app) == "outbox"
        assert "b take back" in screen_text(app)
        await pilot.press("enter")
        assert app.desk.conversation.ticket_id == 3
        await pilot.press("h")
        assert focused(app) == "outbox"
        await pilot.press("h", "g", "i")
        assert (focused(app), app.desk.tickets.view.id) == ("list", "needs_us")


async def test_somebody_who_hesitates_in_a_chord_is_shown_its_keys() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("g")
        await wait_until(pilot, lambda: "Sync health" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "Sync health" not in screen_text(app))
        assert app.desk.tickets.view.id == "unowned"


async def test_an_unknown_chord_is_told() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("g", "x")
        assert notice(app) == "g x is no command"


# Commands of the office


async def test_an_act_is_told_with_its_key_and_the_cursor_goes_on() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("e", "e")
        assert office.sent[-2:] == [
            ("ticket.resolve", {"tickets": ["k00000"]}),
            ("ticket.resolve", {"tickets": ["k00001"]}),
        ]
        assert notice(app) == "Resolved k00001 · e · z undoes"
        assert app.desk.tickets.cursor == 3  # the third ticket waits for its customer
        await pilot.press("z")
        assert office.sent[-1] == ("app.undo", {})


async def test_an_act_in_an_open_ticket_opens_the_next() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("enter", "e")
        assert app.desk.conversation.ticket_id == 1
        assert focused(app) == "conversation"
        await pilot.press("x")
        assert office.sent[-1] == ("ticket.no_reply_needed", {"tickets": ["k00001"]})


async def test_a_refusal_stays_until_the_next_command() -> None:
    def refuse(command: str, params: Mapping[str, object]) -> DesktermError:
        return DesktermError("Resolve: It is resolved already", code="disabled")

    app = console(Shop(), office=HeldOffice(refuse))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("e")
        assert notice(app) == "Resolve: It is resolved already"
        assert app.notices.is_error
        await pilot.press("j")
        assert notice(app) == ""


async def test_what_a_command_needs_is_asked_for_in_the_line() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("s")
        await wait_until(pilot, lambda: "9:00 tomorrow" in screen_text(app))
        await pilot.press(*"2h", "enter")
        assert office.sent[-1] == ("ticket.snooze", {"until": "2h", "tickets": ["k00000"]})
        assert focused(app) == "list"
        await pilot.press("full_stop")
        assert office.sent[-1] == ("ticket.snooze", {"until": "2h", "tickets": ["k00001"]})


async def test_a_line_is_about_the_ticket_it_was_opened_on() -> None:
    office = HeldOffice()
    shop = Shop()
    app = console(shop, office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("t", *"vip")
        shop.tickets.pop(0)
        app.desk.tickets.refresh()
        await pilot.press("enter")
        assert office.sent[-1] == ("ticket.tag", {"tag": "vip", "tickets": ["k00000"]})


async def test_a_decision_in_the_outbox_is_about_its_item() -> None:
    shop = Shop()
    shop.items = [outgoing(3, "needs_edit"), outgoing(4, "ask_agent")]
    office = HeldOffice()
    app = console(shop, office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("g", "o", "j", "d")
        assert office.sent[-1] == ("outbox.mark_sent", {"item": "item4"})
        await pilot.press("k", "w", *"urgent", "enter")
        assert office.sent[-1] == (
            "outbox.send_anyway",
            {"reason": "urgent", "item": "item3"},
        )


async def test_without_a_ticket_a_command_says_so() -> None:
    office = HeldOffice()
    app = console(Shop(0), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await wait_until(pilot, lambda: app.desk.status.counts is not None)
        await pilot.press("e")
        assert notice(app) == "Resolve: no ticket is chosen"
        await pilot.press("r")
        assert notice(app) == "No ticket is chosen"
        assert office.commands() == []


async def test_n_opens_the_next_that_needs_us() -> None:
    shop = Shop()
    shop.next_id = 7
    app = console(shop)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("n")
        assert (app.desk.conversation.ticket_id, app.desk.tickets.cursor) == (7, 7)
        shop.next_id = None
        await pilot.press("n")
        assert notice(app) == "Nothing needs us"


async def test_copying_shows_what_was_sent_to_the_clipboard() -> None:
    app = console(Shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("y", "l")
        assert notice(app) == "Sent to the clipboard: k00000"
        assert app.clipboard == "k00000"
        await pilot.press("y", "o")
        assert notice(app) == "There is nothing of that kind here"


# Lines


async def test_search_narrows_and_escape_brings_everything_back() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("slash", *"lamp")
        await wait_until(pilot, lambda: app.desk.tickets.view.narrowed == "lamp")
        await pilot.press("enter")
        assert focused(app) == "list"
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.desk.tickets.view.narrowed == "")


async def test_a_query_with_a_fault_is_not_left_by_enter() -> None:
    app = console(Faulty())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("slash", *"nosuch")
        await wait_until(pilot, lambda: "There is no field" in screen_text(app))
        await pilot.press("enter")
        assert focused(app) != "list"
        await pilot.press("escape")
        assert focused(app) == "list"


async def test_a_fault_in_a_query_is_told_though_enter_came_first() -> None:
    app = console(Faulty())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("slash", "enter")
        assert focused(app) == "list"
        app.desk.tickets.narrow("nosuch")
        await wait_until(pilot, lambda: "There is no field" in notice(app))


async def test_the_palette_does_what_is_chosen_where_the_keys_came_from() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("ctrl+p", *"assign to me", "enter")
        assert office.sent[-1] == ("ticket.take", {"tickets": ["k00000"]})
        assert focused(app) == "list"
        await pilot.press("ctrl+p", "escape")
        assert focused(app) == "list"


async def test_a_customer_is_erased_when_the_whole_address_was_typed() -> None:
    def erased(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
        return {"tickets": 1, "is_clean": True, "left": [], "copies": ["/backup/old.db"]}

    office = HeldOffice(erased)
    app = console(Shop(), office=office)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("ctrl+p", *"erase a customer", "enter", "enter")
        await wait_until(pilot, lambda: "Whole address of the customer" in screen_text(app))
        assert "customer.erase" not in office.commands()
        await pilot.press(*"greta@mail.example", "enter")
        assert office.sent[-1] == ("customer.erase", {"customer": "greta@mail.example"})
        assert notice(app) == (
            "Erased for good · A copy of the database from before still holds everything: "
            "/backup/old.db"
        )


async def test_help_shows_the_keys_of_the_place_and_does_them() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: "Keys that work here" in screen_text(app))
        await pilot.press(*"last")
        await wait_until(pilot, lambda: "> Last" in screen_text(app))
        await pilot.press("enter")
        assert app.desk.tickets.cursor == 39


async def test_find_in_the_ticket() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("enter", "f", *"parcel")
        await wait_until(pilot, lambda: app.desk.conversation.wanted == "parcel")
        await pilot.press("enter")
        assert focused(app) == "conversation"
        place = app.desk.conversation.match
        await pilot.press("f")
        assert app.desk.conversation.match != place
        await pilot.press("escape")
        assert app.desk.conversation.wanted == ""
        assert focused(app) == "conversation"


async def test_the_first_paint_has_the_theme() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        theme = app.desk.themes.get(app.desk.theme)
        assert theme is not None
        assert app.theme == theme.name
        assert app.screen.styles.background == Color.parse(theme.background or "")
        assert app.tickets_pane.styles.color == Color.parse(theme.foreground or "")


async def test_theme_by_its_name() -> None:
    kept = Kept()
    app = console(Shop(), kept=kept)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("colon", *"theme light", "enter")
        assert app.theme == "light"
        light = app.desk.themes.get("light")
        assert light is not None
        await wait_until(
            pilot, lambda: app.screen.styles.background == Color.parse(light.background or "")
        )
        await pilot.press("colon", *"theme none", "enter")
        assert notice(app) == "There is no theme none"
        app.desk.places.flush()
    assert json.loads(kept.text or "")["theme"] == "light"


# Writing


async def test_a_reply_is_typed_kept_and_found_again() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("r", *"hello", "escape")
        assert focused(app) == "conversation"
        saved = [params for command, params in office.sent if command == "draft.save"]
        assert saved[-1]["text"] == "hello"
        assert saved[-1]["tickets"] == ["k00000"]


async def test_a_paste_into_the_list_can_be_put_into_the_composer() -> None:
    from textual import events

    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        app.post_message(events.Paste("Dear Greta,\nthe lamp leaves today."))
        await wait_until(pilot, lambda: "P puts it into" in notice(app))
        await pilot.press("P")
        await wait_until(
            pilot,
            lambda: (
                app.writing.composer is not None
                and app.writing.composer.content.text == "Dear Greta,\nthe lamp leaves today."
            ),
        )


# By itself


async def test_a_hold_window_counts_down_and_then_stops() -> None:
    shop = Shop()
    until = NOW + timedelta(seconds=8)
    shop.counts = lambda: Counts(38, 12, 5, 1, 0, 90, until)  # type: ignore[method-assign]
    app = console(shop)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: "0:08" in screen_text(app))
        assert "z takes it back" in screen_text(app)


async def test_what_to_do_without_an_account() -> None:
    shop = Shop(0)
    shop.states = []
    app = console(shop)
    async with app.run_test(size=NARROW) as pilot:
        await wait_until(pilot, lambda: "Look around in a demo" in screen_text(app))
        assert "Set up an account" in screen_text(app)


async def test_a_demo_is_named_and_gets_its_accounts_by_itself() -> None:
    shop = Shop(0)
    shop.states = []
    app = console(shop, banner="Demo shop 3")
    async with app.run_test(size=NARROW) as pilot:
        await wait_until(pilot, lambda: app.desk.status.counts)
        assert "Demo shop 3" in screen_text(app).splitlines()[0]
        assert not app.query("#welcome")


async def test_a_restart_stands_where_the_console_ended() -> None:
    kept = Kept()
    app = console(Shop(), kept=kept)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("j", "j", "enter", "r", *"hi")
        app.leave()
        app.desk.places.flush()
        await wait_until(pilot, lambda: not app.is_running)
    again = console(Shop(), kept=kept)
    async with again.run_test(size=NARROW) as pilot:
        await started(again, pilot)
        await wait_until(pilot, lambda: again.writing.composer is not None)
        assert again.desk.tickets.cursor == 2
        assert focused(again) == "composer-text"


async def test_what_was_left_behind_is_saved_at_the_start() -> None:
    copies = KeptCopies()
    params = {"tickets": ["k00001"], "text": "left behind", "kind": "reply"}
    copies.kept["abc"] = {"version": 1, "params": params}
    office = HeldOffice()
    app = console(Shop(), office=office, copies=copies)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: ("draft.save", params) in office.sent)
        assert copies.kept == {}


# Sizes and faults


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (39, 24), (80, 9)])
async def test_a_screen_too_small_says_so_and_takes_no_commands(size: tuple[int, int]) -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.resize_terminal(*size)
        await wait_until(pilot, lambda: app.is_too_small)
        assert "Needs us" not in screen_text(app)
        assert "Too small" in screen_text(app) or size == (1, 1)
        await pilot.press("e", "j")
        assert office.commands() == []
        await pilot.resize_terminal(*NARROW)
        await wait_until(pilot, lambda: "Needs us · 40" in screen_text(app))
        assert app.desk.tickets.cursor == 0
        await pilot.press("e")
        assert office.commands() == ["ticket.resolve"]


async def test_resizing_keeps_the_keys_and_the_ticket() -> None:
    app = console(Shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("j", "j", "tab")
        await pilot.resize_terminal(*NARROW)
        await wait_until(pilot, lambda: "k00002 ·" in screen_text(app))
        assert focused(app) == "conversation"
        await pilot.press("q")
        await pilot.resize_terminal(200, 60)
        await wait_until(pilot, lambda: "Needs us · 40" in screen_text(app))
        assert focused(app) == "list"


async def test_the_footer_cuts_no_entry() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        for columns, most in ((80, 7), (120, 11), (50, 7), (41, 7)):
            await pilot.resize_terminal(columns, 24)
            await wait_until(pilot, lambda: app.size.width == columns)  # noqa: B023
            await pilot.pause()
            line = screen_text(app).splitlines()[-1].rstrip()
            assert line.endswith("? keys")
            entries = [each for each in line.removesuffix("? keys").split("  ") if each.strip()]
            assert len(entries) <= most
            assert all(len(entry.split()) >= 2 for entry in entries)


async def test_a_fault_ends_the_console_in_words(tmp_path: Path) -> None:
    told: list[BaseException] = []

    def report(error: BaseException) -> Path:
        told.append(error)
        return tmp_path / "report.txt"

    def faulty(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
        if command == "ticket.resolve":
            raise ValueError("secret words of a customer")
        return agreeing(command, params)

    app = console(Shop(), office=HeldOffice(faulty))
    app.report = report

    async def run() -> None:
        async with app.run_test(size=NARROW) as pilot:
            await started(app, pilot)
            await pilot.press("e")
            await wait_until(pilot, lambda: not app.is_running)

    with pytest.raises(ValueError, match="secret words"):  # run_test raises it once more
        await run()
    assert [str(error) for error in told] == ["secret words of a customer"]
    assert app.return_code == 1


async def test_hostile_words_stay_words() -> None:
    def hostile(command: str, params: Mapping[str, object]) -> DesktermError:
        return DesktermError("[@click=app.quit]x[/] \x1b]2;evil\x07 [/]", code="x")

    app = console(Shop(), office=HeldOffice(hostile))
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("e")
        await wait_until(pilot, lambda: "[@click=app.quit]x[/]" in screen_text(app))
        assert "\x1b" not in screen_text(app)
        await pilot.press("colon", *"[/b]", "enter")
        await wait_until(pilot, lambda: "There is no command [/b]" in screen_text(app))
        assert clean("x") == "x"


async def test_a_new_message_that_was_begun_is_gone_on_with() -> None:
    shop = Shop()
    shop.written[0] = [
        DraftView("u1", "reply", "Dear Ana", "ana@mail.example", "", "Your order", (), NOW)
    ]
    app = console(shop)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("C")
        await wait_until(pilot, lambda: app.writing.composer is not None)
        composer = app.writing.composer
        assert composer is not None
        assert (composer.target.is_new, composer.content.text) == (True, "Dear Ana")
        assert composer.content.to == "ana@mail.example"
        assert "you had begun" in notice(app)


async def test_what_the_customer_writes_meanwhile_counts_as_seen_after_a_look() -> None:
    shop = Shop()
    app = console(shop)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("r")
        await wait_until(pilot, lambda: app.writing.composer is not None)
        composer = app.writing.composer
        assert composer is not None
        before = composer.target.seen
        number = app.desk.tickets.current_id
        assert number is not None
        shop.conversations[number] = shop.conversations[number]._replace(newest_inbound=9_999)
        app.desk.conversation.refresh()
        assert composer.target.seen == before
        composer.has_looked()
        assert composer.target.seen == 9_999


async def test_the_newest_message_stays_beside_what_one_writes() -> None:
    shop = Shop()
    app = console(shop)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Message 5." in screen_text(app))
        await pilot.press("r")
        await wait_until(pilot, lambda: app.writing.composer is not None)
        await wait_until(pilot, lambda: "Reply to" in screen_text(app))
        await wait_until(pilot, lambda: "Message 5." in screen_text(app))


async def test_the_footer_of_a_line_names_what_works_in_it() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("slash")
        await wait_until(pilot, lambda: "Enter take" in screen_text(app).splitlines()[-1])
        assert "resolve" not in screen_text(app).splitlines()[-1]
        await pilot.press("escape")
        await wait_until(pilot, lambda: "e resolve" in screen_text(app).splitlines()[-1])


async def test_the_footer_names_for_a_note_what_a_note_can_have() -> None:
    app = console(Shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("r")
        await wait_until(pilot, lambda: "F6 header" in screen_text(app).splitlines()[-1])
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: "F6 header" not in screen_text(app).splitlines()[-1])
        assert "Ctrl+t discard" in screen_text(app).splitlines()[-1]


async def test_the_footer_of_the_outbox_names_what_its_item_asks() -> None:
    shop = Shop()
    shop.items = [outgoing(0, state="held"), outgoing(1, state="ask_agent")]
    app = console(shop)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("g", "o")
        await wait_until(pilot, lambda: "take back" in screen_text(app).splitlines()[-1])
        assert "mark as sent" not in screen_text(app).splitlines()[-1]
        await pilot.press("j")
        await wait_until(pilot, lambda: "mark as sent" in screen_text(app).splitlines()[-1])
        assert "take back" not in screen_text(app).splitlines()[-1]

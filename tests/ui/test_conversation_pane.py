"""The conversation on the screen."""

from __future__ import annotations

import time
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Offset
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.rows import ConversationView, Details, Entry
from deskterm.text.clean import SafeText, clean
from deskterm.ui.conversation import ConversationPane
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.order_strip import Strip
from deskterm.viewmodel.words import symbols
from tests.support.golden import assert_golden
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.panes import (
    NOW,
    AtOnce,
    FixedReading,
    NoTimers,
    PaneApp,
    SilentOffice,
    calls,
    conversation,
    entry,
    file,
    ticket,
)
from tests.ui.test_painting import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
SIZES = [(80, 24), (120, 40), (200, 60)]


AN_ORDER = Strip(
    clean("Order LO-48213 · paid · sent · 59.90 EUR · 1 × Oak lamp 40 cm"),
    clean("late: promised for yesterday"),
    clean("DHL 0034 1122 8812 · in transit yesterday 13:07 · Uppsala"),
)


class ConversationApp(PaneApp):
    """A conversation, alone on the screen; ticket 0 is the one that is open."""

    def __init__(self, view: ConversationView | None = None, strip: Strip | None = None) -> None:
        self.reading = FixedReading()
        self.asking = AtOnce(self.reading)
        self.timers = NoTimers()
        self.model = Conversation(self.asking, SilentOffice(), self.timers)
        self.strip = strip
        self.pane = ConversationPane(
            self.model,
            symbols=symbols(False),
            now=lambda: NOW,
            zone=UTC,
            strip=lambda: self.strip,
        )
        super().__init__(self.pane)
        if view is not None:
            self.reading.conversations[0] = view
            self.model.open(0, at_once=True)

    def show(self, view: ConversationView | None) -> None:
        """The ticket as it is now, and a note of the office about it."""
        if view is None:
            del self.reading.conversations[0]
        else:
            self.reading.conversations[0] = view
        self.model.refresh()


def full() -> ConversationView:
    """A conversation with everything in it."""
    return conversation(
        [
            entry(0),
            entry(1),
            entry(2, files=(file("photo of the lamp.png", "image/png"),), hidden=420),
            entry(3, automatic=clean("auto-replied"), unreadable=True, text=clean("")),
            entry(4, key="note:a", kind="note", ours=True, author=clean("Anna"), text=clean("GPS")),
            entry(
                5,
                key="outgoing:b",
                kind="outgoing",
                ours=True,
                state="needs_edit",
                reason=clean("The customer has written since"),
            ),
        ],
        ticket=ticket(0, attention=clean("Two customers on one order")),
        tags=(clean("vip"), clean("lamp")),
    )


def long(count: int, first: int = 0, **changed: object) -> ConversationView:
    return conversation([entry(number) for number in range(first, count)], **changed)


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.pause()


def current(app: ConversationApp) -> Entry:
    found = app.pane.current
    assert found is not None
    return found


def line_with(app: ConversationApp, words: str) -> int:
    """Where on the screen words are."""
    found = [row for row, line in enumerate(screen_lines(app)) if words in line]
    assert found, screen_text(app)
    return found[0]


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_golden_screens(size: tuple[int, int]) -> None:
    app = ConversationApp(full(), AN_ORDER)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert_golden(GOLDEN / f"conversation-{size[0]}x{size[1]}.txt", screen_text(app))


async def test_the_order_at_the_head_changes_by_itself_and_moves_nothing() -> None:
    app = ConversationApp(long(30), AN_ORDER)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        assert line_with(app, "Order LO-48213 · paid") == 1
        assert line_with(app, "◆ late: promised for yesterday · DHL 0034") == 2
        app.pane.go_to(10)
        await settled(pilot)
        before = [line for line in screen_lines(app) if "Message" in line]
        app.strip = Strip(clean("Order LO-48213 · paid back"), clean(""), AN_ORDER.second)
        app.pane.head_changed()
        await settled(pilot)
        assert line_with(app, "Order LO-48213 · paid back") == 1
        assert line_with(app, "▌ DHL 0034") == 2
        assert [line for line in screen_lines(app) if "Message" in line] == before
        app.strip = None
        app.pane.head_changed()
        await settled(pilot)
        assert "LO-48213" not in screen_text(app)


async def test_it_opens_at_the_newest_entry() -> None:
    app = ConversationApp(long(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert current(app).key == "message:29"
        line_with(app, "Message 29.")
        assert "30 of 30" in screen_lines(app)[-1]


async def test_a_newest_entry_longer_than_the_screen_is_shown_from_its_head() -> None:
    text = clean("\n".join(f"Line {number}." for number in range(200)))
    app = ConversationApp(conversation([entry(0), entry(2, text=text)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert line_with(app, "Line 0.") == 2
        await pilot.press("j", "j")
        await settled(pilot)
        assert "Line 0." not in screen_text(app)
        assert current(app).key == "message:2"


async def test_a_long_conversation_opens_as_fast_as_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out = calls(monkeypatch, ConversationPane, "lay_out")
    app = ConversationApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.reading.conversations[0] = long(2_000)
        app.model.open(0, at_once=True)
        await settled(pilot)
        assert 0 < len(laid_out) < 60
        assert "older entries" not in screen_text(app)
        start = time.process_time()
        app.pane.to_top()
        assert time.process_time() - start < 2
        await settled(pilot)
        assert line_with(app, "Message 0.") == 2
        assert len({one.key for one in laid_out if isinstance(one, Entry)}) == 2_000


async def test_older_entries_come_while_scrolling_and_nothing_jumps() -> None:
    app = ConversationApp(long(200))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        half = app.pane.page // 2
        for _ in range(1_000):
            if current(app).key == "message:0":
                break
            before = [line[2:-2] for line in screen_lines(app)[1:-1]]
            app.pane.half_up()
            await pilot.pause()
            after = [line[2:-2] for line in screen_lines(app)[1:-1]]
            if "Message 0." not in screen_text(app):
                assert after[half:] == before[:-half]
        line_with(app, "Message 0.")
        assert "1 of 200" in screen_lines(app)[-1]


async def test_j_and_k_go_from_message_to_message() -> None:
    app = ConversationApp(long(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for number in (8, 7, 6, 5, 4, 3, 2, 1, 0, 0):
            await pilot.press("k")
            await settled(pilot)
            assert current(app).key == f"message:{number}"
            row = line_with(app, f"Message {number}.")
            assert screen_lines(app)[row][1] == "▌"
            assert app.cursor_position == Offset(1, row - 1)
        await pilot.press("j", "down")
        await settled(pilot)
        assert current(app).key == "message:2"
        await pilot.press("G")
        await settled(pilot)
        assert current(app).key == "message:9"
        await pilot.press("home")
        await settled(pilot)
        assert current(app).key == "message:0"


async def test_pages_take_the_cursor_along() -> None:
    app = ConversationApp(long(60))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in ("b", "pageup", "ctrl+u", "b"):
            await pilot.press(key)
            await settled(pilot)
            assert sum(line[1] == "▌" for line in screen_lines(app)) > 0
        for key in ("space", "pagedown", "ctrl+d", "space", "space"):
            await pilot.press(key)
            await settled(pilot)
        assert current(app).key == "message:59"
        for _ in range(40):
            app.pane.page_up()
        await settled(pilot)
        assert current(app).key == "message:0"
        line_with(app, "Message 0.")


async def test_a_move_paints_no_more_than_two_entries_and_lays_out_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = ConversationApp(long(4))
    async with app.run_test(size=(120, 60)) as pilot:
        await settled(pilot)
        painted = calls(monkeypatch, ConversationPane, "line_key")
        layouts = calls(monkeypatch, type(app.screen), "_refresh_layout")
        await pilot.press("k")
        await settled(pilot)
        assert 0 < len(set(painted)) <= 12
        app.show(long(5))
        await settled(pilot)
        assert layouts == []


async def test_news_leaves_the_reader_where_he_is() -> None:
    app = ConversationApp(long(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("k", "k", "k", "k", "k", "k", "k", "k")
        await settled(pilot)
        before, key = screen_lines(app)[:-1], current(app).key
        app.show(long(32))
        await settled(pilot)
        assert [line[:-2] for line in screen_lines(app)[:-1]] == [line[:-2] for line in before]
        assert current(app).key == key
        assert "of 32" in screen_lines(app)[-1]


async def test_who_is_at_the_end_sees_what_comes() -> None:
    app = ConversationApp(long(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.show(long(31))
        await settled(pilot)
        assert current(app).key == "message:30"
        line_with(app, "Message 30.")


async def test_what_one_has_just_sent_is_shown_wherever_one_was() -> None:
    app = ConversationApp(long(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("k", "k", "k", "k", "k", "k", "k", "k")
        await settled(pilot)
        view = long(30)
        sent = entry(31, key="outgoing:1", kind="outgoing", state="held", text=clean("On its way."))
        app.show(view._replace(entries=(*view.entries, sent)))
        await settled(pilot)
        assert current(app).key == "outgoing:1"
        line_with(app, "On its way.")
        await pilot.press("k", "k")
        app.show(view._replace(entries=(*view.entries, sent._replace(state="queued"))))
        await settled(pilot)
        assert current(app).key == "message:28"


async def test_older_messages_that_are_read_later_move_nothing() -> None:
    app = ConversationApp(long(100, 90, earlier=90))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("k", "k", "k", "k", "k")
        await settled(pilot)
        before = screen_lines(app)[1:-1]
        assert "95 of 100" in screen_lines(app)[-1]
        app.show(long(100))
        await settled(pilot)
        assert [line[:-2] for line in screen_lines(app)[1:-1]] == [line[:-2] for line in before]
        assert "95 of 100" in screen_lines(app)[-1]


async def test_another_ticket_begins_at_its_newest_entry() -> None:
    app = ConversationApp(long(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home")
        app.reading.conversations[1] = conversation([entry(700)], ticket=ticket(1))
        app.model.open(1, at_once=True)
        await settled(pilot)
        assert line_with(app, "Message 700.") == 2
        assert "T. Adeyemi" in screen_lines(app)[0]


async def test_quoted_text_is_shown_and_hidden() -> None:
    app = ConversationApp(conversation([entry(0, hidden=30, text=clean("Short."))]))
    app.reading.whole["message:0"] = clean("Short.\n> What you wrote before.")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        line_with(app, "30 characters quoted · w shows them")
        await pilot.press("w")
        await settled(pilot)
        line_with(app, "> What you wrote before.")
        line_with(app, "w hides the quoted text")
        await pilot.press("w")
        await settled(pilot)
        assert "What you wrote" not in screen_text(app)


async def test_details_of_a_message() -> None:
    app = ConversationApp(long(1))
    app.reading.headers["message:0"] = Details(
        sender=clean("Greta <greta@example.org>"),
        to=clean("help@shop.example"),
        cc=clean(""),
        sent_at=NOW,
        received_at=NOW,
        message_id=clean("<1@example.org>"),
        size=12_345,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await settled(pilot)
        for words in ("From: Greta <greta", "To: help@", "Message-ID: <1@example.org>", "12 kB"):
            line_with(app, words)
        assert "Cc:" not in screen_text(app)
        await pilot.press("i")
        await settled(pilot)
        assert "Message-ID" not in screen_text(app)


async def test_finding_words() -> None:
    app = ConversationApp(long(40))
    async with app.run_test(size=(80, 24)) as pilot:
        app.pane.find("message 1")
        await settled(pilot)
        assert current(app).key == "message:19"
        assert "“message 1” 11 of 11" in screen_lines(app)[-1]
        row = line_with(app, "Message 19.")
        strip = app.screen._compositor.render_strips()[row]
        here = app.pane.style_of("conversation--found-here")
        assert [s.text for s in strip if s.style is not None and s.style.reverse] == ["Message 1"]
        assert here.reverse
        app.pane.find_next()
        await settled(pilot)
        assert current(app).key == "message:1"
        assert app.pane.step_back()
        await settled(pilot)
        assert "of 11" not in screen_lines(app)[-1]
        assert not app.pane.step_back()


async def test_a_note_says_that_it_is_one_and_has_a_bar() -> None:
    app = ConversationApp(full())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        row = line_with(app, "note · Anna")
        assert [screen_lines(app)[one][2] for one in (row, row + 1)] == ["│", "│"]
        assert screen_lines(app)[row + 2][2] == " "


async def test_words_where_there_is_no_conversation() -> None:
    app = ConversationApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        line_with(app, "No ticket is open.")
        line_with(app, "Enter opens the one under the cursor")
        app.model.open(5, at_once=True)
        await settled(pilot)
        line_with(app, "This ticket is no more.")
        line_with(app, "h goes back to the list")
        app.reading.error = DesktermError("The database is damaged", "Nothing was lost", "Ask")
        app.model.open(6, at_once=True)
        await settled(pilot)
        line_with(app, "The database is damaged")
        app.reading.error = None
        app.asking.hold()
        app.model.open(0, at_once=True)
        app.timers.ring()
        await settled(pilot)
        line_with(app, "Reading…")


@pytest.mark.parametrize("width", [24, 80, 121])
async def test_hostile_text_keeps_every_line_in_its_cells(width: int) -> None:
    def bad(text: str) -> SafeText:
        return clean(text, multiline=False)

    entries = [
        entry(
            number,
            author=bad(text),
            text=clean(f"{text}\n" * 3 + text * 30),
            files=(file(text * 5, text),),
            reason=bad(text),
        )
        for number, text in enumerate(HOSTILE)
    ]
    tags = tuple(map(bad, HOSTILE))
    app = ConversationApp(
        conversation(entries, tags=tags, ticket=ticket(0, customer=tags[4])), Strip(*tags[:3])
    )
    async with app.run_test(size=(width, 30)) as pilot:
        await settled(pilot)
        for _ in range(200):
            for line in screen_lines(app):
                assert cell_len(line) == width
                assert line.replace("\u200d", "").replace("\ufe0f", "").isprintable()
            if current(app).key == "message:0":
                break
            app.pane.previous()
            await pilot.pause()
        assert current(app).key == "message:0"


async def test_selected_text_is_what_is_seen() -> None:
    app = ConversationApp(conversation([entry(0, text=clean("One 日本 two\nthree 👍🏽 four"))]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        row = line_with(app, "One")
        await pilot.mouse_down(app.pane, offset=(3, row))
        await pilot.hover(app.pane, offset=(60, row + 1))
        await pilot.mouse_up(app.pane, offset=(60, row + 1))
        await settled(pilot)
        selected = app.screen.get_selected_text()
        assert selected is not None
        assert selected.split("\n")[0] == "One 日本 two"
        assert selected.split("\n")[1].endswith("three 👍🏽 four")


async def test_another_width_keeps_the_place() -> None:
    app = ConversationApp(long(60))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["k"] * 20)
        await settled(pilot)
        key = current(app).key
        for size in ((120, 40), (20, 5), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await wait_until(pilot, lambda: app.pane.size.width >= app.size.width - 2)
            await settled(pilot)
            assert any(line[1] == "▌" for line in screen_lines(app)), size
        assert abs(int(current(app).key[8:]) - int(key[8:])) <= 3


async def test_a_pane_that_was_hidden_shows_what_was_opened_meanwhile() -> None:
    app = ConversationApp(long(5))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.pane.display = False
        await settled(pilot)
        app.reading.conversations[1] = conversation([entry(700)], ticket=ticket(1))
        app.model.open(1, at_once=True)
        await settled(pilot)
        app.pane.display = True
        await wait_until(pilot, lambda: "Message 700." in screen_text(app))
        assert current(app).key == "message:700"

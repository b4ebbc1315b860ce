"""The composer on a screen: keys, marks, titles, the review line."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from deskterm.service.command import Command
from deskterm.store import accounts
from deskterm.ui.attach import complete
from deskterm.ui.composer import ComposerPane, WritingEnded
from deskterm.ui.messages import Told
from deskterm.ui.taking import CommandApp, call_handler
from deskterm.ui.theme import load_themes, theme_folder
from deskterm.viewmodel.writing import Ended
from tests.support.desk import MARTA, TestDesk, a_mail, running
from tests.support.screen import screen_text, wait_until
from tests.support.writing import Writing

FINE = "It left on Monday and arrives tomorrow."
STYLES = Path(__file__).parents[2] / "src" / "deskterm" / "ui" / "styles" / "composer.tcss"


class ComposerApp(CommandApp):
    """A composer and nothing else."""

    CSS_PATH = STYLES

    def __init__(self) -> None:
        super().__init__(self._perform)
        self.pane = ComposerPane()
        self.told: list[str] = []
        self.ended: list[Ended] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        for theme in load_themes(theme_folder()).themes.values():
            self.register_theme(theme)
        self.theme = "dark"

    async def _perform(self, command: Command, widget: Widget) -> None:
        for node in widget.ancestors_with_self:
            if await call_handler(node, command.id):
                return

    def on_told(self, message: Told) -> None:
        self.told.append(str(message.words))

    def on_writing_ended(self, message: WritingEnded) -> None:
        self.ended.append(message.ended)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as made:
        yield made


@asynccontextmanager
async def open_composer(
    writing: Writing, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ComposerApp, Pilot[int]]]:
    app = ComposerApp()
    async with app.run_test(size=size) as pilot:
        app.pane.show(writing.composer, writing.review)
        await pilot.pause()
        yield app, pilot


async def test_what_is_typed_reaches_the_model_in_order_with_the_send_key(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        # All in one go: the key for sending must find the text that was typed before it.
        for key in (*"Hi", "enter", *"you"):
            app.post_message(events.Key(key, "\r" if key == "enter" else key))
        app.post_message(events.Key("ctrl+s", None))
        await wait_until(pilot, lambda: writing.verdict == "ready")
        assert writing.composer.content.text == "Hi\nyou"
        assert "Ready to send" in screen_text(app)
        assert "Enter send" in screen_text(app)


async def test_the_title_says_to_whom_and_a_note_looks_different(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        await pilot.press(*"Hi")
        await wait_until(pilot, lambda: "Reply to Marta · support" in screen_text(app))
        assert "not saved yet" in screen_text(app)
        reply = screen_text(app)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: "Note · only your team sees this" in screen_text(app))
        note = screen_text(app)
        assert ("╭" in reply, "╔" in reply) == (True, False)
        assert ("╭" in note, "╔" in note) == (False, True)
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: app.told)
        assert "does not become a reply" in app.told[0]
        writing.timers.advance(1)
        await wait_until(pilot, lambda: "draft saved" in screen_text(app))


async def test_findings_are_listed_marked_and_gone_through(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        text = "Dear {{name}},\n\nsee {{link}}"
        app.pane.text.put(text)
        app.pane.text.sync()
        writing.timers.advance(0.2)
        await wait_until(pilot, lambda: "2 forbidden" in screen_text(app))
        await wait_until(pilot, lambda: "forbidden: {{name}}" in screen_text(app))
        marked = app.pane.text.get_line(0)
        assert [(span.start, span.end) for span in marked.spans] == [(5, 13)]
        assert not app.pane.text.get_line(1).spans
        for start in (5, 20, 5):
            await pilot.press("f2")
            assert app.pane.text.index == start
        await pilot.press("f3")
        await wait_until(pilot, lambda: "Source:" in screen_text(app))
        assert "read on" in screen_text(app)
        await pilot.press("f3")
        await wait_until(pilot, lambda: "Source:" not in screen_text(app))
        # The mark follows what is typed before it.
        app.pane.text.go_to(0)
        await pilot.press(*"My ")
        assert [(s.start, s.end) for s in app.pane.text.get_line(0).spans] == [(8, 16)]


async def test_many_findings_take_four_lines(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(" ".join(f"{{{{v{number}}}}}" for number in range(9)))
        app.pane.text.sync()
        writing.timers.advance(0.2)
        await wait_until(pilot, lambda: "9 in all" in screen_text(app))
        assert screen_text(app).count("forbidden:") == 3
        for _ in range(6):
            await pilot.press("f2")
        await wait_until(pilot, lambda: "> X forbidden: {{v5}}" in screen_text(app))


async def test_enter_sends_after_the_verdict_was_read(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(FINE)
        await pilot.press("ctrl+s", "enter", "ctrl+s")
        await wait_until(pilot, lambda: len(app.told) == 2)
        assert "dropped" in app.told[0]
        assert writing.verdict == "ready"
        writing.timers.advance(0.2)
        await pilot.press("e")
        await wait_until(pilot, lambda: app.ended)
        assert (app.ended[0].how, app.ended[0].go_on) == ("sent", True)
        assert not app.pane.display
        assert app.pane.composer is None
        assert [row[0] for row in desk.rows("SELECT state FROM outbox_items")] == ["held"]


async def test_letters_are_commands_in_the_review_line_and_text_again_after_it(
    desk: TestDesk,
) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(FINE)
        await pilot.press("ctrl+s")
        writing.timers.advance(0.2)
        await pilot.press("i", "i")
        await wait_until(pilot, lambda: writing.composer.content.text == f"{FINE}i")
        assert writing.verdict == "idle"
        assert "Ready to send" not in screen_text(app)
        await pilot.press("ctrl+s", "escape")
        await wait_until(pilot, lambda: app.focused is app.pane.text)


async def test_a_block_greys_enter_with_the_reason(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing, (100, 24)) as (app, pilot):
        app.pane.text.put("Dear {{name}}")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Cannot be sent" in screen_text(app))
        writing.timers.advance(0.2)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.told)
        assert "Cannot be sent" in app.told[0]
        assert not desk.rows("SELECT 1 FROM outbox_items")


async def test_the_reason_is_asked_in_the_line(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(FINE)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "needs_reason")
        writing.timers.advance(0.2)
        await pilot.press("e", *"ok", "escape")
        assert writing.verdict == "needs_reason"
        assert app.focused is app.pane.bar.line
        writing.review.reason = ""
        await pilot.press("e", *"She knows", "enter")
        await wait_until(pilot, lambda: app.ended)
        assert app.ended[0].go_on
        row = desk.rows("SELECT override_reason FROM outbox_items")[0]
        assert row[0] == "She knows"


async def test_the_header_is_typed_with_tab_and_left_with_escape(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        assert not app.pane.header.display
        await pilot.press("f6")
        await wait_until(pilot, lambda: MARTA in screen_text(app))
        assert "Re: My parcel" in screen_text(app)
        await pilot.press("tab", *"jean@mail.example", "tab", *"Lamp", "shift+tab", "escape")
        assert app.focused is app.pane.text
        content = writing.composer.content
        assert (content.to, content.cc, content.subject) == ("", "jean@mail.example", "Lamp")
        await pilot.press("f6", *"nobody")
        writing.timers.advance(0.2)
        await wait_until(pilot, lambda: "no list of mail addresses" in screen_text(app))


async def test_a_new_message_begins_in_its_header(desk: TestDesk) -> None:
    writing = Writing(desk)
    async with open_composer(writing) as (app, pilot):
        await wait_until(pilot, lambda: "New message · support" in screen_text(app))
        await pilot.press(*"carl@mail.example", "enter", "enter", *"Lamp", "enter", *"Hi Carl")
        content = writing.composer.content
        assert (content.to, content.subject) == ("carl@mail.example", "Lamp")
        await wait_until(pilot, lambda: writing.composer.content.text == "Hi Carl")


async def test_a_new_message_says_by_which_account_it_leaves(desk: TestDesk) -> None:
    desk.write(lambda tx: accounts.add_account(tx, "sales", "email", {"address": "s@shop.example"}))
    writing = Writing(desk, accounts=("support", "sales"))
    async with open_composer(writing) as (app, pilot):
        await wait_until(pilot, lambda: "From" in screen_text(app))
        await pilot.press("shift+tab", "down")
        await wait_until(pilot, lambda: "New message · sales" in screen_text(app))
        await pilot.press("up", "enter")
        assert writing.composer.target.account == "support"
        await pilot.press("shift+tab", "ctrl+u", *"sal", "tab", *"carl@mail.example")
        assert writing.composer.target.account == "sales"
        await wait_until(pilot, lambda: "From     sales" in screen_text(app))
        writing.timers.advance(2)
        kept = desk.rows(
            "SELECT a.name FROM drafts d JOIN accounts a ON a.id = d.account_id"
            " WHERE d.to_line = 'carl@mail.example'"
        )
        assert [row[0] for row in kept] == ["sales"]
        writing.composer.write_from("support")
        writing.timers.advance(2)
        assert [row[0] for row in desk.rows("SELECT account_id = 1 FROM drafts")] == [1]


async def test_with_one_account_there_is_nothing_to_choose(desk: TestDesk) -> None:
    async with open_composer(Writing(desk, accounts=("support",))) as (app, pilot):
        await wait_until(pilot, lambda: "New message · support" in screen_text(app))
        assert "From" not in screen_text(app)


async def test_a_file_is_attached_by_its_path(desk: TestDesk, tmp_path: Path) -> None:
    (tmp_path / "label one.pdf").write_bytes(b"%PDF-1.4")
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(FINE)
        await pilot.press("f7")
        line = app.pane.prompt.query_one("#composer-path")
        line.put(f"{tmp_path}/lab")  # type: ignore[attr-defined] # a OneLine
        await pilot.press("tab", "enter")
        await wait_until(pilot, lambda: "Files: label one.pdf" in screen_text(app))
        assert writing.composer.content.files == (str(tmp_path / "label one.pdf"),)
        assert app.focused is app.pane.text
        await pilot.press("f7", *"nothing", "enter")
        await wait_until(pilot, lambda: app.told)
        assert "There is no file" in app.told[0]
        await pilot.press("escape")
        assert app.focused is app.pane.text


def test_a_path_is_completed_as_far_as_it_is_sure(tmp_path: Path) -> None:
    for name in ("label one.pdf", "label two.pdf", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "letters").mkdir()
    assert complete(f"{tmp_path}/la") == (
        f"{tmp_path}/label ",
        ["label one.pdf", "label two.pdf"],
    )
    assert complete(f"{tmp_path}/le")[0] == f"{tmp_path}/letters/"
    assert complete(f"{tmp_path}/label t")[0] == f"{tmp_path}/label two.pdf"
    assert complete(f"{tmp_path}/x") == (f"{tmp_path}/x", [])
    assert complete(f"{tmp_path}/.h")[0] == f"{tmp_path}/.hidden"
    assert complete("/no/such/folder/x")[0] == "/no/such/folder/x"
    assert complete("~nobody-here/x") == ("~nobody-here/x", [])
    assert len(complete("/")[1]) > 1
    assert os.sep == "/"


async def test_a_paste_is_cleaned_and_cut(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.post_message(events.Paste("one\r\n\x1b[31mtwo\u202e"))
        await wait_until(pilot, lambda: writing.composer.content.text == "one\n[31mtwo")
        app.post_message(events.Paste("x" * 300_000))
        await wait_until(pilot, lambda: app.told)
        assert "attach a long text" in app.told[0]
        assert len(app.pane.text.text) == 200_000
        await pilot.press("f6")
        app.post_message(events.Paste("a@mail.example,\n\x1bb@mail.example"))
        await wait_until(pilot, lambda: writing.composer.content.to)
        assert writing.composer.content.to == "a@mail.example, b@mail.example"


async def test_leaving_keeps_the_draft_and_throwing_away_does_not(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    async with open_composer(writing) as (app, pilot):
        await pilot.press(*"Hi", "escape")
        await wait_until(pilot, lambda: app.ended)
        assert app.ended[0].how == "left"
        assert writing.drafts() == [("reply", "Hi", "open")]
        again = Writing(desk, ref)
        app.pane.show(again.composer, again.review)
        await pilot.press(*" you", "ctrl+t")
        await wait_until(pilot, lambda: len(app.ended) == 2)
        assert app.ended[1].how == "discarded"
        assert writing.drafts() == [("reply", "Hi you", "discarded")]


async def test_text_is_saved_as_soon_as_the_keys_go_elsewhere(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        await pilot.press(*"Hi", "f6")
        await wait_until(pilot, lambda: writing.drafts() == [("reply", "Hi", "open")])
        assert app.focused is not app.pane.text


async def test_another_piece_of_writing_takes_the_place_of_the_first(desk: TestDesk) -> None:
    writing, other = Writing(desk, desk.open()), Writing(desk, desk.open(sender="j@mail.example"))
    async with open_composer(writing) as (app, pilot):
        for key in "Hi":
            app.post_message(events.Key(key, key))
        await wait_until(pilot, lambda: app.pane.text.text == "Hi")
        app.pane.show(other.composer, other.review)
        assert writing.drafts() == [("reply", "Hi", "open")]
        assert app.pane.text.text == ""
        assert [ended.how for ended in writing.ended] == ["left"]
        await pilot.press(*"Yo")
        await wait_until(pilot, lambda: other.composer.content.text == "Yo")
        assert app.ended == []


async def test_text_that_the_office_had_beside_is_shown(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    desk.do("draft.save", ref, text="Theirs")
    async with open_composer(writing) as (app, pilot):
        await pilot.press(*"Mine")
        await wait_until(pilot, lambda: writing.composer.content.text == "Mine")
        writing.timers.advance(1)
        await wait_until(pilot, lambda: "Theirs" in screen_text(app))
        assert app.pane.text.text == "Mine\n\nTheirs"
        assert app.pane.text.index == 4


@pytest.mark.parametrize("text", ["[/", "[red]x", "[@click=app.quit]go[/]", "a [/b] c"])
async def test_what_looks_like_markup_is_text(desk: TestDesk, text: str) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing) as (app, pilot):
        app.pane.text.put(f"{text} {{{{{text}}}}}")
        app.pane.text.sync()
        writing.composer.set_header("subject", text)
        writing.composer.attach(f"/tmp/{text.replace('/', '')}")
        writing.timers.advance(0.2)
        await pilot.press("f6")
        await wait_until(pilot, lambda: text in screen_text(app))


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
async def test_it_fits_into_every_terminal(desk: TestDesk, size: tuple[int, int]) -> None:
    writing = Writing(desk, desk.open())
    async with open_composer(writing, size) as (app, pilot):
        app.pane.text.put("Dear {{name}}, " + "wörter 漢字 👩‍👩‍👧 " * 40)
        app.pane.text.sync()
        writing.timers.advance(0.2)
        await pilot.press("f2", "f3", "f6", "escape", "f7", "escape", "ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "blocked")
        assert all(cell_len(line) <= size[0] for line in screen_text(app).splitlines())


def has_been_read(writing: Writing) -> bool:
    """Let the time pass in which a verdict is read."""
    writing.timers.advance(0.3)
    return writing.review.may_send


async def test_l_asks_for_a_time_and_sends_then(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    writing.type(FINE)
    async with open_composer(writing) as (app, pilot):
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "ready")
        await pilot.press("l")
        assert writing.verdict == "ready", "keys that come before the verdict do nothing"
        await wait_until(pilot, lambda: has_been_read(writing))
        await pilot.press("l", "x", "escape")
        assert writing.verdict == "ready"
        await pilot.press("l", *"tomorrow 9:00", "enter")
        await wait_until(pilot, lambda: app.ended)
        item = desk.item(app.ended[0].item)
        assert (item["state"], item["send_at"]) == ("scheduled", "2026-11-04T08:00:00.000Z")
        assert app.ended[0].send_at is not None


async def test_s_sends_now_and_snoozes_until_a_time_or_an_answer(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    writing.type(FINE)
    async with open_composer(writing) as (app, pilot):
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "ready")
        await wait_until(pilot, lambda: has_been_read(writing))
        await pilot.press("s", *"tomorrow 9:00", "enter")
        await wait_until(pilot, lambda: app.ended)
        item = desk.item(app.ended[0].item)
        assert (item["state"], item["send_at"]) == ("held", None)
    desk.sent(app.ended[0].item)
    ticket = desk.ticket(ref)
    assert (ticket["status"], ticket["snoozed_until"]) == ("snoozed", "2026-11-04T08:00:00.000Z")


async def test_a_warning_is_passed_with_a_reason_also_for_later(desk: TestDesk) -> None:
    desk.open(sender=MARTA)
    ref = desk.open(subject="Other")
    desk.sent(desk.one("ticket.reply", ref, text=FINE)["item"])
    writing = Writing(desk, ref)
    writing.type(FINE)
    async with open_composer(writing) as (app, pilot):
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "needs_reason")
        await wait_until(pilot, lambda: has_been_read(writing))
        await pilot.press("l", *"2h", "enter")
        await pilot.press(*"asked", "space", *"for", "enter")
        await wait_until(pilot, lambda: app.ended)
        item = desk.item(app.ended[0].item)
        assert (item["state"], item["override_reason"]) == ("scheduled", "asked for")


async def test_a_time_that_is_none_is_told_and_nothing_is_sent(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    writing.type(FINE)
    async with open_composer(writing) as (app, pilot):
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: writing.verdict == "ready")
        await wait_until(pilot, lambda: has_been_read(writing))
        await pilot.press("l", *"whenever", "enter")
        await wait_until(pilot, lambda: any("is not a time" in words for words in app.told))
        assert not desk.rows("SELECT * FROM outbox_items")
        assert writing.review.send_at == ""

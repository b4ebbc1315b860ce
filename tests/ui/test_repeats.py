"""What is typed again and again: told of when it is sent, and made a macro by two keys."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from deskterm.service.reading.repeat_rows import RepeatView
from deskterm.text.clean import clean
from tests.support.console import HeldOffice, Shop, agreeing, console
from tests.support.screen import screen_text, wait_until
from tests.ui.test_rules import begin

SENTENCES = ("Your parcel {{?number}} left on {{?date}}.", "We have no more of the {{order.item}}.")


def shop() -> Shop:
    made = Shop()
    made.repeats = [
        RepeatView(f"u{n}", clean(text), clean(f"Title {n}"), 11 - n, "en")
        for n, text in enumerate(SENTENCES)
    ]
    return made


def noticing(command: str, params: Mapping[str, object]) -> Mapping[str, object]:
    """An office that notices the second sentence in every reply."""
    if command == "ticket.reply":
        again = {"id": "u1", "times": 3, "text": SENTENCES[1]}
        held = {"outcome": "held", "hold_s": 10, "item": "i1", "findings": []}
        one = held if params.get("dry_run") else {**held, "typed_again": again}
        return {"done": [one]}
    if command == "macro.make":
        return {"macro": "out", "title": params["title"], "file": "/x", "problems": []}
    return agreeing(command, params)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_what_was_typed_often_is_told_once_it_is_sent_and_q_makes_a_macro(
    size: tuple[int, int],
) -> None:
    app = console(shop(), office=(office := HeldOffice(answer=noticing)))
    async with app.run_test(size=size) as pilot:
        await begin(pilot, "We have no more of the lamp.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Ready to send" in screen_text(app))
        review = app.writing._pane.review if app.writing._pane is not None else None
        await wait_until(pilot, lambda: review is not None and review.may_send)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "3 times · Q makes it a macro" in screen_text(app))
        assert "goes out in 10 seconds" in screen_text(app)
        reminds = size[0] == 200
        await wait_until(pilot, lambda: ("times · Q macro" in screen_text(app)) is reminds)
        await pilot.press("Q")
        await wait_until(pilot, lambda: "Title of the macro" in screen_text(app))
        assert "times · Q macro" not in screen_text(app)
        assert "We have no more of the {{order.item}}." in screen_text(app)
        await pilot.press(*" b", "enter")
        await wait_until(pilot, lambda: "“Title 1 b” is a macro now" in screen_text(app))
    assert ("macro.make", {"sentence": "u1", "title": "Title 1 b"}) in office.sent


async def test_the_list_is_narrowed_and_one_is_let_go_of_for_good() -> None:
    app = console(shop(), office=(office := HeldOffice()))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("Q")
        await wait_until(pilot, lambda: "11 times" in screen_text(app))
        await pilot.press(*"more")
        await wait_until(pilot, lambda: "11 times" not in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Title of the macro" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "11 times" in screen_text(app))
        await pilot.press("enter", "down", "enter")
        await wait_until(pilot, lambda: "not be told of it again" in screen_text(app))
    assert ("macro.never", {"sentence": "u0"}) in office.sent


async def test_where_there_is_nothing_that_is_said() -> None:
    app = console(Shop())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("Q")
        await wait_until(pilot, lambda: "Nothing was typed three times yet" in screen_text(app))
        await pilot.press("enter", "escape")
        await wait_until(pilot, lambda: app.context == "list")

"""What macros say is to follow stays with a draft that is left, and comes back with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC

import pytest

from deskterm.service.reading.macro_rows import FilledView
from deskterm.service.reading.reading import Reading
from deskterm.text.clean import clean
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.writing import Content, Saved, Target
from tests.support.desk import TestDesk
from tests.support.models import ManualTimers
from tests.support.writing import DeskOffice, MemoryCopies

TEXT = "Your parcel left on Monday and arrives tomorrow."
THEN = {
    "macro": "order_status",
    "then_reason": "wismo",
    "then_tags": "late vip",
    "then_status": "waiting_partner",
    "then_snooze": "2d",
}
STORED = {name.removeprefix("then_"): value for name, value in THEN.items()}
MACRO = FilledView(
    "order_status", clean("On its way"), TEXT, (), "en", "wismo", ("late",), snooze="2d"
)


@pytest.fixture
def reading(desk: TestDesk) -> Iterator[Reading]:
    found = Reading(desk.path, "anna", UTC, desk.clock.now)
    yield found
    found.close()


class Console:
    """A composer on a ticket, with the draft that there is."""

    def __init__(self, desk: TestDesk, reading: Reading, ref: str) -> None:
        self.office = DeskOffice(desk)
        draft = next(iter(reading.drafts(desk.ticket(ref)["id"])), None)
        newest = desk.rows("SELECT max(id) FROM messages")[0][0]
        self.composer = Composer(
            Target(ref, "support", clean("Marta"), newest),
            self.office,
            ManualTimers(),
            MemoryCopies(),
            Content.of(draft) if draft else None,
            Saved.of(draft) if draft else None,
        )

    def use(self, macro: FilledView) -> None:
        self.composer.type(macro.text)
        self.composer.filled.put(macro.text, 0, macro)

    def send(self) -> None:
        self.composer.submit({}, "call-1", lambda _: None, lambda _: None)


def follow_up(desk: TestDesk, table: str = "drafts") -> object:
    stored = desk.rows(f"SELECT follow_up FROM {table}")[0][0]
    return json.loads(stored) if stored else None


def test_what_follows_is_kept_with_a_draft_and_sent_with_it(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("draft.save", ref, text=TEXT, **THEN)["draft"]
    desk.one("draft.save", ref, text=f"{TEXT} Bye", draft=uid)
    assert follow_up(desk) == STORED
    desk.one("ticket.reply", ref, draft=uid)
    assert follow_up(desk, "outbox_items") == STORED


def test_what_is_named_counts_before_what_was_kept(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("draft.save", ref, text=TEXT, **THEN)["draft"]
    desk.one("ticket.reply", ref, draft=uid, then_snooze="", then_tags="vip")
    kept = {name: value for name, value in STORED.items() if name != "snooze"}
    assert follow_up(desk, "outbox_items") == {**kept, "tags": "vip"}


def test_a_reply_that_is_taken_back_has_it_again(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open()
    desk.one("ticket.reply", ref, text=TEXT, **THEN)
    desk.do("app.undo")
    (draft,) = reading.drafts(desk.ticket(ref)["id"])
    assert draft.follow == THEN


def test_a_draft_that_was_left_is_sent_with_what_follows(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open()
    first = Console(desk, reading, ref)
    first.use(MACRO)
    first.composer.leave()
    again = Console(desk, reading, ref)
    assert again.composer.content.text == TEXT
    again.composer.type(f"{TEXT} Have a fine day.")
    again.send()
    assert follow_up(desk, "outbox_items") == {
        "macro": "order_status",
        "reason": "wismo",
        "tags": "late",
        "snooze": "2d",
    }


def test_nothing_follows_once_the_text_was_wiped(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open()
    first = Console(desk, reading, ref)
    first.use(MACRO)
    first.composer.leave()
    again = Console(desk, reading, ref)
    again.composer.type("")
    again.composer.type(TEXT)
    again.composer.leave()
    assert follow_up(desk) is None

"""Outbox, health and status line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import ENDED, DeliveryState
from deskterm.service.reading.rows import AccountState, Counts, Outgoing
from deskterm.service.reading.rule_rows import BrokenRules
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.status import Status
from tests.support.models import HandReaders

NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
COUNTS = Counts(38, 12, 5, 0, 0, 4_000, None)


def an_item(name: str, state: str = "queued", hold_until: datetime | None = None) -> Outgoing:
    nothing = clean("")
    return Outgoing(
        name,
        1,
        "k7m2q9",
        "email",
        nothing,
        nothing,
        nothing,
        state,
        None,
        hold_until,
        None,
        NOW,
        nothing,
    )


def an_account(name: str, state: str = "ok", until: datetime | None = None) -> AccountState:
    synced = NOW - timedelta(minutes=2) if state in ("ok", "syncing") else None
    return AccountState(name, "email", state, clean("No route"), until, synced, NOW, 3, 0)


@dataclass
class Shelf:
    items: list[Outgoing] = field(default_factory=list)
    all_accounts: list[AccountState] = field(default_factory=list)
    broken: list[BrokenRules] = field(default_factory=list)
    figures: Counts = COUNTS
    error: DesktermError | None = None

    def outbox(self) -> list[Outgoing]:
        self._check()
        return self.items

    def accounts(self) -> list[AccountState]:
        self._check()
        return self.all_accounts

    def broken_rules(self) -> list[BrokenRules]:
        return self.broken

    def counts(self) -> Counts:
        self._check()
        return self.figures

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def readers(shelf: Shelf) -> HandReaders:
    return HandReaders(shelf)  # type: ignore[arg-type] # the part that is used


def test_the_outbox_keeps_its_cursor_on_its_item(shelf: Shelf, readers: HandReaders) -> None:
    box = OutboxList(readers, lambda: NOW)
    changes: list[int] = []
    box.changed.connect(lambda: changes.append(box.count))
    assert box.count == 0
    assert box.words
    shelf.items = [an_item("a"), an_item("b"), an_item("c")]
    box.refresh()
    readers.run()
    box.move_by(1)
    shelf.items = [an_item("z"), *shelf.items]
    box.refresh()
    readers.run()
    assert box.current is not None
    assert box.current.item == "b"
    box.refresh()
    readers.run()
    assert changes == [3, 4]
    shelf.items = [an_item("a")]
    box.refresh()
    readers.run()
    assert box.cursor == 0
    box.move_by(5)
    assert box.cursor == 0
    shelf.items = []
    box.refresh()
    readers.run()
    assert box.words == "The outbox is empty."
    shelf.error = DesktermError("The disk is full", code="disk_full")
    box.refresh()
    readers.run()
    assert "disk" in box.words


def test_a_held_reply_counts_down(shelf: Shelf, readers: HandReaders) -> None:
    box = OutboxList(readers, lambda: NOW)
    shelf.items = [an_item("a", "held", NOW + timedelta(seconds=8)), an_item("b", "ask_agent")]
    box.refresh()
    readers.run()
    assert box.counts_down
    assert [box.state_words(item) for item in box.items] == ["held 0:08", "you decide"]


def test_what_asks_names_the_commands_that_answer(readers: HandReaders) -> None:
    box = OutboxList(readers, lambda: NOW)
    for state in DeliveryState:
        item = an_item("a", state)
        assert set(box.decisions(item)) <= set(TABLE)
        if state in (DeliveryState.ASK_AGENT, DeliveryState.NEEDS_EDIT):
            assert box.decisions(item)
            assert box.hint(item)
        if state in ENDED:
            assert not box.decisions(item)


def test_health_tells_of_rules_that_cannot_be_used(shelf: Shelf, readers: HandReaders) -> None:
    health = Health(readers, lambda: NOW, UTC)
    shelf.broken = [
        BrokenRules(clean("ebay.toml"), "line 4: gate is 'no'", clean("ebay"), has_older=False),
        BrokenRules(clean("own.toml"), "line 1: unreadable", None, has_older=True),
    ]
    health.refresh()
    readers.run()
    assert (health.count, health.words, health.current) == (2, "", None)
    first, second = map(health.broken_words, health.broken)
    assert "nothing is sent on ebay" in first
    assert second.startswith("Its last good version counts.")
    shelf.all_accounts = [an_account("mailbox")]
    health.refresh()
    readers.run()
    assert health.count == 3
    health.move_to(2)
    assert health.current is None


def test_health_says_how_an_account_does_and_what_to_do(shelf: Shelf, readers: HandReaders) -> None:
    health = Health(readers, lambda: NOW, UTC)
    assert health.words
    shelf.all_accounts = [
        an_account("mailbox"),
        an_account("shop", "retrying", NOW + timedelta(minutes=5)),
        an_account("other", "sign_in"),
        an_account("new", "")._replace(synced_at=None),
    ]
    health.refresh()
    readers.run()
    well, retrying, sign_in, new = health.accounts
    assert health.state_words(well) == "ok · 2 min ago"
    assert health.state_words(retrying) == "trying again at 17:05"
    assert health.state_words(new) == "not synced yet"
    assert (health.problem(well), health.hint(well)) == ("", "")
    assert health.problem(retrying) == "No route"
    assert "account set other" in health.hint(sign_in)
    assert health.figures(well) == "3 open tickets"
    assert "2 messages set aside" in health.figures(well._replace(quarantined=2))
    health.move_by(2)
    shelf.all_accounts = shelf.all_accounts[1:]
    health.refresh()
    readers.run()
    assert health.current is not None
    assert health.current.name == "other"


def test_the_status_line(shelf: Shelf, readers: HandReaders) -> None:
    words: list[SafeText] = []
    status = Status(readers, lambda: NOW, UTC, lambda: words[0] if words else clean(""))
    assert status.hold == ""
    shelf.all_accounts = [an_account("mailbox", "syncing")]
    status.refresh()
    readers.run()
    assert status.left == ("needs us 38", "mine 12", "snoozed 5")
    assert list(status.right) == ["mailbox syncing · 2 min ago"]
    assert status.hold == ""
    shelf.figures = COUNTS._replace(outbox=2, asking=1, next_hold=NOW + timedelta(seconds=8))
    words.append(clean("office away, trying again"))
    status.refresh()
    readers.run()
    assert status.counts_down
    assert list(status.right) == [
        "sends in 0:08 · z takes it back",
        "office away, trying again",
        "mailbox syncing · 2 min ago",
        "outbox 2 · 1 ask you",
    ]


def test_the_status_line_says_when_the_next_answer_is_due(
    shelf: Shelf, readers: HandReaders
) -> None:
    status = Status(readers, lambda: NOW, UTC, lambda: clean(""))
    shelf.figures = COUNTS._replace(next_due=NOW + timedelta(hours=1))
    status.refresh()
    readers.run()
    assert status.left[-1] == "next due 18:00"
    shelf.figures = COUNTS._replace(next_due=NOW)
    status.refresh()
    readers.run()
    assert status.left[-1] == "snoozed 5"


def test_the_status_line_says_that_nothing_leaves(shelf: Shelf, readers: HandReaders) -> None:
    status = Status(readers, lambda: NOW, UTC, lambda: clean(""))
    shelf.figures = COUNTS._replace(outbox=2, next_hold=NOW + timedelta(seconds=8), paused=True)
    status.refresh()
    readers.run()
    assert status.right[0] == "SENDING IS STOPPED"
    assert status.hold == "", "what is held does not count down to anything"


def test_many_accounts_are_named_only_where_they_have_trouble(
    shelf: Shelf, readers: HandReaders
) -> None:
    status = Status(readers, lambda: NOW, UTC, lambda: clean(""))
    shelf.all_accounts = [an_account(f"a{n}") for n in range(6)]
    status.refresh()
    readers.run()
    assert status.sync == ("all accounts ok",)
    shelf.all_accounts[3] = an_account("a3", "broken")
    status.refresh()
    readers.run()
    assert status.sync == ("a3 broken",)
    shelf.all_accounts = [an_account(f"a{n}", "broken") for n in range(6)]
    status.refresh()
    readers.run()
    assert status.sync == ("6 accounts have trouble",)


def test_the_status_line_says_when_nothing_can_be_read(shelf: Shelf, readers: HandReaders) -> None:
    status = Status(readers, lambda: NOW, UTC, lambda: clean(""))
    changes: list[int] = []
    status.changed.connect(lambda: changes.append(1))
    status.refresh()
    readers.run()
    status.refresh()
    readers.run()
    assert len(changes) == 1
    shelf.error = DesktermError("The disk is full", code="disk_full")
    status.refresh()
    readers.run()
    assert "The disk is full" in status.right
    shelf.error = None
    status.refresh()
    readers.run()
    assert status.right == ()
    assert len(changes) == 3

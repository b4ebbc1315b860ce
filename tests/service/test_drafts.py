"""Saving what is being written, and throwing it away."""

from __future__ import annotations

import json

import pytest

from deskterm.domain.errors import DesktermError
from tests.support.desk import TestDesk

HEADER = {
    "to": "Marta <marta@mail.example>",
    "cc": "jean@mail.example",
    "subject": "Re: lamp",
    "files": ["/tmp/label.pdf"],
}


def saved(desk: TestDesk, ref: str, text: str, **more: object) -> dict[str, object]:
    return dict(desk.one("draft.save", ref, text=text, **more))


def rows(desk: TestDesk) -> list[tuple[str, str, str]]:
    found = desk.rows("SELECT kind, body, state FROM drafts ORDER BY rowid")
    return [tuple(row) for row in found]


def test_a_draft_holds_the_header_and_what_is_not_named_stays(desk: TestDesk) -> None:
    ref = desk.open()
    uid = saved(desk, ref, "One", **HEADER)["draft"]
    assert saved(desk, ref, "Two")["draft"] == uid
    row = desk.rows("SELECT * FROM drafts")[0]
    assert (row["body"], row["to_line"], row["cc_line"]) == ("Two", HEADER["to"], HEADER["cc"])
    assert (row["subject"], json.loads(row["files"])) == (HEADER["subject"], HEADER["files"])
    saved(desk, ref, "Two", to="", files=[])
    row = desk.rows("SELECT * FROM drafts")[0]
    assert (row["to_line"], row["cc_line"], row["files"]) == ("", HEADER["cc"], "[]")


def test_a_note_and_a_reply_stand_beside_each_other(desk: TestDesk) -> None:
    ref = desk.open()
    saved(desk, ref, "To you")
    saved(desk, ref, "About you", kind="note")
    saved(desk, ref, "To you all")
    assert rows(desk) == [("reply", "To you all", "open"), ("note", "About you", "open")]


def test_a_reply_that_becomes_a_note_takes_the_note_that_was_there_along(desk: TestDesk) -> None:
    ref = desk.open()
    saved(desk, ref, "Known", kind="note")
    reply = saved(desk, ref, "Typed")
    outcome = saved(desk, ref, "Typed", kind="note", draft=reply["draft"], base=reply["saved_at"])
    assert outcome["draft"] == reply["draft"]
    assert outcome["text"] == "Typed\n\nKnown"
    assert rows(desk) == [("note", "Known", "discarded"), ("note", "Typed\n\nKnown", "open")]


def test_a_draft_that_moved_on_is_not_overwritten(desk: TestDesk) -> None:
    ref = desk.open()
    first = saved(desk, ref, "Mine")
    desk.clock.advance(1)
    saved(desk, ref, "Theirs", draft=first["draft"])
    outcome = saved(desk, ref, "Mine, longer", draft=first["draft"], base=first["saved_at"])
    assert outcome["text"] == "Mine, longer\n\nTheirs"
    assert rows(desk) == [("reply", "Mine, longer\n\nTheirs", "open")]


def test_who_knows_of_no_draft_does_not_overwrite_one(desk: TestDesk) -> None:
    ref = desk.open()
    saved(desk, ref, "Theirs")
    assert saved(desk, ref, "Mine", base="none")["text"] == "Mine\n\nTheirs"


def test_a_draft_that_was_sent_meanwhile_is_left_alone(desk: TestDesk) -> None:
    ref = desk.open()
    uid = saved(desk, ref, "It left today.")["draft"]
    desk.do("ticket.reply", ref, draft=uid)
    assert saved(desk, ref, "It left today.", draft=uid)["draft"] == ""
    other = saved(desk, ref, "It left today. And", draft=uid)["draft"]
    assert other not in ("", uid)
    assert rows(desk) == [
        ("reply", "It left today.", "submitted"),
        ("reply", "It left today. And", "open"),
    ]


def test_a_draft_without_anything_is_none(desk: TestDesk) -> None:
    ref = desk.open()
    assert saved(desk, ref, "")["draft"] == ""
    assert rows(desk) == []
    saved(desk, ref, "x")
    assert saved(desk, ref, " ")["draft"] == ""
    assert rows(desk) == [("reply", " ", "discarded")]


def test_the_draft_of_another_agent_is_not_written_to(desk: TestDesk) -> None:
    ref = desk.open()
    uid = saved(desk, ref, "Hers")["draft"]
    assert saved(desk, ref, "His", draft=uid, agent="otto")["draft"] != uid
    assert [body for _, body, _ in rows(desk)] == ["Hers", "His"]


@pytest.mark.parametrize("wrong", [{"kind": "letter"}, {"files": "x"}, {"files": [1]}])
def test_what_is_no_draft_is_refused(desk: TestDesk, wrong: dict[str, object]) -> None:
    with pytest.raises(DesktermError) as told:
        saved(desk, desk.open(), "x", **wrong)
    assert told.value.code == "usage"


# New messages


def test_new_messages_are_drafts_without_a_ticket(desk: TestDesk) -> None:
    one = desk.do("draft.save", text="One", account="support", to="a@mail.example")
    two = desk.do("draft.save", text="Two", account="support")
    again = desk.do("draft.save", text="One more", draft=one["draft"], base=one["saved_at"])
    assert again["draft"] == one["draft"] != two["draft"]
    found = desk.rows("SELECT body, to_line, ticket_id, account_id FROM drafts ORDER BY rowid")
    assert [tuple(row) for row in found] == [
        ("One more", "a@mail.example", None, desk.account.id),
        ("Two", "", None, desk.account.id),
    ]


def test_a_new_message_needs_its_account(desk: TestDesk) -> None:
    for params in ({}, {"account": "nobody"}):
        with pytest.raises(DesktermError):
            desk.do("draft.save", text="x", **params)
    assert rows(desk) == []


def test_a_new_message_that_was_thrown_away_comes_back(desk: TestDesk) -> None:
    uid = desk.do("draft.save", text="One", account="support")["draft"]
    desk.do("draft.discard", draft=uid)
    assert rows(desk) == [("reply", "One", "discarded")]
    desk.do("app.undo")
    assert rows(desk) == [("reply", "One", "open")]
    desk.do("app.redo")
    assert rows(desk) == [("reply", "One", "discarded")]
    assert desk.chain_is_whole()


# Notes


def test_a_note_ends_its_draft_and_undo_brings_it_back(desk: TestDesk) -> None:
    ref = desk.open()
    uid = saved(desk, ref, "Asked the", kind="note")["draft"]
    desk.do("ticket.note", ref, text="Asked the carrier", draft=uid)
    assert rows(desk) == [("note", "Asked the carrier", "submitted")]
    desk.do("app.undo")
    assert rows(desk) == [("note", "Asked the carrier", "open")]
    assert desk.rows("SELECT withdrawn_at FROM notes")[0][0] is not None


# Read because it was on the screen


def test_what_was_on_the_screen_is_read_and_undo_passes_over_it(desk: TestDesk) -> None:
    ref, other = desk.open(), desk.open(sender="jean@mail.example")
    desk.do("ticket.tag", other, tag="vip")
    assert desk.one("ticket.seen", ref)["unread"] is False
    assert desk.ticket(ref)["unread"] == 0
    assert desk.do("app.undo")["label"] == "ticket.tag"
    desk.do("ticket.seen", other)
    assert desk.do("app.redo")["label"] == "ticket.tag"
    assert desk.ticket(ref)["unread"] == 0
    entry = desk.rows("SELECT cause, label, author FROM journal_entries WHERE field = 'unread'")[0]
    assert tuple(entry) == ("seen", "ticket.seen", "anna")


def test_what_came_after_the_look_is_still_unread(desk: TestDesk) -> None:
    ref = desk.open()
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    assert desk.one("ticket.seen", ref, seen=newest - 1)["unread"] is True
    assert desk.ticket(ref)["unread"] == 1
    assert desk.one("ticket.seen", ref, seen=newest)["unread"] is False

"""Writing line by line: what is sent, what is kept, and that nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.plain import reviewing, session, writing
from tests.support.plain import PlainRoom

REPLY = ("1", "reply", "Hello Marta,", "", "it left yesterday.", ".")
TEXT = "Hello Marta,\n\nit left yesterday."


@pytest.fixture
def ref(room: PlainRoom) -> str:
    """A ticket of Marta's."""
    return room.desk.open()


def sent(room: PlainRoom) -> list[tuple[str, str]]:
    """State and text of what is in the outbox."""
    rows = room.desk.rows("SELECT state, body FROM outbox_items ORDER BY rowid")
    return [tuple(row) for row in rows]


def stop(room: PlainRoom) -> None:
    """The office answers no more."""
    room.office.at_once = False


def test_a_reply_is_reviewed_and_held(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, "send")
    review = told.partition("it left yesterday.\n.\n")[2]
    assert "To: Marta <marta@mail.example>\n" in review
    assert "Subject: Re: My parcel\n" in review
    assert f"Text, 3 lines:\n{TEXT}\n" in review
    assert "Ready to send\n" in review
    assert f"The reply to {ref} goes out in 10 seconds. 'take back' keeps it here." in review
    assert sent(room) == [("held", TEXT)]


def test_a_finding_is_explained_and_blocks(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "reply", "Hello {{name}}", ".", "send", "keep")
    assert "The rules: BLOCKED, 1 forbidden\n" in told
    assert "forbidden: A placeholder of a template was left in the text." in told
    assert "Rule everywhere.no_placeholder\nSource: " in told
    assert "You can type: edit; keep; discard\n" in told
    assert told.count("Cannot be sent: ") == 2
    assert sent(room) == []
    assert room.drafts() == [("reply", "Hello {{name}}", "open")]


def test_a_fix_is_told_and_done(room: PlainRoom, ref: str) -> None:
    card = "4111 1111 1111 1111"
    told = room.session("1", "reply", f"Card {card} was used", ".", "fix", "send")
    assert f"'fix' makes “**** **** **** 1111” of “{card}”" in " ".join(told.split())
    assert "You can type: fix; edit; keep; discard\n" in told
    assert told.index("Cannot be sent") < told.index("Ready to send")
    assert sent(room) == [("held", "Card **** **** **** 1111 was used")]


def test_fix_without_a_fix_says_so(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "reply", "Hello {{name}}", ".", "fix", "keep")
    assert "None of these has a fix" in told
    assert "You can type: edit; keep; discard\n" in told


def test_the_rules_of_the_channel_are_read_out(room: PlainRoom, ref: str) -> None:
    told = " ".join(room.session("rules", "1", "rules", *["more"] * 30).split())
    assert "no ticket" in told.lower().partition("rules, email")[0]
    assert "Rules, email" in told
    assert "forbidden: " in told
    assert "Rule email.from_identity" in told
    assert "our default; the channel's own text was not read" in told


def test_a_line_is_changed_before_it_goes(room: PlainRoom, ref: str) -> None:
    told = room.session(
        *("1", "reply", "Hello {{name}}", "one", "two", "."),
        *("edit", "1", "Hello Marta", "2", ".", "delete 3", "delete 9", "add", "Anna", "."),
        *("subject Your parcel", "what", "text", "done", "send"),
    )
    assert "1: Hello {{name}}\n2: one\n3: two\n" in told
    assert "1: Hello Marta\n2: one\n3: Anna\n" in told
    assert "There is no such line" in told
    assert "'done' goes back to the review." in told
    assert "Subject: Your parcel\n" in told
    assert sent(room) == [("held", "Hello Marta\none\nAnna")]


def test_a_text_that_was_cleared_is_not_sent(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, "edit", "clear", "done")
    assert "There is nothing to send yet" in told
    assert sent(room) == []


def test_files_go_along(room: PlainRoom, ref: str, tmp_path: Path) -> None:
    file = tmp_path / "bill.txt"
    file.write_text("ten")
    told = room.session(*REPLY, "edit", f"attach {tmp_path}/none", f"attach {file}", "done", "keep")
    assert "There is no file" in " ".join(told.split())
    assert "Files: bill.txt\n" in told


def test_send_and_resolve(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, "resolve")
    assert "goes out in 10 seconds" in told
    assert room.desk.rows("SELECT then_resolve FROM outbox_items")[0][0] == 1


def test_take_back_makes_a_draft_again(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, "send", "take back", "outbox", "review", "send")
    assert "Taken back: it is a draft again" in told
    assert "The outbox is empty." in told
    assert [state for state, _ in sent(room)] == ["withdrawn", "held"]


def test_the_outbox_by_number_in_another_session(room: PlainRoom, ref: str) -> None:
    room.session(*REPLY, "send")
    told = room.session("outbox", "1", "take back 2", "take back 1")
    assert "1 reply has not left or asks something.\n1. held 0:" in told
    assert "You can type: take back 1" in told
    assert f"\n{ref}, Marta: My parcel\n" in told, "a number opens the ticket of the reply"
    assert "Take back: no reply is chosen" in told
    assert "Taken back" in told


def test_a_customer_who_wrote_meanwhile_is_not_answered_unseen(room: PlainRoom, ref: str) -> None:
    def write() -> None:
        room.desk.follow_up(ref, "Never mind, it came!")

    told = room.session(
        "1", "reply", write, "It is on its way", ".", "send", "", "send", "I know", "keep"
    )
    assert "Why should it be sent all the same?" in told
    assert "Write down why it is to be sent all the same" in told
    assert sent(room) == [("held", "It is on its way")]


def test_a_note_is_kept_and_not_sent(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "note", "Call the carrier", ".", "undo")
    assert "Note for the team; it cannot be sent." in told
    assert f"Note kept on {ref}. 'undo' takes it away." in told
    assert "review>" not in told
    assert "Undone: " in told
    assert sent(room) == []


def test_a_dot_first_writes_nothing(room: PlainRoom, ref: str) -> None:
    assert "Nothing was written." in room.session("1", "reply", ".")
    assert room.drafts() == []


def test_a_draft_is_gone_on_with(room: PlainRoom, ref: str) -> None:
    room.session("1", "reply", "Hello", ".", "keep")
    told = room.session("1", "reply", "Anna", ".", "keep")
    assert "You had begun; what you type now follows it:\nHello\n" in told
    assert room.drafts() == [("reply", "Hello\nAnna", "open")]
    told = room.session("1", "reply", ".")
    assert "The draft is kept." in told


def test_a_draft_is_thrown_away_and_comes_back(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, "discard", "undo", "review", "keep")
    assert "Draft thrown away. 'undo' brings it back." in told
    assert f"Text, 3 lines:\n{TEXT}\n" in told


@pytest.mark.parametrize("end", [(KeyboardInterrupt,), ()], ids=["ctrl-c", "ctrl-d"])
def test_nothing_typed_is_lost_by_an_end(
    room: PlainRoom, ref: str, end: tuple[type[KeyboardInterrupt], ...]
) -> None:
    told = room.session("1", "reply", "Hello", "Anna", *end)
    assert "The draft is kept. 'review' checks and sends it." in told
    assert room.drafts() == [("reply", "Hello\nAnna", "open")]
    assert room.copies.kept == {}
    assert room.code == 0


def test_ctrl_c_in_the_review_keeps_the_draft(room: PlainRoom, ref: str) -> None:
    told = room.session(*REPLY, KeyboardInterrupt, "list")
    assert "The draft is kept." in told
    assert "showing" in told.partition("The draft is kept.")[2]
    assert room.drafts() == [("reply", TEXT, "open")]


def test_each_line_is_kept_when_it_is_typed(room: PlainRoom, ref: str) -> None:
    seen: list[str] = []

    def look() -> None:
        seen.extend(body for _, body, _ in room.drafts())

    room.session("1", "reply", "one", look, "two", look, "", look)
    assert seen == ["one", "one\ntwo", "one\ntwo\n"]


def test_what_an_office_that_is_gone_did_not_take_is_a_draft_later(
    room: PlainRoom, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SETTLE_S", 0.05)
    monkeypatch.setattr(session, "END_S", 0.05)
    told = room.session("1", "reply", lambda: stop(room), "Hello", "Anna")
    assert "The office does not answer. What you typed is kept on this machine" in told
    assert room.copies.texts == ["Hello\nAnna"]
    room.office.waiting.clear()
    room.office.at_once = True
    told = room.session("1", "review", "keep")
    assert "What was typed before and not saved becomes a draft again." in told
    assert "Text, 2 lines:\nHello\nAnna\n" in told
    assert room.copies.kept == {}


def test_a_review_that_nobody_answers_is_put_aside(
    room: PlainRoom, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (writing, session, reviewing):
        for name in {"SETTLE_S", "END_S", "SOON_S", "PATIENCE_S"} & vars(module).keys():
            monkeypatch.setattr(module, name, 0.05)
    told = room.session("1", "reply", "Hello", lambda: stop(room), "Anna", ".", "list")
    assert "The office does not answer yet. Ctrl+C goes back; the draft is kept." in told
    assert "showing" in told.partition("kept on this machine")[2]
    assert room.copies.texts == ["Hello\nAnna"]


def test_what_another_console_wrote_stands_below(room: PlainRoom, ref: str) -> None:
    def other() -> None:
        ((draft, base),) = room.desk.rows("SELECT uid, updated_at FROM drafts")
        room.desk.clock.advance(1)
        room.desk.do("draft.save", ref, text="Theirs", draft=draft, base=base)

    told = room.session("1", "reply", "Ours", other, "and ours", ".", "keep")
    assert "Another console wrote too" in told
    (draft,) = room.drafts()
    assert "Ours" in draft[1]
    assert "and ours" in draft[1]
    assert "Theirs" in draft[1]


def test_a_new_message_begins_a_ticket(room: PlainRoom) -> None:
    told = room.session("new", "ida@mail.example", "Your lamp", "It is back in stock.", ".", "send")
    assert "To:" in told
    assert "Subject: Your lamp\n" in told
    assert sent(room) == [("held", "It is back in stock.")]


def test_control_characters_that_are_typed_go(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "reply", "Hel\x1b[31mlo\u202e", ".", "keep")
    assert room.drafts() == [("reply", "Hel[31mlo", "open")]
    assert "Text, 1 line:\nHel[31mlo\n" in told

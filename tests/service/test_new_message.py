"""Writing to somebody who has not written first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from tests.support.desk import MARTA, OURS, TestDesk, a_mail

FINE = "Your lamp is back in stock; shall we send it?"
CARL = "carl@mail.example"


def new(desk: TestDesk, **changes: object) -> dict[str, object]:
    params = {"account": "support", "to": f"Carl <{CARL}>", "subject": "Your lamp", "text": FINE}
    return desk.do("ticket.new", **{**params, **changes})


def counts(desk: TestDesk) -> list[int]:
    tables = ("customers", "identities", "tickets", "threads", "outbox_items")
    return [desk.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]


def test_it_begins_a_ticket_and_is_held(desk: TestDesk) -> None:
    outcome = new(desk, resolve=True)
    assert (outcome["outcome"], outcome["hold_s"]) == ("held", 10)
    ticket = desk.ticket(str(outcome["ticket"]))
    assert (ticket["customer_name"], ticket["subject"]) == ("Carl", "Your lamp")
    assert (ticket["channel"], ticket["outgoing"]) == ("email", "resolve")
    item = desk.item(outcome["item"])
    assert (item["subject"], item["body"], item["parent_row"]) == ("Your lamp", FINE, None)
    assert json.loads(item["recipients"])["to"] == [["Carl", CARL]]
    assert desk.gate(outcome["item"]) is None
    assert desk.chain_is_whole()


def test_sent_it_waits_for_the_customer_whose_answer_comes_back_to_it(desk: TestDesk) -> None:
    outcome = new(desk)
    desk.sent(outcome["item"])
    ref = str(outcome["ticket"])
    assert desk.ticket(ref)["status"] == "waiting_customer"
    key = desk.item(outcome["item"])["key"]
    desk.arrive(a_mail("answer", "Yes please", after=[key], at=2000, sender=CARL))
    assert desk.ticket_of("answer")["ref"] == ref
    assert desk.ticket(ref)["status"] == "open"
    assert counts(desk)[:3] == [1, 1, 1]


def test_send_and_resolve_holds_for_a_new_message(desk: TestDesk) -> None:
    outcome = new(desk, resolve=True)
    desk.sent(outcome["item"])
    assert desk.ticket(str(outcome["ticket"]))["status"] == "resolved"


def test_a_known_customer_is_joined(desk: TestDesk) -> None:
    known = desk.ticket(desk.open())["customer_id"]
    ref = str(new(desk, to=MARTA.upper())["ticket"])
    assert desk.ticket(ref)["customer_id"] == known


def test_whom_it_is_written_to_takes_part(desk: TestDesk) -> None:
    outcome = new(desk, to=f"{CARL}, {MARTA}", cc="jean@mail.example")
    assert outcome["outcome"] == "held"
    assert desk.gate(outcome["item"]) is None
    desk.sent(outcome["item"])
    ref = str(outcome["ticket"])
    more = desk.one("ticket.reply", ref, text="And one thing more.", cc="jean@mail.example")
    assert more["outcome"] == "held"
    stranger = desk.one("ticket.reply", ref, text="And another.", to="eve@other.example")
    assert stranger["outcome"] == "blocked"


def test_taken_back_it_is_a_draft_on_its_ticket(desk: TestDesk) -> None:
    outcome = new(desk, cc=MARTA)
    ref = str(outcome["ticket"])
    desk.do("app.undo")
    assert desk.item(outcome["item"])["state"] == "withdrawn"
    row = desk.rows("SELECT * FROM drafts WHERE state = 'open'")[0]
    assert row["ticket_id"] == desk.ticket(ref)["id"]
    assert (row["body"], row["to_line"], row["cc_line"]) == (FINE, f"Carl <{CARL}>", MARTA)
    again = desk.one("ticket.reply", ref, draft=row["uid"])
    assert again["outcome"] == "held"
    item = desk.item(again["item"])
    assert item["subject"] == "Your lamp"
    assert [addr for _, addr in json.loads(item["recipients"])["cc"]] == [MARTA]


def test_a_draft_becomes_the_message_once(desk: TestDesk) -> None:
    draft = desk.do("draft.save", text=FINE, to=CARL, subject="Your lamp", account="support")[
        "draft"
    ]
    outcome = desk.do("ticket.new", account="support", draft=draft)
    assert outcome["outcome"] == "held"
    with pytest.raises(DesktermError) as told:
        desk.do("ticket.new", account="support", draft=draft)
    assert told.value.code == "already_sent"
    assert counts(desk)[2:] == [1, 1, 1]


def test_what_is_stopped_leaves_no_ticket_but_the_draft(desk: TestDesk) -> None:
    before = counts(desk)
    outcome = new(desk, text="Dear {{name}}, it is back")
    assert outcome["outcome"] == "blocked"
    assert counts(desk) == before
    row = desk.rows("SELECT * FROM drafts")[0]
    assert (row["uid"], row["ticket_id"], row["state"]) == (outcome["draft"], None, "open")
    assert (row["to_line"], row["subject"]) == (f"Carl <{CARL}>", "Your lamp")
    held = new(desk, draft=outcome["draft"])
    assert held["outcome"] == "held"
    assert desk.chain_is_whole()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"to": ""}, "Nobody to send"),
        ({"to": "nobody"}, "no list of mail addresses"),
        ({"to": OURS}, "address of ours"),
        ({"subject": "  "}, "no subject"),
        ({"account": "none"}, "no account named"),
        ({"account": ""}, "account is missing"),
    ],
)
def test_what_cannot_be_written_says_so(
    desk: TestDesk, wrong: dict[str, object], says: str
) -> None:
    before = desk.snapshot()
    with pytest.raises(DesktermError, match=says):
        new(desk, **wrong)
    assert desk.snapshot() == before


def test_where_the_customer_writes_first_nothing_is_begun(desk: TestDesk) -> None:
    desk.channels.by_mail = False
    with pytest.raises(DesktermError) as told:
        new(desk)
    assert told.value.code == "cannot_begin"


# Looking without doing


def test_a_look_at_the_rules_says_what_the_header_would_be(desk: TestDesk) -> None:
    ref = desk.open()
    before = desk.snapshot()
    reply = desk.one("ticket.reply", ref, text=FINE, dry_run=True)
    assert (reply["outcome"], reply["to"], reply["subject"]) == (
        "held",
        f"Marta <{MARTA}>",
        "Re: My parcel",
    )
    trial = new(desk, dry_run=True, cc=MARTA)
    assert (trial["to"], trial["cc"]) == (f"Carl <{CARL}>", MARTA)
    blocked = new(desk, dry_run=True, text="Dear {{name}}")
    assert blocked["outcome"] == "blocked"
    findings = blocked["findings"]
    assert isinstance(findings, list)
    assert findings[0]["checked_on"]
    assert desk.snapshot() == before


@pytest.mark.parametrize("text", ["Dear {{name}}", FINE])
def test_neither_a_stopped_reply_nor_a_look_leaves_files_behind(
    desk: TestDesk, tmp_path: Path, text: str
) -> None:
    (tmp_path / "label.pdf").write_bytes(b"%PDF-1.4 label")
    attach = [str(tmp_path / "label.pdf")]
    ref = desk.open()
    desk.do("ticket.reply", ref, text=text, attach=attach, dry_run=True)
    new(desk, text=text, attach=attach, dry_run=True)
    assert list(desk.attachments.iterdir()) == []
    stopped = desk.one("ticket.reply", ref, text="Dear {{name}}", attach=attach)
    assert stopped["outcome"] == "blocked"
    assert list(desk.attachments.iterdir()) == []
    assert json.loads(desk.rows("SELECT files FROM drafts")[0][0]) == attach


def test_a_reply_taken_back_has_its_files_though_they_are_gone(
    desk: TestDesk, tmp_path: Path
) -> None:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"%PDF-1.4 label")
    ref = desk.open()
    draft = desk.one("draft.save", ref, text=FINE, files=[str(path)])["draft"]
    first = desk.one("ticket.reply", ref, draft=draft)
    assert first["outcome"] == "held"
    path.unlink()
    desk.do("app.undo")
    again = desk.one("ticket.reply", ref, draft=draft, text=f"{FINE} Today.")
    files = json.loads(desk.item(again["item"])["attachments"])
    assert [file["filename"] for file in files] == ["label.pdf"]
    assert desk.gate(again["item"]) is None


def test_what_was_sent_is_what_comes_back(desk: TestDesk) -> None:
    ref = desk.open()
    draft = desk.one("draft.save", ref, text="Half")["draft"]
    desk.do("ticket.reply", ref, draft=draft, text=FINE, subject="Other")
    desk.do("app.undo")
    row = desk.rows("SELECT body, subject FROM drafts WHERE state = 'open'")[0]
    assert tuple(row) == (FINE, "Other")


@pytest.mark.parametrize("name", ["label.pdf", "./label.pdf", "stored:xyz/label.pdf", "/tmp\0x"])
def test_a_file_is_named_by_its_whole_path(desk: TestDesk, name: str) -> None:
    with pytest.raises(DesktermError):
        desk.do("ticket.reply", desk.open(), text=FINE, attach=[name])

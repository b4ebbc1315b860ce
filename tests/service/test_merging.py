"""Tickets that become one, and one that becomes two; undone in any order."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import parse_query
from deskterm.store import accounts, ingest, links, readers
from deskterm.store.where import compile_query
from tests.support.desk import OURS, TestDesk, a_mail

FINE = "Your parcel left on Monday and arrives tomorrow."
SHOWN = (
    *("status", "assignee", "unread", "waiting_since", "last_message_at", "preview"),
    *("contact_reason", "attention", "merged_into_id"),
)


def two(desk: TestDesk) -> tuple[str, str]:
    """Two tickets of one customer: about a lamp, and half an hour later about a parcel."""
    lamp = desk.open(subject="Lamp", body="Is the lamp there?", at=0)
    return lamp, desk.open(subject="Parcel", body="Where is order 12-345?", at=30)


def held(desk: TestDesk, ref: str) -> list[str]:
    """What is said on a ticket, oldest first."""
    found = readers.conversation(desk.reading, desk.ticket(ref)["id"])
    assert found is not None
    return [row["body"] for row in found.messages]


def shown(desk: TestDesk, *refs: str) -> list[tuple[object, ...]]:
    """What a person sees of tickets: their facts, messages, notes, order numbers and tags."""
    seen: list[tuple[object, ...]] = []
    for ref in refs:
        row = desk.ticket(ref)
        found = readers.conversation(desk.reading, row["id"])
        assert found is not None
        seen.append(
            (
                *(row[name] for name in SHOWN),
                tuple(m["body"] for m in found.messages),
                tuple(n["body"] for n in found.notes),
                tuple(found.order_refs),
                tuple(found.tags),
                tuple(links.of_ticket(desk.reading, row["id"])),
            )
        )
    return seen


def listed(desk: TestDesk, text: str = "") -> list[str]:
    query = compile_query(parse_query(text, now=desk.clock.now()), "anna")
    return [row["ref"] for row in readers.list_tickets(desk.reading, query, 50)]


def test_a_merge_takes_everything_along_and_is_undone(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.note", lamp, text="Asked the store")
    desk.do("ticket.tag", lamp, tag="vip")
    desk.do("ticket.take", lamp)
    desk.do("ticket.reason", lamp, reason="availability")
    before = shown(desk, lamp, parcel)
    assert desk.one("ticket.merge", lamp, into=parcel)["into"] == parcel
    after = shown(desk, lamp, parcel)
    assert held(desk, parcel) == ["Is the lamp there?", "Where is order 12-345?"]
    assert held(desk, lamp) == []
    assert desk.ticket(lamp)["status"] == "closed"
    assert desk.ticket(parcel)["assignee"] == "anna"
    assert desk.ticket(parcel)["contact_reason"] == "availability"
    assert links.of_ticket(desk.reading, desk.ticket(parcel)["id"]) == [
        links.Link("duplicate_of", lamp, outward=False)
    ]
    desk.restart()
    undone = desk.do("app.undo")
    assert undone["kept"] == []
    assert shown(desk, lamp, parcel) == before
    desk.do("app.redo")
    assert shown(desk, lamp, parcel) == after
    desk.do("app.undo")
    assert shown(desk, lamp, parcel) == before
    assert desk.chain_is_whole()


def test_a_merged_ticket_is_in_no_list_and_takes_no_command(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.merge", lamp, into=parcel)
    for query in ("", "status:closed", "is:read", "after:2020-01-01", "lamp", "-tag:vip"):
        assert lamp not in listed(desk, query), query
    assert listed(desk, "lamp") == [parcel]
    with pytest.raises(DesktermError, match=f"merged into {parcel}"):
        desk.do("ticket.reopen", lamp)


def test_what_comes_later_stays_with_its_thread(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", subject="Lamp"), a_mail("b", at=30, subject="Parcel"))
    lamp, parcel = desk.ticket_of("a")["ref"], desk.ticket_of("b")["ref"]
    desk.do("ticket.merge", lamp, into=parcel)
    desk.arrive(a_mail("a2", "And the price?", after=["a"], at=60, subject="Re: Lamp"))
    assert desk.ticket_of("a2")["ref"] == parcel
    desk.do("app.undo")
    assert desk.ticket_of("a2")["ref"] == lamp
    assert desk.ticket(lamp)["preview"] == "And the price?"
    assert desk.ticket(parcel)["preview"] == "Where is my parcel?"
    assert desk.ticket_of("b")["ref"] == parcel


def test_merges_are_undone_in_any_order(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    third = desk.open(subject="Third", body="Hello?", at=50)
    before = shown(desk, lamp, parcel, third)
    desk.do("ticket.merge", lamp, into=parcel, agent="anna")
    desk.do("ticket.merge", parcel, into=third, agent="bob")
    assert held(desk, third) == ["Is the lamp there?", "Where is order 12-345?", "Hello?"]
    desk.do("app.undo", agent="anna")
    assert held(desk, lamp) == ["Is the lamp there?"]
    assert held(desk, third) == ["Where is order 12-345?", "Hello?"]
    desk.do("app.undo", agent="bob")
    assert shown(desk, lamp, parcel, third) == before


def test_merging_into_a_merged_ticket_goes_to_where_that_went(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    third = desk.open(subject="Third", body="Hello?", at=50)
    desk.do("ticket.merge", lamp, into=parcel)
    assert desk.one("ticket.merge", third, into=lamp)["into"] == parcel
    with pytest.raises(DesktermError, match="into itself"):
        desk.do("ticket.merge", parcel, into=lamp)


def test_a_merge_that_would_go_round_is_not_done_again(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.merge", lamp, into=parcel)
    desk.do("app.undo")
    desk.do("ticket.merge", parcel, into=lamp, agent="bob")
    before = desk.snapshot()
    with pytest.raises(DesktermError, match="merged into it since"):
        desk.do("app.redo")
    assert desk.snapshot() == before


def test_bulk_merges_into_one_and_leaves_that_one_alone(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    third = desk.open(subject="Third", body="Hello?", at=50)
    outcome = desk.do("ticket.merge", [lamp, parcel, third], into=third)
    assert outcome["skipped"] == [{"ticket": third, "reason": "It cannot be merged into itself"}]
    assert len(held(desk, third)) == 3
    undone = desk.do("app.undo")
    assert undone["kept"] == []
    assert [len(held(desk, ref)) for ref in (lamp, parcel, third)] == [1, 1, 1]


def test_a_ticket_with_a_reply_on_its_way_or_a_draft_stays(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("draft.save", lamp, text="Dear Marta")
    with pytest.raises(DesktermError, match="being written"):
        desk.do("ticket.merge", lamp, into=parcel)
    desk.do("ticket.reply", parcel, text=FINE)
    with pytest.raises(DesktermError, match="on its way"):
        desk.do("ticket.merge", parcel, into=lamp)
    with pytest.raises(DesktermError, match="on its way"):
        desk.do("ticket.split", parcel, message="1")


def test_a_merge_is_not_undone_while_a_reply_of_it_is_on_its_way(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.merge", parcel, into=lamp)
    uid = desk.one("ticket.reply", lamp, text=FINE, agent="bob")["item"]
    with pytest.raises(DesktermError, match="on its way"):
        desk.do("app.undo")
    desk.sent(uid)
    desk.do("app.undo")
    assert held(desk, parcel) == ["Where is order 12-345?", FINE]


def test_our_turn_comes_along(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.resolve", lamp)
    desk.do("ticket.merge", parcel, into=lamp)
    assert desk.ticket(lamp)["status"] == "open"
    assert desk.ticket(lamp)["unread"] == 1
    desk.do("app.undo")
    assert desk.ticket(lamp)["status"] == "resolved"


def test_a_reply_leaves_by_the_account_the_customer_wrote_to_last(desk: TestDesk) -> None:
    lamp = desk.open(subject="Lamp", at=0)
    other = desk.write(
        lambda tx: accounts.add_account(tx, "sales", "email", {"address": "sales@shop.example"})
    )
    mail = a_mail("s", "Is it there?", at=30, sender="m.lindqvist@work.example", subject="Lamp?")
    desk.write(lambda tx: ingest.place(tx, other.id, "email", [mail], desk._rowids))
    sales = desk.ticket_of("s")["ref"]
    desk.do("ticket.merge", sales, into=lamp)
    uid = desk.one("ticket.reply", lamp, text=FINE)["item"]
    item = desk.item(uid)
    assert item["account_id"] == other.id
    assert "m.lindqvist@work.example" in item["recipients"]
    assert OURS not in item["recipients"]
    desk.queue(uid)
    assert desk.gate(uid) is None


def test_sync_does_not_join_what_an_agent_took_apart(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", subject="Lamp"), a_mail("b", at=30, subject="Parcel"))
    lamp, parcel = desk.ticket_of("a")["ref"], desk.ticket_of("b")["ref"]
    desk.do("ticket.merge", lamp, into=parcel)
    desk.do("app.undo")
    desk.arrive(a_mail("c", "Both", after=["a", "b"], at=60, subject="Re: Lamp"))
    assert desk.ticket_of("a")["ref"] == lamp
    assert desk.ticket_of("b")["ref"] == parcel


# Splitting


def conversation(desk: TestDesk) -> tuple[str, list[int]]:
    """A ticket of three mails; its reference and their rows."""
    desk.arrive(
        a_mail("a", "Where is my parcel?"),
        a_mail("b", "Also, is the lamp 12-345 there?", after=["a"], at=10),
        a_mail("c", "And in green?", after=["a", "b"], at=20),
    )
    ref = desk.ticket_of("a")["ref"]
    rows = desk.rows("SELECT id FROM messages ORDER BY id")
    return ref, [row[0] for row in rows]


def test_a_message_and_what_follows_leave_and_come_back(desk: TestDesk) -> None:
    ref, (_, second, _) = conversation(desk)
    desk.do("ticket.take", ref)
    before = shown(desk, ref)
    outcome = desk.one("ticket.split", ref, message=str(second))
    new = str(outcome["new"])
    assert outcome["messages"] == 2
    assert held(desk, ref) == ["Where is my parcel?"]
    assert held(desk, new) == ["Also, is the lamp 12-345 there?", "And in green?"]
    row = desk.ticket(new)
    assert (row["status"], row["assignee"], row["subject"]) == ("new", "anna", "My parcel")
    assert links.of_ticket(desk.reading, row["id"]) == [links.Link("related_to", ref, outward=True)]
    after = shown(desk, ref, new)
    assert sorted(listed(desk)) == sorted([ref, new])
    desk.restart()
    desk.do("app.undo")
    assert shown(desk, ref) == before
    assert listed(desk) == [ref]
    desk.do("app.redo")
    assert shown(desk, ref, new) == after
    assert desk.chain_is_whole()


def test_an_undone_split_leaves_nothing_behind(desk: TestDesk) -> None:
    ref, (_, second, _) = conversation(desk)
    tables = ("tickets", "threads", "thread_keys", "order_mentions", "ticket_links", "messages")

    def rows() -> list[list[tuple[object, ...]]]:
        return [sorted(map(tuple, desk.rows(f"SELECT * FROM {name}"))) for name in tables]

    before = rows()
    new = str(desk.one("ticket.split", ref, message=str(second))["new"])
    for _ in range(2):
        desk.do("app.undo")
        assert rows() == before
        with pytest.raises(DesktermError):
            desk.do("ticket.take", new)
        desk.do("app.redo")
        assert held(desk, new) == ["Also, is the lamp 12-345 there?", "And in green?"]
    assert desk.chain_is_whole()


def test_a_ticket_on_which_something_happened_stays_when_its_split_is_undone(
    desk: TestDesk,
) -> None:
    ref, (_, second, _) = conversation(desk)
    new = str(desk.one("ticket.split", ref, message=str(second))["new"])
    desk.do("ticket.note", new, text="Asked the carrier", agent="bob")
    desk.do("app.undo")
    assert len(held(desk, ref)) == 3
    row = desk.rows("SELECT merged_into_id FROM tickets WHERE ref = ?", new)
    assert row[0][0] is not None
    desk.do("app.redo")
    assert len(held(desk, new)) == 2


def test_a_split_is_not_done_again_where_its_messages_went_elsewhere(desk: TestDesk) -> None:
    ref, (_, second, _) = conversation(desk)
    desk.do("ticket.split", ref, message=str(second))
    desk.do("app.undo")
    desk.do("ticket.split", ref, message=str(second), agent="bob")
    before = desk.snapshot()
    with pytest.raises(DesktermError, match="elsewhere by now"):
        desk.do("app.redo")
    assert desk.snapshot() == before


def test_what_answers_a_message_that_was_split_off_follows_it(desk: TestDesk) -> None:
    ref, (_, second, _) = conversation(desk)
    new = str(desk.one("ticket.split", ref, message=str(second))["new"])
    desk.arrive(
        a_mail("d", "Blue is fine too", after=["a", "b", "c"], at=30),
        a_mail("e", "No parcel yet", after=["a"], at=40),
    )
    assert desk.ticket_of("d")["ref"] == new
    assert desk.ticket_of("e")["ref"] == ref
    desk.do("app.undo")
    assert len(held(desk, ref)) == 5


def test_one_message_alone_leaves(desk: TestDesk) -> None:
    ref, (_, second, third) = conversation(desk)
    new = str(desk.one("ticket.split", ref, message=str(second), alone=True)["new"])
    assert held(desk, new) == ["Also, is the lamp 12-345 there?"]
    assert held(desk, ref) == ["Where is my parcel?", "And in green?"]
    desk.do("app.undo")
    chosen = desk.one("ticket.split", ref, message=f"{second}, {third}")
    assert chosen["messages"] == 2


def test_a_split_of_a_merged_ticket_takes_a_thread_whole(desk: TestDesk) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.merge", lamp, into=parcel)
    (_, second) = [row["id"] for row in desk.rows("SELECT id FROM messages ORDER BY id")]
    new = str(desk.one("ticket.split", parcel, message=str(second))["new"])
    assert held(desk, new) == ["Where is order 12-345?"]
    assert held(desk, parcel) == ["Is the lamp there?"]
    desk.do("app.undo")
    desk.do("app.undo")
    assert held(desk, lamp) == ["Is the lamp there?"]
    assert held(desk, parcel) == ["Where is order 12-345?"]


@pytest.mark.parametrize("message", ["x", "999999", "", "-1"])
def test_what_is_no_message_of_the_ticket_is_refused(desk: TestDesk, message: str) -> None:
    ref, _ = conversation(desk)
    before = desk.snapshot()
    with pytest.raises(DesktermError):
        desk.do("ticket.split", ref, message=message)
    assert desk.snapshot() == before


def test_not_everything_can_be_split_off(desk: TestDesk) -> None:
    ref, (first, *_) = conversation(desk)
    with pytest.raises(DesktermError, match="Nothing would be left"):
        desk.do("ticket.split", ref, message=str(first))


def test_a_split_is_not_undone_over_what_was_done_since(desk: TestDesk) -> None:
    ref, (_, second, _) = conversation(desk)
    new = str(desk.one("ticket.split", ref, message=str(second))["new"])
    desk.do("draft.save", new, text="Dear Marta", agent="bob")
    before = desk.snapshot()
    with pytest.raises(DesktermError, match="being written"):
        desk.do("app.undo")
    assert desk.snapshot() == before


def answered(desk: TestDesk, ref: str) -> str:
    """Reply to a ticket; the Message-ID of what left, which names the ticket."""
    uid = desk.one("ticket.reply", ref, text=f"About {ref}: it is on its way.")["item"]
    desk.sent(uid, remote_id=f"smtp-{ref}")
    return str(desk.item(uid)["key"])


def test_an_answer_to_our_reply_goes_to_the_thread_of_that_reply(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", subject="Lamp"), a_mail("b", at=30, subject="Parcel"))
    lamp, parcel = desk.ticket_of("a")["ref"], desk.ticket_of("b")["ref"]
    desk.do("ticket.merge", lamp, into=parcel)
    ours = answered(desk, parcel)  # it answers the parcel, which the customer wrote about last
    desk.arrive(a_mail("c", "Thank you", after=["b", ours], at=60, subject="Re: Parcel"))
    assert desk.ticket_of("c")["ref"] == parcel
    thread = "SELECT thread_id FROM messages WHERE remote_id = ?"
    assert desk.rows(thread, "mail:c")[0][0] == desk.rows(thread, "mail:b")[0][0]


def test_an_answer_to_our_reply_that_was_split_off_follows_it(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("b", "And the lamp?", after=["a"], at=10))
    ref = desk.ticket_of("a")["ref"]
    ours = answered(desk, ref)
    (_, second, _) = [row["id"] for row in desk.rows("SELECT id FROM messages ORDER BY id")]
    new = str(desk.one("ticket.split", ref, message=str(second))["new"])
    desk.arrive(a_mail("c", "In green", after=["a", "b", ours], at=60))
    assert desk.ticket_of("c")["ref"] == new

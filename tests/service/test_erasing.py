"""Erasing a customer: nothing of them is left in any file, and nothing of others is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.domain.arrival import Arrival, FiledAttachment
from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import Address
from deskterm.domain.outbox import DeliveryState
from deskterm.service.attached import keep
from deskterm.service.erasing import erase_customer
from deskterm.service.reading.shelf import Shelf
from deskterm.service.work import Work
from deskterm.store import belongings, erasing, mentions, outbox
from deskterm.store.erasing import Erased
from deskterm.store.mailfacts import MailFacts
from tests.support.desk import OURS, TestDesk, a_mail
from tests.support.ground import kept_ground
from tests.support.orders import a_full_order, bring, shop_account

ZULA = "zula.quagga@mail.example"
BEN = "ben@mail.example"
FINE = "Your parcel left on Monday and arrives tomorrow."
#: What must be nowhere: address, name, and words of messages, notes, drafts and replies.
WORDS = ("zula.quagga", "Quagga", "purplegnu", "okapinote", "numbatdraft", "dugongreply")
#: Columns that say to whom or what a row belongs.
OWNED = {"customer_id", "ticket_id", "thread_id", "message_row", "order_id", "item_id"}


def zulas(name: str, body: str = "Where is my purplegnu?", **more: object) -> Arrival:
    """A mail of the customer that is erased here."""
    mail = a_mail(name, body, sender=ZULA, **more)  # type: ignore[arg-type] # fields a test names
    return replace(mail, author_name="Zula Quagga", party_name="Zula Quagga")


def erase(desk: TestDesk, address: str = ZULA) -> Erased:
    """Erase the customer of an address, to the last page of the file."""
    reading = desk.reading
    customer = reading.execute(
        "SELECT c.* FROM customers c JOIN identities i ON i.customer_id = c.id WHERE i.value = ?",
        (address,),
    ).fetchone()
    found = mentions.find(reading, belongings.person_of(reading, customer))
    erased = desk.write(
        lambda tx: erase_customer(
            Work(tx, desk.desk(), tx.new_uid(), "customer.erase"), customer["uid"], found
        )
    )
    more = desk.write(lambda tx: erasing.merge_index(tx, -50))
    while more:
        more = desk.write(lambda tx: erasing.merge_index(tx, 50))
    assert desk.writer.fold()
    return erased


def traces(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Where words stand in any file."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [(path.name, word) for word in words if word.lower().encode() in content]
    return found


@pytest.fixture
def desk(desk: TestDesk, tmp_path: Path) -> Iterator[TestDesk]:
    shelf = Shelf(tmp_path / "macros", tmp_path / "facts.toml", ground=kept_ground())
    desk.reads = lambda: shelf.stock().suggester
    yield desk
    assert desk.chain_is_whole()
    assert not desk.rows("PRAGMA foreign_key_check")
    assert desk.rows("PRAGMA integrity_check")[0][0] == "ok"
    desk.write(lambda tx: tx.execute("INSERT INTO search (search) VALUES ('integrity-check')"))


def a_busy_customer(desk: TestDesk) -> str:
    """A ticket with something of everything; its reference."""
    kept = keep(b"a picture of the purplegnu", desk.attachments)
    file = FiledAttachment("2", "purplegnu.txt", "text/plain", 26, kept)
    order = replace(a_full_order(), ref="LO-5150")
    order = replace(order, buyer=replace(order.buyer, email=ZULA, name="Zula Quagga"))
    bring(desk, shop_account(desk), order)
    desk.arrive(zulas("z1", subject="About the purplegnu", attachments=(file,)))
    ref = str(desk.ticket_of("z1")["ref"])
    desk.do("ticket.note", ref, text="okapinote of the team")
    desk.do("ticket.tag", ref, tag="quagga-vip")
    text = f"Hello Zula Quagga, dugongreply. {FINE}"
    desk.sent(desk.one("ticket.reply", ref, text=text, macro="delivery-late")["item"])
    desk.arrive(zulas("z2", "And the second purplegnu?", at=90, after=["z1"]))
    desk.do("draft.save", ref, text="numbatdraft to be sent")
    return ref


def test_nothing_of_the_customer_is_left_in_any_file(desk: TestDesk) -> None:
    for number in range(40):  # the index has several parts then
        desk.open(sender=f"other{number}@mail.example", body=f"Lamp number {number}", at=number)
    ref = a_busy_customer(desk)
    assert {word for _, word in traces(desk.folder, *WORDS)} == set(WORDS)
    erased = erase(desk)
    for digest in erased.files:
        (desk.attachments / digest).unlink()
    assert traces(desk.folder, *WORDS) == []
    assert erased.refs == (ref,)
    assert erased.extent == belongings.Extent(1, 3, 1, 1, 2, 1, 1, 0)
    assert len(erased.files) == 1
    assert len(desk.rows("SELECT 1 FROM tickets")) == 40
    assert len(desk.rows("SELECT 1 FROM search WHERE search MATCH 'lamp'")) == 40
    assert not desk.rows("SELECT 1 FROM macro_picks UNION ALL SELECT 1 FROM macro_counts")


def test_no_table_that_has_things_of_customers_is_forgotten(desk: TestDesk) -> None:
    a_busy_customer(desk)
    erase(desk)
    tables = [row[0] for row in desk.rows("SELECT name FROM pragma_table_list WHERE type='table'")]
    left = {
        table
        for table in tables
        for column in desk.rows(f"SELECT name FROM pragma_table_info('{table}')")
        if column[0] in OWNED and desk.rows(f"SELECT 1 FROM {table} WHERE {column[0]} IS NOT NULL")
    }
    assert left == set()


def test_old_mail_does_not_bring_them_back_and_new_mail_makes_a_new_customer(
    desk: TestDesk,
) -> None:
    desk.arrive(zulas("z1"))
    erase(desk)
    again = desk.arrive(zulas("z1"), zulas("z0", at=-90), a_mail("b1", sender=BEN))
    assert again.erased == 2
    assert [row["customer_name"] for row in desk.rows("SELECT * FROM tickets")] == ["Ben"]
    assert desk.rows("SELECT skipped FROM tombstones")[0][0] == 2
    desk.arrive(zulas("z9", "A new purplegnu", at=3 * 24 * 60))
    assert len(desk.rows("SELECT 1 FROM customers")) == 2


def test_an_order_of_before_is_not_copied_again(desk: TestDesk) -> None:
    from deskterm.store.orders import OrderCopy
    from deskterm.sync.order_intake import store_orders
    from deskterm.sync.order_records import OrderNews

    shop = shop_account(desk)
    order = replace(a_full_order(), buyer=replace(a_full_order().buyer, email=ZULA))
    desk.arrive(zulas("z1"))
    bring(desk, shop, order)
    erase(desk)
    news = OrderNews(desk.clock.now(), [OrderCopy(order, desk.clock.now())])
    desk.write(lambda tx: store_orders(tx, shop.id, "orders", news))
    assert not desk.rows("SELECT 1 FROM orders")


def test_the_ticket_of_another_with_them_in_copy_stays(desk: TestDesk) -> None:
    cc = MailFacts(to=(Address("Shop", OURS),), cc=(Address("Zula Quagga", ZULA),)).dump()
    body = f"Zula Quagga <{ZULA}> and I ask for the lamp"
    desk.arrive(a_mail("b1", body, sender=BEN, mail=cc))
    desk.arrive(replace(zulas("z1", "I want the purplegnu too", at=5, after=["b1"])))
    assert desk.ticket_of("z1")["id"] == desk.ticket_of("b1")["id"]
    desk.arrive(zulas("z2", subject="Mine", at=9))
    assert erase(desk).extent.mentions == 2
    assert traces(desk.folder, *WORDS) == []
    ticket = desk.ticket_of("b1")
    said = desk.rows("SELECT body, mail FROM messages")
    assert [row["body"] for row in said] == [
        "x" * 11 + f" <{'x' * len(ZULA)}> and I ask for the lamp"
    ]
    assert MailFacts.load(said[0]["mail"]).cc == ()
    assert "ask for the lamp" in ticket["preview"]


def test_a_ticket_that_was_merged_into_theirs_is_taken_out(desk: TestDesk) -> None:
    ben = desk.open(sender=BEN, body="Where is the lamp?")
    desk.arrive(zulas("z1", at=5))
    desk.do("ticket.merge", ben, into=desk.ticket_of("z1")["ref"])
    erase(desk)
    ticket = desk.ticket(ben)
    assert (ticket["merged_into_id"], ticket["status"]) == (None, "new")
    assert desk.rows("SELECT ticket_id, body FROM messages")[0][:] == (
        ticket["id"],
        "Where is the lamp?",
    )


def test_what_an_agent_said_of_the_mood_of_another_is_back(desk: TestDesk) -> None:
    ben = desk.open(sender=BEN, body="Where is the lamp?")
    desk.do("ticket.mood", ben, mood="fraud")
    desk.arrive(zulas("z1", at=5))
    theirs = desk.ticket_of("z1")["ref"]
    desk.do("ticket.mood", theirs, mood="angry")
    desk.do("ticket.merge", theirs, into=ben)
    assert (desk.ticket(ben)["tone"], desk.ticket(ben)["risks"]) == ("angry", "")
    erase(desk)
    assert (desk.ticket(ben)["tone"], desk.ticket(ben)["risks"]) == ("neutral", " fraud ")


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.UNKNOWN])
def test_it_is_refused_while_a_reply_may_be_leaving(desk: TestDesk, state: DeliveryState) -> None:
    desk.arrive(zulas("z1"))
    uid = desk.one("ticket.reply", desk.ticket_of("z1")["ref"], text=FINE)["item"]
    item = desk.begin(uid)
    if state == DeliveryState.UNKNOWN:
        desk.write(lambda tx: outbox.step(tx, item, state))
    before = desk.snapshot()
    with pytest.raises(DesktermError) as refused:
        erase(desk)
    assert refused.value.code == "reply_under_way"
    assert desk.snapshot() == before


def test_a_reply_that_waits_does_not_leave(desk: TestDesk) -> None:
    desk.arrive(zulas("z1"))
    desk.one("ticket.reply", desk.ticket_of("z1")["ref"], text=FINE)
    erase(desk)
    assert not desk.rows("SELECT 1 FROM outbox_items")


def test_undo_goes_on_with_what_was_done_for_others(desk: TestDesk) -> None:
    ben = desk.open(sender=BEN)
    desk.do("ticket.tag", ben, tag="lamp")
    desk.arrive(zulas("z1", at=5))
    zula = str(desk.ticket_of("z1")["ref"])
    desk.do("ticket.tag", [ben, zula], tag="both")
    desk.do("ticket.tag", zula, tag="zula")
    held = desk.one("ticket.reply", zula, text=FINE)
    desk.do("outbox.send_later", item=held["item"], until="3d")
    erase(desk)
    desk.do("app.undo")
    assert [row["tag"] for row in desk.rows("SELECT tag FROM ticket_tags")] == ["lamp"]
    desk.do("app.undo")
    assert not desk.rows("SELECT tag FROM ticket_tags")

"""From mail to arrivals: who wrote it, who the customer is, what is masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskterm.contract import MailItem
from deskterm.domain.arrival import Arrival
from deskterm.domain.mail import MailLocation
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.sync.parser_process import MailParser
from deskterm.sync.reading import Mailbox, MailReader, own_addresses

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OURS = own_addresses({"address": "Help@Shop.example", "aliases": "sales@shop.example"})


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[MailReader]:
    with MailParser() as parser:
        yield MailReader(parser, tmp_path)


def read(reader: MailReader, raw: str, *, in_sent: bool = False, file: bool = False) -> Arrival:
    location = None if file else MailLocation("INBOX", 1, 1)
    item = MailItem(location, raw.replace("\n", "\r\n").encode(), NOW, in_sent=in_sent)
    ((arrival, _),) = reader.read([item], Mailbox(OURS, OrderRefFinder()), NOW)
    return arrival


def a_mail(sender: str, more: str = "", body: str = "Hello") -> str:
    return (
        f"From: {sender}\nTo: help@shop.example\nSubject: Hello\n"
        f"Message-ID: <1@mail.example>\n{more}\n{body}\n"
    )


def test_a_customer(reader: MailReader) -> None:
    arrival = read(reader, a_mail("Marta <Marta@mail.example>"))
    assert (arrival.direction, arrival.party, arrival.party_name) == (
        "inbound",
        "marta@mail.example",
        "Marta",
    )


def test_our_address_in_from_proves_nothing_in_the_inbox(reader: MailReader) -> None:
    assert read(reader, a_mail("Shop <help@shop.example>")).direction == "inbound"


def test_a_contact_form_in_the_name_of_the_shop(reader: MailReader) -> None:
    form = a_mail("Shop <help@shop.example>", "Reply-To: Marta <marta@mail.example>\n")
    arrival = read(reader, form)
    assert (arrival.direction, arrival.party) == ("inbound", "marta@mail.example")


def test_sent_mail_and_a_backlog_in_files_are_ours(reader: MailReader) -> None:
    raw = "From: sales@shop.example\nTo: marta@mail.example\nMessage-ID: <2@x.example>\n\nHi\n"
    assert read(reader, raw, in_sent=True).direction == "outbound"
    arrival = read(reader, raw, file=True)
    assert (arrival.direction, arrival.party) == ("outbound", "marta@mail.example")


def test_a_copy_of_our_own_reply_to_ourselves(reader: MailReader) -> None:
    copy = a_mail("help@shop.example").replace("<1@mail.example>", "<tk7m2q9.abc123@shop.example>")
    assert read(reader, copy).direction == "outbound"


def test_card_numbers_are_masked_everywhere(reader: MailReader) -> None:
    number = "4111 1111 1111 1111"
    arrival = read(reader, a_mail(f"{number} <a@mail.example>", body=f"My card {number}."))
    assert number not in arrival.body + arrival.author_name + arrival.raw.decode()
    assert "**** **** **** 1111" in arrival.body


def test_order_numbers_are_found(reader: MailReader) -> None:
    arrival = read(reader, a_mail("a@mail.example", body="Order 12-07745-33018 is late"))
    assert arrival.order_refs == (("12-07745-33018", "120774533018"),)

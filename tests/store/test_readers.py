"""Queries against real tickets: every field, bounded results, hostile text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.query import FIELDS, Kind, QueryError, parse_query
from deskterm.store import readers
from deskterm.store.where import compile_query
from tests.support.desk import START, TestDesk, a_mail, running

NOW = START + timedelta(days=1)


def listed(desk: TestDesk, text: str, limit: int = 50, agent: str = "anna") -> list[str]:
    """The names of the customers of the tickets found, in order."""
    query = compile_query(parse_query(text, now=NOW), agent)
    return [row["customer_name"] for row in readers.list_tickets(desk.reading, query, limit)]


def hits(desk: TestDesk, text: str, limit: int = 50) -> list[str]:
    query = compile_query(parse_query(text, now=NOW), "anna")
    return [h.message["remote_id"] for h in readers.search_messages(desk.reading, query, limit)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestDesk]:
    """Four tickets, the newest last."""
    folder: Path = tmp_path_factory.mktemp("shop")
    with running(folder) as desk:
        desk.arrive(
            a_mail("a", "The lamp is broken", sender="anja@mail.example", at=0, subject="Lamp"),
            a_mail("b", "Où est ma chaise ?", sender="bert@mail.example", at=10, subject="Chaise"),
            a_mail(
                "c",
                "Where is order 12-345-678?",
                sender="carl@mail.example",
                at=20,
                subject="Order",
                order_refs=(("12-345-678", "12345678"),),
            ),
            a_mail("d", "A lamp and a chair", sender="dora@mail.example", at=30, subject="Both"),
            a_mail("d2", "the lamp again", sender="dora@mail.example", at=40, after=["d"]),
        )
        ref = {name: desk.ticket_of(name)["ref"] for name in "abcd"}
        desk.do("ticket.take", ref["a"])
        desk.do("ticket.assign", ref["b"], to="Bob")
        desk.do("ticket.tag", ref["b"], tag="VIP")
        desk.do("ticket.resolve", ref["b"])
        desk.do("ticket.note", ref["c"], text="hm")
        desk.do("ticket.reason", ref["c"], reason="wismo")
        desk.do("ticket.priority", ref["a"], priority="high")
        desk.do("draft.save", ref["c"], text="Dear Carl")
        desk.do("ticket.unread", ref["c"], on=False)
        desk.do("ticket.reply", ref["d"], text="Both leave on Monday and arrive on Tuesday.")
        yield desk


A, B, C, D = "Anja", "Bert", "Carl", "Dora"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [D, C, B, A]),
        ("status:resolved", [B]),
        ("-status:resolved", [D, C, A]),
        ("is:mine", [A]),
        ("-is:mine", [D, C, B]),
        ("is:unowned", [D, C]),
        ("-is:unowned", [B, A]),
        ("is:unread", [D, B, A]),
        ("is:read", [C]),
        ("is:needs_us", [C, A]),
        ("is:outgoing", [D]),
        ("is:waiting", [D, C, A]),
        ("is:unresolved", [D, C, A]),
        ("has:note", [C]),
        ("has:draft", [C]),
        ("has:order", [C]),
        ("has:tag", [B]),
        ("-has:tag", [D, C, A]),
        ("has:attachment", []),
        ("tag:vip", [B]),
        ("tag:VIP", [B]),
        ("assignee:bob", [B]),
        ("-assignee:bob", [D, C, A]),
        ("account:Support", [D, C, B, A]),
        ("account:other", []),
        ("channel:EMAIL", [D, C, B, A]),
        ("order:12-345-678", [C]),
        ("order:12345*", [C]),
        ("order:2345*", []),
        ("-order:12345*", [D, B, A]),
        ("after:2026-11-02T08:20", [D, C]),
        ("before:2026-11-02T08:20", [B, A]),
        ("lamp", [D, A]),
        ("LAMP chair", [D]),
        ("chaise", [B]),
        ("ou", [B]),
        ("-lamp", [C, B]),
        ('"lamp is broken"', [A]),
        ('-"lamp is broken"', [D, C, B]),
        ("lamp or chaise", [D, B, A]),
        ("(lamp or chaise) -is:mine", [D, B]),
        ("lamp is:mine", [A]),
        ("lamp -is:outgoing", [A]),
        ("reason:wismo", [C]),
        ("reason:none", [D, B, A]),
        ("priority:high", [A]),
        ("-priority:high", [D, C, B]),
        ("is:mine or tag:vip", [B, A]),
        ("-(is:mine or tag:vip)", [D, C]),
    ],
)
def test_what_a_query_finds(shop: TestDesk, text: str, found: list[str]) -> None:
    assert listed(shop, text) == found


@pytest.mark.parametrize(
    "text",
    [f"{name}:{value}" for name, spec in FIELDS.items() for value in sorted(spec.values)]
    + [
        f"{n}:{'2026-01-01' if s.kind is Kind.DATE else '12'}"
        for n, s in FIELDS.items()
        if s.kind is not Kind.CHOICE
    ],
)
def test_every_value_that_the_language_allows_can_be_asked_for(shop: TestDesk, text: str) -> None:
    both = [*listed(shop, text), *listed(shop, f"-{text}")]
    assert sorted(both) == [A, B, C, D], "a term and its negation part the tickets"


def test_limits_hold(shop: TestDesk) -> None:
    assert listed(shop, "", 2) == [D, C]
    assert listed(shop, "lamp", 1) == [D]
    assert hits(shop, "lamp", 2) == ["mail:d2", "mail:d"]
    assert len(listed(shop, "lamp", 1 << 40)) == 2


def test_words_find_messages_newest_first_and_each_ticket_once(shop: TestDesk) -> None:
    assert hits(shop, "lamp") == ["mail:d2", "mail:d", "mail:a"]
    assert hits(shop, "lamp is:mine") == ["mail:a"]
    assert listed(shop, "lamp") == [D, A]


def test_a_ticket_with_many_hits_does_not_crowd_out_the_others(desk: TestDesk) -> None:
    desk.arrive(a_mail("old", "lamp", sender="anja@mail.example", at=-10))
    desk.arrive(*[a_mail(f"m{n}", "lamp", after=["root"], at=n) for n in range(450)])
    assert listed(desk, "lamp", 2) == ["Marta", "Anja"]


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE tickets; --",
        "tag:x'); DELETE FROM tickets; --",
        'account:" or 1=1 --',
        "assignee:%",
        "order:1' or '1'='1",
        "tag:\ud800",
        "account:\ud800",
        "\ud800",
        "a\x00b",
        " ".join(["-a"] * 660),
        " or ".join(["a"] * 390),
        " ".join(["is:read"] * 240),
        "(" * 19 + "a" + ")" * 19,
    ],
)
def test_hostile_text_is_only_text(shop: TestDesk, text: str) -> None:
    try:
        listed(shop, text)
        hits(shop, text)
    except QueryError:
        pass
    assert len(listed(shop, "")) == 4


words = st.sampled_from(
    [
        *("lamp", "or", "-", "(", ")", '"', "is:mine", "-has:tag", "order:1*", "tag:vip"),
        *("é", "'", "*", "status:open", "after:today", "assignee:\ud83d", ":", "AND", "NEAR("),
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=14).map(" ".join)))
def test_any_query_that_can_be_read_can_be_run(shop: TestDesk, text: str) -> None:
    try:
        parse_query(text, now=NOW)
    except QueryError:
        return
    assert set(listed(shop, text)) <= {A, B, C, D}
    hits(shop, text)


def test_a_conversation_holds_everything(shop: TestDesk) -> None:
    ticket = shop.ticket_of("c")
    found = readers.conversation(shop.reading, ticket["id"])
    assert found is not None
    assert [m["remote_id"] for m in found.messages] == ["mail:c"]
    assert [n["body"] for n in found.notes] == ["hm"]
    assert [d["body"] for d in found.drafts] == ["Dear Carl"]
    assert found.order_refs == ["12-345-678"]
    outgoing = readers.conversation(shop.reading, shop.ticket_of("d")["id"])
    assert outgoing is not None
    assert [o["state"] for o in outgoing.outgoing] == ["held"]
    assert readers.conversation(shop.reading, 999) is None


def test_counts(shop: TestDesk) -> None:
    assert readers.counts(shop.reading) == {"new": 3, "resolved": 1}

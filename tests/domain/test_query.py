from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.query import (
    DEEPEST,
    FIELDS,
    LONGEST,
    RESERVED,
    STATUSES,
    FieldSpec,
    Kind,
    QueryError,
    parse_query,
)
from deskterm.domain.query_nodes import And, Node, Not, Or, Phrase, Term, Words

NOW = datetime(2026, 11, 21, 8, 12, 9, tzinfo=UTC)


def parse(text: str) -> Node:
    return parse_query(text, now=NOW)


def words(text: str) -> Words:
    return Words(tuple(text.split()))


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.advice
    return caught.value


OPEN = Term("status", "open")
VIP = Term("tag", "vip")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", And(())),
        ("  \n", And(())),
        ("marta parcel", words("marta parcel")),
        ('"where is my order"', Phrase("where is my order")),
        ("status:open", OPEN),
        ("Status:OPEN", OPEN),
        ("-status:open", Term("status", "open", negated=True)),
        ("-(-status:open)", OPEN),
        ("-parcel", Not(words("parcel"))),
        ('-"my order"', Not(Phrase("my order"))),
        ("-(parcel status:open)", Not(And((words("parcel"), OPEN)))),
        ("status:open parcel late tag:vip", And((OPEN, words("parcel late"), VIP))),
        ("lamp or chair", Or((words("lamp"), words("chair")))),
        ("a b OR c -d", Or((words("a b"), And((words("c"), Not(words("d"))))))),
        ("a or b or c", Or((words("a"), words("b"), words("c")))),
        ("(a or b) tag:vip", And((Or((words("a"), words("b"))), VIP))),
        ("(lamp)", words("lamp")),
        ("(status:open)tag:vip", And((OPEN, VIP))),
        ('tag:"gift wrap" x', And((Term("tag", "gift wrap"), words("x")))),
        ("(tag:vip)", VIP),
        ("order:12-345", Term("order", "12-345")),
        ("order:12-345*", Term("order", "12-345", prefix=True)),
        ("has:attachment is:unread", And((Term("has", "attachment"), Term("is", "unread")))),
    ],
)
def test_reading(text: str, node: Node) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    "text",
    [
        *("12:30", "http://x", "https://shop.example/a?b=(c)", "e-mail", "l'article", '"', '""'),
        *("AND", "NOT", "or", "-", "*", ":", ":)", ":-(", "a:b", "re:colis", "mailto:a@b.example"),
        *('5"', "foo(bar)", "x)", "C:\\x", "note:", "n°4", "\x00", "\ud800", 'foo:"bar', "--"),
    ],
)
def test_what_only_looks_like_syntax_is_words(text: str) -> None:
    assert parse(text) in {Words((text,)), Not(Words((text[1:],)))}


def test_a_minus_before_nothing_is_a_word() -> None:
    assert parse("a - b") == words("a - b")
    assert parse("- ") == words("-")
    assert parse("(a -)") == words("a -")


def test_or_without_two_sides_is_a_word() -> None:
    assert parse("bague en or") == words("bague en or")
    assert parse("or rose") == words("or rose")
    assert parse("(bague or) rose") == words("bague or rose")
    assert parse("-or rose") == And((Not(words("or")), words("rose")))
    assert parse("a or or b") == Or((words("a"), words("or b")))


def test_closing_bracket_ends_a_word_only_when_one_is_open() -> None:
    assert parse("(see f(x))") == words("see f(x)")
    assert parse("see f(x))") == words("see f(x))")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("after:2026-11-01", "2026-10-31T23:00:00.000Z"),
        ("before:2026-07-01", "2026-06-30T22:00:00.000Z"),
        ("after:2026-11-01T09:30", "2026-11-01T08:30:00.000Z"),
        ("after:7d", "2026-11-14T08:12:09.000Z"),
        ("before:12h", "2026-11-20T20:12:09.000Z"),
        ("after:2W", "2026-11-07T08:12:09.000Z"),
        ("after:today", "2026-11-20T23:00:00.000Z"),
        ("after:yesterday", "2026-11-19T23:00:00.000Z"),
    ],
)
def test_times_become_utc_text(text: str, value: str) -> None:
    node = parse_query(text, now=NOW, zone=ZoneInfo("Europe/Paris"))
    assert node == Term(text.partition(":")[0], value)


@pytest.mark.parametrize(
    ("text", "at", "nearest"),
    [
        ("x stauts:open", 2, "status"),
        ("-chanel:ebay", 1, "channel"),
        ("(tags:vip)", 1, "tag"),
        ("statut:open", 0, "status"),
        ("status:opne", 7, "open"),
        ('is:"unraed"', 3, "unread"),
        ("status:xyzzy", 7, None),
        ("a status: open", 9, None),
        ("after:soon", 6, None),
        ("after:2026-02-30", 6, None),
        ("after:2026-11-01T25:00", 6, None),
        ("before:0000-01-01", 7, None),
        ("order:*", 6, None),
        ("order:1*2*", 6, None),
        ("order:--", 6, None),
        ("()", 0, None),
        ("a (b", 2, None),
        ("((a) b", 0, None),
    ],
)
def test_errors_name_their_place(text: str, at: int, nearest: str | None) -> None:
    error = refused(text)
    assert (error.at, error.nearest) == (at, nearest)
    assert nearest is None or nearest in error.advice


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_names_kept_for_later_are_no_words(name: str) -> None:
    assert refused(f"{name}:x").title == f"There is no field {name}:"


def test_limits() -> None:
    assert parse("(" * DEEPEST + "a" + ")" * DEEPEST) == words("a")
    assert refused("(" * 1000).at == DEEPEST
    assert refused("a" * (LONGEST + 1)).code == "query"
    parse("a " * (LONGEST // 2))


def test_fields_of_the_caller() -> None:
    fields = {"who": FieldSpec(Kind.TEXT), "kind": FieldSpec(Kind.CHOICE, frozenset({"a"}))}
    assert parse_query("who:me", now=NOW, fields=fields) == Term("who", "me")
    assert parse_query("status:open", now=NOW, fields=fields) == words("status:open")


def test_a_term_knows_its_place() -> None:
    node = parse('x tag:"a b"')
    assert isinstance(node, And)
    term = node.parts[1]
    assert isinstance(term, Term)
    assert term.at == 6


pieces = st.sampled_from(
    [
        *("(", ")", "-", '"', " ", "or", " or ", "*", ":", "status:", "order:", "after:7d"),
        *("tag:x", "a", "l'été", "12:30", "\x00", "due:"),
    ]
)


@settings(max_examples=2000)
@given(st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = node_or_error(text)
    if isinstance(read, QueryError):
        assert 0 <= read.at <= len(text)
        assert read.title
    else:
        assert_well_formed(read)


def node_or_error(text: str) -> Node | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


def assert_well_formed(node: Node) -> None:
    match node:
        case And(parts) | Or(parts):
            assert len(parts) != 1
            for part in parts:
                assert_well_formed(part)
        case Not(part):
            assert not isinstance(part, Term)
            assert_well_formed(part)
        case Words(found):
            assert found
            assert all(word and not any(map(str.isspace, word[:1])) for word in found)
        case Term(name, value):
            assert name in FIELDS
            assert value
        case Phrase(text):
            assert text.strip()


@given(st.lists(st.sampled_from(sorted(STATUSES)), min_size=2, max_size=5))
def test_and_or_not_written_out_reads_back(statuses: list[str]) -> None:
    terms = [Term("status", status) for status in statuses]
    written = " or ".join(f"(-status:{status})" for status in statuses)
    assert parse(written) == Or(tuple(Term("status", t.value, negated=True) for t in terms))

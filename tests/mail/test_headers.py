"""Headers: addresses, encoded words, ids, dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.mail import Address
from deskterm.mail.addresses import read_addresses
from deskterm.mail.content_type import mime_of, read_value
from deskterm.mail.headers import decode_words, one_line, read_block, read_date, read_ids
from deskterm.mail.limits import ADDRESSES

A = Address


@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        ("a@example.org", [A("", "a@example.org")]),
        ("<a@example.org>", [A("", "a@example.org")]),
        ("Jeanne Martin <a@example.org>", [A("Jeanne Martin", "a@example.org")]),
        ('"Martin, Jeanne" <a@example.org>', [A("Martin, Jeanne", "a@example.org")]),
        ('"A \\"B\\" C" <a@example.org>', [A('A "B" C', "a@example.org")]),
        ("a@example.org (Jeanne)", [A("Jeanne", "a@example.org")]),
        ("Jeanne (home (old)) <a@example.org>", [A("Jeanne", "a@example.org")]),
        ("a@example.org, b@example.org; c@example.org",
         [A("", "a@example.org"), A("", "b@example.org"), A("", "c@example.org")]),
        ("Team: a@example.org, B <b@example.org>;",
         [A("", "a@example.org"), A("B", "b@example.org")]),
        ("undisclosed-recipients:;", []),
        ("MAILER-DAEMON", [A("", "MAILER-DAEMON")]),
        ("=?utf-8?Q?Zo=C3=AB=2C_x?= <a@example.org>", [A("Zoë, x", "a@example.org")]),
        ('"=?utf-8?Q?Zo=C3=AB?=" <a@example.org>', [A("Zoë", "a@example.org")]),
        ("=?utf-8?Q?Jean_<a@example.org>?=", [A("Jean", "a@example.org")]),
        ('b@evil.example, "x" <a@example.org>',
         [A("", "b@evil.example"), A("x", "a@example.org")]),
        ("a@example.org <b@example.org>", [A("a@example.org", "b@example.org")]),
        ('"open <a@example.org>, c@example.org',
         [A("open", "a@example.org"), A("", "c@example.org")]),
        ("Jeanne <a@example.org", [A("Jeanne", "a@example.org")]),
        ("<<a@example.org>>", [A("", "a@example.org")]),
        (",,;,", []),
        ("", []),
    ],
)  # fmt: skip
def test_address_lists(value: str, addresses: list[Address]) -> None:
    assert list(read_addresses(value)) == addresses


def test_address_lists_are_capped_one_beyond_the_limit() -> None:
    value = ",".join(["a@example.org"] * 5_000)

    assert len(read_addresses(value)) == ADDRESSES + 1


@given(st.text(alphabet='ab@.<>()",;:\\ =?', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_list_gives_addresses_that_fit_into_a_header(value: str) -> None:
    for address in read_addresses(value):
        assert address.addr
        assert not any(c in address.addr for c in '\r\n <>"')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?Q?re=C3=A7u?=", "reçu"),
        ("=?UTF-8?b?cmXDp3U=?= ok", "reçu ok"),
        ("=?utf-8?B?w6k=?= =?utf-8?Q?t=C3=A9?=", "été"),
        ("=?utf-8?Q?caf=C3?=\t=?utf-8?Q?=A9?=", "café"),
        ("a =?utf-8?Q?b?= c", "a b c"),
        ("=?utf-8?Q?hello world?=", "hello world"),
        ("=?iso-8859-1*fr?Q?=E9t=E9?=", "été"),
        ("=?foo-bar?Q?=E9?=", "é"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?iso-2022-jp?B?GyRCOjRGIxsoQg==?=", "佐藤"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decode_words(value) == text


def test_values_are_folded_onto_one_line() -> None:
    headers, sound = read_block(b"Subject: one\r\n two\r\n\tthree\r\nX: a\x0bb\r\nx: c")

    assert sound
    assert headers == {"subject": ("one two three",), "x": ("a b", "c")}
    assert one_line("a\r\n\u2028b\x85\x00c") == "a b c"


def test_broken_header_lines_are_noticed() -> None:
    for head in (b"no colon", b"Sub ject: x", b"Subject\r\n: x", b": x"):
        assert not read_block(head)[1]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@x>", ("<a@x>",)),
        ("<a@x> <b@x>\t<a@x>", ("<a@x>", "<b@x>")),
        ("(comment) <a@x>", ("<a@x>",)),
        ("a@x", ("<a@x>",)),
        ("<[abc]@def@ghi>", ("<[abc]@def@ghi>",)),
        ("<<<<", ()),
        ("Your message of Monday", ()),
    ],
)
def test_message_ids(value: str, ids: tuple[str, ...]) -> None:
    assert read_ids(value) == ids


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Sat, 21 Nov 2026 09:12:03 +0100",
         datetime(2026, 11, 21, 9, 12, 3, tzinfo=timezone(timedelta(hours=1)))),
        ("21 Nov 2026 09:12 -0530 (IST)",
         datetime(2026, 11, 21, 9, 12, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("Sat, 21 Nov 2026 09:12:03 GMT", datetime(2026, 11, 21, 9, 12, 3, tzinfo=UTC)),
        ("Sat, 21 Nov 2026 09:12:60 -0000", datetime(2026, 11, 21, 9, 12, 59, tzinfo=UTC)),
        ("Sat, 21 Nov 2026 25:12:03 +0100", None),
        ("Sat, 21 Nov 2026 09:12:03 +9999", None),
        ("1 Jan 2500 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
        ("9" * 5_000, None),
    ],
)  # fmt: skip
def test_dates(value: str, moment: datetime | None) -> None:
    assert read_date(value) == moment


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_date_is_aware_or_none(value: str) -> None:
    moment = read_date(value)

    assert moment is None or moment.utcoffset() is not None


def test_parameters() -> None:
    assert read_value('text/plain; charset="utf-8"; Format=flowed') == (
        "text/plain",
        {"charset": "utf-8", "format": "flowed"},
    )
    assert read_value("attachment; filename*1=b; filename*0=a")[1] == {"filename": "ab"}
    assert read_value("attachment; filename=x; filename*=utf-8''%C3%A9")[1] == {"filename": "é"}
    assert mime_of("text") == ("text/plain", {})
    assert mime_of(None, "message/rfc822") == ("message/rfc822", {})

"""Server responses read into values, folder names, and what happens to nonsense."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.mail.errors import plain_words
from deskterm.mail.imap.folder import FolderInfo, decode_name, encode_name, find_sent
from deskterm.mail.imap.parse import Unreadable, internal_date, parse
from deskterm.mail.imap.words import Literal, one_line, quote, uid_set


def test_a_fetch_with_literals_is_read_whole() -> None:
    response = parse(
        [
            b'* 12 FETCH (UID 5 FLAGS (\\Seen $x) INTERNALDATE "17-Jul-2026 02:44:25 -0700" '
            b"BODY[HEADER.FIELDS (MESSAGE-ID)] ",
            b'Message-ID: ")(\r\n',
            b" BODY[] ",
            b"(raw \\ bytes)",
            b" RFC822.SIZE 44 X NIL)\r\n",
        ]
    )
    assert (response.name, response.number) == (b"FETCH", 12)
    assert response.values == [
        [
            b"UID",
            b"5",
            b"FLAGS",
            [b"\\Seen", b"$x"],
            b"INTERNALDATE",
            b"17-Jul-2026 02:44:25 -0700",
            b"BODY[HEADER.FIELDS (MESSAGE-ID)]",
            b'Message-ID: ")(\r\n',
            b"BODY[]",
            b"(raw \\ bytes)",
            b"RFC822.SIZE",
            b"44",
            b"X",
            None,
        ]
    ]


def test_status_responses_carry_their_code() -> None:
    response = parse([b"d7 NO [AUTHENTICATIONFAILED] wrong [really]\r\n"])
    assert (response.tag, response.name, response.code) == (b"d7", b"NO", "AUTHENTICATIONFAILED")
    assert response.text == b"wrong [really]"
    response = parse([b"* OK [UIDVALIDITY 3857529045] UIDs valid\r\n"])
    assert (response.code, response.argument) == ("UIDVALIDITY", b"3857529045")
    assert parse([b"* BYE\r\n"]).name == b"BYE"
    assert parse([b"+ \r\n"]).tag == b"+"


def test_quoted_strings_are_unescaped() -> None:
    values = parse([b'* LIST (\\HasNoChildren) "\\\\" "a \\"b\\" [c]"\r\n']).values
    assert values == [[b"\\HasNoChildren"], b"\\", b'a "b" [c]']


@pytest.mark.parametrize(
    "line",
    [
        b'* 1 FETCH (UID 5 X "open\r\n',
        b"* 1 FETCH (UID 5\r\n",
        b"* 1 FETCH UID 5)\r\n",
        b"* 1 FETCH (BODY[ 5)\r\n",
        b"\r\n",
        b"*\r\n",
        b"nonsense\r\n",
        b"* 1 FETCH " + b"(" * 1000 + b")" * 1000 + b"\r\n",
    ],
)
def test_nonsense_is_unreadable(line: bytes) -> None:
    with pytest.raises(Unreadable):
        parse([line])


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_no_bytes_do_more_than_be_unreadable(pieces: list[bytes]) -> None:
    with suppress(Unreadable):
        parse([b"* " + pieces[0], *pieces[1:]])


@pytest.mark.parametrize("pump", [b'"', b"[", b'\\"', b'"\\', b"[x", b"(", b" ", b'" ', b"a["])
def test_reading_takes_linear_time(pump: bytes) -> None:
    line = b"* 1 FETCH (X " + pump * (200_000 // len(pump)) + b"\r\n"
    with pytest.raises(Unreadable):
        parse([line])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (b"17-Jul-1996 02:44:25 -0700", datetime(1996, 7, 17, 9, 44, 25, tzinfo=UTC)),
        (b" 1-Jan-2026 00:00:00 +0000", datetime(2026, 1, 1, tzinfo=UTC)),
        (b"31-DEC-2026 23:59:60 +0100", datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)),
        (b"32-Jan-2026 00:00:00 +0000", None),
        (b"01-Foo-2026 00:00:00 +0000", None),
        (b"01-Jan-0001 00:00:00 +2300", None),
        (b"01-Jan-2026 00:00:00 +9999", None),
        (b"yesterday", None),
        (None, None),
    ],
)
def test_internal_dates(text: bytes | None, moment: datetime | None) -> None:
    assert internal_date(text) == moment


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", b"INBOX"),
        ("Envoyés", b"Envoy&AOk-s"),
        ("Tom & Jerry", b"Tom &- Jerry"),
        ("~peter/mail/台北/日本語", b"~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("😀", b"&2D3eAA-"),
    ],
)
def test_folder_names_in_modified_utf7(name: str, wire: bytes) -> None:
    assert encode_name(name) == wire
    assert decode_name(wire) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_folder_name_survives(name: str) -> None:
    assert decode_name(encode_name(name)) == name


@given(st.binary(max_size=60))
def test_any_bytes_become_some_folder_name(raw: bytes) -> None:
    assert isinstance(decode_name(raw), str)


def _folders(*shown: str) -> list[FolderInfo]:
    made = []
    for line in shown:
        name, _, marks = line.partition(" | ")
        made.append(FolderInfo(name, "/", frozenset(marks.split())))
    return made


@pytest.mark.parametrize(
    ("folders", "sent"),
    [
        (_folders("INBOX", "Sent", "Gesendet | \\sent"), "Gesendet"),
        (_folders("INBOX", "Archive/Sent Items", "Sent"), "Sent"),
        (_folders("INBOX", "INBOX/Éléments envoyés"), "INBOX/Éléments envoyés"),
        (_folders("INBOX", "Sent | \\noselect", "Sent Items"), "Sent Items"),
        (_folders("INBOX", "Presents"), None),
    ],
)
def test_the_folder_of_sent_mail_is_found(folders: list[FolderInfo], sent: str | None) -> None:
    assert find_sent(folders) == sent


def test_strings_are_quoted_or_sent_by_length() -> None:
    assert quote('pass "word" \\') == b'"pass \\"word\\" \\\\"'
    assert quote("pässword") == Literal("pässword".encode())
    assert quote("a\r\nb LOGOUT") == Literal(b"a\r\nb LOGOUT")


@pytest.mark.parametrize("part", [b"a\r\nb", b"a\nb", b"a\0b"])
def test_no_second_command_fits_into_one(part: bytes) -> None:
    with pytest.raises(ValueError, match="line break"):
        one_line(part)


def test_uids_are_folded_into_runs() -> None:
    assert uid_set([7, 1, 2, 3, 9, 10, 2]) == b"1:3,7,9:10"


def test_words_of_a_server_are_made_harmless() -> None:
    said = plain_words(b"\x1b]0;owned\x07 no\r\n\tbody \xe2\x80\xae" + b"x" * 500)
    assert said.startswith("]0;owned no body xxx")
    assert len(said) == 200
    assert said.isprintable()

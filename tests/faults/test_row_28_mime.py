"""Torture mails: each is kept with its headers, the limits hold, nothing takes the sync down."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.mail.fallback import parse_full, read_headers_only
from deskterm.mail.light import parse_light
from deskterm.sync.parser_process import MailParser
from tests.mail.mails import Maker, fixture_files, plain
from tests.mail.test_full import monsters

_GIVEN_UP = 60.0


def test_monsters_go_through_the_parser_process_beside_honest_mail() -> None:
    raws = []
    for _, raw in monsters():
        raws += [raw, plain("honest\n"), plain("<p>honest</p>", Content_Type="text/html")]
    began = time.monotonic()

    with MailParser() as parser:
        mails = parser.parse_many(raws)

    assert time.monotonic() - began < _GIVEN_UP
    assert len(mails) == len(raws)
    assert [mail.text.strip() for mail in mails[1::3] + mails[2::3]] == ["honest"] * (
        2 * len(monsters())
    )
    subjects = {mail.envelope.subject for mail in mails}
    assert {"deep", "parts"} <= subjects


def test_html_that_overwhelms_an_html_parser_costs_nothing_else() -> None:
    bodies = ["<div>" * 200_000, "<p " + "a=1 " * 200_000, "<b><div>" * 900, "<table>" * 100_000]
    raws = [plain(f"{body}end", Content_Type="text/html") for body in bodies]

    with MailParser() as parser:
        mails = parser.parse_many([*raws, plain("<p>after</p>", Content_Type="text/html")])

    assert mails[-1].text == "after"


def test_fixtures_go_through_the_parser_process() -> None:
    raws = [path.read_bytes() for path in fixture_files("**/*.eml")]

    with MailParser() as parser:
        mails = parser.parse_many(raws)

    assert len(mails) == len(raws)
    for mail in mails:
        (mail.text + mail.envelope.subject).encode()


def test_generated_damage_is_always_answered() -> None:
    maker = Maker(seed=2_028)
    with MailParser() as parser:
        for _ in range(10):
            raws = [maker.mutated() for _ in range(100)]
            assert len(parser.parse_many(raws)) == len(raws)


_HEADER = st.sampled_from(
    ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "To", "Subject", "Date"]
)
_VALUE = st.text(max_size=40) | st.sampled_from(
    ["multipart/mixed; boundary=b", "text/html", "base64", "quoted-printable", "message/rfc822",
     "multipart/report; boundary=b", "text/plain; charset=utf-7", "multipart/digest;boundary=b"]
)  # fmt: skip


@given(
    st.lists(st.tuples(_HEADER, _VALUE), max_size=6),
    st.lists(
        st.sampled_from([b"--b\r\n", b"--b--", b"\r\n", b"=3D", b"<p>", b"\xff"]) | st.binary()
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_and_both_parsers_agree(
    headers: list[tuple[str, str]], pieces: list[bytes]
) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    raw = head.encode("utf-8", "replace") + b"\r\n" + b"".join(pieces)

    full = parse_full(raw)
    light = parse_light(raw)

    assert light is None or light == full
    full.text.encode()
    assert read_headers_only(raw, "why").unreadable == "why"

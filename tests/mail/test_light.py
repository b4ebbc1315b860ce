"""The light parser: equal to the full one wherever it dares, silent everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskterm.domain.mail import Address
from deskterm.mail.fallback import parse_full
from deskterm.mail.light import parse_light
from tests.mail.mails import Maker, fixture_files, multipart, plain


def test_reads_a_plain_mail() -> None:
    raw = plain(
        "Bonjour,\nToujours rien reçu.\n",
        Date="Sat, 21 Nov 2026 09:12:03 +0100",
        Message_ID="<a1@example.org>",
        In_Reply_To="<t1@shop.example>",
        References="<t0@shop.example>\r\n\t<t1@shop.example>",
        Cc='"Martin, Paul" <paul@example.org>, Zoé <zoe@example.org>',
        Content_Type="text/plain; charset=utf-8",
        Content_Transfer_Encoding="8bit",
    )

    mail = parse_light(raw)

    assert mail is not None
    assert mail.text == "Bonjour,\nToujours rien reçu.\n"
    assert mail.unreadable is None
    envelope = mail.envelope
    assert envelope.message_id == "<a1@example.org>"
    assert envelope.in_reply_to == ("<t1@shop.example>",)
    assert envelope.references == ("<t0@shop.example>", "<t1@shop.example>")
    assert envelope.sender == Address("Jeanne", "jeanne@example.org")
    assert envelope.cc == (
        Address("Martin, Paul", "paul@example.org"),
        Address("Zoé", "zoe@example.org"),
    )
    assert envelope.date is not None
    assert envelope.date.astimezone(UTC) == datetime(2026, 11, 21, 8, 12, 3, tzinfo=UTC)
    assert envelope.automatic is None
    assert envelope.headers["references"] == ("<t0@shop.example> <t1@shop.example>",)


def test_takes_the_plain_one_of_two_forms_and_keeps_attachments() -> None:
    html = b"<html><head><style>p{}</style></head><p>Bonjour, o\xc3\xb9 est mon colis ?</p></html>"
    raw = multipart(
        "mixed",
        (
            'Content-Type: multipart/alternative; boundary="in"',
            b"--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, o\xc3\xb9 est mon "
            b"colis ?\r\n--in\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + b"\r\n"
            b"--in--\r\n",
        ),
        (
            'Content-Type: image/jpeg; name="photo.jpg"\nContent-Transfer-Encoding: base64\n'
            'Content-Disposition: attachment; filename="photo.jpg"',
            b"/9j/4AAQ\r\n",
        ),
    )

    mail = parse_light(raw)

    assert mail is not None
    assert mail == parse_full(raw)
    assert mail.text == "Bonjour, où est mon colis ?"
    (photo,) = mail.attachments
    assert (photo.path, photo.filename, photo.mime) == ("2", "photo.jpg", "image/jpeg")
    assert photo.content == b"\xff\xd8\xff\xe0\x00\x10"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From jeanne@example.org Sat Nov 21 2026\r\nSubject: x\r\n\r\ntext",
        b"Subject: x\r\nno colon here\r\n\r\ntext",
        b"Subject: x\r\n\r\n"[:-2],
        plain("<p>x</p>", Content_Type="text/html"),
        plain("x", Content_Type="multipart/mixed"),
        plain("x", Content_Type="multipart/mixed; boundary=b"),
        plain("--b\n\nx\n", Content_Type="multipart/mixed; boundary=b"),
        plain("x", Content_Type="text/plain", Content_Transfer_Encoding="x-uuencode"),
        plain("x===x", Content_Type="text/plain", Content_Transfer_Encoding="base64"),
        plain("x").replace(b"x", b"\xff\x81"),
        plain("x", To=", ".join(f"a{n}@example.org" for n in range(501))),
        plain("x", X_Long="y" * 40_000),
        plain("x", Subject="a\rb"),
    ],
)
def test_leaves_alone_what_it_does_not_fully_understand(raw: bytes) -> None:
    assert parse_light(raw) is None


def test_well_formed_mails_read_the_same_in_both_parsers() -> None:
    maker = Maker(seed=28)
    taken = 0
    for _ in range(1_500):
        raw = maker.mail()
        light = parse_light(raw)
        if light is not None:
            taken += 1
            assert light == parse_full(raw), raw

    assert taken > 700


def test_damaged_mails_read_the_same_in_both_parsers_or_are_left_alone() -> None:
    maker = Maker(seed=29)
    taken = 0
    for _ in range(3_000):
        raw = maker.mutated()
        light = parse_light(raw)
        if light is not None:
            taken += 1
            assert light == parse_full(raw), raw

    assert taken > 300


def test_fixtures_read_the_same_in_both_parsers() -> None:
    taken = 0
    for path in fixture_files("**/*.eml"):
        raw = path.read_bytes()
        for form in (raw, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")):
            light = parse_light(form)
            if light is not None:
                taken += 1
                assert light == parse_full(form), path.name

    assert taken > 30

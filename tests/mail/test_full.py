"""The full parser: any bytes, no exception, limits in words."""

from __future__ import annotations

import base64
import time

import pytest

from deskterm.mail.fallback import parse_full
from deskterm.mail.limits import ADDRESSES, PARTS
from tests.mail.mails import Maker, fixture_files, multipart, plain

_GIVEN_UP = 10.0


def nested(depth: int) -> bytes:
    out = b"Subject: deep\r\nMIME-Version: 1.0\r\n"
    for level in range(depth):
        out += f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode()
    return out + b"Content-Type: text/plain\r\n\r\nbottom\r\n"


def monsters() -> list[tuple[str, bytes]]:
    empty = b'Subject: parts\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    words = b"\r\n ".join([b"=?utf-8?Q?a?="] * 20_000)
    return [
        ("nesting", nested(1_000)),
        ("empty parts", empty + b"--b\r\n\r\n" * 100_000),
        ("encoded words", b"Subject: " + words + b"\r\n\r\nx"),
        ("brackets in To", b"To: " + b"(" * 1_000 + b"\r\nSubject: b\r\n\r\nx"),
        ("angles in To", b"To: " + b"<" * 30_000 + b"\r\n\r\nx"),
        ("quotes in To", b'To: "' + b'\\"' * 15_000 + b"\r\n\r\nx"),
        ("comments in To", b"To: " + b"()" * 15_000 + b"(" * 1_000 + b"\r\n\r\nx"),
        ("parameters", b"Content-Type: text/plain" + b"; a=b" * 6_000 + b"\r\n\r\nx"),
        ("parameters of a part", empty + b"--b\r\nContent-Type: text/plain" + b";a=b" * 100_000),
        ("same header", b"a:\r\n" * 60_000 + b"\r\nx"),
        ("blank subject", b"Subject: " + b" " * 30_000 + b"x\r\n\r\nx"),
        ("dashes", empty + b"--" * 500_000),
        ("half a boundary", empty + b"--" + b"\r\n--bb" * 100_000),
        ("no line end", b"x" * 1_000_000),
        ("nul", b"\x00" * 100_000),
    ]


@pytest.mark.parametrize(("name", "raw"), monsters(), ids=[name for name, _ in monsters()])
def test_monsters_are_read_in_time_and_never_raise(name: str, raw: bytes) -> None:
    began = time.monotonic()

    mail = parse_full(raw)

    assert time.monotonic() - began < _GIVEN_UP
    assert isinstance(mail.text, str)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (nested(1_000), "more than 20 deep"),
        (monsters()[1][1], f"more than {PARTS} parts"),
        (b"Subject: x\r\nX: " + b"y" * 300_000 + b"\r\n\r\ntext", "headers are larger"),
        (b"Subject: x\r\n\r\n" + b"y" * 50_000_001, "larger than 50 MB"),
    ],
)
def test_beyond_a_limit_the_headers_are_there_and_the_reason(raw: bytes, words: str) -> None:
    mail = parse_full(raw)

    assert mail.unreadable is not None
    assert mail.unreadable.startswith("too complex: ")
    assert words in mail.unreadable
    assert mail.envelope.subject in {"deep", "parts", "x"}
    assert mail.text == ""


def test_a_long_header_or_list_costs_only_itself() -> None:
    many = ", ".join(f"a{n}@example.org" for n in range(ADDRESSES + 200))
    crowded = parse_full(plain("Hello\n", To=many))
    assert crowded.unreadable == "too complex: more than 500 addresses"
    assert len(crowded.envelope.to) == ADDRESSES
    assert crowded.text == "Hello\n"

    long = parse_full(plain("Hello\n", X_Trace="y" * 40_000))
    assert long.unreadable == "too complex: a header is longer than 32 kB"
    assert long.text == "Hello\n"
    assert len(long.envelope.headers["x-trace"][0]) < 40_000


def test_the_limits_let_everything_below_them_through() -> None:
    parts = [("Content-Type: text/plain", b"x")] * (PARTS - 1)
    assert parse_full(multipart("mixed", *parts)).unreadable is None
    assert parse_full(nested(20)).unreadable is None


def test_long_text_is_cut_and_says_so() -> None:
    mail = parse_full(plain("x" * 79 + "\n") + b"y" * 3_000_000)

    assert mail.unreadable == "too complex: the text is longer than 2 MiB"
    assert len(mail.text) > 2_000_000


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("unknown-8bit", "reçu".encode(), "reçu"),
        ("foo-bar", b"re\xe7u le 12 mars", "reçu le 12 mars"),
        ("iso-8859-1", b"12 \x80 l\x92envoi", "12 € l’envoi"),
        ("iso-8859-1", "déjà payé 12 €".encode(), "déjà payé 12 €"),
        ("us-ascii", "déjà".encode(), "déjà"),
        ("x-sjis", "こんにちは".encode("cp932"), "こんにちは"),
        ("windows-31j", "注文番号".encode("cp932"), "注文番号"),
        ("gb2312", "訂單".encode("gbk"), "訂單"),
        ("ks_c_5601-1987", "안녕하세요".encode("cp949"), "안녕하세요"),
        ("iso-2022-jp", "こんにちは".encode("iso-2022-jp"), "こんにちは"),
        ("cp-850", "é".encode("cp850") + b" a", "é a"),
        ("utf8mb4", "🎉".encode(), "🎉"),
        ("idna", "déjà".encode(), "déjà"),
        ("\x00bad\x00", b"plain", "plain"),
        ("a" * 5_000, b"plain", "plain"),
        ("utf-8", b"a\x1b]0;owned\x07b\x9b", "a]0;ownedb"),
    ],
)
def test_charsets_are_read_whatever_the_label_says(label: str, data: bytes, text: str) -> None:
    raw = f"Subject: x\r\nContent-Type: text/plain; charset={label}\r\n\r\n".encode() + data

    assert parse_full(raw).text.rstrip("›\ufffd") == text


def test_unquotes_flowed_text_before_joining() -> None:
    body = "> one \n> two\nNew text \nthat flows\n \n-- \nsig\n"
    mail = parse_full(plain(body, Content_Type="text/plain; format=flowed"))

    assert mail.text == "> one two\nNew text that flows\n\n-- \nsig\n"


def test_message_ids_that_break_the_standard_parser_are_read() -> None:
    mail = parse_full(plain(Message_ID="<[abc]@def@ghi>", In_Reply_To="lost@example.org"))

    assert mail.envelope.message_id == "<[abc]@def@ghi>"
    assert mail.envelope.in_reply_to == ("<lost@example.org>",)


def test_a_newline_in_an_encoded_word_stays_on_its_line() -> None:
    mail = parse_full(plain(Subject="=?utf-8?Q?Hello=0D=0ABcc:_x=40example.org?="))

    assert mail.envelope.subject == "Hello Bcc: x@example.org"
    assert "bcc" not in mail.envelope.headers


def test_html_is_the_text_where_the_plain_part_says_nothing() -> None:
    html = "Content-Type: text/html", b"<p>" + b"Where is my order? " * 20 + b"</p>"
    for poor in (b"", b"Please view this message in HTML in your browser.", b"hi"):
        mail = parse_full(multipart("alternative", ("Content-Type: text/plain", poor), html))
        assert mail.text.startswith("Where is my order?"), poor
    rich = "Content-Type: text/plain", b"Where is my order, please? It is late."
    mail = parse_full(multipart("alternative", rich, html))
    assert mail.text == "Where is my order, please? It is late."


def test_enclosed_messages_are_attachments_called_by_their_subject() -> None:
    inner = b"Subject: =?utf-8?Q?Colis_ab=C3=AEm=C3=A9?=\r\n\r\nInner text"
    mail = parse_full(
        multipart(
            "mixed",
            ("Content-Type: text/plain", b"See below"),
            ("Content-Type: message/rfc822", inner),
        )
    )

    assert mail.text == "See below"
    (enclosed,) = mail.attachments
    assert enclosed.filename == "Colis abîmé.eml"
    assert enclosed.content == inner


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*0*=utf-8''caf%C3%A9; filename*1=.pdf", "café.pdf"),
        ('attachment; filename="=?iso-8859-1?Q?caf=E9.pdf?="', "café.pdf"),
        ("attachment; filename=café.pdf", "café.pdf"),
        ("attachment; filename*=iso-8859-1''caf%E9.pdf", "café.pdf"),
        ('attachment; filename="a;b\\"c.pdf"', 'a;b"c.pdf'),
        ("attachment", "from-type.pdf"),
    ],
)
def test_file_names_are_decoded(disposition: str, name: str) -> None:
    part = (
        f'Content-Type: application/pdf; name="from-type.pdf"\nContent-Disposition: {disposition}',
        b"%PDF",
    )
    (attachment,) = parse_full(multipart("mixed", part)).attachments

    assert attachment.filename == name


def test_inline_pictures_keep_their_ids() -> None:
    mail = parse_full(
        multipart(
            "related",
            ("Content-Type: text/html", b'<p>Look: <img src="cid:p1@x"></p>'),
            (
                "Content-Type: image/png; name=broken.png\nContent-ID: <p1@x>\n"
                "Content-Disposition: inline\nContent-Transfer-Encoding: base64",
                base64.encodebytes(b"picture"),
            ),
        )
    )

    assert mail.text == "Look: [image: broken.png]"
    (picture,) = mail.attachments
    assert picture.inline
    assert picture.content_id == "<p1@x>"
    assert picture.content == b"picture"


def test_encrypted_mail_says_so() -> None:
    mail = parse_full(
        multipart(
            "encrypted",
            ("Content-Type: application/pgp-encrypted", b"Version: 1"),
            ("Content-Type: application/octet-stream", b"-----BEGIN PGP MESSAGE-----"),
        )
    )

    assert mail.unreadable is not None
    assert mail.unreadable.startswith("encrypted")


@pytest.mark.parametrize(
    ("headers", "sign"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto-submitted"),
        ({"Auto_Submitted": "no"}, None),
        ({"Precedence": "bulk"}, "precedence"),
        ({"List_Unsubscribe": "<https://shop.example/u>"}, "list-unsubscribe"),
        ({"Return_Path": "<>"}, "return-path"),
        ({"Return_Path": "<jeanne@example.org>"}, None),
        ({"From": "No-Reply <no-reply@carrier.example>"}, "sender"),
        ({"From": "MAILER-DAEMON@mx.example"}, "sender"),
        ({"From": "noreplace@example.org"}, None),
        ({"Subject": "Réponse automatique : absent"}, "subject"),
        ({"Subject": "Abwesenheitsnotiz: Urlaub"}, "subject"),
        ({"Subject": "The automatic reply I got"}, None),
    ],
)
def test_automatic_mail_is_known_by_its_signs(headers: dict[str, str], sign: str | None) -> None:
    assert parse_full(plain(**headers)).envelope.automatic == sign


def test_seeded_damage_never_raises() -> None:
    maker = Maker(seed=1)
    for _ in range(4_000):
        raw = maker.mutated()
        mail = parse_full(raw)
        mail.text.encode()
        for values in mail.envelope.headers.values():
            assert not any("\n" in value or "\r" in value for value in values)


def test_every_fixture_is_read_in_time() -> None:
    for path in [*fixture_files("**/*.eml"), *fixture_files("**/*.txt")]:
        raw = path.read_bytes()
        began = time.monotonic()
        mail = parse_full(raw)
        assert time.monotonic() - began < _GIVEN_UP, path.name
        mail.text.encode()

"""Mails as they are written: what a reader reads back, and that equal values give equal bytes."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.mail import Address, OutgoingAttachment, OutgoingMail
from deskterm.mail.compose import address_spec, message_id, ticket_ref_of, to_bytes

MAIL = OutgoingMail(
    message_id="<tK7Q2.c03d@shop.example>",
    date=datetime(2026, 11, 21, 9, 40, tzinfo=UTC),
    sender=Address("Aide Boutique", "aide@shop.example"),
    to=(Address("Jeanne Martin", "jeanne@example.org"),),
    subject="Re: Votre commande 100045",
    text="Bonjour,\nvotre colis est en route.\n",
    in_reply_to="<CAF0o@mail.example>",
    references=("<tK7Q2.9f2c@shop.example>", "<CAF0o@mail.example>"),
)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_plain_reply_stands_on_the_wire_as_the_standard_wants_it() -> None:
    assert to_bytes(MAIL) == (
        b"From: Aide Boutique <aide@shop.example>\r\n"
        b"To: Jeanne Martin <jeanne@example.org>\r\n"
        b"Subject: Re: Votre commande 100045\r\n"
        b"Date: Sat, 21 Nov 2026 09:40:00 +0000\r\n"
        b"Message-ID: <tK7Q2.c03d@shop.example>\r\n"
        b"In-Reply-To: <CAF0o@mail.example>\r\n"
        b"References: <tK7Q2.9f2c@shop.example> <CAF0o@mail.example>\r\n"
        b"MIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"Bonjour,\r\nvotre colis est en route.\r\n"
    )


def test_equal_values_give_equal_bytes_and_another_id_another_boundary() -> None:
    mail = replace(MAIL, attachments=(OutgoingAttachment("a.pdf", "application/pdf", b"%PDF"),))
    again = replace(MAIL, attachments=(OutgoingAttachment("a.pdf", "application/pdf", b"%PDF"),))
    other = replace(mail, message_id="<tK7Q2.other@shop.example>")
    assert to_bytes(mail) == to_bytes(again)
    assert read(to_bytes(mail)).get_boundary() != read(to_bytes(other)).get_boundary()


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Lefèvre",
        "Müller, Jürgen",
        'The "Best" Shop',
        "Dr. No (Ltd.)",
        "顧客サービス" * 12,
        "Comma, Inc",
        "back\\slash",
        "word " * 60 + "end",
    ],
)
def test_display_names_are_read_back_as_they_were(name: str) -> None:
    # The newer reader of the standard library keeps the blanks between encoded words of a name.
    message = email.message_from_bytes(
        to_bytes(replace(MAIL, sender=Address(name, "aide@shop.example")))
    )
    shown, addr = parseaddr(message["From"].replace("\r\n", ""))
    assert (str(make_header(decode_header(shown))), addr) == (name, "aide@shop.example")


def test_a_name_that_looks_encoded_is_not_decoded_into_something_else() -> None:
    raw = to_bytes(replace(MAIL, sender=Address("=?utf-8?q?fake?=", "aide@shop.example")))
    assert read(raw)["From"].addresses[0].display_name == "=?utf-8?q?fake?="


@pytest.mark.parametrize(
    "subject",
    [
        "Réclamation n° 7",
        "Re: " + "très " * 40 + "long",
        "a" * 500,
        "",
        "日本語の件名" * 20,
        "=?x?=",
    ],
)
def test_subjects_are_read_back_as_they_were(subject: str) -> None:
    assert read(to_bytes(replace(MAIL, subject=subject)))["Subject"] == subject


def test_no_line_of_a_header_is_longer_than_the_standard_allows() -> None:
    refs = tuple(f"<{'r' * 120}{n}@mail.example>" for n in range(90))
    many = tuple(Address(f"Zoë {n}", f"z{n}@example.org") for n in range(40))
    raw = to_bytes(replace(MAIL, references=refs, cc=many, subject="é" * 900))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_long_ids_stay_ids_and_only_the_ends_of_a_long_chain_are_kept() -> None:
    refs = tuple(f"<{'r' * 120}{n}@mail.example>" for n in range(90))
    raw = to_bytes(replace(MAIL, references=refs))
    folded = raw.partition(b"References:")[2].partition(b"\r\nMIME")[0]
    assert folded.decode().split() == [*refs[:20], *refs[-20:]]


@pytest.mark.parametrize("bad", ["x\r\nBcc: all@example.org", "x\ny", "x\ry", "x\0y", "x\x1b[0m"])
@pytest.mark.parametrize(
    "place", ["subject", "sender", "to", "filename", "in_reply_to", "references", "message_id"]
)
def test_line_breaks_and_controls_never_get_into_a_header(place: str, bad: str) -> None:
    changed = {
        "subject": replace(MAIL, subject=bad),
        "sender": replace(MAIL, sender=Address(bad, "aide@shop.example")),
        "to": replace(MAIL, to=(Address("", f"a@example.org{bad}"),)),
        "filename": replace(MAIL, attachments=(OutgoingAttachment(bad, "text/plain", b""),)),
        "in_reply_to": replace(MAIL, in_reply_to=f"<{bad}@mail.example>"),
        "references": replace(MAIL, references=(f"<{bad}@mail.example>",)),
        "message_id": replace(MAIL, message_id=f"<{bad}@mail.example>"),
    }
    with pytest.raises(ValueError, match=r"header|address|Message-ID"):
        to_bytes(changed[place])


@pytest.mark.parametrize(
    "addr", ["", "nobody", "a b@example.org", "a@b@c d", "é@example.org", "<a@b>"]
)
def test_what_is_no_address_is_refused(addr: str) -> None:
    with pytest.raises(ValueError, match="address"):
        to_bytes(replace(MAIL, to=(Address("", addr),)))


def test_an_international_domain_goes_out_in_ascii() -> None:
    assert address_spec(Address("", "Jean@bücher.example")) == "Jean@xn--bcher-kva.example"


def test_a_mail_to_nobody_and_a_time_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="go to"):
        to_bytes(replace(MAIL, to=()))
    with pytest.raises(ValueError, match="zone"):
        to_bytes(replace(MAIL, date=datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "filename", ["label.pdf", "étiquette n°7.pdf", "図面" * 40 + ".pdf", 'a"b;c.pdf', "x" * 200]
)
def test_attachments_are_read_back_whole(filename: str) -> None:
    content = bytes(range(256)) * 40
    mail = replace(MAIL, attachments=(OutgoingAttachment(filename, "application/pdf", content),))
    (part,) = read(to_bytes(mail)).iter_attachments()
    assert part.get_filename() == filename
    assert part.get_content_type() == "application/pdf"
    assert part.get_payload(decode=True) == content


def test_a_path_in_a_file_name_and_an_odd_type_are_made_harmless() -> None:
    odd = OutgoingAttachment("../../etc/passwd", "message/rfc822\r\nX: y", b"data")
    (part,) = read(to_bytes(replace(MAIL, attachments=(odd,)))).iter_attachments()
    assert part.get_filename() == ".._.._etc_passwd"
    assert part.get_content_type() == "application/octet-stream"


def test_automatic_mail_says_so_and_a_typed_reply_does_not() -> None:
    automatic = read(to_bytes(replace(MAIL, automatic=True)))
    assert automatic["Auto-Submitted"] == "auto-replied"
    assert automatic["X-Auto-Response-Suppress"] == "All"
    assert read(to_bytes(MAIL))["Auto-Submitted"] is None


def test_a_parent_without_an_id_leaves_the_threading_headers_out() -> None:
    message = read(to_bytes(replace(MAIL, in_reply_to=None, references=())))
    assert message["In-Reply-To"] is None
    assert message["References"] is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_any_text_is_read_back(text: str) -> None:
    raw = to_bytes(replace(MAIL, text=text))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 200
    body = read(raw).get_payload(decode=True)
    assert isinstance(body, bytes)
    back = body.decode().replace("\r\n", "\n")
    assert back == (text if text.endswith("\n") else text + "\n")


def test_an_id_of_ours_leads_back_to_its_ticket() -> None:
    made = message_id("shop.example", "K7Q2", "c03d9f")
    assert made == "<tK7Q2.c03d9f@shop.example>"
    assert ticket_ref_of(made) == "K7Q2"


@pytest.mark.parametrize(
    "foreign", ["<CAF0o@mail.example>", "", "<t.x@shop.example>", "tK.c@shop.example", "<tK c.d@x>"]
)
def test_foreign_ids_lead_nowhere(foreign: str) -> None:
    assert ticket_ref_of(foreign) is None


def test_an_id_cannot_be_made_of_anything() -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        message_id("shop.example>\r\nX: y", "K7Q2", "c03d")

"""Card numbers in raw mail."""

from __future__ import annotations

import base64
import quopri

import pytest

from deskterm.mail.digest import content_digest
from deskterm.mail.fallback import parse_full
from deskterm.mail.light import parse_light
from deskterm.mail.redact import mask_mail
from tests.mail.mails import Maker, multipart, plain

CARD = "4970 1012 3456 7893"
SHOWN = "**** **** **** 7893"
TEXT = f"Ma carte déjà donnée est {CARD}, merci d'avance pour tout.\r\n"


def wrapped_base64(text: str) -> bytes:
    return base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")


BODIES = {
    "8bit": TEXT.encode(),
    "7bit": TEXT.replace("é", "e").replace("à", "a").encode(),
    "quoted-printable": quopri.encodestring(TEXT.encode().replace(b"\r\n", b"\n")).replace(
        b"\n", b"\r\n"
    ),
    "Quoted-Printable": (
        b"D=C3=A9j=C3=A0 donn=C3=A9e : 4970 10=\r\n12=C2=A03456 78=39=33, =\r\nmerci.\r\n"
    ),
    "base64": wrapped_base64(TEXT),
}  # fmt: skip


@pytest.mark.parametrize("encoding", BODIES)
def test_text_is_masked_at_equal_length(encoding: str) -> None:
    head = plain("", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=encoding)
    raw = head + BODIES[encoding]

    masked = mask_mail(raw)

    assert len(masked) == len(raw)
    assert masked[: len(head)] == head
    text = parse_full(masked).text
    assert SHOWN in text.replace("\u00a0", " ")
    assert "1012" not in text
    before = parse_full(raw).text
    assert [a for a, b in zip(before, text, strict=True) if a != b] == list("497010123456")
    assert mask_mail(masked) is masked


@pytest.mark.parametrize(
    "subject",
    [
        f"Carte {CARD}",
        f"=?utf-8?Q?Carte_d=C3=A9j=C3=A0_{CARD.replace(' ', '_')}?=",
        f"=?utf-8?B?{base64.b64encode(f'déjà {CARD}'.encode()).decode()}?=",
        f"=?utf-8?B?{base64.b64encode(b'Carte 4970 10').decode()}?=\r\n "
        f"=?utf-8?B?{base64.b64encode(b'12 3456 7893 merci').decode()}?=",
        "=?utf-8?Q?Carte_4970_1012_?=\r\n =?utf-8?Q?3456_789=33?=",
        "Carte 4970 1012\r\n 3456 7893",
    ],
)
def test_headers_are_masked_at_equal_length(subject: str) -> None:
    raw = plain("Bonjour\n", Subject=subject)

    masked = mask_mail(raw)

    assert len(masked) == len(raw)
    shown = parse_full(masked).envelope.subject
    assert SHOWN in shown
    assert mask_mail(masked) is masked


def test_what_carries_structure_is_not_touched() -> None:
    number = CARD.replace(" ", "")
    raw = plain(
        "Bonjour\n",
        From=f'"{CARD}" <{number}@relay.example>',
        Message_ID=f"<{number}@example.org>",
        References=f"<{number}@example.org>",
        Received=f"by mx id {number}",
    )

    envelope = parse_full(mask_mail(raw)).envelope

    assert envelope.sender is not None
    assert envelope.sender.addr == f"{number}@relay.example"
    assert envelope.sender.name == SHOWN
    assert envelope.message_id == f"<{number}@example.org>"
    assert envelope.references == (f"<{number}@example.org>",)
    assert envelope.headers["received"] == (f"by mx id {number}",)


def test_only_the_text_parts_are_masked() -> None:
    raw = multipart(
        "mixed",
        ("Content-Type: text/plain", CARD.encode()),
        ("Content-Type: text/html\nContent-Transfer-Encoding: base64", wrapped_base64(TEXT)),
        ("Content-Type: text/csv\nContent-Disposition: attachment; filename=a.csv", CARD.encode()),
        ("Content-Type: application/pdf", CARD.encode()),
        ("Content-Type: message/rfc822", b"Subject: x\r\n\r\n" + CARD.encode()),
        boundary="4970101234567893",
    )

    mail = parse_full(mask_mail(raw))

    assert mail.text.count(SHOWN) == 2
    assert CARD not in mail.text
    assert [CARD.encode() in part.content for part in mail.attachments] == [True, True, True]


def test_damaged_structure_is_masked_all_the_same() -> None:
    for kind in ("multipart/mixed", "multipart/mixed; boundary=b", "text", "text/plain; charset=x"):
        raw = plain(f"{CARD}\n--b\n\n{CARD}\n", Content_Type=kind)
        assert CARD not in parse_full(mask_mail(raw)).text, kind


def test_mail_without_cards_comes_back_as_it_is() -> None:
    maker = Maker(seed=3)
    for _ in range(300):
        raw = maker.mail()
        assert mask_mail(raw) is raw
        damaged = maker.mutated()
        assert mask_mail(damaged) is damaged


def test_masked_mail_still_reads_lightly() -> None:
    assert parse_light(mask_mail(plain(f"Ma carte {CARD}\n"))) is not None


def test_digests_do_not_see_line_ends() -> None:
    raw = plain("a\nb\n")

    assert content_digest(raw) == content_digest(raw.replace(b"\r\n", b"\n"))
    assert content_digest(raw) != content_digest(raw + b"x")
    assert len(content_digest(b"")) == 64

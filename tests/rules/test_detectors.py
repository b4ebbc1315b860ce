"""Detectors on texts of their own: what they catch and what they leave alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from deskterm.rules.archives import MAX_NAMES, zip_names
from deskterm.rules.detectors.attachments import encoded_size, suffix
from deskterm.rules.model import AttachmentFacts
from tests.rules.support import check_with

_PLACEHOLDER = "everywhere.no_placeholder"
_EMPTY_VALUE = "everywhere.no_empty_value"
_CARD = "everywhere.no_card_numbers"


@pytest.mark.parametrize(
    "text",
    [
        "Hi {{ customer.first_name | upper }},",
        "Hi {first_name},",
        "Hi {firstName},",
        "Bonjour {nom},",
        "Dear [Your Name],",
        "Dear [FIRST_NAME],",
        "Dear <customer name>,",
        "Le colis [insérez le numéro de suivi]",
        "Ihre Bestellung [Bestellnummer] und [Vorname]",
        "Su pedido [número de pedido]",
        "Il suo ordine [numero d'ordine]",
        "Total ${total}",
        "Hello %(name)s",
        "Hello %customer_name%",
        "Track [[tracking]] now",
        "Hello <<name>>",
        "Lorem ipsum",
    ],
)
def test_a_leftover_of_a_template_blocks(text: str) -> None:
    assert check_with(_PLACEHOLDER, text).verdict == "block"


@pytest.mark.parametrize(
    "text", ["Hi {{first_name, hello", "Commande XXX, merci", "Le {objet} est là", "[montant]"]
)
def test_what_may_be_a_leftover_warns(text: str) -> None:
    assert check_with(_PLACEHOLDER, text).verdict == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "Use {a, b} and f(x) = [0, 1].",
        "The card **** 1234 and XXXX-XXXX-XXXX-1234.",
        "Thanks, love XXX",
        "Taille XXL ou XXXL ?",
        "50 % de remise, 100%coton%",
        "[Photo 1] [SAV] [commande 1001] [...] [order 112-0000001]",
        "<p>Hello</p> <a href='x'> <br> <address>",
        "[name](https://shop.example/name)",
        "« nom » et « prénom »",
        "> quoted\n>> twice",
        "I <3 it",
        "C'est {rouge; bleu}",
    ],
)
def test_what_only_looks_like_a_leftover_is_left_alone(text: str) -> None:
    assert check_with(_PLACEHOLDER, text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Hello None!",
        "  Dear Mr null, hello",
        "Hola undefined, gracias",
        "Your order undefined has left",
        "Bestellung #NaN",
        "Total: NaN €",
        "Voici [object Object]",
        "Cher ,",
        "Bonjour  ,",
        "Dear Mrs,",
        "Votre commande n°, merci",
        "Your parcel #",
    ],
)
def test_an_empty_value_blocks(text: str) -> None:
    assert check_with(_EMPTY_VALUE, text).verdict == "block"


@pytest.mark.parametrize("text", ["Hi ,", "Dear,", "It is undefined.", "Suivi : .", "Colis  , ici"])
def test_what_may_be_an_empty_value_warns(text: str) -> None:
    assert check_with(_EMPTY_VALUE, text).verdict == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "None of them. Order none.",
        "null Problem, Nullnummer, null and void",
        "Bonjour !\nBonjour, merci.",
        "Dear Ana,\nCher Monsieur,\nSehr geehrte Damen und Herren,",
        "Your order #1001, your parcel n° 2.",
        "Wait ... and  see . then",
        "Here: ... ; et voilà : oui",
        "Oh dear, that is bad",
        "Nan Goldin, NANTES, undefinedness",
    ],
)
def test_what_only_looks_empty_is_left_alone(text: str) -> None:
    assert check_with(_EMPTY_VALUE, text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Please reply with your credit card details.",
        "Can you give me the password?",
        "Share your passcode with us.",
        "Veuillez nous communiquer le cryptogramme de votre carte.",
        "Indiquez-nous votre mot de passe.",
        "Nennen Sie uns bitte Ihre Kreditkartennummer.",
        "Por favor, indique el número de su tarjeta.",
        "Ci invii la password.",
        "Amex 3782 822463 10005",
    ],
)
def test_payment_data_and_requests_for_it_block(text: str) -> None:
    assert check_with(_CARD, text).verdict == "block"


@pytest.mark.parametrize(
    "text",
    [
        "You can reset your password on the sign-in page.",
        "We'll send your password by post.",
        "Nous allons vous envoyer un mot de passe provisoire.",
        "Wir senden Ihnen ein neues Passwort.",
        "N'indiquez jamais votre mot de passe à personne.",
        "Please give us the gift card number.",
        "Senden Sie uns niemals Ihr Passwort.",
        "No envíe nunca su contraseña.",
        "Enter the CVV on the payment page of the shop.",
        "Order 4111-1111, EAN 5012345678900, DPD 01234567890123",
        "Send us a photo. Your password stays secret.",
    ],
)
def test_careful_words_about_secrets_are_left_alone(text: str) -> None:
    assert check_with(_CARD, text).findings == ()


@pytest.mark.parametrize(
    ("filename", "kind"),
    [
        ("a.PDF", "pdf"),
        ("a.pdf.exe", "exe"),
        ("a.exe. . ", "exe"),
        ("a\u202egpj.e\u200bxe", "exe"),
        ("..\\b\\a.js", "js"),
        ("dir.exe/readme", ""),
        ("ａ．ｅｘｅ", "exe"),
        ("a.b\x00at", "bat"),
        ("noend", ""),
        ("x" * 5_000 + ".scr", "scr"),
    ],
)
def test_a_file_is_what_a_system_would_make_of_it(filename: str, kind: str) -> None:
    assert suffix(filename) == kind


def test_a_file_grows_by_base64() -> None:
    assert encoded_size(0) == 0
    assert encoded_size(57) == 78
    assert encoded_size(58) == 156


def _zip(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return path


def _attached(path: Path) -> tuple[AttachmentFacts, ...]:
    return (AttachmentFacts("papers.zip", "application/zip", path.stat().st_size, path),)


@pytest.mark.parametrize(
    ("names", "verdict", "excerpt"),
    [
        (["a.pdf", "b/c.jpg"], "ok", None),
        (["a.pdf", "b/run.js"], "block", "papers.zip: b/run.js"),
        (["a.pdf", "more.zip"], "warn", "papers.zip: more.zip"),
        (["more.zip", "x.exe"], "block", "papers.zip: x.exe"),
        ([f"{n}.pdf" for n in range(MAX_NAMES + 1)], "warn", "papers.zip"),
        ([], "ok", None),
    ],
)
def test_a_zip_is_looked_into(
    tmp_path: Path, names: list[str], verdict: str, excerpt: str | None
) -> None:
    path = _zip(tmp_path / "papers.zip", *names)
    result = check_with("email.safe_attachment_types", attachments=_attached(path))
    assert result.verdict == verdict
    assert [finding.excerpt for finding in result.findings] == ([excerpt] if excerpt else [])


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18])
def test_a_zip_that_cannot_be_read_warns(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(content)
    result = check_with("email.safe_attachment_types", attachments=_attached(path))
    assert result.verdict == "warn"


def test_the_directory_of_a_zip_is_measured_before_it_is_read(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a" * 60_000, b"")
        for number in range(20):
            archive.writestr(f"{number:060000}", b"")
    path = tmp_path / "wide.zip"
    path.write_bytes(whole.getvalue())
    assert zip_names(path) is None
    assert zip_names(tmp_path / "absent.zip") is None

"""What a channel takes of files, and QR codes in pictures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.rules import qr
from deskterm.rules.detectors.base import Ground, Match, Reading
from deskterm.rules.detectors.pictures import leads_away
from deskterm.rules.model import AttachmentFacts, Draft
from deskterm.rules.pack import parse_pack
from deskterm.rules.qr import qr_texts
from deskterm.text.matching import MatchingCopy
from tests.pictures.test_decoding import HOSTILE
from tests.rules.looking import look
from tests.rules.support import FACTS, NOW
from tests.support.pictures import picture

GROUND = Ground(domains=frozenset({"amazon.example"}))


def files(*given: tuple[str, int] | str) -> dict[str, Any]:
    named = [(one, 1_000) if isinstance(one, str) else one for one in given]
    return {"attachments": tuple(AttachmentFacts(name, "", size) for name, size in named)}


def told(matches: list[Match]) -> list[tuple[str | None, bool]]:
    return [(match.excerpt, match.sure) for match in matches]


@pytest.mark.parametrize(
    ("given", "parameters", "found"),
    [
        (["a.pdf", "b.JPEG"], {"types": ("pdf", "jpg")}, []),
        (["fix.bat"], {"types": ("pdf", "jpg")}, [("fix.bat", True)]),
        (["scan"], {"types": ("pdf",)}, [("scan", False)]),
        (["label.pdf.js"], {"types": ("pdf",)}, [("label.pdf.js", True)]),
        ([("a.pdf", 4_000_001)], {"max_bytes": 4_000_000}, [("a.pdf", True)]),
        ([("a.pdf", 4_000_000)], {"max_bytes": 4_000_000}, []),
        (["1.png", "2.png", "3.png", "4.png"], {"max_count": 3}, [("4.png", True)]),
        (["1.png", "2.png", "3.png"], {"max_count": 3}, []),
        ([("1.png", 6), ("2.png", 7)], {"max_total_bytes": 12}, [("2.png", True)]),
        ([("1.png", 6), ("2.png", 6)], {"max_total_bytes": 12}, []),
        (["a.exe"], {}, []),
        ([], {"types": ("pdf",), "max_count": 1, "max_total_bytes": 1}, []),
    ],
)
def test_a_channel_takes_some_files(
    given: list[tuple[str, int] | str],
    parameters: dict[str, Any],
    found: list[tuple[str, bool]],
) -> None:
    assert told(look("attachments", draft=files(*given), **parameters)) == found


@pytest.mark.parametrize(
    ("name", "asked", "strict"),
    [
        ("label.pdf", [], []),
        ("label.pdf.js", [True], [True]),
        ("invoice.pdf .exe", [True], [True]),
        ("papers.zip", [False], [True]),
        ("papers.tar.gz", [False], [True]),
        ("invoice.pdf.html", [False], [False]),
        ("scan.jpg.pdf", [], []),
        ("page.html", [], []),
    ],
)
def test_harm_has_many_names(name: str, asked: list[bool], strict: list[bool]) -> None:
    given = files(name)
    assert [match.sure for match in look("safe_attachment_types", draft=given)] == asked
    found = look("safe_attachment_types", draft=given, archives="find")
    assert [match.sure for match in found] == strict


@pytest.mark.parametrize(
    ("check", "problem"),
    [
        ({"detector": "attachments", "types": [".PDF"]}, "types must be file types"),
        ({"detector": "attachments", "max_bytes": -1}, "max_bytes must be between"),
        ({"detector": "safe_attachment_types", "archives": "no"}, "archives must be one of"),
    ],
)
def test_a_pack_with_limits_that_cannot_be_is_refused(
    check: dict[str, object], problem: str
) -> None:
    rule = {
        "id": "short.rule",
        "says": {"en": "Not this file."},
        "severity": "block",
        "gate": "attachment",
        "check": check,
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": NOW.date(),
    }
    pack = {"pack": {"channel": "short", "version": "1", "review_days": 1}, "rule": [rule]}
    with pytest.raises(DesktermError, match=problem):
        parse_pack(pack, "file")


def _code(text: str, size: int = 600, kind: str = "PNG") -> bytes:
    """A picture with a QR code in it, a little turned, on a grey ground."""
    import zxingcpp
    from PIL import Image

    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    code = Image.fromarray(drawn)
    ground = Image.new("L", (size, size), 210)
    ground.paste(code.rotate(7, expand=True, fillcolor=255), (size // 4, size // 5))
    out = io.BytesIO()
    ground.convert("RGB").save(out, kind)
    return out.getvalue()


def _picture(folder: Path, content: bytes, name: str = "photo.png") -> dict[str, Any]:
    path = folder / "stored"
    path.write_bytes(content)
    return {"attachments": (AttachmentFacts(name, "", len(content), path),)}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_code_that_leads_away_is_found(tmp_path: Path, kind: str) -> None:
    given = _picture(tmp_path, _code("https://shop.example/win", kind=kind))
    assert told(look("qr_code", draft=given, ground=GROUND)) == [
        ("photo.png: https://shop.example/win", True)
    ]


def test_a_code_of_the_channel_or_a_mere_number_is_left_alone(tmp_path: Path) -> None:
    for text in ("https://www.amazon.example/returns", "RR123456785FR"):
        given = _picture(tmp_path, _code(text))
        assert look("qr_code", draft=given, ground=GROUND) == []
        assert told(look("qr_code", draft=given, every=True)) == [(f"photo.png: {text}", True)]


def test_a_picture_without_a_code_and_a_file_that_is_none_are_left_alone(tmp_path: Path) -> None:
    assert look("qr_code", draft=_picture(tmp_path, picture())) == []
    assert look("qr_code", draft=_picture(tmp_path, b"%PDF-1.7", "label.png")) == []
    assert look("qr_code", draft=_picture(tmp_path, _code("https://shop.example"), "a.pdf")) == []
    assert look("qr_code", draft=files("photo.png")) == []


def test_a_picture_that_cannot_be_looked_at_is_asked_about(tmp_path: Path) -> None:
    broken = _picture(tmp_path, picture()[:60])
    assert told(look("qr_code", draft=broken)) == [("photo.png", False)]
    absent = {"attachments": (AttachmentFacts("photo.png", "", 1, tmp_path / "absent"),)}
    assert told(look("qr_code", draft=absent)) == [("photo.png", False)]


def test_a_picture_is_looked_at_once_while_it_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(_code("https://shop.example"))
    assert qr_texts(path) == ("https://shop.example",)
    monkeypatch.setattr(qr, "_COMMAND", ("-c", "raise SystemExit(9)"))
    assert qr_texts(path) == ("https://shop.example",)
    path.write_bytes(_code("https://other.example"))
    assert qr_texts(path) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_costs_only_itself(tmp_path: Path, name: str) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(HOSTILE[name])
    assert not qr_texts(path)


@pytest.mark.parametrize(
    "answer", ["print('no json')", "print('{}')", "import time; time.sleep(9)"]
)
def test_a_reader_that_goes_wrong_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(picture())
    monkeypatch.setattr(qr, "_COMMAND", ("-c", answer))
    monkeypatch.setattr(qr, "_PATIENCE_S", 0.5)
    assert qr_texts(path) is None


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("https://shop.example", True),
        ("HTTP://SHOP.EXAMPLE/A", True),
        ("www.shop.example", True),
        ("shop.example/sale", True),
        ("shop.example", False),
        ("shop.example:8080/x", True),
        ("mailto:help@shop.example", True),
        ("help@shop.example", True),
        ("tel:+15550100199", True),
        ("+33 6 39 98 55 66", True),
        ("BEGIN:VCARD\nVERSION:4.0", True),
        ("MECARD:N:Ana;", True),
        ("WIFI:S:shop;;", True),
        ("BCD\n002\n1\nSCT", True),
        ("whatsapp://send?phone=1", True),
        ("https://www.dhl.com/track/1", False),
        ("https://amazon.example.shop.example/", True),
        ("https://notamazon.example/", True),
        ("https://sub.amazon.example:443/x", None),
        ("RR123456785FR", None),
        ("00340434161094042557", None),
        ("LPN 12 / shelf 4", None),
        ("https://[broken", True),
        ("", None),
    ],
)
def test_what_a_code_says_leads_away_or_not(text: str, sure: bool | None) -> None:
    reading = Reading(Draft("", "email"), FACTS, MatchingCopy.of(""), GROUND)
    assert leads_away(text, reading) is sure

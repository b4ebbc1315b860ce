"""File names from strangers stay inside the folder and overwrite nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deskterm.domain.errors import DesktermError
from deskterm.mail.fallback import parse_full
from deskterm.mail.filenames import safe_filename, save_new
from tests.mail.mails import multipart

HOSTILE = {
    "../../../.bashrc": "bashrc",
    "/etc/passwd": "passwd",
    "..\\..\\windows\\system.ini": "system.ini",
    "C:\\temp\\x.txt": "x.txt",
    "..%2F..%2Fx": "%2F.%2Fx",
    "x\x1b]0;owned\x07.txt": "x]0;owned.txt",
    "invoice\u202egpj.exe": "invoicegpj.exe",
    "-rf": "rf",
    "--help.txt": "help.txt",
    "~root": "root",
    ".": "attachment",
    "..": "attachment",
    "...": "attachment",
    "": "attachment",
    "   ": "attachment",
    "/": "attachment",
    "a/": "attachment",
    "\x00": "attachment",
    "CON": "_CON",
    "con.txt": "_con.txt",
    "Lpt1 .pdf": "_Lpt1.pdf",
    "COM¹.log": "_COM¹.log",
    "nul": "_nul",
    "console.txt": "console.txt",
    "a:b|c?.txt": "a_b_c_.txt",
    "name. . .": "name",
    "line\nbreak\t.pdf": "line break.pdf",
    "cafe\u0301.pdf": "café.pdf",
    "zero\u200bwidth\ufeff.pdf": "zerowidth.pdf",
    ".tar.gz": "tar.gz",
    "photo.jpg": "photo.jpg",
}


@pytest.mark.parametrize(("hostile", "safe"), HOSTILE.items())
def test_names_are_made_safe(hostile: str, safe: str, tmp_path: Path) -> None:
    assert safe_filename(hostile) == safe

    saved = save_new(tmp_path, hostile, b"content")

    assert saved == tmp_path / safe
    assert saved.read_bytes() == b"content"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_long_names_keep_their_extension() -> None:
    for name in ("a" * 5_000 + ".pdf", "é" * 3_000 + ".tar", "\u0301" * 5_000 + ".pdf"):
        safe = safe_filename(name)
        assert len(safe.encode()) <= 120
        assert safe.endswith(name[-4:])
    assert len(safe_filename("a." + "b" * 5_000).encode()) <= 120


@example("0 \x1b 0")
@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_name_is_one_plain_file(name: str) -> None:
    safe = safe_filename(name)

    assert safe
    assert len(safe.encode()) <= 120
    assert not set(safe) & set('/\\:*?"<>|\x00\x1b\u202e')
    assert safe[0] not in ".-~ "
    assert safe[-1] not in ". "
    assert safe_filename(safe) == safe


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    long = "b" * 300 + ".pdf"
    names = [
        save_new(tmp_path, name, name.encode()).name for name in ["a.pdf", "x/a.pdf", long, long]
    ]

    assert names[:2] == ["a.pdf", "a (2).pdf"]
    assert len(set(names)) == 4
    assert all(len(name.encode()) <= 120 and name.endswith(".pdf") for name in names)
    assert (tmp_path / "a.pdf").read_bytes() == b"a.pdf"


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"old")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.pdf").symlink_to(secret)
    (folder / "b.pdf").symlink_to(tmp_path / "not-there")

    assert save_new(folder, "a.pdf", b"new").name == "a (2).pdf"
    assert save_new(folder, "b.pdf", b"new").name == "b (2).pdf"
    assert secret.read_bytes() == b"old"
    assert not (tmp_path / "not-there").exists()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    for folder in (tmp_path / "missing", file):
        with pytest.raises(DesktermError) as caught:
            save_new(folder, "a.pdf", b"x")
        assert caught.value.code == "save_failed"


@pytest.mark.parametrize("hostile", [name for name in HOSTILE if name.isprintable() and name])
def test_names_from_real_headers_end_up_inside(hostile: str, tmp_path: Path) -> None:
    quoted = hostile.replace("\\", "\\\\").replace('"', '\\"')
    percent = "".join(f"%{byte:02X}" for byte in hostile.encode())
    for given_name in (f'filename="{quoted}"', f"filename*=utf-8''{percent}"):
        raw = multipart(
            "mixed",
            (
                "Content-Type: application/octet-stream\n"
                f"Content-Disposition: attachment; {given_name}",
                b"x",
            ),
        )
        (part,) = parse_full(raw).attachments
        saved = save_new(tmp_path, part.filename, part.content)
        assert saved.resolve().parent == tmp_path.resolve()
    assert {path.parent for path in tmp_path.rglob("*")} == {tmp_path}

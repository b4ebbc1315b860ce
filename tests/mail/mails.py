"""Mails made for tests: well-formed ones from a seed, damaged ones, and monsters."""

from __future__ import annotations

import base64
import binascii
import random
from email.header import Header
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[3] / "shared" / "data" / "email_fixtures"

_NAMES = ("Jeanne Martin", "Zoë Ångström", "O'Neil, Pat", "Łukasz", "佐藤 花子", "")
_WORDS = ("Bonjour", "commande", "reçu", "straße", "niño", "hello", "€ 12,50", "日本", "ok", "=3D")
_CHARSETS = ("utf-8", "iso-8859-1", "us-ascii", "windows-1252", "UTF-8", "iso-8859-15")


def fixture_files(pattern: str) -> list[Path]:
    """Awkward mails published by others; the test is skipped where they are not at hand."""
    files = sorted(path for path in FIXTURES.glob(pattern) if path.is_file())
    if not files:
        pytest.skip("the mail fixtures are not at hand")
    return files


def plain(text: str = "Hello\n", **headers: str) -> bytes:
    """A simple mail with CRLF; underscores in header names become hyphens."""
    given = {
        "From": "Jeanne <jeanne@example.org>",
        "To": "aide@shop.example",
        "Subject": "Question",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return (head + "\r\n" + text.replace("\n", "\r\n")).encode()


def multipart(kind: str, *parts: tuple[str, bytes], boundary: str = "=_b") -> bytes:
    """A multipart mail of parts given by their header lines and their encoded bodies."""
    mark = b"--" + boundary.encode()
    head = (
        "From: Jeanne <jeanne@example.org>\r\nTo: aide@shop.example\r\nSubject: Question\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    )
    pieces = [
        mark + b"\r\n" + header.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
        for header, body in parts
    ]
    return head.encode() + b"\r\n".join([*pieces, mark + b"--\r\n"])


class Maker:
    """Makes well-formed mails from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def mail(self) -> bytes:
        """One mail with CRLF or LF."""
        raw = self._headers() + self._entity(0)
        return raw if self._random.random() < 0.8 else raw.replace(b"\r\n", b"\n")

    def mutated(self) -> bytes:
        """One mail with bytes changed, taken out, doubled or put in."""
        pick = self._random
        raw = bytearray(self.mail())
        for _ in range(pick.randint(1, 6)):
            place = pick.randrange(len(raw) + 1)
            size = pick.randint(0, 12)
            odd = (b"\x00", b"\r", b"\n\n", b"--", b"=?", b"\xff\xfe", b";", b'"', b"<", b"\x1b]0;")
            raw[place : place + size] = pick.choice((b"", bytes(raw[place : place + 30]), *odd))
        return bytes(raw)

    def _headers(self) -> bytes:
        pick = self._random
        number = pick.randrange(10**6)
        lines = [
            f"From: {self._address()}",
            f"To: {', '.join(self._address() for _ in range(pick.randint(1, 4)))}",
            f"Subject: {self._encoded(self._line())}",
            f"Date: Sat, 21 Nov 2026 09:12:{number % 60:02d} +0{number % 3}00",
            f"Message-ID: <{number}@example.org>",
        ]
        if pick.random() < 0.5:
            ids = "\r\n ".join(f"<{number - n}@example.org>" for n in range(pick.randint(1, 5)))
            lines += [f"References: {ids}", f"In-Reply-To: <{number - 1}@example.org>"]
        if pick.random() < 0.3:
            lines += ["Received: by mx1", "Received: by mx2\r\n\twith SMTP", "List-Id: <x>"]
        pick.shuffle(lines)
        return "\r\n".join([*lines, "MIME-Version: 1.0", ""]).encode()

    def _entity(self, depth: int) -> bytes:
        pick = self._random
        if depth < 3 and pick.random() < 0.45:
            kind = pick.choice(("mixed", "alternative", "related"))
            boundary = f"=_{depth}.{pick.randrange(10**6)}"
            mark = f"--{boundary}".encode()
            parts = [mark + b"\r\n" + self._entity(depth + 1) for _ in range(pick.randint(1, 3))]
            head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
            preamble = b"This is a MIME mail.\r\n" if pick.random() < 0.3 else b""
            return head + preamble + b"\r\n".join([*parts, mark + b"--\r\n"])
        if pick.random() < 0.25:
            return self._attachment()
        return self._text()

    def _text(self) -> bytes:
        pick = self._random
        label = pick.choice(_CHARSETS)
        text = "\r\n".join(self._line() for _ in range(pick.randint(0, 12))) + "\r\n"
        data = text.encode(label, "replace")
        kind = pick.choice(("plain", "plain", "plain; format=flowed", "html"))
        encoding, body = self._transfer(data)
        head = f"Content-Type: text/{kind}; charset={label}\r\n"
        return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body

    def _attachment(self) -> bytes:
        name = self._encoded(f"{self._line()[:20]}.pdf").replace('"', "")
        head = (
            f'Content-Type: application/pdf; name="{name}"\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n"
        )
        content = self._random.randbytes(self._random.randint(0, 300))
        return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")

    def _transfer(self, data: bytes) -> tuple[str, bytes]:
        encoding = self._random.choice(("8bit", "quoted-printable", "base64"))
        if encoding == "quoted-printable":
            return encoding, binascii.b2a_qp(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        if encoding == "base64":
            return encoding, base64.encodebytes(data).replace(b"\n", b"\r\n")
        return encoding, data

    def _line(self) -> str:
        return " ".join(self._random.choice(_WORDS) for _ in range(self._random.randint(1, 8)))

    def _address(self) -> str:
        name = self._random.choice(_NAMES)
        addr = f"user{self._random.randrange(100)}@example.org"
        if not name:
            return addr
        if name.isascii():
            return f'"{name}" <{addr}>'
        return f"{self._encoded(name)} <{addr}>"

    def _encoded(self, text: str) -> str:
        if text.isascii():
            return text
        label = self._random.choice(("utf-8", "utf-8", "iso-2022-jp"))
        try:
            return Header(text, label, maxlinelen=60).encode(linesep="\r\n")
        except UnicodeError:
            return Header(text, "utf-8").encode(linesep="\r\n")

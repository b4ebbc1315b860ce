"""Mail that attacks whoever shows it, and a look at what reached a terminal.

Every control sequence in it has parameters that no program of ours would write, so that a test can
tell theirs from ours in the bytes of a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

#: What each mail carries in its subject, its sender's name, its text and the name of its file.
TEXTS = {
    "clipboard": "\x1b]52;c;cm0gLXJmIH4K\x07",
    "clipboard-st": "\x1b]52;c;cm0gLXJmIH4K\x1b\\",
    "title": "\x1b]2;owned\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\",
    "sequence": "\x1b[7777;7777Z\x1b[7777m",
    "device": "\x1bP7777q\x1b\\ \x1b_G7777\x1b\\ \x1b^7777\x1b\\",
    "reset": "\x1bc\x1b(0\x1b#8",
    "c1": "\x9b7777Z \x9d52;c;cm0=\x9c \x85 \x90 \x84",
    "c0": "a\x00b\x07c\x08d\x0be\x0cf\x0eg\x0fh\x7fi\rj",
    "markup": "[@click=app.quit]press[/] [red]r[/red] [/b] [/ [a=b c=d] [[x]] [SKU] [ref]",
    "bidi": "\u202egpj.exe\u202c \u2066x\u2069 \u200f",
    "hidden": "a\u200bb\u2060c\ufeffd\u00ade\U000e0041\U000e007f",
    "marks": "Z" + "\u0301" * 400,
    "wide": "汉字 👩\u200d👩\u200d👧 🇫🇷 ☂\ufe0f ｶﾞ ؀",
    "private": "\ue000\U000f0000\U0010ffff\u0378",
    "lines": "one\u2028two\u2029three\u0085four\vfive",
    "path": "../../../../etc/cron.d/owned",
    "format": "{0} {ref} %s %(name)s ${HOME} `id` $(id)",
}
LONG_LINE = 1_000_000
DEEP = 1_000

#: The title of the console's window: its name, and how many tickets need us.
TITLE = r"deskterm(?: \([1-9][0-9]{0,2}(?:,[0-9]{3}){0,3}\))?"
#: Whole sequences of ours: CSI (ECMA-48 5.4), and what the console says of title and pointer.
_OURS = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\](?:2;" + TITLE.encode() + rb"|22;[a-z-]+)(?:\x07|\x1b\\)"
    rb"|\x1b[=>78]|\x1b\(B"
)
_THEIRS = re.compile(rb"\x1b\[7777|\x1b\](?:52|8;|2;owned)|\x1b[P_^c#]|\x1b\(0|\xc2[\x80-\x9f]")
#: Joiners of emoji and Persian, and the signs that Arabic draws around a number.
_DRAWN = frozenset("\u200c\u200d\u0600")
_LINE_BYTES = frozenset("\n\r\t\x08\x0f")


def write_mbox(path: Path) -> int:
    """Write all of it into one mbox file; returns the number of mails."""
    mails = [_mail(name, text) for name, text in TEXTS.items()]
    mails += [_deep(), _one_line()]
    with path.open("wb") as file:
        for mail in mails:
            file.write(b"From attacker@example.org Fri Nov 20 10:00:00 2026\n")
            file.write(re.sub(rb"^(>*From )", rb">\1", mail, flags=re.MULTILINE) + b"\n\n")
    return len(mails)


def _mail(name: str, text: str) -> bytes:
    """Headers as an attacker would write them: raw bytes that no polite library would let out."""
    bare = text.replace("\r", " ").replace("\n", " ").replace("\x00", " ")
    return (
        f'From: "{bare}" <{name}@mail.example>\n'
        "To: help@shop.example\n"
        f"Subject: {name} {bare}\n"
        f"Message-ID: <{name}@mail.example>\n"
        "Date: Fri, 20 Nov 2026 10:00:00 +0000\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"Hello {text}\n> quoted {text}\nlast\n"
        f'--b\nContent-Type: image/png; name="{bare}"\n'
        f'Content-Disposition: attachment; filename="{bare}.png"\n\nnot a picture\n'
        "--b--\n"
    ).encode("utf-8", "surrogateescape")


def _deep() -> bytes:
    """A thousand parts within one another."""
    inner = "Content-Type: text/plain\n\nbottom\n"
    for level in range(DEEP):
        kind = f'Content-Type: multipart/mixed; boundary="b{level}"'
        inner = f"{kind}\n\n--b{level}\n{inner}--b{level}--\n"
    head = "From: deep@mail.example\nSubject: deep\nMessage-ID: <deep@mail.example>\n"
    head += "MIME-Version: 1.0\n"
    return (head + inner).encode()


def _one_line() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "line@mail.example", "one line"
    mail["Message-ID"] = "<line@mail.example>"
    mail.set_content("x" * LONG_LINE, cte="base64")
    return mail.as_bytes()


def foreign_controls(painted: bytes) -> list[str]:
    """What in the bytes of a terminal is neither text nor a sequence of ours."""
    found = [f"theirs: {match.group()!r}" for match in _THEIRS.finditer(painted)]
    for character in set(_OURS.sub(b"", painted).decode("utf-8", "replace")) - _LINE_BYTES:
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Co", "Cs", "Cn") and character not in _DRAWN:
            found.append(f"U+{ord(character):04X} ({category})")
    return found

"""Support mail of a made-up shop: threads of 1 to 8 mails in French, English and German.

The same seed gives the same bytes. A mail has 40 to 400 new words, answers quote what they answer,
a third has an HTML alternative, 8 % a file; on average 4.6 KB. Mails come in order of time.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path

from benchmarks.phrases import LANGUAGES, Language

SHOP = "hello@shop.example"

_FIRST = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
_SPAN = timedelta(days=600)
_SYLLABLES = "ba be bo da de do fa fi fu ga gi go ka ke ko la le lo ma mi mo na ne no pa pe ro sa"
_QUOTED_LINES = 14
_FILE_BYTES = (2_000, 24_000)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as a server would hold it, with LF line ends. `sent`: the shop wrote it."""

    number: int
    raw: bytes
    at: datetime
    sent: bool

    @property
    def file_name(self) -> str:
        """Its name in a Maildir."""
        return f"{int(self.at.timestamp())}.M{self.number}.bench:2,{'S' if self.sent else ''}"


class Vocabulary:
    """Words that are common, less common and rare, as words in mail are."""

    def __init__(self, chance: random.Random) -> None:
        made = _made_up_words(chance)
        self.things = [next(made) for _ in range(400)]
        self.shades = [next(made) for _ in range(60)]
        self.towns = [next(made).capitalize() for _ in range(1_500)]
        self.names = [next(made).capitalize() for _ in range(6_000)]

    @cached_property
    def rare(self) -> tuple[str, ...]:
        """Words that few mails hold."""
        return tuple(self.names[-40:])


def _made_up_words(chance: random.Random) -> Iterator[str]:
    syllables = _SYLLABLES.split()
    seen: set[str] = set()
    while True:
        word = "".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4))))
        if word not in seen:
            seen.add(word)
            yield word + chance.choice(("", "n", "r", "t"))


def skewed(chance: random.Random, words: Sequence[str]) -> str:
    """Earlier words come more often, about as in Zipf's law."""
    return words[int(len(words) ** chance.random()) - 1]


class _Thread:
    """What the mails of one thread share, and the last of them for the next to quote."""

    def __init__(self, number: int, chance: random.Random, words: Vocabulary) -> None:
        self.number = number
        self.language: Language = chance.choice(LANGUAGES)
        self.name = f"{skewed(chance, words.names)} {skewed(chance, words.names)}"
        self.address = f"{self.name.replace(' ', '.').lower()}@mail{number % 97}.example"
        self.slots = {
            "thing": skewed(chance, words.things),
            "shade": skewed(chance, words.shades),
            "town": skewed(chance, words.towns),
            "name": self.name,
            "order": f"FR-{chance.randrange(100_000, 999_999)}",
            "days": str(chance.randrange(2, 30)),
        }
        self.subject = chance.choice(self.language.subjects).format(**self.slots)
        self.ids: list[str] = []
        self.last_text = ""
        self.last_date = ""


def mails(count: int, seed: int = 1) -> Iterator[Mail]:
    """Make `count` mails, oldest first."""
    chance = random.Random(seed)
    words = Vocabulary(chance)
    threads: dict[int, _Thread] = {}
    for number, (at, thread_no, place, last) in enumerate(_timetable(count, chance)):
        thread = threads.get(thread_no)
        if thread is None:
            thread = threads[thread_no] = _Thread(thread_no, chance, words)
        yield Mail(number, _compose(thread, place, at, chance, words), at, sent=place % 2 == 1)
        if last:
            del threads[thread_no]


def vocabulary(seed: int = 1) -> Vocabulary:
    """The words that `mails` of that seed are made of."""
    return Vocabulary(random.Random(seed))


def write_maildir(folder: Path, made: Iterator[Mail]) -> int:
    """Write mails into a Maildir; returns their bytes."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    size = 0
    for mail in made:
        size += len(mail.raw)
        (folder / "cur" / mail.file_name).write_bytes(mail.raw)
    return size


def _timetable(count: int, chance: random.Random) -> list[tuple[datetime, int, int, bool]]:
    """Time, thread, place in the thread and whether it is the last one, for each mail."""
    entries: list[tuple[datetime, int, int, bool]] = []
    thread_no = 0
    while len(entries) < count:
        length = min(chance.randrange(1, 9), count - len(entries))
        at = _FIRST + _SPAN * chance.random()
        for place in range(length):
            entries.append((at, thread_no, place, place == length - 1))
            at += timedelta(minutes=chance.randrange(3, 3_000))
        thread_no += 1
    return sorted(entries)


def _compose(
    thread: _Thread, place: int, at: datetime, chance: random.Random, words: Vocabulary
) -> bytes:
    outbound = place % 2 == 1
    customer = f"{thread.name} <{thread.address}>"
    shop = f"Atelier <{SHOP}>"
    date = format_datetime(at.replace(microsecond=0))
    own = f"<{thread.number}.{place}.{chance.getrandbits(64):x}@mail.example>"
    lines = _text(thread, outbound, chance, words)
    text = "\n".join(lines)
    quote = ""
    if thread.last_text:
        introduction = thread.language.quoted.format(date=thread.last_date, name=thread.name)
        quoted = [f"> {line}" for line in thread.last_text.split("\n")[:_QUOTED_LINES]]
        quote = "\n".join(["\n", introduction, *quoted])
    subject = f"Re: {thread.subject}" if place else thread.subject
    head = [
        f"Return-Path: <{SHOP if outbound else thread.address}>",
        *_received(at, own, chance),
        f"From: {shop if outbound else customer}",
        f"To: {customer if outbound else shop}",
        f"Subject: {subject if subject.isascii() else Header(subject, 'utf-8').encode()}",
        f"Date: {date}",
        f"Message-ID: {own}",
    ]
    if thread.ids:
        head.append(f"In-Reply-To: {thread.ids[-1]}")
        head.append("References: " + "\n ".join(thread.ids))
    head.append("MIME-Version: 1.0")
    thread.ids.append(own)
    thread.last_text, thread.last_date = text, f"{at:%d.%m.%Y %H:%M}"
    return "\n".join([*head, _body(text + quote, chance)]).encode()


def _received(at: datetime, own: str, chance: random.Random) -> list[str]:
    when = format_datetime(at.replace(microsecond=0))
    return [
        f"Received: from out{chance.randrange(90)}.mail.example (out.mail.example [192.0.2.7])\n"
        f"\tby mx.shop.example (Postfix) with ESMTPS id {chance.getrandbits(40):X}\n"
        f"\tfor <{SHOP}>; {when}",
        f"Received: by relay.mail.example id {own[1:9]}; {when}",
        "X-Mailer: Mail for Everybody 4.1",
    ]


def _text(thread: _Thread, outbound: bool, chance: random.Random, words: Vocabulary) -> list[str]:
    """New text: a greeting, sentences up to a number of words, a farewell."""
    language = thread.language
    wanted = int(40 * 10 ** chance.random())
    sentences = language.agent if outbound else language.customer
    lines = [language.greeting, ""]
    held = 0
    paragraph: list[str] = []
    while held < wanted:
        slots = thread.slots
        if chance.random() < 0.3:
            slots = slots | {
                "name": skewed(chance, words.names),
                "town": skewed(chance, words.towns),
                "thing": skewed(chance, words.things),
                "days": str(chance.randrange(2, 90)),
            }
        sentence = chance.choice(sentences).format(**slots)
        paragraph.append(sentence)
        held += sentence.count(" ") + 1
        if len(paragraph) == 3:
            lines += [*paragraph, ""]
            paragraph = []
    name = "Camille" if outbound else thread.name
    return [*lines, *paragraph, "", *language.farewell.format(name=name).split("\n")]


def _body(text: str, chance: random.Random) -> str:
    """Headers of the content and the content itself."""
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    inner = f"{plain}\n{text}\n"
    if chance.random() < 1 / 3:
        inner = _alternative(plain, text, f"alt-{chance.getrandbits(64):x}")
    if chance.random() >= 0.08:
        return inner
    boundary = f"mix-{chance.getrandbits(64):x}"
    content = base64.encodebytes(chance.randbytes(chance.randrange(*_FILE_BYTES))).decode()
    return (
        f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
        f"--{boundary}\n{inner}\n"
        f'--{boundary}\nContent-Type: image/jpeg; name="photo.jpg"\n'
        'Content-Disposition: attachment; filename="photo.jpg"\n'
        f"Content-Transfer-Encoding: base64\n\n{content}\n--{boundary}--\n"
    )


def _alternative(plain: str, text: str, boundary: str) -> str:
    paragraphs = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split("\n")
    html = "".join(
        f'<p style="margin:0 0 6px 0;font-family:Arial,sans-serif">{line or "&nbsp;"}</p>\n'
        for line in paragraphs
    )
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\n\n'
        f"--{boundary}\n{plain}\n{text}\n"
        f"--{boundary}\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n"
        f"<html><head><style>p{{margin:0}}</style></head><body>\n{html}</body></html>\n"
        f"--{boundary}--\n"
    )

"""How long the whole check of a reply takes, channel by channel, in computing time of its thread.

Warm: every pack is read before, and what is read or compiled on first need does not count.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from rich.table import Table

from benchmarks.measure import percentile
from benchmarks.phrases import LANGUAGES
from deskterm.rules.detectors.base import TEXT_CAP
from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs, packs_for
from deskterm.rules.model import Draft, Facts, RulePack
from deskterm.rules.standing import UNCHECKED
from deskterm.text.loading import spent_loading

#: Characters of a long reply.
LENGTH = 2_000
REPLY_MS, HOSTILE_MS = 10.0, 50.0
_ROUNDS = 20
_FACTS = Facts(now=datetime(2026, 11, 21, 12, tzinfo=UTC))
_SLOTS = {
    "thing": "lamp", "shade": "blue", "town": "Lille", "name": "Ana", "order": "171-0000001-1",
    "days": "3", "date": "2026-11-20",
}  # fmt: skip
#: What patterns, tokens and phrases go along with, over and over.
HOSTILE = (
    "a", "a ", "a.", "é", "\u200b", "0", "1 ", "1-", "(1)", "1.1.", "@", "a@", "a at ", "a dot ",
    "http://", "www.", "a.com ", "t me ", "wa.me/", "zero ", "one two ", "double ", "[", "{{",
    "<a ", "review ", "refund review ", "stars for ", "remise avis ", "{a.", "\n", "Hello ",
    "4111 ", "1Z", "order #", "и", "а.com ", "\u0301", "e\u0301", "😀", "＠",
    "．", "(at)", "[dot]", "call me ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds on one channel: the 95th percentile of a long reply, and the slowest hostile
    text of 20,000 characters that was checked to its end, with what it repeats. Of the others
    (`told`) the check says itself that it did not get through.
    """

    channel: str
    reply_ms: float
    hostile_ms: float
    hostile: str
    told: int

    @property
    def met(self) -> bool:
        """Whether both are within their goal."""
        return self.reply_ms < REPLY_MS and self.hostile_ms < HOSTILE_MS

    @property
    def words(self) -> str:
        """The figures, in words."""
        return (
            f"a long reply {self.reply_ms:.1f} ms (wanted {REPLY_MS:g}), the worst hostile text "
            f"{self.hostile_ms:.0f} ms (wanted {HOSTILE_MS:g}): {self.hostile!r}; "
            f"{self.told} of {len(HOSTILE)} hostile texts were told to be unchecked"
        )

    def as_json(self) -> dict[str, object]:
        """The figures as JSON values."""
        return asdict(self)


def measure() -> Iterator[Speed]:
    """Every channel that has a pack of its own."""
    shared = {pack.channel for pack in bundled_packs() if "/packs/" in pack.file}
    for channel in sorted({pack.channel for pack in bundled_packs()} - shared):
        packs = packs_for(channel)
        replies = [text for text in _replies() for _ in range(_ROUNDS)]
        for text in replies[::_ROUNDS]:
            _ms(text, channel, packs)
        reply = percentile([_ms(text, channel, packs) for text in replies], 0.95)
        yield Speed(channel, reply, *_hostile(channel, packs))


def table(speeds: Sequence[Speed]) -> Table:
    """The figures, a line for each channel."""
    shown = Table(title="Milliseconds of computing, warm")
    shown.add_column("channel")
    titles = (f"{LENGTH:,} characters, p95", f"{TEXT_CAP:,} hostile ones, worst", "which", "told")
    for title in titles:
        shown.add_column(title, justify="right")
    for speed in speeds:
        figures = f"{speed.reply_ms:.1f}", f"{speed.hostile_ms:.0f}"
        shown.add_row(speed.channel, *figures, ascii(speed.hostile), str(speed.told))
    return shown


def _replies() -> list[str]:
    texts = []
    for language in LANGUAGES:
        text = " ".join(sentence.format(**_SLOTS) for sentence in language.agent)
        texts.append((f"{language.greeting}\n\n" + f"{text}\n\n" * 4)[:LENGTH])
    return texts


def _hostile(channel: str, packs: Sequence[RulePack]) -> tuple[float, str, int]:
    """The slowest text that was checked to its end, what it repeats, and how many were not."""
    worst, slowest, told = 0.0, "", 0
    for pump in HOSTILE:
        begun, before = time.thread_time(), spent_loading().computing
        result = check(Draft(_pumped(pump), channel), _FACTS, packs)
        read = spent_loading().computing - before
        took = (time.thread_time() - begun - read) * 1000
        if any(finding.rule == UNCHECKED.id for finding in result.findings):
            told += 1
        elif took > worst:
            worst, slowest = took, pump
    return worst, slowest, told


def _pumped(pump: str) -> str:
    return (pump * TEXT_CAP)[:TEXT_CAP]


def _ms(text: str, channel: str, packs: Sequence[RulePack]) -> float:
    begun = time.thread_time()
    check(Draft(text, channel), _FACTS, packs)
    return (time.thread_time() - begun) * 1000

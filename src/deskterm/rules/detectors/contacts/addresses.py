"""E-mail addresses and hosts in rows of words (`chains`), as far as they are some (`grading`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskterm.rules.carriers import is_carrier
from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.chains import Label, chains
from deskterm.rules.detectors.contacts.finds import Find, unread
from deskterm.rules.detectors.contacts.grading import grade
from deskterm.rules.detectors.contacts.hosts import Host
from deskterm.rules.detectors.contacts.marks import ENDINGS_APART, PLAIN_ATS, Mark
from deskterm.rules.detectors.contacts.suffixes import below, is_ending
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.contacts.words import (
    MAIL_CUES,
    NO_LOCAL_PARTS,
    PROVIDERS,
    TELECOMS,
)

_CUE_REACH = 4
_MOST_LABELS = 500


def addresses(reading: Reading, claimed: Sequence[tuple[int, int]]) -> Iterator[Find]:
    """Hosts and e-mail addresses outside the places that are claimed (sorted, apart)."""
    tokens = reading.once(tokens_of)
    claims = iter(claimed)
    claim = next(claims, None)
    count = 0
    for labels in chains(tokens):
        start = tokens.starts[labels[0].first]
        count += len(labels)
        if count > _MOST_LABELS:
            yield unread(start, len(tokens.text), "link")
            return
        while claim is not None and claim[1] <= start:
            claim = next(claims, None)
        if claim is None or claim[0] > start:
            yield from _Chain(reading, tokens, labels).finds()


@dataclass(frozen=True, slots=True)
class _Chain:
    reading: Reading
    tokens: Tokens
    labels: Sequence[Label]

    def finds(self) -> Iterator[Find]:
        """Each at sign parts a local part from a host; what is left are hosts."""
        local: Sequence[Label] = ()
        part: list[Label] = []
        for label in (*self.labels, None):
            if label is None or (label.mark and label.mark.sign == "@"):
                if part:
                    yield from self._part(local, part)
                local, part = part, []
            if label is not None:
                part.append(label)

    def _part(self, local: Sequence[Label], part: Sequence[Label]) -> Iterator[Find]:
        at = part[0].mark
        find = self._address(local, part, at) if local and at else None
        if find is not None:
            yield find
        elif len(part) > 1:
            found = self._host(part)
            if found is not None:
                host, sure = found
                name, end = host.name, host.whole_end()
                sure = sure or end > host.end
                yield Find(
                    host.start, end, "link", sure, host.masked, name, carrier=is_carrier(name)
                )

    def _address(self, local: Sequence[Label], part: Sequence[Label], at: Mark) -> Find | None:
        """`name@host`, however the signs are written; "at" may also be a plain word."""
        local = _without_sentence(local)
        weak = at.form == "said" and at.name in PLAIN_ATS
        name = local[-1].last
        everyday = self.tokens.words[name] in NO_LOCAL_PARTS and name not in self.tokens.apart
        if weak and everyday:
            return None
        start = self.tokens.starts[local[0].first]
        marks = [at, *(label.mark for label in local[1:] if label.mark)]
        masked = any(mark.form != "plain" for mark in marks)
        found = self._host(part, addressed=not weak, hinted=True)
        if found is None:
            return self._short(local, part, at, masked=masked)
        host, sure = found
        if below(host.name, self.reading.ground.domains):
            return None
        if weak and not host.masked and not self._is_mailbox(local):
            return None
        return Find(start, host.end, "email", sure, masked or host.masked, host.name)

    def _short(
        self, local: Sequence[Label], part: Sequence[Label], at: Mark, *, masked: bool
    ) -> Find | None:
        """An address without an ending: `name at gmail`, `name@shop`."""
        start, first = self.tokens.starts[local[0].first], part[0].first
        words = [self.tokens.word(first), self.tokens.word(first + 1)]
        strong = at.name not in PLAIN_ATS
        for length in (2, 1):
            if " ".join(words[:length]) in PROVIDERS:
                sure = strong or length > 1 or self._is_mailbox(local)
                return Find(start, self.tokens.ends[first + length - 1], "email", sure, masked=True)
        if words[0] in TELECOMS:
            return Find(start, self.tokens.ends[first], "email", True, masked) if strong else None
        if words[1] in ENDINGS_APART and not self.tokens.is_word(first + 2):
            return Find(start, self.tokens.ends[first + 1], "email", strong, masked=True)
        if masked or not words[0].isalpha() or len(words[0]) < 3:
            return None
        lettered = self.tokens.text[start].isalpha()
        return Find(start, self.tokens.ends[part[0].last], "email", False) if lettered else None

    def _is_mailbox(self, local: Sequence[Label]) -> bool:
        """Whether words before it, or its own form, tell that an address begins."""
        words = self.tokens.words[local[0].first : local[-1].last + 1]
        cued = not MAIL_CUES.isdisjoint(self.tokens.before(local[0].first, _CUE_REACH))
        spelled = local[-1].last in self.tokens.apart
        return cued or spelled or len(words) > 1 or not words[0].isalpha()

    def _host(
        self, part: Sequence[Label], *, addressed: bool = False, hinted: bool = False
    ) -> tuple[Host, bool] | None:
        """The longest host in those labels that counts, and whether it is sure."""
        for last in range(len(part) - 1, 0, -1):
            labels = _without_sentence(part[: last + 1])
            whole = labels[0] is part[0]
            host = Host(self.tokens, labels, addressed and whole, hinted and whole)
            if self._is_own(host):
                return None
            sure = grade(host, self.reading)
            if sure is not None:
                return host, sure
        return None

    def _is_own(self, host: Host) -> bool:
        """Whether the channel itself is named; a shorter part of its name is no host then."""
        known = not host.addressed and is_ending(host.label(-1))
        return known and below(host.name, self.reading.ground.domains)


def _without_sentence(labels: Sequence[Label]) -> Sequence[Label]:
    """The labels behind the last full stop with a blank, unless it is the last of their dots."""
    first = len(labels) - 2
    while first > 0 and not _is_stop(labels[first]):
        first -= 1
    return labels[max(0, first) :]


def _is_stop(label: Label) -> bool:
    return label.mark is not None and label.mark.form in ("after", "before")

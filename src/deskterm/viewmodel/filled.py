"""What macros have put into a text: where their values stand, and what is still missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from deskterm.i18n import say_many
from deskterm.service.reading.macro_rows import FilledView, SpanView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.changes import change
from deskterm.viewmodel.words import NOTHING
from deskterm.viewmodel.writing import NO_FOLLOW

#: A place without a value, as macros write it.
_GAP = re.compile(r"\{\{[^{}\n]{1,300}\}\}")
_WORD = re.compile(r"[^\W\d_]{2,60}")
#: Words of one's own from which on a text is more than a macro.
_OWN_WORDS = 6
#: Put together from several words; to mark them says nothing.
_WHOLE_LINES = frozenset({"greeting", "closing"})


class Gap(NamedTuple):
    """A place without a value. `span` is what is known of it."""

    start: int
    end: int
    span: SpanView


class Filled:
    """The marks of one text, and what is to follow when it is sent.

    Args:
        follow: what macros of an earlier time say of it, where it is a draft that was kept.
        text: what that draft says; each of them may have said all of it.
    """

    def __init__(self, follow: Mapping[str, str] = NO_FOLLOW, text: str = "") -> None:
        self.spans: tuple[SpanView, ...] = ()
        #: Parameters of `ticket.reply`: of several macros the last one counts, but all are named,
        #: and all tags.
        self.follow = follow
        self._text = ""
        self._texts: list[tuple[str, str]] = [
            (macro, text) for macro in follow.get("macro", "").split()
        ]
        self._here = len(self._texts)

    def put(self, text: str, start: int, view: FilledView) -> None:
        """A macro has been put in: the text is this now, and the macro begins there."""
        self.moved(text)
        self._texts.append((view.macro, view.text))
        self.spans = tuple(
            sorted((*self.spans, *(_moved(span, start) for span in view.spans)), key=_start)
        )
        tags = dict.fromkeys((*self.follow.get("then_tags", "").split(), *view.tags))
        macros = dict.fromkeys((*self.follow.get("macro", "").split(), view.macro))
        self.follow = {**self.follow, **view.follow, "macro": " ".join(macros)}
        if tags:
            self.follow = {**self.follow, "then_tags": " ".join(tags)}

    def moved(self, text: str) -> None:
        """The text is another one now; what was written over is no value any more."""
        before, self._text = self._text, text
        if not text.strip():
            self.spans, self.follow = (), NO_FOLLOW
            self._texts.clear()
            self._here = 0
        if not self.spans or before == text:
            return
        changed = change(before, text)
        self.spans = tuple(
            span._replace(start=place[0], end=place[1])
            for span in self.spans
            if (place := changed.moved(span.start, span.end)) is not None
        )

    def is_all(self, text: str) -> bool:
        """Whether a text says what macros say, and next to nothing besides."""
        put_in = self._texts[self._here :]
        if not put_in:
            return False
        ready = Counter(word for _, one in put_in for word in _words(one))
        return sum((Counter(_words(text)) - ready).values()) < _OWN_WORDS

    def rewritten(self, text: str) -> tuple[str, ...]:
        """The macros of which less than half of what they said is left in a text."""
        left = Counter(_words(text))
        ready: dict[str, Counter[str]] = {}
        for macro, said in self._texts:
            ready.setdefault(macro, Counter()).update(_words(said))
        return tuple(
            macro for macro, words in ready.items() if (words & left).total() * 2 < words.total()
        )

    @property
    def shown(self) -> tuple[SpanView, ...]:
        """The places to be marked."""
        return tuple(span for span in self.spans if span.name not in _WHOLE_LINES)

    @property
    def words(self) -> SafeText:
        """How many places say something general for want of a value; empty for none."""
        count = sum(span.kind == "fallback" for span in self.spans)
        if not count:
            return NOTHING
        return say_many("{count} place to look at", "{count} places to look at", count)

    def gaps(self, text: str) -> list[Gap]:
        """The places without a value, whoever wrote them."""
        known = {span.start: span for span in self.spans if span.kind in ("gap", "missing")}
        return [
            Gap(found.start(), found.end(), known.get(found.start()) or _guessed(found))
            for found in _GAP.finditer(text)
        ]

    def next_gap(self, text: str, index: int) -> Gap | None:
        """The next place without a value from a place on; after the last one the first."""
        gaps = self.gaps(text)
        return next((gap for gap in gaps if gap.start >= index), gaps[0] if gaps else None)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _start(span: SpanView) -> int:
    return span.start


def _moved(span: SpanView, by: int) -> SpanView:
    return span._replace(start=span.start + by, end=span.end + by)


def _guessed(found: re.Match[str]) -> SpanView:
    """A gap of a draft that was kept: what was known of it is not."""
    inner = found[0][2:-2].strip()
    asked = inner.startswith("?")
    name = clean(inner.lstrip("?>").partition("|")[0].strip(), multiline=False)
    kind, origin = ("gap", "asked") if asked else ("missing", name.partition(".")[0])
    return SpanView(found.start(), found.end(), kind, name, origin, name)

"""Fixes that findings offer: what stands in the place of a part of the text afterwards.

The office finds them, and has seen that each helps. Here they are told, and done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean, clip
from deskterm.viewmodel.pasted import plain

_TOLD_CELLS: Final = 36


class Rewrite(NamedTuple):
    """`instead` in the place of the text from `start` to `end`."""

    start: int
    end: int
    instead: str


def read_rewrite(value: object, length: int) -> Rewrite | None:
    """A rewrite as the office says it, of a text of so many characters; None where it is none."""
    if not isinstance(value, Mapping):
        return None
    start, end, instead = (value.get(name) for name in ("start", "end", "instead"))
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(instead, str)):
        return None
    return Rewrite(start, end, plain(instead)) if 0 <= start <= end <= length else None


def rewritten(text: str, rewrites: Iterable[Rewrite]) -> tuple[str, int]:
    """The text after rewrites, done from the end on, so that places stay right.

    Of places that overlap the later one counts. Returns the text and how many places changed.
    """
    count, begin = 0, len(text) + 1
    for one in sorted(set(rewrites), reverse=True):
        if one.end <= begin and text[one.start : one.end] != one.instead:
            text = text[: one.start] + one.instead + text[one.end :]
            begin = one.start
            count += 1
    return text, count


def told(text: str, rewrite: Rewrite) -> SafeText:
    """What a rewrite would do, in a line."""
    before = _quoted(text[rewrite.start : rewrite.end])
    after = _quoted(rewrite.instead)
    if not after:
        return say("takes out “{before}”", before=before)
    if not before:
        return say("puts in “{after}”", after=after)
    return say("makes “{after}” of “{before}”", before=before, after=after)


def _quoted(text: str) -> SafeText:
    return clip(clean(" ".join(text.split()), multiline=False), _TOLD_CELLS)

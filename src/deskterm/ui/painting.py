"""Painting lines: clean text cut, padded and wrapped by terminal cells.

Widths are those of Rich, which Textual lays its screens out with; where Rich counts a cluster as
one picture and a terminal may draw its parts (UAX 11, UTS 51), cutting reckons with the parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from deskterm.text.clean import SafeText, clean, clip
from deskterm.text.clean import part as part_of

#: A line that is longer is broken hard, so that no line costs more than a screen can show.
LONGEST_LINE = 2_000

#: One cell each: printable ASCII, Latin with accents, punctuation of western languages.
_SINGLE = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff‐-‧‹›€]*")

Span = tuple[int, int]


class Piece(NamedTuple):
    """Text of a line in one style, which is called after component classes (`a b`: b over a)."""

    text: SafeText
    style: str = ""


Line = tuple[Piece, ...]
Styles = Callable[[str], Style]

EMPTY = clean("")


def blanks(cells: int) -> SafeText:
    """So many blanks."""
    return clean(" " * max(0, cells))


def joined(*texts: SafeText, by: str = "") -> SafeText:
    """Clean texts in one line, with something between those that are not empty."""
    return clean(by.join(text for text in texts if text), multiline=False)


def part(text: SafeText, start: int, end: int) -> SafeText:
    """Some characters of a text, as one line."""
    found = part_of(text, start, end)
    return clean(found, multiline=False) if "\n" in found else found


def cut(text: SafeText, cells: int) -> SafeText:
    """Text of one line in at most so many cells; what was cut shows as an ellipsis."""
    if cells <= 0:
        return EMPTY
    short = clip(text, cells)
    return short if cell_len(short) <= cells else clean(set_cell_size(short, cells))


def column(text: SafeText, cells: int, *, right: bool = False) -> SafeText:
    """Text of one line in exactly so many cells."""
    short = cut(text, cells)
    room = " " * max(0, cells - cell_len(short))
    return clean(room + short if right else short + room)


def segments(line: Iterable[Piece], width: int, styles: Styles, ground: str = "") -> list[Segment]:
    """A line as Textual paints it: exactly `width` cells, each segment in a style of its own.

    Args:
        line: the pieces, from the left; the one that does not fit is cut, later ones go.
        width: cells.
        styles: the style for names of component classes.
        ground: what the whole line stands on; the style of a piece comes over it.
    """
    found: list[Segment] = []
    room = width
    for text, style in line:
        if room <= 0:
            break
        length = cell_len(text)
        if length > room:
            text = cut(text, room)
            length = cell_len(text)
        if text:
            _append(found, text, styles(f"{ground} {style}".strip() if ground else style))
            room -= length
    if room > 0:
        _append(found, " " * room, styles(ground))
    return found


def _append(found: list[Segment], text: str, style: Style) -> None:
    """Add text to a line; what looks the same is one segment, and blanks go with their neighbour.

    Each segment costs some forty bytes on the way to the terminal.
    """
    if found:
        before, own, _ = found[-1]
        if own is style or (text.isspace() and _blanks_look_the_same(own, style)):
            found[-1] = Segment(before + text, own)
            return
        if before.isspace() and _blanks_look_the_same(style, own):
            found[-1] = Segment(before + text, style)
            return
    found.append(Segment(text, style))


@lru_cache(512)
def _blanks_look_the_same(one: Style | None, other: Style | None) -> bool:
    """Whether blanks show no difference between two styles."""
    return (
        one is not None
        and other is not None
        and one.bgcolor == other.bgcolor
        and not any(each.reverse or each.underline or each.strike for each in (one, other))
    )


def highlighted(line: Strip, start: int, end: int, style: Style) -> Strip:
    """The line with its characters from `start` to `end` in a further style."""
    found: list[Segment] = []
    place = 0
    for text, own, _ in line:
        first = min(max(start - place, 0), len(text))
        last = min(max(end - place, first), len(text))
        for some, chosen in (
            (text[:first], own),
            (text[first:last], own + style if own else style),
            (text[last:], own),
        ):
            if some:
                found.append(Segment(some, chosen))
        place += len(text)
    return Strip(found)


def wrap(text: SafeText, cells: int) -> list[Span]:
    """Break a text into lines: at its newlines, then at blanks, else between two characters.

    Args:
        text: many lines.
        cells: of a line, at most `LONGEST_LINE`.

    Returns:
        Where each line starts and ends in the text. Takes time in proportion to the text.
    """
    cells = max(1, min(cells, LONGEST_LINE))
    spans: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        if len(paragraph) <= cells and _SINGLE.fullmatch(paragraph):
            spans.append((start, start + len(paragraph)))
        else:
            spans.extend((start + a, start + b) for a, b in _wrapped(paragraph, cells))
        start += len(paragraph) + 1
    return spans


def _wrapped(paragraph: str, cells: int) -> Iterator[Span]:
    """Wrap one paragraph."""
    if _SINGLE.fullmatch(paragraph):
        ends: Iterable[Span] = _wrap_single(paragraph, cells)
    else:
        ends = _wrap_wide(paragraph, cells)
    return iter(ends)


def _wrap_single(text: str, cells: int) -> Iterator[Span]:
    """Every character is one cell wide."""
    start = 0
    while len(text) - start > cells:
        blank = text.rfind(" ", start, start + cells + 1)
        end = blank if blank > start else start + cells
        yield start, end
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    if start < len(text) or not text:
        yield start, len(text)


def _wrap_wide(text: str, cells: int) -> Iterator[Span]:
    """Characters are 0, 1 or 2 cells wide; clusters stay together."""
    clusters, _ = split_graphemes(text)
    start = width = 0
    blank: tuple[int, int] | None = None  # where the last blank starts, and the width up to its end
    for first, last, size in clusters:
        if width + size > cells and first > start:
            if text[first] == " ":
                yield start, first
                start, width, blank = last, 0, None
                continue
            if blank is not None:
                yield start, blank[0]
                start, width = blank[0] + 1, width - blank[1]
            else:
                yield start, first
                start, width = first, 0
            blank = None
        width += size
        if text[first] == " " and first > start:
            blank = (first, width)
    if start < len(text) or not text:
        yield start, len(text)

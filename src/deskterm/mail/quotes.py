"""The new text of a mail, with what was quoted or signed below it put out of sight.

A view, not a cut: the whole text stays, the view says which lines are hidden and why. The work
goes line by line, in one pass; no pattern reaches over a line, and attributions that were
wrapped are joined over at most four lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deskterm.mail import quote_marks as marks

Kind = Literal["quote", "signature"]

_WRAPPED_OVER = 4
_HEADER_LINES = 14
_SIGNATURE_LINES = 15
#: RFC 1855 2.1.1: a signature of no longer than four lines; and its delimiter.
_SHORT_SIGNATURE = 5
_WRAPPED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class HiddenLines:
    """Lines of the text (split at `\\n`, counted from 0) from `start` to before `end`."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What a reader needs to see first.

    `text` is the new text only. `hidden` are the lines left out, in order. `interleaved` says
    that the answers stand between the quotes: then no quote is hidden.
    """

    text: str
    hidden: tuple[HiddenLines, ...] = ()
    interleaved: bool = False


def split_quotes(text: str) -> QuoteView:
    """Find quotes and signatures in a text with `\\n` line ends. Takes linear time.

    Nothing is hidden when nothing would be left.
    """
    lines = text.split("\n")
    kinds: list[Kind | None] = [None] * len(lines)
    tail = _mark_quotes(lines, kinds)
    interleaved = _answers_between(lines, kinds, tail) >= 2
    if interleaved:
        kinds = [None] * len(lines)
    else:
        kinds[tail:] = ["quote"] * (len(lines) - tail)
        _fill_gaps(lines, kinds)
    quotes = list(kinds)
    _mark_signatures(lines, kinds)
    _share_out_links(lines, kinds)
    for hidden in (kinds, quotes):
        shown = _shown(lines, hidden)
        if shown:
            return QuoteView(shown, tuple(_ranges(hidden)), interleaved)
    return QuoteView(text.strip("\n"), (), interleaved)


def _mark_quotes(lines: list[str], kinds: list[Kind | None]) -> int:
    """Mark quoted lines and what introduces them.

    Returns:
        Where an old mail begins that goes on to the end without quote marks.
    """
    quoted = _quoted_lines(lines)
    index = 0
    while index < len(lines):
        if quoted[index]:
            kinds[index] = "quote"
            index += 1
            continue
        end, certain = _introduction(lines, quoted, index)
        if end == index:
            index += 1
            continue
        following = _next_filled(lines, end)
        if following < len(lines) and quoted[following]:
            start = _back_over_rules(lines, kinds, index)
            kinds[start:following] = ["quote"] * (following - start)
            index = following
        elif certain:
            return _back_over_rules(lines, kinds, index)
        else:
            index = end
    return len(lines)


def _quoted_lines(lines: list[str]) -> list[bool]:
    """Which lines are quoted, the broken-off ends of quoted lines included."""
    quoted = [marks.is_quoted(line) for line in lines]
    for index in range(1, len(lines) - 1):
        before, line = lines[index - 1], lines[index]
        if (
            not quoted[index]
            and marks.is_quoted(before)
            and quoted[index + 1]
            and len(before) >= _WRAPPED_LENGTH
            and 0 < len(line.strip()) < _WRAPPED_LENGTH
            and before.rstrip()[-1:] not in ".!?:"
        ):
            quoted[index] = True
    return quoted


def _introduction(lines: list[str], quoted: list[bool], index: int) -> tuple[int, bool]:
    """The end of an attribution, separator or header block that begins at `index`.

    Returns:
        `index` itself when there is none; and whether it needs no quote mark to be believed.
    """
    line = lines[index]
    if not line.strip() or len(line) > marks.LINE_LENGTH:
        return index, False
    if marks.is_separator(line):
        return _header_block(lines, _next_filled(lines, index + 1)) or index + 1, True
    if end := _header_block(lines, index):
        return end, True
    joined = line.strip()
    for end in range(index + 1, index + 1 + _WRAPPED_OVER):
        if found := marks.attribution(joined):
            return end, found == "certain"
        if end == index + 1 and not marks.may_begin_attribution(line):
            break
        if end >= len(lines) or not lines[end].strip():
            break
        # Of "<aide@shop.example>" the bracket may have slipped to the next line.
        if quoted[end] and joined.rfind("<") <= joined.rfind(">"):
            break
        joined = f"{joined} {lines[end].strip()[: marks.LINE_LENGTH + 1]}"
        if len(joined) > marks.LINE_LENGTH:
            break
    return index, False


def _header_block(lines: list[str], index: int) -> int:
    """The end of a block of From, Sent, To and Subject lines that begins at `index`, or 0."""
    if index >= len(lines) or marks.field(lines[index]) not in {"from", "date", "subject"}:
        return 0
    kinds: set[str] = set()
    dated = False
    end, strange = index, 0
    for place in range(index, min(len(lines), index + _HEADER_LINES)):
        line = lines[place]
        if kind := marks.field(line):
            if kind in kinds and kind != "cc":
                break
            kinds.add(kind)
            dated = dated or marks.is_dated(line)
            end, strange = place + 1, 0
        elif line.strip():
            # The second half of a long value.
            strange += 1
            dated = dated or (strange == 1 and marks.is_dated(line[: marks.LINE_LENGTH]))
            if strange == 2:
                break
    return end if dated and "from" in kinds and len(kinds) >= 3 else 0


def _next_filled(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _back_over_rules(lines: list[str], kinds: list[Kind | None], index: int) -> int:
    """Take the line drawn above an old mail with it."""
    above = index - 1
    while above >= 0 and kinds[above] is None and not lines[above].strip():
        above -= 1
    return above if above >= 0 and kinds[above] is None and marks.is_rule(lines[above]) else index


def _answers_between(lines: list[str], kinds: list[Kind | None], tail: int) -> int:
    """How many blocks of new text stand between quoted ones."""
    blocks, filled, seen = 0, False, False
    for line, kind in zip(lines[:tail], kinds, strict=False):
        if kind == "quote":
            blocks += seen and filled
            seen, filled = True, False
        elif line.strip():
            filled = True
    return blocks


def _fill_gaps(lines: list[str], kinds: list[Kind | None]) -> None:
    """Hide the empty lines between hidden ones."""
    last = -1
    for index, line in enumerate(lines):
        if kinds[index] is not None:
            if last >= 0:
                kinds[last + 1 : index] = ["quote"] * (index - last - 1)
            last = index
        elif line.strip():
            last = -1


def _mark_signatures(lines: list[str], kinds: list[Kind | None]) -> None:
    """Mark the signature at the end of each run of new text."""
    text_lines = sum(1 for line in lines if line.strip())
    for start, end in list(_visible_runs(kinds)):
        delimiter = next(
            (
                i
                for i in range(end - 1, max(start, end - 40) - 1, -1)
                if marks.is_delimiter(lines[i])
            ),
            None,
        )
        if delimiter is not None:
            size = sum(1 for line in lines[delimiter:end] if line.strip())
            if size <= _SHORT_SIGNATURE or (size <= _SIGNATURE_LINES and size * 2 <= text_lines):
                kinds[delimiter:end] = ["signature"] * (end - delimiter)
                end = delimiter
        last = end - 1
        while last >= start and (not lines[last].strip() or marks.is_rule(lines[last])):
            last -= 1
        if last >= start and marks.is_phone_signature(lines[last]):
            kinds[last:end] = ["signature"] * (end - last)


def _share_out_links(lines: list[str], kinds: list[Kind | None]) -> None:
    """Of the link targets listed at the end, show those that the shown text points at."""
    start = len(lines)
    while start > 0 and marks.link_number(lines[start - 1]):
        start -= 1
    if start == len(lines) or all(kind is None for kind in kinds):
        return
    shown = {
        number
        for line, kind in zip(lines[:start], kinds, strict=False)
        if kind is None
        for number in marks.links_in(line)
    }
    for index in range(start, len(lines)):
        kinds[index] = None if marks.link_number(lines[index]) in shown else "quote"


def _visible_runs(kinds: list[Kind | None]) -> Iterator[tuple[int, int]]:
    start = 0
    for index, kind in enumerate([*kinds, "quote"]):
        if kind is not None:
            if index > start:
                yield start, index
            start = index + 1


def _shown(lines: list[str], kinds: list[Kind | None]) -> str:
    """The lines that are not hidden; one empty line where something was taken out."""
    shown: list[str] = []
    after_hidden = False
    for line, kind in zip(lines, kinds, strict=True):
        if kind is not None:
            after_hidden = True
        elif not after_hidden:
            shown.append(line)
        elif line.strip():
            while shown and not shown[-1].strip():
                shown.pop()
            shown += ["", line]
            after_hidden = False
    text = "\n".join(shown).strip("\n")
    return text.rstrip() if text.strip() else ""


def _ranges(kinds: list[Kind | None]) -> Iterator[HiddenLines]:
    start = 0
    for index in range(1, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[start]:
            kind = kinds[start]
            if kind is not None:
                yield HiddenLines(start, index, kind)
            start = index

"""Lines of text, written block by block: quotes, lists, tables and numbered links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_TABLE_WIDTH = 100
_FRAMES = 60
_LINKS = 200
_URL_LENGTH = 2_000
_RULE = "_" * 32
_GAP = "  "


@dataclass(slots=True)
class _Frame:
    """One level of layout: the lines written so far and the line being written."""

    kind: str
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    blank_wanted: bool = False
    number: int = 0
    rows: list[list[list[str]]] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class _Link:
    target: str
    text: list[str] = field(default_factory=list)


class Canvas:
    """Takes what a walk over HTML meets, in order; `finish` gives the text."""

    def __init__(self) -> None:
        self._frames = [_Frame("top")]
        self._links: dict[str, int] = {}
        self._open_links: list[_Link] = []
        self._pre = 0

    def write(self, text: str) -> None:
        """Inline text; white space counts once, except in preformatted blocks."""
        frame = self._frames[-1]
        if self._pre:
            first, *rest = text.split("\n")
            frame.line.append(first)
            for line in rest:
                self._end_line(frame)
                frame.line.append(line)
        else:
            frame.line.append(_BLANKS.sub(" ", text))
        if self._open_links:
            self._open_links[-1].text.append(text)

    def line_break(self) -> None:
        """A forced new line; two of them make an empty one."""
        frame = self._frames[-1]
        if frame.line or frame.blank_wanted:
            self._end_line(frame)
        elif frame.lines:
            frame.lines.append("")

    def block(self) -> None:
        """What follows begins on a line of its own."""
        self._end_line(self._frames[-1])

    def paragraph(self) -> None:
        """What follows stands after an empty line."""
        frame = self._frames[-1]
        self._end_line(frame)
        frame.blank_wanted = True

    def rule(self) -> None:
        """A horizontal line."""
        self.block()
        self.write(_RULE)
        self.block()

    def pre_start(self) -> None:
        self.paragraph()
        self._pre += 1

    def pre_end(self) -> None:
        self.block()
        self._pre = max(0, self._pre - 1)
        self.paragraph()

    def quote_start(self) -> None:
        self.paragraph()
        self._push("quote")

    def quote_end(self) -> None:
        self._pop("quote")
        self.paragraph()

    def list_start(self, *, ordered: bool) -> None:
        inside = self._frames[-1].kind == "item"
        self.block() if inside else self.paragraph()
        self._push("ordered" if ordered else "list")

    def list_end(self) -> None:
        kind = "ordered" if self._has("ordered", "list") == "ordered" else "list"
        self._pop(kind)
        if self._frames[-1].kind != "item":
            self.paragraph()

    def item_start(self) -> None:
        parent = self._frames[-1]
        self.block()
        parent.number += 1
        self._push("item")

    def item_end(self) -> None:
        self._pop("item")

    def table_start(self) -> None:
        self.block()
        for frame in reversed(self._frames):
            if frame.kind == "table":
                frame.nested = True
                break
        self._push("table")

    def row_start(self) -> None:
        if self._frames[-1].kind == "table":
            self.block()
            self._frames[-1].rows.append([])

    def cell_start(self) -> None:
        if self._frames[-1].kind == "table":
            self.block()
            self._push("cell")

    def cell_end(self) -> None:
        self._pop("cell")

    def table_end(self) -> None:
        self._pop("table")

    def link_start(self, target: str) -> None:
        """A link begins; without a target it is just text."""
        self._open_links.append(_Link(target))

    def link_end(self) -> None:
        """Put the number of the link after its text, unless the text is the target."""
        if not self._open_links:
            return
        link = self._open_links.pop()
        if not link.target:
            return
        shown = "".join("".join(link.text).split())
        bare = re.sub(r"^(?:mailto:|tel:|https?://)", "", link.target, flags=re.IGNORECASE)
        if shown and shown.rstrip("/") in {link.target.rstrip("/"), bare.rstrip("/")}:
            return
        number = self._links.get(link.target)
        if number is None:
            if len(self._links) >= _LINKS:
                return
            number = self._links[link.target] = len(self._links) + 1
        self._frames[-1].line.append(f" [{number}]" if shown else f"[{number}]")

    def finish(self) -> str:
        """Close everything and put the targets of the links below."""
        while len(self._frames) > 1:
            self._close()
        top = self._frames[0]
        self._end_line(top)
        lines = _trimmed(top.lines)
        if self._links:
            lines.append("")
            lines += [
                f"[{number}] {target[:_URL_LENGTH]}{'…' if len(target) > _URL_LENGTH else ''}"
                for target, number in self._links.items()
            ]
        return "\n".join(lines)

    def _push(self, kind: str) -> None:
        # Deeper levels are written into the last one: nothing is lost but their layout.
        if len(self._frames) < _FRAMES:
            self._frames.append(_Frame(kind))

    def _has(self, *kinds: str) -> str | None:
        for frame in reversed(self._frames):
            if frame.kind in kinds:
                return frame.kind
        return None

    def _pop(self, kind: str) -> None:
        """Close frames up to the nearest one of that kind, if there is one."""
        if self._has(kind) is None:
            self._end_line(self._frames[-1])
            return
        while self._close() != kind:
            pass

    def _close(self) -> str:
        frame = self._frames.pop()
        self._end_line(frame)
        parent = self._frames[-1]
        lines = _trimmed(frame.lines)
        if frame.kind == "cell":
            if not parent.rows:
                parent.rows.append([])
            parent.rows[-1].append(lines)
            return frame.kind
        if frame.kind == "table":
            lines = [*lines, *_table_lines(frame)]
        elif frame.kind == "quote":
            lines = [f"> {line}" if line[:1] != ">" else f">{line}" for line in lines]
        elif frame.kind == "item":
            mark = f"{parent.number}. " if parent.kind == "ordered" else "- "
            lines = _hung(lines, mark)
        self._append(parent, lines)
        return frame.kind

    def _append(self, frame: _Frame, lines: list[str]) -> None:
        if not lines:
            return
        self._end_line(frame)
        self._blank(frame)
        frame.lines += lines

    def _end_line(self, frame: _Frame) -> None:
        if not frame.line:
            return
        text = "".join(frame.line)
        frame.line = []
        if self._pre:
            text = text.rstrip()
        else:
            text = _BLANKS.sub(" ", text).strip()
            if not text:
                return
        self._blank(frame)
        frame.lines.append(text)

    def _blank(self, frame: _Frame) -> None:
        if frame.blank_wanted and frame.lines and frame.lines[-1]:
            frame.lines.append("")
        frame.blank_wanted = False


def _trimmed(lines: list[str]) -> list[str]:
    """Without empty lines at both ends and without more than one in a row."""
    out: list[str] = []
    for line in lines:
        if line.strip() or (out and out[-1]):
            out.append(line.rstrip())
    while out and not out[-1]:
        out.pop()
    return out


def _hung(lines: list[str], mark: str) -> list[str]:
    if not lines:
        return []
    indent = " " * len(mark)
    return [mark + lines[0], *(indent + line if line else "" for line in lines[1:])]


def _table_lines(frame: _Frame) -> list[str]:
    """Rows in columns where they are data; the cells one below the other where they are layout."""
    rows = [row for row in frame.rows if any(row)]
    flat = all(len(cell) <= 1 for row in rows for cell in row)
    columns = max((len(row) for row in rows), default=0)
    if frame.nested or not flat or columns < 2:
        return [line for row in rows for cell in row for line in cell]
    texts = [[cell[0] if cell else "" for cell in row] for row in rows]
    widths = [
        max((len(row[column]) for row in texts if column < len(row)), default=0)
        for column in range(columns)
    ]
    if sum(widths) + len(_GAP) * (columns - 1) > _TABLE_WIDTH:
        return [text for row in texts for text in row if text]
    return [
        _GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=False)).rstrip()
        for row in texts
    ]

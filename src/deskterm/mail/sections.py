"""Where the parts of a mail stand in its bytes (RFC 2046 5.1.1).

One walk with offsets, nothing copied and nothing decoded. It also says whether everything was
found exactly as the standards have it, which is what the light parser asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from deskterm.mail.headers import Headers, read_block, split_head
from deskterm.mail.limits import DEPTH, HEAD_BYTES, PARTS
from deskterm.mail.parts import Part, child_path, part_of
from deskterm.mail.transfer import IDENTITY, encoding_of

_BLANKS = b" \t"


@dataclass(slots=True)
class Section:
    """A part and its place: headers from `start`, content from `body` to before `end`."""

    part: Part
    start: int
    body: int
    end: int
    children: list[Section] = field(default_factory=list)

    @property
    def encoding(self) -> str:
        values = self.part.headers.get("content-transfer-encoding")
        return encoding_of(values[0]) if values else ""


class SectionWalk:
    """Walks over one mail. `sound` turns False at the first thing that is not by the book."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._count = 0
        self.sound = True

    def walk(self) -> Section:
        """The tree of sections; what lies beyond the limits is left as one section."""
        head, body = split_head(self._raw)
        return self.walk_body(self._headers(head), body)

    def walk_body(self, headers: Headers, body: int) -> Section:
        """The same for a mail whose header block was read before."""
        section = Section(part_of("", headers), 0, body, len(self._raw))
        self._count += 1
        self._descend(section, 0)
        if not section.children:
            section.part.path = "1"
        return section

    def _headers(self, head: bytes) -> Headers:
        headers, understood = read_block(head) if len(head) <= HEAD_BYTES else ({}, False)
        self.sound = self.sound and understood
        return headers

    def _section(self, path: str, start: int, end: int, default: str, depth: int) -> Section:
        self._count += 1
        head, body = split_head(self._raw[start:end])
        # A part without an empty line is all header, or no header at all.
        self.sound = self.sound and start + body < end
        part = part_of(path, self._headers(head), default)
        section = Section(part, start, start + body, end)
        self._descend(section, depth)
        return section

    def _descend(self, section: Section, depth: int) -> None:
        """Find the children of a multipart."""
        part = section.part
        if not part.mime.startswith("multipart/"):
            return
        boundary = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
        too_far = depth >= DEPTH or self._count > PARTS
        if not boundary or too_far or section.encoding not in IDENTITY:
            self.sound = False
            return
        default = "message/rfc822" if part.mime == "multipart/digest" else "text/plain"
        spans = self._split(section.body, section.end, b"--" + boundary)
        for number, (start, end) in enumerate(spans, 1):
            if self._count > PARTS:
                self.sound = False
                break
            path = child_path(part.path, number)
            child = self._section(path, start, end, default, depth + 1)
            section.children.append(child)
            part.children.append(child.part)
        if not spans:
            self.sound = False

    def _split(self, body: int, end: int, delimiter: bytes) -> list[tuple[int, int]]:
        """The spans between delimiter lines, at most one more than may be parts."""
        raw = self._raw
        spans: list[tuple[int, int]] = []
        opened = -1
        place = raw.find(delimiter, body, end)
        while place >= 0 and len(spans) <= PARTS:
            after = place + len(delimiter)
            if place != body and raw[place - 1] != 0x0A:
                place = raw.find(delimiter, after, end)
                continue
            line_end = raw.find(b"\n", after, end)
            line_end = end if line_end < 0 else line_end
            rest = raw[after : min(line_end, after + 80)].rstrip(b"\r").rstrip(_BLANKS)
            if rest not in (b"", b"--"):
                self.sound = False
                place = raw.find(delimiter, after, end)
                continue
            if opened >= 0:
                spans.append((opened, self._before_line(place, opened)))
            if rest:
                if raw.find(delimiter, after, end) >= 0:
                    self.sound = False
                return spans
            opened = min(line_end + 1, end)
            place = raw.find(delimiter, after, end)
        self.sound = False
        if opened >= 0:
            spans.append((opened, end))
        return spans

    def _before_line(self, place: int, least: int) -> int:
        """The end of what stands before a delimiter line: its line end belongs to the line."""
        if place - 1 >= least and self._raw[place - 1] == 0x0A:
            place -= 1
            if place - 1 >= least and self._raw[place - 1] == 0x0D:
                place -= 1
        return place

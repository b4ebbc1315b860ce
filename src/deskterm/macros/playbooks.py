"""Playbooks of a shop: what is done in a situation, one Markdown file each.

    ---
    title: A parcel that does not move
    reasons: wismo, not_received
    macros: tracking_stuck
    rules: walmart.no_links
    ---
    # First look
    1. Open the carrier's page.

What stands between the lines of dashes says where it fits; all of it may be missing. Of Markdown
(CommonMark 0.31) headings, lists, quotes, code and paragraphs are told apart; marks within a line
are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from deskterm.domain.triage import CONTACT_REASONS
from deskterm.macros.model import Problem

SUFFIX: Final = ".md"
MOST_FILES: Final = 200
FILE_MAX: Final = 200_000  # bytes
BLOCKS_MAX: Final = 2_000
_TITLE_MAX: Final = 80  # characters
_LINKS_MAX: Final = 50
_LINE_MAX: Final = 2_000

BlockKind = Literal["heading", "item", "quote", "code", "text"]

_FENCE: Final = "---"
_CODE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(\S[^\n]*?)[ \t#]*")
_ITEM = re.compile(r"([ \t]{0,20})([-*+]|[0-9]{1,4}[.)])[ \t]+(\S.*)")
_RULE = re.compile(r"[ ]{0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*")
_KEY = re.compile(r"([a-z]{1,20})[ \t]{0,20}:(.*)")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)")
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)([^*_~`\n]{1,400})(?<=\S)\1")
_SOFT = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,400})(?<=\S)\1(?![\w*_])")
_TASK = re.compile(r"\[[ xX]\][ \t]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, an item of a list, a paragraph. `depth`: how deep an item is set in, from 0.

    `mark` is what stands before an item: its number, or nothing.
    """

    kind: BlockKind
    text: str
    depth: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """What is done in a situation, and where it fits.

    Args:
        id: the name of its file without the end.
        reasons, macros, rules: contact reasons, and ids.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    reasons: frozenset[str] = frozenset()
    macros: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()


def read_playbooks(folder: Path) -> tuple[tuple[Playbook, ...], tuple[Problem, ...]]:
    """Read a folder, which need not be there. What is wrong is told, and the rest counts. Never
    raises.
    """
    try:
        files = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError as error:
        return (), (Problem(str(folder), 0, error.strerror or "it cannot be read"),)
    books: list[Playbook] = []
    problems: list[Problem] = []
    for file in files[:MOST_FILES]:
        book, wrong = read_playbook(file)
        problems += wrong
        if book is not None:
            books.append(book)
    if len(files) > MOST_FILES:
        problems.append(Problem(str(folder), 0, f"only the first {MOST_FILES} files are read"))
    return tuple(books), tuple(problems)


def read_playbook(file: Path) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Read one file. A line at its head that is wrong is told and left out."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
        if len(raw) > FILE_MAX:
            return None, (Problem(str(file), 0, f"it is larger than {FILE_MAX} bytes"),)
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, (Problem(str(file), line, "it is not UTF-8 text"),)
    except OSError as error:
        return None, (Problem(str(file), 0, error.strerror or "it cannot be read"),)
    head, begin = _head(lines)
    if begin < 0:
        words = f"the head that begins here has no {_FENCE} at its end"
        return None, (Problem(str(file), 1, words),)
    fields, problems = _fields(str(file), head)
    parts = tuple(_parts(lines[begin:]))
    heading = next((part.text for part in parts if part.kind == "heading"), "")
    title = (fields.pop("title", "") or heading or file.stem)[:_TITLE_MAX]
    known = {name: frozenset(_names(value)) for name, value in fields.items()}
    return Playbook(file.stem, title, parts, **known), tuple(problems)


def _head(lines: list[str]) -> tuple[list[tuple[int, str]], int]:
    """The numbered lines of the head, and where the text begins; -1: the head does not end."""
    if not lines or lines[0].rstrip() != _FENCE:
        return [], 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return list(enumerate(lines[1:number], 2)), number + 1
    return [], -1


def _fields(file: str, head: Iterable[tuple[int, str]]) -> tuple[dict[str, str], list[Problem]]:
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in head:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words = ""
        match = _KEY.fullmatch(line[:_LINE_MAX])
        if match is None or match[1] not in ("title", "reasons", "macros", "rules"):
            words = "title, reasons, macros and rules can stand here, as in title: Refunds"
        elif match[1] in fields:
            words = f"{match[1]} stands above already"
        else:
            value = match[2].strip()
            words = "" if match[1] == "title" else _wrong_names(match[1], value)
            if not words:
                fields[match[1]] = value.strip("\"'")
        if words:
            problems.append(Problem(file, number, words))
    return fields, problems


def _wrong_names(field: str, value: str) -> str:
    names = _names(value)
    if len(names) > _LINKS_MAX:
        return f"takes at most {_LINKS_MAX} names"
    strange = next((name for name in names if not _NAME.fullmatch(name)), None)
    if strange is not None:
        return f"{strange[:40]!r} is no name"
    unknown = next((name for name in names if name not in CONTACT_REASONS), None)
    if field == "reasons" and unknown is not None:
        return f"{unknown[:40]!r} is no contact reason"
    return ""


def _names(value: str) -> list[str]:
    """`a, b` and `[a, b]`."""
    bare = value.strip().removeprefix("[").removesuffix("]")
    names = (name.strip().strip("\"'") for name in bare.split(","))
    return [name for name in names if name]


def _parts(lines: Iterable[str]) -> Iterator[Part]:
    said = (part for part in _all_parts(lines) if part.text.strip())
    yield from islice(said, BLOCKS_MAX)


def _all_parts(lines: Iterable[str]) -> Iterator[Part]:
    open_part: Part | None = None
    in_code = False
    for long in lines:
        line = long[:_LINE_MAX].rstrip()
        if in_code or _CODE.match(line):
            if _CODE.match(line):
                in_code = not in_code
                if open_part is not None:
                    yield open_part
                open_part = None
            else:
                open_part = _more(open_part, "code", line, by="\n")
            continue
        begun = _begun(line)
        if begun is None and line.strip():
            kind = open_part.kind if open_part is not None else "text"
            open_part = _more(open_part, kind, plain_line(line.strip().removeprefix("> ")))
            continue
        if begun is not None and open_part is not None and begun.kind == open_part.kind == "quote":
            open_part = _more(open_part, "quote", begun.text)
            continue
        if open_part is not None:
            yield open_part
        open_part = begun
        if begun is not None and begun.kind == "heading":
            yield begun
            open_part = None
    if open_part is not None:
        yield open_part


def _begun(line: str) -> Part | None:
    """The part that begins with a line; None for a blank one and for one that goes on."""
    if not line.strip():
        return None
    if _RULE.fullmatch(line):
        return Part("text", "")
    if match := _HEADING.fullmatch(line):
        return Part("heading", plain_line(match[1]))
    if match := _ITEM.fullmatch(line):
        depth = min(len(match[1].expandtabs(4)) // 2, 5)
        mark = match[2] if match[2][0].isdigit() else ""
        return Part("item", plain_line(_TASK.sub("", match[3], count=1)), depth, mark)
    if line.lstrip().startswith(">"):
        return Part("quote", plain_line(line.lstrip().removeprefix(">").strip()))
    return None


def _more(part: Part | None, kind: BlockKind, text: str, *, by: str = " ") -> Part:
    if part is None:
        return Part(kind, text)
    return Part(part.kind, f"{part.text}{by}{text}" if part.text else text, part.depth, part.mark)


def plain_line(line: str) -> str:
    """A line of Markdown without its marks; a link with where it leads behind it."""
    line = _IMAGE.sub(r"\1", line)
    line = _LINK.sub(lambda m: m[1] if m[1] == m[2] else f"{m[1]} ({m[2]})", line)
    return _SOFT.sub(r"\2", _STRONG.sub(r"\2", line))

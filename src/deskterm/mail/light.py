"""The fast way to read a mail: well-formed mail with a plain text, and nothing else.

Most mail is like that, and costs some ten microseconds here instead of a millisecond. Whatever
is not by the book, needs an HTML renderer or a guess, is left to the full parser.
"""

from __future__ import annotations

from deskterm.domain.mail import ParsedMail
from deskterm.mail.assemble import NeedsFullParser, assemble
from deskterm.mail.envelope import envelope_of
from deskterm.mail.headers import read_block, split_head
from deskterm.mail.limits import HEAD_BYTES, HEADER_BYTES, MAIL_BYTES
from deskterm.mail.parts import Part, part_of
from deskterm.mail.sections import Section, SectionWalk
from deskterm.mail.transfer import decode_surely, encoding_of


def parse_light(raw: bytes) -> ParsedMail | None:
    """Read a mail, or return None for one that is not fully understood here.

    Args:
        raw: the mail as it came, with CRLF or LF.
    """
    if len(raw) > MAIL_BYTES or raw.startswith((b"From ", b">From ", b"\r", b"\n", b" ", b"\t")):
        return None
    head, body = split_head(raw)
    if len(head) > HEAD_BYTES or body == len(raw):
        return None
    headers, sound = read_block(head)
    if not sound or (len(head) > HEADER_BYTES and _longest(head) > HEADER_BYTES):
        return None
    for name in ("content-type", "content-transfer-encoding", "content-disposition"):
        if len(headers.get(name, ())) > 1:
            return None
    top = part_of("1", headers)
    if top.mime.startswith("multipart/"):
        if _has_lone_cr(raw):
            return None
        walk = SectionWalk(raw)
        section = walk.walk_body(headers, body)
        if not walk.sound or not _fill(section, raw):
            return None
        top = section.part
    elif not _fill_leaf(top, raw[body:]):
        return None
    envelope, complete = envelope_of(headers)
    if not complete:
        return None
    try:
        return assemble(top, envelope, full=False)
    except NeedsFullParser:
        return None


def _has_lone_cr(data: bytes) -> bool:
    """Whether there is a CR without LF, which standard parsers take for a line end."""
    return b"\r" in data and data.count(b"\r") != data.count(b"\r\n")


def _longest(head: bytes) -> int:
    """Length of the longest header in bytes."""
    unfolded = head.replace(b"\n ", b"  ").replace(b"\n\t", b"  ")
    return max(map(len, unfolded.split(b"\n")))


def _fill(section: Section, raw: bytes) -> bool:
    if section.children:
        return all(_fill(child, raw) for child in section.children)
    return _fill_leaf(section.part, raw[section.body : section.end])


def _fill_leaf(part: Part, source: bytes) -> bool:
    values = part.headers.get("content-transfer-encoding")
    content = decode_surely(source, encoding_of(values[0]) if values else "")
    if content is None:
        return False
    part.content = content
    return True

"""A mail taken apart: the tree of parts that both parsers build and from which text is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from deskterm.mail.content_type import mime_of, read_value
from deskterm.mail.headers import Headers, decode_words, one_line


@dataclass(slots=True)
class Part:
    """One part of a mail.

    `path` is the IMAP section number (RFC 9051 6.4.5.1), `content` what a leaf holds after its
    transfer encoding was undone. An enclosed message is a leaf: nobody looks into it for text.
    """

    path: str
    headers: Headers
    mime: str
    parameters: dict[str, str]
    content: bytes = b""
    children: list[Part] = field(default_factory=list)
    disposition: str = ""
    named: dict[str, str] = field(default_factory=dict)

    @property
    def filename(self) -> str:
        """The file name the sender gave, decoded, on one line, and as hostile as it came."""
        given = self.named.get("filename") or self.parameters.get("name") or ""
        return one_line(decode_words(given)).strip()

    @property
    def charset(self) -> str | None:
        return self.parameters.get("charset")

    def leaves(self) -> list[Part]:
        """The parts that hold something, in order; the part itself when it has no children."""
        if not self.children:
            return [self]
        return [leaf for child in self.children for leaf in child.leaves()]

    @property
    def is_attached(self) -> bool:
        return self.disposition == "attachment"


def part_of(path: str, headers: Headers, default: str = "text/plain") -> Part:
    """A part without its content, by its headers."""
    values = headers.get("content-type")
    mime, parameters = mime_of(values[0] if values else None, default)
    part = Part(path, headers, mime, parameters)
    if placed := headers.get("content-disposition"):
        part.disposition, part.named = read_value(placed[0])
    return part


def child_path(parent: str, number: int) -> str:
    """The section number of a child; the top has the path ''."""
    return f"{parent}.{number}" if parent else str(number)

"""Which part is the text of a mail, and how plain text is unwrapped (RFC 3676)."""

from __future__ import annotations

import re

_TAG = re.compile(rb"<[^<>]*>")
_BLANK = re.compile(rb"\s+")
_UNSEEN = ((b"<head", b"</head"), (b"<style", b"</style"), (b"<script", b"</script"))
_ONLY_POINTS = re.compile(
    r"(?:view|see|read|open|voir|afficher|lire|consultez|ansehen|anzeigen|ver|visualizza|bekijk)"
    r"\b[^\n]{0,80}(?:html|browser|navigateur|en ligne|online|navegador)"
    r"|html\b[^\n]{0,60}(?:e-?mail|mail|message|messagerie|client|viewer)",
    re.IGNORECASE,
)
_POINTER_LENGTH = 400
_SHARE = 10


def says_only_view_html(plain: str) -> bool:
    """Whether a short plain text does nothing but point at the HTML."""
    return len(plain) <= _POINTER_LENGTH and _ONLY_POINTS.search(plain) is not None


def visible_bytes(html: bytes) -> int:
    """About how many bytes of an HTML part a reader would see: a cheap upper bound."""
    lowered = html.lower()
    for opening, closing in _UNSEEN:
        lowered = _without(lowered, opening, closing)
    return len(_BLANK.sub(b" ", _TAG.sub(b" ", lowered)))


def is_enough(plain: str, seen: int) -> bool:
    """Whether a plain text may stand for HTML that shows `seen` characters.

    Some senders put a line or nothing into the plain part: below a tenth it does not count.
    """
    return len(plain.strip()) * _SHARE >= seen


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the lines of format=flowed text (RFC 3676 4): quote marks are counted first.

    Args:
        text: with `\\n` line ends.
        delete_space: the parameter DelSp=yes.
    """
    out: list[str] = []
    pieces: list[str] = []
    depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")
        signature = content == "-- "
        if pieces and (quotes != depth or signature):
            out.append(_quoted(depth, "".join(pieces)))
            pieces = []
        depth = quotes
        if content.endswith(" ") and not signature:
            pieces.append(content[:-1] if delete_space else content)
            continue
        out.append(_quoted(depth, "".join([*pieces, content])))
        pieces = []
    if pieces:
        out.append(_quoted(depth, "".join(pieces)))
    return "\n".join(out)


def _quoted(depth: int, content: str) -> str:
    return ">" * depth + " " + content if depth else content


def _without(data: bytes, opening: bytes, closing: bytes) -> bytes:
    if opening not in data:
        return data
    kept = []
    done = 0
    while (start := data.find(opening, done)) >= 0:
        kept.append(data[done:start])
        end = data.find(closing, start)
        if end < 0:
            return b"".join(kept)
        done = end + len(closing)
    return b"".join([*kept, data[done:]])

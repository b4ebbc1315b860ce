"""Content-Type and Content-Disposition values (RFC 2045 5.1, RFC 2183, RFC 2231)."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from deskterm.mail.charset import decode

_PARAMETER = re.compile(r';[ \t]*([^\s=;"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;]*))')
_ESCAPE = re.compile(r"\\(.)")
_PIECE = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_MIME = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_PARAMETERS = 100


def read_value(value: str) -> tuple[str, dict[str, str]]:
    """Split a header value into its main word, in lower case, and its parameters.

    Continued and percent-encoded parameters are joined and decoded (RFC 2231 3 and 4). The
    first of two parameters of the same name counts.
    """
    main, semicolon, _ = value.partition(";")
    word = main.strip().lower()
    if not semicolon:
        return word, {}
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(value, len(main))):
        if count == _PARAMETERS:
            break
        name, quoted, bare = found.groups()
        text = _ESCAPE.sub(r"\1", quoted) if quoted is not None else bare.strip().strip('"')
        name = name.lower()
        if "*" not in name:
            plain.setdefault(name, text)
        elif piece := _PIECE.fullmatch(name):
            order = int(piece[2] or 0)
            pieces.setdefault(piece[1], []).append((order, piece[3] is not None, text))
    # The extended form is the better one where a sender gives both (RFC 6266 4.3).
    return word, plain | {name: _join(parts) for name, parts in pieces.items()}


def mime_of(value: str | None, default: str = "text/plain") -> tuple[str, dict[str, str]]:
    """The MIME type and parameters of a Content-Type; what is no type reads as text/plain.

    A missing header gives `default` (RFC 2045 5.2).
    """
    if value is None or not value.strip():
        return default, {}
    word, parameters = read_value(value)
    return (word if _MIME.fullmatch(word) else "text/plain"), parameters


def _join(parts: list[tuple[int, bool, str]]) -> str:
    parts.sort(key=lambda part: part[0])
    charset = ""
    data = b""
    for order, encoded, text in parts:
        if encoded and order == parts[0][0] and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset or None, guess=False)

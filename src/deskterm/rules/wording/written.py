"""The files of topics, read quickly: tables of texts and of lists of texts, and nothing else.

The full reader of TOML takes several times as long, and the first check would wait for it. It gets
whatever is written in another way: escapes, numbers, dotted keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

#: A text in quotes, a name or a sign; comments and blanks are passed over.
_PIECE = re.compile(r'("[^"\\\n]*"|[A-Za-z_]+|[^\s#])|#[^\n]*|\s+')


def read(text: str) -> dict[str, object]:
    """What a file of topics holds, as `tomllib.loads` gives it.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
    """
    found = _quickly(filter(None, _PIECE.findall(text)))
    return tomllib.loads(text) if found is None else found


def _quickly(pieces: Iterator[str]) -> dict[str, object] | None:
    """The same; None where something in it is not one of the few things that it may hold here."""
    top: dict[str, object] = {}
    table = top
    for name in pieces:
        sign, value = next(pieces, ""), next(pieces, "")
        if name == "[" and sign.isidentifier() and value == "]":
            table = {}
            top[sign] = table
        elif not name.isidentifier() or sign != "=" or name in table:
            return None
        elif _is_text(value):
            table[name] = value[1:-1]
        elif value in ("true", "false"):
            table[name] = value == "true"
        elif value != "[" or (items := _list(pieces)) is None:
            return None
        else:
            table[name] = items
    return top


def _list(pieces: Iterator[str]) -> list[str] | None:
    items: list[str] = []
    for piece in pieces:
        if piece == "]":
            return items
        if _is_text(piece):
            items.append(piece[1:-1])
        elif piece != ",":
            return None
    return None


def _is_text(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith('"')

"""The pieces of a query: words, `name:value`, phrases, `-`, `or` and brackets.

A character is only read as syntax where it can be: a quote that is closed, a `-` before
something, a bracket at the beginning of a word. Elsewhere it is a part of the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TERM = re.compile(r"([A-Za-z_]{2,20}):")
_QUOTED = re.compile(r'"([^"]+)"')


class Piece(Enum):
    """What a piece of the text is."""

    WORD = auto()
    TERM = auto()  # a word of the shape `name:value`
    PHRASE = auto()
    MINUS = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()


class Token(NamedTuple):
    """A piece of the text and where it begins; `name` and `value` are a term's."""

    kind: Piece
    text: str
    at: int
    name: str = ""
    value: str = ""


def tokenise(text: str) -> list[Token]:
    """Cut a query into its pieces; any text has some reading."""
    return _with_or(list(_tokens(text)))


def _tokens(text: str) -> Iterator[Token]:
    at = depth = 0
    after_minus = False
    while at < len(text):
        character = text[at]
        if character.isspace():
            at += 1
            continue
        if character == "(":
            token, depth = Token(Piece.OPEN, character, at), depth + 1
        elif character == ")" and depth:
            token, depth = Token(Piece.CLOSE, character, at), depth - 1
        elif character == "-" and not after_minus and _begins(text, at + 1):
            token = Token(Piece.MINUS, character, at)
        else:
            token = _phrase(text, at) or _word(text, at, depth)
        yield token
        at += len(token.text)
        after_minus = token.kind is Piece.MINUS


def _begins(text: str, at: int) -> bool:
    """Whether something begins there that a `-` can stand before."""
    return at < len(text) and text[at] != ")" and not text[at].isspace()


def _phrase(text: str, at: int) -> Token | None:
    found = _quoted(text, at)
    return Token(Piece.PHRASE, found[0], at, value=found[1]) if found else None


def _quoted(text: str, at: int) -> re.Match[str] | None:
    found = _QUOTED.match(text, at)
    return found if found and not found[1].isspace() else None


def _word(text: str, at: int, depth: int) -> Token:
    """Read up to white space, or to a bracket that closes what was opened before the word."""
    head = _TERM.match(text, at)
    quoted = _quoted(text, head.end()) if head else None
    if head and quoted:
        return Token(Piece.TERM, head[0] + quoted[0], at, head[1], quoted[1])
    end, inner = at, 0
    while end < len(text) and not text[end].isspace():
        inner += {"(": 1, ")": -1}.get(text[end], 0)
        if inner < 0 and depth:
            break
        inner = max(inner, 0)
        end += 1
    if head:
        return Token(Piece.TERM, text[at:end], at, head[1], text[head.end() : end])
    return Token(Piece.WORD, text[at:end], at)


def _with_or(tokens: list[Token]) -> list[Token]:
    """Read `or` as the operator where it stands between two operands; `bague en or` is words."""
    left = {Piece.WORD, Piece.TERM, Piece.PHRASE, Piece.CLOSE}
    right = {Piece.WORD, Piece.TERM, Piece.PHRASE, Piece.OPEN, Piece.MINUS}
    before = None
    for place, token in enumerate(tokens[:-1]):
        named = token.kind is Piece.WORD and token.text.lower() == "or"
        if named and before in left and tokens[place + 1].kind in right:
            tokens[place] = token._replace(kind=Piece.OR)
        before = tokens[place].kind
    return tokens

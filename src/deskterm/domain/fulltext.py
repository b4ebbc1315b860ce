"""Words to an FTS5 query (https://www.sqlite.org/fts5.html section 3).

What people type is full of characters that mean something in the query syntax of FTS5 (`-`, `"`,
`:`, `'`, `AND`). So each word becomes a string in double quotes, in which only the double quote
needs care.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: A last word of fewer letters is matched whole: so short a beginning would touch half the index.
PREFIX_FROM = 4
#: More words than this are no search; the rest is left out.
MOST_WORDS = 64

_NOTHING = '""'
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LAST_TOKEN = re.compile(r"([^\W_]+)[\W_]*\Z")


def fts_expression(words: Sequence[str], phrases: Sequence[str] = ()) -> str:
    """Make an FTS5 query that wants all words and phrases.

    Args:
        words: as typed, white space in them separates further words. The last one also matches
            what begins with it, when it has four letters or more.
        phrases: word sequences to be found as they stand.

    Returns:
        The query; it finds nothing when there is nothing in it to search for.
    """
    single = [word for text in words for word in _storable(text).split() if _has_token(word)]
    single = single[:MOST_WORDS]
    whole = [phrase for text in phrases if _has_token(phrase := _storable(text))]
    quoted = [_quoted(text) for text in [*whole[: MOST_WORDS - len(single)], *single]]
    if single and _takes_prefix(single[-1]):
        quoted[-1] += " *"
    return " ".join(quoted) or _NOTHING


def _storable(text: str) -> str:
    """Without what cannot stand in a query: NUL goes, so do lone surrogates."""
    return _UNSTORABLE.sub("", text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _has_token(text: str) -> bool:
    """Whether the tokenizer of the index would find a word in it."""
    return any(character.isalnum() for character in text)


def _takes_prefix(word: str) -> bool:
    """Whether the last token is long enough, and last: a `*` after `ab!` would ask for `ab…`."""
    last = _LAST_TOKEN.search(word)
    return last is not None and len(last[1]) >= PREFIX_FROM

"""The last word of a search, which is a beginning, as the words that the mail holds.

The full-text index gathers every hit of a beginning before it gives the first one
(https://www.sqlite.org/fts5.html section 3.2), while hits of whole words come one by one, newest
first. So a beginning that few words share is better asked for by those words: the cost is that of
what is shown, however often they occur.
"""

from __future__ import annotations

import re
import sqlite3

#: With more words than this the index does the work at once.
MOST_WORDS = 24

#: As `deskterm.domain.fulltext` writes it. Other letters are left to the tokenizer of the index.
_LAST = re.compile(r'(?:(?P<rest>.*) )?"(?P<beginning>[A-Za-z0-9]+)" \*', re.DOTALL)
#: Sorts behind a word and before any other that begins with it.
_NEXT = "\x01"
_END = "\U0010ffff"


def spelled_out(connection: sqlite3.Connection, match: str) -> str:
    """The same query with its beginning replaced by words, where that is better."""
    found = _LAST.fullmatch(match)
    if found is None:
        return match
    words = _words(connection, found["beginning"].lower())
    if not 0 < len(words) <= MOST_WORDS:
        return match
    either = " OR ".join(f'"{word}"' for word in words)
    return f"({found['rest']}) AND ({either})" if found["rest"] else either


def _words(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Words of the index that begin so, one more than are wanted at most."""
    words: list[str] = []
    at = beginning
    while len(words) <= MOST_WORDS:
        row = connection.execute(
            "SELECT term FROM search_words WHERE term >= ? AND term < ? LIMIT 1",
            (at, beginning + _END),
        ).fetchone()
        if row is None:
            break
        words.append(row[0])
        at = row[0] + _NEXT
    return words

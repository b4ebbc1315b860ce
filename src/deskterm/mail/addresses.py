"""Address lists (RFC 5322 3.4), read as they come: in one pass, whatever is in them.

Nothing here decides trust. Broken lists give the addresses that can be made out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskterm.domain.mail import Address
from deskterm.mail.headers import decode_words, one_line
from deskterm.mail.limits import ADDRESSES

_ATOM = r"[^<>\s\"(),;:\\@]"
_SIMPLE = re.compile(
    rf"(?:(?:\"([^\"\\<>]*)\"|([^\"<>,;:()@\\\[\]]*)) ?<({_ATOM}+@{_ATOM}+)>|({_ATOM}+@{_ATOM}+))"
)
_SPECIAL = re.compile(r"[\\\"(),:;<>]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BRACKET = re.compile(r"[()]")
_ESCAPE = re.compile(r"\\(.)")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0<>\"]+")
_ENCODED_WHOLE = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>")


def read_addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of an unfolded, undecoded header value.

    Groups give their members. At most one more than the limit is returned, so that a caller
    can tell that there were more.
    """
    if found := _SIMPLE.fullmatch(value):
        quoted, phrase, angled, bare = found.groups()
        return (Address(_name(quoted or phrase or ""), angled or bare),)
    if not value:
        return ()
    out = []
    for address in _mailboxes(value):
        out.append(address)
        if len(out) > ADDRESSES:
            break
    if not out and "=?" in value:
        decoded = one_line(decode_words(value))
        if _ENCODED_WHOLE.search(decoded) and "=?" not in decoded:
            return read_addresses(decoded)
    return tuple(out)


def _mailboxes(value: str) -> Iterator[Address]:
    """Cut a list at its commas and semicolons, outside of quotes, comments and brackets."""
    pieces = _Pieces(value)
    for special, place in pieces:
        if special == "<":
            close = value.find(">", place)
            end = len(value) if close < 0 else close
            inner = value[place + 1 : end]
            # A second "<" before the ">": the first one was no bracket.
            if (again := inner.rfind("<")) >= 0:
                inner = inner[again + 1 :]
            pieces.angle = inner
            pieces.jump(end + 1)
        elif special == ":":
            # What stood before is the name of a group, unless it is a route or a bare colon.
            pieces.drop()
        elif special in ",;":
            yield from pieces.take()
    yield from pieces.take()


class _Pieces:
    """Walks over the special characters of a list and gathers the words between them."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._place = 0
        self._words: list[str] = []
        self._comment = ""
        self._quotes_left = True
        self._comments_left = True
        self.angle: str | None = None

    def __iter__(self) -> Iterator[tuple[str, int]]:
        while found := _SPECIAL.search(self._value, self._place):
            place = found.start()
            self._words.append(self._value[self._place : place])
            self._place = place + 1
            special = found[0]
            if special == "\\":
                self._words.append(self._value[place + 1 : place + 2])
                self._place = place + 2
            elif special == '"' and self._quotes_left:
                self._quote(place)
            elif special == "(" and self._comments_left:
                self._skip_comment(place)
            elif special in "<,;:":
                yield special, place
        self._words.append(self._value[self._place :])
        self._place = len(self._value)

    def jump(self, place: int) -> None:
        self._place = place

    def drop(self) -> None:
        self._words.clear()
        self.angle = None

    def take(self) -> Iterator[Address]:
        """The mailbox gathered so far, if there is one."""
        phrase = " ".join("".join(self._words).split())
        angle, comment = self.angle, self._comment
        self._words.clear()
        self.angle, self._comment = None, ""
        if angle is None:
            words = [word for word in phrase.split(" ") if "@" in word]
            if words:
                angle = words[-1]
                phrase = " ".join(word for word in phrase.split(" ") if word != angle)
            elif phrase and " " not in phrase and "=?" not in phrase:
                angle, phrase = phrase, ""
            else:
                return
        addr = _UNSAFE.sub("", angle)
        if addr:
            yield Address(_name(phrase or comment), addr)

    def _quote(self, place: int) -> None:
        """Take a quoted string; one that never ends is an ordinary character."""
        found = _QUOTED.match(self._value, place)
        if found is None:
            self._quotes_left = False
            return
        self._words.append(_ESCAPE.sub(r"\1", found[1]))
        self._place = found.end()

    def _skip_comment(self, place: int) -> None:
        depth = 0
        for bracket in _BRACKET.finditer(self._value, place):
            depth += 1 if bracket[0] == "(" else -1
            if depth == 0:
                end = bracket.start()
                self._comment = self._value[place + 1 : end]
                self._place = end + 1
                return
        self._comments_left = False


def _name(phrase: str) -> str:
    return one_line(decode_words(phrase)).strip().strip("'\"").strip()

"""Addresses of which signs are left out: `my-shop com`, `gmail: jane55`, `exampledotcom`."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.rules.detectors.contacts.chains import Label
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.hosts import Host
from deskterm.rules.detectors.contacts.marks import ATS, DOTS
from deskterm.rules.detectors.contacts.suffixes import is_known
from deskterm.rules.detectors.contacts.tokens import Tokens
from deskterm.rules.detectors.contacts.words import ARTICLES, PROVIDERS
from deskterm.rules.detectors.wording import word_set

#: Endings that are no word of any of the languages.
_DOTLESS = word_set("com org")
_SAID = word_set("dotcom dotorg dotnet pointcom pointfr pointnet puntocom puntoes puntoit punktde")
_NAMING = word_set(": = is est ist es e")
_DOT_NAMES = ("dot", "point", "punkt", "punto")
_ONE_WORD = (
    *(dot + ending for dot in _DOT_NAMES for ending in ("com", "org", "net", "fr", "eu", "couk")),
    *("dotshop", "punktde", "dotde", "dotinfo", "puntoit", "puntoes", "atgmail", "athotmail"),
)
_LEAST_ONE_WORD = 9


def unsigned(tokens: Tokens) -> Iterator[Find]:
    """Every such address of the text."""
    for place in few(tokens.where(_DOTLESS | _SAID | PROVIDERS)):
        if place is None:
            yield unread(0, len(tokens.text), "link")
            return
        word = tokens.words[place]
        if word in PROVIDERS:
            yield from _provided(tokens, place)
        elif word in _DOTLESS:
            yield from _dotless(tokens, place)
        elif tokens.is_word(place - 1) and not is_known(tokens.word(place - 1)):
            yield Find(tokens.starts[place - 1], tokens.ends[place], "link", masked=True)
    if any(name in tokens.text for name in (*_DOT_NAMES, "atgmail", "athotmail")):
        for index, word in enumerate(tokens.words):
            if len(word) >= _LEAST_ONE_WORD and word.endswith(_ONE_WORD):
                yield Find(tokens.starts[index], tokens.ends[index], "link", masked=True)


def _dotless(tokens: Tokens, index: int) -> Iterator[Find]:
    """`my-shop com`: an ending with no dot before it."""
    if tokens.gap(index) != " " or not tokens.is_word(index - 1):
        return
    host = Host(tokens, (Label(index - 1, index - 1), Label(index, index)))
    if host.label(0) in ARTICLES or host.label(0) in DOTS:
        return
    if tokens.word(index - 2) in ATS and tokens.is_word(index - 3):
        yield Find(tokens.starts[index - 3], host.end, "email", masked=True)
        return
    sure = tokens.word(index - 2) == "-" or host.has_evidence()
    yield Find(host.start, host.end, "link", sure, masked=True, host=host.name)


def _provided(tokens: Tokens, index: int) -> Iterator[Find]:
    """`gmail: jane55`: a provider, and the name of the mailbox behind it."""
    cue, first = tokens.word(index + 1), index + 2
    before = tokens.word(index - 1)
    if cue not in _NAMING or before in ("@", ".") or not tokens.is_word(first):
        return
    last = first
    while tokens.glued(last + 1) and (
        tokens.is_word(last + 1) or (tokens.word(last + 1) in "._-" and tokens.glued(last + 2))
    ):
        last += 1
    compound = last > first or not tokens.words[first].isalpha()
    if compound or cue in ":=":
        yield Find(tokens.starts[index], tokens.ends[last], "email", compound, masked=True)

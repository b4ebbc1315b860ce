"""Markup, pictograms, shouting and decoration, where a channel shows plain text only.

Each is asked for by a parameter of its own. A tag is only one that HTML knows, so that `size < 5`
and `<3` are none. Markdown is what shows as stray signs to the reader: `**bold**`, `[text](link)`,
a heading, a fence of code. Shouting is four words and more in capitals, of which two have four
letters, so that a row of abbreviations or an address on a label is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from deskterm.rules.detectors.base import (
    TEXT_CAP,
    Detector,
    Match,
    Reading,
    scan,
    scan_lines,
)
from deskterm.rules.detectors.wording import word_set
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import truth
from deskterm.text.patterns import Patterns

#: Elements of HTML (WHATWG HTML, section 4) that people and programs write into messages.
_TAGS = word_set(
    """
    a abbr address article b big blockquote body br button center code dd del div dl dt em embed
    font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins li link main
    mark marquee meta nav object ol option p picture pre q s script section select small source
    span strike strong style sub sup svg table tbody td textarea tfoot th thead title tr tt u ul
    video
    """
)
#: Characters with Emoji_Presentation (UTS 51), and a few that are pictograms to everybody.
_EMOJI = (
    "\u231a\u231b\u23e9-\u23f3\u2614\u2615\u2639\u263a\u2648-\u2653\u267f\u2693\u26a1\u26bd"
    "\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2665\u2705\u270a\u270b"
    "\u2728\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27b0\u27bf\u2b50\u2b55"
    "\U0001f000-\U0001faff"
)
#: Characters that are text by default, and pictograms where a variation selector follows (UTS 51).
_EITHER = (
    "\u203c\u2049\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\xa9\xae\u2122"
)
_CAPITALS = "A-ZÀ-ÖØ-ÞŒŠŽŸ"

PATTERNS = Patterns(
    tag=(
        r"<[ \t]?/?[ \t]?([A-Za-z][A-Za-z0-9]{0,11})"
        r"(?:[ \t\n]{0,3}/?|[ \t\n][^<>=]{1,40}=[^<>]{0,120})>"
    ),
    entity=r"&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});",
    strong=r"(?<![\w*])\*\*(?=[^\s*])[^\n*]{1,120}(?<=\S)\*\*(?![\w*])",
    reference=r"\[[^\[\]\n]{1,80}\]\([^()\s]{1,110}\)",
    heading=r"#{1,6}[ ](?=[^\s#])",
    fence=r"```",
    emoji=(
        f"(?:[{_EMOJI}]|[{_EITHER}]\ufe0f|[0-9#*]\ufe0f?\u20e3)"
        f"[{_EMOJI}{_EITHER}\ufe0f\u200d\U000e0020-\U000e007f]{{0,40}}"
    ),
    capitals=(
        rf"(?<!\w)[{_CAPITALS}]{{2,30}}(?:[ \t,!'’-]{{1,3}}[{_CAPITALS}]{{1,30}}){{3,5}}"
        rf"(?!\w)"
    ),
    word=f"[{_CAPITALS}]{{1,30}}",
    signs="[\u2500-\u25ff\u2605-\u2619\u2660-\u2667\u266a-\u266f\u2700-\u27bf]{1,100}",
    rule=r"(?<![\w*~=#+])([*~=#+])\1{4,100}(?![ \t]?[\w*~=#+])",
    marks=r"[!?]{3,40}",
    blank_lines=r"\n(?:[ \t]{0,9}\n){2,12}",
)
_NEAR = 3
_LONG_WORD, _LONG_WORDS = 4, 2


def _formatting(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    for name, look in _LOOKS.items():
        if truth(parameters, name):
            yield from look(reading)


def _html(reading: Reading) -> Iterator[Match]:
    text = reading.copy.text
    if "<" in text:
        for match in scan(PATTERNS["tag"], text):
            if match.group(1).casefold() in _TAGS:
                yield reading.mark(*match.span())
    if "&" in text:
        for match in scan(PATTERNS["entity"], text):
            yield reading.mark(*match.span(), sure=False)


def _markdown(reading: Reading) -> Iterator[Match]:
    text = reading.copy.text
    for name, sign in (("strong", "**"), ("reference", "]("), ("fence", "```")):
        if sign in text:
            for match in scan(PATTERNS[name], text):
                yield reading.mark(*match.span())
    if "#" in text:
        for match in scan_lines(PATTERNS["heading"], text):
            # "# 3" is a number to many people.
            yield reading.mark(*match.span(), sure=not text[match.end()].isdigit())


def _emoji(reading: Reading) -> Iterator[Match]:
    """In the text as it was written: the copy has no variation selectors."""
    if not reading.draft.text.isascii():
        for match in scan(PATTERNS["emoji"], reading.draft.text[:TEXT_CAP]):
            yield Match(*match.span())


def _shouting(reading: Reading) -> Iterator[Match]:
    text = reading.copy.text
    for match in scan(PATTERNS["capitals"], text):
        words = PATTERNS["word"].findall(match.group())
        around = text[max(0, match.start() - _NEAR) : match.start()] + text[match.end() :][:_NEAR]
        long = sum(len(word) >= _LONG_WORD for word in words)
        if long >= _LONG_WORDS and not any(char.isdigit() for char in around):
            yield reading.mark(*match.span())


def _decoration(reading: Reading) -> Iterator[Match]:
    text = reading.copy.text
    for match in scan(PATTERNS["signs"], text):
        # One sign may be a bullet.
        yield reading.mark(*match.span(), sure=len(match.group()) > 1)
    for name in ("rule", "marks"):
        for match in scan(PATTERNS[name], text):
            yield reading.mark(*match.span())


def _blank_lines(reading: Reading) -> Iterator[Match]:
    for match in scan(PATTERNS["blank_lines"], reading.copy.text):
        yield reading.mark(*match.span())


_LOOKS: Mapping[str, Callable[[Reading], Iterator[Match]]] = {
    "html": _html,
    "markdown": _markdown,
    "emoji": _emoji,
    "capitals": _shouting,
    "symbols": _decoration,
    "blank_lines": _blank_lines,
}

DETECTORS: Mapping[str, Detector] = {
    "formatting": Detector(_formatting, "text", parameters=dict.fromkeys(_LOOKS, False)),
}

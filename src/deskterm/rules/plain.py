"""Text without formatting: markup, pictograms, shouting and decoration taken out, words kept."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from deskterm.rules.detectors.formatting import PATTERNS as FOUND

_BREAK = re.compile(r"(?i:<(?:br|/p|/div|/li|/h[1-6]|/tr)[ \t]{0,4}/?>)\n?")
_ITEM = re.compile(r"(?i:<li(?:[ \t][^<>]{0,100})?>)[ \t]{0,4}")
_ANCHOR = re.compile(r"(?i:<a[ \t][^<>]{0,60}href=[\"']?([^\"'<>\s]{1,90})[^<>]{0,60}>)")
#: Names in pointed brackets that are none of HTML stay: they may be keys, or meant so.
_TAG = re.compile(
    r"(?i:</?(?:a|b|big|body|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|ol|p|pre|s|small"
    r"|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul)(?:[ \t\n/][^<>]{0,170})?>)"
)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]{0,90})\]\(([^()\s]{1,100})\)")
_HEADING = re.compile(r"(?m:^[ ]{0,3}#{1,6}[ \t]{1,4})")
_RULE = re.compile(r"(?m:^[ \t]{0,3}[-*_=]{3,80}[ \t]{0,3}$)\n?")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)([^\n*_~]{1,150})(?<=\S)\1")
_WEAK = re.compile(r"(?<![\w*_])([*_])(?=\S)([^\n*_]{1,150})(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`{1,3}([^`\n]{1,150})`{1,3}")
_QUOTE = re.compile(r"(?m:^>[ \t]?)")
_CAPITALS = "A-ZÀ-ÖØ-ÞŒŠŽŸ"
_LOUD = re.compile(rf"(?<![\w-])[{_CAPITALS}]{{2,40}}(?:[ ][{_CAPITALS}]{{2,40}}){{0,2}}(?![\w-])")
_BLANKS = re.compile(r"[ \t]{2,100}")
#: Stands where something was taken out, with a blank that parted it from the word before.
_GONE = "\x00"
_HOLE = re.compile(r"[ \t]?\x00{1,100}(?=[ \t.,;:!?)\n]|\Z)|\x00{1,100}")
_LINE_END = re.compile(r"(?m:[ \t]{1,100}$)")
_TOO_EMPTY = re.compile(r"\n{3,100}")
_LEAST_LOUD = 4

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "break": _BREAK,
    "item": _ITEM,
    "anchor": _ANCHOR,
    "tag": _TAG,
    "image_or_link": _IMAGE_OR_LINK,
    "heading": _HEADING,
    "rule": _RULE,
    "strong": _STRONG,
    "weak": _WEAK,
    "code": _CODE,
    "quote": _QUOTE,
    "loud": _LOUD,
    "blanks": _BLANKS,
    "hole": _HOLE,
    "line_end": _LINE_END,
    "too_empty": _TOO_EMPTY,
}


def plain(text: str, forbidden: frozenset[str]) -> str:
    """The text without formatting.

    Args:
        forbidden: of the parameters of the detector `formatting` (`html`, `markdown`, `emoji`,
            `capitals`, `symbols`, `blank_lines`) those that are taken out; empty: all.
    """
    for name, strip in _STRIPS.items():
        if not forbidden or name in forbidden:
            stripped = strip(text)
            if stripped != text:
                text = _tidied(stripped)
    return text


def _without_html(text: str) -> str:
    text = FOUND["entity"].sub(lambda entity: html.unescape(entity[0]), text).replace("\xa0", " ")
    text = _ITEM.sub("- ", _BREAK.sub("\n", text))
    # The address goes behind the words that stood for it, once: `</a>` has no other end to find.
    parts, done, address = list[str](), 0, ""
    for tag in _TAG.finditer(text):
        parts.append(text[done : tag.start()])
        done = tag.end()
        anchor = _ANCHOR.match(tag[0])
        if anchor is not None:
            address = anchor[1]
        elif address and tag[0].lower().startswith("</a"):
            shown = parts[-1].strip()
            parts.append("" if address in shown else f" ({address})")
            address = ""
    return "".join([*parts, text[done:]])


def _without_markdown(text: str) -> str:
    text = _IMAGE_OR_LINK.sub(_shown, text)
    for pattern in (_RULE, _HEADING, _QUOTE):
        text = pattern.sub("", text)
    for pattern in (_STRONG, _WEAK):
        text = pattern.sub(r"\2", text)
    return _CODE.sub(r"\1", text)


def _shown(link: re.Match[str]) -> str:
    words, address = link[1].strip(), link[2]
    return address if not words or words in address else f"{words} ({address})"


def _without_emoji(text: str) -> str:
    return text if text.isascii() else FOUND["emoji"].sub(_GONE, text)


def _without_capitals(text: str) -> str:
    return _LOUD.sub(_quiet, text)


def _quiet(words: re.Match[str]) -> str:
    """Words in capitals as they stand in a sentence; short ones are abbreviations."""
    if all(len(word) < _LEAST_LOUD for word in words[0].split()):
        return words[0]
    before = words.string[: words.start()][-3:].rstrip()
    quiet = words[0].lower()
    return quiet.capitalize() if not before or before[-1] in ".!?…:\n" else quiet


def _without_symbols(text: str) -> str:
    text = FOUND["marks"].sub(lambda marks: marks[0][0], text)
    return FOUND["signs"].sub(_GONE, FOUND["rule"].sub(_GONE, text))


def _without_blank_lines(text: str) -> str:
    return FOUND["blank_lines"].sub("\n\n", text)


def _tidied(text: str) -> str:
    """Without the blanks and empty lines that something left which was taken out."""
    text = _BLANKS.sub(" ", _HOLE.sub("", text))
    text = _LINE_END.sub("", text)
    return _TOO_EMPTY.sub("\n\n", text).strip()


_STRIPS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "html": _without_html,
        "markdown": _without_markdown,
        "emoji": _without_emoji,
        "capitals": _without_capitals,
        "symbols": _without_symbols,
        "blank_lines": _without_blank_lines,
    }
)

"""Words for what rules are and how much they matter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from deskterm.i18n import language, marked, say
from deskterm.text.clean import SafeText, clean

Severity = Literal["block", "warn", "hint"]

_WORDS: Mapping[str, str] = MappingProxyType(
    {"block": marked("forbidden"), "warn": marked("warning"), "hint": marked("hint")}
)
#: One cell each, so that no one needs colours to tell them apart.
_SIGNS: Mapping[str, SafeText] = MappingProxyType(
    {"block": clean("X"), "warn": clean("!"), "hint": clean("i")}
)
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "official": marked("the channel's or provider's own text"),
        "law": marked("law"),
        "standard": marked("a standard"),
        "secondary": marked("somebody else's account of it"),
        "house": marked("our default; the channel's own text was not read"),
        "unverified": marked("nobody has read this source yet; it never forbids"),
    }
)


def severity_word(severity: Severity) -> SafeText:
    """How much it matters, in a word."""
    return say(_WORDS[severity])


def severity_sign(severity: Severity) -> SafeText:
    """The same as a sign of one cell."""
    return _SIGNS[severity]


def as_severity(value: object) -> Severity:
    """What was read as a severity; what is none counts as a warning."""
    if value == "block":
        return "block"
    return "hint" if value == "hint" else "warn"


def source_line(source: SafeText, kind: str, checked_on: str) -> SafeText:
    """Where a rule comes from, what kind of source that is, and when somebody read it."""
    kind_words = say(_KINDS[kind]) if kind in _KINDS else clean("")
    if kind_words and checked_on:
        return say(
            "Source: {source} ({kind}), read on {checked_on}",
            source=source,
            kind=kind_words,
            checked_on=clean(checked_on),
        )
    if kind_words:
        return say("Source: {source} ({kind})", source=source, kind=kind_words)
    if checked_on:
        return say(
            "Source: {source}, read on {checked_on}", source=source, checked_on=clean(checked_on)
        )
    return say("Source: {source}", source=source)


def changed_line(severity: Severity, stated: str) -> SafeText:
    """That a rule counts otherwise than its pack says; empty where it does not."""
    if not stated or stated == severity:
        return clean("")
    return say(
        "Here it counts as “{word}”; its pack says “{stated}”",
        word=severity_word(severity),
        stated=severity_word(as_severity(stated)),
    )


def in_own_language(sentences: object, otherwise: str = "") -> str:
    """The sentence in the reader's language, else in English, else the other one."""
    if not isinstance(sentences, Mapping):
        return otherwise
    return str(sentences.get(language()) or sentences.get("en") or otherwise)

"""Template leftovers: `{{name}}`, `[order number]`, `<your name>`, `${var}`, `XXX`, lorem ipsum.

Signs that only a template uses are sure. Words in brackets are sure where every word belongs to a
template in one of the five languages; a lone word such as "[date]" is not. A reference with a
digit ("[order 1234]") is a value and no leftover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import (
    Detector,
    Match,
    Reading,
    first_come,
    holds_any,
    scan,
    unaccented,
)
from deskterm.rules.detectors.wording import (
    FIELD_FILLERS,
    FIELDS,
    GREETINGS,
    INSERT_WORDS,
    NAMING_GREETINGS,
    PERSON_FIELDS,
)
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

_SURE = {
    "double_braces": r"\{\{[^{}\n]{0,80}\}\}",
    "statement": r"\{%[^{}\n]{0,120}%\}",
    "dollar": r"\$\{[^\W\d][\w.]{0,60}\}",
    "percent_named": r"%\([^\W\d]\w{0,40}\)s",
    "double_square": r"\[\[[^\[\]\n]{1,60}\]\]",
    "double_angle": r"<<[^\W\d][^<>\n]{0,60}>>",
    "lorem": r"\b(?:lorem|Lorem|LOREM)[ \t\n]{1,4}(?i:ipsum)\b",
}
#: Characters without one of which there is no leftover.
_SIGNS = ("{", "}", "[", "<", "%", "XXX", "lorem", "Lorem", "LOREM")
_WORDS = r"(?:[^\W\d]|[ '’./-]){1,50}"
# A literal first, what stands before it after: so the search leaps from sign to sign.
PATTERNS = Patterns(
    **_SURE,
    half_braces=r"\{\{|\}\}",
    single_braces=r"\{(?<![{$]\{)([^\W\d]\w{1,40}(?:\.\w{1,30}){0,4})\}(?!\})",
    percent=r"%(?<![\w%]%)([^\W\d_]\w{2,40})%(?![\w%])",
    square=rf"\[(?<!\[\[)({_WORDS})\](?![\](])",
    angle=rf"<(?<!<<)({_WORDS})>(?!>)",
    crosses=r"XXX(?<![\w*#+-]XXX)X{0,7}(?![\w*#+-])",
    words=r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}",
)
#: Elements of HTML that are also names of fields.
_HTML = frozenset({"address", "data", "link", "article", "a", "s", "del"})
_FIRST_WORDS = frozenset(unaccented(word.split()[-1]) for word in (*GREETINGS, *NAMING_GREETINGS))


def _leftovers(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    return first_come(_candidates(reading.copy.text), reading)


def _candidates(text: str) -> Iterator[tuple[int, int, bool]]:
    if not holds_any(text, _SIGNS):
        return
    for name in _SURE:
        for match in scan(PATTERNS[name], text):
            yield match.start(), match.end(), True
    for name, judge in _JUDGES.items():
        for match in scan(PATTERNS[name], text):
            sure = judge(match)
            if sure is not None:
                yield match.start(), match.end(), sure


def _words(content: str) -> list[str]:
    """The words of a name, also of `snake_case` and `camelCase`."""
    return [word.lower() for word in PATTERNS["words"].findall(unaccented(content))]


def _half(_: re.Match[str]) -> bool | None:
    return False


def _identifier(match: re.Match[str]) -> bool | None:
    name = match.group(1)
    words = _words(name)
    return "_" in name or "." in name or any(word in FIELDS for word in words)


def _percent(match: re.Match[str]) -> bool | None:
    name = match.group(1)
    return True if "_" in name or name.isupper() or unaccented(name).lower() in FIELDS else None


def _brackets(match: re.Match[str]) -> bool | None:
    words = _words(match.group(1))
    if not 0 < len(words) <= 6:
        return None
    templated = [word in FIELDS or word in FIELD_FILLERS for word in words]
    if words[0] in INSERT_WORDS and len(words) > 1:
        # "[Enter details]" may also be a button.
        return all(templated[1:])
    if not all(templated) or not any(word in FIELDS for word in words):
        return None
    return len(words) > 1 or words[0] in PERSON_FIELDS


def _angles(match: re.Match[str]) -> bool | None:
    if match.group(1) in _HTML or match.group(1).startswith("/"):
        return None
    return _brackets(match)


def _crosses(match: re.Match[str]) -> bool | None:
    """`XXX` where a value should stand; masked numbers and kisses under a letter are none."""
    text = match.string
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :][:2]
    if before[-2:].strip()[-1:].isdigit() or before[-2:].strip()[-1:] == "X":
        return None
    if after.strip()[:1].isdigit() or after.strip()[:1] == "X":
        return None
    cue = _words(before.rsplit("\n", 1)[-1])[-1:]
    if cue and (cue[0] in FIELDS or cue[0] in _FIRST_WORDS):
        return False
    return False if after[:1] == "," or after.strip(" \t")[:1].isalpha() else None


_JUDGES = {
    "half_braces": _half,
    "single_braces": _identifier,
    "percent": _percent,
    "square": _brackets,
    "angle": _angles,
    "crosses": _crosses,
}

DETECTORS: Mapping[str, Detector] = {"leftover_placeholder": Detector(_leftovers, "text")}

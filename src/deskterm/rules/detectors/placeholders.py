"""Template leftovers: `{{name}}`, `[order number]`, `%%name%%`, `$name$`, `XXX`, lorem ipsum.

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
    "mailing": r"\*\|[^\W\d][\w:.]{0,40}\|\*",
    "lorem": r"\b(?:lorem|Lorem|LOREM)[ \t\n]{1,4}(?i:ipsum)\b",
}
#: Characters without one of which there is no leftover.
_SIGNS = (
    *("{", "}", "[", "<", "«", "%", "$", "#", "@", "__", "~", "|", "§"),
    *("XXX", "lorem", "Lorem", "LOREM"),
)
#: Signs in pairs between which nothing but the name of a hole is written.
_ONLY_HOLES = frozenset({"%%", "##", "$$", "@@", "§§", "$", "§"})
_WORDS = r"(?:[^\W\d]|[ '’./-]){1,50}"
# A literal first, what stands before it after: so the search leaps from sign to sign.
PATTERNS = Patterns(
    **_SURE,
    half_braces=r"\{\{|\}\}",
    single_braces=r"\{(?<![{$]\{)([^\W\d]\w{1,40}(?:\.\w{1,30}){0,4})\}(?!\})",
    percent=r"%(?<![\w%]%)([^\W\d_]\w{2,40})%(?![\w%])",
    square=rf"\[(?<!\[\[)({_WORDS})\](?![\](])",
    angle=rf"<(?<!<<)({_WORDS})>(?!>)",
    doubled=(
        r"(%%|##|\$\$|@@|~~|\|\||§§)(?<![^\s(«\"“'’,;:>-]..)"
        r"([^\W\d_](?:[\w.-]|[ ](?=\w)){0,40})\1(?!\w)"
    ),
    dunder=r"(__)(?<![\w_]__)([^\W\d_](?:[^\W_]|[_ .-](?=[^\W_])){0,40})__(?![\w_])",
    signed=r"([#$@~|§])(?<![\w#$@~|§].)([^\W\d_](?:[^\W_]|[_.-](?=[^\W_])){1,40})\1(?![\w#$@~|§])",
    chevrons=r"«([^\W\d_](?:[^\W_]|[_ ](?=[^\W_])){1,40})»",
    variable=r"\$(?<![\w$]\$)([^\W\d_]\w{2,40})(?![\w$%])",
    printed=r"%(?<![\w%]%)(?:\d\$)?[sd](?![\w%])|\{(?<![{$\w]\{)\d\}(?!\})",
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


def _between_signs(match: re.Match[str]) -> bool | None:
    """`%%prenom%%`, `##NAME##`, `__first_name__`.

    Some signs also make words bold or struck, or the cells of a table: `__Delivery__`, `|Name|`.
    """
    sign, name = match[1], match[2]
    hole = sign in _ONLY_HOLES or "_" in name or name.isupper() or _follows_greeting(match)
    return True if hole and _names_a_field(name) else None


def _chevrons(match: re.Match[str]) -> bool | None:
    """`«Prénom»`, as letters that are merged have them; elsewhere words are quoted so."""
    return True if _follows_greeting(match) and _names_a_field(match[1]) else None


def _variable(match: re.Match[str]) -> bool | None:
    """`$first_name`, `$customerName`, "Hi $name"."""
    compound = len(_words(match[1])) > 1 and _names_a_field(match[1])
    return True if compound or (_follows_greeting(match) and _names_a_field(match[1])) else None


def _printed(match: re.Match[str]) -> bool | None:
    """`%s`, `{0}`: holes that a program fills."""
    if "$" in match[0] or _follows_greeting(match):
        return True
    cue = _words(match.string[max(0, match.start() - 24) : match.start()])[-1:]
    return False if cue and cue[0] in FIELDS else None


def _names_a_field(name: str) -> bool:
    """Whether every word of it belongs to a template, and one is a field's."""
    words = [word for word in _words(name) if len(word) > 1] or _words(name)
    if "".join(words) in FIELDS:
        return True
    fields = [word in FIELDS or _is_compound(word) for word in words]
    filled = (field or word in FIELD_FILLERS for field, word in zip(fields, words, strict=True))
    return any(fields) and all(filled)


def _is_compound(word: str) -> bool:
    """Whether two words of a template are written together: `orderid`, `customername`."""
    return any(
        word[:cut] in FIELDS and (word[cut:] in FIELDS or word[cut:] in FIELD_FILLERS)
        for cut in range(3, len(word) - 1)
    )


def _follows_greeting(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 24) : match.start()].rpartition("\n")[2]
    cue = _words(before)[-1:]
    return bool(cue) and cue[0] in _FIRST_WORDS


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
    "doubled": _between_signs,
    "dunder": _between_signs,
    "signed": _between_signs,
    "chevrons": _chevrons,
    "variable": _variable,
    "printed": _printed,
    "crosses": _crosses,
}

DETECTORS: Mapping[str, Detector] = {"leftover_placeholder": Detector(_leftovers, "text")}

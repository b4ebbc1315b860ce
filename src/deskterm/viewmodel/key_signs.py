"""What keys are called, and how they are shown to people."""

from __future__ import annotations

from types import MappingProxyType

#: Keys after one another, as Textual calls them.
Keys = tuple[str, ...]

ESCAPE = "escape"

#: Signs by the names of their keys (the names of the Unicode Character Database).
SIGNS = MappingProxyType(
    {
        "space": "Space",
        "exclamation_mark": "!",
        "quotation_mark": '"',
        "number_sign": "#",
        "dollar_sign": "$",
        "percent_sign": "%",
        "ampersand": "&",
        "apostrophe": "'",
        "left_parenthesis": "(",
        "right_parenthesis": ")",
        "asterisk": "*",
        "plus": "+",
        "comma": ",",
        "minus": "-",
        "full_stop": ".",
        "slash": "/",
        "colon": ":",
        "semicolon": ";",
        "less_than_sign": "<",
        "equals_sign": "=",
        "greater_than_sign": ">",
        "question_mark": "?",
        "at": "@",
        "left_square_bracket": "[",
        "backslash": "\\",
        "right_square_bracket": "]",
        "circumflex_accent": "^",
        "underscore": "_",
        "grave_accent": "`",
        "left_curly_bracket": "{",
        "vertical_line": "|",
        "right_curly_bracket": "}",
        "tilde": "~",
        "section_sign": "§",
        "degree_sign": "°",
        "pound_sign": "£",
        "euro_sign": "€",
    }
)
NAMED = MappingProxyType(
    {
        "escape": "Esc",
        "enter": "Enter",
        "tab": "Tab",
        "backspace": "Backspace",
        "delete": "Del",
        "insert": "Ins",
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
        "home": "Home",
        "end": "End",
        "pageup": "PgUp",
        "pagedown": "PgDn",
    }
)

#: What edits a text where one is written, whatever it does anywhere else.
EDITS_TEXT = frozenset(
    {
        *("enter", "backspace", "delete", "up", "down", "left", "right", "home", "end"),
        *("pageup", "pagedown", "f6", "f7"),
        *(f"shift+{key}" for key in ("up", "down", "left", "right", "home", "end")),
        *(f"ctrl+{key}" for key in (*"acdekuvwxyz", "left", "right", "home", "end")),
        *("ctrl+backspace", "ctrl+shift+left", "ctrl+shift+right"),
    }
)

#: The upper row of French keyboards, which has digits with Shift only (AFNOR NF Z71-300; the last
#: is Apple's and Belgium's 6).
AZERTY = MappingProxyType(
    {
        "ampersand": "1",
        "é": "2",
        "quotation_mark": "3",
        "apostrophe": "4",
        "left_parenthesis": "5",
        "minus": "6",
        "è": "7",
        "underscore": "8",
        "ç": "9",
        "à": "0",
        "section_sign": "6",
    }
)


def is_printable(key: str) -> bool:
    """Whether a key writes a character where text is written."""
    return len(key) == 1 or key in SIGNS


def spoken(keys: Keys, *, ascii: bool = False) -> str:  # noqa: A002 - what the setting is called
    """Keys as people write them: `Ctrl+s`, `?`, `Space`, `g i`; arrows are words in ASCII."""
    return " ".join(_spoken(key, ascii) for key in keys)


def _spoken(key: str, ascii: bool) -> str:  # noqa: A002
    *held, last = key.split("+")
    sign = SIGNS.get(last) or NAMED.get(last)
    if sign is not None and (sign.isascii() or not ascii):
        name = sign
    elif len(last) > 1 and last[0] == "f" and last[1:].isdecimal():
        name = last.upper()
    else:
        name = last if len(last) == 1 else last.capitalize()
    return "+".join([*(part.capitalize() for part in held), name])

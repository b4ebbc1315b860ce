"""Keys as people write them in a file, and which of them a program in a terminal can use.

A terminal sends bytes, and many keys send the same ones: control characters are one byte for two
keys (ECMA-48), Alt is an Escape before the key (xterm control sequences, "Alt and Meta Keys"), and
most combinations with Shift or of digits and signs with Ctrl send what the key sends alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from deskterm.i18n import marked, say
from deskterm.service.command import Command
from deskterm.text.clean import SafeText
from deskterm.viewmodel.key_signs import ESCAPE, NAMED, SIGNS, Keys, spoken

#: The longest chord and the longest name that is looked at.
MOST_KEYS: Final = 4
LONGEST: Final = 60

_HELD: Mapping[str, str] = MappingProxyType(
    {
        "ctrl": "ctrl",
        "control": "ctrl",
        "strg": "ctrl",
        "shift": "shift",
        "alt": "alt",
        "option": "alt",
        "meta": "alt",
        "super": "super",
        "cmd": "super",
        "win": "super",
    }
)
_ORDER = ("alt", "super", "ctrl", "shift")
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "return": "enter",
        "spacebar": "space",
        "page_up": "pageup",
        "page_down": "pagedown",
        "period": "full_stop",
        "dot": "full_stop",
    }
)
_LAST_F = 20
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in (*SIGNS, *NAMED)},
        **{shown.lower(): name for name, shown in (*SIGNS.items(), *NAMED.items())},
        **{f"f{number}": f"f{number}" for number in range(1, _LAST_F + 1)},
        **_OTHER_NAMES,
    }
)

_SENDS_TAB = marked("a terminal sends Tab for it")
_SENDS_ENTER = marked("a terminal sends Enter for it")
_SENDS_BACKSPACE = marked("a terminal sends Backspace for it")
_SENDS_ESCAPE = marked("a terminal sends Escape for it")
_SENDS_ANOTHER = marked("a terminal sends another key for it")
_WITHOUT_SHIFT = marked("most terminals send it without Shift")
_FEW = marked("few terminals send it")
_NO_ONE_WAY = marked("terminals do not agree on what it sends")
_MENU = marked("terminals open their menu with it")

_UNSAFE: Mapping[str, str] = MappingProxyType(
    {
        "ctrl+i": _SENDS_TAB,
        "ctrl+m": _SENDS_ENTER,
        "ctrl+j": marked("a terminal sends it for a new line"),
        "ctrl+h": _SENDS_BACKSPACE,
        "ctrl+backspace": _SENDS_BACKSPACE,
        "ctrl+left_square_bracket": _SENDS_ESCAPE,
        "ctrl+at": _NO_ONE_WAY,
        "ctrl+space": _NO_ONE_WAY,
        "ctrl+slash": _NO_ONE_WAY,
        "ctrl+underscore": _NO_ONE_WAY,
        "ctrl+b": marked("tmux keeps it for itself"),
        "ctrl+a": marked("screen keeps it for itself"),
        "ctrl+c": marked("it copies what is selected"),
        "ctrl+z": marked("it stops programs"),
        "ctrl+backslash": marked("it ends programs"),
        "ctrl+tab": _FEW,
        "f10": _MENU,
        "f11": marked("terminals fill the screen with it"),
        "shift+enter": _WITHOUT_SHIFT,
        "shift+space": _WITHOUT_SHIFT,
        "shift+backspace": _WITHOUT_SHIFT,
        "shift+escape": _WITHOUT_SHIFT,
    }
)
#: Few terminals send them: they may stand beside another key, never alone.
ALIAS_ONLY = frozenset({"ctrl+enter", "f1"})

#: They stay with the commands that the table gives them to.
_KEPT: Mapping[str, str] = MappingProxyType(
    {
        "ctrl+s": marked("some terminals stop their output with it"),
        "ctrl+q": marked("some terminals go on with their output at it"),
        ESCAPE: marked("it is the way out, and the first byte of many other keys"),
    }
)
_LAST_COMMON_F = 12


def key_named(written: str) -> str | None:
    """The key that people write like this, as Textual calls it; None where there is none.

    `Ctrl+s`, `ctrl+S`, `?`, `question_mark`, `Space`, `PgDn`, `G` and `Shift+g`, `é`.
    """
    if len(written) == 1:
        return _single(written)
    *held, last = _parts(written)
    names = {_HELD.get(each.lower(), "") for each in held}
    if "" in names:
        return None
    key = _NAMES.get(last.lower()) or (_single(last.lower()) if len(last) == 1 else None)
    if key is None:
        return None
    if names == {"shift"} and len(key) == 1 and key.isalpha():
        return key.upper()
    return "+".join([*(each for each in _ORDER if each in names), key])


def keys_named(written: str) -> Keys | str:
    """The keys of a chord (`g i`), or the first word that is no key."""
    if len(written) > LONGEST:
        return written[:LONGEST]
    found = []
    for word in written.split():
        key = key_named(word)
        if key is None:
            return word
        found.append(key)
    return tuple(found) if 0 < len(found) <= MOST_KEYS else written


def nearest_key(written: str) -> str:
    """The name of a key that is written much like this; empty where there is none."""
    held, plus, last = written.rpartition("+")
    near = nearest(last.lower(), _NAMES)
    if not near:
        return ""
    key = key_named(f"{held}{plus}{near}")
    return spoken((key,)) if key is not None else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """What is known that is spelt much like a word; empty where nothing is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:LONGEST], list(known), n=1)), "")


def why_not(keys: Keys, command: Command) -> SafeText | None:
    """Why a command cannot have these keys; None where it can."""
    if len(keys) > 1 and ESCAPE in keys:
        return say("Escape leaves a chord")
    for key in keys:
        kept = _KEPT.get(key)
        reason = kept if kept is not None and key not in command.keys else _why_unsafe(key)
        if reason is not None:
            return say(reason)
    return None


def _why_unsafe(key: str) -> str | None:
    """Why no command can have a key."""
    if key in _UNSAFE:
        return _UNSAFE[key]
    *held, last = key.split("+")
    if "alt" in held:
        return _SENDS_ENTER if last == "enter" else _SENDS_ANOTHER
    if "super" in held:
        return marked("the desktop keeps it for itself")
    is_letter = len(last) == 1 and last.isalpha()
    if "ctrl" in held:
        if "shift" in held and (is_letter or last in SIGNS):
            return _WITHOUT_SHIFT
        if not (is_letter and last.isascii()) and (len(last) == 1 or last in SIGNS):
            return _FEW
    elif "shift" in held and last in SIGNS:
        return _WITHOUT_SHIFT
    if last[0] == "f" and last[1:].isdecimal() and (held or int(last[1:]) > _LAST_COMMON_F):
        return _FEW
    return None


def _parts(written: str) -> list[str]:
    """What is held and the key itself, which may be a plus."""
    if written.endswith("++"):
        return [*written[:-2].split("+"), "+"]
    return written.split("+")


def _single(character: str) -> str | None:
    """The key of one character: letters and digits are their own names."""
    return character if character.isalnum() else _NAMES.get(character)

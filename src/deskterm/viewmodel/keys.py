"""Keys: which one runs which command where, and reading them one by one.

A key is called as Textual calls it (`j`, `G`, `ctrl+s`, `question_mark`); a chord is several of
them after one another. Keys that no terminal can tell apart or that terminals keep for themselves
are refused when a keymap is made, so that a file of an agent's own cannot bring them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, get_args

from deskterm.domain.errors import DesktermError
from deskterm.service.command import TEXT_CONTEXTS, Command, Context

Keys = tuple[str, ...]

ANYWHERE: Context = "anywhere"
ESCAPE = "escape"

#: Places that have but few letters of their own, and none of those that hold anywhere.
_OWN_LETTERS: frozenset[Context] = TEXT_CONTEXTS | {"review"}

#: Signs by the names of their keys (the names of the Unicode Character Database).
_SIGNS = MappingProxyType(
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
    }
)
_NAMED = MappingProxyType(
    {
        "escape": "Esc",
        "enter": "Enter",
        "tab": "Tab",
        "backspace": "Backspace",
        "delete": "Del",
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

#: What cannot be bound, and why. Control characters are one byte for two keys (ECMA-48); the
#: rest is what terminals and multiplexers take for themselves.
_UNSAFE = MappingProxyType(
    {
        "ctrl+i": "a terminal sends Tab for it",
        "ctrl+m": "a terminal sends Enter for it",
        "ctrl+h": "a terminal sends Backspace for it",
        "ctrl+left_square_bracket": "a terminal sends Escape for it",
        "ctrl+at": "terminals do not agree on what it sends",
        "ctrl+space": "terminals do not agree on what it sends",
        "ctrl+slash": "terminals do not agree on what it sends",
        "ctrl+underscore": "terminals do not agree on what it sends",
        "ctrl+b": "tmux keeps it for itself",
        "ctrl+a": "screen keeps it for itself",
        "ctrl+c": "it copies what is selected",
        "ctrl+z": "it stops programs",
        "f10": "terminals open their menu with it",
        "f11": "terminals fill the screen with it",
        "alt+enter": "a terminal sends Enter for it",
    }
)
_UNSAFE_START = MappingProxyType(
    {
        "alt+": "a terminal sends another key for it",
        "super+": "the desktop keeps it for itself",
        "ctrl+shift+": "most terminals send it without Shift",
        "shift+enter": "most terminals send it without Shift",
    }
)
#: These may stand beside another key, never alone: few terminals send them.
_ALIAS_ONLY = frozenset({"ctrl+enter", "f1"})


class Run(NamedTuple):
    """The keys that were typed are a command's."""

    command: Command


class Choice(NamedTuple):
    """One way to end a chord: the keys still to be typed."""

    keys: Keys
    command: Command


class Prefix(NamedTuple):
    """The keys that were typed begin chords; it waits for the rest without limit."""

    typed: Keys
    choices: tuple[Choice, ...]


class Nothing(NamedTuple):
    """No command. `typed`: the chord that was left by it, with its last key; empty if none was."""

    typed: Keys = ()


Step = Run | Prefix | Nothing


class Bound(NamedTuple):
    """A command that can be done in a context, with all its keys there."""

    command: Command
    keys: tuple[Keys, ...]


def is_printable(key: str) -> bool:
    """Whether a key writes a character where text is written."""
    return len(key) == 1 or key in _SIGNS


def spoken(keys: Keys) -> str:
    """Keys as people write them: `Ctrl+s`, `?`, `Space`, `g i`."""
    return " ".join(map(_spoken, keys))


def _spoken(key: str) -> str:
    *held, last = key.split("+")
    if last in _SIGNS or last in _NAMED:
        name = _SIGNS.get(last) or _NAMED[last]
    elif len(last) > 1 and last[0] == "f" and last[1:].isdecimal():
        name = last.upper()
    else:
        name = last if len(last) == 1 else last.capitalize()
    return "+".join([*(part.capitalize() for part in held), name])


class Keymap:
    """Keys to commands, for each context.

    What holds anywhere holds in lists and conversations; where text is written, and in the review
    line, only those of its keys hold that write no character, and a key of the place itself comes
    before them.

    Args:
        commands: the table.
        changed: keys to use instead of the table's, by the ids of commands.

    Raises:
        DesktermError: two commands share a key in one context, a key cannot be typed or cannot
            be told from another, or `changed` names a command that does not exist.
    """

    def __init__(
        self, commands: Iterable[Command], changed: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        table = {command.id: command for command in commands}
        changed = changed or {}
        for command_id in changed:
            if command_id not in table:
                raise DesktermError(
                    f"There is no command {command_id!r}", "Keys were given to it", code="keys"
                )
        own: dict[Context, dict[Keys, Command]] = {context: {} for context in get_args(Context)}
        for command in table.values():
            spelled = changed.get(command.id, command.keys)
            _check_alone(command, spelled)
            for keys in spelled:
                _add(own[command.context], tuple(keys.split(" ")), command)
        self._keys = {context: _with_inherited(own, context) for context in own}
        self._starts = {context: _starts(keys) for context, keys in self._keys.items()}
        for context in own:
            _check_chords(self._keys[context])

    def step(self, context: Context, typed: Keys) -> Step:
        """What keys mean that were typed after one another."""
        keys = self._keys[context]
        if typed in keys:
            return Run(keys[typed])
        if typed in self._starts[context]:
            choices = tuple(
                Choice(each[len(typed) :], command)
                for each, command in keys.items()
                if each[: len(typed)] == typed
            )
            return Prefix(typed, choices)
        return Nothing()

    def commands(self, context: Context) -> tuple[Bound, ...]:
        """What can be done in a context by a key: its own first, then what holds anywhere."""
        found: dict[str, list[Keys]] = {}
        commands: dict[str, Command] = {}
        for keys, command in self._keys[context].items():
            found.setdefault(command.id, []).append(keys)
            commands[command.id] = command
        return tuple(Bound(commands[each], tuple(keys)) for each, keys in found.items())

    def key_of(self, command_id: str, context: Context = ANYWHERE) -> str:
        """The first key of a command in a context, as people write it; empty if it has none."""
        keys = self._keys[context].items()
        return next((spoken(typed) for typed, command in keys if command.id == command_id), "")

    def footer(self, context: Context) -> tuple[Bound, ...]:
        """What a footer names in a context, the most useful first."""
        ranked = [
            bound
            for bound in self.commands(context)
            if bound.command.footer
            and not (context == "health" and bound.command.scope == "ticket")
        ]
        return tuple(
            sorted(ranked, key=lambda b: (b.command.context == ANYWHERE, b.command.footer))
        )


class KeyReader:
    """Takes keys one by one and keeps the chord that has begun."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self.typed: Keys = ()

    def feed(self, context: Context, key: str) -> Step:
        """Take a key. Escape leaves a chord; a key that does not go on with it leaves it too."""
        begun = self.typed
        self.typed = ()
        if begun and key == ESCAPE:
            return Nothing((*begun, key))
        step = self._keymap.step(context, (*begun, key))
        if isinstance(step, Prefix):
            self.typed = step.typed
        if begun and isinstance(step, Nothing):
            return Nothing((*begun, key))
        return step

    def leave(self) -> None:
        """Forget the chord that has begun."""
        self.typed = ()


def _add(keys: dict[Keys, Command], typed: Keys, command: Command) -> None:
    for key in typed:
        if reason := _unsafe(key):
            raise DesktermError(
                f"{spoken((key,))} cannot be a key of {command.id!r}",
                f"{reason[0].upper()}{reason[1:]}",
                "Choose another key",
                code="keys",
            )
    other = keys.setdefault(typed, command)
    if other is not command:
        raise _clash(typed, other, command)


def _unsafe(key: str) -> str | None:
    if key in _UNSAFE:
        return _UNSAFE[key]
    return next((why for start, why in _UNSAFE_START.items() if key.startswith(start)), None)


def _check_alone(command: Command, spelled: tuple[str, ...]) -> None:
    if spelled and all(keys in _ALIAS_ONLY for keys in spelled):
        raise DesktermError(
            f"{spoken((spelled[0],))} cannot be the only key of {command.id!r}",
            "Many terminals do not send it",
            "Add a second key",
            code="keys",
        )


def _with_inherited(
    own: dict[Context, dict[Keys, Command]], context: Context
) -> dict[Keys, Command]:
    """A context's own keys and those that hold there because they hold anywhere."""
    keys = dict(own[context])
    if context == ANYWHERE:
        return keys
    for typed, command in own[ANYWHERE].items():
        if context in _OWN_LETTERS:
            if not is_printable(typed[0]):
                keys.setdefault(typed, command)
        elif typed in keys:
            raise _clash(typed, command, keys[typed])
        else:
            keys[typed] = command
    return keys


def _starts(keys: Iterable[Keys]) -> frozenset[Keys]:
    return frozenset(each[:length] for each in keys for length in range(1, len(each)))


def _check_chords(keys: Mapping[Keys, Command]) -> None:
    """A key that begins a chord cannot be a command by itself."""
    for typed, command in keys.items():
        for length in range(1, len(typed)):
            if shorter := keys.get(typed[:length]):
                raise _clash(typed[:length], shorter, command)


def _clash(typed: Keys, one: Command, other: Command) -> DesktermError:
    return DesktermError(
        f"{spoken(typed)} is the key of two commands in one place",
        f"{one.id!r} ({one.context}) and {other.id!r} ({other.context})",
        "Give one of them another key",
        code="keys",
    )

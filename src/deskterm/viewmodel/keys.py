"""Keys: which one runs which command where, and reading them one by one.

A key is called as Textual calls it (`j`, `G`, `ctrl+s`, `question_mark`); a chord is several of
them after one another. How they are shown is in `deskterm.viewmodel.key_signs`. Which keys can be
used at all, and how people write them in a file, is in `deskterm.viewmodel.key_names`: no start
needs that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, get_args

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.command import OWN_LETTERS, TEXT_CONTEXTS, Command, Context
from deskterm.text.clean import clean
from deskterm.viewmodel.key_signs import (
    EDITS_TEXT,
    ESCAPE,
    Keys,
    is_printable,
    spoken,
)

Place = tuple[Context, Keys]
Changes = Mapping[Context, Mapping[Keys, Command | None]]
"""Keys that a keymap has instead of the table's. None: they do nothing, nor do chords that begin
with them."""

ANYWHERE: Context = "anywhere"

_NO_ALIASES: Mapping[str, str] = MappingProxyType({})
_NO_CHANGES: Changes = MappingProxyType({})


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


class Clash(DesktermError):
    """Two commands want the same key. `places`: where each of them has it."""

    def __init__(self, typed: Keys, one: tuple[Place, Command], other: tuple[Place, Command]):
        super().__init__(
            say("{key} is the key of two commands in one place", key=clean(spoken(typed))),
            say(
                "{one} ({here}) and {other} ({there})",
                one=clean(one[1].id),
                here=clean(one[0][0]),
                other=clean(other[1].id),
                there=clean(other[0][0]),
            ),
            say("Give one of them another key"),
            code="keys",
        )
        self.places = (one[0], other[0])


class Keymap:
    """Keys to commands, for each context.

    What holds anywhere holds in lists and conversations; where text is written, and in the review
    line, only those of its keys hold that neither write a character nor edit, and a key of the
    place itself comes before them.

    Args:
        commands: the table.
        changed: keys to use instead of the table's. They come first where a key is named.
        aliases: keys that count as others where letters are commands and nothing else has them.
        ascii: whether the terminal shows nothing else, for the names of keys.

    Raises:
        Clash: two commands share a key in one context.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        changed: Changes = _NO_CHANGES,
        *,
        aliases: Mapping[str, str] = _NO_ALIASES,
        ascii: bool = False,  # noqa: A002 - what the setting is called
    ) -> None:
        self.aliases = aliases
        self._ascii = ascii
        own: dict[Context, dict[Keys, Command]] = {context: {} for context in get_args(Context)}
        for context, keys in changed.items():
            own[context] = {typed: each for typed, each in keys.items() if each is not None}
        for command in commands:
            _add_keys_of(command, own[command.context], changed.get(command.context, {}))
        self._keys = {
            context: _with_inherited(own, context, changed.get(context, {})) for context in own
        }
        self._starts = {context: _starts(keys) for context, keys in self._keys.items()}
        for context in own:
            _check_chords(self._keys[context], context, own)
        self._footers: dict[Context, tuple[Bound, ...]] = {}

    def meant(self, context: Context, typed: Keys) -> Keys:
        """The keys that were typed, the last one as the one that it counts as."""
        known = typed in self._keys[context] or typed in self._starts[context]
        if known or context in TEXT_CONTEXTS:
            return typed
        return *typed[:-1], self.aliases.get(typed[-1], typed[-1])

    def step(self, context: Context, typed: Keys) -> Step:
        """What keys mean that were typed after one another."""
        keys, starts = self._keys[context], self._starts[context]
        typed = self.meant(context, typed)
        if typed in keys:
            return Run(keys[typed])
        if typed in starts:
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

    def spoken(self, keys: Keys) -> str:
        """Keys as people write them, in what the terminal can show."""
        return spoken(keys, ascii=self._ascii)

    def key_of(self, command_id: str, context: Context = ANYWHERE) -> str:
        """The first key of a command in a context, as people write it; empty if it has none."""
        keys = self._keys[context].items()
        return next((self.spoken(typed) for typed, command in keys if command.id == command_id), "")

    def way_to(self, command_id: str, context: Context = ANYWHERE) -> str:
        """How to call a command: its first key, else what to type into the `:` line."""
        return self.key_of(command_id, context) or f":{command_id}"

    def footer(self, context: Context) -> tuple[Bound, ...]:
        """What a footer names in a context, the most useful first."""
        if context not in self._footers:
            self._footers[context] = self._ranked(context)
        return self._footers[context]

    def _ranked(self, context: Context) -> tuple[Bound, ...]:
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
        #: The keys of the last command, as the keymap has them: where `&` counts as it, `1`.
        self.done: Keys = ()

    def feed(self, context: Context, key: str) -> Step:
        """Take a key. Escape leaves a chord; a key that does not go on with it leaves it too."""
        begun = self.typed
        self.typed = ()
        if begun and key == ESCAPE:
            return Nothing((*begun, key))
        step = self._keymap.step(context, (*begun, key))
        if isinstance(step, Prefix):
            self.typed = step.typed
        elif isinstance(step, Run):
            self.done = self._keymap.meant(context, (*begun, key))
        if begun and isinstance(step, Nothing):
            return Nothing((*begun, key))
        return step

    def leave(self) -> None:
        """Forget the chord that has begun."""
        self.typed = ()


def begins(typed: Keys, start: Keys) -> bool:
    """Whether a chord begins with these keys, or is them."""
    return typed[: len(start)] == start


def _add_keys_of(
    command: Command, keys: dict[Keys, Command], changed: Mapping[Keys, Command | None]
) -> None:
    """The keys that the table gives a command, but for those that have been changed."""
    for spelled in command.keys:
        typed = tuple(spelled.split(" "))
        if changed and (typed in changed or _is_freed(typed, changed)):
            continue
        other = keys.setdefault(typed, command)
        if other is not command:
            place = (command.context, typed)
            raise Clash(typed, (place, other), (place, command))


def _is_freed(typed: Keys, changed: Mapping[Keys, Command | None]) -> bool:
    return any(command is None and begins(typed, start) for start, command in changed.items())


def _with_inherited(
    own: Mapping[Context, Mapping[Keys, Command]],
    context: Context,
    changed: Mapping[Keys, Command | None],
) -> dict[Keys, Command]:
    """A context's own keys and those that hold there because they hold anywhere."""
    keys = dict(own[context])
    if context == ANYWHERE:
        return keys
    for typed, command in own[ANYWHERE].items():
        if changed and _is_freed(typed, changed):
            continue
        if context in OWN_LETTERS:
            if not _is_texts(typed, context):
                keys.setdefault(typed, command)
        elif typed in keys:
            raise Clash(typed, ((ANYWHERE, typed), command), ((context, typed), keys[typed]))
        else:
            keys[typed] = command
    return keys


def _is_texts(typed: Keys, context: Context) -> bool:
    """Whether a key belongs to the text that is written in a place."""
    if any(map(is_printable, typed)):
        return True
    return context in TEXT_CONTEXTS and typed[0] in EDITS_TEXT


def _starts(keys: Iterable[Keys]) -> frozenset[Keys]:
    return frozenset(each[:length] for each in keys for length in range(1, len(each)))


def _check_chords(
    keys: Mapping[Keys, Command],
    context: Context,
    own: Mapping[Context, Mapping[Keys, Command]],
) -> None:
    """A key that begins a chord cannot be a command by itself."""

    def place(typed: Keys) -> Place:
        return (context if typed in own[context] else ANYWHERE), typed

    for typed, command in keys.items():
        for length in range(1, len(typed)):
            start = typed[:length]
            if shorter := keys.get(start):
                raise Clash(start, (place(start), shorter), (place(typed), command))

"""The keymap in force: the table's keys, over them those of a preset, over them those of a file.

Whatever is wrong with a line costs that line: the keymap is made without it, and what is wrong is
told with the line. What could lock somebody out is wrong as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, get_args

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.command import OWN_LETTERS, TEXT_CONTEXTS, Command, Context
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.key_file import DIGITS, PRESET, KeyFile, Line, Problem, parse
from deskterm.viewmodel.key_names import (
    ALIAS_ONLY,
    LONGEST,
    keys_named,
    nearest,
    nearest_key,
    why_not,
)
from deskterm.viewmodel.key_signs import AZERTY, ESCAPE, Keys, is_printable, spoken
from deskterm.viewmodel.keys import ANYWHERE, Clash, Keymap, Place, begins
from deskterm.viewmodel.offers import offered

DEFAULT: Final = "default"
"""The preset that changes nothing."""

DIGIT_ROWS: Final = ("auto", "azerty", "plain")
_CONTEXTS: tuple[Context, ...] = get_args(Context)
_QUIT = "app.quit"


class InForce(NamedTuple):
    """A keymap, and how it came about.

    Args:
        problems: what is wrong with the file, in its order.
        changed: the places whose keys are not the table's: True by the file, False by the preset.
    """

    keymap: Keymap
    problems: tuple[Problem, ...] = ()
    preset: str = DEFAULT
    changed: Mapping[Place, bool] = MappingProxyType({})


class _Entry(NamedTuple):
    """A line that makes sense by itself: a key runs a command, or nothing."""

    line: Line
    context: Context
    keys: Keys
    command: Command | None
    own: bool
    """Whether it stands in the file, and not in a preset."""


def in_force(
    commands: Iterable[Command],
    file: KeyFile,
    presets: Mapping[str, str],
    *,
    azerty: bool = False,
    ascii: bool = False,  # noqa: A002 - what the setting is called
) -> InForce:
    """Make the keymap that a file asks for.

    Args:
        commands: the table.
        presets: what the files of the presets say, by their names.
        azerty: whether the upper row of the keyboard is taken for a French one where the file
            does not say.
        ascii: whether the terminal shows nothing else.
    """
    table = {command.id: command for command in commands}
    problems = list(file.problems)
    said = _Settings(presets)
    own: list[Line] = []
    for line in file.lines:
        if line.context:
            own.append(line)
        elif problem := said.take(line):
            problems.append(problem)
    entries: list[_Entry] = []
    preset = parse(presets[said.preset], said.preset).lines if said.preset in presets else ()
    for lines, is_own in ((preset, False), (own, True)):
        judge = _Judge(table, entries, own=is_own)
        for line in lines:
            found = judge.judged(line)
            if isinstance(found, _Entry):
                entries.append(found)
            elif found is not None:
                problems.append(found)
    usual = Keymap(table.values())
    aliases = AZERTY if (azerty if said.digits == "auto" else said.digits == "azerty") else {}
    while True:
        try:
            keymap = Keymap(table.values(), _changes(entries), aliases=aliases, ascii=ascii)
        except Clash as clash:
            wrong = _blamed(entries, clash)
        else:
            found_wrong = _locks_out(keymap, usual, entries)
            if found_wrong is None:
                break
            wrong = found_wrong
        entries.remove(wrong[0])
        problems.append(wrong[1])
    problems.sort(key=lambda problem: problem.line.number or 0)
    changed = {(each.context, each.keys): each.own for each in entries}
    return InForce(keymap, tuple(problems), said.preset, changed)


class _Settings:
    """What a file says about all keys."""

    def __init__(self, presets: Mapping[str, str]) -> None:
        self._presets = (DEFAULT, *presets)
        self.preset = DEFAULT
        self.digits = DIGIT_ROWS[0]

    def take(self, line: Line) -> Problem | None:
        """Take a line that stands above all tables; what is wrong with it."""
        if line.key == PRESET:
            if line.value in self._presets:
                self.preset = str(line.value)
                return None
            return _not_one_of(line, self._presets)
        if line.key == DIGITS:
            if line.value in DIGIT_ROWS:
                self.digits = str(line.value)
                return None
            return _not_one_of(line, DIGIT_ROWS)
        near = nearest(line.key, (PRESET, DIGITS))
        return _problem(
            line,
            say("There is no setting {name} for keys", name=_shown(line.key)),
            _meant(near),
            say("A key stands below the name of a place, for example [anywhere]"),
        )


class _Judge:
    """Looks at lines one by one.

    Args:
        table: the commands.
        entries: the lines that were found good before.
        own: whether the lines are of the file, and not of a preset.
    """

    def __init__(
        self, table: Mapping[str, Command], entries: Sequence[_Entry], *, own: bool
    ) -> None:
        self._table = table
        self._entries = entries
        self._own = own
        self._unknown: set[str] = set()

    def judged(self, line: Line) -> _Entry | Problem | None:
        """What a line says, or what is wrong with it; None where there is nothing to tell."""
        if line.context not in _CONTEXTS:
            return self._no_place(line)
        if not line.key:
            return None
        context = line.context
        keys = keys_named(line.key)
        if isinstance(keys, str):
            return _no_key(line, keys)
        if line.value is False or line.value == "":
            return self._freed(line, context, keys)
        if not isinstance(line.value, str):
            return _problem(
                line,
                say("{key} needs the name of a command", key=clean(spoken(keys))),
                say("it has no text in quotes"),
                say("Write a command, or false for none"),
            )
        command = self._table.get(line.value)
        if command is None:
            near = nearest(line.value, self._table)
            return _problem(
                line,
                say("There is no command {name}", name=_shown(line.value)),
                _meant(near),
                say("'deskterm do --list' and docs/keys.md show all commands"),
            )
        why = self._why_not(context, keys, command)
        if why is not None:
            return _cannot(line, keys, command, why)
        return _Entry(line, context, keys, command, self._own)

    def _why_not(self, context: Context, keys: Keys, command: Command) -> SafeText | None:
        if command.context not in (ANYWHERE, context):
            return say("it is done in one place only: [{place}]", place=clean(command.context))
        if not command.keys and not offered([command], command.context):
            return say("it needs more than a key can tell it")
        if context in TEXT_CONTEXTS and any(map(is_printable, keys)):
            return say("letters and signs are text there")
        if self._is_twice(context, keys):
            return say("the key stands there twice")
        return why_not(keys, command)

    def _is_twice(self, context: Context, keys: Keys) -> bool:
        return any(e.own and (e.context, e.keys) == (context, keys) for e in self._entries)

    def _freed(self, line: Line, context: Context, keys: Keys) -> _Entry | Problem:
        places = (context, ANYWHERE)
        taken = [
            *(
                tuple(spelled.split(" "))
                for command in self._table.values()
                if command.context in places
                for spelled in command.keys
            ),
            *(e.keys for e in self._entries if e.context in places and e.command is not None),
        ]
        if any(begins(each, keys) for each in taken):
            return _Entry(line, context, keys, None, self._own)
        return _problem(
            line,
            say("{key} does nothing there anyway", key=clean(spoken(keys))),
            say("no command has it in [{place}]", place=clean(context)),
            say("Remove the line, or look whether another key was meant"),
        )

    def _no_place(self, line: Line) -> Problem | None:
        if line.context in self._unknown:
            return None
        self._unknown.add(line.context)
        return _problem(
            line,
            say("There is no place {name} for keys", name=_shown(line.context)),
            _meant(nearest(line.context, _CONTEXTS)),
            say("The places are {names}", names=clean(", ".join(_CONTEXTS))),
        )


def _changes(entries: Iterable[_Entry]) -> dict[Context, dict[Keys, Command | None]]:
    """What the lines change; later ones count more, and are the first that are named."""
    changes: dict[Context, dict[Keys, Command | None]] = {}
    for own in (True, False):
        for entry in entries:
            if entry.own is own:
                changes.setdefault(entry.context, {}).setdefault(entry.keys, entry.command)
    return changes


def _blamed(entries: Sequence[_Entry], clash: Clash) -> tuple[_Entry, Problem]:
    """The line that brought a clash about: the last one that has a hand in it.

    Raises:
        Clash: none has; the table itself is at fault.
    """
    for entry in reversed(entries):
        if (entry.context, entry.keys) in clash.places and entry.command is not None:
            other = next(p for p in clash.places if p != (entry.context, entry.keys))
            advice = say(
                'To free the other one, write "{key}" = "" in [{place}]',
                key=clean(spoken(other[1])),
                place=clean(other[0]),
            )
            why = say("{two} would share a key", two=clean(clash.explanation, multiline=False))
            return entry, _cannot(entry.line, entry.keys, entry.command, why, advice)
    raise clash


def _locks_out(
    keymap: Keymap, table: Keymap, entries: Sequence[_Entry]
) -> tuple[_Entry, Problem] | None:
    """A line that takes the last key that is safe from a way out, or from any command."""
    for context in _CONTEXTS:
        if not any(entry.context in (context, ANYWHERE) for entry in entries):
            continue
        before, after = _keys_in(table, context), _keys_in(keymap, context)
        for command in {**before, **after}:
            keys = after.get(command, ())
            if keys == before.get(command) or not _is_lost(command, context, keys):
                continue
            for entry in reversed(entries):
                if _touches(entry, command, context):
                    why = (
                        say("many terminals do not send the only key that is left to it")
                        if keys
                        else say("it would leave no key for a way out")
                    )
                    advice = say("Give it another key first")
                    return entry, _cannot(entry.line, entry.keys, command, why, advice)
    return None


def _keys_in(keymap: Keymap, context: Context) -> dict[Command, tuple[Keys, ...]]:
    return {bound.command: bound.keys for bound in keymap.commands(context)}


def _is_lost(command: Command, context: Context, keys: tuple[Keys, ...]) -> bool:
    """Whether what is left of its keys is too little for a command."""
    if keys:
        return all(len(each) == 1 and each[0] in ALIAS_ONLY for each in keys)
    if command.id == _QUIT:
        return context not in TEXT_CONTEXTS
    return command.context in OWN_LETTERS and ESCAPE in command.keys


def _touches(entry: _Entry, command: Command, context: Context) -> bool:
    """Whether a line gives a command a key in a place, or may have taken one from it."""
    if entry.context not in (context, ANYWHERE):
        return False
    if entry.command is command:
        return True
    return any(begins(tuple(spelled.split(" ")), entry.keys) for spelled in command.keys)


# Words


def _cannot(
    line: Line, keys: Keys, command: Command, why: SafeText, advice: SafeText | None = None
) -> Problem:
    key = clean(spoken(keys))
    name = clean(command.id)
    title = (
        say("{key} cannot be a key of {command}", key=key, command=name)
        if line.value
        else say("{key} cannot be taken from {command}", key=key, command=name)
    )
    return _problem(line, title, why, advice or say("Choose another key"))


def _no_key(line: Line, word: str) -> Problem:
    return _problem(
        line,
        say("There is no key {name}", name=_shown(word)),
        _meant(nearest_key(word[:LONGEST])),
        say("Write keys like these: x, G, ?, Space, F6, Ctrl+e, PgDn; two for a chord: g x"),
    )


def _not_one_of(line: Line, choices: Iterable[str]) -> Problem:
    return _problem(
        line,
        say("{name} has a wrong value", name=_shown(line.key)),
        say("it is one of {names}", names=clean(", ".join(choices))),
        say("Mend it, or remove the line"),
    )


def _meant(near: str) -> SafeText:
    if near:
        return say("the nearest is {name}", name=clean(near, multiline=False))
    return say("no other has a name like it")


def _problem(line: Line, title: SafeText, why: SafeText, advice: SafeText) -> Problem:
    told = say("{place}: {why}. The line is passed over", place=line.place, why=why)
    return Problem(line, DesktermError(title, told, advice, code="keys"))


def _shown(text: str) -> SafeText:
    return clean(text[:LONGEST], multiline=False)

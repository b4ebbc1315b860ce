"""The `:` line: a command by name and what it is told, with completion.

`snooze tomorrow 9:00`, `tag vip -old`, `account.add shop email address=a@example.org`. A command is
called by its id, by the last part of it, or by so much of that as no other begins with. Values come
in the order of the parameters or as `name=value`; the last one takes the rest of the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.i18n import marked, say
from deskterm.service.command import Command, Parameter
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.choices import Choice
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.offers import folded
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.reading import ReadingPort
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.telling import Parsed, missing, told

#: More than this is not shown; typing one more letter is quicker than looking.
MOST_COMPLETIONS = 40

#: Words that people know from elsewhere.
_OTHER_NAMES = MappingProxyType(
    {
        "reply": "ticket.write_reply",
        "note": "ticket.write_note",
        "new": "ticket.write_new",
        "q": "app.quit",
        "quit": "app.quit",
        "help": "app.help",
    }
)
#: Areas whose commands go by the last part of their id.
_SHORT_AREAS = frozenset({"ticket", "app", "view"})

#: Where values of a parameter come from: a field of the query language, other tickets or the orders
#: of the same customer, or a list given.
_TICKETS = "tickets"
_ORDERS = "orders"
_FIELD_OF = MappingProxyType(
    {
        "to": "assignee",
        "tag": "tag",
        "channel": "channel",
        "into": _TICKETS,
        "order": _ORDERS,
    }
)
_NO_LISTS: Mapping[str, Sequence[Choice]] = MappingProxyType({})
_NONE_LIKELY: Mapping[str, Choice] = MappingProxyType({})
#: Values that a digit takes where nothing was typed.
_DIGITS = 9
_WHEN = (
    ("2h", marked("two hours from now")),
    ("tomorrow", marked("9:00 tomorrow")),
    ("monday", marked("9:00 on the next Monday")),
    ("1w", marked("this time in a week")),
    ("18:00", marked("when the clock shows that next")),
    ("2026-12-01 14:30", marked("a day and a time")),
)


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: the whole line after it is taken, and how it is shown."""

    line: str
    text: SafeText
    note: SafeText
    key: SafeText


class Words:
    """The words of the `:` line.

    Args:
        commands: those that can be called here.
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = {command.id: command for command in commands}
        self._by_word: dict[str, list[Command]] = {}
        for command in self._commands.values():
            self._by_word.setdefault(command.id.partition(".")[2], []).append(command)

    def word_of(self, command: Command) -> str:
        """The word that a line begins with to call a command."""
        area, _, last = command.id.partition(".")
        alone = len(self._by_word.get(last, ())) == 1
        return last if alone and area in _SHORT_AREAS else command.id

    def find(self, word: str) -> Command:
        """The command that a word calls.

        Raises:
            UsageError: none or several.
        """
        name = word.strip().lower().replace("-", "_")
        other = self._commands.get(_OTHER_NAMES.get(name, name))
        if other is not None:
            return other
        found = self._called(name)
        if len(found) == 1:
            return found[0]
        shown = clean(word[:40], multiline=False)
        if found:
            some = clean(", ".join(self.word_of(command) for command in found[:6]))
            raise UsageError(say("{word} is not clear: {some}", word=shown, some=some))
        raise UsageError(
            say("There is no command {word}", word=shown), "", say("Tab shows what there is")
        )

    def _called(self, name: str) -> list[Command]:
        every = self._commands.values()
        return (
            self._by_word.get(name)
            or [command for command in every if self.word_of(command).startswith(name)]
            or [command for command in every if command.id.partition(".")[2].startswith(name)]
        )

    def parse(self, line: str) -> Parsed:
        """Read a line.

        Raises:
            UsageError: no such command, or it is not told what it has to be.
        """
        word, _, rest = line.strip().partition(" ")
        command = self.find(word)
        params = _values(command, rest.split())
        for each in missing(command, params):
            raise UsageError(
                say(
                    "{title} needs one more thing: {label}",
                    title=say(command.title),
                    label=say(each.label),
                )
            )
        return Parsed(command, params)

    def begins(self, line: str) -> list[Command]:
        """The commands whose name a line may be the beginning of, the likeliest first."""
        name = line.strip().lower().replace("-", "_")
        starts, within = [], []
        for command in self._commands.values():
            if self.word_of(command).startswith(name) or command.id.startswith(name):
                starts.append(command)
            elif folded(name) in folded(say(command.title)):
                within.append(command)
        return [*starts, *within]


def _values(command: Command, tokens: list[str]) -> dict[str, object]:
    """What the words of a line say to the parameters of a command."""
    params: dict[str, object] = {}
    open_ones = told(command)
    names = {each.name for each in open_ones}
    while tokens:
        name, equals, value = tokens[0].partition("=")
        if equals and name in names and name not in params:
            params[name] = value
            open_ones = [each for each in open_ones if each.name != name]
            del tokens[0]
            continue
        if not open_ones:
            extra = clean(" ".join(tokens)[:40], multiline=False)
            raise UsageError(say("{title} takes no {extra}", title=say(command.title), extra=extra))
        taken = open_ones.pop(0)
        if taken.kind == "fields":
            params[taken.name] = _fields(tokens)
            break
        if not open_ones:
            params[taken.name] = " ".join(tokens)
            break
        params[taken.name] = tokens.pop(0)
    return params


def _fields(tokens: list[str]) -> dict[str, str]:
    fields = {}
    for token in tokens:
        name, equals, value = token.partition("=")
        if not equals or not name:
            shown = clean(token[:40], multiline=False)
            raise UsageError(say("{word} has to be written as name=value", word=shown))
        fields[name] = value
    return fields


class CommandLine:
    """What is typed after `:`.

    Args:
        keymap: whose keys stand beside the completions.
        readers: read the values that a database has.
        lists: values that no database has, each with a word about it, by the name of the parameter.
    """

    def __init__(
        self, keymap: Keymap, readers: Asking, lists: Mapping[str, Sequence[Choice]] | None = None
    ) -> None:
        #: Text, completions or error are different.
        self.changed: Signal[[]] = Signal()
        self.text = ""
        self.completions: tuple[Completion, ...] = ()
        #: The completion that is chosen; -1: none.
        self.cursor = -1
        self.error: DesktermError | None = None
        self._keymap = keymap
        self._readers = readers
        self._lists = dict(lists or {})
        self._words = Words(())
        self._known: dict[str, list[Choice]] = {}
        self._ticket_id: int | None = None
        self._own = _NO_LISTS
        self._likely = _NONE_LIKELY

    def open(
        self,
        commands: Iterable[Command],
        text: str = "",
        *,
        ticket_id: int | None = None,
        own: Mapping[str, Sequence[Choice]] = _NO_LISTS,
        likely: Mapping[str, Choice] = _NONE_LIKELY,
    ) -> None:
        """Begin a line in which these commands can be called, about that ticket.

        Args:
            own: values that only this ticket has, by the name of the parameter.
            likely: the value that comes first and is chosen while nothing is typed.
        """
        self._words = Words(commands)
        self._known = {}
        self._ticket_id = ticket_id
        self._own, self._likely = own, likely
        self.text = ""
        self.edit(text)

    def ask(self, command: Command, params: Mapping[str, object]) -> str:
        """The beginning of a line that asks for what a command needs; `params` is what it is told
        already.
        """
        known = [str(params[each.name]) for each in told(command) if each.name in params]
        return " ".join((self._words.word_of(command), *known, ""))

    def edit(self, text: str) -> None:
        """Take over what is typed now."""
        self.text = text
        self.error = None
        self.cursor = -1
        self._complete()
        self.changed.emit()

    def move(self, step: int) -> None:
        """Choose the next completion, or the one before; beyond the ends none."""
        count = len(self.completions) + 1
        self.cursor = (self.cursor + 1 + step) % count - 1
        self.changed.emit()

    def take_digit(self, digit: int) -> bool:
        """Choose the value that a digit stands beside; False where there is none."""
        places = [place for place, one in enumerate(self.completions) if one.key == str(digit)]
        if not places or not self.text.endswith(" "):
            return False
        self.cursor = places[0]
        self.changed.emit()
        return True

    def take(self) -> str:
        """The line after Tab: the chosen completion, else what all begin with."""
        if not self.completions:
            return self.text
        if self.cursor >= 0:
            return self.completions[self.cursor].line
        lines = [completion.line for completion in self.completions]
        common = _common(lines)
        return common if len(common) > len(self.text) else lines[0]

    def parsed(self) -> Parsed | None:
        """What the line calls; None where it has a fault, which is then `error`."""
        line = self.completions[self.cursor].line if self.cursor >= 0 else self.text
        try:
            return self._words.parse(line)
        except UsageError as error:
            self.error = error
            self.changed.emit()
            return None

    def _complete(self) -> None:
        word, blank, rest = self.text.lstrip().partition(" ")
        if not blank:
            found = [self._as_completion(command) for command in self._words.begins(word)]
            self.completions = tuple(found[:MOST_COMPLETIONS])
            return
        try:
            command = self._words.find(word)
        except UsageError:
            self.completions = ()
            return
        head, _, last = f" {rest}".rpartition(" ")
        start = f"{word} {head.lstrip()} ".replace("  ", " ") if head.strip() else f"{word} "
        parameter = _parameter_of(command, rest)
        self.completions = () if parameter is None else self._values_of(parameter, start, last)
        if parameter is not None and parameter.name in self._likely and not last:
            self.cursor = 0

    def _as_completion(self, command: Command) -> Completion:
        word = self._words.word_of(command)
        return Completion(
            f"{word} " if told(command) else word,
            clean(word),
            say(command.title),
            clean(self._keymap.key_of(command.id)),
        )

    def _values_of(self, parameter: Parameter, start: str, typed: str) -> tuple[Completion, ...]:
        is_listed = parameter.name in self._lists or parameter.name in self._own
        if parameter.kind == "when":
            values = list(_WHEN) if not typed else [pair for pair in _WHEN if typed in pair[0]]
        elif is_listed:
            values = list(self._own.get(parameter.name) or self._lists.get(parameter.name, ()))
        else:
            values = self._read(_FIELD_OF.get(parameter.name, ""))
        if (likely := self._likely.get(parameter.name)) is not None:
            values = [likely, *(value for value in values if value[0] != likely[0])]
        is_numbered = is_listed and not typed and not any(each[0][:1].isdigit() for each in values)
        minus = "-" if parameter.name == "tag" and typed.startswith("-") else ""
        typed = typed.removeprefix(minus)
        return tuple(
            Completion(
                f"{start}{minus}{value}",
                clean(f"{minus}{value}", multiline=False),
                note if isinstance(note, SafeText) else say(note) if note else clean(""),
                clean(str(place) if is_numbered and place <= _DIGITS else ""),
            )
            for place, (value, note) in enumerate(values, 1)
            if folded(value).startswith(folded(typed))
        )[:MOST_COMPLETIONS]

    def _read(self, field: str) -> list[Choice]:
        """The values of a field; the first time they come later."""
        if field and field not in self._known:
            self._known[field] = []
            ticket_id = self._ticket_id
            self._readers.ask(
                "command-line",
                lambda reading: _values_in(reading, field, ticket_id),
                lambda values: self._take_values(field, values),
            )
        return self._known.get(field, [])

    def _take_values(self, field: str, values: list[Choice]) -> None:
        self._known[field] = values
        self._complete()
        self.changed.emit()


def _values_in(reading: ReadingPort, field: str, ticket_id: int | None) -> list[Choice]:
    if field == _ORDERS:
        return _orders_in(reading, ticket_id)
    if field != _TICKETS:
        return [(value, "") for value in reading.field_values(field)]
    others = reading.others_of_customer(ticket_id) if ticket_id is not None else []
    return [(other.ref, other.subject or other.preview) for other in others]


def _orders_in(reading: ReadingPort, ticket_id: int | None) -> list[Choice]:
    """The orders that a ticket is about, then the others of its customer."""
    found = reading.orders_of(ticket_id) if ticket_id is not None else None
    if found is None:
        return []
    own = [(one.ref, marked("of this ticket")) for one in found.orders]
    return [*own, *((one.ref, one.status) for one in found.others)]


def _parameter_of(command: Command, rest: str) -> Parameter | None:
    """The parameter that the last word of a line is for."""
    ordered = told(command)
    if not ordered:
        return None
    place = len(rest.split(" ")) - 1
    return ordered[min(place, len(ordered) - 1)]


def _common(lines: Sequence[str]) -> str:
    """The longest beginning that all lines share."""
    first, last = min(lines), max(lines)
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same]

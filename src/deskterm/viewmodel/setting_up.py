"""Setting up an account: what is asked, what has been answered, and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Protocol

from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, say, say_many
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.words import NOTHING, error_words

AGENT: Final = "agent"
NAME: Final = "name"
_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9_-]{1,40}")
_MASK: Final = "*"

What = Literal["channel", "field", "more", "done", "anyway"]
Then = Literal["stay", "ask", "submit"]


class Field(NamedTuple):
    """One thing an account needs; as a connector declares it."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""


class Channel(NamedTuple):
    """A channel that an account can be on."""

    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What an account is made of. `agent` is empty where nobody was asked for it; `is_there`: it
    has been added already, and is to be changed.
    """

    channel: str
    name: str
    fields: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)
    agent: str = ""
    is_there: bool = False


class SetUp(Protocol):
    """Makes accounts. Everything here may take its time, and is called in a thread."""

    @property
    def agent(self) -> str:
        """How the agent is called; from the settings, else the name of the login."""
        ...

    @property
    def is_named(self) -> bool:
        """Whether the settings have the agent's name."""
        ...

    def channels(self) -> Sequence[Channel]:
        """What there is; secrets are left out where they cannot be kept from here."""
        ...

    def keep_agent(self, name: str) -> None:
        """Write the agent's name into the settings.

        Raises:
            DesktermError: it cannot be written.
        """
        ...

    def add(self, answers: Answers) -> None:
        """Add the account, or change the one that is there, and keep its secrets.

        Raises:
            DesktermError: it was not done.
        """
        ...

    def check(self, name: str) -> Sequence[str]:
        """Sign in for real; what works, in words.

        Raises:
            DesktermError: it does not, and why.
        """
        ...


class Row(NamedTuple):
    """A line of the form."""

    what: What
    label: SafeText
    value: SafeText = NOTHING
    note: SafeText = NOTHING
    name: str = ""


class Form:
    """The form. What was typed stays in it when it is left, for as long as the console lasts.

    Args:
        channels: to choose from.
        agent: what stands in the field for the agent's name; None where it is not asked.
    """

    def __init__(self, channels: Sequence[Channel], agent: str | None) -> None:
        self.channel: Channel | None = channels[0] if len(channels) == 1 else None
        self.problem = NOTHING
        #: The account has been added; only what it was told can be changed now.
        self.is_there = False
        #: Whether settings that nobody has to know are shown.
        self.is_unfolded = False
        self.at = 0
        self._channels = channels
        self._asks_agent = agent is not None
        self._typed: dict[str, str] = {AGENT: agent or ""}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines, from above."""
        if self.channel is None:
            return tuple(
                Row("channel", clean(each.title, multiline=False), name=each.id)
                for each in self._channels
            )
        fields = self._fields
        shown = [each for each in fields if self.is_unfolded or _is_needed(each)]
        rows = [self._row(each) for each in shown]
        if hidden := len(fields) - len(shown):
            words = say_many("{count} more setting", "{count} more settings", hidden)
            rows.append(Row("more", words, note=say("they are seldom needed")))
        rows.append(Row("done", say("Try it"), note=say("signs in for real and says what works")))
        if self.is_there:
            rows.append(Row("anyway", say("Leave it so"), note=say("it is tried again by itself")))
        return tuple(rows)

    @property
    def current(self) -> Row:
        """The line that is chosen."""
        return self.rows[self.at]

    @property
    def text(self) -> str:
        """What stands in the chosen field; empty on other lines."""
        row = self.current
        return self._typed.get(row.name, "") if row.what == "field" else ""

    @property
    def is_secret(self) -> bool:
        """Whether what is typed must not be seen."""
        known = self._field(self.current.name)
        return self.current.what == "field" and known is not None and known.kind == "secret"

    def type(self, text: str) -> None:
        """The chosen field holds this."""
        if self.current.what == "field":
            self._typed[self.current.name] = text

    def complete(self) -> None:
        """The next of a few choices, or the usual value."""
        known = self._field(self.current.name)
        if known is None or self.current.what != "field":
            return
        now = self._typed.get(known.name, "") or known.default
        if known.choices:
            place = known.choices.index(now) + 1 if now in known.choices else 0
            self._typed[known.name] = known.choices[place % len(known.choices)]
        elif not self._typed.get(known.name) and known.default:
            self._typed[known.name] = known.default

    def move(self, step: int) -> None:
        """Choose another line."""
        self.at = max(0, min(self.at + step, len(self.rows) - 1))

    def choose(self, place: int) -> None:
        """Choose the line at a place."""
        self.at = max(0, min(place, len(self.rows) - 1))

    def take(self) -> Then:
        """Enter: on to the next line, or done."""
        row = self.current
        match row.what:
            case "channel":
                self.channel = next(one for one in self._channels if one.id == row.name)
                self.at = 0
            case "more":
                self.is_unfolded = True
            case "field":
                why = self._why_not(row.name)
                self.problem = why
                if not why:
                    self.move(1)
            case "done" | "anyway":
                return self._end(row.what)
        return "ask"

    def back(self) -> bool:
        """One step back: to the channels; False where there is none."""
        if self.channel is None or self.is_there or len(self._channels) == 1:
            return False
        self.channel, self.at, self.problem = None, 0, NOTHING
        return True

    def failed(self, error: DesktermError) -> None:
        """It did not work; the form is as it was."""
        self.problem = error_words(error)

    @property
    def answers(self) -> Answers:
        """What was typed."""
        assert self.channel is not None  # noqa: S101 - rows without a channel cannot be submitted
        given = {
            each.name: self._typed[each.name].strip()
            for each in self.channel.fields
            if each.kind != "secret" and self._typed.get(each.name, "").strip()
        }
        secrets = {
            each.name: self._typed[each.name]
            for each in self.channel.fields
            if each.kind == "secret" and self._typed.get(each.name)
        }
        return Answers(
            self.channel.id,
            self._account_name,
            given,
            secrets,
            self._typed[AGENT].strip() if self._asks_agent else "",
            self.is_there,
        )

    # Parts

    def _end(self, what: What) -> Then:
        if what == "anyway":
            return "submit"
        for place, row in enumerate(self.rows):
            if row.what == "field" and (why := self._why_not(row.name)):
                self.at, self.problem = place, why
                return "ask"
        self.problem = NOTHING
        return "submit"

    @property
    def _fields(self) -> tuple[Field, ...]:
        """All fields: first what is ours, then those that are needed, then the others."""
        if self.channel is None:
            return ()
        own = [Field(AGENT, say("Your name"), required=True, help=say("as it stands in replies"))]
        usual = _NOT_IN_A_NAME.sub("-", self.channel.id.lower())[:40]
        name = Field(NAME, say("Name of the account"), required=True, default=usual)
        fields = sorted(self.channel.fields, key=lambda each: not _is_needed(each))
        # The name is how it is found again: it stays once it is there.
        head = [*(own if self._asks_agent else []), *([] if self.is_there else [name])]
        return (*head, *(each for each in fields if each.name not in (AGENT, NAME)))

    def _field(self, name: str) -> Field | None:
        return next((each for each in self._fields if each.name == name), None)

    @property
    def _account_name(self) -> str:
        known = self._field(NAME)
        typed = self._typed.get(NAME, "").strip()
        default = known.default if known is not None else (self.channel or self._channels[0]).id
        return typed or default

    def _row(self, known: Field) -> Row:
        typed = self._typed.get(known.name, "")
        if known.kind == "secret":
            typed = _MASK * len(typed)
        value = clean(typed or known.default, multiline=False)
        note = heard(known.help) if known.help else NOTHING
        if known.choices:
            note = say("Tab: {choices}", choices=clean(" · ".join(known.choices)))
        return Row("field", heard(known.label), value, note, known.name)

    def _why_not(self, name: str) -> SafeText:
        """Why a field cannot stay as it is; empty when it can."""
        known = self._field(name)
        if known is None:
            return NOTHING
        value = self._typed.get(name, "").strip() or known.default
        label = heard(known.label)
        if not value:
            # An account that is there has its secrets already.
            kept = known.kind == "secret" and self.is_there
            return say("{field} is needed", field=label) if known.required and not kept else NOTHING
        if name == NAME and not _NAME.fullmatch(value):
            return say("A name has 1 to 40 of the characters a-z, 0-9, _ and -")
        if known.kind == "port" and not (value.isdecimal() and 0 < int(value[:6]) < 65_536):
            return say("{field} is a number up to 65535", field=label)
        if known.kind == "address" and value.count("@") != 1:
            return say("{field} is a mail address, with one @", field=label)
        if known.choices and value not in known.choices:
            choices = clean(", ".join(known.choices))
            return say("{field} is one of {choices}", field=label, choices=choices)
        return NOTHING


def _is_needed(known: Field) -> bool:
    return known.required or known.kind == "secret"

"""What a macro is. Plain data, read from files by `deskterm.macros.files`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from deskterm.macros.grammar import Body, Condition
from deskterm.macros.states import OrderState

#: `public`: everybody reads what is written there, such as the answer to a review.
ChannelKind = Literal["mail", "marketplace", "chat", "sms", "public"]
CHANNEL_KINDS: frozenset[ChannelKind] = frozenset(get_args(ChannelKind))
VariableKind = Literal["text", "date", "money", "number"]
ActionKind = Literal["tag", "status", "snooze", "assign"]
#: The channel of a text that is for all of them.
ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a text is to go: a channel's id, and what kind of channel it is."""

    id: str = "email"
    kind: ChannelKind = "mail"


@dataclass(frozen=True, slots=True)
class MacroVariant:
    """The text of a macro in one language, for one channel, one kind of channel or all.

    `line` is where the text begins in its file.
    """

    language: str
    channel: str
    body: Body
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class MacroAction:
    """What a macro does besides its text: adds a tag, sets a status, snoozes until then,
    assigns to an agent: a name, or `me` for who sends it.
    """

    kind: ActionKind
    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """Something the agent is asked for, `{{?name}}`.

    Args:
        labels: how it is asked, by language; without one by its name.
        fallbacks: what stands there when nothing is answered, by language. Of a date `+2`: two
            working days from today.
        choices: what is offered, by language.
    """

    name: str
    kind: VariableKind = "text"
    labels: Mapping[str, str] = field(default_factory=dict)
    fallbacks: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """How it is asked in that language."""
        return self.labels.get(language) or self.labels.get("en") or self.name


@dataclass(frozen=True, slots=True)
class Macro:
    """A named, reusable reply.

    Args:
        reason: the contact reason that it answers; empty for one that answers a situation.
        titles: by language.
        favours: states of the order that speak for it; `not_for` are those that rule it out.
        needs: fields without which it says nothing.
        when: conditions that all have to hold, or it is not offered.
        only_for: names of agents, in small letters, that it is offered to; empty: all.
        attach: names of files beside its own that go along with the text.
        asks: words and phrases of customers that call for it, by language.
        file: where it stands, and on which line.
    """

    id: str
    titles: Mapping[str, str]
    variants: tuple[MacroVariant, ...]
    reason: str = ""
    variables: tuple[Variable, ...] = ()
    actions: tuple[MacroAction, ...] = ()
    favours: frozenset[OrderState] = frozenset()
    not_for: frozenset[OrderState] = frozenset()
    needs: frozenset[str] = frozenset()
    when: tuple[Condition, ...] = ()
    only_for: frozenset[str] = frozenset()
    attach: tuple[str, ...] = ()
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    line: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has a text in, in the order of the file."""
        return tuple(dict.fromkeys(variant.language for variant in self.variants))

    def title(self, language: str) -> str:
        """Its title in that language, else in English, else the first."""
        return (
            self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()))
        )

    def variable(self, name: str) -> Variable:
        """What is known of a thing that is asked for; one not described is plain text."""
        return next((v for v in self.variables if v.name == name), Variable(name))

    def best(self, language: str, channel: Channel) -> MacroVariant:
        """The text for a channel: its own before its kind's before the one for all channels.

        A text in the language, if only for all channels, comes before one in another language.
        """
        return min(self.variants, key=lambda v: self._distance(v, language, channel))

    def fits(self, channel: Channel) -> bool:
        """Whether it may be used there: in public only with a text that is written for it."""
        places = (channel.id, channel.kind)
        return channel.kind != "public" or any(v.channel in places for v in self.variants)

    def _distance(
        self, variant: MacroVariant, language: str, channel: Channel
    ) -> tuple[bool, bool, int]:
        places = (channel.id, channel.kind, ANYWHERE)
        fits = variant.channel in places
        near = places.index(variant.channel) if fits else len(places)
        return not fits, variant.language != language, near


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file of macros. `skipped`: what it stands in is not used.

    Args:
        line: from 1; 0 where the file as a whole is meant. `column` likewise.
    """

    file: str
    line: int
    text: str
    macro: str = ""
    column: int = 0
    skipped: bool = True

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.macro}: {self.text}" if self.macro else f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Library:
    """All macros of a shop by their id, the bundled ones and its own, and what was wrong."""

    macros: Mapping[str, Macro] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Macro]:
        return iter(self.macros.values())

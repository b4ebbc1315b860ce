"""What readers show of macros. Plain data; what is shown is `SafeText` from here on."""

from __future__ import annotations

from typing import NamedTuple

from deskterm.text.clean import SafeText


class ReasonView(NamedTuple):
    """One piece of why a macro is suggested.

    Args:
        kind: `says` (words of the customer), `order` (its state), `reason` (the contact reason) or
            `used` (how often).
        value: the words, the state, the reason; of `used` nothing.
        times: of `used`; `of` so many in which it could have been; 0: not known.
        days: of `order`: since when, where that is known.
    """

    kind: str
    value: SafeText
    times: int = 0
    of: int = 0
    days: int | None = None


class PartView(NamedTuple):
    """One number of the sum behind a suggestion, in hundredths.

    Args:
        kind: as in `deskterm.macros.ranking.Part`.
        name: of a concept, a state of the order, a contact reason; empty: none.
        said: the customer's words behind it; empty: none.
    """

    kind: str
    name: str
    said: SafeText
    value: float


class SuggestionView(NamedTuple):
    """A macro that may answer, and why; `parts` add up to what it weighs."""

    macro: str
    title: SafeText
    reasons: tuple[ReasonView, ...]
    parts: tuple[PartView, ...] = ()


class LikelyReason(NamedTuple):
    """A contact reason that a ticket seems to have; `sure`: so likely that one key may take it."""

    reason: str
    sure: bool


class TicketMacros(NamedTuple):
    """The macros that may answer a ticket, the likeliest first.

    Args:
        version: of the shop's files: another number after each time that they were read.
        mistakes: what is wrong in them so that it is left out, each with file and line.
        watched: whether the shop has files of its own, which may change.
        suggested_reason: the contact reason that the first of them answers, where the ticket has
            none; empty: none.
    """

    ticket_id: int
    items: tuple[SuggestionView, ...]
    version: int
    mistakes: tuple[SafeText, ...] = ()
    watched: bool = False
    suggested_reason: str = ""


class SpanView(NamedTuple):
    """A place in a filled text; `kind` and `origin` as in `deskterm.macros.fill.Span`.

    Args:
        name: the field's path, or the name of what is asked.
        label: how it is asked for; of a field what it holds, in English.
        choices: what may be answered.
    """

    start: int
    end: int
    kind: str
    name: SafeText
    origin: str
    label: SafeText
    choices: tuple[SafeText, ...] = ()


class FilledView(NamedTuple):
    """A macro with the values of a ticket.

    Args:
        text: as it would be sent, but for its gaps.
        reason: the contact reason that it answers; empty: none.
        tags, status, snooze, assign: what is to follow when it is sent; empty: nothing.
        attach: paths of the files that go along.
    """

    macro: str
    title: SafeText
    text: str
    spans: tuple[SpanView, ...]
    language: str
    reason: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    snooze: str = ""
    assign: str = ""
    attach: tuple[str, ...] = ()

    @property
    def follow(self) -> dict[str, str]:
        """What is to follow, as parameters of `ticket.reply`."""
        wanted = {
            "macro": self.macro,
            "then_reason": self.reason,
            "then_tags": " ".join(self.tags),
            "then_status": self.status,
            "then_snooze": self.snooze,
            "then_assign": self.assign,
        }
        return {name: value for name, value in wanted.items() if value}

    @property
    def gaps(self) -> tuple[SpanView, ...]:
        """What is still to be asked or to be found."""
        return tuple(span for span in self.spans if span.kind in ("gap", "missing"))


class MacroView(NamedTuple):
    """A macro to choose from. `words`: what it can be found by besides its title. `times`: how
    often the agent has sent it.
    """

    macro: str
    title: SafeText
    words: SafeText
    reasons: tuple[ReasonView, ...] = ()
    suggested: bool = False
    times: int = 0

"""Macros in words: why one is suggested, and what is missing in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from deskterm.i18n import marked, say, say_many
from deskterm.service.reading.macro_rows import (
    MacroView,
    PartView,
    ReasonView,
    SpanView,
    SuggestionView,
)
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.choices import REASONS
from deskterm.viewmodel.offers import folded
from deskterm.viewmodel.words import NOTHING

#: Macros that are shown for what was typed.
MOST_FOUND: Final = 60
#: Values of a place that are offered in words.
_MOST_CHOICES: Final = 4
#: Hundredths below which a part of a sum has no line of its own.
_SLIGHT: Final = 0.5

_STATES: Mapping[str, str] = MappingProxyType(
    {
        "no_order": marked("no order is known"),
        "has_order": marked("the order is known"),
        "unpaid": marked("the order is not paid"),
        "paid": marked("the order is paid and has not been sent"),
        "part_shipped": marked("a part of the order has been sent"),
        "shipped": marked("the order is on its way"),
        "late": marked("the order is late"),
        "stuck": marked("the parcel has not moved for days"),
        "delivered": marked("the order was delivered"),
        "just_delivered": marked("the order was delivered within a week"),
        "delivered_earlier": marked("the order was delivered more than a week ago"),
        "returned_to_sender": marked("the parcel came back"),
        "returning": marked("goods are on their way back"),
        "returned": marked("goods have come back"),
        "refunded": marked("money was given back"),
        "cancelled": marked("the order was cancelled"),
        "outside_eu": marked("the order goes out of the European Union"),
    }
)
#: Why a place has no value, by where it would come from.
_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "order": marked("{name} comes from the order, which does not tell it"),
        "customer": marked("{name} comes from the customer, whose channel does not tell it"),
        "ticket": marked("{name} comes from the ticket, which does not have it"),
        "channel": marked("{name} comes from the channel, which does not tell it"),
        "agent": marked("{name} comes from your settings (agent.name), where it is not set"),
        "facts": marked("{name} comes from facts.toml, where it does not stand"),
        "macros": marked("{name} comes from another macro, which there is not"),
    }
)


def why(reasons: Sequence[ReasonView]) -> SafeText:
    """What speaks for a macro, in one line."""
    said = [one for one in reasons if one.kind == "says"]
    parts = [_said(said)] if said else []
    return clean(", ".join([*parts, *(reason(one) for one in reasons if one.kind != "says")]))


def _said(reasons: Sequence[ReasonView]) -> SafeText:
    texts = (clean(one.value.replace("*", "…"), multiline=False) for one in reasons)
    words = clean(", ".join(say("“{words}”", words=text) for text in texts))
    return say("the customer writes {words}", words=words)


def reason(one: ReasonView) -> SafeText:
    """One piece of why."""
    match one.kind:
        case "says":
            return _said([one])
        case "order":
            return _state(one.value, one.days)
        case "reason":
            return _contact_reason(one.value)
    return _used(one.times, one.of)


def _state(value: SafeText, days: int | None = None) -> SafeText:
    state = say(_STATES[value]) if value in _STATES else value
    if not days:
        return state
    return say_many("{state} ({count} day)", "{state} ({count} days)", days, state=state)


def _contact_reason(value: SafeText) -> SafeText:
    known = REASONS.get(value)
    return say("contact reason: {reason}", reason=say(known) if known else value)


def _used(times: int, of: int) -> SafeText:
    """`you used it 14 of 16 times`; where it is told only how often it was used, that."""
    if of <= times:
        return say_many("you used it {count} time", "you used it {count} times", times)
    return say_many(
        "you used it {times} of {count} time",
        "you used it {times} of {count} times",
        of,
        times=times,
    )


def perhaps(reason: str, first: SuggestionView, key: SafeText) -> SafeText:
    """A contact reason that nobody has given yet: why it is suggested, the key that takes it."""
    told = say("Reason {reason}?", reason=say(REASONS.get(reason, reason)))
    speaks = [one for one in first.reasons if one.kind == "says"]
    because = _said(speaks[:1]) if speaks else NOTHING
    takes = say("{key} takes it", key=key) if key else NOTHING
    return clean(" · ".join(part for part in (told, because, takes) if part), multiline=False)


def likely(reason: str, first: SuggestionView) -> tuple[str, SafeText]:
    """The same as something to choose: its name, and in words what it is."""
    told = say(REASONS.get(reason, reason))
    because = why(first.reasons[:1])
    return reason, clean(f"{told} · {because}" if because else told, multiline=False)


def with_uses(macro: MacroView) -> SafeText:
    """How often the agent has used a macro, where they have, and what it says."""
    if not macro.times:
        return macro.words
    return clean(f"{_used(macro.times, 0)} · {macro.words}", multiline=False)


def sum_of(suggestion: SuggestionView) -> Iterator[SafeText]:
    """The whole sum behind a suggestion, a line for each part; small ones are put together."""
    shown = [part for part in suggestion.parts if abs(part.value) >= _SLIGHT]
    for part in shown:
        yield clean(f"{part.value:+.0f} {_part(part)}", multiline=False)
    if rest := sum(part.value for part in suggestion.parts if part not in shown):
        yield clean(f"{rest:+.0f} {say('what is left')}", multiline=False)
    if suggestion.parts:
        whole = sum(part.value for part in suggestion.parts)
        yield clean(f"= {whole:.0f} {say('of 100')}", multiline=False)


def _part(part: PartView) -> SafeText:
    match part.kind:
        case "concept" | "words":
            return say("“{words}”", words=part.said)
        case "order":
            return _state(clean(part.name, multiline=False))
        case "reason":
            return _contact_reason(clean(part.name, multiline=False))
        case "used":
            return say("how often you used it")
        case "picks":
            return say("messages like this that it answered")
        case "lacking":
            return say("what it speaks of is not known here")
    return clean(part.kind, multiline=False)


def missing(span: SpanView) -> SafeText:
    """Why a place has no value, and where it would come from."""
    if span.origin != "asked":
        words = _MISSING.get(span.origin, marked("{name} has no value"))
        return say(words, name=span.name)
    asked = span.label or span.name
    if not span.choices:
        return say("{asked}: only you can say this", asked=asked)
    some = clean(" / ".join(span.choices[:_MOST_CHOICES]), multiline=False)
    return say("{asked}: only you can say this, for example {some}", asked=asked, some=some)


def open_places(gaps: Sequence[SpanView], key: SafeText) -> SafeText:
    """What is to be done before it can be sent; `key` goes on to the next place."""
    if not gaps:
        return NOTHING
    first = missing(gaps[0])
    if len(gaps) == 1:
        return say("Not ready to send. {first}", first=first)
    return say_many(
        "Not ready to send. {first} · {count} more, {key} goes to it",
        "Not ready to send. {first} · {count} more, {key} goes to the next",
        len(gaps) - 1,
        first=first,
        key=key,
    )


def found(macros: Sequence[MacroView], typed: str) -> list[MacroView]:
    """The macros that fit what was typed, the best first; in their order where nothing was.

    What stands in the title counts most, then its letters in their order, then the text.
    """
    wanted = folded(typed).split()
    if not wanted:
        return list(macros[:MOST_FOUND])
    ranked = [
        (rank, place)
        for place, macro in enumerate(macros)
        if (rank := _rank(macro, wanted)) is not None
    ]
    return [macros[place] for _, place in sorted(ranked)[:MOST_FOUND]]


def _rank(macro: MacroView, wanted: Sequence[str]) -> int | None:
    """How well a macro fits, 0 best; None where it does not."""
    title = folded(macro.title)
    if title.startswith(" ".join(wanted)):
        return 0
    if all(any(part.startswith(word) for part in title.split()) for word in wanted):
        return 1
    names = f"{title} {macro.macro}"
    if all(word in names for word in wanted):
        return 2
    if _stand_in_order("".join(wanted), names):
        return 3
    text = f"{names} {folded(macro.words)}"
    return 4 if all(word in text for word in wanted) else None


def _stand_in_order(letters: str, text: str) -> bool:
    """Whether the letters come in the text one after another."""
    ahead = iter(text)
    return all(letter in ahead for letter in letters)

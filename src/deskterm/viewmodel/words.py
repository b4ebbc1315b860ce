"""Words and figures of the console: states, symbols, titles. All of it goes through the catalogue.

Nothing here is from outside but names and titles, which come in clean.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.i18n import heard, marked, say
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.sorting import order_of

if TYPE_CHECKING:
    from deskterm.service.reading.rows import LinkView
    from deskterm.service.reading.ticket_rows import TicketRow

NOTHING: Final = clean("")
"""No words. The catalogue has an entry for the empty message, which is no message."""

_MINUTE: Final = 60

_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "new": marked("new"),
        "open": marked("open"),
        "waiting_customer": marked("waiting for the customer"),
        "waiting_partner": marked("waiting for a partner"),
        "snoozed": marked("snoozed"),
        "resolved": marked("resolved"),
        "closed": marked("closed"),
        "spam": marked("spam"),
    }
)
_DELIVERY: Mapping[str, str] = MappingProxyType(
    {
        DeliveryState.HELD: marked("held"),
        DeliveryState.SCHEDULED: marked("leaves later"),
        DeliveryState.QUEUED: marked("leaves next"),
        DeliveryState.SENDING: marked("sending"),
        DeliveryState.RETRY_LATER: marked("tried again later"),
        DeliveryState.UNKNOWN: marked("may have gone out"),
        DeliveryState.SETTLING: marked("being looked for"),
        DeliveryState.ASK_AGENT: marked("you decide"),
        DeliveryState.NEEDS_EDIT: marked("stopped"),
        DeliveryState.SENT: marked("sent"),
        DeliveryState.WITHDRAWN: marked("taken back"),
    }
)
_PRIORITY: Mapping[str, str] = MappingProxyType(
    {
        "low": marked("low"),
        "normal": marked("normal"),
        "high": marked("high"),
        "urgent": marked("urgent"),
    }
)
_LINKS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("duplicate_of", True): marked("merged into {ref}"),
        ("duplicate_of", False): marked("holds {ref}"),
        ("related_to", True): marked("split off {ref}"),
        ("related_to", False): marked("{ref} was split off"),
    }
)
_ACCOUNT: Mapping[str, str] = MappingProxyType(
    {
        "ok": marked("ok"),
        "syncing": marked("syncing"),
        "retrying": marked("trying again"),
        "paused": marked("paused"),
        "sign_in": marked("sign in again"),
        "asks": marked("asks you"),
        "broken": marked("broken"),
        "": marked("not synced yet"),
    }
)


class Symbols(NamedTuple):
    """The few signs beside words, each one cell wide; every one has a word as well."""

    needs_us: SafeText
    waiting: SafeText
    attention: SafeText
    outgoing: SafeText
    draft: SafeText
    unread: SafeText
    cursor: SafeText
    bar: SafeText
    missing: SafeText
    more: SafeText
    dot: SafeText
    marked: SafeText
    marked_here: SafeText
    urgent: SafeText
    angry: SafeText
    grave: SafeText


_UNICODE = Symbols(
    *map(clean, ("●", "○", "◆", "▸", "✎", "•", ">", "▌", "· · ·", "…", "·", "✓", "»", "!")),
    *map(clean, ("↯", "▲")),
)
_ASCII = Symbols(
    *map(clean, ("*", "o", "+", "^", "#", "'", ">", "|", ". . .", "~", "-", "x", "X", "!")),
    *map(clean, ("%", "&")),
)


def symbols(ascii: bool) -> Symbols:  # noqa: A002 - what the setting is called
    """The signs for a terminal, or for one without UTF-8."""
    return _ASCII if ascii else _UNICODE


def mark_of(row: TicketRow, signs: Symbols) -> tuple[SafeText, SafeText]:
    """The sign of a ticket's state, and the same as a word: what wants to be seen most first."""
    if row.attention is not None:
        return signs.attention, say("attention")
    if row.outgoing is not None:
        return signs.outgoing, say("on its way")
    if row.has_draft:
        return signs.draft, say("draft")
    if row.needs_us:
        return signs.needs_us, say("needs us")
    if row.status in ("waiting_customer", "waiting_partner"):
        return signs.waiting, say("waiting")
    return clean(" "), status(row.status)


# States


def status(name: str) -> SafeText:
    """A ticket's status in words."""
    return say(_STATUS[name]) if name in _STATUS else clean(name, multiline=False)


def priority(name: str) -> SafeText:
    """A priority in words."""
    return say(_PRIORITY[name]) if name in _PRIORITY else clean(name, multiline=False)


def link(one: LinkView) -> SafeText:
    """What another ticket has to do with this one."""
    words = _LINKS.get((one.kind, one.outward))
    ref = clean(one.ref)
    return ref if words is None else say(words, ref=ref)


def duration(seconds: int) -> SafeText:
    """How long a call took: `40 s`, `5 min`, `1 h 5 min`."""
    if seconds < _MINUTE:
        return say("{count} s", count=seconds)
    minutes = round(seconds / _MINUTE)
    if minutes < 60:
        return say("{count} min", count=minutes)
    return say("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def delivery(state: str) -> SafeText:
    """Where a reply stands, in words."""
    return say(_DELIVERY[state]) if state in _DELIVERY else clean(state, multiline=False)


def account_state(state: str) -> SafeText:
    """How an account does, in words."""
    return say(_ACCOUNT[state]) if state in _ACCOUNT else clean(state, multiline=False)


def size(count: int) -> SafeText:
    """Bytes in one unit: `840 B`, `12 kB`, `3.4 MB`."""
    if count < 1_000:
        return say("{count} B", count=count)
    if count < 1_000_000:
        return say("{count} kB", count=round(count / 1_000))
    return say("{number} MB", number=_with_point(count / 1_000_000))


def number(count: int) -> SafeText:
    """A figure with its thousands apart: `12,480`."""
    return clean(f"{count:,}".replace(",", say(",")))


def _with_point(amount: float) -> SafeText:
    return clean(f"{amount:.1f}".replace(".", say(".")))


# The list


def view_title(view: View) -> SafeText:
    """The title of a view; a query is its own."""
    if view.id == "query":
        return say("Search: {query}", query=clean(view.title, multiline=False))
    return say(view.title)


def list_title(view: View, count: int) -> SafeText:
    """The title over a list: `Needs us · 38`; an order that was chosen is named."""
    title = view_title(view)
    if view.usual:
        title = say("{title} · {order}", title=title, order=order_of(view))
    if view.narrowed:
        query = clean(view.narrowed, multiline=False)
        return say("{title} · {query} · {count}", title=title, query=query, count=number(count))
    return say("{title} · {count}", title=title, count=number(count))


def position(cursor: int, count: int) -> SafeText:
    """Where a cursor stands: `3 of 38`; empty for an empty list."""
    if not count:
        return NOTHING
    return say("{place} of {count}", place=number(cursor + 1), count=number(count))


def list_state(state: str, view: View, error: DesktermError | None) -> SafeText:
    """What a list without rows says."""
    if state == "loading":
        return say("Reading…")
    if state == "failed" and error is not None:
        return error_words(error)
    if state == "bare":
        return say("No message has come yet. Each one appears here as soon as it is there.")
    if state != "empty":
        return NOTHING
    if view.narrowed:
        return say("Nothing fits. Esc brings the whole view back.")
    return say(_EMPTY.get(view.id, _EMPTY["query"]))


_EMPTY: Mapping[str, str] = MappingProxyType(
    {
        "needs_us": marked("Nothing needs us. All answered."),
        "mine": marked("No ticket is assigned to you."),
        "unowned": marked("Every ticket has an owner."),
        "snoozed": marked("Nothing is snoozed."),
        "waiting": marked("No ticket waits for its customer."),
        "drafts": marked("Nothing is being written."),
        "all": marked("There are no tickets yet."),
        "query": marked("No ticket fits."),
    }
)


def error_words(error: DesktermError) -> SafeText:
    """An error in one text: what happened, what was kept, what to do."""
    parts = (error.title, error.explanation, error.advice)
    return clean(". ".join(heard(part.rstrip(".")) for part in parts if part))

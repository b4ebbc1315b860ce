"""What a conversation looks like: the lines of its header and of each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from deskterm.domain.triage import NORMAL
from deskterm.i18n import heard, say, say_many
from deskterm.service.reading.rows import ConversationView, Details, Entry, FileView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.blocks import Block
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, joined, part, wrap
from deskterm.viewmodel import moods, time_words, words
from deskterm.viewmodel.choices import REASONS
from deskterm.viewmodel.urgency import why_here
from deskterm.viewmodel.words import Symbols

GUTTER = 2
"""Cells to the left of the text: the mark of the cursor and the bar of a note."""

_GAP = blanks(2)


@dataclass(frozen=True, slots=True)
class Look:
    """What the lines depend on beside what they say.

    Args:
        width: cells of a line.
        now: for words like yesterday.
        zone: of the clock on the wall.
        symbols: the marks.
        key: the key of a command, as people write it.
    """

    width: int
    now: datetime
    zone: tzinfo
    symbols: Symbols
    key: Callable[[str], SafeText]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it is shown: with quoted text (`whole`) and headers where somebody asked."""

    entry: Entry
    whole: SafeText | None = None
    details: Details | None = None


def header(view: ConversationView, look: Look, hint: SafeText = EMPTY) -> tuple[Line, ...]:
    """What stands above the conversation: tags, owner, reason, the customer's mood, and what wants
    to be looked at.

    Args:
        hint: the reason that it seems to have, where nobody has given one.
    """
    facts = []
    if view.tags:
        facts.append(say("Tags {tags}", tags=joined(*view.tags, by=", ")))
    if view.ticket.assignee is not None:
        facts.append(say("Assigned to {agent}", agent=view.ticket.assignee))
    if view.ticket.reason is not None:
        reason = REASONS.get(view.ticket.reason, view.ticket.reason)
        facts.append(say("Reason {reason}", reason=say(reason)))
    if view.ticket.priority != NORMAL:
        facts.append(say("Priority {name}", name=words.priority(view.ticket.priority)))
    facts += map(words.link, view.links)
    lines = [(joined(*facts, by=" · "), "conversation--header")] if facts else []
    if hint and view.ticket.reason is None:
        lines.append((hint, "conversation--header"))
    if view.mood is not None and (findings := joined(*moods.told(view.mood), by=" · ")):
        if moods.calls_for_care(view.mood):
            findings = joined(clean(look.symbols.urgent), findings, by=" ")
            lines.append((findings, "conversation--warning"))
        else:
            lines.append((findings, "conversation--header"))
    if why := why_here(view.ticket, look.now):
        lines.append((why, "conversation--header"))
    if view.ticket.attention is not None:
        warning = joined(clean(look.symbols.attention), heard(view.ticket.attention), by=" ")
        lines.append((warning, "conversation--warning"))
    bar = clean(look.symbols.bar + " ")
    return tuple((Piece(bar, style), Piece(text, style)) for text, style in lines)


def entry_block(shown: Shown, look: Look) -> Block:
    """The lines of an entry: who and when, what it says, its files, and a blank one."""
    entry = shown.entry
    text = entry.text if shown.whole is None else shown.whole
    room = max(1, look.width - GUTTER)
    tail = [
        *(_file(file) for file in entry.files),
        *_quoted(shown, look),
    ]
    return Block(
        head=(_head(entry, look), *_reason(entry, room), *_details(shown, room, look)),
        text=text,
        spans=wrap(text, room) if text else (),
        tail=(*tail, ()),
        text_style=_style(entry),
    )


def _style(entry: Entry) -> str:
    if entry.kind != "message":
        return f"conversation--{entry.kind}"
    return "conversation--ours" if entry.ours else "conversation--theirs"


def _head(entry: Entry, look: Look) -> Line:
    """Author, time and marks; what kind of thing it is stands in words."""
    name = entry.author or entry.address
    if entry.call:
        who = _call(entry, name)
    elif entry.kind == "note":
        who = say("note · {author}", author=name)
    elif entry.kind == "outgoing":
        who = say("reply · {author} · {state}", author=name, state=_delivery(entry, look))
    else:
        who = say("You ({author})", author=name) if entry.ours else name
    marks = [time_words.clock(entry.at, look.zone, look.now)]
    if entry.automatic is not None:
        marks.append(say("automatic"))
    if entry.unreadable:
        marks.append(say("could not be read in full"))
    style = f"conversation--head {_style(entry)}"
    return (
        Piece(who, style),
        Piece(_GAP),
        Piece(joined(*marks, by=" · "), "conversation--time"),
    )


def _call(entry: Entry, name: SafeText) -> SafeText:
    """A call: who called, and how long it took."""
    length = words.duration(entry.duration_s)
    if entry.call == "inbound":
        return say("call of the customer · {length} · {author}", length=length, author=name)
    return say("call to the customer · {length} · {author}", length=length, author=name)


def _delivery(entry: Entry, look: Look) -> SafeText:
    """Where a reply stands that has not left yet."""
    state = words.delivery(entry.state)
    if entry.send_at is not None:
        state = time_words.due(entry.send_at, look.zone, look.now)
        return say("leaves {time} · {key} takes it back", time=state, key=look.key("app.undo"))
    if entry.hold_until is None:
        return state
    return say("{state} · {key} takes it back", state=state, key=look.key("app.undo"))


def _reason(entry: Entry, room: int) -> tuple[Line, ...]:
    """Why an outgoing reply waits."""
    if entry.reason is None:
        return ()
    reason = heard(entry.reason)
    spans = wrap(reason, room)
    return tuple((Piece(part(reason, *span), "conversation--warning"),) for span in spans)


def _details(shown: Shown, room: int, look: Look) -> tuple[Line, ...]:
    """Headers of a message, one a line; long ones are wrapped."""
    details = shown.details
    if details is None:
        return ()
    sent = time_words.exactly(details.sent_at, look.zone) if details.sent_at else EMPTY
    fields: Sequence[tuple[SafeText, SafeText]] = (
        (say("From"), details.sender),
        (say("To"), details.to),
        (say("Cc"), details.cc),
        (say("Subject"), shown.entry.subject),
        (say("Sent"), sent),
        (say("Received"), time_words.exactly(details.received_at, look.zone)),
        (say("Message-ID"), details.message_id),
        (say("Size"), words.size(details.size)),
    )
    lines: list[Line] = []
    for name, value in fields:
        if value:
            text = say("{name}: {value}", name=name, value=value)
            lines.extend((Piece(part(text, *span), "line--dim"),) for span in wrap(text, room))
    return tuple(lines)


def _file(file: FileView) -> Line:
    """An attachment: the name comes first and may be cut, so it stands with its type behind it."""
    facts = joined(file.mime, words.size(file.size), by=" · ")
    return (
        Piece(say("file"), "line--dim"),
        Piece(_GAP),
        Piece(joined(facts, file.filename, by=" · "), "conversation--file"),
    )


def _quoted(shown: Shown, look: Look) -> tuple[Line, ...]:
    """A line about the text that is left away, and the key that shows or hides it."""
    key = look.key("message.quote")
    if shown.whole is not None:
        text = say("{key} hides the quoted text", key=key)
    elif shown.entry.hidden:
        count = say_many(
            "{count} character quoted", "{count} characters quoted", shown.entry.hidden
        )
        text = say("{what} · {key} shows them", what=count, key=key)
    else:
        return ()
    return ((Piece(text, "line--dim"),),)

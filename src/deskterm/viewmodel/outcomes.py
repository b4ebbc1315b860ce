"""What a notice says when the office has done a command, or has refused it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from deskterm.domain.clock import from_text
from deskterm.domain.errors import DesktermError
from deskterm.i18n import heard, marked, say, say_many
from deskterm.service.command import Command
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import moods, time_words, words
from deskterm.viewmodel.choices import REASONS
from deskterm.viewmodel.ports import Result

_UNDO = "app.undo"
_REDO = "app.redo"

_DONE = MappingProxyType(
    {
        "ticket.resolve": marked("Resolved {ref}"),
        "ticket.reopen": marked("Reopened {ref}"),
        "ticket.no_reply_needed": marked("{ref} needs no reply"),
        "ticket.spam": marked("{ref} is spam"),
        "ticket.not_spam": marked("{ref} is no spam"),
        "ticket.phone_log": marked("Call kept on {ref}"),
        "order.refresh": marked("Asking the channel about the orders of {ref}"),
    }
)
_DONE_ONCE = MappingProxyType(
    {
        "sync.now": marked("Looking for news"),
        "outbox.take_back": marked("Taken back: it is a draft again"),
        "outbox.send_anyway": marked("It will be sent"),
        "outbox.send_again": marked("It will be sent again"),
        "outbox.mark_sent": marked("Marked as sent"),
        "outbox.send_later": marked("It leaves at that time"),
        "outbox.pause": marked("All sending is stopped"),
        "outbox.resume": marked("Replies leave again"),
        "account.add": marked("The account is there; its sync begins"),
        "account.remove": marked("The account is not used any more"),
        "customer.erase": marked("Erased for good"),
    }
)
#: Not undone by a key: nothing of ours is changed by them, or a secret place is.
_NOT_UNDONE = frozenset({"sync.now", "order.refresh", _UNDO, _REDO})
_AREAS_NOT_UNDONE = ("account.", "customer.", "outbox.")


class Outcomes:
    """Words for the ends of commands.

    Args:
        key_of: the key of a command, as people write it; empty if it has none.
        now: the present.
        zone: of the times that are said.
        titles: titles of commands by their ids.
    """

    def __init__(
        self,
        key_of: Callable[[str], str],
        now: Callable[[], datetime],
        zone: tzinfo,
        titles: Mapping[str, str],
    ) -> None:
        self._key_of = key_of
        self._now = now
        self._zone = zone
        self._titles = titles

    def done(self, command: Command, result: Result) -> SafeText:
        """What was done, its key, and how it is undone: `Resolved k7m2q9 · e · z undoes`."""
        if command.id in (_UNDO, _REDO):
            return self._reverted(command, result)
        parts = [self._act(command, result), *self._skipped(result), *_left(result)]
        if key := self._key_of(command.id):
            parts.append(clean(key))
        undo = self._key_of(_UNDO)
        if undo and command.id not in _NOT_UNDONE and not command.id.startswith(_AREAS_NOT_UNDONE):
            parts.append(say("{key} undoes", key=clean(undo)))
        return clean(" · ".join(parts))

    def refused(self, command: Command, error: DesktermError) -> SafeText:
        """Why it was not done."""
        text = words.error_words(error)
        title = say(command.title)
        if error.title.startswith(command.title):
            return text
        return say("{title}: {why}", title=title, why=text)

    def _act(self, command: Command, result: Result) -> SafeText:
        done = result.get("done")
        if not isinstance(done, list) or not done:
            return say(_DONE_ONCE.get(command.id, command.title))
        if len(done) > 1:
            return say_many(
                "{title}: {count} ticket",
                "{title}: {count} tickets",
                len(done),
                title=say(command.title),
            )
        return self._one(command, done[0])

    def _one(self, command: Command, one: Mapping[str, object]) -> SafeText:
        ref = clean(str(one.get("ticket", "")), multiline=False)
        if command.id in _DONE:
            return say(_DONE[command.id], ref=ref)
        if "into" in one:
            other = clean(str(one["into"]), multiline=False)
            return say("{ref} is merged into {other}", ref=ref, other=other)
        if "new" in one:
            other = clean(str(one["new"]), multiline=False)
            return say("Split off {ref}: {other}", ref=ref, other=other)
        if isinstance(risks := one.get("risks"), list):
            names = moods.named(str(one.get("tone")), [*risks, *["urgent"] * bool(one["urgent"])])
            if not names:
                return say("{ref} is calm", ref=ref)
            return say("Mood of {ref}: {names}", ref=ref, names=names)
        if "priority" in one:
            name = words.priority(str(one["priority"]))
            return say("Priority of {ref}: {name}", ref=ref, name=name)
        if "reason" in one:
            if one["reason"] not in REASONS:
                return say("{ref} has no contact reason", ref=ref)
            name = say(REASONS[str(one["reason"])])
            return say("Contact reason of {ref}: {name}", ref=ref, name=name)
        if "until" in one:
            time = time_words.due(from_text(str(one["until"])), self._zone, self._now())
            return say("Snoozed {ref} until {time}", ref=ref, time=time)
        if "assignee" in one:
            if not one["assignee"]:
                return say("Nobody owns {ref}", ref=ref)
            name = clean(str(one["assignee"]), multiline=False)
            return say("{name} owns {ref}", name=name, ref=ref)
        if isinstance(tags := one.get("tags"), list):
            names = clean(" ".join(f"#{tag}" for tag in tags), multiline=False)
            if not names:
                return say("{ref} has no tags", ref=ref)
            return say("Tags of {ref}: {names}", ref=ref, names=names)
        if "unread" in one:
            return say("Unread: {ref}", ref=ref) if one["unread"] else say("Read: {ref}", ref=ref)
        return say("{title}: {ref}", title=say(command.title), ref=ref)

    def _skipped(self, result: Result) -> list[SafeText]:
        skipped = result.get("skipped")
        if not isinstance(skipped, list) or not skipped:
            return []
        return [say_many("{count} left alone", "{count} left alone", len(skipped))]

    def _reverted(self, command: Command, result: Result) -> SafeText:
        """`Undone: Resolve k7m2q9 · Z does it again`, and what was left alone, with the reason.

        A reply that has left is `Not undone`, and the next undo goes on behind it.
        """
        label = str(result.get("label", ""))
        title = say(self._titles[label]) if label in self._titles else clean(label, multiline=False)
        refs = clean(_joined(result.get("tickets"), " "), multiline=False)
        undone = command.id == _UNDO
        if undone and not result.get("changed"):
            head = say("Not undone: {title} {refs}", title=title, refs=refs)
            undone = False
        elif undone:
            head = say("Undone: {title} {refs}", title=title, refs=refs)
        else:
            head = say("Done again: {title} {refs}", title=title, refs=refs)
        parts = [clean(head.strip())]
        if kept := _joined(result.get("kept"), ". "):
            parts.append(say("left alone: {kept}", kept=heard(kept)))
        if undone and (key := self._key_of(_REDO)):
            parts.append(say("{key} does it again", key=clean(key)))
        return clean(" · ".join(parts))


def _joined(values: object, by: str) -> str:
    return by.join(map(str, values)) if isinstance(values, list) else ""


def _left(result: Result) -> Iterator[SafeText]:
    """What an erasing leaves to a person."""
    if result.get("is_clean") is False:
        yield heard(
            "Another program reads the database; its log is emptied when that ends. "
            "Erasing is complete when the office has ended once"
        )
    for path in _items(result.get("left")):
        yield heard(f"A text that was typed lies in {path}; look whether it is about this customer")
    for path in _items(result.get("copies")):
        yield heard(f"A copy of the database from before still holds everything: {path}")


def _items(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []

"""The composer: one reply, note or new message while it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.copies import Copies
from deskterm.viewmodel.filled import Filled
from deskterm.viewmodel.findings import Findings
from deskterm.viewmodel.fixes import rewritten
from deskterm.viewmodel.keeping import Keeping, State
from deskterm.viewmodel.pasted import plain
from deskterm.viewmodel.pauses import Pauses
from deskterm.viewmodel.ports import Office, Result, Timers
from deskterm.viewmodel.rule_words import in_own_language
from deskterm.viewmodel.signal import Signal
from deskterm.viewmodel.words import NOTHING, error_words
from deskterm.viewmodel.writing import (
    HEADER_FIELDS,
    NOT_FOR_NOTES,
    Content,
    Ended,
    Kind,
    Saved,
    Target,
    outcome_of,
)

#: Seconds after typing until the rules are asked. What they say is on the screen within 0.15 s.
LOOK_S: Final = 0.04


class Composer:
    """One piece of writing.

    Args:
        target: where it goes.
        office: saves, checks and sends.
        timers: for pauses in typing.
        copies: where the emergency copy goes.
        content: what it begins with, from the draft where there is one.
        saved: that draft, as the office knows it.
    """

    def __init__(
        self,
        target: Target,
        office: Office,
        timers: Timers,
        copies: Copies,
        content: Content | None = None,
        saved: Saved | None = None,
    ) -> None:
        #: State, kind, header or files are other ones.
        self.changed: Signal[[]] = Signal()
        #: The text was changed by something else than typing and is to be shown anew.
        self.replaced: Signal[[]] = Signal()
        #: A pause in typing, or the rules have spoken: the text is worth a look.
        self.looked: Signal[[]] = Signal()
        #: It is over; nothing more comes from here.
        self.ended: Signal[[Ended]] = Signal()
        self.target = target
        self.content = content or Content()
        #: To, Cc and Subject as they follow from the ticket, as far as the office has said.
        self.derived: Mapping[str, SafeText] = {}
        #: What is wrong with the header or the files; None when nothing is.
        self.header_problem: SafeText | None = None
        self.findings = Findings()
        #: What the channel is strict about, in a line; empty where nobody says.
        self.hint: SafeText = NOTHING
        #: What macros have put in.
        self.filled = Filled(self.content.follow, self.content.text)
        #: Ids of the macros that are suggested for the ticket.
        self.suggested: Sequence[str] = ()
        self.is_over = False
        self._office = office
        self._pauses = Pauses(timers)
        self._keeping = Keeping(target, office, timers, copies, saved or Saved(), self._present)
        self._keeping.changed.connect(self.changed.emit)
        self._keeping.merged.connect(self._merge)
        self._looking = self._look_again = False
        self._beside = self.target.seen
        self._look()

    # What is written

    @property
    def kind(self) -> Kind:
        """Reply or note."""
        return self.content.kind

    def type(self, text: str) -> None:
        """The text is this now."""
        if text != self.content.text:
            self.findings.moved(text)
            self.filled.moved(text)
            self._change(replace(self.content, text=text))

    def set_header(self, name: str, value: str) -> None:
        """Set To, Cc or Subject (`to`, `cc`, `subject`); empty: what follows from the ticket."""
        if name not in HEADER_FIELDS:
            raise ValueError(f"{name} is no field of the header")
        if value != getattr(self.content, name):
            self._change(self.content.with_field(name, value))
            self.changed.emit()

    def write_from(self, account: str) -> None:
        """A new message leaves by another account."""
        self.target = self._keeping.target = self.target.by(account)
        self._change(self.content)

    def header(self, name: str) -> SafeText:
        """A field of the header as it counts."""
        typed: str = getattr(self.content, name)
        return clean(typed, multiline=False) if typed else self.derived.get(name, clean(""))

    def attach(self, path: str) -> None:
        """Let a file go along; an absolute path."""
        if path not in self.content.files:
            self._change(replace(self.content, files=(*self.content.files, path)))
            self.changed.emit()

    def detach(self, path: str) -> None:
        """Leave a file out."""
        if path in self.content.files:
            files = tuple(p for p in self.content.files if p != path)
            self._change(replace(self.content, files=files))
            self.changed.emit()

    def toggle_note(self) -> SafeText | None:
        """Make a note of a reply at any time, a reply of a note only while nothing is written.

        Returns:
            Why not, or None where it was done.
        """
        if self.target.is_new:
            return say("A new message is no note: it has no ticket yet")
        if self.kind == "note" and self.content.text.strip():
            return say("A note that has text does not become a reply")
        kind: Kind = "reply" if self.kind == "note" else "note"
        self.findings.clear()
        self.header_problem = None
        self._change(replace(self.content, kind=kind))
        self.changed.emit()
        return None

    @property
    def means_nothing(self) -> frozenset[str]:
        """Commands that do nothing here: a note goes to nobody and breaks no rule."""
        return NOT_FOR_NOTES if self.kind == "note" else frozenset()

    def shows(self, newest_inbound: int | None) -> None:
        """The conversation beside shows the customer's messages up to that row now.

        It counts as seen once a review was left to look: while one types it is easily missed.
        """
        self._beside = newest_inbound

    def has_looked(self) -> None:
        """The agent came back from the review line to what is on the screen."""
        self.target = replace(self.target, seen=self._beside)

    def apply_fixes(self, *, only_current: bool = False) -> int:
        """Rewrite what the findings offer a fix for; returns how many places changed."""
        one = self.findings.to_fix
        found = self.findings.items if not only_current else (one,) if one is not None else ()
        rewrites = (each.rewrite for each in found if each.rewrite is not None)
        text, count = rewritten(self.content.text, rewrites)
        if count:
            self.type(text)
            self.replaced.emit()
        return count

    def _present(self) -> Content:
        """What is written, and what macros say is to follow."""
        return replace(self.content, follow=self.filled.follow)

    def _change(self, content: Content) -> None:
        if self.is_over:
            return
        self.content = content
        self._pauses.after("look", LOOK_S, self._look)
        self._keeping.typed()

    # Keeping it; see `Keeping`

    @property
    def state(self) -> State:
        """How it stands with saving."""
        return self._keeping.state

    @property
    def words(self) -> SafeText:
        """The same in words."""
        return self._keeping.words

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that the office does not have."""
        return self._keeping.is_dirty

    def save(self) -> None:
        """Have the office keep what is written; one save at a time."""
        if not self.is_over:
            self._keeping.save()

    def flush(self) -> None:
        """Keep everything at once: the console loses the focus, or ends."""
        self._keeping.flush()

    def when_settled(self, act: Callable[[], None]) -> None:
        """Call `act` as soon as no save is on its way."""
        self._keeping.when_settled(act)

    def _merge(self, sent: str, held: str) -> None:
        """The office had another text beside ours: it stands below what is on the screen."""
        added = held.removeprefix(sent) if held.startswith(sent) else f"\n\n{held}"
        if self.is_over or added.strip() in self.content.text:
            return
        self._change(replace(self.content, text=self.content.text + plain(added)))
        self.replaced.emit()

    # Looking at the rules

    def check(
        self,
        done: Callable[[Mapping[str, object]], None],
        failed: Callable[[DesktermError], None],
    ) -> None:
        """Ask the office what it would say if this were sent now. Nothing is changed by that.

        `done` gets its outcome.
        """

        def answered(result: Result) -> None:
            outcome = outcome_of(result)
            self.header_problem = None
            self.derived = {
                name: clean(str(outcome.get(name) or ""), multiline=False) for name in HEADER_FIELDS
            }
            self.hint = clean(in_own_language(outcome.get("hint")), multiline=False)
            self.changed.emit()
            done(outcome)

        self._office.send(
            self._send_command, {**self._submission(), "dry_run": True}, answered, failed
        )

    def take_verdict(self, text: str, outcome: Mapping[str, object]) -> None:
        """Show what the rules said about a text that was on the screen."""
        if self.kind == "note":
            return
        self.findings.take_outcome(text, outcome, is_ready_text=self.filled.is_all(text))
        self.findings.moved(self.content.text)
        self.looked.emit()

    def _look(self) -> None:
        """Ask about what is written; the newest question counts, one is asked at a time."""
        self.looked.emit()
        if self.kind == "note" or self.is_over or self._keeping.is_sealed:
            return
        content = self.content
        if self.target.is_new and not (content.to.strip() and content.subject.strip()):
            return
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        text = self.content.text

        def done(outcome: Mapping[str, object]) -> None:
            self.take_verdict(text, outcome)
            self._look_over()

        def failed(error: DesktermError) -> None:
            if self.kind == "reply":
                self.header_problem = error_words(error)
                self.changed.emit()
            self._look_over()

        self.check(done, failed)

    def _look_over(self) -> None:
        self._looking = False
        if self._look_again:
            self._look_again = False
            self._look()

    # Ending

    @property
    def _send_command(self) -> str:
        return "ticket.new" if self.target.is_new else "ticket.reply"

    def _submission(self) -> dict[str, object]:
        """What sending it says to the office."""
        content = self.content
        params: dict[str, object] = {
            "text": content.text,
            **{name: getattr(content, name) for name in HEADER_FIELDS},
            "attach": list(content.files),
        }
        if self.target.is_new:
            params["account"] = self.target.account
        else:
            params["tickets"] = [self.target.ref]
            params["seen"] = self.target.seen or 0
            params |= self._present().follows()
            params |= self._lesson()
        return {**params, **self._draft()}

    def _lesson(self) -> dict[str, object]:
        """What sending it teaches about macros."""
        said = self.filled.rewritten(self.content.text)
        lesson = {"suggested": self.suggested, "rewritten": said}
        return {name: " ".join(ids) for name, ids in lesson.items() if ids}

    def _draft(self) -> dict[str, object]:
        return {"draft": uid} if (uid := self._keeping.saved.draft) else {}

    def submit(
        self,
        extra: Mapping[str, object],
        call_id: str,
        done: Callable[[Mapping[str, object]], None],
        failed: Callable[[DesktermError], None],
    ) -> None:
        """Send it; `done` gets the outcome. Nothing is saved beside until the answer is there."""

        def answered(result: Result) -> None:
            outcome = outcome_of(result)
            if outcome.get("outcome") != "held":
                self._keeping.unseal(outcome)
            done(outcome)

        def refused(error: DesktermError) -> None:
            self._keeping.unseal({})
            failed(error)

        params = {**self._submission(), **extra}
        self._keeping.seal()
        self._office.send(self._send_command, params, answered, refused, call_id=call_id)

    def note(self, done: Callable[[], None], failed: Callable[[DesktermError], None]) -> None:
        """Write the note down."""

        def written(_result: Result) -> None:
            done()
            self.end(Ended("noted", self.target.ref))

        def refused(error: DesktermError) -> None:
            self._keeping.unseal({})
            failed(error)

        text = {"tickets": [self.target.ref], "text": self.content.text}
        self._keeping.seal()
        self._office.send("ticket.note", {**text, **self._draft()}, written, refused)

    def discard(self) -> None:
        """Throw it away; undo brings it back."""
        if not self.is_over:
            self.save()
            self.when_settled(self._discard)

    def _discard(self) -> None:
        if self.is_over:
            return
        draft = self._draft()
        if draft:
            place = {} if self.target.is_new else {"tickets": [self.target.ref]}
            self._office.send("draft.discard", {**place, **draft}, _ignore, _ignore)
        self.end(Ended("discarded", self.target.ref))

    def leave(self) -> None:
        """Close it; what is written stays as a draft."""
        if not self.is_over:
            self._keeping.flush()
            self._over(Ended("left", self.target.ref), has_all=False)

    def end(self, how: Ended) -> None:
        """It is over and the office has it."""
        if self.is_over:
            self._keeping.end(has_all=True)
        else:
            self._over(how, has_all=True)

    def _over(self, how: Ended, *, has_all: bool) -> None:
        self.is_over = True
        self._pauses.stop()
        self._keeping.end(has_all=has_all)
        self.ended.emit(how)


def _ignore(_: object) -> None:
    """An answer that changes nothing here."""

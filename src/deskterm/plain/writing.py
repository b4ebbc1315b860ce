"""Writing replies, notes and new messages, a line at a time; each line is kept when it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from deskterm.domain.errors import UsageError
from deskterm.i18n import say, say_many
from deskterm.plain.acting import Acting
from deskterm.plain.desk import PlainDesk
from deskterm.plain.editing import Editing, take_lines
from deskterm.plain.looking import Looking, no_ticket
from deskterm.plain.reviewing import Reviewing
from deskterm.plain.talk import Talk
from deskterm.service.reading.macro_rows import FilledView
from deskterm.service.reading.rows import DraftView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.composer import Composer
from deskterm.viewmodel.copies import Rescue
from deskterm.viewmodel.pasted import fitting
from deskterm.viewmodel.repeats import hint
from deskterm.viewmodel.words import NOTHING
from deskterm.viewmodel.writing import Content, Ended, Kind, Saved, Target

SETTLE_S: Final = 3.0
"""Seconds that the last save is waited for."""

RESCUE_S: Final = 6.0
"""Seconds that a text of an earlier session is waited for: an office may have to start first."""


class Writing:
    """Writes one thing at a time.

    Args:
        desk: the models.
        talk: the person.
        looking: knows what is open.
        acting: takes note of what was handed to the outbox.
    """

    def __init__(self, desk: PlainDesk, talk: Talk, looking: Looking, acting: Acting) -> None:
        self._desk = desk
        self._talk = talk
        self._looking = looking
        self._acting = acting
        self._reviewing = Reviewing(talk, Editing(talk))
        self._rescue = Rescue(desk.copies, desk.office)

    def start(self) -> None:
        """Give the office what an earlier session left behind."""
        if self._rescue.start():
            self._talk.tell(say("What was typed before and not saved becomes a draft again."))

    # Commands

    def reply(self, _rest: str = "") -> None:
        """Write a reply to the ticket that is open, or go on with its draft."""
        self._write_on_ticket("reply")

    def note(self, _rest: str = "") -> None:
        """Write a note on the ticket that is open."""
        self._write_on_ticket("note")

    def review(self, _rest: str = "") -> None:
        """Check the draft of a reply, and send it or not."""
        target, draft = self._draft_on_ticket("reply")
        if draft is None:
            raise UsageError(say("There is no draft of a reply here: type 'reply'"))
        with self._composing(target, draft, "reply") as composer:
            self._reviewing.review(composer)

    def answer_with(self, filled: FilledView) -> None:
        """Put a macro into the reply to the ticket that is open, after what stands there, and
        review it.
        """
        target, draft = self._draft_on_ticket("reply")
        with self._composing(target, draft, "reply") as composer:
            before = composer.content.text.rstrip()
            start = f"{before}\n\n" if before else ""
            taken, notice = fitting(filled.text, start)
            if before:
                self._talk.tell(say("You had begun; {title} follows it.", title=filled.title))
            self._talk.tell(notice or NOTHING)
            composer.type(f"{start}{taken}")
            # Values are marked on a screen only, and a text that was changed has them elsewhere.
            composer.filled.put(composer.content.text, len(start), filled._replace(spans=()))
            composer.flush()
            self._reviewing.review(composer)

    def new(self, _rest: str = "") -> None:
        """Write to somebody who has not written first."""
        readers, talk = self._desk.readers, self._talk
        drafts = talk.read(readers, "drafts", lambda reading: reading.drafts(None))
        draft = drafts[0] if drafts else None
        with self._composing(Target.new_message(self._account()), draft, "reply") as composer:
            for name, prompt in (("to", say("To:")), ("subject", say("Subject:"))):
                if not composer.header(name):
                    composer.set_header(name, talk.ask(prompt).strip())
            self._write(composer, say("New message"))

    def _account(self) -> str:
        """The account to write from: the one of the ticket that is open, else one that is named."""
        shown = self._looking.open_ticket
        if shown is not None:
            return shown.account
        talk = self._talk
        accounts = talk.read(self._desk.readers, "accounts", lambda reading: reading.accounts())
        names = [account.name for account in accounts]
        if not names:
            raise UsageError(say("There is no account to write from"))
        if len(names) == 1:
            return names[0]
        some = clean(", ".join(names), multiline=False)
        name = talk.ask(say("From which account? {names}", names=some)).strip()
        if name not in names:
            raise UsageError(say("There is no such account; nothing was written"))
        return name

    # Parts

    def _write_on_ticket(self, kind: Kind) -> None:
        target, draft = self._draft_on_ticket(kind)
        with self._composing(target, draft, kind) as composer:
            self._write(
                composer,
                say("Reply to {customer}", customer=target.customer)
                if kind == "reply"
                else say("Note for the team; it cannot be sent"),
            )

    def _draft_on_ticket(self, kind: Kind) -> tuple[Target, DraftView | None]:
        shown = self._looking.open_ticket
        if shown is None:
            raise UsageError(no_ticket())
        rescue, ref = self._rescue, shown.ticket.ref
        self._talk.loop.until(lambda: not rescue.is_waiting(ref), RESCUE_S)
        ticket_id = shown.ticket.ticket_id
        drafts = self._talk.read(
            self._desk.readers, "drafts", lambda reading: reading.drafts(ticket_id)
        )
        return Target.ticket(shown), next((each for each in drafts if each.kind == kind), None)

    def _write(self, composer: Composer, what: SafeText) -> None:
        talk = self._talk
        text = composer.content.text
        talk.tell(say("{what}. A line with a dot alone ends it.", what=what))
        if text:
            talk.tell(say("You had begun; what you type now follows it:"), clean(text))
        if not take_lines(talk, composer):
            return
        self._reviewing.review(composer)

    @contextmanager
    def _composing(self, target: Target, draft: DraftView | None, kind: Kind) -> Iterator[Composer]:
        """A piece of writing that is kept however it ends: by a send, by Ctrl+C, by the end of all
        lines, or with the program.
        """
        talk, ended = self._talk, list[Ended]()
        content, saved = (
            (Content(kind=kind), None) if draft is None else (Content.of(draft), Saved.of(draft))
        )
        composer = Composer(target, self._desk.office, talk.loop, self._desk.copies, content, saved)
        composer.ended.connect(ended.append)
        composer.replaced.connect(
            lambda: talk.tell_at_the_prompt(
                say("Another console wrote too: its text stands below yours now.")
            )
        )
        talk.more = None
        try:
            yield composer
        except KeyboardInterrupt:
            if not talk.has_person:
                raise
        finally:
            composer.leave()
            self._tell_end(composer, ended[0])

    def _tell_end(self, composer: Composer, ended: Ended) -> None:
        ref = clean(ended.ref)
        match ended.how:
            case "sent":
                self._acting.sent_item = ended.item
                self._talk.tell(_on_its_way(ref, round(ended.hold_s)))
                if ended.again is not None:
                    self._talk.tell(hint(ended.again, clean("'typed'")))
            case "noted":
                self._talk.tell(say("Note kept on {ref}. 'undo' takes it away.", ref=ref))
            case "discarded":
                self._talk.tell(say("Draft thrown away. 'undo' brings it back."))
            case "left":
                self._tell_left(composer)

    def _tell_left(self, composer: Composer) -> None:
        if composer.content.is_empty:
            self._talk.tell(say("Nothing was written."))
        elif self._talk.loop.until(lambda: not composer.is_dirty, SETTLE_S):
            self._talk.tell(say("The draft is kept. 'review' checks and sends it."))
        else:
            self._talk.tell(
                say(
                    "The office does not answer. What you typed is kept on this machine and "
                    "becomes a draft as soon as it does."
                )
            )


def _on_its_way(ref: SafeText, hold_s: int) -> SafeText:
    if hold_s == 0:
        return say("The reply to {ref} is on its way", ref=ref)
    return say_many(
        "The reply to {ref} goes out in {count} second. 'take back' keeps it here.",
        "The reply to {ref} goes out in {count} seconds. 'take back' keeps it here.",
        hold_s,
        ref=ref,
    )

"""Opening the composer: replies, notes, new messages, and text that a list refused."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say, say_many
from deskterm.text.clean import SafeText, clean
from deskterm.ui.does import does
from deskterm.ui.waiting import until
from deskterm.viewmodel.time_words import due
from deskterm.viewmodel.words import error_words

if TYPE_CHECKING:
    from deskterm.service.reading.macro_rows import FilledView
    from deskterm.service.reading.rows import ConversationView, DraftView
    from deskterm.ui.app import DeskApp
    from deskterm.ui.composer import ComposerPane
    from deskterm.ui.performer import Subject
    from deskterm.ui.writing import WritingArea
    from deskterm.viewmodel.composer import Composer
    from deskterm.viewmodel.repeats import TypedAgain
    from deskterm.viewmodel.spelling import Spelling
    from deskterm.viewmodel.writing import Content, Ended, Kind, Saved, Target

SETTLE_S: Final = 1.0
"""Seconds that a save on its way is waited for."""

RESCUE_S: Final = 6.0
"""Seconds that a text of an earlier console is waited for: an office may have to start first."""


class Writing:
    """Has one piece of writing open at a time."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._pane: ComposerPane | None = None
        self._left: Composer | None = None
        self._speller: Spelling | None = None
        #: The text that a list refused last.
        self.refused = ""
        #: What the agent was told last that they type again and again.
        self.again: TypedAgain | None = None
        app.desk.conversation.changed.connect(self._conversation_changed)

    @property
    def text(self) -> Widget | None:
        """Where text is being written; None while nothing is."""
        pane = self._pane
        return pane.text if pane is not None and pane.composer is not None else None

    @property
    def area(self) -> WritingArea | None:
        """The text that is being written, if it can be changed now."""
        pane = self._pane
        if pane is None or pane.composer is None or pane.text.read_only:
            return None
        return pane.text

    @property
    def composer(self) -> Composer | None:
        """What is being written."""
        return self._pane.composer if self._pane is not None else None

    @property
    def has_keys(self) -> bool:
        """Whether the keys come to what is being written."""
        return self._pane is not None and self._pane.has_keys

    @property
    def index(self) -> int:
        """Where the cursor stands in the text; -1 while nothing is written."""
        return self._pane.text.index if self._pane is not None and self.composer else -1

    @property
    def means_nothing(self) -> frozenset[str]:
        """Commands that do nothing for what is being written."""
        composer = self.composer
        return composer.means_nothing if composer is not None else frozenset()

    def flush(self) -> bool:
        """Keep what is typed at once; whether there was something that no office has yet."""
        if self._pane is None:
            return False
        self._pane.flush()
        composer = self._pane.composer
        return composer is not None and composer.is_dirty

    # Commands

    @does("ticket.write_reply")
    async def reply(self) -> None:
        """The draft of a reply, or a new one."""
        await self._write("reply")

    @does("ticket.write_note")
    async def note(self) -> None:
        """A note to the team."""
        await self._write("note")

    @does("ticket.write_new")
    async def new(self) -> None:
        """A message to somebody who has not written first."""
        app = self._app
        accounts = [account.name for account in app.desk.status.accounts]
        row = app.desk.tickets.current
        name = row.account if row is not None else accounts[0] if accounts else ""
        if not name:
            app.tell(say("There is no account to write from"), error=True)
            return
        from deskterm.viewmodel.writing import Content, Saved, Target

        try:
            drafts = await app.read("writing", lambda reading: reading.drafts(None))
        except DesktermError as error:
            app.tell(error_words(error), error=True)
            return
        if drafts and drafts[0].account in accounts:
            name = drafts[0].account
        target = Target.new_message(name, accounts)
        if not drafts:
            await self._open(target, None, None)
            return
        await self._open(target, Content.of(drafts[0]), Saved.of(drafts[0]))
        key = clean(app.dispatcher.keymap.key_of("composer.discard"))
        app.tell(say("The message you had begun. {key} throws it away", key=key))

    @does("ticket.write_refused")
    async def write_refused(self) -> None:
        """Put the text that a list refused into the composer."""
        text, self.refused = self.refused, ""
        if not text:
            self._app.tell(say("No text was left out"))
            return
        await self._write("reply")
        if self._pane is not None and self._pane.composer is not None:
            self._pane.take_text(text)

    async def answer_with(self, subject: Subject, filled: FilledView | None) -> bool:
        """Put a macro into the reply to a ticket; on to the review line where nothing else stands
        there and nothing is missing. Without a macro the reply is opened as it is.

        Returns:
            Whether the reply is open.
        """
        await self._write_on(subject, "reply")
        pane, composer = self._pane, self.composer
        if pane is None or composer is None or composer.kind != "reply":
            return False
        if pane.review is not None and pane.review.is_open:
            pane.review.leave()
        if filled is None:
            return True
        has_begun = bool(composer.content.text.strip())
        self.put_in(filled, apart=has_begun)
        if not has_begun and not composer.filled.gaps(composer.content.text):
            pane.text.go_to(0)  # it is read from its beginning
            pane.send()
        return True

    def put_in(self, filled: FilledView, *, apart: bool = False) -> None:
        """Put a macro in where the cursor is, and say what is still missing in it."""
        from deskterm.viewmodel.macros import open_places

        pane, composer = self._pane, self.composer
        if pane is None or composer is None:
            return
        start = pane.put_in(filled, apart=apart)
        gaps = [gap.span for gap in composer.filled.gaps(composer.content.text)]
        if gaps:
            pane.to_gap(start)
            key = clean(self._app.dispatcher.keymap.key_of("composer.gap", "composer"))
            self._app.tell(open_places(gaps, key))
        elif apart:
            self._app.tell(say("{title} stands in your text now", title=filled.title))

    async def insert(self, text: str) -> None:
        """Put a text into what is being written on the ticket; else begin a reply with it."""
        subject = self._app.performer.subject(self._app.focused)
        composer = self.composer
        if composer is None or not self._goes_on(subject.ref, composer.kind):
            await self._write_on(subject, "reply")
        if self._pane is not None and self._pane.composer is not None:
            self._pane.take_text(text)

    async def resume(self, ticket_id: int, kind: Kind, index: int) -> None:
        """Go on where a console ended."""
        await self._open_draft(ticket_id, kind, index)

    # Parts

    def _conversation_changed(self) -> None:
        """What the customer writes meanwhile stands beside the text."""
        composer, view = self.composer, self._app.desk.conversation.view
        if composer is not None and view is not None and composer.target.ref == view.ticket.ref:
            composer.shows(view.newest_inbound)

    async def _write(self, kind: Kind) -> None:
        await self._write_on(self._app.performer.subject(self._app.focused), kind)

    async def _write_on(self, subject: Subject, kind: Kind) -> None:
        if subject.ticket_id is None:
            self._app.tell(say("No ticket is chosen"), error=True)
            return
        if self._goes_on(subject.ref, kind):
            return
        await self._settled(subject.ref)
        await self._open_draft(subject.ticket_id, kind)

    async def _open_draft(self, ticket_id: int, kind: Kind, index: int | None = None) -> None:
        from deskterm.viewmodel.writing import Content, Saved, Target

        app = self._app
        try:
            view, drafts = await self._read(ticket_id)
            if view is not None and await self._brought_back(view.ticket.ref):
                view, drafts = await self._read(ticket_id)
        except DesktermError as error:
            app.tell(error_words(error), error=True)
            return
        if view is None:
            app.tell(say("This ticket is no more."), error=True)
            return
        draft = next((each for each in drafts if each.kind == kind), None)
        content, saved = (
            (Content(kind=kind), None) if draft is None else (Content.of(draft), Saved.of(draft))
        )
        await app.panes.open(ticket_id)
        await self._open(Target.ticket(view), content, saved, index)

    async def _read(self, ticket_id: int) -> tuple[ConversationView | None, list[DraftView]]:
        return await self._app.read(
            "writing",
            lambda reading: (reading.conversation(ticket_id), reading.drafts(ticket_id)),
        )

    async def _brought_back(self, ref: str) -> bool:
        """Wait for a text that an earlier console left behind; whether there was one."""
        rescue = self._app.returning.rescue
        if not rescue.is_waiting(ref):
            return False
        self._app.tell(say("Bringing back what was typed before…"))
        if await until(lambda: not rescue.is_waiting(ref), rescue.saved, RESCUE_S):
            self._app.notices.clear()
        else:
            self._app.tell(say("What was typed before comes back when the office answers"))
        return True

    def _goes_on(self, ref: str | None, kind: Kind) -> bool:
        """Go back into the text that is being written, if it is this one."""
        composer = self.composer
        if composer is None or self._pane is None:
            return False
        if composer.target.ref != ref or composer.kind != kind:
            return False
        self._app.screen.add_class("-open")
        self._pane.focus_text()
        return True

    async def _settled(self, ref: str | None) -> None:
        """What was typed on this ticket a moment ago is saved before its draft is read."""
        left = self._left
        if left is None or left.target.ref != ref or not left.is_dirty:
            return
        settled = asyncio.Event()
        left.when_settled(settled.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(settled.wait(), SETTLE_S)

    async def _open(
        self, target: Target, content: Content | None, saved: Saved | None, index: int | None = None
    ) -> None:
        from deskterm.ui.composer import ComposerPane
        from deskterm.viewmodel.composer import Composer
        from deskterm.viewmodel.review import Review

        app, desk = self._app, self._app.desk
        if self._pane is None:
            app.load_styles("composer.tcss")
            self._pane = ComposerPane()
            await self._app.main.mount(self._pane)
        composer = Composer(target, desk.office, self._app.timers, desk.copies, content, saved)
        if (spelling := self._spelling()) is not None:
            spelling.follow(composer)
        self._left = composer
        self._app.screen.add_class("-open")
        self._pane.show(composer, Review(composer, self._app.timers), index=index)
        # After the pane, which hides itself first: the next key must find the keys elsewhere.
        composer.ended.connect(self._ended)
        composer.changed.connect(app.show_keys)
        app.macros.tell_composer()
        app.show_keys()

    def _spelling(self) -> Spelling | None:
        """What looks words up; made with the first text that is written."""
        from deskterm.viewmodel.spelling import Spelling

        app = self._app
        if self._speller is None and app.desk.dictionaries is not None:
            self._speller = Spelling(app.desk.dictionaries, app.soon)
        return self._speller

    def _ended(self, ended: Ended) -> None:
        app = self._app
        if app.focused is None or not app.focused.is_attached or self.has_keys:
            self._give_back(ended)
        app.performer.did.emit(f"writing.{ended.how}", True)
        undo = clean(app.dispatcher.keymap.key_of("app.undo"))
        match ended.how:
            case "sent" if ended.send_at is not None:
                time = due(ended.send_at, app.desk.zone, app.desk.now())
                words = say(
                    "The reply to {ref} leaves {time} · {undo} takes it back",
                    ref=clean(ended.ref),
                    time=time,
                    undo=undo,
                )
                app.tell(words)
            case "sent":
                words = _on_its_way(clean(ended.ref), round(ended.hold_s), undo)
                app.tell(words if ended.again is None else self._with_hint(words, ended.again))
            case "noted":
                app.tell(say("Note kept on {ref} · {undo} undoes", ref=clean(ended.ref), undo=undo))
            case "discarded":
                app.tell(say("Draft thrown away · {undo} brings it back", undo=undo))
            case "left":
                pass

    def _with_hint(self, words: SafeText, again: TypedAgain) -> SafeText:
        """What was sent, and below it what was typed again."""
        from deskterm.viewmodel.repeats import hint, reminder

        self.again = again
        key = clean(self._app.dispatcher.keymap.key_of("macro.typed"))
        self._app.macros.model.tell(reminder(again, key))
        return clean(f"{words}\n{hint(again, key)}")

    def _give_back(self, ended: Ended) -> None:
        """The keys go to the conversation, or on to the next ticket that needs us."""
        app = self._app
        view = app.desk.conversation.view
        if view is None and not app.panes.shows_conversation:
            app.panes.to_side()
            return
        app.give_keys(app.conversation if view is not None else app.panes.side_pane)
        if ended.go_on and view is not None and view.ticket.ref == ended.ref:
            app.call_later(app.going.on_from, view.ticket.ticket_id)


def _on_its_way(ref: SafeText, hold_s: int, undo: SafeText) -> SafeText:
    if hold_s == 0:
        return say("The reply to {ref} is on its way", ref=ref)
    return say_many(
        "The reply to {ref} goes out in {count} second · {undo} takes it back",
        "The reply to {ref} goes out in {count} seconds · {undo} takes it back",
        hold_s,
        ref=ref,
        undo=undo,
    )

"""Macros: following what is suggested, and putting one into a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from deskterm.domain.errors import DesktermError
from deskterm.i18n import language, say
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, clean, clip
from deskterm.ui.does import does

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from deskterm.service.command import Context
    from deskterm.service.reading.macro_rows import FilledView, SuggestionView
    from deskterm.ui.app import DeskApp
    from deskterm.ui.footer import Entry
    from deskterm.ui.macro_picker import MacroPicker
    from deskterm.ui.performer import Subject
    from deskterm.ui.suggestions import SuggestionsPane
    from deskterm.viewmodel.choices import Choice
    from deskterm.viewmodel.ports import Result
    from deskterm.viewmodel.reading import ReadingPort
    from deskterm.viewmodel.suggestions import Suggestions

FIRST_S: Final = 0.4
"""Seconds after the first paint until the shop's macros are read."""

_USE: Final = "macro.use_suggested"
_HINTED: Final = frozenset({"list", "conversation", "order"})
_HINT_CELLS: Final = 30

T = TypeVar("T")


class Macros:
    """Suggests macros for the ticket that is looked at, and uses them."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        #: Whether it suggests by now.
        self.follows = False
        self._model: Suggestions | None = None
        self._pane: SuggestionsPane | None = None
        self._picker: MacroPicker | None = None
        #: The ticket and the contact reason that were suggested last.
        self._hinted: tuple[int | None, str] = (None, "")

    # Following

    async def start(self) -> None:
        """Make room on a wide screen, and begin to suggest soon."""
        await self.fit()
        self._app.set_timer(FIRST_S, self._begin)

    def _begin(self) -> None:
        if not self._app.screen_stack:
            return  # it has ended already
        desk = self._app.desk
        model = self.model
        desk.conversation.changed.connect(self.follow)
        desk.tickets.moved.connect(lambda _old, _new: self.follow())
        desk.tickets.changed.connect(self.follow)
        model.changed.connect(self._changed)
        model.mistaken.connect(self._mistaken)
        self._app.news.ahead.models.append(model)
        self.follow()
        self.follows = True

    @property
    def model(self) -> Suggestions:
        """What is suggested."""
        if self._model is None:
            from deskterm.viewmodel.suggestions import Suggestions

            self._model = Suggestions(self._app.desk.readers, self._app.timers)
        return self._model

    def follow(self) -> None:
        """Suggest for the ticket that is shown; where none is, for the one under the cursor."""
        app = self._app
        conversation, tickets = app.desk.conversation, app.desk.tickets
        view = conversation.view
        if app.panes.shows_conversation and conversation.ticket_id is not None:
            if view is not None and view.ticket.ticket_id == conversation.ticket_id:
                self.model.show(view.ticket.ticket_id, view.newest_inbound)
            else:
                self.model.show(conversation.ticket_id, rests=True)
        elif tickets.current_id is not None and app.panes.side == "list":
            self.model.show(tickets.current_id, rests=True)
        else:
            self.model.close()

    def refresh(self) -> None:
        """The database has changed."""
        if self._model is not None:
            self._model.refresh()

    async def fit(self) -> None:
        """Have the pane where there is room for it."""
        app = self._app
        if self._pane is None and app.is_wide:
            from deskterm.ui.suggestions import SuggestionsPane

            self._pane = SuggestionsPane(self.model, app.desk.symbols, id="suggestions")
            await app.add_aside(self._pane)
        elif self.has_keys and not app.is_wide:
            self.leave()
        app.show_keys()

    def _changed(self) -> None:
        self.tell_composer()
        if self._app.screen_stack:
            self._app.show_keys()
            self._show_reason()

    def _show_reason(self) -> None:
        """Have the suggested reason stand over the conversation, where it was not there before."""
        ticket_id = self.model.ticket_id
        reason = "" if ticket_id is None else self.model.reason_of(ticket_id)
        before, self._hinted = self._hinted, (ticket_id, reason)
        if before != self._hinted and (reason or before[0] == ticket_id):
            self._app.conversation.head_changed()

    def reason_hint(self, ticket_id: int) -> SafeText:
        """The contact reason that a ticket seems to have, in words; empty: none."""
        reason = self._model.reason_of(ticket_id) if self._model is not None else ""
        if self._model is None or not reason:
            return clean("")
        from deskterm.viewmodel.macros import perhaps

        key = self._app.dispatcher.keymap.key_of("ticket.take_reason", "conversation")
        return perhaps(reason, self._model.items[0], clean(key))

    def likely_reason(self, ticket_id: int | None) -> dict[str, Choice]:
        """The same as a choice, for who is asked what it is."""
        model = self._model
        reason = model.reason_of(ticket_id) if model is not None and ticket_id is not None else ""
        if model is None or not reason:
            return {}
        from deskterm.viewmodel.macros import likely

        return {"reason": likely(reason, model.items[0])}

    def tell_composer(self) -> None:
        """What is written to a ticket goes out with what was suggested for it, to be learned."""
        composer, view = self._app.writing.composer, self._app.desk.conversation.view
        if composer is None or view is None or composer.target.ref != view.ticket.ref:
            return
        if names := self.model.names(view.ticket.ticket_id):
            composer.suggested = names

    def _mistaken(self, first: SafeText, more: int) -> None:
        rest = say("'deskterm macro lint' names the rest") if more else ""
        self._app.tell_error(DesktermError(say("A macro is left out: {why}", why=first), "", rest))

    def hint(self, context: Context) -> Entry | None:
        """What the first digit would use, for the footer; None where it need not say so."""
        model = self._model
        if self.pane is not None or model is None or not model.items or context not in _HINTED:
            return None
        key = self._app.dispatcher.keymap.key_of(_USE)
        title = clip(model.items[0].title, _HINT_CELLS)
        return key, say("reply: {title}", title=title), TABLE[_USE]

    # Using

    @does("macro.use_suggested")
    async def use_suggested(self) -> None:
        """The digit that was pressed; by any other way the first."""
        pressed = self._app.dispatcher.pressed
        await self.use_number(int(pressed) if pressed.isdecimal() and len(pressed) == 1 else 1)

    async def use_number(self, number: int) -> None:
        """Use the suggestion of that number."""
        subject = self._subject()
        if subject is None or subject.ticket_id is None:
            return
        try:
            chosen = await self._suggested(subject.ticket_id, number)
            filled = await self._filled(subject.ticket_id, chosen.macro) if chosen else None
        except DesktermError as error:
            self._app.tell_error(error)
            return
        if await self._app.writing.answer_with(subject, filled) and filled is None:
            self._app.tell(self._nothing(number))

    async def use_named(self, macro: str) -> None:
        """Use a macro by its id."""
        subject = self._subject()
        if subject is not None:
            await self._use(subject, macro)

    async def _use(self, subject: Subject, macro: str) -> None:
        if subject.ticket_id is None:
            return
        try:
            filled = await self._filled(subject.ticket_id, macro)
        except DesktermError as error:
            self._app.tell_error(error)
            return
        if filled is None:
            shown = clean(macro[:60], multiline=False)
            self._app.tell(say("There is no macro {name}", name=shown), error=True)
            return
        await self._app.writing.answer_with(subject, filled)

    def _subject(self) -> Subject | None:
        """The ticket that is meant; where there is none, that is told."""
        app = self._app
        subject = app.performer.subject(app.focused)
        if subject.ticket_id is None:
            app.tell(say("No ticket is chosen"), error=True)
            return None
        return subject

    async def _suggested(self, ticket_id: int, number: int) -> SuggestionView | None:
        """What is suggested: as it is on the screen, else as it would be."""
        if self.model.is_about(ticket_id):
            return self.model.of(ticket_id, number)
        speaks = language()
        found = await self._read(lambda reading: reading.macros_of(ticket_id, speaks))
        items = self.model.fitting(found) if found is not None else ()
        return items[number - 1] if 1 <= number <= len(items) else None

    async def _filled(self, ticket_id: int, macro: str) -> FilledView | None:
        speaks = language()
        return await self._read(lambda reading: reading.macro_filled(ticket_id, macro, speaks))

    async def _read(self, work: Callable[[ReadingPort], T]) -> T:
        return await self._app.read("macro", work)

    def _nothing(self, number: int) -> SafeText:
        """Why a digit put nothing in, and what does."""
        key = clean(self._app.dispatcher.keymap.way_to("composer.macro", "composer"))
        if number > 1:
            return say(
                "Nothing is suggested as number {number}. {key} shows all macros",
                number=number,
                key=key,
            )
        return say("Nothing is suggested here. {key} shows all macros", key=key)

    # What does not fit

    @does("macro.reject")
    async def reject(self) -> None:
        """The suggestion under the cursor does not fit."""
        await self._reject(self.model.cursor + 1)

    @does("macro.reject_first")
    async def reject_first(self) -> None:
        """The first suggestion does not fit."""
        await self._reject(1)

    async def _reject(self, number: int) -> None:
        subject = self._subject()
        if subject is None or subject.ticket_id is None:
            return
        ticket_id = subject.ticket_id
        try:
            chosen = await self._suggested(ticket_id, number)
        except DesktermError as error:
            self._app.tell_error(error)
            return
        if chosen is None or subject.ref is None:
            self._app.tell(self._nothing(number))
            return
        model, macro = self.model, chosen.macro
        model.reject(ticket_id, macro)

        def failed(error: DesktermError) -> None:
            model.settle(ticket_id, macro)
            self._app.tell_error(error)

        def done(_: Result) -> None:
            model.settle(ticket_id, macro)
            self._app.tell(
                say(
                    "{title} is not suggested for this ticket any more · {undo} undoes",
                    title=chosen.title,
                    undo=clean(self._app.dispatcher.keymap.key_of("app.undo")),
                )
            )

        params = {"tickets": [subject.ref], "macro": macro}
        self._app.desk.office.send("macro.dismiss", params, done, failed)

    # The pane

    @property
    def pane(self) -> Widget | None:
        """The pane of suggestions, where it can be seen."""
        return self._pane if self._app.is_wide else None

    @property
    def has_keys(self) -> bool:
        """Whether the keys come to the pane."""
        return self._pane is not None and self._app.focused is self._pane

    @does("macro.use")
    async def use(self) -> None:
        """The suggestion under the cursor."""
        await self.use_number(self.model.cursor + 1)

    @does("macro.leave")
    def leave(self) -> None:
        """Back to the conversation, or to the list."""
        app = self._app
        has_view = app.desk.conversation.view is not None
        app.give_keys(app.conversation if has_view else app.panes.side_pane)

    # Choosing

    @does("macro.pick")
    async def pick(self) -> None:
        """Choose a macro for the ticket."""
        subject = self._subject()
        if subject is not None:
            await self._open_picker(subject, inserts=False)

    @does("composer.macro")
    async def insert(self) -> None:
        """Choose a macro to be put in where the cursor is."""
        composer = self._app.writing.composer
        subject = self._app.performer.subject(self._app.focused)
        if composer is None or composer.kind == "note" or composer.target.is_new:
            self._app.tell(say("Macros answer a ticket: they go into replies"))
        elif subject.ref != composer.target.ref:
            self._app.tell(say("Another ticket is shown than the one you write to"), error=True)
        else:
            await self._open_picker(subject, inserts=True)

    async def _open_picker(self, subject: Subject, *, inserts: bool) -> None:
        from deskterm.ui.macro_picker import MacroPicker

        app, ticket_id, speaks = self._app, subject.ticket_id, language()
        if ticket_id is None:
            return
        if self._picker is None:
            self._picker = MacroPicker(app.desk.readers)
            await app.lines.add(self._picker)

        async def take(macro: str) -> None:
            if inserts:
                await self._insert(ticket_id, macro)
            else:
                await self._use(subject, macro)

        app.lines.close_all()
        try:
            found = await self._read(lambda reading: reading.macros_listed(ticket_id, speaks))
        except DesktermError as error:
            app.tell_error(error)
            return
        self._picker.open(found, ticket_id, take)

    async def _insert(self, ticket_id: int, macro: str) -> None:
        try:
            filled = await self._filled(ticket_id, macro)
        except DesktermError as error:
            self._app.tell_error(error)
            return
        if filled is not None:
            self._app.writing.put_in(filled)

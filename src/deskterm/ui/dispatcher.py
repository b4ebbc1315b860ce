"""The one way from a key to a command.

Over a slow line several keys arrive at once. Textual hands each to the widget that has the focus
when it arrives, but runs bindings only after the key has gone all the way up, and by then the
focus may be elsewhere. So commands have no bindings here: a widget looks each key up itself and
waits for the command before it takes the next one, and a key that reaches a widget after the focus
has left it goes on to where the focus is. While a widget still has keys to take, later keys queue
up behind them.

A pasted text takes its turn among the keys. A widget that takes keys derives from `TakesCommands`
(letters are commands) or `TakesText` (letters are text, named before its Textual class), defines
no `on_key` and no `on_paste`, and runs in a `CommandApp`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.widget import Widget

from deskterm.service.command import Command, Context
from deskterm.service.table import TABLE
from deskterm.ui.bursts import Burst, BurstGuard, named
from deskterm.ui.does import commands_of
from deskterm.viewmodel.key_signs import ESCAPE
from deskterm.viewmodel.keys import Keymap, KeyReader, Nothing, Prefix, Run
from deskterm.viewmodel.signal import Signal

Perform = Callable[[Command, Widget], Awaitable[None]]
Typed = events.Key | events.Paste

#: After these the focus stands in a text, and the keys that follow belong to it.
OPENS_TEXT = (
    "ticket.write_reply",
    "ticket.write_note",
    "ticket.write_new",
    "app.palette",
    "app.help",
    "app.command_line",
    "view.search",
    "conversation.find",
)


if TYPE_CHECKING:
    _Mixin = Widget
else:
    # Of several bases Textual looks only at the first widget for styles and component classes.
    _Mixin = object


class Dispatcher:
    """Reads keys for the widgets that take commands.

    Args:
        keymap: keys to commands.
        perform: does a command for the widget in which its key was typed.
    """

    def __init__(self, keymap: Keymap, perform: Perform) -> None:
        self.keymap = keymap
        self.perform = perform
        self.guard = BurstGuard(keymap, OPENS_TEXT)
        #: A chord has begun (with its choices), or is over.
        self.chord: Signal[[Prefix | None]] = Signal()
        #: Keys that end no chord, as they were typed.
        self.unknown_chord: Signal[[tuple[str, ...]]] = Signal()
        #: Text that came to a place where nothing can be written; nothing was done with it.
        self.refused_text: Signal[[str]] = Signal()
        #: The key that calls the command that is being done, as the table names it; empty where
        #: no key did.
        self.pressed = ""
        self._reader = KeyReader(keymap)
        self._place: Widget | None = None
        self._busy: TakesKeys | None = None

    def holder(self) -> TakesKeys | None:
        """The widget that still has keys to take, behind which new ones queue up."""
        busy = self._busy
        return busy if busy is not None and busy.is_attached and busy.keys_waiting else None

    def hand(self, widget: TakesKeys, typed: Typed) -> None:
        """Put a key or a paste at the end of the queue of a widget."""
        if not widget.is_attached:
            return
        widget.keys_waiting += 1
        if self.holder() is None:
            self._busy = widget
        # Marks it, so that it is not handed out again on its way up.
        widget._forward_event(typed)  # noqa: SLF001

    def taken(self, widget: TakesKeys) -> None:
        """A widget is through with a key."""
        widget.keys_waiting = max(0, widget.keys_waiting - 1)
        if not widget.keys_waiting and self._busy is widget:
            focused = widget.app.focused
            self._busy = focused if isinstance(focused, TakesKeys) else None

    def pass_on(self, widget: Widget, typed: Typed) -> bool:
        """Send on what reached a widget without the focus; False where it has it."""
        focused = widget.app.focused
        if focused is widget or focused is None:
            return False
        self.guard.moved()
        again = events.Paste(typed.text) if isinstance(typed, events.Paste) else typed.copy()
        if isinstance(focused, TakesKeys):
            self.hand(focused, again)
        else:
            focused._forward_event(again)  # noqa: SLF001 - as in hand
        return True

    async def run_key(self, widget: Widget, context: Context, key: events.Key) -> bool:
        """Look a key up and do its command; True where the key meant something."""
        if self._place is not widget:
            self.leave_chord()
            self._place = widget
        was_in_chord = bool(self._reader.typed)
        step = self._reader.feed(context, named(key))
        if was_in_chord and not isinstance(step, Prefix):
            self.chord.emit(None)
        match step:
            case Run(command):
                self.pressed = self.keymap.aliases.get(named(key), named(key))
                try:
                    await self.perform(command, widget)
                finally:
                    self.pressed = ""
                return True
            case Prefix():
                self.chord.emit(step)
                return True
            case Nothing(typed):
                if typed and typed[-1] != ESCAPE:
                    self.unknown_chord.emit(typed)
                return bool(typed)

    def leave_chord(self) -> None:
        """Forget the chord that has begun."""
        if self._reader.typed:
            self._reader.leave()
            self.chord.emit(None)


class TakesKeys(_Mixin):
    """A widget whose keys come through the dispatcher, in the order in which they were typed."""

    keys_waiting: int = 0

    @property
    def dispatcher(self) -> Dispatcher:
        """The dispatcher of the app."""
        app = self.app
        if not isinstance(app, CommandApp):
            raise TypeError("widgets that take keys live in a CommandApp")
        return app.dispatcher

    async def on_key(self, event: events.Key) -> None:
        """Take a key, unless the focus has moved on."""
        dispatcher = self.dispatcher
        try:
            if dispatcher.pass_on(self, event) or await self.take_key(event):
                event.stop()
                event.prevent_default()
        finally:
            dispatcher.taken(self)

    async def on_paste(self, event: events.Paste) -> None:
        """Take a paste, unless the focus has moved on."""
        event.stop()
        event.prevent_default()
        dispatcher = self.dispatcher
        try:
            if not dispatcher.pass_on(self, event):
                self.take_paste(event.text)
        finally:
            if event.is_forwarded:
                dispatcher.taken(self)

    async def take_key(self, event: events.Key) -> bool:
        """Do what a key means here; False leaves it to Textual."""
        raise NotImplementedError

    def take_paste(self, text: str) -> None:
        """Do what is to be done with a text that is pasted here."""
        raise NotImplementedError


class TakesCommands(TakesKeys):
    """A widget in which letters are commands: those of its context and those of anywhere."""

    context: ClassVar[Context] = "list"

    async def take_key(self, event: events.Key) -> bool:
        """Do the command of a key."""
        if self.dispatcher.guard.drops(event):
            self.dispatcher.refused_text.emit(event.character or "")
            return True
        return await self.dispatcher.run_key(self, self.context, event)

    def take_paste(self, text: str) -> None:
        """Letters are commands here, so a pasted text is not taken."""
        self.dispatcher.refused_text.emit(text)


class TakesText(TakesKeys):
    """A widget in which letters are text; of its context and of anywhere the other keys count.

    The widget's own editing keys are done here as well, in their turn.
    """

    context: ClassVar[Context] = "composer"

    async def own_key(self, key: str) -> bool:
        """Keys of this widget that are no commands (Enter in a line); True if it was one."""
        del key
        return False

    async def take_key(self, event: events.Key) -> bool:
        """Do the command of a key that writes nothing, or the widget's own editing."""
        if event.is_printable:
            return False
        if await self.own_key(event.key):
            return True
        if await self.dispatcher.run_key(self, self.context, event):
            return True
        return await self._edit(event.key)

    async def _edit(self, key: str) -> bool:
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        return False


class CommandApp(App[int]):
    """An app whose keys go through a dispatcher, and which has no bindings of its own."""

    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, perform: Perform | None = None, keymap: Keymap | None = None) -> None:
        super().__init__()
        # Not `inherit_bindings`: that would take the keys of Textual's widgets as well.
        self._bindings.key_to_bindings.clear()
        self.dispatcher = Dispatcher(keymap or Keymap(TABLE.values()), perform or do_here)
        #: When the last key came, by the monotonic clock.
        self.typed_at = 0.0

    def place_of_keys(self) -> Widget | None:
        """Where keys go when nothing has the focus."""
        return None

    async def on_event(self, event: events.Event) -> None:
        """Hand out keys and pastes in the order in which they came."""
        if isinstance(event, Burst):
            await self._take_burst(event)
        elif isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._take_typed(event)
        else:
            await super().on_event(event)

    async def _take_typed(self, typed: Typed) -> None:
        self.typed_at = monotonic()
        if self.focused is None and (place := self.place_of_keys()) is not None:
            self.screen.set_focus(place)
        target = self.dispatcher.holder() or self.focused
        if isinstance(target, TakesKeys):
            self.app_focus = True
            self.dispatcher.hand(target, typed)
        else:
            await super().on_event(typed)

    async def _take_burst(self, burst: Burst) -> None:
        target = self.dispatcher.holder() or self.focused
        if isinstance(target, TakesCommands) and self.dispatcher.guard.is_paste(
            burst, target.context
        ):
            self.dispatcher.refused_text.emit(burst.text)
            return
        for key in burst.keys:
            await self._take_typed(key)


async def do_here(command: Command, widget: Widget) -> None:
    """Do a command by what the widget itself marks with `does`; nothing where it does not."""
    await call_handler(widget, command.id)


async def call_handler(owner: object, command_id: str) -> bool:
    """Call the method of `owner` that does a command; False where there is none."""
    name = commands_of(type(owner)).get(command_id)
    if name is None:
        return False
    result = getattr(owner, name)()
    if isawaitable(result):
        await result
    return True

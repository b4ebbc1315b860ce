"""What takes keys: widgets in which letters are commands or text, and the app they live in.

A widget that takes keys derives from `TakesCommands` (letters are commands) or `TakesText` (letters
are text, named before its Textual class), defines no `on_key` and no `on_paste`, and runs in a
`CommandApp`. What becomes of a key is told in `deskterm.ui.dispatcher`, which no start waits for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from inspect import isawaitable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App

from deskterm.ui.bursts import Burst
from deskterm.ui.does import commands_of

if TYPE_CHECKING:
    from textual.widget import Widget

    from deskterm.service.command import Command, Context
    from deskterm.ui.dispatcher import Dispatcher
    from deskterm.viewmodel.keys import Keymap

    _Mixin = Widget
else:
    # Of several bases Textual looks only at the first widget for styles and component classes.
    _Mixin = object

Perform = Callable[["Command", "Widget"], Awaitable[None]]
Typed = events.Key | events.Paste


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
    """An app whose keys go through a dispatcher, and which has no bindings of its own.

    Args:
        perform: does a command for the widget in which its key was typed.
        keymap: gives keys to commands; without it those of the table count.
    """

    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, perform: Perform | None = None, keymap: Callable[[], Keymap] | None = None
    ) -> None:
        super().__init__()
        # Not `inherit_bindings`: that would take the keys of Textual's widgets as well.
        self._bindings.key_to_bindings.clear()
        self._perform_by = perform or do_here
        self._keymap_of_app = keymap
        #: When the last key came, by the monotonic clock.
        self.typed_at = 0.0

    @cached_property
    def dispatcher(self) -> Dispatcher:
        """What reads the keys; made when the first one comes, or somebody wants to hear of them."""
        from deskterm.ui import dispatcher

        keymap = self._keymap_of_app or dispatcher.usual_keymap
        return dispatcher.Dispatcher(keymap(), self._perform_by)

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

"""The one way from a key to a command.

Over a slow line several keys arrive at once. Textual hands each to the widget that has the focus
when it arrives, but runs bindings only after the key has gone all the way up, and by then the
focus may be elsewhere. So commands have no bindings here: a widget looks each key up itself and
waits for the command before it takes the next one, and a key that reaches a widget after the focus
has left it goes on to where the focus is. While a widget still has keys to take, later keys queue
up behind them. A pasted text takes its turn among the keys.
"""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from deskterm.service.command import Context
from deskterm.service.table import TABLE
from deskterm.ui.burst_guard import BurstGuard, named
from deskterm.ui.taking import Perform, TakesKeys, Typed
from deskterm.viewmodel.key_signs import ESCAPE
from deskterm.viewmodel.keys import Keymap, KeyReader, Nothing, Prefix, Run
from deskterm.viewmodel.signal import Signal

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


def usual_keymap() -> Keymap:
    """The keys of the table."""
    return Keymap(TABLE.values())


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

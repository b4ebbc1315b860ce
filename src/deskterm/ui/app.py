"""The console: puts the panes together and hands things on. What is done stands elsewhere."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widget import Widget

from deskterm.domain.errors import DesktermError
from deskterm.text.clean import SafeText, clean
from deskterm.ui import making, terminal
from deskterm.ui.acts.colours import Colours
from deskterm.ui.desk import AppTimers, Desk
from deskterm.ui.fatal import EndsInWords, Report
from deskterm.ui.footer import KeyLine
from deskterm.ui.frames import Column, DeskScreen, Row
from deskterm.ui.messages import Opened, OrderActed, Told
from deskterm.ui.status import StatusLine
from deskterm.ui.taking import CommandApp, TakesCommands, TakesText
from deskterm.ui.ticket_list import TicketListPane
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.words import error_words

if TYPE_CHECKING:
    from deskterm.service.command import Command, Context
    from deskterm.ui.acts.attention import Attention
    from deskterm.ui.acts.beginning import Beginning, Then
    from deskterm.ui.acts.chords import Chords
    from deskterm.ui.acts.copying import Copying
    from deskterm.ui.acts.going import Going
    from deskterm.ui.acts.late import Late
    from deskterm.ui.acts.lines import Lines
    from deskterm.ui.acts.macros import Macros
    from deskterm.ui.acts.news import News
    from deskterm.ui.acts.orders import Orders
    from deskterm.ui.acts.panes import Panes, Side
    from deskterm.ui.acts.returning import Returning
    from deskterm.ui.acts.telling import Telling
    from deskterm.ui.acts.touring import Touring
    from deskterm.ui.acts.writing import Writing
    from deskterm.ui.conversation import ConversationPane
    from deskterm.ui.garbage import Garbage
    from deskterm.ui.performer import Performer
    from deskterm.ui.toasts import Notices
    from deskterm.viewmodel.keys import Keymap
    from deskterm.viewmodel.order import OrderFacts
    from deskterm.viewmodel.reading import ReadingPort
    from deskterm.viewmodel.reply_window import ReplyWindow

NARROW: Final = 110
"""Columns below which there is one pane at a time."""

WIDE: Final = 170
"""Columns from which on the order has a column of its own."""

LEAST: Final = (40, 10)
"""Columns and rows below which nothing can be shown."""

BREATH_S: Final = 0.01
"""Seconds in which the first frame reaches the terminal: a thread of Textual's writes it, which
needs the interpreter for itself."""

STANDS_S: Final = 0.3
"""Seconds after the first paint until garbage is collected."""

_ENDING: Final = (signal.SIGHUP, signal.SIGTERM)

T = TypeVar("T")
MakeDesk = Callable[[Callable[[Callable[[], None]], None], Timers], Desk]


class DeskApp(EndsInWords, CommandApp):
    """The console.

    Args:
        make_desk: makes the models, given a way onto the screen's thread and timers.
        report: writes a report about a fault in the program.
        keymap: gives keys to commands; without it those of the table count.
    """

    TITLE = "deskterm"
    CSS_PATH = [  # noqa: RUF012 - as Textual declares it
        "styles/app.tcss",
        "styles/panes.tcss",
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (NARROW, "-medium"),
        (WIDE, "-wide"),
    ]

    def __init__(
        self,
        make_desk: MakeDesk,
        report: Report | None = None,
        keymap: Callable[[], Keymap] | None = None,
    ) -> None:
        super().__init__(perform=self._perform, keymap=keymap)
        self.driver_class = terminal.DeskDriver
        self.report = report
        self.timers = AppTimers(self)
        self.desk = make_desk(self.soon, self.timers)
        self.colours = Colours(self)
        self.colours.begin()
        self.is_too_small = False
        self.side_panes: dict[Side, Widget] = {}
        self._stands = asyncio.Event()
        #: What is to be done when the console has ended; see `Then`.
        self.then: Then = ""

    # What `making` makes once the first frame stands.
    panes: Panes
    going: Going
    lines: Lines
    writing: Writing
    macros: Macros
    orders: Orders
    beginning: Beginning
    touring: Touring
    copying: Copying
    late: Late
    telling: Telling
    performer: Performer
    returning: Returning
    news: News
    attention: Attention
    chords: Chords
    garbage: Garbage
    notices: Notices
    conversation: ConversationPane
    order: OrderFacts
    window: ReplyWindow

    # Putting together

    def get_default_screen(self) -> DeskScreen:
        """Textual: what the panes are put on."""
        self.desk_screen = DeskScreen()
        return self.desk_screen

    def compose(self) -> ComposeResult:
        """Status line, panes, footer; what is seldom wanted is made when it is."""
        desk = self.desk
        self._see_size(self.size, update=False)
        yield StatusLine(desk.status, desk.banner)
        with Row(id="desk"):
            with Column(id="side"):
                pane = TicketListPane(
                    desk.tickets, marks=desk.marks, symbols=desk.symbols, now=desk.now, id="list"
                )
                pane.set_reactive(Widget.has_focus, True)  # styled once, as it will stand
                yield pane
            yield Column(id="main")
        yield KeyLine(lambda: self.dispatcher.keymap)

    def on_mount(self) -> None:
        """Show the first page, then talk to anyone."""
        desk = self.desk
        self._find_panes()
        reading = desk.first()
        desk.tickets.start(reading)
        reading.close()
        self.screen.set_focus(self.tickets_pane)
        self.call_after_refresh(self.set_timer, BREATH_S, self.painted)

    def _find_panes(self) -> None:
        self.tickets_pane = self.query_one(TicketListPane)
        self.side_panes["list"] = self.tickets_pane
        self.main = self.query_one("#main", Column)
        self.status_line = self.query_one(StatusLine)
        self.footer = self.query_one(KeyLine)

    def _connect(self) -> None:
        tickets, keys = self.desk.tickets, self.dispatcher
        self.desk.status.undo = clean(keys.keymap.way_to("app.undo"))
        self.watch(self.screen, "focused", self.show_keys, init=False)
        tickets.moved.connect(lambda _old, _new: self.follow_cursor())
        tickets.changed.connect(self.follow_cursor)
        self.desk.conversation.changed.connect(self.show_keys)
        self.desk.conversation.seen.connect(tickets.seen)
        self.desk.outbox.changed.connect(self.show_keys)
        self.desk.outbox.moved.connect(lambda _old, _new: self.show_keys())
        keys.chord.connect(self.chords.follow)
        keys.unknown_chord.connect(self.telling.no_such_chord)
        keys.refused_text.connect(self.telling.text_refused)

    async def painted(self) -> None:
        """The first frame is on the screen: what it did not need can follow."""
        making.controllers(self)
        self._connect()
        self.show_keys()
        self.follow_cursor()
        self.conversation = making.conversation(self)
        await self.main.mount(self.conversation)
        await self.orders.begin()
        await self.macros.start()
        self.desk_screen.stands = True
        self._stands.set()
        if isinstance(self._driver, terminal.DeskDriver):
            loop = asyncio.get_running_loop()
            for number in _ENDING:
                loop.add_signal_handler(number, self.end_at_once, number)
        self.news.start()
        self.attention.start()
        self.returning.start()
        self.colours.follow()
        self.telling.mistakes()
        if self.desk.begins_with_tour:
            await self.touring.begin()
        self.set_timer(STANDS_S, self.garbage.begin)

    async def on_unmount(self) -> None:
        """Let go of signals, and of what the process shares."""
        if not self._stands.is_set():
            return
        self.garbage.end()
        if isinstance(self._driver, terminal.DeskDriver):
            loop = asyncio.get_running_loop()
            for number in _ENDING:
                loop.remove_signal_handler(number)

    # What controllers use

    @property
    def is_narrow(self) -> bool:
        """Whether there is one pane at a time."""
        return self.size.width < NARROW

    @property
    def is_wide(self) -> bool:
        """Whether there is a third column."""
        return self.size.width >= WIDE

    @property
    def context(self) -> Context:
        """The context that keys are read in, where they would go without an open line."""
        focused = self.focused
        if isinstance(focused, TakesCommands | TakesText) and focused.context != "line":
            return focused.context
        return "list"

    def place_of_keys(self) -> Widget | None:
        """Keys go to the pane on the left when nothing else has them."""
        return self.panes.side_pane if self._stands.is_set() else self.tickets_pane

    def give_keys(self, widget: Widget) -> None:
        """Move the focus, at once."""
        self.screen.set_focus(widget)

    async def side_pane(self, side: Side) -> Widget:
        """A pane for the left; made when it is first wanted."""
        if side not in self.side_panes:
            pane = making.side(self, side)
            self.side_panes[side] = pane
            await self.query_one("#side").mount(pane)
        return self.side_panes[side]

    async def add_aside(self, pane: Widget) -> None:
        """Put a pane into the third column, below those that stand there."""
        aside = self.query("#aside")
        if aside:
            await aside.first().mount(pane)
        else:
            await self.query_one("#desk").mount(Column(pane, id="aside"))

    def tell(self, words: SafeText, *, error: bool = False) -> None:
        """Say something over the footer."""
        if not self.notices.is_attached:
            self.mount(self.notices)
        self.notices.tell(words, error=error)

    def tell_error(self, error: DesktermError) -> None:
        """Say what is wrong; it stays until the next key."""
        self.tell(error_words(error), error=True)

    async def read(self, slot: str, work: Callable[[ReadingPort], T]) -> T:
        """Have something read and wait for it.

        Raises:
            DesktermError: it cannot be read, or not in time.
        """
        from deskterm.ui.waiting import answered

        return await answered(self.desk.readers, slot, work)

    def follow_cursor(self) -> None:
        """The conversation beside the list shows the ticket under its cursor."""
        if self.panes.is_open or self.is_narrow or self.panes.side != "list":
            return
        ticket_id = self.desk.tickets.current_id
        if ticket_id is None:
            self.desk.conversation.close()
        else:
            self.desk.conversation.open(ticket_id)

    def load_styles(self, name: str) -> None:
        """Read a style sheet that the first frame does not need."""
        path = Path(__file__).parent / "styles" / name
        if not self.stylesheet.has_source(str(path)):
            self.stylesheet.read(path)
            self.stylesheet.parse()

    # Ends

    def leave(self) -> None:
        """End the console; what is written stays a draft."""
        self._keep()
        self.exit(0)

    def end_at_once(self, number: int) -> None:
        """The terminal has gone, or the system asks: keep what is typed, and end."""
        self._keep()
        self.desk.places.flush()
        self.exit(128 + number)

    def _keep(self) -> None:
        """Note what is typed, and where; before the console stands there is nothing."""
        if self._stands.is_set():
            self.writing.flush()
            self.returning.note()

    def keep_what_was_typed(self) -> bool:
        """See `EndsInWords`."""
        return self._stands.is_set() and self.writing.flush()

    def on_terminal_gone(self) -> None:
        """Nobody reads this any more."""
        self.end_at_once(signal.SIGHUP)

    # Routing

    async def _perform(self, command: Command, widget: Widget) -> None:
        await self._stands.wait()
        self.returning.touched()
        self.attention.touched()
        await self.performer.perform(command, widget)

    def soon(self, act: Callable[[], None]) -> None:
        """Run something on the screen's thread, in its turn."""
        self.call_later(act)

    def show_keys(self) -> None:
        """Name in the footer what works where the keys are."""
        focused, desk = self.focused, self.desk
        if isinstance(focused, TakesCommands | TakesText):
            nothing = self.writing.means_nothing | desk.outbox.means_nothing
            nothing |= desk.conversation.means_nothing
            self.footer.show(focused.context, nothing, self.macros.hint(focused.context))

    def on_resize(self, event: events.Resize) -> None:
        """Textual: the terminal has another size."""
        self._see_size(event.size)
        if self._stands.is_set():
            self.call_after_refresh(self.follow_cursor)
            self.call_after_refresh(self.orders.size_changed)
            self.call_after_refresh(self.macros.fit)

    def _see_size(self, size: Size, *, update: bool = True) -> None:
        """`update`: the styles have been read already, and must be read again."""
        width, height = size
        self.is_too_small = width < LEAST[0] or height < LEAST[1]
        if not self.screen_stack:
            return
        screen = self.screen
        screen.set_class(self.is_too_small, "-too-small", update=update)
        # Textual does the same, but only after it has painted a frame without.
        within = max(least for least, _ in self.HORIZONTAL_BREAKPOINTS if least <= width)
        for least, name in self.HORIZONTAL_BREAKPOINTS:
            screen.set_class(least == within, name, update=update)
        if self.is_too_small and not self.query("#too-small"):
            screen.mount(making.too_small(self))

    def on_app_blur(self) -> None:
        """Textual: another window has the focus; what is typed is saved."""
        self.keep_what_was_typed()

    async def on_opened(self, event: Opened) -> None:
        """A ticket was clicked twice."""
        if self._stands.is_set():
            await self.panes.open(event.ticket_id)

    def on_answered(self, event: terminal.Answered) -> None:
        """The terminal has said what pictures it can show."""
        if self._stands.is_set() and self.late.files is not None:
            self.late.files.answered(event)

    async def on_order_acted(self, _: OrderActed) -> None:
        """A fact was clicked twice."""
        await self.orders.actions()

    def on_told(self, event: Told) -> None:
        """The composer says something."""
        self.tell(event.words)

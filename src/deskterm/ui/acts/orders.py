"""The order of a ticket: its panel, and what is done with what stands in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from deskterm.i18n import marked, say
from deskterm.service.command import Command
from deskterm.text.clean import SafeText, clean
from deskterm.ui.does import does
from deskterm.ui.waiting import until

if TYPE_CHECKING:
    from textual.widget import Widget

    from deskterm.ui.app import DeskApp
    from deskterm.ui.order_panel import OrderPanel
    from deskterm.viewmodel.offers import Offer

_OPEN_TICKET = "order.open_ticket"
_ACTIONS: Final = (
    "order.insert",
    "order.copy",
    "order.open_web",
    "order.refresh",
    "order.timeline",
    "order.link",
    "order.unlink",
)
#: What cannot be done from here yet, and is named so that nobody looks for it.
_NOT_YET: Final = (
    Command("order.refund", marked("Refund…"), ""),
    Command("order.cancel", marked("Cancel the order…"), ""),
    Command("order.address", marked("Change the address…"), ""),
    Command("order.resend", marked("Send again…"), ""),
)


class Orders:
    """Shows the order panel: in a column of its own where there is room, else in place of what
    stands on the left.
    """

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._aside: OrderPanel | None = None
        self._reasons: Mapping[str, SafeText] = {}

    # What is where

    @property
    def aside(self) -> OrderPanel | None:
        """The panel in the third column; None where there is no such column."""
        return self._aside if self._app.is_wide else None

    @property
    def panel(self) -> Widget | None:
        """The panel that has the keys; None while neither has."""
        focused = self._app.focused
        return focused if focused in (self._aside, self._app.side_panes.get("order")) else None

    async def begin(self) -> None:
        """The first frame is on the screen: a wide one gets its third column."""
        await self._see_aside()

    async def size_changed(self) -> None:
        """There may be more columns now, or fewer."""
        app = self._app
        await self._see_aside()
        app.conversation.head_changed()
        if app.is_wide and app.panes.side == "order":
            had_keys = self.panel is not None
            await app.panes.leave_order()
            if had_keys and self._aside is not None:
                app.give_keys(self._aside)
        elif not app.is_wide and self._aside is not None and app.focused in (None, self._aside):
            await app.panes.show_order()

    async def _see_aside(self) -> None:
        """Make the third column when it is first wanted."""
        app = self._app
        if not app.is_wide or self._aside is not None:
            return
        from deskterm.ui.order_panel import OrderPanel

        panel = OrderPanel(app.order, symbols=app.desk.symbols)
        self._aside = panel
        await app.add_aside(panel)

    # Commands

    @does("order.focus")
    async def focus(self) -> None:
        """To the order of the ticket; from there back to where the keys were."""
        app = self._app
        if self.panel is not None:
            await self.leave()
            return
        ticket_id = app.performer.subject(app.focused).ticket_id
        if ticket_id is None:
            app.tell(say("No ticket is chosen"), error=True)
            return
        conversation = app.desk.conversation
        conversation.open(ticket_id)
        if self.aside is not None:
            app.give_keys(self.aside)
        else:
            await app.panes.show_order()
        await until(
            lambda: app.order.ticket_id == ticket_id or conversation.state in ("gone", "failed"),
            conversation.changed,
        )

    async def leave(self) -> None:
        """Back to where the keys were."""
        app = self._app
        if app.panes.side == "order":
            await app.panes.leave_order()
        else:
            app.give_keys(app.conversation if app.panes.is_open else app.panes.side_pane)

    @does("order.next")
    def next(self) -> None:
        """The next order of the ticket."""
        self._step(1)

    @does("order.previous")
    def previous(self) -> None:
        """The one before."""
        self._step(-1)

    @does("order.timeline")
    def timeline(self) -> None:
        """What happened when, or the facts again."""
        if not self._app.order.toggle_timeline():
            self._app.tell(say("This ticket is about no order"))

    @does("order.insert")
    async def insert(self) -> None:
        """Put the value under the cursor into the text."""
        value = self._value()
        if value is not None:
            await self._app.writing.insert(value)

    @does("order.copy")
    def copy(self) -> None:
        """Send the value under the cursor to the clipboard."""
        value = self._value()
        if value is not None:
            self._app.copying.copy(value)

    @does("order.open_web")
    def open_web(self) -> None:
        """Open the page of the order, or copy its address."""
        from deskterm.ui.browser import is_page, open_page

        app = self._app
        order = app.order.order
        if order is None or not is_page(order.url):
            app.tell(say("The channel names no page for this order"), error=True)
        elif open_page(order.url, os.environ):
            app.tell(say("Opened in the browser: {address}", address=order.url))
        else:
            app.copying.copy(order.url)

    @does("order.actions")
    async def actions(self) -> None:
        """Ask what is to be done."""
        app = self._app
        offers = self._offers()
        self._reasons = {each.command.id: each.reason for each in offers if each.reason}
        order = app.order.order
        title = say("Order") if order is None else say("Order {ref}", ref=order.ref)
        await app.lines.choose(title, offers, self._take)

    def told(self, command_id: str) -> dict[str, object]:
        """What the panel's cursor says to a command that was called in it."""
        model = self._app.order
        if self.panel is None:
            return {}
        if command_id == "order.unlink" and model.order is not None:
            return {"order": model.order.ref, "account": model.order.account}
        fact = model.current
        if command_id == "order.link" and fact is not None and fact.other is not None:
            number, account = fact.other
            return {"order": number, "account": account}
        return {}

    # Parts

    def _step(self, step: int) -> None:
        if not self._app.order.step(step):
            self._app.tell(say("This ticket is about no other order"))

    def _value(self) -> SafeText | None:
        fact = self._app.order.current
        if fact is None or not fact.value:
            self._app.tell(say("There is no value under the cursor"), error=True)
            return None
        return fact.value

    def _offers(self) -> list[Offer]:
        """What can be done, and what cannot, with the reason."""
        from deskterm.service.table import TABLE
        from deskterm.viewmodel.offers import Offer

        app, model = self._app, self._app.order
        key_of = partial(app.dispatcher.keymap.key_of, context="order")
        offers = []
        fact = model.current
        if fact is not None and fact.ticket_id is not None:
            command = Command(_OPEN_TICKET, marked("Open this ticket"), "")
            offers.append(Offer(command, say(command.title), fact.text, clean(""), clean("")))
        for command_id in _ACTIONS:
            command = TABLE[command_id]
            told = self.told(command_id).get("order")
            about = clean(str(told), multiline=False) if told else say(command.help)
            if command_id in ("order.insert", "order.copy") and fact is not None and fact.value:
                about = fact.value
            key = clean(key_of(command_id))
            reason = self._reason(command_id)
            offers.append(Offer(command, say(command.title), about, key, clean(""), reason))
        not_yet = say("this version reads orders and changes none; the browser can")
        offers += (
            Offer(each, say(each.title), clean(""), clean(""), clean(""), not_yet)
            for each in _NOT_YET
        )
        return offers

    def _reason(self, command_id: str) -> SafeText | None:
        """Why an action cannot be done now."""
        model = self._app.order
        fact = model.current
        if command_id in ("order.insert", "order.copy") and not (fact and fact.value):
            return say("there is no value under the cursor")
        if command_id in ("order.unlink", "order.timeline") and model.order is None:
            return say("this ticket is about no order")
        if command_id == "order.open_web" and not (model.order and model.order.url):
            return say("the channel names no page for this order")
        return None

    async def _take(self, command: Command) -> None:
        """Do what was chosen."""
        app = self._app
        fact = app.order.current
        if command.id in self._reasons:
            why = say("{title}: {why}", title=say(command.title), why=self._reasons[command.id])
            app.tell(why, error=True)
        elif command.id == _OPEN_TICKET:
            if fact is not None and fact.ticket_id is not None:
                app.desk.tickets.move_to_ticket(fact.ticket_id)
                await app.panes.open(fact.ticket_id)
        else:
            await app.performer.perform(command, app.focused or app.panes.side_pane)

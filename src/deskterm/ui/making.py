"""The panes that the first frame does not need, made when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from deskterm.ui.acts.panes import Side
    from deskterm.ui.app import DeskApp
    from deskterm.ui.conversation import ConversationPane


def conversation(app: DeskApp) -> ConversationPane:
    """The pane on the right, with the order of its ticket at the head."""
    from deskterm.ui.conversation import ConversationPane
    from deskterm.viewmodel.order import OrderFacts
    from deskterm.viewmodel.reply_window import ReplyWindow

    desk = app.desk
    app.load_styles("blocks.tcss")
    # Before the pane: what stands at its head is known when it is told of a ticket.
    app.order = OrderFacts(desk.conversation, desk.status, desk.now, desk.zone)
    app.window = ReplyWindow(desk.conversation, desk.readers, app.timers, desk.now)
    pane = ConversationPane(
        desk.conversation,
        symbols=desk.symbols,
        now=desk.now,
        zone=desk.zone,
        strip=lambda: None if app.is_wide else app.order.strip,
        window=app.window,
        hint=app.macros.reason_hint,
        id="conversation",
    )
    app.order.changed.connect(pane.head_changed)
    app.window.changed.connect(pane.head_changed)
    return pane


def side(app: DeskApp, side: Side) -> Widget:
    """A pane for the left: outbox, order or health."""
    desk = app.desk
    if side == "outbox":
        from deskterm.ui.outbox import OutboxPane

        return OutboxPane(
            desk.outbox, symbols=desk.symbols, now=desk.now, zone=desk.zone, id="outbox"
        )
    if side == "order":
        from deskterm.ui.order_panel import OrderPanel

        return OrderPanel(app.order, symbols=desk.symbols, id="order")
    from deskterm.ui.health import HealthPane

    return HealthPane(desk.health, symbols=desk.symbols, id="health")

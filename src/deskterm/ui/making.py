"""What the first frame does not need, made when it stands or when it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from deskterm.ui.acts.panes import Side
    from deskterm.ui.app import DeskApp
    from deskterm.ui.conversation import ConversationPane


def controllers(app: DeskApp) -> None:
    """What does the commands, and what happens by itself: a console has them once it stands."""
    from deskterm.ui.acts.attention import Attention
    from deskterm.ui.acts.beginning import Beginning
    from deskterm.ui.acts.chords import Chords
    from deskterm.ui.acts.copying import Copying
    from deskterm.ui.acts.going import Going
    from deskterm.ui.acts.late import Late
    from deskterm.ui.acts.lines import Lines
    from deskterm.ui.acts.macros import Macros
    from deskterm.ui.acts.marking import Marking
    from deskterm.ui.acts.news import News
    from deskterm.ui.acts.orders import Orders
    from deskterm.ui.acts.panes import Panes
    from deskterm.ui.acts.returning import Returning
    from deskterm.ui.acts.telling import Telling
    from deskterm.ui.acts.touring import Touring
    from deskterm.ui.acts.writing import Writing
    from deskterm.ui.garbage import Garbage
    from deskterm.ui.performer import Performer
    from deskterm.ui.toasts import Notices

    app.load_styles("later.tcss")
    app.panes = Panes(app)
    app.going = Going(app)
    app.lines = Lines(app)
    app.writing = Writing(app)
    app.macros = Macros(app)
    app.orders = Orders(app)
    shared = (app.panes, app.going, app.lines, app.writing, app.orders)
    app.beginning = Beginning(app)
    app.touring = Touring(app)
    app.copying = Copying(app)
    own = (app.copying, Marking(app), app.beginning, app.touring, app.macros)
    app.late = Late(app)
    app.telling = Telling(app)
    app.performer = Performer(app, (*shared, *own))
    app.returning = Returning(app)
    app.news = News(app)
    app.attention = Attention(app)
    app.chords = Chords(app)
    app.garbage = Garbage(app.timers, lambda: app.typed_at)
    app.notices = Notices()


def too_small(app: DeskApp) -> Widget:
    """What covers everything while the terminal is too small."""
    from deskterm.ui.hints import TooSmall

    app.load_styles("later.tcss")
    return TooSmall()


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

"""The states of things as the command line names them: the words that queries and JSON use, with
blanks for underscores. In other languages than English they are translated.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from deskterm.i18n import marked

STATES: Final = MappingProxyType(
    {
        # tickets
        "new": marked("new"),
        "open": marked("open"),
        "waiting_customer": marked("waiting customer"),
        "waiting_partner": marked("waiting partner"),
        "snoozed": marked("snoozed"),
        "resolved": marked("resolved"),
        "closed": marked("closed"),
        "spam": marked("spam"),
        "low": marked("low"),
        "normal": marked("normal"),
        "high": marked("high"),
        "urgent": marked("urgent"),
        # replies on their way, and the ends of their tries
        "held": marked("held"),
        "scheduled": marked("scheduled"),
        "queued": marked("queued"),
        "sending": marked("sending"),
        "retry_later": marked("retry later"),
        "unknown": marked("unknown", "reply"),
        "settling": marked("settling"),
        "ask_agent": marked("ask agent"),
        "needs_edit": marked("needs edit"),
        "sent": marked("sent"),
        "withdrawn": marked("withdrawn"),
        "refused": marked("refused", "reply"),
        # accounts
        "ok": marked("ok"),
        "syncing": marked("syncing"),
        "retrying": marked("retrying"),
        "paused": marked("paused"),
        "sign_in": marked("sign in"),
        "asks": marked("asks"),
        "broken": marked("broken"),
        # orders: payment, fulfilment, stock, parcels, refunds, returns
        "pending": marked("pending", "payment"),
        "authorized": marked("authorized"),
        "paid": marked("paid"),
        "partially_refunded": marked("partially refunded"),
        "refunded": marked("refunded", "payment"),
        "voided": marked("voided"),
        "failed": marked("failed"),
        "unfulfilled": marked("unfulfilled"),
        "in_progress": marked("in progress"),
        "partially_fulfilled": marked("partially fulfilled"),
        "fulfilled": marked("fulfilled"),
        "cancelled": marked("cancelled"),
        "in_stock": marked("in stock"),
        "out_of_stock": marked("out of stock"),
        "on_backorder": marked("on backorder"),
        "label_created": marked("label created"),
        "picked_up": marked("picked up"),
        "in_transit": marked("in transit"),
        "out_for_delivery": marked("out for delivery"),
        "delivered": marked("delivered"),
        "delivery_attempt": marked("delivery attempt"),
        "exception": marked("exception", "parcel"),
        "returned_to_sender": marked("returned to sender"),
        "proposed": marked("proposed"),
        "approved": marked("approved"),
        "issued": marked("issued"),
        "requested": marked("requested"),
        "label_sent": marked("label sent"),
        "received": marked("received"),
        "inspected": marked("inspected"),
        "disposed": marked("disposed"),
        "restocked": marked("restocked"),
        "refund_released": marked("refund released"),
        # outcomes of replies
        "blocked": marked("blocked"),
        "needs_reason": marked("needs reason"),
    }
)

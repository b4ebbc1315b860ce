"""Notes to the customer: the shop mails each of them at once, and none can be called back.

`POST /orders/{id}/notes` has no key against repeats. What became of a note of which nobody knows is
found out by reading the notes of its order, a list that always comes whole. A shop that cannot mail
says so by a note of its own, right behind ours.
"""

from __future__ import annotations

import html
import re
from datetime import datetime

from deskterm.contract import ConnectorError, Receipt, Refused, Reply, SentMatch, SentProbe
from deskterm.domain.outbox import text_digest
from deskterm_connectors.woocommerce.client import ShopApi
from deskterm_connectors.woocommerce.fields import Odd, Row, identity, moment, text
from deskterm_connectors.woocommerce.spec import NOTE_BYTES

_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")
_SYSTEM = "WooCommerce"
#: As the shop writes it in English; other languages of a site are not recognised.
_NOT_MAILED = re.compile(r'Email ".{1,200}?" failed to send')


async def write(api: ShopApi, reply: Reply, now: datetime) -> Receipt:
    """Write a note and have the shop mail it, once.

    Raises:
        Refused: it cannot be written so, or the shop could not mail it.
        ConnectorError: as `ShopApi.post`.
    """
    place, body = _place(reply.thread_remote_id), _body(reply)
    answer = await api.post(place, {"note": body, "customer_note": True, "added_by_user": True})
    row = answer.row()
    try:
        written_at = moment(row, "date_created_gmt") or answer.at or now
        key = identity(row)
    except Odd:
        raise api.unclear(201) from None
    if await _was_not_mailed(api, place, int(key)):
        raise Refused(
            "The shop keeps the note, and its own mail program could not send it to the customer.",
            code="mail_failed",
        )
    return Receipt(_remote_id(key), written_at)


async def find(api: ShopApi, probe: SentProbe) -> SentMatch | None:
    """Look for a note to the customer among those of its order.

    Raises:
        ConnectorError: as `ShopApi.get`.
    """
    for row in (await api.get(_place(probe.thread_remote_id), type="customer")).rows():
        try:
            written_at, key = moment(row, "date_created_gmt"), identity(row)
        except Odd:
            continue
        if written_at is None or written_at < probe.not_before:
            continue
        if text_digest(_plain(row)) == probe.text_digest:
            return SentMatch(_remote_id(key), written_at)
    return None


async def _was_not_mailed(api: ShopApi, place: str, key: int) -> bool:
    """Whether the shop says that its mail failed. Where it cannot be asked, nothing says so."""
    try:
        listed = (await api.get(place)).rows()
    except ConnectorError:
        return False
    after = [row for row in listed if _number(row) > key and text(row, "author") == _SYSTEM]
    return any(_NOT_MAILED.match(text(row, "note")) for row in after)


def _body(reply: Reply) -> str:
    """The note is HTML: what is written is shown as it was typed, with its lines."""
    body = html.escape(reply.text.strip(), quote=False)
    if not body:
        raise Refused("A note without text would be mailed as it is.", code="empty")
    if len(body.encode()) > NOTE_BYTES:
        raise Refused(f"The note is longer than {NOTE_BYTES:,} bytes.", code="too_long")
    if reply.attachments:
        raise Refused("A note takes no files.", code="attachments")
    return body


def _plain(row: Row) -> str:
    return html.unescape(_TAG.sub("", text(row, "note")))


def _place(order_id: str) -> str:
    if not (order_id.isascii() and order_id.isdigit() and 0 < len(order_id) < 20):
        raise Refused("This is about no order of the shop.", code="no_order")
    return f"/orders/{order_id}/notes"


def _number(row: Row) -> int:
    try:
        return int(identity(row))
    except (Odd, ValueError):
        return 0


def _remote_id(key: str) -> str:
    return f"note:{key}"

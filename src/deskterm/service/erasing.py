"""Erasing a customer as one act: what is about to leave is stopped, then everything goes."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.service import learning
from deskterm.service.commands.outbox import take_back
from deskterm.service.work import Work
from deskterm.store import belongings, erasing, outbox, repeats
from deskterm.store import learning as picks
from deskterm.store.erasing import Erased


def erase_customer(work: Work, uid: str, mentioned: Sequence[int]) -> Erased:
    """Erase a customer.

    Args:
        mentioned: the messages on whatever ticket that they wrote or that name their address, as
            `deskterm.store.mentions.find` has found them.

    Raises:
        DesktermError: there is no such customer, or a reply to them is leaving or may have left;
            nothing was changed.
    """
    tx = work.tx
    customer = belongings.customer_by_uid(tx.connection, uid)
    belongings.refuse_open_ends(tx.connection, customer)
    for item in belongings.leaving_elsewhere(tx.connection, customer):
        take_back(work, item)
        outbox.note_on_ticket(tx, work.change(), item["ticket_id"])
    picks.forget_customer(tx, customer["id"], learning.weigh(work))
    repeats.forget_customer(tx, customer["id"])
    return erasing.erase(tx, work.change(), customer, mentioned)

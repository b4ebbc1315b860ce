"""What agents say of suggestions."""

from __future__ import annotations

import sqlite3
from typing import Final

from deskterm.domain.errors import UsageError
from deskterm.service import learning
from deskterm.service.act import Act, LeftAlone, Outcome, Params, needed, the_ticket
from deskterm.service.work import Work
from deskterm.store import reasons
from deskterm.store.learning import is_dismissed, undismiss
from deskterm.store.tickets import newest_inbound
from deskterm.store.transaction import Change

#: The field of a ticket under which the journal has what does not fit it.
FIELD: Final = "dismissed_macro"
_NAME_MAX: Final = 60


def _dismiss(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """A suggested macro does not fit: it is not suggested for the ticket again, and seldomer for
    messages like that.
    """
    row, macro = the_ticket(ticket), needed(params, "macro").strip()
    if len(macro) > _NAME_MAX or not macro.isprintable():
        raise UsageError("That is no macro", f"Its id has at most {_NAME_MAX} characters")
    if not set_dismissed(work, work.change(), row, macro, there=True):
        raise LeftAlone("It is not suggested any more")
    return {"macro": macro}


def set_dismissed(
    work: Work, change: Change, ticket: sqlite3.Row, macro: str, *, there: bool
) -> bool:
    """Dismiss a macro on a ticket, or let it fit again; False where that is so already."""
    if is_dismissed(work.tx.connection, ticket["id"], macro) == there:
        return False
    if there:
        newest = newest_inbound(work.tx.connection, ticket["id"])
        learning.dismiss(work, ticket["id"], newest["id"] if newest else None, macro)
    else:
        undismiss(work.tx, ticket["id"], macro, learning.weigh(work))
    reasons.forget(work.tx, [ticket["id"]])
    op, old, new = ("add", None, macro) if there else ("remove", macro, None)
    work.tx.journal(change, "ticket", ticket["uid"], FIELD, op, old, new, ticket["customer_id"])
    return True


ACTS = {"macro.dismiss": Act(_dismiss)}

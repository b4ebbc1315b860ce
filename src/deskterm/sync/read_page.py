"""A page as it was read: what it holds, by what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from deskterm.contract import FlagsChanged, FolderListing, Unreadable
from deskterm.domain.arrival import Arrival
from deskterm.store.accounts import Account
from deskterm.sync.order_records import OrderNews


@dataclass(slots=True)
class ReadPage:
    """What came for `owner`.

    Args:
        orders: what came about orders.
        by_account: arrivals by the name of the account to which they belong; mail of a mailbox
            may belong to others.
        odd: what could not be read and is set aside.
        remarks: what people are to be told about arrivals of the owner, by `remote_id`.
        faces: how the mail faces did that were asked, by account: why one stopped, or nothing.
    """

    owner: Account
    orders: OrderNews
    by_account: dict[str, list[Arrival]] = field(default_factory=dict)
    flags: list[FlagsChanged] = field(default_factory=list)
    listings: list[FolderListing] = field(default_factory=list)
    odd: list[Unreadable] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)

    def add(self, account: str, arrival: Arrival) -> None:
        """Put an arrival under its account."""
        self.by_account.setdefault(account, []).append(arrival)

"""The orders that have changed since a time, in the order in which they did, none missed.

While pages are turned, orders change and move to the end of the list, and what stood behind them
moves forward onto pages that were read already. So a page is never numbered where that can be
helped: the next request begins a second before the last order seen. Only where more orders than
fit on a page changed within one second, or a plugin sorts them otherwise, are pages counted; they
are read again until a whole pass brings nothing new.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from deskterm.contract import ContractBroken
from deskterm_connectors.woocommerce.client import PER_PAGE, Answer, ShopApi
from deskterm_connectors.woocommerce.fields import Odd, Row, moment

_STEP = timedelta(seconds=1)
_PASSES = 5
_BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows not seen before in this run, oldest change first, and the answer they came with."""

    rows: Sequence[Row]
    answer: Answer


class Changes:
    """One run over what has changed.

    Args:
        after: changes later than this are wanted; None wants all. See `stand`.
    """

    def __init__(self, api: ShopApi, after: datetime | None) -> None:
        self._api = api
        self.after = after
        self._seen: set[tuple[object, object]] = set()

    async def pages(self) -> AsyncGenerator[Listed, None]:
        """Page after page; `after` moves on as soon as the next page is asked for.

        Raises:
            ConnectorError: see `ShopApi.get`; ContractBroken where the list has no end.
        """
        number, passes, fresh_in_pass = 1, 1, False
        while True:
            answer = await self._ask(number)
            rows = answer.rows()
            fresh = [row for row in rows if self._is_new(row)]
            yield Listed(fresh, answer)
            fresh_in_pass = fresh_in_pass or bool(fresh)
            complete, mark = len(rows) < PER_PAGE, self.stand(rows)
            if not complete and mark == self.after:
                if number > len(self._seen) // PER_PAGE + 1:
                    raise ContractBroken("The shop's list of orders turns in a circle.")
                number += 1
                continue
            if number > 1 and fresh_in_pass and passes < _PASSES:
                number, passes, fresh_in_pass = 1, passes + 1, False
                continue
            if complete:
                return
            self._go_on(mark)
            number, passes, fresh_in_pass = 1, 1, False

    def stand(self, rows: Sequence[Row]) -> datetime | None:
        """After which time everything is still to come when these rows, in this order, are done."""
        stamps = [stamp for row in rows if (stamp := _stamp(row)) is not None]
        ascending = all(one <= other for one, other in pairwise(stamps))
        if len(stamps) < len(rows) or not stamps or not ascending:
            return self.after
        mark = stamps[-1] - _STEP
        return mark if self.after is None else max(mark, self.after)

    def _go_on(self, mark: datetime | None) -> None:
        self.after = mark
        if mark is not None:
            wanted = mark.isoformat()[:19]
            self._seen = {(key, stamp) for key, stamp in self._seen if str(stamp) > wanted}

    def _is_new(self, row: Row) -> bool:
        key = (str(row.get("id")), str(row.get("date_modified_gmt")))
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    async def _ask(self, number: int) -> Answer:
        since = {} if self.after is None else {"modified_after": _text(self.after)}
        return await self._api.get(
            "/orders",
            **since,
            dates_are_gmt="true",
            status="any",
            orderby="modified",
            order="asc",
            per_page=str(PER_PAGE),
            page=str(number),
        )


def position(after: datetime | None) -> str:
    """Where a run stands, to be kept."""
    return _BEGINNING if after is None else _text(after)


def stood_at(text: str) -> datetime | None:
    """What `position` has written.

    Raises:
        ValueError: it has not.
    """
    return None if text == _BEGINNING else datetime.fromisoformat(text).replace(tzinfo=UTC)


def from_since(since: datetime | None) -> datetime | None:
    """`modified_after` is strictly after and knows whole seconds; `since` is from then on."""
    return None if since is None else since.astimezone(UTC).replace(microsecond=0) - _STEP


def _stamp(row: Row) -> datetime | None:
    try:
        return moment(row, "date_modified_gmt")
    except Odd:
        return None


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19]

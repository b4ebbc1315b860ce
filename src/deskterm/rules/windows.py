"""Windows: how long after a moment something may still leave.

Business days are Monday to Friday by the UTC calendar; holidays are not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from deskterm.rules.model import Facts, Parameter
from deskterm.rules.parameters import number, word

#: The moments that a window may begin at: the customer's last message, the order.
Since = Literal["last_inbound", "order_created", "order_completed"]
SINCE: Final[tuple[Since, ...]] = ("last_inbound", "order_created", "order_completed")
#: More than anybody waits for, and well within what a date can be.
LONGEST_DAYS: Final = 3_650
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: What is longer is told in days.
_IN_HOURS: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time: days and hours, or business days."""

    since: str
    length: timedelta
    business_days: int = 0

    @classmethod
    def of(cls, parameters: Mapping[str, Parameter]) -> Window:
        """The window that the parameters of a check describe."""
        days, hours = number(parameters, "days"), number(parameters, "hours")
        return cls(
            word(parameters, "since"),
            timedelta(days=days, hours=hours),
            number(parameters, "business_days"),
        )

    def opened_at(self, facts: Facts) -> datetime | None:
        """When it began; None where that is not known."""
        if self.since == "last_inbound":
            return facts.last_inbound_at
        return facts.order_created_at if self.since == "order_created" else facts.order_completed_at

    def closes_at(self, facts: Facts) -> datetime | None:
        """The last moment within it; None where its beginning is not known."""
        opened = self.opened_at(facts)
        return None if opened is None else _later(opened + self.length, self.business_days)


def told(time: timedelta) -> tuple[tuple[str, str], ...]:
    """A stretch of time in words, rounded down, as the detail `closed` of a rule's sentence."""
    if time < _HOUR:
        words = french = f"{time // _MINUTE} min"
    elif time < _IN_HOURS:
        words = french = f"{time // _HOUR} h"
    else:
        words, french = f"{time.days} days", f"{time.days} jours"
    return ("closed", words), ("closed.fr", french)


def _later(moment: datetime, business_days: int) -> datetime:
    """The first moment by which so many whole business days have passed."""
    from deskterm.domain.lateness import working_days  # comes with orders, which few rules need

    end = moment
    while working_days(moment, end) < business_days:
        end += timedelta(days=1)
    return end

"""The orders of lists, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskterm.i18n import marked, say
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText

_ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "urgent": marked("most urgent first"),
        "waiting": marked("longest waiting first"),
        "newest": marked("newest first"),
        "waking": marked("first to wake first"),
    }
)


def order_of(view: View) -> SafeText:
    """The order of a list."""
    return say(_ORDERS[view.order])

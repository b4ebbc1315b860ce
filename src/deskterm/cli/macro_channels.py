"""The channels whose rules the macros of a shop are checked with."""

from __future__ import annotations

from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import DesktermError
from deskterm.macros import channels
from deskterm.macros.model import Channel
from deskterm.store.accounts import all_accounts
from deskterm.sync.connectors import Connectors

#: Where a shop has no account yet.
_FIRST = "email"


def channel_of(place: Workplace, name: str) -> Channel:
    """A channel by its id; one that nobody knows counts as a marketplace."""
    spec = Connectors.installed(place.settings.trusted_connectors).specs.get(name)
    return channels.channel_of(name, is_marketplace=spec is None or spec.is_marketplace)


def own_channels(place: Workplace) -> list[Channel]:
    """The channels that the shop has accounts on."""
    try:
        with place.reading() as connection:
            names = {account.channel for account in all_accounts(connection)}
    except DesktermError:  # there is no database yet, or the doctor tells what is wrong with it
        names = set()
    return [channel_of(place, name) for name in sorted(names or {_FIRST})]

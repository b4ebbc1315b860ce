"""What kind of channel each one is: which text of a macro goes there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from deskterm.macros.model import Channel, ChannelKind

_CHANNELS: Final[Mapping[ChannelKind, str]] = MappingProxyType(
    {
        "mail": "email helpdesk prestashop shopify woocommerce",
        "marketplace": (
            "amazon cdiscount ebay etsy fnac_darty mirakl octopia tiktok tiktok_shop walmart"
        ),
        "chat": "instagram live_chat messenger telegram tiktok_social whatsapp",
        "sms": "sms",
        "public": "google_reviews trustpilot youtube",
    }
)
KINDS: Final[Mapping[str, ChannelKind]] = MappingProxyType(
    {name: kind for kind, names in _CHANNELS.items() for name in names.split()}
)


def channel_of(name: str, *, is_marketplace: bool = False) -> Channel:
    """A channel by its id.

    Args:
        is_marketplace: what its connector says, for a channel that is not known here; one that is
            neither is mail.
    """
    return Channel(name, KINDS.get(name, "marketplace" if is_marketplace else "mail"))

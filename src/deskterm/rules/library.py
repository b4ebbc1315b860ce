"""Where rule packs are: the shared ones here, a channel's own beside its connector.

A pack is read as a resource of the package `deskterm_connectors.<channel>`; no code of a connector
is loaded for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from deskterm.domain.errors import UsageError
from deskterm.rules.model import RulePack, Severity
from deskterm.rules.pack import load_pack, with_severities

EVERYWHERE = "everywhere"
PACK_FILE = "rules.toml"
_CONNECTORS = "deskterm_connectors"
_CHANNEL = re.compile(r"[a-z0-9_]{1,40}")
NO_CHANGES: Mapping[str, Severity] = MappingProxyType({})
#: Other names of a channel.
_ALIASES: Mapping[str, str] = MappingProxyType({"cdiscount": "octopia", "tiktok": "tiktok_shop"})
#: Operators of a channel that have rules of their own, on top of the channel's.
_OPERATORS: Mapping[tuple[str, str], str] = MappingProxyType(
    {("mirakl", "fnac"): "fnac_darty", ("mirakl", "darty"): "fnac_darty"}
)
_BENEATH: Mapping[str, str] = MappingProxyType(
    {pack: channel for (channel, _), pack in _OPERATORS.items()}
)


def resolve_channel(channel: str, operator: str = "") -> str:
    """The id under which a channel's rules stand.

    Raises:
        UsageError: not a channel id.
    """
    if not _CHANNEL.fullmatch(channel):
        raise UsageError(
            "That is no channel id",
            "A channel id holds only a-z, 0-9 and _",
            "deskterm rules age lists the channels that have rules",
        )
    name = _ALIASES.get(channel, channel)
    return _OPERATORS.get((name, operator.casefold()), name)


def packs_for(
    channel: str,
    extra: Sequence[RulePack] = (),
    *,
    operator: str = "",
    severities: Mapping[str, Severity] = NO_CHANGES,
) -> tuple[RulePack, ...]:
    """The packs that a draft on this channel is checked with: shared first, particular last.

    An operator with rules of its own gets those of its channel as well. A channel without a pack
    of its own gets `everywhere` alone; `has_pack` tells.

    Args:
        channel: id or other name of a channel.
        extra: packs of the shop or of other connectors; those of another channel are left out.
        operator: the marketplace behind a channel that serves several.
        severities: what the shop lowers or raises, by rule.

    Raises:
        UsageError: not a channel id.
        DesktermError: a pack is not as it must be.
    """
    name = resolve_channel(channel, operator)
    names = (_BENEATH[name], name) if name in _BENEATH else (name,)
    own = [pack for pack in map(_own_pack, names) if pack is not None]
    # A pack that two of them include counts once.
    shared = dict.fromkeys([EVERYWHERE, *(include for pack in own for include in pack.includes)])
    found = [*map(_shared_pack, shared), *own]
    found.extend(pack for pack in extra if pack.channel in {EVERYWHERE, *names, name})
    return tuple(with_severities(pack, severities) for pack in found)


def has_pack(packs: Sequence[RulePack], channel: str, operator: str = "") -> bool:
    """Whether one of the packs is the channel's own."""
    name = resolve_channel(channel, operator)
    return any(pack.channel == name for pack in packs)


def bundled_packs() -> tuple[RulePack, ...]:
    """Every pack that comes with the program, `everywhere` first, then by channel.

    Raises:
        DesktermError: a pack is not as it must be.
    """
    homes = sorted(files(_CONNECTORS).iterdir(), key=lambda home: home.name)
    own = [home.joinpath(PACK_FILE) for home in homes if home.is_dir()]
    shared = sorted(files("deskterm.rules").joinpath("packs").iterdir(), key=_everywhere_first)
    return tuple(load_pack(file) for file in (*shared, *own) if file.is_file())


def _everywhere_first(file: Traversable) -> tuple[bool, str]:
    return file.name != f"{EVERYWHERE}.toml", file.name


@cache
def _shared_pack(name: str) -> RulePack:
    """A pack that channels include. What comes with the program stays while the program runs."""
    return load_pack(files("deskterm.rules").joinpath("packs", f"{name}.toml"))


@cache
def _own_pack(channel: str) -> RulePack | None:
    file = _own(channel)
    return None if file is None else load_pack(file)


def _own(channel: str) -> Traversable | None:
    package = f"{_CONNECTORS}.{channel}"
    try:
        file = files(package).joinpath(PACK_FILE)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        return None
    return file if file.is_file() else None

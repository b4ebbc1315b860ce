"""The rule packs of every channel, read once while the shop's own files stay as they are."""

from __future__ import annotations

from pathlib import Path

from deskterm.rules.model import RulePack
from deskterm.rules.shop import ShopRules, shop_rules


class Rulebook:
    """Gives the packs of a channel. Reads the shop's folder again when a file in it changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: tuple[tuple[str, int], ...] | None = None
        self._shop = ShopRules()
        self._packs: dict[str, tuple[RulePack, ...]] = {}

    def __call__(self, channel: str) -> tuple[RulePack, ...]:
        """The packs for a channel.

        Raises:
            DesktermError: a file of the shop is not as it must be; no reply is let through then.
        """
        stamp = self._look()
        if stamp != self._stamp:
            self._packs.clear()
            self._shop = shop_rules(self._folder)
            self._stamp = stamp
        if channel not in self._packs:
            self._packs[channel] = self._shop.packs_for(channel)
        return self._packs[channel]

    def _look(self) -> tuple[tuple[str, int], ...]:
        files = sorted(self._folder.glob("*.toml")) if self._folder.is_dir() else []
        return tuple((file.name, file.stat().st_mtime_ns) for file in files)

"""The rule packs of every channel, read once while the shop's own files stay as they are."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from threading import Lock

from deskterm.domain.errors import DesktermError
from deskterm.rules.library import PACK_FILE
from deskterm.rules.model import RulePack
from deskterm.rules.pack import load_pack
from deskterm.rules.shop import Broken, ShopRules, read_shop

log = logging.getLogger(__name__)

_Stamp = tuple[tuple[str, int, int], ...]


class Rulebook:
    """Gives the packs of a channel, to any thread. Reads the shop's folder again when a file in it
    changed.

    A file that breaks meanwhile counts on as it last was; what was never good lets no reply pass on
    its channel.

    Args:
        folder: the shop's own rules, which need not be there.
        packages: of connectors that bring a pack along and are not bundled.
    """

    def __init__(self, folder: Path, packages: Iterable[str] = ()) -> None:
        self._folder = folder
        self._packages = tuple(packages)
        self._further: tuple[RulePack, ...] | None = None
        self._stamp: _Stamp | None = None
        self._shop = ShopRules()
        self._packs: dict[str, tuple[RulePack, ...]] = {}
        self._reading = Lock()

    def __call__(self, channel: str) -> tuple[RulePack, ...]:
        """The packs for a channel.

        Raises:
            DesktermError: one of them cannot be used, and was never good since this program began.
        """
        with self._reading:
            self._read()
            if channel not in self._packs:
                self._packs[channel] = self._shop.packs_for(channel)
            return self._packs[channel]

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The shop's files that cannot be used as they stand now."""
        with self._reading:
            self._read()
            return self._shop.broken

    def _read(self) -> None:
        stamp = self._look()
        if stamp == self._stamp:
            return
        if self._further is None:
            self._further = tuple(_packs_in(self._packages))
        self._shop = read_shop(self._folder, self._shop, self._further)
        self._packs.clear()
        self._stamp = stamp
        for broken in self._shop.broken:
            counts = "its last good version counts" if broken.has_older else "nothing passes"
            log.warning("%s; %s on %s", broken.error, counts, broken.channel)

    def _look(self) -> _Stamp:
        found = []
        for file in sorted(self._folder.glob("*.toml")) if self._folder.is_dir() else []:
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((file.name, state.st_mtime_ns, state.st_size))
        return tuple(found)


def _packs_in(packages: Iterable[str]) -> Iterator[RulePack]:
    """What can be read of them; a channel that is left without a pack lets nothing pass."""
    for package in packages:
        try:
            yield load_pack(files(package).joinpath(PACK_FILE))
        except (DesktermError, ModuleNotFoundError) as error:
            log.warning("the rule pack of %s is not used: %s", package, error)

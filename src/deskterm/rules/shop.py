"""The shop's own rules: a folder with further packs and with severities it lowers or raises.

Every `*.toml` in the folder is a rule pack, `severity.toml` excepted. A file that cannot be used is
never used in part: its last good version counts, and where there is none, nothing passes on the
channels that it is for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from deskterm.domain.errors import DesktermError
from deskterm.domain.toml_lines import lines_of
from deskterm.rules.library import EVERYWHERE, bundled_packs, packs_for, resolve_channel
from deskterm.rules.model import RulePack, Severity
from deskterm.rules.pack import load_pack, load_severities, with_severities
from deskterm.rules.standing import STANDING
from deskterm.rules.tables import Source, read_toml

SEVERITY_FILE = "severity.toml"
#: Where a file that is not as it must be says which channel it is for.
_CHANNEL_LINE = re.compile(r"(?m)^[ \t]{0,20}channel[ \t]{0,20}=[ \t]{0,20}\"([a-z0-9_]{1,40})\"")


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be used as it stands.

    `channel`: whose pack it is; `everywhere` where that cannot be told. `has_older`: its last good
    version counts.
    """

    file: str
    error: DesktermError
    channel: str
    has_older: bool

    def concerns(self, channel: str, operator: str = "") -> bool:
        """Whether replies on that channel are checked with it."""
        own = {channel, resolve_channel(channel), resolve_channel(channel, operator)}
        return self.channel in own | {EVERYWHERE}


@dataclass(frozen=True, slots=True)
class ShopRules:
    """What a shop adds to the bundled packs and changes in them."""

    packs: tuple[RulePack, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()

    def packs_for(self, channel: str, operator: str = "") -> tuple[RulePack, ...]:
        """The packs for a channel as this shop wants them (`library.packs_for`).

        Raises:
            DesktermError: one of them cannot be used, and there is no older version of it.
        """
        for broken in self.broken:
            if not broken.has_older and broken.concerns(channel, operator):
                raise broken.error
        packs = packs_for(channel, self.packs, operator=operator, severities=self.severities)
        return (replace(packs[0], outdated=self._old_severities() or packs[0].outdated), *packs[1:])

    def all_packs(self) -> tuple[RulePack, ...]:
        """Every pack, bundled and own, with the shop's severities."""
        packs = (*bundled_packs(), *self.packs)
        return tuple(with_severities(pack, self.severities) for pack in packs)

    def _old_severities(self) -> str:
        """What is wrong with the severities, which count on every channel."""
        names = (b.error.explanation for b in self.broken if Path(b.file).name == SEVERITY_FILE)
        return next(names, "")


def shop_rules(folder: Path, further: Sequence[RulePack] = ()) -> ShopRules:
    """Read the shop's folder of rules; a missing folder is an empty one.

    Args:
        further: packs that other connectors bring along.

    Raises:
        DesktermError: a file is not as it must be, or sets the severity of a rule that no pack has.
    """
    rules = read_shop(folder, further=further)
    for broken in rules.broken:
        raise broken.error
    return rules


def read_shop(
    folder: Path, before: ShopRules | None = None, further: Sequence[RulePack] = ()
) -> ShopRules:
    """Read the shop's folder of rules; what cannot be used is in `ShopRules.broken`.

    Args:
        before: what was read last, of which the good versions of such files count on.
        further: packs that other connectors bring along.
    """
    before = before or ShopRules()
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    older = {pack.file: pack for pack in before.packs}
    packs: list[RulePack] = [*further]
    broken: list[Broken] = []
    for file in files:
        if file.name == SEVERITY_FILE:
            continue
        try:
            packs.append(load_pack(file))
        except DesktermError as error:
            kept = older.get(str(file))
            if kept is not None:
                packs.append(replace(kept, outdated=error.explanation))
            channel = kept.channel if kept is not None else _channel_of(file)
            broken.append(Broken(str(file), error, channel, kept is not None))
    severities: Mapping[str, Severity] = {}
    if (file := folder / SEVERITY_FILE) in files:
        try:
            # A rule of a pack that cannot be read now is not therefore unknown.
            severities = _severities(file, packs, any_may_be=bool(broken))
        except DesktermError as error:
            severities = before.severities
            broken.append(Broken(str(file), error, EVERYWHERE, bool(severities)))
    return ShopRules(tuple(packs), severities, tuple(broken))


def _severities(
    file: Path, packs: Sequence[RulePack], *, any_may_be: bool
) -> Mapping[str, Severity]:
    severities = load_severities(file)
    known = {rule.id for pack in (*bundled_packs(), *packs) for rule in pack.rules}
    for rule_id in severities:
        if rule_id in STANDING:
            raise _severity_error(file, rule_id, "belongs to the check itself and stays as it is")
        if rule_id not in known and not any_may_be:
            raise _severity_error(file, rule_id, "is no rule of any pack")
    return severities


def _severity_error(file: Path, rule_id: str, problem: str) -> DesktermError:
    source = Source(str(file), lines_of(read_toml(file)[1]))
    return source.error(("severity", rule_id), f"{rule_id} {problem}")


def _channel_of(file: Path) -> str:
    """The channel that a broken file names; `everywhere` where it names none, to be safe."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return EVERYWHERE
    named = _CHANNEL_LINE.search(text)
    return named[1] if named else EVERYWHERE

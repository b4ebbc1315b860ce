"""The shop's own rules: a folder with further packs and with severities it lowers or raises.

Every `*.toml` in the folder is a rule pack, `severity.toml` excepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deskterm.rules.engine import UNCHECKED
from deskterm.rules.library import bundled_packs, packs_for
from deskterm.rules.model import RulePack, Severity
from deskterm.rules.pack import load_pack, load_severities, pack_error, with_severities

SEVERITY_FILE = "severity.toml"


@dataclass(frozen=True, slots=True)
class ShopRules:
    """What a shop adds to the bundled packs and changes in them."""

    packs: tuple[RulePack, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def packs_for(self, channel: str, operator: str = "") -> tuple[RulePack, ...]:
        """The packs for a channel as this shop wants them (`library.packs_for`)."""
        return packs_for(channel, self.packs, operator=operator, severities=self.severities)

    def all_packs(self) -> tuple[RulePack, ...]:
        """Every pack, bundled and own, with the shop's severities."""
        packs = (*bundled_packs(), *self.packs)
        return tuple(with_severities(pack, self.severities) for pack in packs)


def shop_rules(folder: Path) -> ShopRules:
    """Read the shop's folder of rules; a missing folder is an empty one.

    Raises:
        DesktermError: a file is not as it must be, or sets the severity of a rule that no pack has.
    """
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    packs = tuple(load_pack(file) for file in files if file.name != SEVERITY_FILE)
    file = folder / SEVERITY_FILE
    if file not in files:
        return ShopRules(packs)
    severities = load_severities(file)
    known = {rule.id for pack in (*bundled_packs(), *packs) for rule in pack.rules}
    for rule_id in severities:
        if rule_id == UNCHECKED.id:
            raise pack_error(f"{file}: {rule_id} belongs to the check itself and stays as it is")
        if rule_id not in known:
            raise pack_error(f"{file}: {rule_id} is no rule of any pack")
    return ShopRules(packs, severities)

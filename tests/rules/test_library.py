"""Which packs a channel gets, and what a shop adds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.rules.library import bundled_packs, has_pack, packs_for, resolve_channel
from deskterm.rules.shop import shop_rules

_OWN_PACK = """
[pack]
channel = "corner_shop"
version = "1"
review_days = 30

[[rule]]
id = "corner_shop.polite"
says.en = "Say something."
severity = "warn"
gate = "text"
check.detector = "empty_text"
fix = "none"
source = "Our own wish"
source_kind = "house"
checked_on = 2026-11-21
"""


@pytest.mark.parametrize(
    ("channel", "operator", "name"),
    [
        ("email", "", "email"),
        ("cdiscount", "", "octopia"),
        ("tiktok", "", "tiktok_shop"),
        ("mirakl", "fnac", "fnac_darty"),
        ("mirakl", "Darty", "fnac_darty"),
        ("mirakl", "decathlon", "mirakl"),
        ("email", "fnac", "email"),
    ],
)
def test_a_channel_is_known_by_its_other_names(channel: str, operator: str, name: str) -> None:
    assert resolve_channel(channel, operator) == name


@pytest.mark.parametrize("channel", ["", "E-mail", "../email", "email.spec", "é", "a" * 41])
def test_what_is_no_channel_id_is_refused(channel: str) -> None:
    with pytest.raises(UsageError):
        packs_for(channel)


def test_shared_rules_come_first_and_the_channels_own_after() -> None:
    packs = packs_for("email")
    assert [pack.channel for pack in packs] == ["everywhere", "eu", "fr", "carriers", "email"]
    assert has_pack(packs, "email")


@pytest.mark.parametrize("channel", ["corner_shop", "no_such_channel", "py"])
def test_a_channel_without_a_pack_gets_the_shared_rules(channel: str) -> None:
    packs = packs_for(channel)
    assert [pack.channel for pack in packs] == ["everywhere"]
    assert not has_pack(packs, channel)


def test_further_packs_count_for_their_channel() -> None:
    email = packs_for("email")[-1]
    extra = tuple(replace(email, channel=name) for name in ("octopia", "everywhere", "ebay"))
    channels = [pack.channel for pack in packs_for("cdiscount", extra)]
    assert channels == ["everywhere", "octopia", "octopia", "everywhere"]
    extra = tuple(replace(email, channel=name) for name in ("mirakl", "fnac_darty"))
    channels = [pack.channel for pack in packs_for("mirakl", extra, operator="fnac")]
    assert channels == ["everywhere", "mirakl", "fnac_darty", "mirakl", "fnac_darty"]


@pytest.mark.parametrize(("channel", "operator"), [("mirakl", "fnac"), ("fnac_darty", "")])
def test_an_operator_has_the_rules_of_its_channel_too(channel: str, operator: str) -> None:
    packs = packs_for(channel, operator=operator)
    assert [pack.channel for pack in packs] == ["everywhere", "mirakl", "fnac_darty"]
    assert has_pack(packs, channel, operator)


@pytest.mark.parametrize("operator", ["", "leroymerlin"])
def test_other_operators_have_those_of_the_channel_alone(operator: str) -> None:
    packs = packs_for("mirakl", operator=operator)
    assert [pack.channel for pack in packs] == ["everywhere", "mirakl"]
    assert has_pack(packs, "mirakl", operator)


def test_a_shops_own_channel_takes_the_law_along() -> None:
    channels = [pack.channel for pack in packs_for("prestashop")]
    assert channels == ["everywhere", "eu", "fr", "prestashop"]


def test_reading_a_pack_loads_no_connector() -> None:
    program = (
        "import sys; from deskterm.rules.library import bundled_packs, packs_for; "
        "bundled_packs(); packs_for('email'); packs_for('mirakl', operator='fnac'); "
        "print(*sorted(m for m in sys.modules if m.startswith('deskterm_connectors')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    packages = ("email", "fnac_darty", "mirakl")
    assert done.stdout.split() == [
        "deskterm_connectors",
        *(f"deskterm_connectors.{name}" for name in packages),
    ]


def test_a_shop_without_rules_of_its_own(tmp_path: Path) -> None:
    shop = shop_rules(tmp_path / "rules")
    assert shop.packs_for("email") == packs_for("email")
    assert shop.all_packs() == bundled_packs()


def test_a_shop_adds_and_lowers(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(_OWN_PACK)
    (tmp_path / "severity.toml").write_text(
        '[severity]\n"corner_shop.polite" = "hint"\n"everywhere.no_placeholder" = "warn"\n'
    )
    everywhere, own = shop_rules(tmp_path).packs_for("corner_shop")
    lowered = {rule.id for rule in everywhere.rules if rule.shop_changed}
    assert lowered == {"everywhere.no_placeholder"}
    assert own.rules[0].severity == "hint"
    channels = {pack.channel for pack in shop_rules(tmp_path).packs_for("email")}
    assert "corner_shop" not in channels
    assert "email" in channels


@pytest.mark.parametrize(
    "rule_id", ["everywhere.no_plaiceholder", "corner_shop.polite", "everywhere.could_not_check"]
)
def test_a_severity_for_no_rule_is_refused(tmp_path: Path, rule_id: str) -> None:
    (tmp_path / "severity.toml").write_text(f'[severity]\n"{rule_id}" = "warn"\n')
    with pytest.raises(DesktermError, match=rule_id):
        shop_rules(tmp_path)

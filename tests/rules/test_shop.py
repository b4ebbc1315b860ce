"""The shop's own rules while they change: the last good version counts, or nothing passes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.office.rulebook import Rulebook
from deskterm.rules.engine import check
from deskterm.rules.model import Draft, Facts
from deskterm.rules.shop import SEVERITY_FILE, read_shop, shop_rules

_FACTS = Facts(now=datetime(2026, 11, 21, 12, tzinfo=UTC))
_PACK = """
[pack]
channel = "CHANNEL"
version = "1"
review_days = 30

[[rule]]
id = "CHANNEL.something"
says.en = "Say something."
severity = "block"
gate = "text"
check.detector = "empty_text"
fix = "none"
source = "-"
source_kind = "house"
checked_on = 2026-11-21
"""


def _pack(channel: str = "corner_shop", **changes: str) -> str:
    text = _PACK.replace("CHANNEL", channel)
    for old, new in changes.items():
        assert f"{old} = " in text
        text = text.replace(f"{old} = ", f"{new} = ")
    return text


def test_a_pack_that_breaks_counts_on_as_it_last_was(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack())
    book = Rulebook(tmp_path)
    good = book("corner_shop")[-1]
    (tmp_path / "own.toml").write_text(_pack(severity="severety"))
    kept = book("corner_shop")[-1]
    assert (kept.rules, kept.version) == (good.rules, good.version)
    assert "own.toml:10: rule corner_shop.something: severity is missing" not in kept.outdated
    (broken,) = book.broken
    assert (broken.channel, broken.has_older) == ("corner_shop", True)
    assert str(tmp_path / "own.toml") in kept.outdated
    (tmp_path / "own.toml").write_text(_pack())
    assert book("corner_shop")[-1] == good
    assert book.broken == ()


def test_that_an_older_version_counts_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack())
    before = read_shop(tmp_path)
    (tmp_path / "own.toml").write_text("[pack")
    packs = read_shop(tmp_path, before).packs_for("corner_shop")
    result = check(Draft("Hello.", "corner_shop"), _FACTS, packs)
    assert result.verdict == "ok"
    (finding,) = result.findings
    assert (finding.rule, finding.severity) == ("everywhere.older_rules", "hint")
    assert "own.toml:1: " in finding.says["en"]
    assert "own.toml:1: " in finding.says["fr"]
    again = read_shop(tmp_path, read_shop(tmp_path, before))
    assert [broken.has_older for broken in again.broken] == [True]


def test_what_was_never_good_lets_nothing_pass_on_its_channel(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack(severity="severety"))
    book = Rulebook(tmp_path)
    with pytest.raises(DesktermError, match=r"own\.toml:\d+: "):
        book("corner_shop")
    assert book("email")[-1].channel == "email"
    assert [broken.has_older for broken in book.broken] == [False]


@pytest.mark.parametrize("text", ["[pack", "", "\x00", 'channel = "everywhere"\n[['])
def test_a_file_that_names_no_channel_stops_every_channel(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    book = Rulebook(tmp_path)
    for channel in ("email", "corner_shop"):
        with pytest.raises(DesktermError, match=r"own\.toml"):
            book(channel)


def test_a_pack_stops_a_channel_by_its_other_name_and_operator(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[pack]\nchannel = "octopia"\n')
    rules = read_shop(tmp_path)
    with pytest.raises(DesktermError, match=r"own\.toml"):
        rules.packs_for("cdiscount")
    (tmp_path / "own.toml").write_text('[pack]\nchannel = "fnac_darty"\n')
    rules = read_shop(tmp_path)
    with pytest.raises(DesktermError, match=r"own\.toml"):
        rules.packs_for("mirakl", "fnac")
    assert rules.packs_for("mirakl")


def test_severities_that_break_count_on_as_they_last_were(tmp_path: Path) -> None:
    file = tmp_path / SEVERITY_FILE
    file.write_text('[severity]\n"everywhere.no_placeholder" = "warn"\n')
    before = read_shop(tmp_path)
    file.write_text('[severity]\n"everywhere.no_placeholder" = "off"\n')
    rules = read_shop(tmp_path, before)
    assert rules.severities == {"everywhere.no_placeholder": "warn"}
    result = check(Draft("Hello {{name}}", "email"), _FACTS, rules.packs_for("email"))
    assert result.verdict == "warn"
    assert "everywhere.older_rules" in {finding.rule for finding in result.findings}
    with pytest.raises(DesktermError, match=r"severity\.toml:2: "):
        read_shop(tmp_path).packs_for("email")


def test_a_severity_for_a_rule_of_a_broken_pack_breaks_no_other_channel(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack(severity="severety"))
    (tmp_path / SEVERITY_FILE).write_text('[severity]\n"corner_shop.something" = "warn"\n')
    rules = read_shop(tmp_path)
    assert [Path(broken.file).name for broken in rules.broken] == ["own.toml"]
    assert rules.packs_for("email")


def test_a_pack_that_is_taken_away_counts_no_longer(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack("email"))
    book = Rulebook(tmp_path)
    assert "email.something" in {rule.id for pack in book("email") for rule in pack.rules}
    (tmp_path / "own.toml").unlink()
    assert "email.something" not in {rule.id for pack in book("email") for rule in pack.rules}


def test_another_connectors_pack_counts_for_its_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "corner_connector"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "rules.toml").write_text(_pack())
    monkeypatch.syspath_prepend(tmp_path)
    book = Rulebook(tmp_path / "rules", ["corner_connector", "no_such_connector"])
    assert [pack.channel for pack in book("corner_shop")] == ["everywhere", "corner_shop"]
    (package / "rules.toml").write_text("[pack")
    book = Rulebook(tmp_path / "rules", ["corner_connector"])
    assert [pack.channel for pack in book("corner_shop")] == ["everywhere"]


def test_a_command_that_needs_the_rules_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(_pack(gate="gaet"))
    with pytest.raises(DesktermError, match=r"own\.toml:\d+: rule corner_shop\.something: gate"):
        shop_rules(tmp_path)

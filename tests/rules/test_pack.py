"""Reading rule packs: strict, with file, rule and key in the message."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.rules.model import RulePack
from deskterm.rules.pack import load_pack, load_severities, parse_pack, with_severities

_PACK = """
[pack]
channel = "somewhere"
version = "2026.11"
review_days = 30

[[rule]]
id = "somewhere.short"
says.en = "Too long by {over}."
says.fr = "Trop long de {over}."
severity = "block"
gate = "text"
check.detector = "length"
applies.to = ["reply"]
applies.site = ["fr", "de"]
fix = "none"
source = "https://somewhere.example/rules"
source_kind = "official"
checked_on = 2026-11-01

[[rule]]
id = "somewhere.slow"
says.fr = "Une réponse par jour."
severity = "info"
gate = "clock"
fix = "none"
source = "House"
source_kind = "house"
checked_on = 2026-11-21
"""


def _parsed(text: str) -> RulePack:
    return parse_pack(tomllib.loads(text), "somewhere.toml")


def test_reads_a_pack() -> None:
    pack = _parsed(_PACK)
    short, slow = pack.rules
    assert (pack.channel, pack.version, pack.sites) == ("somewhere", "2026.11", ())
    assert [check.detector for check in short.checks] == ["length"]
    assert short.applies.to == {"reply"}
    assert short.applies.site == {"fr", "de"}
    assert (short.severity, short.fix) == ("block", None)
    assert (slow.severity, slow.checks) == ("hint", ())
    assert slow.applies.to == frozenset()


def test_parameters_have_their_defaults() -> None:
    text = _PACK.replace('"length"', '"card_number"').replace(" by {over}", "")
    rule = _parsed(text.replace(" de {over}", "")).rules[0]
    assert [check.parameters for check in rule.checks] == [{"requests": False}]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "somewhere.short"', 'id = "Short"', "rule 1: id is 'Short'"),
        ('says.en = "Too long by {over}."', "says.en = 3", "short: says: en must be a text"),
        ("by {over}", "by {under}", "short: says.en mentions {under}"),
        ("says.en", "says.de", "short: says: de is no key"),
        ('severity = "block"', 'severity = "stop"', "short: severity is 'stop'"),
        ('severity = "block"\n', "", "short: severity is missing"),
        ('gate = "text"', 'gate = "window"', "short: gate must be text"),
        ('gate = "text"', 'gate = "action"', "short: check belongs to no rule"),
        ('gate = "text"', 'gate = "mood"', "short: gate is 'mood'"),
        ('check.detector = "length"', "", "short: check is missing"),
        ('"length"', '"lenght"', "short: check: detector is 'lenght'"),
        ('"length"', '"length"\ncheck.maximal = 3', "short: check: maximal is no key"),
        ('"length"', '"card_number"\ncheck.requests = 1', "short: check: requests must be true"),
        ('applies.to = ["reply"]', 'applies.to = ["all"]', "short: applies: to holds 'all'"),
        ('applies.to = ["reply"]', "applies.to = [1]", "short: applies: to holds 1"),
        ("applies.site", "applies.sites", "short: applies: sites is no key"),
        ('fix = "none"', 'fix = "magic"', "short: fix is 'magic'"),
        ('source = "https://somewhere.example/rules"', 'source = " "', "short: source is empty"),
        ('source_kind = "official"', 'source_kind = "rumour"', "short: source_kind is 'rumour'"),
        ("2026-11-01", '"2026-11-01"', "short: checked_on must be a date"),
        ("2026-11-01", "2026-11-01T10:00:00Z", "short: checked_on must be a date"),
        ("checked_on = 2026-11-01", "checked_on = 2026-11-01\nnote = 1", "short: note is no key"),
        ("somewhere.slow", "somewhere.short", "short: id stands twice"),
        ("review_days = 30", "review_days = 0", "pack: review_days must be 1 or more"),
        ("review_days = 30", "review_days = true", "pack: review_days must be a whole number"),
        ("review_days = 30", "review_days = 30\nowner = 1", "pack: owner is no key"),
        ('channel = "somewhere"', 'channel = "Some where"', "pack: channel may hold only"),
        ("[pack]", "[other]", "pack is missing"),
        ("[[rule]]", "[[rules]]", "rules is no key"),
    ],
)
def test_a_mistake_is_named_with_file_rule_and_key(old: str, new: str, named: str) -> None:
    assert old in _PACK
    with pytest.raises(DesktermError) as caught:
        _parsed(_PACK.replace(old, new))
    assert caught.value.code == "rules"
    assert caught.value.explanation.startswith("somewhere.toml: ")
    assert named in caught.value.explanation


def test_a_pack_needs_a_rule() -> None:
    with pytest.raises(DesktermError, match="rule is missing"):
        _parsed(_PACK.split("[[rule]]")[0])


def test_an_example_is_kept_and_its_expectation_checked() -> None:
    example = '\n[[rule.example]]\nexpect = "{}"\ntext = "Hello"\n'
    rule = _parsed(_PACK + example.format("ok")).rules[1]
    assert rule.examples[0].case == {"text": "Hello"}
    with pytest.raises(DesktermError, match="example 1: expect is 'fine'"):
        _parsed(_PACK + example.format("fine"))


def test_an_unverified_source_never_blocks() -> None:
    rule = _parsed(_PACK.replace('"official"', '"unverified"')).rules[0]
    assert (rule.severity, rule.stated, rule.shop_changed) == ("warn", "block", False)


@pytest.mark.parametrize("content", [b"[pack", b"\xff", b"a = " + b"[" * 5_000])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(DesktermError, match=r"broken\.toml"):
        load_pack(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DesktermError, match=r"absent\.toml"):
        load_pack(tmp_path / "absent.toml")


def test_a_pack_is_as_old_as_its_oldest_rule() -> None:
    pack = _parsed(_PACK)
    assert pack.checked_on == date(2026, 11, 1)
    assert not pack.is_stale(date(2026, 12, 1))
    assert pack.is_stale(date(2026, 12, 2))


def test_a_shop_lowers_and_raises(tmp_path: Path) -> None:
    file = tmp_path / "severity.toml"
    file.write_text(
        '[severity]\n"somewhere.short" = "warn"\n"somewhere.slow" = "info"\n'
        '"else.where" = "block"\n'
    )
    severities = load_severities(file)
    assert severities == {
        "somewhere.short": "warn",
        "somewhere.slow": "hint",
        "else.where": "block",
    }
    short, slow = with_severities(_parsed(_PACK), severities).rules
    assert (short.severity, short.stated, short.shop_changed) == ("warn", "block", True)
    assert (slow.severity, slow.shop_changed) == ("hint", False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[severity]\n"a.b" = "warn"\n[other]', "other is no key"),
        ('[severity]\n"a.b" = "off"', "a.b is 'off'"),
        ('[severity]\na.b = "warn"', "must look like channel.rule_name"),
        ("", "severity is missing"),
    ],
)
def test_a_mistake_in_the_shops_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "severity.toml"
    file.write_text(text)
    with pytest.raises(DesktermError) as caught:
        load_severities(file)
    assert named in str(caught.value)
    assert "severity.toml" in str(caught.value)

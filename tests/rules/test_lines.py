"""Lines of keys: a broken pack is named with the line on which it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.toml_lines import lines_of, nearest
from deskterm.rules.pack import load_pack, load_severities

_PACK = '''\
[pack]
channel = "somewhere"
version = "1"
review_days = 30
hint.en = """
channel = "not here"
"""

[[rule]]
id = "somewhere.first"
says.en = "First."
severity = "block"
gate = "text"
check.detector = "length"
check.maximum = 10
fix = "none"
source = "-"
source_kind = "house"
checked_on = 2026-11-21

[[rule.example]]
expect = "block"
text = "Much too long."

[[rule]]
id = "somewhere.second"
says = { en = "Second." }
severity = "warn"
gate = "text"
fix = "none"
source = "-"
source_kind = "house"
checked_on = 2026-11-21

[[rule.check]]
detector = "empty_text"

[[rule.check]]
detector = "length"

[[rule.example]]
expect = "ok"
text = "Hi"

[[rule.example]]
expect = "warn"
text = ""
'''


def test_tables_and_keys_have_lines() -> None:
    lines = lines_of(_PACK)
    assert lines["pack", "channel"] == 2
    assert lines["rule", 1] == 9
    assert lines["rule", 1, "check"] == lines["rule", 1, "check", "detector"] == 14
    assert lines["rule", 1, "example", 1, "text"] == 23
    assert lines["rule", 2, "check", 2, "detector"] == _line_of('detector = "length"')
    assert lines["rule", 2, "example", 2] == _line_of("[[rule.example]]", 3)


def test_the_nearest_table_stands_for_what_has_no_line() -> None:
    lines = lines_of(_PACK)
    assert nearest(lines, ("rule", 2, "check", 1, "nothing")) == _line_of("[[rule.check]]")
    assert nearest(lines, ("rule", 2, "says", "fr")) == _line_of("says = {")
    assert nearest(lines, ("nothing",)) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "named"),
    [
        ('channel = "somewhere"', 'channel = "Some where"', 2, "pack: channel may hold"),
        ("review_days = 30", "review_days = 0", 4, "review_days must be"),
        ('version = "1"\n', "", 1, "pack: version is missing"),
        ('says.en = "First."', 'says.en = ""', 11, "rule somewhere.first: says: en is empty"),
        ('"First."', '"First {over} {under}."', 11, "says.en mentions {under}"),
        ('detector = "length"\ncheck', 'detector = "lenght"\ncheck', 14, "'lenght'"),
        ("check.maximum = 10", 'check.maximum = "10"', 15, "check: maximum must be"),
        ('id = "somewhere.second"', 'id = "somewhere.first"', 26, "id stands twice"),
        ('expect = "warn"', 'expect = "fine"', 46, "example 2: expect is 'fine'"),
        ('\n[[rule.check]]\ndetector = "length"', "\n[[rule.check]]\nlength = 3", 38, "check 2:"),
        ("[pack]", "[pack", 1, ""),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, named: str
) -> None:
    assert old in _PACK
    file = tmp_path / "own.toml"
    file.write_text(_PACK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DesktermError) as caught:
        load_pack(file)
    assert caught.value.explanation.startswith(f"{file}:{line}: ")
    assert named in caught.value.explanation


def test_a_severity_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "severity.toml"
    file.write_text('[severity]\n"a.b" = "warn"\n"a.c" = "off"\n')
    with pytest.raises(DesktermError, match=r"severity\.toml:3: severity: a\.c is 'off'"):
        load_severities(file)


def _line_of(words: str, which: int = 1) -> int:
    found = [n for n, line in enumerate(_PACK.splitlines(), 1) if line.startswith(words)]
    return found[which - 1]

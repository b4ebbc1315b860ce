"""One setting is written; everything else in the file stays as its owner wrote it."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.config.keep import keep_text
from deskterm.domain.errors import DesktermError

CASES = {
    "": 'agent_name = "Sam"\n',
    "hold_s = 20\n": 'agent_name = "Sam"\nhold_s = 20\n',
    "# mine\n\nhold_s = 20 # short\n": '# mine\n\nagent_name = "Sam"\nhold_s = 20 # short\n',
    "# seconds\nhold_s = 20\n": 'agent_name = "Sam"\n# seconds\nhold_s = 20\n',
    "[office]\nidle_s = 5\n": 'agent_name = "Sam"\n[office]\nidle_s = 5\n',
    'agent_name = "A # B"  # me\n[log]\n': 'agent_name = "Sam"  # me\n[log]\n',
    "agent_name = ''\r\nhold_s = 2\r\n": 'agent_name = "Sam"\r\nhold_s = 2\r\n',
    "# only words": 'agent_name = "Sam"\n# only words',
}


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_a_line_is_added_or_replaced(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "settings.toml"
    if before:
        path.write_bytes(before.encode())
    keep_text(path, "agent_name", "Sam")
    assert path.read_bytes().decode() == after


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("hold_s = 1\n", "utf-8")
    real.chmod(0o640)
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    keep_text(link, "agent_name", 'S "x"')
    assert link.is_symlink()
    assert tomllib.loads(real.read_text("utf-8"))["agent_name"] == 'S "x"'
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "broken", ["hold_s = ", 'text = """\nagent_name = 1\n"""\nagent_name = """a\nb"""\n']
)
def test_what_is_not_understood_stays_as_it_was(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(broken, "utf-8")
    with pytest.raises(DesktermError) as raised:
        keep_text(path, "agent_name", "Sam")
    assert "as it was" in raised.value.explanation
    assert path.read_text("utf-8") == broken


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_any_name_is_read_as_it_was_kept(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    path = tmp_path_factory.mktemp("keep") / "settings.toml"
    path.write_text("hold_s = 3 # s\n", "utf-8")
    keep_text(path, "agent_name", name)
    keep_text(path, "agent_name", name)
    assert tomllib.loads(path.read_text("utf-8")) == {"hold_s": 3, "agent_name": name}

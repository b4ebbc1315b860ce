"""Where things live, and who may look into them."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskterm.config.paths import SOCKET_PATH_MAX, Home
from deskterm.domain.errors import DesktermError, UsageError


def home_in(folder: Path, workspace: str = "default") -> Home:
    return Home.find({"DESKTERM_HOME": str(folder)}, workspace)


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a path as short as a socket needs, which `tmp_path` is not."""
    with tempfile.TemporaryDirectory(prefix="dt-") as folder:
        yield Path(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    assert home.database == tmp_path / "data" / "deskterm.db"
    assert home.lock == tmp_path / "data" / "lock"
    assert home.settings_file == tmp_path / "config" / "settings.toml"
    assert home.log_file.parent == tmp_path / "state" / "log"
    assert home.backup == tmp_path / "backup"


def test_without_it_the_platforms_folders_are_used(tmp_path: Path) -> None:
    env = {
        "XDG_DATA_HOME": str(tmp_path / "d"),
        "XDG_CONFIG_HOME": str(tmp_path / "c"),
        "XDG_STATE_HOME": str(tmp_path / "s"),
    }
    home = Home.find(env)
    assert (home.data, home.config) == (tmp_path / "d" / "deskterm", tmp_path / "c" / "deskterm")
    assert home.state == tmp_path / "s" / "deskterm"


def test_a_relative_xdg_folder_is_ignored() -> None:
    home = Home.find({"XDG_DATA_HOME": "somewhere", "DESKTERM_HOME": ""})
    assert home.data.is_absolute()
    assert "somewhere" not in home.data.parts


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.find({"DESKTERM_HOME": "shop"}).data == tmp_path / "shop" / "data"


def test_a_second_workspace_shares_nothing(tmp_path: Path, short: Path) -> None:
    first, second = home_in(tmp_path), home_in(tmp_path, "second-shop_2")
    first.prepare()
    second.prepare()
    folders = {first.data, first.config, first.state, first.backup}
    assert folders.isdisjoint({second.data, second.config, second.state, second.backup})
    assert first.label != second.label
    assert first.socket_path({}, short) != second.socket_path({}, short)


@pytest.mark.parametrize("name", ["", "..", "a/b", "Shop", "a b", "é", "x" * 41, "a\n"])
def test_a_workspace_name_cannot_be_a_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        home_in(tmp_path, name)


def test_the_home_of_an_unknown_user_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="DESKTERM_HOME"):
        Home.find({"DESKTERM_HOME": "~no-such-user-here/shop"})


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_new_folders_are_private_under_any_umask(tmp_path: Path, mask: int) -> None:
    home = home_in(tmp_path / "deep" / "shop")
    with umask(mask):
        prepared = home.prepare()
    assert prepared.mended == ()
    for folder in (home.data, home.config, home.state, home.backup, tmp_path / "deep"):
        assert mode(folder) == 0o700
    assert mode(home.data_mark) == 0o600


def test_preparing_twice_changes_nothing(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    assert home.prepare() == home.prepare()


def test_a_readable_data_folder_is_closed(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    home.prepare()
    home.database.write_bytes(b"x")
    home.data.chmod(0o755)
    assert home.prepare().mended == (home.data,)
    assert mode(home.data) == 0o700


@pytest.mark.parametrize("open_mode", [0o770, 0o707, 0o777])
def test_a_data_folder_others_could_fill_is_refused(tmp_path: Path, open_mode: int) -> None:
    home = home_in(tmp_path)
    home.prepare()
    home.database.write_bytes(b"x")
    home.data.chmod(open_mode)
    with pytest.raises(DesktermError, match="chmod 700") as caught:
        home.prepare()
    assert caught.value.code == "folder_open"
    assert mode(home.data) == open_mode


def test_an_open_folder_that_is_still_empty_is_closed(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    home.data.mkdir()
    home.data.chmod(0o777)
    assert home.data in home.prepare().mended
    assert mode(home.data) == 0o700


def test_the_shop_folder_keeps_its_mode(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    home.config.mkdir()
    home.config.chmod(0o755)
    home.prepare()
    assert mode(home.config) == 0o755


def test_a_link_to_another_disk_is_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir(mode=0o700)
    home = home_in(tmp_path / "shop")
    home.data.parent.mkdir()
    home.data.symlink_to(elsewhere)
    home.prepare()
    home.database.write_bytes(b"x")
    assert (elsewhere / "deskterm.db").exists()


class TestSocket:
    def test_it_stands_in_the_runtime_folder(self, short: Path) -> None:
        path = home_in(short).socket_path({"XDG_RUNTIME_DIR": str(short)})
        assert path.parent == short / "deskterm"
        assert mode(path.parent) == 0o700

    def test_its_path_is_short_and_the_same_each_time(self, short: Path) -> None:
        home = home_in(short / ("long" * 50))
        paths = {home.socket_path({}, short) for _ in range(2)}
        assert len(paths) == 1
        assert len(os.fsencode(paths.pop())) < SOCKET_PATH_MAX

    def test_a_link_to_the_same_data_gives_the_same_socket(self, short: Path) -> None:
        home_in(short / "shop").prepare()
        (short / "link").symlink_to(short / "shop")
        env = {"XDG_RUNTIME_DIR": str(short)}
        assert home_in(short / "shop").socket_path(env) == home_in(short / "link").socket_path(env)

    def test_a_long_runtime_folder_is_passed_over(self, short: Path) -> None:
        long = short / ("x" * 100)
        long.mkdir()
        path = home_in(short).socket_path({"XDG_RUNTIME_DIR": str(long)}, short)
        assert path.parent == short / f"deskterm-{os.geteuid()}"

    @pytest.mark.parametrize("named", ["", "relative", "/nonexistent/runtime"])
    def test_a_missing_runtime_folder_is_passed_over(self, short: Path, named: str) -> None:
        path = home_in(short).socket_path({"XDG_RUNTIME_DIR": named}, short)
        assert path.parent.parent == short

    def test_a_link_in_the_shared_folder_is_refused(self, short: Path) -> None:
        target = short / "target"
        target.mkdir(mode=0o700)
        (short / f"deskterm-{os.geteuid()}").symlink_to(target)
        with pytest.raises(DesktermError, match="link"):
            home_in(short).socket_path({}, short)

    def test_somebody_elses_folder_is_refused(
        self, short: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stranger = os.geteuid() + 1
        (short / f"deskterm-{stranger}").mkdir(mode=0o700)
        monkeypatch.setattr(os, "geteuid", lambda: stranger)
        with pytest.raises(DesktermError) as caught:
            home_in(short).socket_path({}, short)
        assert caught.value.code == "folder_foreign"

    def test_no_short_place_is_said_in_words(self, short: Path) -> None:
        with pytest.raises(DesktermError, match="XDG_RUNTIME_DIR"):
            home_in(short).socket_path({}, short / ("x" * 100))

"""The data folder is read-only, gone, somebody else's or on a network: said in words, no crash."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.domain.errors import DesktermError
from tests.config.plain_user import plain_user


def home_in(folder: Path) -> Home:
    return Home.find({"DESKTERM_HOME": str(folder)})


def refused(home: Home) -> DesktermError:
    with pytest.raises(DesktermError) as caught:
        home.prepare()
    assert caught.value.title
    assert caught.value.explanation
    assert caught.value.advice
    return caught.value


def test_a_read_only_data_folder() -> None:
    with plain_user() as folder:
        home = home_in(folder)
        home.prepare()
        home.database.write_bytes(b"kept")
        home.data.chmod(0o500)
        error = refused(home)
        assert error.code == "folder_read_only"
        assert str(home.data) in str(error)
        assert home.database.read_bytes() == b"kept"
        with pytest.raises(DesktermError, match="read-only"):
            home.verify()


def test_no_right_to_make_the_folders() -> None:
    with plain_user() as folder:
        folder.chmod(0o500)
        error = refused(home_in(folder))
        assert error.code == "folder_unusable"
        assert "Permission denied" in str(error)


def test_no_right_to_look_into_the_place() -> None:
    with plain_user() as folder:
        home = home_in(folder / "shop")
        home.prepare()
        (folder / "shop").chmod(0o000)
        assert refused(home).code == "folder_unusable"
        with pytest.raises(DesktermError):
            home.verify()


def test_a_disk_that_is_mounted_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_in(tmp_path)
    home.prepare()
    real_statvfs, real_access = os.statvfs, os.access

    def read_only(path: Path) -> os.statvfs_result:
        values = list(real_statvfs(path))
        values[8] |= os.ST_RDONLY
        return os.statvfs_result(values)

    def no_writing(path: Path, mode: int, *, effective_ids: bool = False) -> bool:
        return not mode & os.W_OK and real_access(path, mode, effective_ids=effective_ids)

    monkeypatch.setattr(os, "statvfs", read_only)
    monkeypatch.setattr(os, "access", no_writing)
    monkeypatch.setattr(os, "supports_effective_ids", {no_writing})
    assert "mounted read-only" in str(refused(home))


def test_the_data_folder_of_a_known_shop_is_gone(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    home.prepare()
    shutil.rmtree(home.data)
    error = refused(home)
    assert error.code == "folder_gone"
    assert not home.data.exists(), "no empty shop in its place"
    with pytest.raises(DesktermError, match="gone"):
        home.verify()
    home.data_mark.unlink()
    home.prepare()
    assert home.data.is_dir(), "the way out that the advice names"


def test_a_link_to_a_disk_that_is_not_there(tmp_path: Path) -> None:
    home = home_in(tmp_path / "shop")
    home.data.parent.mkdir()
    home.data.symlink_to(tmp_path / "unplugged")
    assert "unplugged" in str(refused(home))
    assert not (tmp_path / "unplugged").exists()


def test_a_data_folder_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_in(tmp_path)
    home.prepare()
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    error = refused(home)
    assert error.code == "folder_foreign"
    assert f"user id {owner}" in str(error)


@pytest.mark.parametrize("kind", ["nfs4", "fuse.sshfs", "cifs"])
def test_a_network_file_system_is_reported(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 1 0:50 / {tmp_path} rw shared:1 - {kind} server:/x rw\n")
    assert home_in(tmp_path / "shop").prepare(mounts).network_filesystem == kind

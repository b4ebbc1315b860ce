"""Private files, replaced in one step."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from deskterm.config.folders import make_private, open_new, write_private
from deskterm.domain.errors import DesktermError


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "choice"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["choice"]


def test_a_cut_before_the_end_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "choice"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["choice"]


def test_a_new_file_never_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(FileExistsError):
        open_new(tmp_path / "link")
    assert not (tmp_path / "target").exists()


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DesktermError, match="not a folder"):
        make_private(tmp_path / "data", "data folder")
    with pytest.raises(DesktermError, match="Not a directory"):
        make_private(tmp_path / "data" / "below", "data folder")


def test_a_disk_without_permissions_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(DesktermError, match="keeps no permissions"):
        make_private(folder, "data folder")

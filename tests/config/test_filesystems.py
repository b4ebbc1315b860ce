"""The kind of file system, read from lists of mounts as proc_pid_mountinfo(5) describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.config.filesystems import network_filesystem


def listed(tmp_path: Path, *mounts: tuple[str, str]) -> Path:
    lines = ["27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw", "garbage", ""]
    lines += [
        f"{40 + number} 27 0:50 / {point} rw,relatime shared:7 master:2 - {kind} server:/x rw"
        for number, (point, kind) in enumerate(mounts)
    ]
    path = tmp_path / "mountinfo"
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "virtiofs"])
def test_a_network_file_system_is_named(tmp_path: Path, kind: str) -> None:
    mounts = listed(tmp_path, (str(tmp_path), kind))
    assert network_filesystem(tmp_path / "data", mounts) == kind


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "tmpfs", "overlay", "zfs"])
def test_a_local_one_is_fine(tmp_path: Path, kind: str) -> None:
    assert network_filesystem(tmp_path, listed(tmp_path, (str(tmp_path), kind))) is None


def test_the_nearest_mount_counts(tmp_path: Path) -> None:
    local = str(tmp_path / "remote" / "local")
    mounts = listed(tmp_path, (local, "ext4"), (str(tmp_path / "remote"), "nfs4"))
    assert network_filesystem(tmp_path / "remote" / "local" / "data", mounts) is None
    assert network_filesystem(tmp_path / "remote" / "data", mounts) == "nfs4"


def test_a_name_that_only_begins_alike_does_not_count(tmp_path: Path) -> None:
    mounts = listed(tmp_path, (str(tmp_path / "rem"), "nfs4"))
    assert network_filesystem(tmp_path / "remote", mounts) is None


def test_of_two_mounts_at_one_point_the_later_counts(tmp_path: Path) -> None:
    point = str(tmp_path)
    assert network_filesystem(tmp_path, listed(tmp_path, (point, "nfs4"), (point, "ext4"))) is None


def test_blanks_in_a_mount_point_are_read(tmp_path: Path) -> None:
    mounts = listed(tmp_path, (f"{tmp_path}/my\\040shop", "cifs"))
    assert network_filesystem(tmp_path / "my shop" / "data", mounts) == "cifs"


def test_a_link_is_followed_to_its_file_system(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    mounts = listed(tmp_path, (str(tmp_path / "far"), "nfs4"))
    assert network_filesystem(tmp_path / "near", mounts) == "nfs4"


def test_without_a_list_nothing_is_claimed(tmp_path: Path) -> None:
    assert network_filesystem(tmp_path, tmp_path / "absent") is None

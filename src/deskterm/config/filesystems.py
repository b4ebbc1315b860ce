"""Which kind of file system a folder lies on.

SQLite's write-ahead log needs memory that is shared between processes and therefore does not work
over a network (https://www.sqlite.org/wal.html). Linux lists its mounts in `/proc/self/mountinfo`,
format in proc_pid_mountinfo(5).
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNTINFO = Path("/proc/self/mountinfo")

_REMOTE = frozenset(
    {
        *("9p", "drvfs", "prl_fs", "vboxsf", "virtiofs"),  # shared by the host of a guest
        *("afs", "cifs", "coda", "davfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"),
        *("beegfs", "ceph", "glusterfs", "lustre", "orangefs"),
        *("fuse.ceph", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.s3fs", "fuse.sshfs"),
    }
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def network_filesystem(folder: Path, mountinfo: Path = MOUNTINFO) -> str | None:
    """The type of the network or host-shared file system that `folder` lies on.

    Returns:
        A type as the kernel names it, such as "nfs4"; None for a local one, and where the
        system keeps no list of mounts in this form (macOS).
    """
    try:
        lines = mountinfo.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return None
    place = folder.resolve()
    found: tuple[int, str] = (-1, "")
    for line in lines:
        mount = _mount(line)
        if mount is None:
            continue
        point, kind = mount
        if place.is_relative_to(point) and len(point.parts) >= found[0]:
            found = len(point.parts), kind  # of two at one point, the later covers the earlier
    return found[1] if found[1] in _REMOTE else None


def _mount(line: str) -> tuple[Path, str] | None:
    before, separator, after = line.partition(" - ")
    left, right = before.split(" "), after.split(" ")
    if not separator or len(left) < 6:
        return None
    point = _OCTAL.sub(lambda match: chr(int(match[1], 8)), left[4])
    return Path(point), right[0]

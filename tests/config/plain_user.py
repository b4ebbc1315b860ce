"""Runs a part of a test as somebody who is not root, because root may write anywhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def plain_user() -> Iterator[Path]:
    """A folder of our own, held as a user whom permissions bind."""
    folder = Path(tempfile.mkdtemp(prefix="deskterm-test-"))
    was_root = os.geteuid() == 0
    if was_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if was_root:
            os.seteuid(0)
        for each in [folder, *folder.rglob("*")]:
            if each.is_dir() and not each.is_symlink():
                each.chmod(0o700)
        shutil.rmtree(folder)

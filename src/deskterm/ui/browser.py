"""Opening a page in the desktop's browser, where there is a desktop.

A browser that runs in the terminal would paint over the console, so none is looked for over SSH or
on a bare console.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

_LONGEST_S = 30.0
_DESKTOPS = ("DISPLAY", "WAYLAND_DISPLAY")


def is_page(address: str) -> bool:
    """Whether an address is that of a page on the web, and of nothing else."""
    try:
        found = urlsplit(address)
    except ValueError:
        return False
    return found.scheme in ("http", "https") and bool(found.hostname)


def opener(surroundings: Mapping[str, str]) -> str | None:
    """The program that opens pages on this desktop; None where there is none.

    Args:
        surroundings: environment variables.
    """
    if "SSH_CONNECTION" in surroundings and sys.platform == "darwin":
        return None
    if sys.platform == "darwin":
        return shutil.which("open")
    if "WSL_DISTRO_NAME" in surroundings:
        return shutil.which("wslview")
    if not any(surroundings.get(name) for name in _DESKTOPS):
        return None
    return shutil.which("xdg-open")


def open_page(address: str, surroundings: Mapping[str, str]) -> bool:
    """Open a page beside the console; False where that cannot be done, and nothing is."""
    program = opener(surroundings)
    if program is None or not is_page(address):
        return False
    thread = threading.Thread(target=_run, args=(program, address), name="browser", daemon=True)
    thread.start()
    return True


def _run(program: str, address: str) -> None:
    """Wait for the program's end, so that nothing of it stays behind."""
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            [program, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_S,
            check=False,
        )

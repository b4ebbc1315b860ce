"""Where copied text can go: the terminal's clipboard (OSC 52), tmux, or nowhere."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Final, Literal

Way = Literal["terminal", "tmux", "nowhere"]

_PATIENCE_S: Final = 2
_LOAD: Final = ("tmux", "load-buffer", "-w", "-")


def way_of(env: Mapping[str, str]) -> Way:
    """How text gets out of this terminal, as far as the environment says.

    tmux keeps OSC 52 to itself unless its `set-clipboard` is on, but takes a buffer from anyone
    (tmux(1), load-buffer; -w sends it to the terminal as well). The console of Linux and the
    terminal of macOS have no OSC 52.
    """
    if env.get("TMUX"):
        return "tmux"
    if env.get("TERM") == "linux" or env.get("TERM_PROGRAM") == "Apple_Terminal":
        return "nowhere"
    return "terminal"


def give_to_tmux(text: str) -> bool:
    """Make a text the newest buffer of tmux; False where that does not work."""
    try:
        done = subprocess.run(
            _LOAD,
            input=text.encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

"""Another editor for a text: which one, and running it in our terminal."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean

_USUAL: Final = ("editor", "nano", "vi")
"""Where nothing is said; the first is Debian's choice of its user."""


def editor_of(env: Mapping[str, str]) -> list[str]:
    """Program and arguments of the editor: `VISUAL`, `EDITOR` (POSIX), else a usual one.

    Raises:
        DesktermError: there is none (`editor`).
    """
    wanted = env.get("VISUAL") or env.get("EDITOR") or ""
    try:
        command = shlex.split(wanted)
    except ValueError as error:
        quoted = clean(repr(wanted[:80]))
        raise _no_editor(say("{words} has a quote that does not end", words=quoted)) from error
    if command:
        return command
    for name in _USUAL:
        if found := shutil.which(name, path=env.get("PATH")):
            return [found]
    raise _no_editor(say("VISUAL and EDITOR are not set, and none of the usual ones is there"))


def run_editor(command: list[str], path: Path) -> int:
    """Let an editor have the terminal until it ends; its exit code, or minus a signal.

    Raises:
        DesktermError: it cannot be started (`editor`).
    """
    # Ctrl+C in the editor comes to every program in the terminal. A handler, not SIG_IGN, which
    # the editor would inherit.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        return subprocess.run([*command, path], check=False).returncode
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or say("It cannot be started")
        raise _no_editor(f"{command[0][:80]}: {why}") from error
    finally:
        signal.signal(signal.SIGINT, before)


def _no_editor(why: str) -> DesktermError:
    return DesktermError(
        "The editor cannot be started",
        f"{why}. Your text is unchanged",
        "Set VISUAL or EDITOR to an editor for the terminal",
        code="editor",
    )

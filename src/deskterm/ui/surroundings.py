"""What the terminal and its language can show, as far as the environment says."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean

#: Endings of `TERM` that promise more than sixteen colours, as Rich reads them.
_MANY_COLOURS = frozenset({"256color", "kitty", "direct"})
_DUMB = frozenset({"", "dumb", "unknown"})
#: Languages of France and Belgium, by which AZERTY is the usual layout (POSIX, "Locale").
_AZERTY = frozenset({"fr", "fr_FR", "fr_BE", "nl_BE"})


def is_terminal() -> bool:
    """Whether a person sits at this program: it reads from a terminal and writes to one."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams)


def is_dumb(env: Mapping[str, str]) -> bool:
    """Whether the terminal says of itself that it only prints what it is sent."""
    return env.get("TERM", "") in _DUMB


def check_terminal(env: Mapping[str, str]) -> None:
    """See whether a console can be painted here.

    Raises:
        DesktermError: it cannot, with what can be used instead.
    """
    if not is_terminal():
        raise _no_console(say("Input, output and messages have to be a terminal"))
    if is_dumb(env):
        name = clean(repr(env.get("TERM", "")[:40]))
        raise _no_console(say("This terminal calls itself {name}", name=name))


def _no_console(why: str) -> DesktermError:
    return DesktermError(
        "The console cannot be shown here",
        f"{why}. Nothing was changed",
        "Use 'deskterm --plain', or the commands: 'deskterm list', 'deskterm show TICKET', "
        "'deskterm reply TICKET', 'deskterm do COMMAND'; 'deskterm --help' names all",
        code="usage",
    )


def has_sixteen_colours(env: Mapping[str, str]) -> bool:
    """Whether the terminal has the sixteen colours of ECMA-48 and no more."""
    forced = env.get("TEXTUAL_COLOR_SYSTEM", "auto").lower()
    if forced != "auto":
        return forced == "standard"
    if env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    return env.get("TERM", "").lower().rpartition("-")[2] not in _MANY_COLOURS


def uses_azerty(env: Mapping[str, str]) -> bool:
    """Whether keyboards usually have digits with Shift only where this language is spoken."""
    names = (env.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    language = next((name for name in names if name), "").partition(".")[0].partition("@")[0]
    return language in _AZERTY


def speaks_utf8(env: Mapping[str, str], *, coerced: bool | None = None) -> bool:
    """Whether the terminal's language is written in UTF-8.

    Args:
        env: the environment.
        coerced: Python itself changed the language of the environment from C to C.UTF-8 (PEP 538);
            asked of this process if None.
    """
    if coerced is None:
        coerced = bool(sys.flags.utf8_mode) and "PYTHONUTF8" not in env
    names = (env.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    language = next((name for name in names if name), "C")
    return not coerced and "utf8" in language.lower().replace("-", "")

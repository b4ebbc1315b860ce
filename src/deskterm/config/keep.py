"""Writes one setting into `settings.toml` and leaves the rest of the file as its owner wrote it.

A line is replaced or added; comments, order and spelling of everything else stay. What comes out
is read again (TOML 1.0) and written only where it says what the file said before, and the setting.
"""

from __future__ import annotations

import json
import stat
import tomllib
from pathlib import Path
from typing import Any

from deskterm.config.folders import make_private, write_private
from deskterm.domain.errors import DesktermError


def keep_text(path: Path, key: str, value: str) -> None:
    """Set a text that stands in no table.

    Args:
        path: the file; made where there is none.
        key: the name of the setting, without a dot.
        value: printable.

    Raises:
        DesktermError: the file cannot be read, understood or written; it is as it was.
    """
    real = path.resolve()  # a link into a folder of dotfiles stays one
    try:
        before = real.read_bytes().decode() if real.exists() else ""
        said = tomllib.loads(before)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _not_kept(path, key, "it cannot be read as TOML") from error
    after = _with(before, key, f"{key} = {json.dumps(value, ensure_ascii=False)}", key in said)
    if not _says(after, {**said, key: value}):
        raise _not_kept(path, key, "its line cannot be found")
    try:
        make_private(real.parent, "folder of settings")
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else 0o600
        write_private(real, after.encode())
        real.chmod(mode)
    except OSError as error:
        raise _not_kept(path, key, error.strerror or type(error).__name__) from error


def _with(text: str, key: str, line: str, there: bool) -> str:
    """The text with this line in it."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if not there:
        place = _after_the_head(lines)
        return "".join([*lines[:place], line + end, *lines[place:]])
    for number, old in enumerate(lines):
        name, equals, rest = old.partition("=")
        if equals and name.strip(" \t\"'") == key:
            lines[number] = line + _comment(rest.rstrip("\r\n")) + end
            break
    return "".join(lines)


def _after_the_head(lines: list[str]) -> int:
    """Where a line can be added: after comments that stand by themselves at the head."""
    place = 0
    while place < len(lines) and lines[place].startswith("#"):
        place += 1
    if place == len(lines):
        return place if not lines or lines[-1].endswith("\n") else 0
    return place + 1 if place and not lines[place].strip() else 0


def _comment(value: str) -> str:
    """The comment after a value, with the blanks before it."""
    for place, sign in enumerate(value):
        if sign == "#" and _says(f"x ={value[:place]}"):
            bare = value[:place].rstrip()
            return value[len(bare) :]
    return ""


def _says(text: str, wanted: dict[str, Any] | None = None) -> bool:
    try:
        return tomllib.loads(text) == wanted or wanted is None
    except tomllib.TOMLDecodeError:
        return False


def _not_kept(path: Path, key: str, why: str) -> DesktermError:
    return DesktermError(
        f"The setting {key} was not kept",
        f"{path}: {why}. The file is as it was",
        f"Write the line yourself: {key} = …",
        code="settings",
    )

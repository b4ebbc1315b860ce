"""Themes from TOML files: the fields of a Textual theme, checked while loading.

Textual parses colours only when a theme is used, far from the file that has the mistake. So each
value is read here, and an error names file and key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from textual.color import Color, ColorParseError
from textual.css.constants import VALID_STYLE_FLAGS
from textual.theme import Theme

from deskterm.domain.errors import DesktermError

_COLOURS = frozenset(
    {
        *("primary", "secondary", "accent", "foreground", "background", "surface", "panel"),
        *("boost", "success", "warning", "error"),
    }
)
_SWITCHES = frozenset({"dark", "ansi"})
_SHARES = frozenset({"luminosity_spread", "text_alpha"})
_KEYS = _COLOURS | _SWITCHES | _SHARES | {"variables"}

_STYLE_KEY = re.compile(r"(?:^|-)style(?:-hover)?\Z")
_SHADED = re.compile(r"(?P<colour>\S+?)(?: +(?P<alpha>[0-9]{1,3})%)?")


class LoadedThemes(NamedTuple):
    """Themes by name, and what is wrong with the files that gave none."""

    themes: Mapping[str, Theme]
    errors: tuple[DesktermError, ...]


def theme_folder() -> Path:
    """Where the themes that come with the program are: in the package, or in the checkout."""
    packaged = Path(__file__).parents[1] / "themes"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "themes"


def load_themes(folder: Path) -> LoadedThemes:
    """Load each `*.toml` of a folder. A broken file costs that file; no folder, no themes."""
    themes: dict[str, Theme] = {}
    errors: list[DesktermError] = []
    found = folder.iterdir() if folder.is_dir() else ()
    for file in sorted(found, key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            theme = load_theme(file)
        except DesktermError as error:
            errors.append(error)
        else:
            themes[theme.name] = theme
    return LoadedThemes(themes, tuple(errors))


class ThemeFolder:
    """The themes of a folder, each read when it is wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        files = (file.name for file in found if file.name.endswith(".toml"))
        return sorted(name.removesuffix(".toml") for name in files)

    def get(self, name: str) -> Theme | None:
        """The theme of that name; None where there is none, or its file is broken."""
        if name not in self.names:
            return None
        try:
            return load_theme(self._folder / f"{name}.toml")
        except DesktermError:
            return None


def load_theme(file: Path) -> Theme:
    """Load a theme; it is called as the file is, without `.toml`.

    Raises:
        DesktermError: the file cannot be read, or a key of it is unknown or has a wrong value.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(file, None, str(error)) from error
    if "primary" not in table:
        raise _broken(file, "primary", "it is missing, and each theme needs it")
    for key, value in table.items():
        if key == "variables":
            _check_variables(file, value)
        elif problem := _problem(key, value):
            raise _broken(file, key, problem)
    return Theme(name=file.name.removesuffix(".toml"), **table)


def _problem(key: str, value: Any) -> str | None:
    """What is wrong with a key at the top of the file."""
    if key in _COLOURS:
        return None if _is_colour(value) else "it is not a colour"
    if key in _SWITCHES:
        return None if isinstance(value, bool) else "it is neither true nor false"
    if key in _SHARES:
        good = isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value <= 1
        return None if good else "it is not a number from 0 to 1"
    from difflib import get_close_matches  # a millisecond that no good file needs

    nearest = get_close_matches(key, _KEYS, 1)
    return (
        f"there is no such key; did you mean {nearest[0]}?" if nearest else "there is no such key"
    )


def _check_variables(file: Path, table: Any) -> None:
    if not isinstance(table, dict):
        raise _broken(file, "variables", "it is not a table")
    for key, value in table.items():
        if _STYLE_KEY.search(key):
            if not _is_style(value):
                raise _broken(file, f"variables.{key}", "it is not a text style")
        elif not _is_shaded_colour(value):
            raise _broken(file, f"variables.{key}", "it is not a colour")


def _is_colour(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        Color.parse(value)
    except ColorParseError:
        return False
    return True


def _is_shaded_colour(value: Any) -> bool:
    """A colour or `auto`, perhaps with a percentage for its strength (Textual CSS `<color>`)."""
    found = _SHADED.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return isinstance(value, str) and _is_colour(value)
    strong = int(found["alpha"] or 100) <= 100
    return strong and (found["colour"] == "auto" or _is_colour(found["colour"]))


def _is_style(value: Any) -> bool:
    words = value.split() if isinstance(value, str) else []
    return bool(words) and all(word in VALID_STYLE_FLAGS for word in words)


def _broken(file: Path, key: str | None, problem: str) -> DesktermError:
    place = f"key {key}: " if key else ""
    return DesktermError(
        f"The theme {file.name} cannot be used",
        f"{file}: {place}{problem}. Other themes are not affected",
        "Write colours as #rrggbb or by name, as in the themes that come with the program",
        code="theme",
    )

"""Themes from TOML files: the fields of a Textual theme, checked while loading.

Textual parses colours only when a theme is used, far from the file that has the mistake. So each
value is read here, and an error names file and key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from textual.color import Color, ColorParseError
from textual.css.constants import VALID_STYLE_FLAGS
from textual.theme import Theme

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean

FILE_MAX: Final = 200_000  # bytes

_COLOURS = frozenset(
    {
        *("primary", "secondary", "accent", "foreground", "background", "surface", "panel"),
        *("boost", "success", "warning", "error"),
    }
)
_SWITCHES = frozenset({"dark", "ansi"})
_SHARES = frozenset({"luminosity_spread", "text_alpha"})
_KEYS = _COLOURS | _SWITCHES | _SHARES | {"variables"}

#: What a theme can be called: its name becomes a class of the style sheets.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_END = ".toml"

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
        if not file.name.endswith(_END):
            continue
        try:
            theme = load_theme(file)
        except DesktermError as error:
            errors.append(error)
        else:
            themes[theme.name] = theme
    return LoadedThemes(themes, tuple(errors))


class ThemeFolder:
    """The themes of a folder, each read when it is wanted.

    Args:
        folder: those that come with the program.
        own: those of the shop; they come before others of the same name.
    """

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self._folder = folder
        self._own = own

    @property
    def names(self) -> list[str]:
        """What there is to choose from."""
        folders = (self._folder, self._own)
        found = {name for folder in folders if folder is not None for name in _names_in(folder)}
        return sorted(found)

    def own_file(self, name: str) -> Path | None:
        """The shop's own file of that theme; None where there is none."""
        if self._own is None or not _NAME.fullmatch(name):
            return None
        file = self._own / f"{name}{_END}"
        return file if file.is_file() else None

    def get(self, name: str) -> Theme | None:
        """The theme of that name; None where there is none.

        Raises:
            DesktermError: its file is broken.
        """
        if not _NAME.fullmatch(name):
            return None
        file = self.own_file(name) or self._folder / f"{name}{_END}"
        return load_theme(file) if file.is_file() else None


def _names_in(folder: Path) -> list[str]:
    try:
        files = [file.name for file in folder.iterdir()]
    except OSError:
        return []
    names = (name.removesuffix(_END) for name in files if name.endswith(_END))
    return [name for name in names if _NAME.fullmatch(name)]


def load_theme(file: Path) -> Theme:
    """Load a theme; it is called as the file is, without `.toml`.

    Raises:
        DesktermError: the file cannot be read, or a key of it is unknown or has a wrong value.
    """
    name = file.name.removesuffix(_END)
    if not _NAME.fullmatch(name):
        raise _broken(file, None, say("a name has 1 to 40 letters, digits, - and _"))
    try:
        table = tomllib.loads(_text(file))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(file, None, str(error)) from error
    if "primary" not in table:
        raise _broken(file, "primary", say("it is missing, and each theme needs it"))
    for key, value in table.items():
        if key == "variables":
            _check_variables(file, value)
        elif problem := _problem(key, value):
            raise _broken(file, key, problem)
    return Theme(name=name, **table)


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(FILE_MAX).decode()


def _problem(key: str, value: Any) -> str | None:
    """What is wrong with a key at the top of the file."""
    if key in _COLOURS:
        return None if _is_colour(value) else say("it is not a colour")
    if key in _SWITCHES:
        return None if isinstance(value, bool) else say("it is neither true nor false")
    if key in _SHARES:
        good = isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value <= 1
        return None if good else say("it is not a number from 0 to 1")
    from difflib import get_close_matches  # a millisecond that no good file needs

    nearest = get_close_matches(key, _KEYS, 1)
    if not nearest:
        return say("there is no such key")
    return say("there is no such key; did you mean {name}?", name=clean(nearest[0]))


def _check_variables(file: Path, table: Any) -> None:
    if not isinstance(table, dict):
        raise _broken(file, "variables", say("it is not a table"))
    for key, value in table.items():
        if _STYLE_KEY.search(key):
            if not _is_style(value):
                raise _broken(file, f"variables.{key}", say("it is not a text style"))
        elif not _is_shaded_colour(value):
            raise _broken(file, f"variables.{key}", say("it is not a colour"))


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
    place = say("key {key}: ", key=clean(key)) if key else ""
    return DesktermError(
        f"The theme {file.name} cannot be used",
        f"{file}: {place}{problem}. Other themes are not affected",
        "Write colours as #rrggbb or by name, as in the themes that come with the program",
        code="theme",
    )

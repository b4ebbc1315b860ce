"""The small files of a console: where the agent was, and copies of what was typed last."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deskterm.config.folders import make_private, open_new
from deskterm.domain.errors import DesktermError

_LARGEST = 4_000_000


class PlaceFile:
    """`state/console.json`; `deskterm.viewmodel.place.Kept`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str | None:
        """What it holds; None where it cannot be read."""
        return _read(self._path)

    def write(self, text: str) -> None:
        """Replace it. A place that is not kept is no loss."""
        with suppress(OSError, DesktermError):
            _replace(self._path, text.encode(errors="backslashreplace"), "state folder")


class TypedCopies:
    """`state/typed/`; `deskterm.viewmodel.copies.Copies`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, copy: Mapping[str, object]) -> None:
        """Keep a copy.

        Raises:
            OSError: it cannot be kept.
        """
        content = json.dumps(copy, ensure_ascii=True).encode()
        try:
            _replace(self._folder / f"{name}.json", content, "folder for typed text")
        except DesktermError as error:
            raise OSError(None, error.title) from error

    def remove(self, name: str) -> None:
        """Forget a copy, if there is one."""
        with suppress(OSError):
            (self._folder / f"{name}.json").unlink(missing_ok=True)

    def found(self) -> Mapping[str, Mapping[str, object]]:
        """What lies there, by name; what cannot be read is left out."""
        found = {}
        for path in _listed(self._folder):
            with suppress(ValueError):
                copy = json.loads(_read(path) or "")
                if isinstance(copy, dict):
                    found[path.stem] = copy
        return found


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("[!.]*.json"))
    except OSError:
        return []


def _read(path: Path) -> str | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _replace(path: Path, content: bytes, what: str) -> None:
    """Replace a file in one step, mode 0600.

    Not forced to the disk: it is there to survive this program, and is written while one types.
    """
    make_private(path.parent, what)
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with open_new(fresh) as file:
            file.write(content)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise

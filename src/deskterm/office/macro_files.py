"""The folder of the shop's macros, for those that are made of what was typed again and again."""

from __future__ import annotations

from pathlib import Path

from deskterm.config.folders import make_private, write_private
from deskterm.domain.errors import DesktermError

_SUFFIX = ".toml"


class MacroFolder:
    """Implements `deskterm.service.repeats.MacroFiles`.

    Args:
        folder: it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> frozenset[str]:
        """Names of the files that there are."""
        if not self._folder.is_dir():
            return frozenset()
        return frozenset(file.stem for file in self._folder.glob(f"*{_SUFFIX}"))

    def write(self, name: str, content: str) -> Path:
        """Write a new file; see `MacroFiles.write`."""
        file = self._file(name)
        if file.exists():
            raise DesktermError(f"{file} is there already", "It was left as it is", code="taken")
        try:
            make_private(self._folder, "the folder of macros")
            write_private(file, content.encode())
        except OSError as error:
            raise _not_possible(file, error) from error
        return file

    def remove(self, name: str, content: str) -> bool:
        """Take a file away that still says this; see `MacroFiles.remove`."""
        file = self._file(name)
        try:
            if file.read_bytes() != content.encode():
                return False
            file.unlink()
        except FileNotFoundError:
            return True
        except OSError as error:
            raise _not_possible(file, error) from error
        return True

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"


def _not_possible(file: Path, error: OSError) -> DesktermError:
    return DesktermError(
        f"{file} cannot be changed",
        f"{error.strerror or type(error).__name__}. Nothing was changed.",
        "Look at the rights of the folder, and at the room on the disk",
        code="no_file",
    )

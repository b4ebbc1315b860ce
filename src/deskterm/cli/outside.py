"""Files outside the database: `deskterm.viewmodel.outside.Outside` on this machine."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from deskterm.config.folders import make_private, open_new, write_private
from deskterm.domain.errors import DesktermError
from deskterm.service.reading.rows import FileView

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DAY_S: Final = 86_400
_PATIENCE_S: Final = 10
_WHAT: Final = "folder for files of the console"


class FilesOutside:
    """Attachments by digest, and folders of the user.

    Args:
        attachments: the folder of files by digest.
        state: where files of the console lie.
        downloads: the folder for what is saved; asked when it is wanted.
        env: says whether there is a desktop.
    """

    def __init__(
        self,
        attachments: Path,
        state: Path,
        downloads: Callable[[], Path],
        env: Mapping[str, str],
    ) -> None:
        self._attachments = attachments
        self._state = state
        self._downloads = downloads
        self._env = env

    def path_of(self, file: FileView) -> Path:
        """See `Outside`."""
        path = self._attachments / file.digest
        if not _DIGEST.fullmatch(file.digest) or not path.is_file():
            raise _gone(file)
        return path

    def beginning(self, file: FileView, most: int) -> bytes:
        """See `Outside`."""
        try:
            with self.path_of(file).open("rb") as source:
                return source.read(most)
        except OSError as error:
            raise _gone(file) from error

    def save(self, file: FileView) -> Path:
        """See `Outside`."""
        from deskterm.mail.filenames import save_new

        content = self._content(file)
        folder = self._downloads()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(folder, error) from error
        return save_new(folder, file.filename, content)

    def open(self, file: FileView, ending: str) -> None:
        """See `Outside`."""
        from deskterm.mail.filenames import save_new

        program = self._desktop()
        folder = self._state / "opened"
        make_private(folder, _WHAT)
        _clear(folder)
        stem = file.filename.rpartition(".")[0] or file.filename
        # The name that was sent says nothing: the ending of the kind decides on the program.
        path = save_new(folder, stem[:60] + ending, self._content(file))
        try:
            done = subprocess.run(
                [program, path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_opened() from error
        if done.returncode:
            raise _not_opened()

    def lend_text(self, text: str) -> Path:
        """See `Outside`."""
        folder = self._state / "editor"
        path = folder / f"text-{secrets.token_hex(4)}.txt"
        try:
            make_private(folder, _WHAT)
            with open_new(path) as file:
                file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            raise _cannot_write(folder, error) from error
        return path

    def give_back(self, path: Path) -> None:
        """See `Outside`."""
        with suppress(OSError):
            path.unlink(missing_ok=True)

    def keep_copied(self, text: str) -> Path:
        """See `Outside`."""
        path = self._state / "copied.txt"
        try:
            make_private(self._state, "state folder")
            write_private(path, text.encode("utf-8", "replace"))
        except OSError as error:
            raise _cannot_write(self._state, error) from error
        return path

    def _content(self, file: FileView) -> bytes:
        try:
            content = self.path_of(file).read_bytes()
        except OSError as error:
            raise _gone(file) from error
        if hashlib.sha256(content).hexdigest() != file.digest:
            raise DesktermError(
                "The file is not what was received",
                f"The stored content of {file.filename[:80]} has changed. Nothing was written",
                "Look for the message in its channel, and check the disk",
                code="attachment",
            )
        return content

    def _desktop(self) -> str:
        """The program that opens files."""
        names: tuple[str, ...] = ()
        if sys.platform == "darwin":
            names = ("open",)
        elif self._env.get("WSL_DISTRO_NAME"):
            names = ("wslview", "xdg-open")
        elif self._env.get("DISPLAY") or self._env.get("WAYLAND_DISPLAY"):
            names = ("xdg-open",)
        for name in names:
            if found := shutil.which(name, path=self._env.get("PATH", os.defpath)):
                return found
        raise DesktermError(
            "There is no desktop here to open it with",
            "This terminal runs where no window can be opened. Nothing was written",
            "Save the file instead, and take it to another machine",
            code="no_desktop",
        )


def _clear(folder: Path) -> None:
    """Remove copies that were opened a day ago and more."""
    oldest = time.time() - _DAY_S
    for path in folder.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _gone(file: FileView) -> DesktermError:
    return DesktermError(
        "The file is not there",
        f"The content of {file.filename[:80]} cannot be read from the folder of attachments",
        "Check the data folder with 'deskterm doctor'",
        code="attachment",
    )


def _cannot_write(folder: Path, error: OSError) -> DesktermError:
    return DesktermError(
        "The file could not be written",
        f"{folder}: {error.strerror or type(error).__name__}. Nothing was overwritten",
        "Make room, or check the rights of the folder",
        code="save_failed",
    )


def _not_opened() -> DesktermError:
    return DesktermError(
        "The desktop did not open the file",
        "It has no program for this kind of file, or did not answer",
        "Save the file instead",
        code="no_desktop",
    )

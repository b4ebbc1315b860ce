"""What the console does with files outside the database; `deskterm.cli.outside` does it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from deskterm.service.reading.rows import FileView


class Outside(Protocol):
    """Attachments, the folder for downloads, the desktop, and text for other programs.

    Nothing here is quick enough for the screen's thread but the texts. All methods raise
    `DesktermError` in words.
    """

    def path_of(self, file: FileView) -> Path:
        """Where the content of an attachment lies.

        Raises:
            DesktermError: it is not there (`attachment`).
        """
        ...

    def beginning(self, file: FileView, most: int) -> bytes:
        """Its first bytes, at most so many.

        Raises:
            DesktermError: it cannot be read (`attachment`).
        """
        ...

    def save(self, file: FileView) -> Path:
        """Put a copy into the folder for downloads, under a safe name that is new there.

        Raises:
            DesktermError: it cannot be written, or is not what was received any more.
        """
        ...

    def open(self, file: FileView, ending: str) -> None:
        """Hand a copy to the desktop's program for files with that ending.

        Raises:
            DesktermError: there is no desktop here, or it does not take the file.
        """
        ...

    def lend_text(self, text: str) -> Path:
        """A private file with a text, for an editor.

        Raises:
            DesktermError: it cannot be written.
        """
        ...

    def give_back(self, path: Path) -> None:
        """Remove a file of `lend_text`. Never raises."""
        ...

    def keep_copied(self, text: str) -> Path:
        """A private file with what was copied last, where there is no clipboard.

        Raises:
            DesktermError: it cannot be written.
        """
        ...

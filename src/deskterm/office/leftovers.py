"""Files of an erased customer outside the database: attachments, and what consoles leave behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.store.mentions import Person

_LARGEST = 8 << 20


def remove_files(home: Home, digests: Iterable[str]) -> None:
    """Remove attachments that nothing names any more."""
    for digest in digests:
        _remove(home.attachments / digest)


def remove_traces(home: Home, person: Person, refs: Iterable[str]) -> list[Path]:
    """Remove what consoles have left behind about a customer.

    Copies of opened attachments and what was copied last go in any case: nobody can say of whom
    they are. Texts that an agent typed go where they name the customer or one of the tickets.

    Returns:
        Typed texts that name neither, for a person to look at.
    """
    state = home.state
    for path in (*_files(state / "opened"), state / "copied.txt"):
        _remove(path)
    wanted = tuple(refs)
    texts = [*_files(state / "typed"), *_files(state / "editor"), *_files(state / "unsent")]
    left = []
    for path in (*texts, state / "console.json"):
        if _names(path, person, wanted):
            _remove(path)
        elif path.parent != state and path.parent.name != "typed":  # those say their ticket
            left.append(path)
    return left


def copies_of_the_database(home: Home) -> list[Path]:
    """Copies that were made before, which still hold everything."""
    return sorted(path for path in _files(home.backup) if path.suffix == ".db")


def _names(path: Path, person: Person, refs: tuple[str, ...]) -> bool:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return False
    return any(ref in text for ref in refs) or person.masked(text) != text


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(path for path in folder.iterdir() if path.is_file())


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)

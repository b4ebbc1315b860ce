"""Emergency copies: what was typed and the office does not have yet.

A console that is killed loses at most what was typed in the last moment. What it left behind is
saved as drafts by the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, Protocol

from deskterm.domain.errors import DesktermError
from deskterm.viewmodel.ports import Office, Result
from deskterm.viewmodel.signal import Signal

#: Layout of a copy; another one is left alone.
VERSION: Final = 1


class Copies(Protocol):
    """Where copies are kept: small JSON objects by name, each replaced in one step."""

    def write(self, name: str, copy: Mapping[str, object]) -> None:
        """Keep a copy.

        Raises:
            OSError: it cannot be kept.
        """
        ...

    def remove(self, name: str) -> None:
        """Forget a copy, if there is one. Never raises."""
        ...

    def found(self) -> Mapping[str, Mapping[str, object]]:
        """What lies there, by name; what cannot be read is left out."""
        ...


class Rescue:
    """Gives the office what an earlier console left behind.

    Args:
        copies: where that lies.
        office: saves it as drafts.
    """

    def __init__(self, copies: Copies, office: Office) -> None:
        #: A text is a draft again, on the ticket with that reference; empty for a new message.
        self.saved: Signal[[str]] = Signal()
        #: A text could not be saved; its file stays.
        self.failed: Signal[[DesktermError]] = Signal()
        self._copies = copies
        self._office = office
        self._refs: dict[str, str] = {}

    def is_waiting(self, ref: str) -> bool:
        """Whether a text of this ticket is on its way to the office."""
        return ref in self._refs.values()

    def start(self) -> int:
        """Save everything that is found; returns how many texts there were."""
        found = {
            name: copy
            for name, copy in self._copies.found().items()
            if copy.get("version") == VERSION and isinstance(copy.get("params"), Mapping)
        }
        for name, copy in found.items():
            params = copy["params"]
            if isinstance(params, Mapping):
                self._refs[name] = _ref_of(params)
                # The name of the copy makes it the same call however often it is tried.
                self._office.send(
                    "draft.save",
                    params,
                    partial(self._saved, name),
                    partial(self._refused, name),
                    call_id=f"rescue-{name}",
                )
        return len(found)

    def _saved(self, name: str, _result: Result) -> None:
        self._copies.remove(name)
        self.saved.emit(self._refs.pop(name))

    def _refused(self, name: str, error: DesktermError) -> None:
        del self._refs[name]
        self.failed.emit(error)


def _ref_of(params: Mapping[str, object]) -> str:
    tickets = params.get("tickets")
    return str(tickets[0]) if isinstance(tickets, list) and tickets else ""

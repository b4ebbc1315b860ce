"""The door of the office as its clients see it, whether over a socket or within one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from deskterm.domain.errors import DesktermError, OfficeSilent
from deskterm.office.protocol import ChangeNote, Failure, Hello

ANSWER_S: Final = 5.0
"""Seconds without a sign of life after which the office counts as silent."""

OnProgress = Callable[[Mapping[str, object]], None]


@dataclass(frozen=True, slots=True)
class CallResult:
    """What a command gave back, and the database's revision after it."""

    result: Mapping[str, object]
    revision: int


class Door(Protocol):
    """Takes calls to the office and brings its change notes. All methods block."""

    def call(
        self,
        command: str,
        params: Mapping[str, object],
        *,
        seen: int | None = None,
        call_id: str | None = None,
        on_progress: OnProgress | None = None,
        timeout_s: float = ANSWER_S,
    ) -> CallResult:
        """Have one command done.

        Args:
            command: name in the command table.
            params: JSON values.
            seen: the revision on which the person decided.
            call_id: id of the act; give the same again to repeat a call whose end is not known.
            on_progress: told how far a long call is, in the calling thread.
            timeout_s: seconds of silence to bear; progress begins them anew.

        Raises:
            OfficeRefused: the office said no, with its own words.
            OfficeSilent: no sign of life in time; whether it was done is not known.
            OfficeGone: the connection broke; whether it was done is not known.
            FrameError: the call cannot travel; it was not done.
        """
        ...

    def notes(self, timeout_s: float) -> ChangeNote | None:
        """Wait for the next change; None when `timeout_s` seconds pass without one.

        The first call brings the present revision at once. Several changes may come as one.

        Raises:
            OfficeGone: the connection broke.
            OfficeSilent: the office could not be reached for notes at all.
        """
        ...

    def close(self) -> None:
        """Let go; a call or wait in another thread ends with `OfficeGone`."""
        ...


class OfficeRefused(DesktermError):
    """The office's own refusal, as its code raised it there; `revision` is the database's then."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.title, failure.explanation, failure.advice, code=failure.code)
        self.revision = failure.revision


class OfficeGone(DesktermError):
    """The connection to the office broke.

    A call that was under way may or may not have been done. The office remembers the ids that
    it has answered, so sending the same call id again, to it or to a new office, is harmless.
    """

    def __init__(
        self,
        title: str = "The office has gone",
        explanation: str = "Its connection broke; what was being done may or may not be done.",
        advice: str = "Try again: nothing is done twice.",
        *,
        code: str = "office_gone",
    ) -> None:
        super().__init__(title, explanation, advice, code=code)


class OfficeAbsent(OfficeGone):
    """No office listens; nothing was asked of it."""

    def __init__(self) -> None:
        super().__init__(
            "No office is running",
            "Nothing was changed.",
            "Any command that changes something starts one.",
            code="office_absent",
        )


class OtherProtocol(DesktermError):
    """A console and an office of different versions met; the same words on both sides."""

    def __init__(self, *, console: Hello, office: Hello) -> None:
        super().__init__(
            "The office and this program are of different versions",
            f"The office ({office.program}) speaks version {office.protocol} of the language "
            f"between them, this program ({console.program}) version {console.protocol}. "
            "Nothing was changed.",
            "Close all deskterm programs and start again; an office ends a minute after its last "
            "client.",
            code="office_protocol",
        )


def silent(
    what: str,
    timeout_s: float,
    kept: str = "Whether it was done is not known yet; asked again, it is not done twice.",
) -> OfficeSilent:
    """The words for an office that did not answer `what` within `timeout_s` seconds."""
    return OfficeSilent(
        "The office does not answer",
        f"{what}: nothing came back within {timeout_s:g} s. {kept}",
        "Try again in a moment; `deskterm doctor` tells more.",
    )

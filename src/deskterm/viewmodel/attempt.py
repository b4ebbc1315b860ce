"""Carrying what a piece of work raised from one thread to another."""

from __future__ import annotations

from types import TracebackType


class Attempt:
    """Keeps what a piece of work raises.

    with Attempt() as attempt:
        attempt.value = work()
    soon(attempt.throw)
    """

    def __init__(self) -> None:
        self.value: object = None
        self.error: BaseException | None = None

    def __enter__(self) -> Attempt:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error
        return True

    def throw(self) -> None:
        """Raise what was raised, if anything was."""
        if self.error is not None:
            raise self.error

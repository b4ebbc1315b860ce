"""The one family of errors that reaches a person."""

from __future__ import annotations


class DesktermError(Exception):
    """Something a person must be told: what happened, what was kept, what to do.

    Args:
        title: what happened, one short sentence without a full stop.
        explanation: details, and what was kept.
        advice: what the person can do now.
        code: stable word for scripts (`--json`) and for decisions in code.
    """

    def __init__(
        self, title: str, explanation: str = "", advice: str = "", *, code: str = "error"
    ) -> None:
        super().__init__(title)
        self.title = title
        self.explanation = explanation
        self.advice = advice
        self.code = code

    def __str__(self) -> str:
        return ". ".join(p.rstrip(".") for p in (self.title, self.explanation, self.advice) if p)


class UsageError(DesktermError):
    """The words of a call are off (exit code 2)."""

    def __init__(self, title: str, explanation: str = "", advice: str = "") -> None:
        super().__init__(title, explanation, advice, code="usage")


class OfficeSilent(DesktermError):
    """The office did not answer within its time (exit code 75, `EX_TEMPFAIL` of sysexits.h)."""

    def __init__(self, title: str, explanation: str = "", advice: str = "") -> None:
        super().__init__(title, explanation, advice, code="office_silent")


class Interrupted(Exception):
    """What was being read is not wanted any more. Reaches nobody."""

"""How the suite says no."""

from __future__ import annotations


class ContractViolation(AssertionError):
    """Something that the contract promises does not hold; the text says what, and of what."""


def require(holds: object, text: str) -> None:
    """Go on if it holds.

    Raises:
        ContractViolation: it does not.
    """
    if not holds:
        raise ContractViolation(text)

"""What calls ask for, read as WordPress reads it, and what it answers where that makes no sense."""

from __future__ import annotations

from datetime import UTC, datetime

from deskterm.sandbox.web import Request


class Refused(Exception):
    """A call that is answered with an error of the API."""

    def __init__(self, status: int, code: str, text: str, **data: object) -> None:
        super().__init__(text)
        self.status = status
        self.body = {"code": code, "message": text, "data": {"status": status, **data}}


def invalid(name: str, why: str) -> Refused:
    return Refused(400, "rest_invalid_param", f"Invalid parameter(s): {name}", params={name: why})


def number(request: Request, name: str, default: int, least: int, most: int) -> int:
    text = request.first(name, str(default))
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        why = f"{name} must be between {least} (inclusive) and {most} (inclusive)"
        raise invalid(name, why)
    return int(text)


def listed(request: Request, name: str) -> list[str]:
    """A list, written with commas or as `name[]`."""
    given = [*request.query.get(name, []), *request.query.get(f"{name}[]", [])]
    return [part for text in given for part in text.split(",") if part]


def numbers(request: Request, name: str) -> list[int]:
    parts = listed(request, name)
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise invalid(name, f"{name}[0] is not of type integer.")
    return [int(part) for part in parts]


def one_of(request: Request, name: str, *known: str) -> str:
    """The value, by default the first that is known."""
    value = request.first(name, known[0])
    if value not in known:
        raise invalid(name, f"{name} is not one of {', '.join(known)}.")
    return value


def moment(request: Request, name: str) -> datetime | None:
    """A time; this shop's zone is UTC, so that `dates_are_gmt` changes nothing."""
    text = request.first(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(name, "Invalid date.") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

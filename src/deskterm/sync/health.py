"""How an account is doing, as a value that the store keeps and every screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

HealthState = Literal["ok", "syncing", "retrying", "paused", "sign_in", "asks", "broken"]

_HEADS: dict[HealthState, str] = {
    "ok": "Up to date",
    "syncing": "Syncing",
    "retrying": "Trying again",
    "paused": "Paused",
    "sign_in": "Sign in again",
    "asks": "A question for you",
    "broken": "Broken",
}
_LINKS: dict[HealthState, str] = {"paused": " until", "broken": ", next try at"}
_TEXT_CAP = 300


@dataclass(frozen=True, slots=True)
class Health:
    """One line about an account.

    `text` is the reason in words and holds no secret and no customer text; it may repeat words
    of the channel, so it is cleaned like anything from outside before it is shown. `until` is
    the time (aware, UTC) of the next try, or None: with `paused`, `sign_in` and `asks` it then
    takes a person. `failures` counts tries that failed in a row. `token` names the question of
    `asks`.
    """

    state: HealthState = "ok"
    text: str = ""
    until: datetime | None = None
    failures: int = 0
    token: str = ""

    @property
    def needs_us(self) -> bool:
        """Whether nothing goes on until a person does something."""
        return self.until is None and self.state in ("paused", "sign_in", "asks")

    def words(self, zone: tzinfo | None = None) -> str:
        """The line for people, with the time in `zone` (None: the zone of the machine)."""
        head = _HEADS[self.state]
        if self.until is not None:
            head += f"{_LINKS.get(self.state, ' at')} {self.until.astimezone(zone):%H:%M}"
        return f"{head}: {self.text}" if self.text else head


def one_line(text: str) -> str:
    """Words for a health line: white space folded, at most 300 characters."""
    folded = " ".join(text[: 4 * _TEXT_CAP].split())
    return folded if len(folded) <= _TEXT_CAP else folded[: _TEXT_CAP - 1] + "…"

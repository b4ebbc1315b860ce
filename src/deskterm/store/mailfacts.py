"""What an answer by mail needs to know of the mail it answers, kept as JSON on the message."""

from __future__ import annotations

import json
from dataclasses import dataclass

from deskterm.domain.mail import Address

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Recipients and ids of a mail. `references` are the ids of its thread, oldest first."""

    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def dump(self) -> str:
        """As JSON."""
        return _write_json(
            {
                "to": _pairs(self.to),
                "cc": _pairs(self.cc),
                "reply_to": _pairs(self.reply_to),
                "in_reply_to": self.in_reply_to,
                "references": self.references,
            }
        )

    @classmethod
    def load(cls, text: str | None) -> MailFacts:
        """Read what `dump` wrote."""
        if not text:
            return cls()
        data = json.loads(text)
        return cls(
            to=addresses(data["to"]),
            cc=addresses(data["cc"]),
            reply_to=addresses(data["reply_to"]),
            in_reply_to=tuple(data["in_reply_to"]),
            references=tuple(data["references"]),
        )


def addresses(pairs: list[list[str]]) -> tuple[Address, ...]:
    """Addresses from [name, address] pairs."""
    return tuple(Address(name, addr) for name, addr in pairs)


def _pairs(found: tuple[Address, ...]) -> list[list[str]]:
    return [[a.name, a.addr] for a in found]

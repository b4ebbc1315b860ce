"""One piece of writing as data: where it goes, what it says, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from deskterm.domain.clock import to_text
from deskterm.service.reading.rows import ConversationView, DraftView
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.pasted import one_line, plain
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.repeats import TypedAgain

Kind = Literal["reply", "note"]

HEADER_FIELDS: Final = ("to", "cc", "subject")
#: Parameters that say what is to follow when a reply has left.
FOLLOWS: Final = (
    *("macro", "then_reason", "then_tags"),
    *("then_status", "then_snooze", "then_assign"),
)
NO_FOLLOW: Final[Mapping[str, str]] = MappingProxyType({})

NOT_FOR_NOTES: Final = frozenset(
    {
        *("composer.header", "composer.attach", "composer.macro", "composer.gap"),
        *("composer.next_finding", "composer.rule", "composer.fix"),
    }
)
"""Commands that mean nothing for a note: it goes to nobody."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a piece of writing belongs.

    Args:
        ref: the ticket; empty for a new message.
        account: the account by which it leaves.
        customer: who is written to, as the title names them.
        seen: row of the customer's newest message on the screen.
        accounts: for a new message, the accounts that can be chosen.
    """

    ref: str
    account: str
    customer: SafeText
    seen: int | None = None
    accounts: tuple[str, ...] = ()

    @classmethod
    def ticket(cls, view: ConversationView) -> Target:
        """The ticket that is open."""
        ticket = view.ticket
        account = view.account or ticket.account
        return cls(ticket.ref, account, ticket.customer, view.newest_inbound)

    @classmethod
    def new_message(cls, account: str, accounts: Iterable[str] = ()) -> Target:
        """A message to somebody who has not written first."""
        return cls("", account, clean(""), accounts=tuple(accounts))

    def by(self, account: str) -> Target:
        """The same by another account."""
        return replace(self, account=account)

    @property
    def is_new(self) -> bool:
        """Whether this begins a ticket."""
        return not self.ref


@dataclass(frozen=True, slots=True)
class Content:
    """What is written. A header field that is empty follows from the ticket.

    `follow`: what macros say is to follow when it has left, as parameters of `ticket.reply`.
    """

    text: str = ""
    kind: Kind = "reply"
    to: str = ""
    cc: str = ""
    subject: str = ""
    files: tuple[str, ...] = ()
    follow: Mapping[str, str] = field(default_factory=lambda: NO_FOLLOW)

    @classmethod
    def of(cls, draft: DraftView) -> Content:
        """What a draft holds, as it can be shown and sent."""
        return cls(
            plain(draft.body),
            draft.kind,
            one_line(draft.to),
            one_line(draft.cc),
            one_line(draft.subject),
            draft.files,
            draft.follow,
        )

    def with_field(self, name: str, value: str) -> Content:
        """The same with another To, Cc or Subject."""
        match name:
            case "to":
                return replace(self, to=value)
            case "cc":
                return replace(self, cc=value)
            case _:
                return replace(self, subject=value)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written that anybody would miss."""
        return (
            not (self.text.strip() or self.to.strip() or self.cc.strip() or self.subject.strip())
            and not self.files
        )

    def params(self) -> dict[str, object]:
        """As parameters of `draft.save`."""
        return {
            "text": self.text,
            "kind": self.kind,
            **{name: getattr(self, name) for name in HEADER_FIELDS},
            "files": list(self.files),
            **self.follows(),
        }

    def follows(self) -> dict[str, str]:
        """What is to follow, with an empty text for what is not."""
        return {name: self.follow.get(name, "") for name in FOLLOWS}


@dataclass(frozen=True, slots=True)
class Saved:
    """How the office knows a piece of writing: the draft, and when it last changed there."""

    draft: str = ""
    base: str = ""

    @classmethod
    def of(cls, draft: DraftView) -> Saved:
        """A draft that was read."""
        return cls(draft.uid, to_text(draft.updated_at))

    def after(self, outcome: Result) -> Saved:
        """After an answer of the office that may name the draft."""
        if "draft" not in outcome:
            return self
        return replace(
            self, draft=str(outcome["draft"] or ""), base=str(outcome.get("saved_at") or "")
        )

    def params(self) -> dict[str, object]:
        """As parameters of `draft.save`; who knows of no draft says so, and overwrites none."""
        draft = {"draft": self.draft} if self.draft else {}
        return {**draft, "base": self.base or "none"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a piece of writing ended.

    Args:
        how: `sent` (it is held now), `noted`, `discarded` or `left` (the draft is kept).
        ref: its ticket; empty where a new message has none yet.
        item: for `sent`, the item of the outbox.
        hold_s: for `sent`, seconds for which it can be taken back.
        go_on: for `sent`, whether the ticket is done with, so that the next one is wanted.
        send_at: for `sent`, when it leaves, where that is later.
        again: for `sent`, what its author typed often by now.
    """

    how: Literal["sent", "noted", "discarded", "left"]
    ref: str
    item: str = ""
    hold_s: float = 0.0
    go_on: bool = False
    send_at: datetime | None = None
    again: TypedAgain | None = None


def outcome_of(result: Result) -> Mapping[str, object]:
    """What a command answered about its one ticket, or about none."""
    done = result.get("done")
    if isinstance(done, list) and done and isinstance(done[0], Mapping):
        return done[0]
    return result

"""What a check works on and what it says: drafts, facts, rules, findings. Plain data.

Severities: `block` stops the sending, `warn` asks the agent to confirm, `hint` only tells. A draft
with hints alone is `ok`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

Severity = Literal["block", "warn", "hint"]
Verdict = Literal["ok", "warn", "block"]
Expectation = Literal["ok", "hint", "warn", "block"]
DraftKind = Literal["reply", "initiative", "automatic"]
Gate = Literal["text", "attachment", "window", "action", "data", "clock"]
SourceKind = Literal["official", "law", "standard", "secondary", "house", "unverified"]
TextUnit = Literal["characters", "utf16", "bytes"]
Parameter = str | int | bool | tuple[str, ...]
Look = tuple[str, tuple[tuple[str, Parameter], ...]]

#: The gates that look at a draft; rules of the others are held elsewhere.
DRAFT_GATES: frozenset[Gate] = frozenset({"text", "attachment", "window"})


def body_digest(text: str) -> str:
    """Digest of exactly this text, by which the sender knows that it is the one checked."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """A file on a draft. `size` in bytes; its content is looked at only where `path` is given."""

    filename: str
    mime: str
    size: int
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to leave.

    Args:
        channel: id of the channel it leaves by.
        kind: an answer to the customer, a message on our own initiative, or an automatic one.
        language: of the text, where it is known (`en`, `fr`, ...).
        recipients: bare addresses, To and Cc together.
        sender: bare From address.
        message_type: the channel's own name for this kind of message (an Amazon messaging type, an
            approved template, a message tag); empty where the channel knows none or none was given.
    """

    text: str
    channel: str
    subject: str = ""
    kind: DraftKind = "reply"
    language: str | None = None
    attachments: tuple[AttachmentFacts, ...] = ()
    recipients: tuple[str, ...] = ()
    sender: str = ""
    message_type: str = ""


@dataclass(frozen=True, slots=True)
class TextLimit:
    """The longest text a channel takes, in its own unit."""

    maximum: int
    unit: TextUnit = "characters"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known around a draft. None or empty means not known: such a rule then says nothing.

    Args:
        now: aware time of the check.
        last_inbound_at: when the customer last wrote.
        newest_inbound_id: the customer's newest message in the thread.
        seen_inbound_id: the newest one on the agent's screen while writing; None: there was none.
        values: what macro variables were filled with, by name.
        limits: the channel's limit on the text.
        allowed_recipients: the customer and whom the customer copied.
        identities: addresses this account may write from.
        server_max_bytes: the longest mail the server takes (SIZE, RFC 1870).
        thread_subject: subject of the mail that is answered.
        api_text: the text travels through the channel's API, not as mail.
        order_created_at: when the ticket's order was placed.
        order_completed_at: when it was delivered, or sent where no delivery is known.
        order_state: as in the glossary (`processing`, `shipped`, `delivered`, `cancelled`, ...).
        own_values: what stands in the ticket's own order: its numbers, tracking numbers, SKUs.
        buyer_language: of the customer's messages, as two letters.
        buyer_name: the customer's name as the channel shows it.
        buyer_phone: the customer's own number, where the order has it.
        buyer_zone: the customer's time zone (IANA), for quiet hours.
        shop_names: names that the shop goes by elsewhere.
        opted_out: whether the customer asked for no further messages.
        consented: whether the customer agreed to messages on our own initiative.
    """

    now: datetime
    last_inbound_at: datetime | None = None
    newest_inbound_id: str | None = None
    seen_inbound_id: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    limits: TextLimit | None = None
    allowed_recipients: frozenset[str] | None = None
    identities: frozenset[str] | None = None
    server_max_bytes: int | None = None
    thread_subject: str | None = None
    operator: str = ""
    site: str = ""
    stage: str = ""
    api_text: bool = False
    order_created_at: datetime | None = None
    order_completed_at: datetime | None = None
    order_state: str = ""
    own_values: frozenset[str] = frozenset()
    buyer_language: str | None = None
    buyer_name: str = ""
    buyer_phone: str = ""
    buyer_zone: str = ""
    shop_names: frozenset[str] = frozenset()
    opted_out: bool | None = None
    consented: bool | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A named detector with its parameters, defaults filled in."""

    detector: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    #: The same in a form that can be looked up: checks that agree in it need one run.
    look: Look = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        look = self.detector, tuple(sorted(self.parameters.items()))
        object.__setattr__(self, "look", look)


@dataclass(frozen=True, slots=True)
class Applies:
    """When a rule speaks. An empty set does not narrow; an empty name in one means not known.

    Operators stand in lower case; those of `not_operator` do without the rule.
    """

    to: frozenset[str] = frozenset()
    stage: frozenset[str] = frozenset()
    site: frozenset[str] = frozenset()
    operator: frozenset[str] = frozenset()
    not_operator: frozenset[str] = frozenset()

    def holds(self, draft: Draft, facts: Facts) -> bool:
        """Whether a rule with these conditions speaks about this draft."""
        kinds = {draft.kind, "api_text"} if facts.api_text else {draft.kind}
        operator = facts.operator.casefold()
        return (
            (not self.to or not self.to.isdisjoint(kinds))
            and (not self.stage or facts.stage in self.stage)
            and (not self.site or facts.site in self.site)
            and (not self.operator or operator in self.operator)
            and operator not in self.not_operator
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A case as data (`deskterm.rules.case`) and what the rule alone says to it."""

    expect: Expectation
    case: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One testable statement about what leaves on a channel.

    What any of its `checks` finds breaks it; a rule held elsewhere has none. `severity` is what
    counts; `stated` is what the pack's file asks for. They differ where the source is unverified,
    or where the shop said so (`shop_changed`).
    """

    id: str
    says: Mapping[str, str]
    severity: Severity
    stated: Severity
    gate: Gate
    checks: tuple[Check, ...]
    applies: Applies
    fix: str | None
    source: str
    source_kind: SourceKind
    checked_on: date
    examples: tuple[Example, ...] = ()
    shop_changed: bool = False


@dataclass(frozen=True, slots=True)
class RulePack:
    """The rules of a channel (`everywhere` for those of all). `file` is for messages only.

    Attributes:
        includes: names of shared packs that count on this channel too.
        domains: the channel's own; a link to them or below them never leaves it.
        order_numbers: patterns of the channel's order numbers, which are no phone numbers.
        hint: one line on what the channel is strict about, by language.
        outdated: what is wrong with the file as it stands now, where this is its last good version.
    """

    channel: str
    version: str
    review_days: int
    rules: tuple[Rule, ...]
    sites: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    domains: frozenset[str] = frozenset()
    order_numbers: tuple[re.Pattern[str], ...] = ()
    hint: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    outdated: str = ""

    @property
    def checked_on(self) -> date:
        """The day since which no rule of the pack was read again at its source."""
        return min(rule.checked_on for rule in self.rules)

    def review_due(self) -> date:
        """The last day on which the pack counts as fresh."""
        return self.checked_on + timedelta(days=self.review_days)

    def is_stale(self, today: date) -> bool:
        """Whether the pack is older than its review interval."""
        return today > self.review_due()


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a draft breaks a rule.

    `start` and `end` are positions in the draft's text; both 0 where the finding is about something
    else, which `excerpt` then names. The excerpt comes from outside and must be cleaned before it
    is shown. `changed_from` is the severity that the pack's file states, where another one counts.
    `checked_on` is when the source was last read.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    excerpt: str
    says: Mapping[str, str]
    source: str
    source_kind: SourceKind
    fix: str | None = None
    changed_from: Severity | None = None
    checked_on: date | None = None

    def says_in(self, language: str) -> str:
        """The sentence in that language, else in English, else in any."""
        return self.says.get(language) or self.says.get("en") or next(iter(self.says.values()), "")

    def as_json(self, language: str = "en") -> dict[str, object]:
        """The finding as the machine interface shows it."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "excerpt": self.excerpt,
            "says": self.says_in(language),
            "source": self.source,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of a check. `digest` belongs to exactly this text; `ms` is the time it took, but
    for what was read on first need.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    digest: str
    ms: float

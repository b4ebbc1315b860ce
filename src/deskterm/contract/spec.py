"""A connector's description of itself, read without loading the connector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

CONTRACT_VERSION = 1


class Capability(StrEnum):
    """What a connector can do. What is not named here is not offered to the agent."""

    READ_MESSAGES = "read_messages"
    SEND_REPLY = "send_reply"
    WAIT = "wait"  # tells of news by itself (IDLE, long poll)
    FIND_SENT = "find_sent"  # can look whether a reply is on the channel
    FILE_COPY = "file_copy"  # files a copy of what we sent (mail: the Sent folder)
    CARRY_MAIL = "carry_mail"  # fetches and sends mail for mail faces
    READ_ORDERS = "read_orders"  # gives orders, by stream and by name
    READ_STOCK = "read_stock"  # says how much there is of a variant


FieldKind = Literal[
    "text", "secret", "port", "choice", "date", "path", "url", "address", "list", "order_shape"
]


@dataclass(frozen=True, slots=True)
class AccountField:
    """One thing an account needs; CLI, set-up screen and checks derive from it.

    Some names mean the same on every channel. `mailbox`: the account that carries its mail.
    `operator`: the marketplace behind a channel that serves several (`fnac`). `site`: the site of a
    marketplace, as the channel calls it. The rules are narrowed by both.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """Something that is pulled with a cursor of its own.

    `token`: the connector's own opaque cursor. `time`: changes since a time, kept by the engine
    with a start mark and `overlap`. The first run of a day begins so much earlier as `sweep` says,
    which repairs what the channel's lists left out; only for time streams.
    """

    name: str
    style: Literal["token", "time"] = "token"
    overlap: timedelta = timedelta(minutes=10)
    every: timedelta = timedelta(minutes=5)
    sweep: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class RateHint:
    """Calls the channel allows: a bucket of `burst` calls filled at `per_second`."""

    burst: int = 10
    per_second: float = 2.0


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How long a reply may be, in the channel's own unit. None: no limit known."""

    maximum: int | None = None
    unit: Literal["characters", "utf16", "bytes"] = "characters"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How far `find_sent` can be trusted.

    `reliable`: not seen after `settle` in `looks` looks means not sent. Otherwise only a sighting
    counts, and the rest is asked.
    """

    reliable: bool = False
    settle: timedelta = timedelta(seconds=90)
    looks: int = 2
    gap: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class ConnectorSpec:
    """Everything about a channel that can be known before talking to it.

    `session` and `mail_face` are dotted names, `package.module:Class`, loaded when an account
    needs them. `rule_pack` is the package whose `rules.toml` is the channel's rule pack. A
    mail face needs the account field `mailbox`: the name of the account that carries its mail.
    """

    id: str
    title: str
    fields: tuple[AccountField, ...]
    capabilities: frozenset[Capability]
    session: str = ""
    mail_face: str = ""
    streams: tuple[StreamSpec, ...] = ()
    is_marketplace: bool = False
    rule_pack: str = ""
    text_limits: TextLimits = TextLimits()
    rate: RateHint = RateHint()
    read_back: ReadBack = ReadBack()
    contract_version: int = CONTRACT_VERSION

    def field(self, name: str) -> AccountField | None:
        """The field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)

"""The connectors as the use cases see them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import partial

from deskterm.contract import Capability, ConnectorSpec
from deskterm.domain.clock import Clock
from deskterm.domain.ids import uuid7
from deskterm.mail.compose import message_id
from deskterm.rules.model import TextLimit
from deskterm.service.work import Carried, ChannelTerms
from deskterm.store.accounts import Account
from deskterm.sync.answering import recipients
from deskterm.sync.carriers import Carriers, own_address
from deskterm.sync.connectors import Connectors, field_problem
from deskterm.sync.reading import own_addresses

_WRITES_ON_ORDERS = frozenset({Capability.SEND_REPLY, Capability.READ_ORDERS})


class InstalledChannels:
    """Implements `deskterm.service.work.Channels` on the specs."""

    def __init__(self, connectors: Connectors, carriers: Carriers, clock: Clock) -> None:
        self._connectors = connectors
        self._carriers = carriers
        self._clock = clock

    def terms(self, account: Account) -> ChannelTerms:
        spec = self._connectors.specs.get(account.channel)
        if spec is None:
            return ChannelTerms(account.channel, can_send=False)
        if self._carriers.is_carried(account):
            return self._carried_terms(account, spec)
        ours = own_address(account)
        return ChannelTerms(
            title=spec.title,
            can_send=Capability.SEND_REPLY in spec.capabilities,
            by_mail=Capability.CARRY_MAIL in spec.capabilities,
            on_orders=spec.capabilities >= _WRITES_ON_ORDERS
            and Capability.READ_MESSAGES not in spec.capabilities,
            ours=ours if ours.addr else None,
            identities=own_addresses(account.fields),
            limit=_limit(spec),
            operator=account.operator,
            site=account.site,
        )

    def _carried_terms(self, account: Account, spec: ConnectorSpec) -> ChannelTerms:
        mailbox = self._carriers.mailbox(account.carrier)
        face = self._carriers.face_of(account)
        if mailbox is None or face is None:
            return ChannelTerms(f"{spec.title} without its mailbox {account.carrier}", False)
        mail = self._connectors.spec(mailbox.channel)
        return ChannelTerms(
            title=spec.title,
            can_send=Capability.SEND_REPLY in spec.capabilities,
            by_mail=True,
            ours=face.ours,
            identities=own_addresses(mailbox.fields),
            limit=_limit(spec) or _limit(mail),
            carried=Carried(mailbox.channel, partial(recipients, face)),
            operator=account.operator,
            site=account.site,
        )

    def is_marketplace(self, channel: str) -> bool:
        spec = self._connectors.specs.get(channel)
        return spec is not None and spec.is_marketplace

    def problem(self, channel: str, fields: Mapping[str, str]) -> str | None:
        spec = self._connectors.specs.get(channel)
        if spec is None:
            kinds = ", ".join(self._connectors.specs)
            return f"There is no channel {channel[:40]!r}; there are {kinds}"
        problem = field_problem(spec, fields)
        mailbox = fields.get("mailbox", "")
        if problem is None and spec.mail_face and mailbox and not self._carriers.mailbox(mailbox):
            return f"{mailbox[:40]!r} is no account of a mailbox; add that one first"
        return problem

    def reply_key(self, account: Account, ticket_ref: str) -> str:
        carried = self._carriers.is_carried(account)
        mailbox = self._carriers.mailbox(account.carrier) if carried else account
        address = own_address(mailbox).addr if mailbox else ""
        if "@" in address:
            return message_id(address.rpartition("@")[2], ticket_ref, secrets.token_hex(8))
        return uuid7(self._clock.now())


def _limit(spec: ConnectorSpec) -> TextLimit | None:
    limit = spec.text_limits
    return TextLimit(limit.maximum, limit.unit) if limit.maximum else None

"""Who carries whose mail: accounts of channels that write by mail, and their mailboxes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NoReturn, TypeVar

from deskterm.contract import (
    Capability,
    ConnectorError,
    ContractBroken,
    MailThread,
    MessageRecord,
    Refused,
    Reply,
)
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail
from deskterm.store import accounts
from deskterm.store.accounts import Account
from deskterm.sync.boundary import ask_face
from deskterm.sync.connectors import Connectors
from deskterm.sync.faces import FaceAccount
from deskterm.sync.reading import own_addresses

T = TypeVar("T")


class Carriers:
    """Looks up mailboxes and mail faces as the accounts stand now.

    Args:
        reading: gives a fresh read-only connection for the calling thread.
    """

    def __init__(self, connectors: Connectors, reading: Callable[[], sqlite3.Connection]) -> None:
        self._connectors = connectors
        self._reading = reading

    def pulled(self) -> list[str]:
        """The accounts that fetch for themselves."""
        return [a.name for a in self._read(accounts.all_accounts) if self.fetches(a)]

    def puller(self, name: str) -> str:
        """The account that fetches for the one of that name: itself, or its mailbox.

        Raises:
            DesktermError: there is no such account (`no_account`).
        """
        account = self._read(lambda c: accounts.account_named(c, name))
        return account.name if self.fetches(account) else account.carrier

    def fetches(self, account: Account) -> bool:
        """Whether an account fetches for itself, and not through a mailbox.

        One whose connector is not there counts as one that does: its health then says so.
        """
        spec = self._connectors.specs.get(account.channel)
        return spec is None or bool(spec.session)

    def talkers(self, account: Account) -> list[str]:
        """The accounts that talk to a network for an account."""
        own = [account.name] if self.fetches(account) else []
        return own + ([account.carrier] if self.is_carried(account) else [])

    def check(self, account: Account) -> list[str]:
        """What is to be said of an account that needs a mailbox, and of its mail face.

        Raises:
            ConnectorError: it cannot work.
        """
        if not self.is_carried(account):
            return []
        face = self.face_of(account)
        if face is None:
            raise Refused(
                f"{account.carrier} is no account of a mailbox; name one that carries mail.",
                code="setting",
                field="mailbox",
            )
        if isinstance(face.face, NoFace):
            raise ContractBroken(face.face.why)
        return [f"Its mail travels through the mailbox {face.mailbox} ({face.ours.addr})."]

    def is_carried(self, account: Account) -> bool:
        """Whether an account's messages travel as mail of another one."""
        spec = self._connectors.specs.get(account.channel)
        named = account.carrier != account.name
        return named and (spec is None or bool(spec.mail_face))

    def mailbox(self, name: str) -> Account | None:
        """The account of that name, if it is there and carries mail."""
        found = next((a for a in self._read(accounts.all_accounts) if a.name == name), None)
        spec = self._connectors.specs.get(found.channel) if found else None
        return found if spec and Capability.CARRY_MAIL in spec.capabilities else None

    def faces(self, mailbox: str) -> list[FaceAccount]:
        """The mail faces at work for a mailbox."""
        known = self._read(accounts.all_accounts)
        carrier = next((a for a in known if a.name == mailbox), None)
        if carrier is None:
            return []
        return [
            self._face(a, carrier) for a in known if a.carrier == mailbox and self.is_carried(a)
        ]

    def face_of(self, account: Account) -> FaceAccount | None:
        """The mail face of an account; None where it needs none or its mailbox is gone."""
        if not self.is_carried(account):
            return None
        carrier = self.mailbox(account.carrier)
        return self._face(account, carrier) if carrier else None

    def _face(self, account: Account, mailbox: Account) -> FaceAccount:
        try:
            face = ask_face(lambda: self._connectors.face(account.channel), doing="starting")
        except ConnectorError as error:
            face = NoFace(error.text)
        return FaceAccount(
            account.name,
            account.channel,
            mailbox.name,
            own_address(mailbox),
            face or NoFace(f"{account.channel} has no mail face"),
        )

    def _read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._reading()
        try:
            return look(connection)
        finally:
            connection.close()


class NoFace:
    """Stands for a mail face that does not load: says so to whoever asks."""

    def __init__(self, why: str) -> None:
        self.why = why

    def claims(self, envelope: Envelope) -> int:
        self._fail(envelope)

    def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
        self._fail(mail)

    def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
        self._fail(reply, thread)

    def _fail(self, *_: object) -> NoReturn:
        raise ContractBroken(self.why)


def own_address(account: Account) -> Address:
    """The address an account writes from."""
    given = account.fields.get("address") or next(iter(own_addresses(account.fields)), "")
    return Address(account.fields.get("display_name", ""), given)

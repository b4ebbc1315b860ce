"""Opening a session for an account: its settings, secrets, budget and what a person confirmed."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from deskterm.config.secrets import SecretStore
from deskterm.contract import MailStub, Session, SessionContext, SignInNeeded
from deskterm.domain.clock import Clock
from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import MailLocation
from deskterm.store import accounts
from deskterm.sync.connectors import Connectors, with_defaults
from deskterm.sync.intake import StoreIntake
from deskterm.sync.rate import RateBudget

if TYPE_CHECKING:
    import ssl

    import httpx

_HTTP_S = 30.0
_HERE = ("all://localhost", "all://127.0.0.1", "all://[::1]")


class AccountSecrets:
    """The secrets of one account; implements `deskterm.contract.Secrets`."""

    def __init__(self, store: SecretStore, account: str) -> None:
        self._store = store
        self._account = account

    async def get(self, field: str) -> str:
        try:
            secret = await asyncio.to_thread(self._store.get, self._account, field)
        except DesktermError as error:
            raise SignInNeeded(str(error)) from error
        if secret is None:
            way = f"give it with 'deskterm account set {self._account} --secret {field}=-'"
            if not self._store.writable:
                way = f"secrets come from here: {self._store.describe()}"
            raise SignInNeeded(f"no {field} is kept for the account {self._account}; {way}")
        return secret.reveal()


class _Archive:
    """What the database knows of one mailbox; implements `deskterm.contract.MailArchive`."""

    def __init__(self, intake: StoreIntake, account: str) -> None:
        self._intake = intake
        self._account = account

    async def recognise(self, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        return await self._intake.recognise(self._account, stubs)


class Sessions:
    """Makes sessions; calling it opens one."""

    def __init__(
        self,
        connectors: Connectors,
        secrets: SecretStore,
        intake: StoreIntake,
        reading: Callable[[], sqlite3.Connection],
        clock: Clock,
    ) -> None:
        self._connectors = connectors
        self._secrets = secrets
        self._intake = intake
        self._reading = reading
        self._clock = clock
        self._budgets: dict[str, RateBudget] = {}

    async def __call__(self, name: str) -> Session:
        """Open a session for the account of that name.

        Raises:
            ConnectorError: its connector is not there, or cannot begin.
        """
        account, confirmed = await asyncio.to_thread(self._look_up, name)
        spec = self._connectors.spec(account.channel)
        budget = self._budgets.setdefault(name, RateBudget(spec.rate, self._clock))
        context = SessionContext(
            account=name,
            fields=with_defaults(spec, account.fields),
            secrets=AccountSecrets(self._secrets, name),
            http=http_client,
            clock=self._clock,
            log=logging.getLogger(f"deskterm.connector.{account.channel}"),
            budget=budget,
            archive=_Archive(self._intake, name),
            confirmed=confirmed,
        )
        return self._connectors.session_class(account.channel)(context)

    def _look_up(self, name: str) -> tuple[accounts.Account, frozenset[str]]:
        connection = self._reading()
        try:
            account = accounts.account_named(connection, name)
            return account, accounts.confirmations(connection, account.id)
        finally:
            connection.close()


def http_client(tls: ssl.SSLContext | None = None) -> httpx.AsyncClient:
    """A client that follows no redirects: they would carry key headers to other hosts.

    Servers on this machine are never looked for through a proxy.
    """
    import httpx  # an office without HTTP channels never pays for it

    return httpx.AsyncClient(
        verify=True if tls is None else tls,
        timeout=_HTTP_S,
        follow_redirects=False,
        mounts=dict.fromkeys(_HERE),
    )

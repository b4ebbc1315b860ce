"""Calls to one shop's REST API: signed, two at a time, errors in the contract's words."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from deskterm.contract import ContractBroken, Refused, SessionContext, Unavailable, Unclear
from deskterm.mail.errors import TlsFailed
from deskterm.mail.tls import client_context
from deskterm_connectors.woocommerce.answers import NotJson, between, failure, read_json, said_no
from deskterm_connectors.woocommerce.fields import Row
from deskterm_connectors.woocommerce.oauth import signed

if TYPE_CHECKING:
    import ssl

    from deskterm_connectors.woocommerce.settings import Settings

#: The most that a list gives at once.
PER_PAGE = 100

_API = "/wp-json/wc/v3"
_AT_A_TIME = 2
_LONGEST_S = 120.0  # for a whole answer, however slowly it drips
_LARGEST = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `at` is the time by the server's own clock, where it told."""

    data: object
    headers: Mapping[str, str]
    at: datetime | None

    @property
    def total(self) -> int | None:
        """How many things the list has over all of its pages."""
        text = self.headers.get("x-wp-total", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

    def rows(self) -> list[Row]:
        """The objects of a list.

        Raises:
            ContractBroken: it is no list of objects.
        """
        if not isinstance(self.data, list) or not all(isinstance(row, dict) for row in self.data):
            raise ContractBroken("The shop answered a list with something else.")
        return self.data

    def row(self) -> Row:
        """The object.

        Raises:
            ContractBroken: it is none.
        """
        if not isinstance(self.data, dict):
            raise ContractBroken("The shop answered with something that is no object.")
        return self.data


class ShopApi:
    """Calls to a shop. Those that read may be made again; what `post` did, nobody may repeat."""

    def __init__(self, settings: Settings, context: SessionContext) -> None:
        self._settings = settings
        self._context = context
        self._host = urlsplit(settings.api).netloc
        self._line = asyncio.Semaphore(_AT_A_TIME)
        self._opening = asyncio.Lock()
        self._client: httpx.AsyncClient | None = None

    async def get(self, path: str, **query: str) -> Answer:
        """One call.

        Args:
            path: behind `/wp-json/wc/v3`, with its slash.

        Raises:
            ConnectorError: SignInNeeded, RateLimited, Unavailable, Refused, NotFound (NoRoute), or
                ContractBroken.
        """
        client = await self._opened()
        async with self._line, self._context.budget.take():
            try:
                async with asyncio.timeout(_LONGEST_S):
                    status, headers, body = await self._call(client, path, query)
            except TimeoutError:
                raise self._silent() from None
        return self._read(status, headers, body)

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """One call that changes something, with JSON.

        Raises:
            ConnectorError: Unclear where it may have happened; else as `get`, and nothing did.
        """
        client = await self._opened()
        async with self._line, self._context.budget.take():
            try:
                async with asyncio.timeout(_LONGEST_S):
                    status, headers, answer = await self._call(client, path, {}, body)
            except TimeoutError:
                raise self._cut() from None
        try:
            data: object = read_json(answer, self._context.log)
        except NotJson:
            data = None
        if status in (200, 201) and isinstance(data, dict):
            return Answer(data, headers, _date(headers.get("date", "")))
        if 300 <= status < 500 or said_no(data):
            now = self._context.clock.now()
            raise failure(status, headers, data, host=self._host, now=now)
        raise self.unclear(status)

    def unclear(self, status: int) -> Unclear:
        """Nobody knows whether a call was taken that was answered so."""
        return Unclear(
            f"{self._host} answered with HTTP {status} and no note that can be read; "
            "whether it was written is looked up."
        )

    def _cut(self) -> Unclear:
        return Unclear(
            f"The line to {self._host} broke before an answer came; "
            "whether the note was written is looked up."
        )

    async def close(self) -> None:
        """Let go of the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _opened(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._client is None:
                self._client = self._context.http(await self._tls())
            return self._client

    async def _tls(self) -> ssl.SSLContext:
        """In a thread: reading the system's authorities takes long."""
        try:
            return await asyncio.to_thread(client_context, self._settings.tls_ca_file)
        except TlsFailed as error:
            raise Unavailable(error.text) from error

    async def _call(
        self,
        client: httpx.AsyncClient,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, object] | None = None,
    ) -> tuple[int, httpx.Headers, bytes]:
        secret = await self._context.secrets.get("consumer_secret")
        url = f"{self._settings.api}{_API}{path}"
        try:
            request, auth = self._signed(client, url, query, secret, body)
            response = await client.send(request, auth=auth, stream=True)
            try:
                return response.status_code, response.headers, await self._body(response)
            finally:
                await response.aclose()
        except (httpx.ConnectTimeout, httpx.PoolTimeout):
            raise self._silent() from None
        except httpx.ConnectError as error:
            raise self._unreached(error) from None
        except httpx.TimeoutException:
            raise self._cut() if body is not None else self._silent() from None
        except httpx.HTTPError as error:
            if body is not None:
                raise self._cut() from None
            # Its words may hold the address with the keys' signature; the kind says enough.
            raise self._unreached(error) from None
        except httpx.InvalidURL:
            raise Refused("The account field url is no address.", "setting", "url") from None

    def _signed(
        self,
        client: httpx.AsyncClient,
        url: str,
        query: Mapping[str, str],
        secret: str,
        body: Mapping[str, object] | None,
    ) -> tuple[httpx.Request, httpx.Auth | None]:
        key, method = self._settings.consumer_key, "GET" if body is None else "POST"
        headers = {
            "Accept": "application/json",
            "User-Agent": f"deskterm/{metadata.version('deskterm')}",
        }
        if self._settings.sign_in == "header":
            request = client.build_request(method, url, params=query, headers=headers, json=body)
            return request, httpx.BasicAuth(key, secret)
        query = signed(
            method,
            url,
            query,
            key=key,
            secret=secret,
            timestamp=int(self._context.clock.now().timestamp()),
            nonce=secrets.token_hex(16),
        )
        return client.build_request(method, url, params=query, headers=headers, json=body), None

    async def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > _LARGEST:
                raise ContractBroken(f"{self._host} sent more than {_LARGEST >> 20} MB at once.")
        return bytes(body)

    def _read(self, status: int, headers: httpx.Headers, body: bytes) -> Answer:
        try:
            data = read_json(body, self._context.log)
        except NotJson:
            if status == 200:
                raise between(status, self._host) from None
            data = None
        if status != 200:
            now = self._context.clock.now()
            raise failure(status, headers, data, host=self._host, now=now)
        return Answer(data, headers, _date(headers.get("date", "")))

    def _silent(self) -> Unavailable:
        return Unavailable(f"{self._host} did not answer in time. It is tried again by itself.")

    def _unreached(self, error: httpx.HTTPError) -> Unavailable:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return Unavailable(
                f"The certificate of {self._host} was not accepted, and no key was sent. If the "
                "server made it itself, name its authority in tls_ca_file."
            )
        if isinstance(error, httpx.ConnectError):
            return Unavailable(
                f"{self._host} cannot be reached. Check the network and url; it is tried again by "
                "itself."
            )
        return Unavailable(f"The line to {self._host} broke. It is tried again by itself.")


def _date(text: str) -> datetime | None:
    """The `Date` header (RFC 9110 6.6.1)."""
    try:
        moment = parsedate_to_datetime(text[:64])
    except (ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

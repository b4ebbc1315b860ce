"""What the shop answers: JSON, or a reason in the contract's words (WordPress REST API errors).

`{"code": "rest_…", "message": "…", "data": {"status": 400, "params": {…}}}`; `data` may also be a
number or null. What stands between us and the shop (firewalls, hosts) answers with pages.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from deskterm.contract import (
    ConnectorError,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
)
from deskterm.contract.retry_after import parse_retry_after

#: Codes and names of parameters are words; what holds digits may be a key sent back to us.
_CODE = re.compile(r"[a-z][a-z_-]{1,79}")
_WRONG_SECRET = "woocommerce_rest_authentication_error"  # noqa: S105 - a code of the API
_NO_ROUTE = "rest_no_route"
_NOT_WRITTEN = "woocommerce_api_cannot_create_order_note"


class NoRoute(NotFound):
    """The shop has no such call: WooCommerce is not active, or a feature of it is switched off."""


class NotJson(ValueError):
    """An answer that holds no JSON."""


def read_json(body: bytes, log: logging.Logger) -> object:
    """The JSON of an answer, also behind warnings that PHP has printed before it.

    Raises:
        NotJson: there is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        text = body.decode("utf-8", "replace")
    for start in _starts(text):
        try:
            found: object = json.loads(text[start:])
        except (ValueError, RecursionError):
            continue
        log.warning("the shop's host writes %d characters before its JSON", start)
        return found
    raise NotJson


def _starts(text: str) -> Iterator[int]:
    """Where JSON may begin: on a line of its own, or at the first sign of it."""
    places = {text.find(sign) for sign in ("\n{", "\n[", "{", "[")} - {-1}
    yield from sorted(place + (text[place] == "\n") for place in places)


def said_no(data: object) -> bool:
    """Whether an answer of any status says that a note was surely not written."""
    return isinstance(data, dict) and data.get("code") == _NOT_WRITTEN


def failure(
    status: int, headers: Mapping[str, str], error: object, *, host: str, now: datetime
) -> ConnectorError:
    """The reason for which a call got nothing.

    Args:
        error: the JSON of the answer; None where it had none.
        host: who was asked, for the words.
    """
    until = parse_retry_after(headers.get("retry-after", ""), now)
    if status == 429 or (status == 503 and until is not None):
        return RateLimited(f"{host} asks us to wait (HTTP {status}).", until)
    if 300 <= status < 400:
        return _moved(headers.get("location", ""), host)
    if isinstance(error, dict) and isinstance(error.get("code"), str):
        return _refused(status, error, host)
    if status == 401:
        return _not_signed_in("", host)
    if status == 404:
        return Refused(
            f"There is no WordPress API at {host}. Check url; in WordPress the permalinks must "
            "not be set to 'Plain'.",
            code="no_api",
            field="url",
        )
    return between(status, host)


def between(status: int, host: str) -> Unavailable:
    """Somebody between us and the shop has answered."""
    return Unavailable(
        f"{host} answered with a page instead of data (HTTP {status}), as firewalls and hosts in "
        "maintenance do. It is tried again by itself."
    )


def _refused(status: int, error: Mapping[str, object], host: str) -> ConnectorError:
    said = str(error["code"])
    code = said if _CODE.fullmatch(said) else "unreadable"
    if status == 401:
        return _not_signed_in(code, host)
    if status == 403:
        return SignInNeeded(
            f"The key may not read this at {host} ({code}). In WooCommerce, give it to a user who "
            "manages the shop."
        )
    if code == _NO_ROUTE:
        return NoRoute(f"{host} does not know this call; check that WooCommerce is active.")
    if status == 404:
        return NotFound(f"{host} has nothing of that id ({code}).")
    if code == _NOT_WRITTEN:
        return Refused(f"{host} did not take the note ({code}).", code=code)
    if status >= 500:
        return Unavailable(f"The shop at {host} is in trouble (HTTP {status}, {code}).")
    return Refused(f"{host} refused the call ({code}).", code=code, field=_field(error))


def _not_signed_in(code: str, host: str) -> SignInNeeded:
    if code == _WRONG_SECRET:
        return SignInNeeded(
            f"{host} did not accept the keys. Check consumer_key and consumer_secret, and in "
            "WooCommerce that the key has the rights: to read, and to write for notes."
        )
    return SignInNeeded(
        f"{host} saw no valid key. Check consumer_key; if it is right, the host may remove the "
        "Authorization header: set sign_in to 'signature'."
    )


def _moved(location: str, host: str) -> Refused:
    """Redirects are not followed: the keys would go to whoever is named there."""
    try:
        parts = urlsplit(location[:2_000])
        where = f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""
    except ValueError:
        where = ""
    shown = where if where.isascii() and where.isprintable() and len(where) <= 120 else ""
    to = f" to {shown}" if shown else ""
    return Refused(
        f"{host} sends us on{to}. If that is the shop, set url to it.", code="moved", field="url"
    )


def _field(error: Mapping[str, object]) -> str:
    """The first parameter that an error names."""
    data = error.get("data")
    params = data.get("params") if isinstance(data, dict) else None
    names = list(params) if isinstance(params, dict) else []
    return names[0] if names and _CODE.fullmatch(str(names[0])) else ""

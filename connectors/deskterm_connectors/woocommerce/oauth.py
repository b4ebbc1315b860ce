"""OAuth 1.0a without a token: calls signed with the pair of keys (RFC 5849 3.4)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def signed(
    method: str,
    url: str,
    query: Mapping[str, str],
    *,
    key: str,
    secret: str,
    timestamp: int,
    nonce: str,
) -> dict[str, str]:
    """The query with what signs it. No name in it may stand for a list (`include[]`).

    Args:
        url: without a query; with the port, where it is not the scheme's own.
        timestamp: seconds since 1970.
        nonce: never used before with this key.
    """
    whole = {
        **query,
        "oauth_consumer_key": key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(timestamp),
    }
    pairs = "&".join(f"{_encoded(name)}={_encoded(whole[name])}" for name in sorted(whole))
    base = "&".join((method.upper(), _encoded(url), _encoded(pairs)))
    made = hmac.new(f"{secret}&".encode(), base.encode(), hashlib.sha256).digest()
    return {**whole, "oauth_signature": base64.b64encode(made).decode("ascii")}


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")

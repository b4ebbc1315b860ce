"""How WooCommerce tells who calls: Basic and keys in the query with TLS only, OAuth 1.0a always.

Follows the plugin's own way of checking (it encodes names and values before it sorts them), not
the way in which our calls are signed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote

from deskterm.sandbox.web import Request

_WINDOW_S = 15 * 60


class NotSignedIn(Exception):
    """The call is nobody's; code and words of the answer."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Gate:
    """Lets in who has the pair of keys."""

    def __init__(self, key: str, secret: str) -> None:
        self._key = key
        self._secret = secret
        self._nonces: set[str] = set()

    def admit(self, request: Request) -> None:
        """Let the call in, or not.

        Raises:
            NotSignedIn: its keys are missing or wrong.
        """
        if request.is_tls:
            key, secret = request.first("consumer_key"), request.first("consumer_secret")
            if not (key and secret):
                key, secret = _basic(request.headers.get("authorization", ""))
            if key == self._key:
                if not hmac.compare_digest(secret.encode(), self._secret.encode()):
                    raise _wrong("Consumer secret is invalid.")
                return
        if "oauth_consumer_key" in request.query:
            self._check_signature(request)
            return
        raise NotSignedIn("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")

    def _check_signature(self, request: Request) -> None:
        if request.first("oauth_consumer_key") != self._key:
            raise _wrong("Consumer key is invalid.")
        scheme = "https" if request.is_tls else "http"
        url = f"{scheme}://{request.headers.get('host', '')}{request.path}"
        pairs = {
            quote(name, safe="-._~"): quote(values[0], safe="-._~")
            for name, values in request.query.items()
            if name != "oauth_signature"
        }
        joined = "%26".join(quote(f"{k}={pairs[k]}", safe="-._~") for k in sorted(pairs))
        base = f"{request.method}&{quote(url, safe='-._~')}&{joined}"
        made = hmac.new(f"{self._secret}&".encode(), base.encode(), hashlib.sha256).digest()
        given = request.first("oauth_signature")
        if not hmac.compare_digest(base64.b64encode(made), given.encode("utf-8", "replace")):
            raise _wrong("Invalid signature - provided signature does not match.")
        stamp, nonce = request.first("oauth_timestamp"), request.first("oauth_nonce")
        now = datetime.now(UTC).timestamp()
        if not stamp.isdigit() or abs(int(stamp[:11]) - now) > _WINDOW_S:
            raise _wrong("Invalid timestamp.")
        if nonce in self._nonces:
            raise _wrong("Invalid nonce - nonce has already been used.")
        self._nonces.add(nonce)


def _basic(header: str) -> tuple[str, str]:
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        key, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return key, secret


def _wrong(text: str) -> NotSignedIn:
    return NotSignedIn("woocommerce_rest_authentication_error", text)

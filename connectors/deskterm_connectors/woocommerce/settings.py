"""The fields of a shop's account, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from deskterm.contract import Refused
from deskterm.mail.tls import is_loopback
from deskterm_connectors.woocommerce.spec import SPEC

SignIn = Literal["header", "signature"]
_API = "/wp-json"


@dataclass(frozen=True, slots=True)
class Settings:
    """A shop's account. `shop` and `api` are addresses without a slash at the end."""

    shop: str
    api: str
    consumer_key: str
    sign_in: SignIn
    tls_ca_file: str | None
    tracking_key: str
    promise_key: str


def read_settings(fields: Mapping[str, str]) -> Settings:
    """The account's fields with their defaults.

    Raises:
        Refused: a field is missing or makes no sense; `field` names it.
    """
    shop = _address("url", _text(fields, "url"))
    base = _text(fields, "base_url")
    api = _address("base_url", base) if base else shop
    key = _text(fields, "consumer_key")
    if key.startswith("cs_"):
        raise _off("consumer_key", "holds a consumer secret (cs_…), and is not kept secret")
    return Settings(
        shop=shop,
        api=api,
        consumer_key=key,
        sign_in=_sign_in(_text(fields, "sign_in"), api),
        tls_ca_file=_text(fields, "tls_ca_file") or None,
        tracking_key=_text(fields, "tracking_key"),
        promise_key=_text(fields, "promise_key"),
    )


def _text(fields: Mapping[str, str], name: str) -> str:
    known = SPEC.field(name)
    value = fields.get(name, "").strip() or (known.default if known else "")
    if known is not None and known.required and not value:
        raise _off(name, "is missing")
    if any(c < " " for c in value):
        raise _off(name, "holds a line break or control character")
    return value


def _address(name: str, text: str) -> str:
    """The address of a site, without what people paste along with it."""
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _off(name, "is not an address such as https://shop.example") from None
    if not host or parts.scheme not in ("https", "http") or " " in whole:
        raise _off(name, "is not an address such as https://shop.example")
    if parts.username is not None or parts.query or parts.fragment:
        raise _off(name, "has more than the address of a site; name no key there")
    if parts.scheme == "http" and not is_loopback(host):
        raise _off(name, "must begin with https: only a server on this machine may do without TLS")
    path = parts.path.partition(_API)[0].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _sign_in(text: str, api: str) -> SignIn:
    """Without TLS WooCommerce takes signed calls only."""
    if text == "signature" or api.startswith("http:"):
        return "signature"
    if text == "header":
        return "header"
    raise _off("sign_in", "is not one of header, signature")


def _off(field: str, what: str) -> Refused:
    return Refused(f"The account field {field} {what}.", code="setting", field=field)

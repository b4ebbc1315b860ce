"""The fields of a mailbox account, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from deskterm.contract import Refused
from deskterm.domain.mail import Address
from deskterm.mail.tls import Endpoint, Security, is_loopback
from deskterm_connectors.email.spec import SPEC

#: Providers that keep a copy of what is sent through them by themselves.
_KEEPS_OWN_COPY = frozenset({"imap.gmail.com", "outlook.office365.com"})


@dataclass(frozen=True, slots=True)
class Settings:
    """A mailbox account. `since` is the start of a day in UTC, or None for everything."""

    address: Address
    username: str
    imap: Endpoint
    smtp: Endpoint
    tls_ca_file: str | None
    since: datetime | None
    sent_folder: str
    sent_copy: Literal["ours", "server"]


def read_settings(fields: Mapping[str, str]) -> Settings:
    """The account's fields with their defaults.

    Raises:
        Refused: a field is missing or makes no sense; `field` names it.
    """
    address = _text(fields, "address")
    if "@" not in address:
        raise _off("address", "is not a mail address")
    imap = _endpoint(fields, "imap")
    return Settings(
        Address(_text(fields, "display_name"), address),
        _text(fields, "username") or address,
        imap,
        _endpoint(fields, "smtp"),
        _text(fields, "tls_ca_file") or None,
        _since(_text(fields, "since")),
        _text(fields, "sent_folder"),
        _sent_copy(_text(fields, "sent_copy"), imap.host),
    )


def _text(fields: Mapping[str, str], name: str) -> str:
    known = SPEC.field(name)
    value = fields.get(name, "").strip() or (known.default if known else "")
    if known is not None and known.required and not value:
        raise _off(name, "is missing")
    if any(c < " " for c in value):
        raise _off(name, "holds a line break or control character")
    return value


def _endpoint(fields: Mapping[str, str], kind: str) -> Endpoint:
    host = _text(fields, f"{kind}_host")
    port = _text(fields, f"{kind}_port")
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise _off(f"{kind}_port", "is not a port between 1 and 65535")
    name = f"{kind}_security"
    try:
        security = Security(_text(fields, name))
    except ValueError:
        raise _off(name, "is not one of tls, starttls, none") from None
    if security is Security.NONE and not is_loopback(host):
        raise _off(name, f"'none' is for a server on this machine only, and {host} is not")
    return Endpoint(host, int(port), security)


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  the zone follows
    except ValueError:
        raise _off("since", "is not a day in the form YYYY-MM-DD") from None
    return day.replace(tzinfo=UTC)


def _sent_copy(text: str, imap_host: str) -> Literal["ours", "server"]:
    if text == "ours":
        return "ours"
    if text == "server":
        return "server"
    if text == "auto":
        return "server" if imap_host.lower() in _KEEPS_OWN_COPY else "ours"
    raise _off("sent_copy", "is not one of auto, ours, server")


def _off(field: str, what: str) -> Refused:
    return Refused(f"The account field {field} {what}.", code="setting", field=field)

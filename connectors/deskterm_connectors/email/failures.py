"""The errors of the mail layer as the errors on which the engine decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from deskterm.contract import (
    ConnectorError,
    ContractBroken,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
    Unclear,
)
from deskterm.mail.errors import (
    CannotConnect,
    ConnectionLost,
    NotTaken,
    OutcomeUnclear,
    ProtocolBroken,
    ServerRefused,
    SignInRefused,
    TlsFailed,
    TransportError,
)
from deskterm.mail.tls import Endpoint

_ASKS_FOR_PATIENCE = frozenset({"LIMIT", "THROTTLED", "OVERQUOTA"})
_IN_TROUBLE = frozenset({"UNAVAILABLE", "INUSE", "SERVERBUG", "CONTACTADMIN"})
_NOT_THERE = frozenset({"NONEXISTENT", "TRYCREATE"})


@contextmanager
def in_contract_words(endpoint: Endpoint, kind: str) -> Iterator[None]:
    """Turn errors of the mail layer into the contract's; `kind` is `imap` or `smtp`."""
    try:
        yield
    except TransportError as error:
        raise contract_error(error, endpoint, kind) from error


def contract_error(error: TransportError, endpoint: Endpoint, kind: str) -> ConnectorError:
    """What the engine is told, with the way out in words."""
    match error:
        case CannotConnect():
            return Unavailable(
                f"{error.text} Check the network, {kind}_host and {kind}_port; "
                "it is tried again by itself."
            )
        case TlsFailed(certificate=True):
            return Unavailable(
                f"{error.text} No password was sent. If {endpoint.host} is not the name in the "
                f"certificate, set {kind}_host to that name; if the server made its certificate "
                "itself, name its authority in tls_ca_file."
            )
        case TlsFailed():
            return Unavailable(
                f"{error.text} No password was sent. Check {kind}_port and {kind}_security."
            )
        case SignInRefused():
            return SignInNeeded(
                f"{error.text} Check username and password; some providers ask for an app password."
            )
        case NotTaken() if error.permanent:
            return Refused(error.text, code=str(error.code or ""), field=_field(error))
        case OutcomeUnclear():
            return Unclear(error.text)
        case ServerRefused():
            return _server_refused(error)
        case ProtocolBroken():
            return ContractBroken(error.text)
        case ConnectionLost() | NotTaken():
            return Unavailable(f"{error.text} It is tried again by itself.")
        case _:
            return Unavailable(error.text)


def _field(error: NotTaken) -> str:
    if error.recipient:
        return "to"
    return "attachments" if error.too_large else ""


def _server_refused(error: ServerRefused) -> ConnectorError:
    if error.bad:
        return ContractBroken(error.text)
    if error.code in _ASKS_FOR_PATIENCE:
        return RateLimited(error.text)
    if error.code in _IN_TROUBLE:
        return Unavailable(error.text)
    if error.code in _NOT_THERE:
        return NotFound(error.text)
    return Refused(error.text, code=error.code)

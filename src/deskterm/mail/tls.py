"""The one place where connections to mail servers are made safe."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from deskterm.mail.errors import TlsFailed, plain_words


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"  # from the first byte on
    STARTTLS = "starttls"  # upgraded before anything else is said, or given up
    NONE = "none"  # plain; only towards the own machine


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A mail server: name, port and how the way to it is protected."""

    host: str
    port: int
    security: Security = Security.TLS

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def client_context(ca_file: str | None) -> ssl.SSLContext:
    """A context that checks certificate and host name, TLS 1.2 or newer.

    Trusted are the system's authorities, or those of `SSL_CERT_FILE`, and those in `ca_file`.

    Raises:
        TlsFailed: `ca_file` cannot be read as certificates.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:
            why = error.strerror or "it holds no certificate in PEM form"
            raise TlsFailed(f"The file {ca_file} (tls_ca_file) cannot be used: {why}") from error
    return context


def server_context(certified: Callable[[Callable[[str], None]], None]) -> ssl.SSLContext:
    """A context for a server on this machine that clients are tried on, TLS 1.2 or newer.

    Args:
        certified: calls back with the path of a PEM file that holds key and certificates.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    certified(context.load_cert_chain)
    return context


def is_loopback(host: str) -> bool:
    """Whether a name or address means the own machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def tls_failure(endpoint: Endpoint, error: OSError) -> TlsFailed:
    """The failure of a handshake in words; `error` as the ssl module or the socket raised it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = plain_words(error.verify_message)
        return TlsFailed(
            f"The certificate of {endpoint} was not accepted: {reason}.", certificate=True
        )
    if not isinstance(error, ssl.SSLError):
        return TlsFailed(f"{endpoint} hung up during the TLS handshake.")
    reason = plain_words((error.reason or "handshake failed").replace("_", " ").lower())
    return TlsFailed(f"No TLS connection with {endpoint}: {reason}.")


def refuse_plain(endpoint: Endpoint) -> None:
    """Refuse a plain connection that would leave the own machine.

    Raises:
        TlsFailed: security is `none` and the host is another machine.
    """
    if endpoint.security is Security.NONE and not is_loopback(endpoint.host):
        raise TlsFailed(
            f"A connection to {endpoint} without TLS is refused: security 'none' is for this "
            "machine only."
        )

"""What can go wrong between us and a mail server, in the words of the mail layer.

TransportError
  CannotConnect    no connection: name, refusal, time-out; nothing was sent
  TlsFailed        no trustworthy TLS: no credentials were sent
  SignInRefused    the server refused the credentials
  ConnectionLost   the connection ended or fell silent in the middle of something
  ServerRefused    IMAP: the server said NO or BAD to one command
  ProtocolBroken   the server said something the protocol does not have, or too much of it
  NotTaken         SMTP: the mail was certainly not taken
  OutcomeUnclear   SMTP: the mail may have been taken
"""

from __future__ import annotations

import unicodedata

_MAX_WORDS = 200


def plain_words(said: bytes | str, limit: int = _MAX_WORDS) -> str:
    """What a server said, made fit for an error text: one line, no controls, at most `limit`."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = text[: limit * 4]
    safe = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    words = " ".join(safe.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


class TransportError(Exception):
    """Base of all. `text` is for people; server words in it went through `plain_words`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class CannotConnect(TransportError):
    """No connection came about; nothing was sent."""


class TlsFailed(TransportError):
    """The line could not be made safe; no credentials were sent.

    `certificate` tells a refused certificate from any other failure.
    """

    def __init__(self, text: str, *, certificate: bool = False) -> None:
        super().__init__(text)
        self.certificate = certificate


class SignInRefused(TransportError):
    """The server refused the user name or the password, or offers no way to sign in."""


class ConnectionLost(TransportError):
    """The connection ended, or no answer came in time."""


class ServerRefused(TransportError):
    """An IMAP NO or BAD. `code` is the response code (RFC 5530) or empty."""

    def __init__(self, text: str, *, code: str = "", bad: bool = False) -> None:
        super().__init__(text)
        self.code = code
        self.bad = bad


class ProtocolBroken(TransportError):
    """The server left its protocol, or sent more than any honest server would."""


class NotTaken(TransportError):
    """The server has not taken the mail.

    `permanent`: trying again unchanged is of no use. `code` is the SMTP reply code, 0 where none
    came. `recipient` is the address that was refused, where it was one. `too_large`: over the
    size the server announces.
    """

    def __init__(
        self,
        text: str,
        *,
        permanent: bool,
        code: int = 0,
        recipient: str = "",
        too_large: bool = False,
    ) -> None:
        super().__init__(text)
        self.permanent = permanent
        self.code = code
        self.recipient = recipient
        self.too_large = too_large


class OutcomeUnclear(TransportError):
    """The mail went out, at least in part, and no trustworthy answer came (RFC 1047)."""

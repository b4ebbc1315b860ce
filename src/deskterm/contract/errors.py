"""The errors on which the engine decides. A connector raises nothing else on purpose.

ConnectorError
  SignInNeeded     the account cannot sign in; nothing was done
  RateLimited      asked to wait; nothing was done
  Unavailable      the channel could not be reached; nothing was done
  Refused          the channel said no; nothing was done
  NotFound         what was asked for is not there
  Unclear          it may have happened
  ContractBroken   the channel answered outside its own description
  Confirm          a person must answer a question first
"""

from __future__ import annotations

from datetime import datetime


class ConnectorError(Exception):
    """Base of all. `text` is for people and holds no secret and no customer text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class SignInNeeded(ConnectorError):
    """The credentials were refused, or are missing. The account stops until they are mended."""


class RateLimited(ConnectorError):
    """The channel asks to wait. `until` is aware UTC, or None where it did not say."""

    def __init__(self, text: str, until: datetime | None = None) -> None:
        super().__init__(text)
        self.until = until


class Unavailable(ConnectorError):
    """No answer for a reason that lies before the request: name, connection, TLS, 503.

    For a send it promises that the channel has *not* taken the message.
    """


class Refused(ConnectorError):
    """The channel answered no; it has not taken the message. `code` and `field` are its words."""

    def __init__(self, text: str, code: str = "", field: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.field = field


class NotFound(ConnectorError):
    """The thing asked for does not exist on the channel (any more)."""


class Unclear(ConnectorError):
    """The request went out and no trustworthy answer came: it may have happened."""


class ContractBroken(ConnectorError):
    """An answer that the channel's own description does not allow, or a bug of the connector."""


class Confirm(ConnectorError):
    """The channel looks so different that a person must say yes before going on.

    `token` names this one situation: once confirmed, the same token is not asked again.
    """

    def __init__(self, text: str, token: str) -> None:
        super().__init__(text)
        self.token = token

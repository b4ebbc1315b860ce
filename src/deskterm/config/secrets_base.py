"""What a secret is, and what every place that keeps secrets offers."""

from __future__ import annotations

import hmac
import re
from typing import NoReturn, Protocol

from deskterm.domain.errors import DesktermError

CHOICES = (
    "Choose where secrets live with DESKTERM_SECRETS or secrets.store in settings.toml: "
    "keyring, command (for example pass), systemd, file (encrypted, with a passphrase) or env"
)

_ACCOUNT = re.compile(r"[a-z0-9_-]{1,64}")
_FIELD = re.compile(r"[a-z0-9_]{1,64}")


class Secret:
    """A credential. It shows itself as `<secret>`, compares in constant time and is not pickled.

    Hold one only for as long as the call that needs it.
    """

    __hash__ = None  # type: ignore[assignment]  # a hash would tell equal secrets apart
    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The clear value, to be handed on at once."""
        return self._value

    def __repr__(self) -> str:
        return "<secret>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self), _bytes(other))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is never written out")


class SecretStore(Protocol):
    """A place that keeps the secrets of the accounts of one workspace.

    Calls block, for up to some seconds where a keyring or a command is asked: off the event loop.
    """

    @property
    def writable(self) -> bool:
        """Whether `set` and `delete` work, which rotating tokens need."""
        ...

    def get(self, account: str, field: str) -> Secret | None:
        """The secret, or None where there is none.

        Raises:
            DesktermError: the place cannot be read now (`secrets_locked`), is not to be trusted
                (`secrets_refused`) or damaged (`secrets_damaged`).
        """
        ...

    def set(self, account: str, field: str, secret: Secret) -> None:
        """Keep a secret. When this returns, it can be read back.

        Raises:
            DesktermError: as `get`; also `secrets_read_only`, `secrets_lost`.
        """
        ...

    def delete(self, account: str, field: str) -> None:
        """Forget a secret, if there is one.

        Raises:
            DesktermError: as `set`.
        """
        ...

    def describe(self) -> str:
        """The real place, in words. Never raises."""
        ...


class ReadOnly:
    """The two refusals of a store that is filled by somebody else."""

    place = "this place"

    @property
    def writable(self) -> bool:
        return False

    def set(self, account: str, field: str, secret: Secret) -> None:  # noqa: ARG002 - SecretStore
        raise self._refusal(account, field)

    def delete(self, account: str, field: str) -> None:
        raise self._refusal(account, field)

    def _refusal(self, account: str, field: str) -> DesktermError:
        return DesktermError(
            f"Secrets in {self.place} cannot be changed from here",
            f"{field} of {account} is as it was",
            f"Change it there. {CHOICES}",
            code="secrets_read_only",
        )


class MemorySecrets:
    """Secrets for as long as the program runs: the demo, and tests."""

    writable = True

    def __init__(self) -> None:
        self._secrets: dict[tuple[str, str], Secret] = {}

    def get(self, account: str, field: str) -> Secret | None:
        return self._secrets.get((account, field))

    def set(self, account: str, field: str, secret: Secret) -> None:
        check_name(account, field)
        self._secrets[account, field] = secret

    def delete(self, account: str, field: str) -> None:
        self._secrets.pop((account, field), None)

    def describe(self) -> str:
        return "memory: kept for this session only"


def check_name(account: str, field: str) -> None:
    """Names end up in paths, variables and arguments: refuse what could mean something there.

    Raises:
        DesktermError: the account is not `[a-z0-9_-]+` or the field not `[a-z0-9_]+`.
    """
    if _ACCOUNT.fullmatch(account) and _FIELD.fullmatch(field):
        return
    raise DesktermError(
        "That is not a name for a secret",
        "An account has the characters a-z, 0-9, _ and -, a field a-z, 0-9 and _",
        "Choose another account name",
        code="usage",
    )


def require(store: SecretStore, account: str, field: str) -> Secret:
    """The secret, where going on without it makes no sense.

    Raises:
        DesktermError: `sign_in_needed` where there is none, otherwise as `SecretStore.get`.
    """
    found = store.get(account, field)
    if found is None:
        raise DesktermError(
            f"{account} is not signed in",
            f"There is no {field} in {store.describe()}. Everything else goes on",
            f"Enter it again, or put it there. {CHOICES}",
            code="sign_in_needed",
        )
    return found


def locked(title: str, explanation: str, advice: str) -> DesktermError:
    """The place cannot be read now, and may be later."""
    return DesktermError(title, explanation, advice, code="secrets_locked")


def _bytes(secret: Secret) -> bytes:
    return secret.reveal().encode(errors="surrogatepass")

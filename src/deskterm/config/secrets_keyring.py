"""Secrets in the keyring of the operating system.

The `keyring` library picks a backend by what is installed. Some keep secrets readable in a file
or not at all, so only known backends are used, every write is read back, and every call has a
time limit, because an unlock prompt that nobody sees waits for ever.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from deskterm.config.secrets_base import CHOICES, Secret, check_name, locked
from deskterm.domain.errors import DesktermError

if TYPE_CHECKING:
    from types import TracebackType

    from keyring.backend import KeyringBackend

LIMIT_S = 5.0
#: What a probe is kept under. No account is called so: their names are shorter.
_PROBE = ("-" * 64, "probe")
CHAINER = "keyring.backends.chainer.ChainerBackend"
ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)

T = TypeVar("T")


class KeyringSecrets:
    """The keyring, under a service name of the workspace's own.

    Args:
        label: the workspace's label.
        load: gives the backend; by default the one that `keyring` picks.
        allowed: full class names of backends that are trusted.
        limit_s: seconds until a call is given up.
    """

    writable = True

    def __init__(
        self,
        label: str,
        *,
        load: Callable[[], KeyringBackend] | None = None,
        allowed: frozenset[str] = ALLOWED,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._service = f"deskterm:{label}"
        self._load = load or _load_backend
        self._allowed = allowed
        self._limited = _Limited(limit_s)

    def get(self, account: str, field: str) -> Secret | None:
        check_name(account, field)
        user = f"{account}/{field}"
        value = self._ask(lambda backend: backend.get_password(self._service, user))
        return Secret(value) if value else None

    def set(self, account: str, field: str, secret: Secret) -> None:
        check_name(account, field)
        user = f"{account}/{field}"

        def write_and_read(backend: KeyringBackend) -> str | None:
            backend.set_password(self._service, user, secret.reveal())
            return backend.get_password(self._service, user)

        back = self._ask(write_and_read)
        if back is None or Secret(back) != secret:
            raise DesktermError(
                "The keyring did not keep the secret",
                f"{field} of {account} was written, but another answer came back on reading",
                CHOICES,
                code="secrets_lost",
            )

    def delete(self, account: str, field: str) -> None:
        check_name(account, field)
        user = f"{account}/{field}"

        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(self._service, user) is not None:
                backend.delete_password(self._service, user)

        self._ask(remove)

    def probe(self) -> None:
        """Keep an entry of no meaning, read it back and remove it again.

        Raises:
            DesktermError: what fails, as `set` would say it when a secret is kept.
        """
        self.set(*_PROBE, Secret(secrets.token_hex(8)))
        self.delete(*_PROBE)

    def describe(self) -> str:
        try:
            return "keyring: " + self._ask(_title)
        except DesktermError as error:
            return f"keyring: not usable ({error.title})"

    def _ask(self, question: Callable[[KeyringBackend], T]) -> T:
        def ask_trusted() -> T:
            backend = self._load()
            check_backend(backend, self._allowed)
            return question(backend)

        try:
            outcome = self._limited.run(ask_trusted)
        except TimeoutError as error:
            raise locked(
                "The keyring does not answer",
                f"It was given {self._limited.limit_s:g} s; it may be waiting for its password. "
                "Secrets were not moved elsewhere",
                f"Unlock the keyring and try again. {CHOICES}",
            ) from error
        if isinstance(outcome.error, DesktermError):
            raise outcome.error
        if outcome.error is not None:
            raise locked(
                "The keyring cannot be used now",
                f"It answered {_kind(outcome.error)}. Secrets were not moved elsewhere",
                f"Unlock the keyring and try again. {CHOICES}",
            ) from outcome.error.with_traceback(None)  # its frames hold the clear value
        return outcome.value()


class _Outcome(Generic[T]):
    """Carries what a call gave or raised from one thread to another."""

    def __init__(self) -> None:
        self._values: list[T] = []
        self.error: Exception | None = None

    def __enter__(self) -> _Outcome[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.error = error
        return True

    def keep(self, value: T) -> None:
        self._values.append(value)

    def value(self) -> T:
        return self._values[0]


class _Limited:
    """Runs one call at a time in a thread that may be left behind.

    A call that hangs cannot be ended. Until it comes back, further calls are given up at once, so
    that hung threads do not pile up.
    """

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._turn = threading.Lock()
        self._hung: threading.Thread | None = None

    def run(self, call: Callable[[], T]) -> _Outcome[T]:
        """What the call gave or raised.

        Raises:
            TimeoutError: it took longer than the limit.
        """
        outcome: _Outcome[T] = _Outcome()

        def work() -> None:
            with outcome:
                outcome.keep(call())

        with self._turn:
            if self._hung is not None and self._hung.is_alive():
                raise TimeoutError
            thread = threading.Thread(target=work, name="keyring", daemon=True)
            thread.start()
            thread.join(self.limit_s)
            self._hung = thread if thread.is_alive() else None
            if self._hung is not None:
                raise TimeoutError
        return outcome


def check_backend(backend: KeyringBackend, allowed: frozenset[str] = ALLOWED) -> None:
    """Refuse a backend that is not known to keep secrets safe.

    Raises:
        DesktermError: `secrets_refused`, naming the backend.
    """
    name = _name(backend)
    parts = [_name(part) for part in getattr(backend, "backends", [])] if name == CHAINER else []
    strangers = [part for part in parts or [name] if part not in allowed]
    if not strangers:
        return
    stranger = strangers[0]
    if stranger == "keyring.backends.fail.Keyring":
        title, why = "This session has no keyring", "No keyring service is running"
    elif stranger == "keyring.backends.null.Keyring":
        title, why = "The keyring is switched off", f"{stranger} forgets what it is given"
    elif stranger.startswith("keyrings.alt."):
        title, why = "The keyring keeps no secrets", f"{stranger} keeps them in a readable file"
    else:
        title, why = "The keyring is not known", f"{stranger} is not on the list of safe ones"
    raise DesktermError(
        title,
        f"{why}. Nothing was written to it",
        CHOICES,
        code="secrets_refused",
    )


def _load_backend() -> KeyringBackend:
    import keyring

    return keyring.get_keyring()


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _title(backend: KeyringBackend) -> str:
    parts = getattr(backend, "backends", []) if _name(backend) == CHAINER else []
    return ", then ".join(_name(part) for part in parts) or _name(backend)


def _kind(error: Exception) -> str:
    text = "".join(c for c in str(error)[:120] if c.isprintable())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

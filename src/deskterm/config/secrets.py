"""Which place keeps the secrets of a workspace.

`DESKTERM_SECRETS` is asked first, then `secrets.store` of the settings, then the place that took
the first secret, then the keyring. The place of the first secret is remembered, so that a passing
fault of the keyring never moves secrets elsewhere; and there is no silent way to clear text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from deskterm.config.folders import write_private
from deskterm.config.options import Settings
from deskterm.config.paths import Home
from deskterm.config.secrets_base import CHOICES, MemorySecrets, Secret, SecretStore, require
from deskterm.config.secrets_file import AskPassphrase, FileSecrets
from deskterm.config.secrets_given import (
    CommandSecrets,
    EnvironmentSecrets,
    SystemdSecrets,
    variable,
)
from deskterm.config.secrets_keyring import KeyringSecrets
from deskterm.domain.errors import DesktermError

__all__ = [
    "STORES",
    "AskPassphrase",
    "MemorySecrets",
    "Secret",
    "SecretStore",
    "chosen_store",
    "nobody_to_ask",
    "open_secrets",
    "require",
    "try_out",
    "variable",
]

STORES = ("keyring", "command", "systemd", "file", "env", "memory")

_KEPT = ("keyring", "file")  # those that can take the first secret and are there at the next start


def open_secrets(
    settings: Settings,
    env: Mapping[str, str],
    home: Home,
    ask_passphrase: AskPassphrase,
    learn: Callable[[Secret], None] | None = None,
) -> SecretStore:
    """The place where the secrets of this workspace live. Nothing is asked or read yet.

    Args:
        settings: `secrets.store` and `secrets.command`.
        env: `DESKTERM_SECRETS`, `DESKTERM_PASSPHRASE`, `DESKTERM_SECRET_*`,
            `CREDENTIALS_DIRECTORY`.
        home: where the file and the remembered choice are.
        ask_passphrase: for the encrypted file, unless `DESKTERM_PASSPHRASE` is set.
        learn: told of every secret that passes, for example `Redactor.learn`.

    Raises:
        DesktermError: the choice is none of `STORES`.
    """
    name = chosen_store(settings, env, home)
    store = _build(name, settings, env, home, ask_passphrase)
    remember = name in _KEPT and _remembered(home) is None
    return _Watched(store, learn, (lambda: _remember(home, name)) if remember else None)


def try_out(settings: Settings, env: Mapping[str, str], home: Home) -> str:
    """The place of the secrets in words, after a keyring has kept a probe and given it back.

    Places that are filled by others, or ask for a passphrase, are not tried.

    Raises:
        DesktermError: as `open_secrets`; what the keyring fails at.
    """
    name = chosen_store(settings, env, home)
    if name == "keyring":
        keyring = KeyringSecrets(home.label)
        keyring.probe()
        return f"{keyring.describe()}; it kept a probe and gave it back"
    return _build(name, settings, env, home, nobody_to_ask).describe()


def chosen_store(settings: Settings, env: Mapping[str, str], home: Home) -> str:
    """The name of the place, one of `STORES`.

    Raises:
        DesktermError: the choice is none of them.
    """
    if env.get("DESKTERM_SECRETS"):
        return _known(env["DESKTERM_SECRETS"], "DESKTERM_SECRETS")
    if settings.secrets.store != "auto":
        return settings.secrets.store
    return _remembered(home) or "keyring"


def nobody_to_ask(*, new: bool) -> Secret | None:  # noqa: ARG001 - the shape of AskPassphrase
    """An `AskPassphrase` for programs without a person before them."""
    return None


class _Watched:
    """Tells of every secret that passes, and of the first one that was taken."""

    def __init__(
        self,
        store: SecretStore,
        learn: Callable[[Secret], None] | None,
        remember: Callable[[], None] | None,
    ) -> None:
        self._store = store
        self._learn = learn or (lambda _: None)
        self._remember = remember

    @property
    def writable(self) -> bool:
        return self._store.writable

    def get(self, account: str, field: str) -> Secret | None:
        found = self._store.get(account, field)
        if found is not None:
            self._learn(found)
        return found

    def set(self, account: str, field: str, secret: Secret) -> None:
        self._learn(secret)
        self._store.set(account, field, secret)
        if self._remember is not None:
            self._remember()
            self._remember = None

    def delete(self, account: str, field: str) -> None:
        self._store.delete(account, field)

    def describe(self) -> str:
        return self._store.describe()


def _build(
    name: str, settings: Settings, env: Mapping[str, str], home: Home, ask: AskPassphrase
) -> SecretStore:
    match name:
        case "keyring":
            return KeyringSecrets(home.label)
        case "command":
            return CommandSecrets(settings.secrets.command)
        case "systemd":
            return SystemdSecrets(env)
        case "file":
            return FileSecrets(home.secrets_file, _passphrase_from(env) or ask)
        case "env":
            return EnvironmentSecrets(env)
        case _:
            return MemorySecrets()


def _passphrase_from(env: Mapping[str, str]) -> AskPassphrase | None:
    if not env.get("DESKTERM_PASSPHRASE"):
        return None

    def answer(*, new: bool) -> Secret | None:  # noqa: ARG001 - the shape of AskPassphrase
        return Secret(env["DESKTERM_PASSPHRASE"])

    return answer


def _remembered(home: Home) -> str | None:
    try:
        name = home.secrets_choice.read_text(errors="replace")[:100].strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DesktermError(
            "It cannot be read where the secrets are kept",
            f"{home.secrets_choice}: {error.strerror}. Secrets were not moved elsewhere",
            "Check the permissions of the state folder",
            code="secrets_locked",
        ) from error
    return _known(name, str(home.secrets_choice))


def _remember(home: Home, name: str) -> None:
    with suppress(OSError):  # the secret is kept; the next one that is set remembers again
        write_private(home.secrets_choice, f"{name}\n".encode())


def _known(name: str, where: str) -> str:
    if name in STORES:
        return name
    raise DesktermError(
        "That is not a place for secrets",
        f"{where} says {name[:40]!r}",
        CHOICES,
        code="usage",
    )

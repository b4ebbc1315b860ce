"""The keyring, with backends that behave as real ones do on bad days."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from deskterm.config.secrets import Secret
from deskterm.config.secrets_keyring import ALLOWED, CHAINER, KeyringSecrets, check_backend
from deskterm.domain.errors import DesktermError


class Good(KeyringBackend):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")


class Forgetful(Good):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Garbling(Good):
    """Keeps something else."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:3])


class Raising(Good):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error


class Hanging(Good):
    """Waits for a prompt that nobody sees, until it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.waiting = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.waiting += 1
        self.answered.wait(60)
        return super().get_password(service, username)


def named(module: str, name: str, **members: Any) -> Any:
    """An object that looks like an installed backend."""
    return type(name, (), {"__module__": module, **members})()


def using(backend: object, limit_s: float = 30.0) -> KeyringSecrets:
    kind = type(backend)
    allowed = frozenset({f"{kind.__module__}.{kind.__qualname__}"})
    load: Callable[[], Any] = lambda: backend  # noqa: E731 - typed, to pass any object
    return KeyringSecrets("default", load=load, allowed=allowed, limit_s=limit_s)


def refused(call: Callable[[], object], code: str) -> DesktermError:
    with pytest.raises(DesktermError) as caught:
        call()
    assert caught.value.code == code
    assert "encrypted" in caught.value.advice, "the other choices are named"
    return caught.value


def test_what_is_kept_comes_back() -> None:
    backend = Good()
    store = using(backend)
    assert store.get("shop", "password") is None
    store.set("shop", "password", Secret("hünter2"))
    assert store.get("shop", "password") == Secret("hünter2")
    assert backend.kept == {("deskterm:default", "shop/password"): "hünter2"}
    store.delete("shop", "password")
    store.delete("shop", "password")
    assert backend.kept == {}
    assert store.writable
    assert store.describe().endswith("test_secrets_keyring.Good")


def test_a_backend_that_writes_clear_text_is_refused() -> None:
    written: list[object] = []
    plain = named(
        "keyrings.alt.file", "PlaintextKeyring", set_password=lambda *args: written.append(args)
    )
    store = KeyringSecrets("default", load=lambda: plain)
    error = refused(lambda: store.set("shop", "password", Secret("x")), "secrets_refused")
    assert "keyrings.alt.file.PlaintextKeyring" in str(error)
    assert "readable file" in str(error)
    assert written == []
    assert "not usable" in store.describe()


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        (named("keyring.backends.fail", "Keyring"), "has no keyring"),
        (named("keyring.backends.null", "Keyring"), "switched off"),
        (named("keyrings.cryptfile.cryptfile", "CryptFileKeyring"), "not known"),
        (named("evil.keyring.backends.SecretService", "Keyring"), "not known"),
        (named("keyring.backends.chainer", "ChainerBackend", backends=[]), "not known"),
    ],
)
def test_other_backends_are_refused_by_name(backend: Any, words: str) -> None:
    store = KeyringSecrets("default", load=lambda: backend)
    assert words in str(refused(lambda: store.get("shop", "password"), "secrets_refused"))


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_the_keyrings_of_the_desktops_are_taken(name: str) -> None:
    module, _, kind = name.rpartition(".")
    check_backend(named(module, kind))


def test_a_chain_is_as_good_as_its_weakest_part() -> None:
    module, _, name = CHAINER.rpartition(".")
    safe = named("keyring.backends.SecretService", "Keyring")
    other = named("keyring.backends.libsecret", "Keyring")
    plain = named("keyrings.alt.file", "PlaintextKeyring")
    check_backend(named(module, name, backends=[safe, other]))
    with pytest.raises(DesktermError, match="PlaintextKeyring"):
        check_backend(named(module, name, backends=[safe, plain]))


@pytest.mark.parametrize("backend", [Forgetful(), Garbling()])
def test_a_write_that_does_not_come_back_is_noticed(backend: Good) -> None:
    store = using(backend)
    refused(lambda: store.set("shop", "password", Secret("hunter2")), "secrets_lost")


@pytest.mark.parametrize(
    "error",
    [
        InitError("Failed to create the collection: Prompt dismissed.."),
        KeyringLocked("Failed to unlock the collection!"),
        NoKeyringError("No recommended backend was available."),
        RuntimeError("The Secret Service daemon is neither running nor activatable"),
        OSError(111, "Connection refused"),
        ZeroDivisionError("a fault of the backend's own"),
    ],
)
def test_a_locked_or_broken_keyring_is_said_and_not_replaced(error: Exception) -> None:
    told = refused(lambda: using(Raising(error)).get("shop", "password"), "secrets_locked")
    assert type(error).__name__ in told.explanation
    assert "not moved elsewhere" in told.explanation


def test_the_text_of_an_error_is_cleaned() -> None:
    store = using(Raising(InitError("\x1b]0;x\x07" + "y" * 500)))
    told = refused(lambda: store.get("shop", "password"), "secrets_locked")
    assert "\x1b" not in told.explanation
    assert len(told.explanation) < 300


def test_a_load_that_fails_is_said() -> None:
    def load() -> KeyringBackend:
        raise ModuleNotFoundError("No module named 'keyrings.gone'")

    store = KeyringSecrets("default", load=load)
    refused(lambda: store.get("shop", "password"), "secrets_locked")


def test_a_hanging_keyring_is_given_up_and_used_again_once_it_answers() -> None:
    backend = Hanging()
    backend.kept["deskterm:default", "shop/password"] = "hunter2"
    store = using(backend, limit_s=0.2)
    start = time.monotonic()
    refused(lambda: store.get("shop", "password"), "secrets_locked")
    for _ in range(20):
        refused(lambda: store.get("shop", "password"), "secrets_locked")
    assert time.monotonic() - start < 5, "only the first call waits"
    assert backend.waiting == 1, "hung calls do not pile up"
    assert "does not answer" in store.describe()

    backend.answered.set()
    deadline = time.monotonic() + 30
    found = None
    while found is None and time.monotonic() < deadline:
        try:
            found = store.get("shop", "password")
        except DesktermError:
            threading.Event().wait(0.01)
    assert found == Secret("hunter2")


def test_no_clear_value_hangs_on_the_error() -> None:
    class Leaking(Good):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise InitError("no")

    store = using(Leaking())
    told = refused(lambda: store.set("shop", "password", Secret("hunter2")), "secrets_locked")
    assert told.__cause__ is not None
    assert told.__cause__.__traceback__ is None


def test_a_probe_shows_that_the_keyring_keeps_and_leaves_nothing_behind() -> None:
    backend = Good()
    using(backend).probe()
    assert backend.kept == {}


@pytest.mark.parametrize("backend", [Forgetful(), Garbling(), Raising(KeyringLocked("locked"))])
def test_a_probe_says_what_a_bad_keyring_fails_at(backend: Good) -> None:
    with pytest.raises(DesktermError) as refusal:
        using(backend).probe()
    assert refusal.value.code in ("secrets_lost", "secrets_locked")

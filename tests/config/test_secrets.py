"""Which place keeps secrets, and that it stays the same place."""

from __future__ import annotations

import copy
import pickle
import sys
from pathlib import Path

import pytest

from deskterm.config.options import SecretsSettings, Settings
from deskterm.config.paths import Home
from deskterm.config.secrets import (
    MemorySecrets,
    Secret,
    SecretStore,
    chosen_store,
    nobody_to_ask,
    open_secrets,
    require,
)
from deskterm.domain.errors import DesktermError

PASSPHRASE = {"DESKTERM_PASSPHRASE": "correct horse"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    return home


def opened(home: Home, env: dict[str, str], settings: Settings | None = None) -> SecretStore:
    return open_secrets(settings or Settings(), env, home, nobody_to_ask)


class TestSecret:
    def test_it_never_shows_itself(self) -> None:
        secret = Secret("hunter2")
        for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}", "%r" % secret):  # noqa: UP031 - one more way to show it
            assert "hunter2" not in shown
        assert repr(secret) == "<secret>"
        assert secret.reveal() == "hunter2"
        assert not hasattr(secret, "__dict__")

    def test_it_compares_by_value(self) -> None:
        assert Secret("é") == Secret("é")
        assert Secret("a") != Secret("b")
        assert Secret("a") != "a"

    def test_it_is_not_written_out(self) -> None:
        secret = Secret("hunter2")
        for write in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="never written"):
                write(secret)
        with pytest.raises(TypeError):
            hash(secret)


class TestChoice:
    def test_the_variable_comes_first(self, home: Home) -> None:
        settings = Settings(secrets=SecretsSettings(store="file"))
        assert chosen_store(settings, {"DESKTERM_SECRETS": "env"}, home) == "env"
        assert chosen_store(settings, {}, home) == "file"
        assert chosen_store(Settings(), {}, home) == "keyring"

    def test_the_place_of_the_first_secret_is_remembered(self, home: Home) -> None:
        store = opened(home, {"DESKTERM_SECRETS": "file", **PASSPHRASE})
        assert chosen_store(Settings(), {}, home) == "keyring", "nothing is kept yet"
        store.set("support", "password", Secret("hunter2"))
        assert chosen_store(Settings(), {}, home) == "file"
        assert opened(home, PASSPHRASE).get("support", "password") == Secret("hunter2")

    def test_a_later_choice_for_one_run_moves_nothing(self, home: Home) -> None:
        home.secrets_choice.write_text("keyring\n")
        store = opened(home, {"DESKTERM_SECRETS": "file", **PASSPHRASE})
        store.set("support", "password", Secret("hunter2"))
        assert chosen_store(Settings(), {}, home) == "keyring"

    def test_memory_is_never_remembered(self, home: Home) -> None:
        opened(home, {"DESKTERM_SECRETS": "memory"}).set("support", "password", Secret("x"))
        assert not home.secrets_choice.exists()

    @pytest.mark.parametrize("choice", ["plain", "Keyring", "../x"])
    def test_an_unknown_place_is_refused(self, home: Home, choice: str) -> None:
        with pytest.raises(DesktermError, match="DESKTERM_SECRETS"):
            opened(home, {"DESKTERM_SECRETS": choice})
        home.secrets_choice.write_text(choice)
        with pytest.raises(DesktermError, match="not a place for secrets"):
            opened(home, {})

    def test_an_unreadable_choice_is_not_taken_for_none(self, home: Home) -> None:
        home.secrets_choice.mkdir()
        with pytest.raises(DesktermError, match="not moved elsewhere"):
            opened(home, {})

    def test_a_keyring_that_fails_is_not_replaced(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        monkeypatch.setattr("keyring.core._keyring_backend", None)
        store = opened(home, PASSPHRASE)
        with pytest.raises(DesktermError, match="This session has no keyring") as caught:
            store.set("support", "password", Secret("hunter2"))
        for other in ("command", "systemd", "file", "env"):
            assert other in caught.value.advice
        assert not home.secrets_file.exists()
        assert not home.secrets_choice.exists()
        assert "not usable" in store.describe()

    def test_every_secret_that_passes_is_told(self, home: Home) -> None:
        told: list[Secret] = []
        env = {"DESKTERM_SECRETS": "env", "DESKTERM_SECRET_MY_SHOP_PASSWORD": "one"}
        store = open_secrets(Settings(), env, home, nobody_to_ask, told.append)
        store.get("my-shop", "password")
        store.get("my-shop", "other")
        memory = {"DESKTERM_SECRETS": "memory"}
        open_secrets(Settings(), memory, home, nobody_to_ask, told.append).set(
            "my-shop", "password", Secret("two")
        )
        assert [each.reveal() for each in told] == ["one", "two"]

    def test_the_libraries_are_loaded_only_when_asked(self) -> None:
        import subprocess

        code = (
            "import sys, deskterm.config.secrets, deskterm.config.settings, deskterm.config.logs\n"
            "sys.exit(any(name in sys.modules for name in ('keyring', 'cryptography', 'httpx')))"
        )
        assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


class TestMemory:
    def test_it_keeps_and_forgets(self) -> None:
        store = MemorySecrets()
        store.set("a", "password", Secret("x"))
        assert require(store, "a", "password") == Secret("x")
        store.delete("a", "password")
        store.delete("a", "password")
        with pytest.raises(DesktermError) as caught:
            require(store, "a", "password")
        assert caught.value.code == "sign_in_needed"

    @pytest.mark.parametrize(
        ("account", "field"), [("A", "x"), ("../a", "x"), ("a", "x-y"), ("", "x")]
    )
    def test_odd_names_are_refused(self, account: str, field: str) -> None:
        with pytest.raises(DesktermError, match="not a name"):
            MemorySecrets().set(account, field, Secret("x"))

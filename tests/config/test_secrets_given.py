"""Secrets from the environment, from systemd and from a command."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from deskterm.config.secrets import Secret, variable
from deskterm.config.secrets_base import SecretStore
from deskterm.config.secrets_given import (
    SECRET_MAX,
    CommandSecrets,
    EnvironmentSecrets,
    SystemdSecrets,
)
from deskterm.domain.errors import DesktermError


def refused(store: SecretStore, code: str = "secrets_locked") -> DesktermError:
    with pytest.raises(DesktermError) as caught:
        store.get("my-shop", "password")
    assert caught.value.code == code
    assert caught.value.advice
    return caught.value


@pytest.mark.parametrize(
    "store", [EnvironmentSecrets({}), SystemdSecrets({}), CommandSecrets(["true"])]
)
def test_they_cannot_be_changed_from_here(store: SecretStore) -> None:
    assert not store.writable
    with pytest.raises(DesktermError) as caught:
        store.set("my-shop", "password", Secret("x"))
    assert caught.value.code == "secrets_read_only"
    with pytest.raises(DesktermError) as caught:
        store.delete("my-shop", "password")
    assert caught.value.code == "secrets_read_only"


class TestEnvironment:
    def test_capitals_and_underscores(self) -> None:
        assert variable("my-shop", "consumer_secret") == "DESKTERM_SECRET_MY_SHOP_CONSUMER_SECRET"
        store = EnvironmentSecrets({"DESKTERM_SECRET_MY_SHOP_PASSWORD": "hunter2"})
        assert store.get("my-shop", "password") == Secret("hunter2")
        assert store.get("my-shop", "token") is None
        assert "readable by every program" in store.describe()

    def test_an_empty_variable_is_none(self) -> None:
        assert EnvironmentSecrets({"DESKTERM_SECRET_A_B": ""}).get("a", "b") is None


class TestSystemd:
    def test_a_credential_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "deskterm.my-shop.password").write_text("hunter2\n")
        store = SystemdSecrets({"CREDENTIALS_DIRECTORY": str(tmp_path)})
        assert store.get("my-shop", "password") == Secret("hunter2")
        assert store.get("my-shop", "token") is None

    def test_without_a_unit_it_is_said(self) -> None:
        assert "LoadCredential" in refused(SystemdSecrets({})).explanation

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (SECRET_MAX + 1)])
    def test_an_unusable_credential_is_said(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "deskterm.my-shop.password").write_bytes(content)
        refused(SystemdSecrets({"CREDENTIALS_DIRECTORY": str(tmp_path)}))

    def test_a_folder_in_its_place_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "deskterm.my-shop.password").mkdir()
        refused(SystemdSecrets({"CREDENTIALS_DIRECTORY": str(tmp_path)}))


def script(code: str, *words: str, limit_s: float = 30.0) -> CommandSecrets:
    return CommandSecrets([sys.executable, "-c", code, *words], limit_s)


class TestCommand:
    def test_the_first_line_is_the_secret(self) -> None:
        store = script(
            "import sys; print(*sys.argv[1:], sep='/'); print('user: sam')",
            "{account}",
            "{field}",
            "x{account}$(id); `id`",
        )
        assert store.get("my-shop", "password") == Secret("my-shop/password/xmy-shop$(id); `id`")

    def test_nothing_printed_is_no_secret(self) -> None:
        assert script("").get("my-shop", "password") is None

    def test_a_failure_names_the_status_and_not_the_output(self) -> None:
        error = refused(script("import sys; print('hunter2'); sys.exit('hunter2')"))
        assert "status 1" in str(error)
        assert "hunter2" not in str(error)

    def test_a_missing_program_is_said(self) -> None:
        assert "No such file" in str(refused(CommandSecrets(["/nonexistent/pass"])))

    def test_no_command_is_said(self) -> None:
        assert "secrets.command" in str(refused(CommandSecrets([])))

    def test_words_that_no_system_takes_are_said(self) -> None:
        refused(CommandSecrets(["tr\0ue"]))

    def test_a_hanging_command_is_ended_with_its_children(self, tmp_path: Path) -> None:
        pipe = tmp_path / "alive"
        os.mkfifo(pipe)
        code = (
            "import subprocess, sys, time\n"
            "subprocess.Popen([sys.executable, '-c', sys.argv[2], sys.argv[1]])\n"
            "time.sleep(600)"
        )
        child = "import sys, time; f = open(sys.argv[1], 'w'); time.sleep(600)"
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        start = time.monotonic()
        assert "no answer within 2 s" in str(refused(script(code, str(pipe), child, limit_s=2.0)))
        assert time.monotonic() - start < 20
        os.set_blocking(reader, True)
        assert os.read(reader, 1) == b"", "every writer has ended"
        os.close(reader)

    def test_endless_output_is_not_taken_in(self, tmp_path: Path) -> None:
        count = tmp_path / "count"
        code = (
            "import os, sys\n"
            "with open(sys.argv[1], 'ab', 0) as count:\n"
            "    while True: os.write(1, b'x' * 65536); count.write(b'.')"
        )
        refused(script(code, str(count), limit_s=1.0))
        assert count.stat().st_size < 16, "blocks of 64 kB"

    def test_it_cannot_read_what_is_typed(self) -> None:
        ours, typing = os.pipe()
        os.write(typing, b"typed\n")
        os.close(typing)
        saved = os.dup(0)
        os.dup2(ours, 0)
        try:
            assert "status 1" in str(refused(script("print(input())")))
        finally:
            os.dup2(saved, 0)
            os.close(saved)
            os.close(ours)

    def test_the_description_names_the_program_only(self) -> None:
        assert CommandSecrets(["pass", "show", "x"]).describe() == "command: pass"

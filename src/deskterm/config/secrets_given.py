"""Secrets that somebody else puts in place: the environment, systemd, a command."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deskterm.config.secrets_base import CHOICES, ReadOnly, Secret, check_name, locked
from deskterm.domain.errors import DesktermError

COMMAND_LIMIT_S = 10.0
SECRET_MAX = 65_536  # bytes


class EnvironmentSecrets(ReadOnly):
    """`DESKTERM_SECRET_<ACCOUNT>_<FIELD>` in capitals, `-` written as `_`."""

    place = "the environment"

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env

    def get(self, account: str, field: str) -> Secret | None:
        check_name(account, field)
        value = self._env.get(variable(account, field))
        return Secret(value) if value else None

    def describe(self) -> str:
        return (
            "environment: variables DESKTERM_SECRET_<ACCOUNT>_<FIELD>, "
            "readable by every program of the same user"
        )


class SystemdSecrets(ReadOnly):
    """Credentials that systemd hands to a service as files (systemd.exec(5), CREDENTIALS).

    The file of a secret is `deskterm.<account>.<field>`.
    """

    place = "the credentials of systemd"

    def __init__(self, env: Mapping[str, str]) -> None:
        self._folder = env.get("CREDENTIALS_DIRECTORY", "")

    def get(self, account: str, field: str) -> Secret | None:
        check_name(account, field)
        if not self._folder:
            raise locked(
                "systemd handed over no credentials",
                "CREDENTIALS_DIRECTORY is not set: this program was not started by a unit with "
                "LoadCredential=",
                CHOICES,
            )
        try:
            with (Path(self._folder) / f"deskterm.{account}.{field}").open("rb") as file:
                return _secret(file.read(SECRET_MAX + 1), "The credential")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise locked(
                "A credential of systemd cannot be read",
                f"deskterm.{account}.{field}: {error.strerror}",
                "Check the unit's LoadCredential= and User=",
            ) from error

    def describe(self) -> str:
        place = "$CREDENTIALS_DIRECTORY" if self._folder else "none handed over"
        return f"systemd credentials: {place}"


class CommandSecrets(ReadOnly):
    """The first line that a command prints, for example `pass show deskterm/{account}/{field}`.

    Args:
        command: program and arguments; `{account}` and `{field}` are filled in. No shell sees it.
        limit_s: seconds after which the command and its children are ended.
    """

    place = "the secret command"

    def __init__(self, command: Sequence[str], limit_s: float = COMMAND_LIMIT_S) -> None:
        self._command = tuple(command)
        self._limit_s = limit_s

    def get(self, account: str, field: str) -> Secret | None:
        check_name(account, field)
        if not self._command:
            raise DesktermError(
                "There is no secret command",
                "secrets.store is command, but secrets.command is empty",
                'Set it in settings.toml: command = ["pass", "show", "deskterm/{account}/{field}"]',
                code="secrets_locked",
            )
        words = [
            word.replace("{account}", account).replace("{field}", field) for word in self._command
        ]
        line = self._run(words).split(b"\n", 1)[0]
        return _secret(line, "The secret command's answer")

    def describe(self) -> str:
        return f"command: {self._command[0]}" if self._command else "command: none set"

    def _run(self, words: list[str]) -> bytes:
        try:
            with subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            ) as process:
                try:
                    answer = self._answer(process)
                except TimeoutError as error:
                    os.killpg(process.pid, signal.SIGKILL)  # not reaped yet: the group is its own
                    raise self._failed(f"no answer within {self._limit_s:g} s") from error
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "the words are not usable"
            raise self._failed(reason or "it could not be started") from error
        if process.returncode:
            raise self._failed(f"it ended with status {process.returncode}")
        return answer

    def _answer(self, process: subprocess.Popen[bytes]) -> bytes:
        """What it prints, up to a little more than is ever used, once it has ended by itself."""
        deadline = time.monotonic() + self._limit_s
        answer, output = b"", process.stdout
        if output is None:
            return answer
        with selectors.DefaultSelector() as watch:
            watch.register(output, selectors.EVENT_READ)
            while len(answer) <= SECRET_MAX:
                if not watch.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                piece = os.read(output.fileno(), SECRET_MAX)
                if not piece:
                    break
                answer += piece
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        return answer

    def _failed(self, reason: str) -> DesktermError:
        return locked(
            "The secret command gave no secret",
            f"{self._command[0]}: {reason}. Nothing was changed",
            "Run the command of secrets.command by hand and see what it says",
        )


def variable(account: str, field: str) -> str:
    """The environment variable of a secret."""
    return f"DESKTERM_SECRET_{account}_{field}".upper().replace("-", "_")


def _secret(raw: bytes, what: str) -> Secret | None:
    if len(raw) > SECRET_MAX:
        raise locked(f"{what} is too long", f"A secret has at most {SECRET_MAX} bytes", CHOICES)
    try:
        value = raw.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise locked(f"{what} is not UTF-8 text", "It was not used", CHOICES) from error
    return Secret(value) if value else None

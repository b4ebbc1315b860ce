"""Secrets in one encrypted file.

A key is made from a passphrase by scrypt (RFC 7914) and seals all secrets together with AES-256 in
GCM (NIST SP 800-38D), the head of the file included, so that neither names nor numbers are
readable and nothing can be changed unseen. The key is kept for the session, the passphrase is not.

The file is JSON: `format`, `scrypt` (`n`, `r`, `p`, `salt`), `nonce` and `sealed`, the last three
values in base64.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from deskterm.config.folders import write_private
from deskterm.config.secrets_base import CHOICES, Secret, check_name, locked
from deskterm.domain.errors import DesktermError

FORMAT = "deskterm-secrets-1"
FILE_MAX = 4_194_304  # bytes
NONCE_BYTES = 12
SALT_BYTES = 16
KEY_BYTES = 32

Entries = dict[str, str]


class AskPassphrase(Protocol):
    """Asks a person. `new`: there is no file yet, so ask twice. None: nobody can be asked."""

    def __call__(self, *, new: bool) -> Secret | None: ...


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear each guess of the passphrase is: scrypt needs 128 * n * r bytes of memory."""

    n: int = 2**17
    r: int = 8
    p: int = 1

    def is_sane(self) -> bool:
        """Whether these numbers can be worked with, or would only stop the program."""
        power_of_two = self.n > 1 and self.n & (self.n - 1) == 0
        return power_of_two and self.n <= 2**20 and 1 <= self.r <= 16 and 1 <= self.p <= 8


@dataclass(frozen=True, slots=True)
class _Sealed:
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def head(self) -> bytes:
        """What the seal covers besides the secrets."""
        return f"{FORMAT} {self.cost.n} {self.cost.r} {self.cost.p} ".encode() + self.salt


class FileSecrets:
    """One file, mode 0600, read again at each call, so that several programs may share it.

    Args:
        path: the file; its folder exists and is private.
        ask: called when a key is needed and there is none yet.
        cost: for a file made from now on.
    """

    writable = True

    def __init__(self, path: Path, ask: AskPassphrase, cost: Cost | None = None) -> None:
        self._path = path
        self._ask = ask
        self._fresh = (cost or Cost(), os.urandom(SALT_BYTES))
        self._keys: dict[tuple[Cost, bytes], bytes] = {}
        self._turn = threading.Lock()

    def get(self, account: str, field: str) -> Secret | None:
        check_name(account, field)
        with self._turn:
            sealed = self._read()
            value = self._open(sealed).get(f"{account}/{field}") if sealed else None
        return None if value is None else Secret(value)

    def set(self, account: str, field: str, secret: Secret) -> None:
        check_name(account, field)
        with self._turn:
            self._unlock()
            with self._alone():
                sealed = self._read()
                entries = self._open(sealed) if sealed else {}
                entries[f"{account}/{field}"] = secret.reveal()
                self._write(entries, sealed)

    def delete(self, account: str, field: str) -> None:
        check_name(account, field)
        with self._turn:
            if self._read() is None:
                return
            self._unlock()
            with self._alone():
                sealed = self._read()
                entries = self._open(sealed) if sealed else {}
                if entries.pop(f"{account}/{field}", None) is not None:
                    self._write(entries, sealed)

    def describe(self) -> str:
        return f"encrypted file: {self._path}"

    def _unlock(self) -> None:
        """Have the key, so that no person is asked while other programs are held off."""
        sealed = self._read()
        if sealed:
            self._open(sealed)
        elif self._fresh not in self._keys:
            cost, salt = self._fresh
            self._keys[self._fresh] = _derive(self._passphrase(new=True), cost, salt)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off other programs between reading and writing."""
        handle = self._open_lock()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _open_lock(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            return os.open(self._path.with_suffix(".lock"), flags, 0o600)
        except OSError as error:
            raise self._unusable(error) from error

    def _read(self) -> _Sealed | None:
        try:
            with self._path.open("rb") as file:
                raw = file.read(FILE_MAX + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(error) from error
        sealed = _parse(raw)
        if sealed is None:
            raise self._damaged()
        return sealed

    def _open(self, sealed: _Sealed) -> Entries:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        known = self._keys.get((sealed.cost, sealed.salt))
        key = known or _derive(self._passphrase(new=False), sealed.cost, sealed.salt)
        try:
            clear = AESGCM(key).decrypt(sealed.nonce, sealed.sealed, sealed.head())
        except InvalidTag as error:
            if known:
                raise self._damaged() from error
            raise locked(
                "The passphrase does not open the secrets",
                f"It is not the right one, or {self._path} was changed. Nothing was lost",
                "Try again. Without the passphrase, move the file away and sign in anew",
            ) from error
        self._keys[sealed.cost, sealed.salt] = key
        entries: Entries = json.loads(clear)
        return entries

    def _write(self, entries: Entries, old: _Sealed | None) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        cost, salt = (old.cost, old.salt) if old else self._fresh
        key = self._keys[cost, salt]
        empty = _Sealed(cost, salt, os.urandom(NONCE_BYTES), b"")
        clear = json.dumps(entries).encode()
        sealed = AESGCM(key).encrypt(empty.nonce, clear, empty.head())
        try:
            write_private(self._path, _render(_Sealed(cost, salt, empty.nonce, sealed)))
        except OSError as error:
            raise self._unusable(error) from error

    def _passphrase(self, *, new: bool) -> Secret:
        given = self._ask(new=new)
        if given is None or not given.reveal().strip():
            raise locked(
                "The secrets stay locked",
                "No passphrase was given. Nothing was changed",
                f"Start again and enter it, or set DESKTERM_PASSPHRASE. {CHOICES}",
            )
        return given

    def _unusable(self, error: OSError) -> DesktermError:
        return locked(
            "The file of secrets cannot be used",
            f"{self._path}: {error.strerror or type(error).__name__}. What it held is unchanged",
            "Check the disk and the permissions of its folder",
        )

    def _damaged(self) -> DesktermError:
        return DesktermError(
            "The file of secrets is damaged",
            f"{self._path} is not as deskterm wrote it. It was not touched",
            "Restore it from a backup, or move it away and sign in anew",
            code="secrets_damaged",
        )


def _derive(passphrase: Secret, cost: Cost, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = passphrase.reveal().encode(errors="surrogateescape")
    return Scrypt(salt=salt, length=KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(words)


def _render(sealed: _Sealed) -> bytes:
    cost = sealed.cost
    document = {
        "format": FORMAT,
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p, "salt": _text(sealed.salt)},
        "nonce": _text(sealed.nonce),
        "sealed": _text(sealed.sealed),
    }
    return json.dumps(document, indent=1).encode() + b"\n"


def _parse(raw: bytes) -> _Sealed | None:
    """The parts of the file; None when it is not one that we would write."""
    if len(raw) > FILE_MAX:
        return None
    try:
        document = json.loads(raw)
        head = document["scrypt"]
        numbers = head["n"], head["r"], head["p"]
        salt, nonce = _bytes(head["salt"]), _bytes(document["nonce"])
        sealed = _bytes(document["sealed"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if document.get("format") != FORMAT or not all(type(number) is int for number in numbers):
        return None
    cost = Cost(*numbers)
    shaped = len(salt) == SALT_BYTES and len(nonce) == NONCE_BYTES
    return _Sealed(cost, salt, nonce, sealed) if cost.is_sane() and shaped else None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error

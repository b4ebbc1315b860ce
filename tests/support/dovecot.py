"""A real Dovecot on loopback, with helpers that work on its Maildir directly."""

from __future__ import annotations

import getpass
import itertools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
import trustme

BINARY = Path("/usr/sbin/dovecot")
PASSWORD = "correct-horse-battery"  # the static driver takes no blanks
START_SECONDS = 20.0

_CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
mail_fsync = never
mail_location = maildir:{root}/mail/%u:LAYOUT=fs
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "{sent}" {{
    auto = subscribe
    special_use = {special_use}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 64
}}
protocol imap {{
  mail_max_userip_connections = 64
}}
{extra}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server. Any user name may sign in with `PASSWORD` and has a mailbox of its own."""

    root: Path
    port: int
    tls_port: int
    ca_file: Path
    sent: str

    def mailbox(self, user: str) -> Mailbox:
        """The mailbox of a user, made on first use."""
        box = Mailbox(self.root / "mail" / user)
        box.folder_path("INBOX")
        return box


class Mailbox:
    """A user's Maildir: mails come, move and go without an IMAP client."""

    _numbers: ClassVar[Iterator[int]] = itertools.count(1)

    def __init__(self, path: Path) -> None:
        self.path = path

    def folder_path(self, folder: str) -> Path:
        """The Maildir of a folder, made on first use."""
        path = self.path if folder == "INBOX" else self.path / folder
        for part in (self.path, path, path / "cur", path / "new", path / "tmp"):
            if not part.exists():
                part.mkdir()
                _give(part)
        return path

    def deliver(
        self,
        raw: bytes,
        folder: str = "INBOX",
        *,
        at: datetime = datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
        flags: str = "",
    ) -> Path:
        """Put a mail into a folder; `flags` in Maildir letters (S seen, R answered)."""
        path = self.folder_path(folder)
        stored = raw.replace(b"\r\n", b"\n")
        wide = len(stored) + stored.count(b"\n")
        base = f"{int(at.timestamp())}.M{next(self._numbers)}P{os.getpid()}.box"
        name = f"{base},S={len(stored)},W={wide}"
        staged = path / "tmp" / name
        staged.write_bytes(stored)
        os.utime(staged, (at.timestamp(), at.timestamp()))
        place = path / "cur" / f"{name}:2,{flags}" if flags else path / "new" / name
        return staged.rename(place)

    def deliver_many(self, mails: Sequence[bytes], folder: str = "INBOX") -> None:
        """Put many mails into a folder, a second apart, the first one the oldest."""
        start = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
        for number, raw in enumerate(mails):
            self.deliver(raw, folder, at=datetime.fromtimestamp(start + number, UTC), flags="S")

    def files(self, folder: str = "INBOX") -> list[Path]:
        """The mails of a folder by name, oldest delivery first."""
        path = self.folder_path(folder)
        found = [f for part in ("cur", "new") for f in (path / part).iterdir()]
        return sorted(
            found, key=lambda f: (f.name.split(".")[0], int(f.name.split("M")[1].split("P")[0]))
        )

    def set_flags(self, file: Path, flags: str) -> Path:
        """Mark a mail as another program would."""
        base = file.name.partition(":")[0]
        return file.rename(file.parent.parent / "cur" / f"{base}:2,{flags}")

    def move(self, file: Path, folder: str) -> Path:
        """Move a mail to another folder."""
        return file.rename(self.folder_path(folder) / "cur" / file.name)

    def number_anew(self, folder: str = "INBOX") -> None:
        """Let the server forget the folder: a new UIDVALIDITY and UIDs from 1 follow.

        The new validity is given here, as the server would take the present second, which may be
        that of the first numbering.
        """
        path = self.folder_path(folder)
        uids = path / "dovecot-uidlist"
        before = 0
        if uids.exists():
            head = uids.read_text("utf-8").splitlines()[0].split()
            before = next(int(word[1:]) for word in head if word[0] == "V")
        for file in path.glob("dovecot*"):
            if file.is_file():
                file.unlink()
        uids.write_text(f"3 V{before + 1000} N1 G{'0' * 31}1\n", "utf-8")
        _give(uids)


def _mail_owner() -> tuple[int, int]:
    """Dovecot never opens mail as root, so root hands it to nobody."""
    return (65534, 65534) if os.geteuid() == 0 else (os.geteuid(), os.getegid())


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, *_mail_owner())


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


@contextmanager
def running_dovecot(
    *, sent: str = "Sent", special_use: str = r"\Sent", extra: str = ""
) -> Iterator[Dovecot]:
    """Start a server and stop it at the end; skips the test where Dovecot is not installed."""
    if not BINARY.exists():
        pytest.skip(f"{BINARY} is not installed")
    with TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        root.chmod(0o755)
        port, tls_port = _free_ports(2)
        ca = trustme.CA()
        certificate = ca.issue_cert("localhost", "127.0.0.1")
        certificate.private_key_pem.write_to_path(root / "key.pem")
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(root / "cert.pem", append=True)
        ca.cert_pem.write_to_path(root / "ca.pem")
        root_user = os.geteuid() == 0
        me = getpass.getuser()
        group = subprocess.run(["id", "-gn"], check=True, capture_output=True, text=True)
        config = root / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                root=root,
                internal="dovecot" if root_user else me,
                internal_group="dovecot" if root_user else group.stdout.strip(),
                login="dovenull" if root_user else me,
                password=PASSWORD,
                uid=_mail_owner()[0],
                gid=_mail_owner()[1],
                sent=sent,
                special_use=special_use,
                port=port,
                tls_port=tls_port,
                extra=extra,
            ),
            "utf-8",
        )
        for name in ("mail", "home"):
            (root / name).mkdir()
            _give(root / name)
        process = subprocess.Popen(
            [BINARY, "-F", "-c", config],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_until(lambda: _answers(port) and _answers(tls_port), process, root)
            yield Dovecot(root, port, tls_port, root / "ca.pem", sent)
        finally:
            # Asked to end, it takes its time: seconds where nobody has signed in yet.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def _wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], root: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            log = root / "dovecot.log"
            words = log.read_text("utf-8", "replace")[-2000:] if log.exists() else "no log"
            raise RuntimeError(f"Dovecot did not start: {words}")
        time.sleep(0.02)

"""A home with every hostile mail in it, and a mail server whose refusals attack as well."""

from __future__ import annotations

import os
import pty
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

import trustme

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from tests.support.hostile import TEXTS, write_mbox
from tests.support.line import environment, wait_for

#: What the server says to whoever comes.
REFUSAL: Final = "go away " + TEXTS["clipboard"] + TEXTS["title"] + TEXTS["c1"] + TEXTS["bidi"]

_FIELDS: Final = MappingProxyType(
    {
        "address": "help@shop.example",
        "imap_host": "127.0.0.1",
        "imap_port": "9",
        "smtp_host": "127.0.0.1",
        "smtp_port": "9",
    }
)


class HostileDesk:
    """A home with every hostile mail in it, and a terminal for each command.

    Args:
        root: an empty folder.
        fields: settings of its account.
        settings: of the home.
    """

    def __init__(self, root: Path, fields: Mapping[str, str] = _FIELDS, settings: str = "") -> None:
        self.env = environment(root) | {"TERM": "xterm-256color", "COLUMNS": "120"}
        home = Home.find(self.env)
        home.prepare()
        home.settings_file.write_text(settings, "utf-8")
        mails = write_mbox(root / "box")
        sets = [f"--set={name}={value}" for name, value in fields.items()]
        self.run("account", "add", "email", "shop", *sets)
        self.run("import", "mbox", str(root / "box"), "--account", "shop")
        self.refs = [line.split()[0] for line in self.lines("list", "--limit", "100")[1:]]
        assert len(self.refs) == mails

    def run(self, *words: str, code: int | None = 0) -> bytes:
        """What a terminal gets from `deskterm WORDS`, and what went to its errors."""
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as screen:
            process = subprocess.Popen(
                [sys.executable, "-m", "deskterm", *words],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=theirs,
                stderr=theirs,
            )
            os.close(theirs)
            painted = b""
            with suppress(OSError):  # Linux says EIO where the other side has closed
                while data := screen.read(65536):
                    painted += data
            assert process.wait(60) == code or code is None, painted[-2000:]
        return painted

    def lines(self, *words: str) -> list[str]:
        """The lines of a command without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout.decode().splitlines()

    def end(self) -> None:
        """End its office."""
        lock = Home.find(self.env).lock
        info = read_info(lock) if is_held(lock) else None
        if info:
            os.kill(info.pid, signal.SIGTERM)
            wait_for(lambda: not is_held(lock))


@contextmanager
def refusing_server(folder: Path) -> Iterator[Mapping[str, str]]:
    """An IMAP server that refuses everybody in hostile words; gives settings that lead to it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_refuse, args=(listening, tls), name="refusing-server")
    thread.start()
    try:
        port = str(listening.getsockname()[1])
        yield {**_FIELDS, "imap_port": port, "tls_ca_file": str(folder / "ca.pem")}
    finally:
        listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for a client
        listening.close()
        thread.join()


def _refuse(listening: socket.socket, tls: ssl.SSLContext) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with suppress(OSError), client, tls.wrap_socket(client, server_side=True) as line:
            line.sendall(f"* BYE {REFUSAL}\r\n".encode())

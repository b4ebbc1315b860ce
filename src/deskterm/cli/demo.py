"""`deskterm demo`: a throw-away shop that works like a real one.

Everything lies in one private folder that is gone afterwards; passwords live in the environment of
the processes alone, never in a keyring and never on the disk.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from deskterm.cli.ending import ToldToEnd, ending_in_order, turn_deaf
from deskterm.cli.output import say_error
from deskterm.cli.sandbox import take_world
from deskterm.cli.throwaway import ThrowAway, sweep
from deskterm.cli.workplace import Workplace
from deskterm.config.paths import DEFAULT_WORKSPACE, Home
from deskterm.domain.errors import DesktermError
from deskterm.ui.surroundings import is_dumb, is_terminal

if TYPE_CHECKING:
    from deskterm.office.client import OfficeClient
    from deskterm.office.launch import ResilientOffice
    from deskterm.sandbox.launch import Sandbox

_WHAT = "demo"
#: An office whose demo was killed ends soon; the demo itself keeps a line to it open.
_SETTINGS = "[office]\nidle_s = 5\n"
_OFFICE_START_S = 20.0
_OFFICE_END_S = 5.0
_JOIN_S = 30.0
_PAUSE_S = 0.02


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "demo",
        help="a simulated shop to look around in",
        description="Opens the console on a simulated shop with servers of its own on this "
        "machine. Replies go out to it, and its customers answer. Nothing of it is kept.",
    )
    take_world(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        default=argparse.SUPPRESS,  # it may stand before the command as well
        help="line by line, for screen readers and terminals that only print",
    )
    parser.add_argument("--tour", action="store_true", help="ten steps through the daily keys")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the console on a demo."""
    return open_demo(args.seed, args.tickets, plain=args.plain, tour=args.tour)


def open_demo(seed: int = 1, tickets: int = 300, *, plain: bool = False, tour: bool = False) -> int:
    """Make a demo, open the console on it and clear it away; returns the exit code.

    Args:
        seed: which shop.
        tickets: how many it has.
        plain: line by line.
        tour: begin with the tour.
    """
    code = 0
    problem: DesktermError | None = None
    with suppress(ToldToEnd), ending_in_order(), Demo.begin(seed, tickets) as demo:
        try:
            code = _open(demo.place, f"Demo shop {seed}", plain=plain, tour=tour)
        finally:
            problem = demo.problem
    if problem is not None:
        say_error(problem)
        return 1
    return code


def _open(place: Workplace, banner: str, *, plain: bool, tour: bool) -> int:
    if plain or (is_terminal() and is_dumb(os.environ)):
        from deskterm.cli.plain import open_plain

        return open_plain(place, banner=banner)
    from deskterm.cli.console import open_console

    return open_console(place, banner=banner, tour=tour)


class Demo:
    """A demo that is coming up or is there; a context manager that clears everything away.

    `begin` returns at once: the folders are there, servers, office and accounts follow in the
    background. While it lasts, the environment of this process points to it.

    Attributes:
        home: the folders of its workspace.
        ready: set when the accounts are there, or `problem` says why not.
        problem: what went wrong while it came up.
    """

    def __init__(self, folder: ThrowAway, seed: int, tickets: int) -> None:
        from deskterm.sandbox.launch import Sandbox

        self.ready = threading.Event()
        self._has_office = threading.Event()
        self.problem: DesktermError | None = None
        self._folder = folder
        self._client: OfficeClient | None = None
        self._own = dict(os.environ)
        token = secrets.token_urlsafe(24)
        self._replaced = _set_environment(
            {
                "DESKTERM_HOME": str(folder.path / "home"),
                "DESKTERM_SECRETS": "env",
                **_secrets(token),
            }
        )
        self.home = Home.find(os.environ)
        self.home.config.mkdir(mode=0o700, parents=True)
        self.home.settings_file.write_text(_SETTINGS, "utf-8")
        self.home.prepare()
        servers = folder.path / "sandbox"
        servers.mkdir(mode=0o700)
        self._sandbox: Sandbox = Sandbox.start(servers, seed=seed, tickets=tickets, token=token)
        self._thread = threading.Thread(target=self._come_up, name="demo", daemon=True)
        self._thread.start()

    @classmethod
    def begin(cls, seed: int = 1, tickets: int = 300) -> Self:
        """Make the folders and set off everything else.

        Raises:
            OSError: there is no place for it.
        """
        folder = ThrowAway.make(_WHAT)
        try:
            return cls(folder, seed, tickets)
        except BaseException:
            folder.remove()
            raise

    @property
    def place(self) -> Workplace:
        """The workspace, for the console."""
        return _Shop(self.home, DEFAULT_WORKSPACE, self._has_office, self._own)

    def close(self) -> None:
        """End servers and office, and remove the folder."""
        self._sandbox.stop()
        self._thread.join(_JOIN_S)
        if self._client is not None:
            self._client.close()
        _end_office(self.home)
        self._folder.remove()
        _restore_environment(self._replaced)

    def _come_up(self) -> None:
        """Have an office, and give it the accounts as soon as they are served."""
        from deskterm.office.launch import ensure_office

        try:
            command = [sys.executable, "-m", "deskterm.office", "--workspace", DEFAULT_WORKSPACE]
            client = self._client = ensure_office(
                self.home.lock,
                self.home.socket_path(os.environ),
                command,
                wait_s=_OFFICE_START_S,
                log_path=self.home.state / "office-start.log",
            )
            self._has_office.set()
            for account in self._sandbox.accounts:
                wanted = {key: account[key] for key in ("name", "channel", "fields")}
                client.call("account.add", wanted)
        except DesktermError as error:
            self.problem = error
        except OSError as error:
            self.problem = DesktermError("The demo did not come up", str(error), code="demo")
        finally:
            self._has_office.set()
            self.ready.set()
        sweep(_WHAT, lambda folder: _end_office(_home_in(folder)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        turn_deaf()
        self.close()


class _Shop(Workplace):
    """The workspace of a demo, whose office is on its way: a console must not start another.

    `own` is the environment of the user, whose own folders outlast the demo.
    """

    def __init__(
        self, home: Home, workspace: str, has_office: threading.Event, own: Mapping[str, str]
    ) -> None:
        super().__init__(home, workspace)
        self.has_office = has_office
        self._own = own

    @property
    def reports(self) -> Home:
        """See `Workplace.reports`: the folders of the demo are gone when somebody reads one."""
        return Home.find(self._own)

    def door(self) -> ResilientOffice:
        """See `Workplace.door`; waits for the demo's office."""
        self.has_office.wait(_OFFICE_START_S)
        return super().door()


def _secrets(token: str) -> dict[str, str]:
    """The variables in which the office finds the secrets of the accounts."""
    from deskterm.config.secrets import variable
    from deskterm.sandbox.faces import installed_faces

    return {
        variable(face.account, field): secret
        for face in installed_faces()
        for field, secret in face.secrets(token).items()
    }


def _set_environment(wanted: Mapping[str, str]) -> dict[str, str | None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    return before


def _restore_environment(before: Mapping[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _home_in(folder: Path) -> Home:
    return Home.find({"DESKTERM_HOME": str(folder / "home")})


def _end_office(home: Home) -> None:
    """End the office of a demo, and wait until it is gone."""
    from deskterm.office.lock import is_held, read_info

    for name in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + _OFFICE_END_S
        try:
            info = read_info(home.lock) if is_held(home.lock) else None
            if info is None or info.host != socket.gethostname():
                return
            os.kill(info.pid, name)
            while time.monotonic() < deadline:
                os.kill(info.pid, 0)  # until there is nobody to send anything to
                time.sleep(_PAUSE_S)
        except (DesktermError, ProcessLookupError):
            return

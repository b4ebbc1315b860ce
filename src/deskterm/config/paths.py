"""Where everything of a workspace lives.

`DESKTERM_HOME` moves everything into one folder. Without it the folders follow the XDG Base
Directory Specification on Linux and the platform's custom elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from deskterm.config.filesystems import MOUNTINFO, network_filesystem
from deskterm.config.folders import check_writable, make_private, write_private
from deskterm.domain.errors import DesktermError, UsageError

DEFAULT_WORKSPACE = "default"
SOCKET_PATH_MAX = 100  # bytes; sockaddr_un holds 108 on Linux and 104 on macOS

_WORKSPACE = re.compile(r"[a-z0-9_-]{1,40}")


class Prepared(NamedTuple):
    """What `Home.prepare` found.

    `network_filesystem` is the type of the network file system under the data folder, None for a
    local one. `mended` are folders that others could look into until now.
    """

    network_filesystem: str | None
    mended: tuple[Path, ...] = ()


class Home(NamedTuple):
    """The folders of one workspace. Making one touches nothing on disk.

    `label` tells this workspace from others of the same user, for example in a keyring.
    """

    data: Path
    config: Path
    state: Path
    backup: Path
    label: str

    @classmethod
    def find(cls, env: Mapping[str, str], workspace: str = DEFAULT_WORKSPACE) -> Home:
        """The folders that this environment asks for.

        Raises:
            UsageError: the workspace name has other characters than a-z, 0-9, `_` and `-`.
        """
        if not _WORKSPACE.fullmatch(workspace):
            raise UsageError(
                "That is not a name for a workspace",
                "A name has 1 to 40 of the characters a-z, 0-9, _ and -",
                "Choose another name for --workspace",
            )
        below = Path() if workspace == DEFAULT_WORKSPACE else Path("workspaces", workspace)
        if env.get("DESKTERM_HOME"):
            root = _absolute(env["DESKTERM_HOME"]) / below
            return cls(root / "data", root / "config", root / "state", root / "backup", str(root))
        data, config, state = _user_folders(env)
        return cls(data / below, config / below, state / below, data / below / "backup", workspace)

    @property
    def database(self) -> Path:
        return self.data / "deskterm.db"

    @property
    def lock(self) -> Path:
        """Held by the office for life."""
        return self.data / "lock"

    @property
    def attachments(self) -> Path:
        return self.data / "attachments"

    @property
    def secrets_file(self) -> Path:
        """The encrypted file, where secrets are kept in one."""
        return self.data / "secrets.sealed"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.toml"

    @property
    def keys_file(self) -> Path:
        return self.config / "keys.toml"

    @property
    def views_file(self) -> Path:
        return self.config / "views.toml"

    @property
    def sla_file(self) -> Path:
        return self.config / "sla.toml"

    @property
    def voice_file(self) -> Path:
        return self.config / "voice.toml"

    @property
    def facts_file(self) -> Path:
        return self.config / "facts.toml"

    @property
    def themes(self) -> Path:
        return self.config / "themes"

    @property
    def macros(self) -> Path:
        return self.config / "macros"

    @property
    def lexicon_file(self) -> Path:
        return self.config / "lexicon.toml"

    @property
    def suggestions_file(self) -> Path:
        """What the shop's own macros add to suggestions, as it was last weighed."""
        return self.state / "suggestions.txt"

    @property
    def rules(self) -> Path:
        return self.config / "rules"

    @property
    def playbooks(self) -> Path:
        return self.config / "playbooks"

    @property
    def logs(self) -> Path:
        return self.state / "log"

    @property
    def log_file(self) -> Path:
        """The office's log."""
        return self.logs / "office.log"

    @property
    def crashes(self) -> Path:
        return self.state / "crash"

    @property
    def secrets_choice(self) -> Path:
        """Remembers which kind of secret store took the first secret."""
        return self.state / "secrets_store"

    @property
    def data_mark(self) -> Path:
        """Says that there was a data folder, so that a lost one is not taken for a new shop."""
        return self.state / "data_folder"

    def prepare(self, mountinfo: Path = MOUNTINFO) -> Prepared:
        """Make what is missing, and check owner and mode of what is there.

        The shop folder (`config`) holds no secrets and may be shared through version control: its
        mode is left alone.

        Raises:
            DesktermError: a folder cannot be made, belongs to somebody else, is writable by
                others or read-only, or the data folder of a known shop is gone.
        """
        mended = [self.state] if make_private(self.state, "state folder") else []
        check_writable(self.state, "state folder")
        if self.data_mark.exists() and not self.data.is_dir() and not self.data.is_symlink():
            raise self._data_gone()
        places = ((self.data, "data folder"), (self.backup, "backup folder"))
        mended += [folder for folder, what in places if make_private(folder, what)]
        if not self.config.is_dir():
            make_private(self.config, "shop folder")
        self.verify()
        if not self.data_mark.exists():
            with suppress(OSError):  # a full disk is told by what needs the room
                write_private(self.data_mark, os.fsencode(self.data) + b"\n")
        return Prepared(network_filesystem(self.data, mountinfo), tuple(mended))

    def verify(self) -> None:
        """Check while running that the data folder is still there and takes new files.

        Raises:
            DesktermError: it is gone or read-only.
        """
        check_writable(self.data, "data folder")

    def socket_path(self, env: Mapping[str, str], shared: Path = Path("/tmp")) -> Path:  # noqa: S108 - owner, mode and links are checked
        """Where the office of this workspace listens. The folder is made and checked.

        Args:
            env: `XDG_RUNTIME_DIR` is used where it is ours and short enough.
            shared: where a folder of our own is made otherwise.

        Raises:
            DesktermError: somebody else holds the folder's name, or no path is short enough.
        """
        import hashlib  # a console without an office has no use for it

        digest = hashlib.sha256(os.fsencode(self.data.resolve())).hexdigest()
        name = f"{digest[:16]}.sock"
        for folder in (_runtime_folder(env), shared / f"deskterm-{os.geteuid()}"):
            if folder and len(os.fsencode(folder / name)) < SOCKET_PATH_MAX:
                make_private(folder, "folder for the office's socket", follow=False)
                return folder / name
        raise DesktermError(
            "There is no place for the office's socket",
            f"A socket's path must stay under {SOCKET_PATH_MAX} bytes",
            "Set XDG_RUNTIME_DIR to a short path of your own",
            code="socket_path",
        )

    def _data_gone(self) -> DesktermError:
        return DesktermError(
            "The data folder is gone",
            f"This shop was kept in {self.data}. No empty shop was made in its place",
            f"Mount or restore the folder. To start an empty shop instead, remove {self.data_mark}",
            code="folder_gone",
        )


def downloads_folder() -> Path:
    """Where the user's programs put what is saved (XDG user directories; else `~/Downloads`)."""
    import platformdirs

    return platformdirs.user_downloads_path()


def _absolute(named: str) -> Path:
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError as error:  # what pathlib raises for an unknown `~name`
        raise UsageError(
            "DESKTERM_HOME names the home of an unknown user",
            "Nothing was read or changed",
            "Write the full path, starting with a slash",
        ) from error


def _user_folders(env: Mapping[str, str]) -> tuple[Path, Path, Path]:
    import platformdirs

    usual = platformdirs.PlatformDirs("deskterm", appauthor=False)
    return (
        _user_folder(env, "XDG_DATA_HOME", usual.user_data_path),
        _user_folder(env, "XDG_CONFIG_HOME", usual.user_config_path),
        _user_folder(env, "XDG_STATE_HOME", usual.user_state_path),
    )


def _user_folder(env: Mapping[str, str], variable: str, usual: Path) -> Path:
    named = env.get(variable, "")
    return Path(named) / "deskterm" if named.startswith("/") else usual


def _runtime_folder(env: Mapping[str, str]) -> Path | None:
    """Our folder in `XDG_RUNTIME_DIR`, unless that is missing or somebody else's."""
    named = env.get("XDG_RUNTIME_DIR", "")
    if not named.startswith("/"):
        return None
    runtime = Path(named)
    try:
        ours = runtime.is_dir() and runtime.stat().st_uid == os.geteuid()
    except OSError:
        return None
    return runtime / "deskterm" if ours else None

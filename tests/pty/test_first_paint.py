"""What a console has loaded when its first frame is on the screen."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.pty.conftest import environment
from tests.support.pty import Terminal

_WATCHED = """
import sys
from pathlib import Path
from deskterm.__main__ import main
from deskterm.ui import app

painted = app.DeskApp.painted

def note(self):
    Path(sys.argv.pop()).write_text("\\n".join(sys.modules))
    return painted(self)

app.DeskApp.painted = note
sys.argv[1:-1] = []
out = sys.argv[-1]
run = __import__("deskterm.cli.main", fromlist=["run"]).run
sys.exit(run([]))
"""
NOT_YET = (
    "httpx",
    "keyring",
    "sqlite_utils",
    "cryptography",
    "email",
    "deskterm.sync",
    "deskterm.contract",
    "deskterm.office",
    "deskterm.mail",
    "deskterm.rules",
    "deskterm.viewmodel.keymaps",
    "deskterm.viewmodel.key_names",
    "deskterm.config.key_files",
    "deskterm_connectors",
    "textual.widgets._text_area",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
)


def test_nothing_that_talks_or_writes_is_loaded_before_the_first_frame(
    home: Path, tmp_path: Path
) -> None:
    found = tmp_path / "modules"
    command = [sys.executable, "-c", _WATCHED, str(found)]
    with Terminal(command, environment(home)) as terminal:
        terminal.wait_for("Parcel 000")
        terminal.wait_for(lambda _: found.exists() and "deskterm.ui.app" in found.read_text())
        terminal.send("q")
        terminal.ended()
    loaded = set(found.read_text().splitlines())
    assert not [name for name in NOT_YET if name in loaded]

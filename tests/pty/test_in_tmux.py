"""Row 27 in a terminal with a clipboard: no mail writes to it, and what is copied is clean."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.conftest import environment
from tests.support.hostile import TEXTS, TITLE
from tests.support.hostile_desk import HostileDesk
from tests.support.line import wait_for
from tests.support.tmux import Tmux, running_tmux

SIZE = (120, 40)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileDesk]:
    desk = HostileDesk(tmp_path_factory.mktemp("hostile"))
    try:
        yield desk
    finally:
        desk.end()


@pytest.fixture
def tmux(desk: HostileDesk) -> Iterator[Tmux]:
    """The console over hostile mails, in tmux."""
    home = Path(desk.env["DESKTERM_HOME"])
    for file in home.glob("state/console*"):
        file.unlink()
    command = [sys.executable, "-m", "deskterm"]
    with running_tmux(command, environment(home), SIZE) as tmux:
        tmux.wait_for(f"1 of {len(desk.refs)}")
        yield tmux


def go_to(tmux: Tmux, name: str) -> None:
    """Show a mail beside the list."""
    tmux.send("gg" + "j" * list(TEXTS).index(name))
    tmux.wait_for(f"· shop · {name} ")


def test_what_is_shown_does_not_reach_the_clipboard(tmux: Tmux) -> None:
    for name in ("clipboard", "clipboard-st", "c1", "title", "link", "device"):
        go_to(tmux, name)
        tmux.press("Enter")
        tmux.wait_for("w shows them")
        tmux.send("wi")
        tmux.wait_for("Message-ID: <")
        tmux.send("h")
    assert tmux.buffers == []
    title = tmux.run("display-message", "-p", "#{pane_title}").strip()
    assert re.fullmatch(TITLE, title)
    tmux.wait_for("Enter open")
    tmux.press("C-q")
    assert wait_for(lambda: tmux.exit_code) == "0"


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("clipboard", "]52;c;cm0gLXJmIH4K"),
        ("bidi", "⟨U+202E⟩gpj.exe⟨U+202C⟩ ⟨U+2066⟩x⟨U+2069⟩ ⟨U+200F⟩"),
    ],
)
def test_copying_sends_the_cleaned_text_and_nothing_else(
    tmux: Tmux, name: str, copied: str
) -> None:
    go_to(tmux, name)
    tmux.send("yc")
    tmux.wait_for("Sent to the clipboard")
    assert wait_for(lambda: tmux.buffers) == [copied]


def test_this_clipboard_takes_what_a_mail_wants_to_put_there(tmp_path: Path) -> None:
    """The judge of the tests above: the same bytes, written to the same terminal as they came."""
    program = f"import sys; print({TEXTS['clipboard']!r}, flush=True); sys.stdin.read()"
    env = environment(tmp_path)
    with running_tmux([sys.executable, "-c", program], env, SIZE) as tmux:
        assert wait_for(lambda: tmux.buffers) == ["rm -rf ~\n"]

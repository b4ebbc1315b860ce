"""Keys and colours of a shop's own files, as the real console takes them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.pty.conftest import Open
from tests.pty.test_console import cursor_row
from tests.support.terminal_bytes import colours_in

KEYS = """\
[list]
"Ctrl+i" = "ticket.resolve"
"F5" = "list.page_down"
"j" = ""
"""


def told(screen: str) -> str:
    """The notice over the footer, in one line."""
    return " ".join(line[1:].strip() for line in screen.splitlines() if line.startswith("█"))


def test_keys_of_a_shop_count_and_their_mistakes_are_told(home: Path, open_console: Open) -> None:
    (home / "config" / "keys.toml").write_text(KEYS)
    terminal = open_console((120, 40))
    terminal.wait_for(lambda screen: "line 2: a terminal sends Tab" in told(screen))
    terminal.send("j")
    assert "Customer000" in cursor_row(terminal.settled())
    terminal.send("\x1b[15~")
    screen = terminal.wait_for(lambda screen: "Customer000" not in cursor_row(screen))
    assert told(screen) == ""


def test_no_colours_are_sent_where_none_are_wanted(open_console: Open) -> None:
    terminal = open_console(NO_COLOR="1")
    terminal.wait_for("Parcel 000")
    terminal.send("j?")
    terminal.wait_for("Keys that work here")
    assert colours_in(terminal.raw) == set()


def test_a_theme_of_a_shop_is_followed_while_the_console_runs(
    home: Path, open_console: Open
) -> None:
    themes = home / "config" / "themes"
    themes.mkdir(parents=True)
    theme = 'primary = "#00aaff"\nforeground = "#ffffff"\nbackground = "#010203"\n'
    (themes / "mine.toml").write_text(theme)
    (home / "config" / "settings.toml").write_text('[console]\ntheme = "mine"\n')
    terminal = open_console()
    terminal.wait_for("Parcel 000")
    assert "48;2;1;2;3" in colours_in(terminal.raw)
    (themes / "mine.toml").write_text(theme.replace("#010203", "#040506"))
    terminal.wait_for("mine was read again")
    assert "48;2;4;5;6" in colours_in(terminal.raw)
    (themes / "mine.toml").write_text(theme + "accent = 3\n")
    terminal.wait_for(lambda screen: re.search(r"key\s+accent", screen) is not None)


def test_a_broken_macro_is_told_and_the_others_can_be_used(home: Path, open_console: Open) -> None:
    folder = home / "config" / "macros"
    folder.mkdir(parents=True)
    good = '[[macro]]\nid = "own"\ntitle.en = "Ours"\nbody.en = "Words of our own."\n'
    bad = '[[macro]]\nid = "bad"\ntitle.en = "Bad"\nbody.en = "{{order.reff}}"\n'
    (folder / "mine.toml").write_text(good + bad)
    terminal = open_console((120, 40))
    terminal.wait_for("Parcel 000")
    screen = terminal.wait_for(lambda screen: "A macro is left out" in told(screen))
    assert "mine.toml:8:" in "".join(told(screen).split())
    assert "order.reff" in told(screen)
    terminal.send(":macro.pick own\r")
    terminal.wait_for("│Words of our own.")


def test_a_broken_view_is_told_and_the_others_can_be_used(home: Path, open_console: Open) -> None:
    (home / "config" / "views.toml").write_text(
        '[seven]\ntitle = "Seven"\nquery = "parcel 007"\nkey = "7"\n[bad]\nquery = "(a"\n'
    )
    terminal = open_console((120, 40))
    screen = terminal.wait_for(lambda screen: "A bracket is not closed" in told(screen))
    assert "views.toml,line6:" in "".join(told(screen).split())
    terminal.send("g7")
    terminal.wait_for("─ Seven · 1 ─")

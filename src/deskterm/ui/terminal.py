"""The terminal itself: its title, and reading and writing its bytes.

The only place that reaches into what Textual keeps for itself.
"""

from __future__ import annotations

import os
import selectors
import unicodedata
from codecs import getincrementaldecoder
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO, Any, cast

from rich.cells import cell_len
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import Monochrome, NoColor
from textual.message import Message

from deskterm.text.clean import SafeText
from deskterm.ui.bursts import Burst, is_burst
from deskterm.ui.replies import Replies, ReplyFilter

_READ = 4096
_WAIT_S = 0.1
_ESC = "\x1b"
_PASTE_START = "\x1b[200~"
_PASTE_END = "\x1b[201~"
_ESC_PICTURE = "␛"

_ASCII = MappingProxyType(
    {
        **dict.fromkeys("─━═╌┄╍▔▁▂▃▄▅▆▇█▀", "-"),
        **dict.fromkeys("│┃║▌▐▏▎▍▋▊▉╎┆╏", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╔╗╚╝╞╡╪▖▗▘▝", "+"),
        "…": ".",
        "·": ".",
        "↑": "^",
        "↓": "v",
        "←": "<",
        "→": ">",
        "–": "-",
        "—": "-",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "°": "o",
        "×": "x",
        "œ": "o",
        "Œ": "O",
        "«": '"',
        "»": '"',
    }
)


class TerminalGone(events.Event, bubble=False):
    """The terminal was closed under the console: there is nothing left to read or paint on."""


class Answered(events.Event, bubble=False):
    """The terminal has said what pictures it can show."""

    def __init__(self, replies: Replies) -> None:
        self.replies = replies
        super().__init__()


def in_ascii(text: str) -> str:
    """Text in which every sign that is not ASCII is one that takes the same room."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _ASCII.get(c) or _plain(c) for c in text)


def _plain(sign: str) -> str:
    """A letter without its accents, or as many question marks as the sign is wide."""
    letter = unicodedata.normalize("NFKD", sign)[:1]
    return letter if letter.isascii() and cell_len(sign) == 1 else "?" * cell_len(sign)


def set_title(app: App[Any], title: SafeText) -> None:
    """Name the terminal's window (xterm control sequences, OSC 2); the old name comes back."""
    if isinstance(driver := app._driver, DeskDriver):  # noqa: SLF001
        driver.name_window(title)


def notify(app: App[Any], words: SafeText, env: Mapping[str, str]) -> bool:
    """Have the terminal show a notice of the desktop; False where it is not known to do so.

    By OSC 9 (iTerm2, also WezTerm, Ghostty and kitty) or OSC 777 (rxvt-unicode, foot).
    """
    driver = app._driver  # noqa: SLF001
    way = notice_way(env)
    if not way or not isinstance(driver, DeskDriver):
        return False
    text = words.replace(";", ",")
    start = "9;deskterm: " if way == "9" else "777;notify;deskterm;"
    driver.write(f"{_ESC}]{start}{text}\x07")
    return True


def notice_way(env: Mapping[str, str]) -> str:
    """The control sequence by which a terminal shows notices: 9, 777, or empty for none."""
    if env.get("TMUX") or env.get("STY"):  # they keep such sequences to themselves
        return ""
    term, program = env.get("TERM", ""), env.get("TERM_PROGRAM", "").lower()
    if program in ("iterm.app", "wezterm", "ghostty") or term in ("xterm-kitty", "xterm-ghostty"):
        return "9"
    return "777" if term.startswith(("rxvt-unicode", "foot")) else ""


def drop_colours(app: App[Any]) -> None:
    """Paint without colours: Textual itself would only make them grey, and ask for 24 bits."""
    filters = app._filters  # noqa: SLF001
    filters[:] = [each for each in filters if not isinstance(each, Monochrome | NoColor)]
    filters.append(NoColor())


def take_ansi_colours(app: App[Any]) -> None:
    """Send the terminal's own colours as they are where the theme is made of them."""
    app._refresh_truecolor_filter(app.ansi_theme)  # noqa: SLF001


def redraw(app: App[Any]) -> None:
    """Paint everything anew, also what something else has written over."""
    if isinstance(driver := app._driver, DeskDriver):  # noqa: SLF001
        driver.write(f"{_ESC}[2J")
    app.refresh(layout=True)


def ask(app: App[Any], questions: str) -> bool:
    """Ask the terminal something; `Answered` comes when it has answered. False: there is none."""
    driver = app._driver  # noqa: SLF001
    if not isinstance(driver, DeskDriver):
        return False
    driver.replies.begin()
    driver.write(questions)
    return True


def write_at(app: App[Any], column: int, row: int, data: str) -> None:
    """Write bytes for the terminal at a cell, counted from 0; its cursor stays where it is
    (DECSC, DECRC).
    """
    if isinstance(driver := app._driver, DeskDriver):  # noqa: SLF001
        driver.write(f"{_ESC}7{_ESC}[{row + 1};{column + 1}H{data}{_ESC}8")


class PasteFilter:
    """Takes escapes out of what stands between the marks of a bracketed paste.

    An escape there would end the paste for the parser, and the rest would be keys.
    """

    def __init__(self) -> None:
        self._inside = False
        self._held = ""

    def feed(self, data: str) -> str:
        """What of the terminal's input may be parsed now."""
        text, self._held = self._held + data, ""
        out: list[str] = []
        while text:
            mark = _PASTE_END if self._inside else _PASTE_START
            part, found, text = text.partition(mark)
            if self._inside:
                if not found:
                    part, self._held = _without_start_of(part, mark)
                part = part.replace(_ESC, _ESC_PICTURE)
            out += (part, found)
            if found:
                self._inside = not self._inside
        return "".join(out)


def _without_start_of(text: str, mark: str) -> tuple[str, str]:
    """Split off the end of a text that may be the beginning of a mark."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if mark.startswith(text[-length:]):
            return text[:-length], text[-length:]
    return text, ""


def grouped(messages: Iterable[Message]) -> list[Message]:
    """What one read of the terminal gave; keys that have to be looked at together are one.

    A bracketed paste keeps its place among the keys.
    """
    found: list[Message] = []
    keys: list[Message] = []
    for message in messages:
        if isinstance(message, events.Paste):
            found += (*_together(keys), message)
            keys = []
        else:
            keys.append(message)
    return [*found, *_together(keys)]


def _together(found: list[Message]) -> list[Message]:
    keys = [each for each in found if isinstance(each, events.Key)]
    if not is_burst(keys):
        return found
    rest: list[Message] = [each for each in found if not isinstance(each, events.Key)]
    return [*rest, Burst(keys)]


class _Output:
    """The terminal to write to. Once it is gone, what is written goes nowhere."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write; nothing happens where nobody listens any more."""
        try:
            return self._file.write(text)
        except (OSError, ValueError):
            return len(text)

    def flush(self) -> None:
        """Send what is buffered."""
        try:
            self._file.flush()
        except (OSError, ValueError):
            return

    def fileno(self) -> int:
        """The file's number."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()


class DeskDriver(LinuxDriver):
    """Reads and writes the terminal.

    Unlike Textual's it looks at all keys of one read together (`Burst`), keeps escapes out of
    pasted text, ends when the terminal is gone, names the window, and writes ASCII to a terminal
    that knows nothing else.
    """

    ascii_only = False

    def __init__(self, app: App[Any], **given: Any) -> None:
        super().__init__(app, **given)
        if self._file is not None:
            self._file = cast("Any", _Output(self._file))
        self.replies = ReplyFilter()
        self._title = ""

    def name_window(self, title: SafeText) -> None:
        """Give the window this name, also when it comes back from another program."""
        self._title = f"{_ESC}]2;{title}\x07"
        self.write(self._title)

    def write(self, data: str) -> None:
        """Write to the terminal."""
        super().write(in_ascii(data) if self.ascii_only else data)

    def start_application_mode(self) -> None:
        """Take the terminal over; its title is kept for later (xterm, `CSI 22 ; 2 t`)."""
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's own
        if self._writer_thread is not None:
            self.write(f"{_ESC}[22;2t{self._title}")

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if self._writer_thread is not None:
            self.write(f"{_ESC}[23;2t")
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read the terminal until the app ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        paste = PasteFilter()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_WAIT_S):
                    data = self._read()
                    if not data:
                        self.process_message(TerminalGone())
                        return
                    text = self._without_replies(decoder.decode(data))
                    text = paste.feed(text)
                elif text := self.replies.flush():
                    text = paste.feed(text)
                for message in grouped(parser.feed(text) if text else ()):
                    self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _without_replies(self, text: str) -> str:
        """Input without answers to what was asked."""
        rest, replies = self.replies.feed(text)
        if replies is not None:
            self.process_message(Answered(replies))
        return rest

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:  # EIO: the other end of a pseudo-terminal was closed
            return b""

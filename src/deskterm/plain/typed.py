"""Where the lines come from that a person types."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Protocol, TextIO

from deskterm.plain.paper import Paper
from deskterm.text.clean import SafeText, clean


class Typed(Protocol):
    """Gives lines. What it writes itself is the prompt."""

    #: Whether a person types here, who sees what they type.
    is_person: bool

    def line(self, prompt: SafeText) -> str:
        """The next line, without its end.

        Raises:
            EOFError: there are no more.
            KeyboardInterrupt: Ctrl+C instead.
        """
        ...

    def forget(self) -> None:
        """Drop what was typed ahead: it was meant for something else."""
        ...


class StreamLines:
    """Lines of a pipe or a file. The prompt gets a line of its own, as nobody's typing follows it.

    Args:
        stream: gives them.
        paper: takes the prompt.
    """

    is_person = False

    def __init__(self, stream: TextIO, paper: Paper) -> None:
        self._stream = stream
        self._paper = paper

    def line(self, prompt: SafeText) -> str:
        """See `Typed.line`."""
        if prompt:
            self._paper.write(prompt)
        line = self._stream.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def forget(self) -> None:
        """Whoever writes a file has thought before: nothing is dropped."""


class TerminalLines:
    """Lines that a person types. The terminal edits them, or readline where it is at hand.

    readline moves about with control sequences, unless it believes the terminal to have none: so
    it is told that, and then writes blanks and backspaces only (GNU Readline manual, "Readline
    Init File"; terminfo entry `dumb`). A terminal that is dumb is left to its own editing.

    Args:
        paper: knows the letters of the terminal.
        term: what the terminal calls itself.
    """

    is_person = True

    def __init__(self, paper: Paper, term: str) -> None:
        self._paper = paper
        if term not in ("", "dumb", "unknown"):
            _use_readline(term)

    def line(self, prompt: SafeText) -> str:
        """See `Typed.line`."""
        try:
            return input(f"{self._paper.shown(prompt)} " if prompt else "")
        except (EOFError, KeyboardInterrupt):
            self._paper.write(clean(""))
            raise
        except OSError as error:  # the terminal has gone
            raise EOFError from error

    def forget(self) -> None:
        """See `Typed.forget`."""
        import termios

        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _use_readline(term: str) -> None:
    os.environ["TERM"] = "dumb"
    try:
        import readline
    except ImportError:
        return
    finally:
        os.environ["TERM"] = term
    readline.parse_and_bind("set enable-bracketed-paste off")
    readline.parse_and_bind("set bell-style none")

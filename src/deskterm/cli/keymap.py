"""The keymap in force in a workspace: the table's keys where there is no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.service.command import Command
from deskterm.service.table import TABLE
from deskterm.ui.surroundings import uses_azerty
from deskterm.viewmodel.key_signs import AZERTY
from deskterm.viewmodel.keys import Keymap

if TYPE_CHECKING:
    from deskterm.viewmodel.keymaps import InForce


def keymap_of(
    file: Path,
    env: Mapping[str, str],
    *,
    ascii_only: bool = False,
    more: Sequence[Command] = (),
) -> tuple[Keymap, tuple[DesktermError, ...]]:
    """The keymap for a console, and what is wrong with the file. Without one it costs next to
    nothing. `more` are commands that are not in the table: those of the shop's own views.
    """
    if not file.exists():
        aliases = AZERTY if uses_azerty(env) else {}
        return Keymap((*TABLE.values(), *more), aliases=aliases, ascii=ascii_only), ()
    found = keys_in(file, env, ascii_only=ascii_only, more=more)
    return found.keymap, tuple(problem.error for problem in found.problems)


def keys_in(
    file: Path,
    env: Mapping[str, str],
    *,
    ascii_only: bool = False,
    more: Sequence[Command] = (),
) -> InForce:
    """The keymap that a file of keys asks for, and all that is wrong with it."""
    from deskterm.config.key_files import presets, text_of
    from deskterm.viewmodel.key_file import KeyFile, Line, Problem, parse
    from deskterm.viewmodel.keymaps import in_force

    try:
        text = text_of(file)
    except DesktermError as error:
        said = KeyFile((), (Problem(Line(str(file), None, "", "", None), error),))
    else:
        said = parse(text or "", str(file))
    return in_force(
        (*TABLE.values(), *more), said, presets(), azerty=uses_azerty(env), ascii=ascii_only
    )

"""Text that attacks a terminal is only text, and nothing of the program's obeys one either."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from tests.support.hostile import TEXTS, foreign_controls
from tests.support.hostile_desk import HostileDesk, refusing_server


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileDesk]:
    root = tmp_path_factory.mktemp("hostile")
    with refusing_server(root) as fields:
        desk = HostileDesk(root, fields, "hold_s = 600\n")
        try:
            yield desk
        finally:
            desk.end()


def plain(desk: HostileDesk, lines: list[str], env: Mapping[str, str]) -> bytes:
    """What `deskterm --plain` writes when it is told these lines."""
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "--plain"],
        env={**desk.env, **env},
        input="".join(f"{line}\n" for line in lines).encode("utf-8", "replace"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout


def everything(desk: HostileDesk) -> list[str]:
    """A session that reads out all there is."""
    lines = ["list all", "more", "more"]
    for ref in desk.refs:
        lines += [ref, "quote 1", "headers 1"]
    typed = [text.replace("\n", " ") for text in TEXTS.values()]
    return [
        *lines,
        *("health", "status", "help", "more"),
        *(line for text in typed for line in (text, f"list {text}", f"tag {text}", f"help {text}")),
        *("reply", *typed, ".", "send", "keep", "outbox", "list drafts", "1"),
    ]


def test_no_control_byte_reaches_the_paper(desk: HostileDesk) -> None:
    told = plain(desk, everything(desk), {"LC_ALL": "C.UTF-8"})
    assert b"Hello [@click=app.quit]" in told
    assert b"go away" in told
    assert foreign_controls(told) == []
    assert {byte for byte in told if byte < 0x20 or byte == 0x7F} == {0x0A}


def test_without_utf8_nothing_but_ascii_does(desk: HostileDesk) -> None:
    told = plain(desk, everything(desk), {"LC_ALL": "C"})
    assert set(told) <= {0x0A, *range(0x20, 0x7F)}


def test_columns_are_those_that_were_named(desk: HostileDesk) -> None:
    told = plain(desk, ["list all", *desk.refs], {"LC_ALL": "C", "COLUMNS": "40"})
    widths = {len(line) for line in told.splitlines()}
    assert 30 < max(widths) <= 40

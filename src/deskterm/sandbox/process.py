"""The sandbox's child process: the world, the faces, and a line of orders on stdin.

It prints one JSON line when it serves: `{"accounts": [...], "journal": path}`. Then each line that
comes in is an order, a JSON object with `do`, and each is answered by one line, `{"ok": true, ...}`
or `{"ok": false, "error": "..."}`. It ends when stdin is closed, on SIGTERM, SIGINT and SIGHUP, and
when its parent is gone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import secrets
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from deskterm.sandbox.customers import Customers
from deskterm.sandbox.faces import Face, FaceAccount, Place, ShownWorld, installed_faces
from deskterm.sandbox.journal import Journal
from deskterm.sandbox.launch import TOKEN
from deskterm.sandbox.misbehave import CannotMisbehave, Misbehaviour

JOURNAL: Final = "journal.jsonl"
_PARENT_S = 1.0
_LAST_LINES_S = 0.1
_LONGEST_ORDER = 1_000_000  # bytes


class Sandbox:
    """Everything that runs in the process."""

    def __init__(self, world: ShownWorld, folder: Path, *, token: str, speed: float) -> None:
        self.journal = Journal(folder / JOURNAL)
        self.misbehaviour = Misbehaviour(self.journal)
        self.customers = Customers(world, self.journal, speed, self._spawn)
        self.place = Place(folder, token, self.journal, self.misbehaviour, self.customers)
        self.stopped = asyncio.Event()
        self._world = world

    def _spawn(self, work: Any) -> object:
        return self.place.spawn(work)

    async def start(self, faces: Sequence[Face]) -> list[FaceAccount]:
        """Start every face."""
        return [await face.start(self._world, self.place) for face in faces]

    async def obey(self, order: Mapping[str, Any]) -> dict[str, object]:
        """Do what one line asks; the answer.

        Raises:
            ValueError, KeyError, TypeError: it cannot be understood.
        """
        given = dict(order)
        match given.pop("do", None):
            case "misbehave":
                await self.misbehaviour.order(str(given.pop("what", "")), **given)
                return {}
            case "behave":
                await self.misbehaviour.behave()
                return {}
            case "write":
                number, shown = await self.customers.write(
                    given.get("conversation"), str(given["text"]), str(given.get("subject", ""))
                )
                return {"conversation": number, "id": shown}
            case "settle":
                await self.place.settled()
                return {}
            case "journal":
                counts = dict(self.journal.counts)
                path = str(self.journal.path)
                return {"journal": path, "complete": self.place.complete, "counts": counts}
            case "stop":
                self.stopped.set()
                return {}
            case what:
                raise ValueError(f"unknown order: {what}")

    async def answer(self, line: bytes) -> dict[str, object]:
        """The answer to one line, whatever it holds."""
        try:
            return {"ok": True, **await self.obey(_object(line))}
        except CannotMisbehave as error:
            return {"ok": False, "error": str(error)}
        except (ValueError, KeyError, TypeError) as error:
            return {"ok": False, "error": f"{type(error).__name__}: {error}"}

    async def stop(self) -> None:
        """Drop every connection, so that nobody who does not read holds the end up."""
        for wire in self.misbehaviour.wires.values():
            wire.cut()
        # Who served one ends by that; where asyncio has to cancel them, it fills the log with it.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=_LAST_LINES_S)
        self.journal.close()


def _object(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise TypeError("an order is an object")
    return found


class _Orders:
    """Lines from stdin, as they come. None after the last."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = b""
        self._loop = asyncio.get_running_loop()
        try:
            self._loop.add_reader(0, self._read)
        except (OSError, ValueError):  # a file, or nothing at all: there is nobody to wait for
            self.lines.put_nowait(None)

    def _read(self) -> None:
        try:
            data = os.read(0, 65_536)
        except OSError:
            data = b""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self.lines.put_nowait(line)
        if not data or len(self._rest) > _LONGEST_ORDER:
            self._loop.remove_reader(0)
            self.lines.put_nowait(None)


async def serve(
    world: ShownWorld, faces: Sequence[Face], folder: Path, *, token: str, speed: float
) -> None:
    """Show a world and obey orders until told to end."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(name, told.set)
    sandbox = Sandbox(world, folder, token=token, speed=speed)
    ends: list[asyncio.Future[object]] = []
    try:
        accounts = await sandbox.start(faces)
        _say({"accounts": [a.to_json() for a in accounts], "journal": str(sandbox.journal.path)})
        ends = [
            asyncio.ensure_future(end)
            for end in (
                told.wait(),
                sandbox.stopped.wait(),
                sandbox.place.failed(),
                _obey(sandbox),
                _orphaned(),
            )
        ]
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in done:
            end.result()
    finally:
        for end in ends:
            end.cancel()
        await sandbox.stop()


async def _obey(sandbox: Sandbox) -> None:
    orders = _Orders()
    while (line := await orders.lines.get()) is not None:
        _say(await sandbox.answer(line))


async def _orphaned() -> None:
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - nobody tells of a parent's end
        await asyncio.sleep(_PARENT_S)


def _say(answer: Mapping[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a world and serve it; the exit code."""
    parser = argparse.ArgumentParser(prog="deskterm-sandbox")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tickets", type=int, default=300)
    parser.add_argument("--folder", type=Path, required=True, help="private, for CA and journal")
    parser.add_argument(
        "--speed", type=float, default=1.0, help="factor on the time customers take to answer"
    )
    args = parser.parse_args(arguments)
    # asyncio warns of what is written to a client that has left; leaving is the client's right.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    token = os.environ.pop(TOKEN, "") or secrets.token_urlsafe(24)
    from deskterm.sandbox.world import build

    world = build(args.seed, args.tickets, datetime.now(UTC))
    with suppress(BrokenPipeError):
        asyncio.run(serve(world, installed_faces(), args.folder, token=token, speed=args.speed))
    return 0

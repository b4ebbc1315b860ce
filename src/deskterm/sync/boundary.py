"""The one place where a connector's code is called, and where its surprises end.

A connector is a plug-in: it may be anybody's, and it reads what a stranger's server sends. So
whatever it raises beyond the errors of the contract is turned into `ContractBroken` here, and
nowhere else.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import TypeVar

from deskterm.contract import ConnectorError, ContractBroken, Unavailable

T = TypeVar("T")


async def ask(call: Callable[[], Awaitable[T]], *, deadline_s: float | None, doing: str) -> T:
    """Call a connector and wait for the answer.

    Args:
        call: makes the awaitable; it runs inside the boundary too.
        deadline_s: seconds the answer may take, or None where the caller keeps the time. Clients
            time out a single read at best; a server that drips can hold a call for hours.
        doing: what is being done, for the words of an error.

    Raises:
        ConnectorError: any error of the contract.
        Unavailable: there was no answer within the deadline.
        ContractBroken: the connector raised something else.
    """
    try:
        async with asyncio.timeout(deadline_s):
            return await _contained(call, doing)
    except TimeoutError:
        raise Unavailable(f"no answer within {deadline_s} s while {doing}") from None


async def _contained(call: Callable[[], Awaitable[T]], doing: str) -> T:
    try:
        return await call()
    except ConnectorError:
        raise
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        # Nobody cancelled us: the connector let the end of something of its own escape.
        raise _broken(error, doing) from None
    except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; see the module's text
        raise _broken(error, doing) from None


def ask_face(call: Callable[[], T], *, doing: str) -> T:
    """Call a mail face, which answers at once and without a network.

    Raises:
        ConnectorError: an error of the contract; `ContractBroken` for whatever else it raised.
    """
    try:
        return call()
    except ConnectorError:
        raise
    except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; see the module's text
        raise _broken(error, doing) from None


def place_of(error: BaseException) -> str:
    """Kind and place of a fault. Its message may repeat what a server or a customer wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{PurePath(frames[-1].filename).name} line {frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} ({where})"


def _broken(error: BaseException, doing: str) -> ContractBroken:
    return ContractBroken(f"the connector stopped on {place_of(error)} while {doing}")

"""The one place where a connector's surprises end."""

from __future__ import annotations

import asyncio

import pytest

from deskterm.contract import ContractBroken, Refused, SignInNeeded, Unavailable
from deskterm.sync.boundary import ask


async def _raises(error: BaseException) -> int:
    await asyncio.sleep(0)
    raise error


@pytest.mark.parametrize(
    "error",
    [
        KeyError("canary"),
        AttributeError("canary"),
        RecursionError("canary"),
        MemoryError("canary"),
        UnicodeDecodeError("utf-8", b"canary", 0, 1, "canary"),
        TimeoutError("canary"),
        OSError("canary"),
        asyncio.CancelledError("canary"),
        StopAsyncIteration("canary"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_anything_else_becomes_contract_broken_and_loses_its_message(
    error: BaseException,
) -> None:
    with pytest.raises(ContractBroken) as caught:
        await ask(lambda: _raises(error), deadline_s=5, doing="fetching messages")
    assert "while fetching messages" in caught.value.text
    assert "canary" not in caught.value.text
    assert "test_boundary.py line" in caught.value.text
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("error", [SignInNeeded("a"), Refused("b"), ContractBroken("c")])
async def test_errors_of_the_contract_pass_unchanged(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        await ask(lambda: _raises(error), deadline_s=5, doing="x")
    assert caught.value is error


async def test_an_error_before_the_first_await_is_caught_as_well() -> None:
    def call() -> asyncio.Future[int]:
        raise TypeError("no such method")

    with pytest.raises(ContractBroken, match="TypeError"):
        await ask(call, deadline_s=5, doing="x")


async def test_an_answer_that_never_comes_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="while fetching messages"):
        await ask(asyncio.Event().wait, deadline_s=0.01, doing="fetching messages")


async def test_being_cancelled_is_not_an_error_of_the_connector() -> None:
    task = asyncio.create_task(ask(asyncio.Event().wait, deadline_s=60, doing="x"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_answer_comes_back() -> None:
    assert await ask(lambda: asyncio.sleep(0, 7), deadline_s=5, doing="x") == 7

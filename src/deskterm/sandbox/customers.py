"""The people on the other side: they answer replies after a while, or write when they are told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from deskterm.sandbox.faces import ShownWorld
from deskterm.sandbox.journal import Journal, digest
from deskterm.sandbox.model import Conversation, Message


@dataclass(frozen=True, slots=True)
class Letter:
    """Something a customer writes now.

    `answers` is the channel's id of the reply that it answers, empty where it answers none.
    """

    conversation: Conversation
    message: Message
    answers: str = ""


Post = Callable[[Letter], Awaitable[str]]
"""Brings a letter to the shop by a channel; gives the id under which it is shown there."""


class Customers:
    """Everybody who writes to the shop.

    Args:
        world: decides what is answered.
        speed: factor on the time they take: 1 as the world says, 0 at once.
        spawn: does work in the background.
    """

    def __init__(
        self,
        world: ShownWorld,
        journal: Journal,
        speed: float,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._world = world
        self._journal = journal
        self._speed = speed
        self._spawn = spawn
        self._posts: dict[str, Post] = {}
        self._replies: Counter[int] = Counter()
        self._by_number = {c.number: c for c in world.conversations}

    def serve(self, channel: str, post: Post) -> None:
        """A face offers to carry letters."""
        self._posts[channel] = post

    def replied(self, number: int, text: str, reply_id: str) -> None:
        """A reply has reached the customer of a conversation, who may answer it."""
        conversation = self._by_number[number]
        self._replies[number] += 1
        answer = self._world.answer(conversation, text, self._replies[number])
        if answer is None:
            return

        async def answering() -> None:
            await asyncio.sleep(answer.after_s * self._speed)
            shown = await self._post(self._letter(conversation, answer.text, reply_id))
            self._journal.note(
                "answered",
                conversation.channel,
                conversation=number,
                id=shown,
                reply=reply_id,
                digest=digest(answer.text),
            )

        self._spawn(answering())

    async def write(self, number: int | None, text: str, subject: str = "") -> tuple[int, str]:
        """Have a customer write at once.

        Args:
            number: the conversation; None begins a new one, of the last customer who wrote.
            text: what is written.
            subject: of a new conversation.

        Returns:
            The conversation's number, and the id under which the message is shown.

        Raises:
            KeyError: there is no such conversation.
        """
        if number is None:
            last = self._world.conversations[-1]
            number = max(self._by_number) + 1
            conversation = replace(
                last, number=number, subject=subject or "A question", order=None, messages=()
            )
            message = self._letter(last, text).message
            conversation = replace(conversation, messages=(message,))
            self._by_number[number] = conversation
            return number, await self._post(Letter(conversation, message))
        return number, await self._post(self._letter(self._by_number[number], text))

    def _letter(self, conversation: Conversation, text: str, answers: str = "") -> Letter:
        theirs = [m for m in conversation.messages if not m.ours and not m.automatic]
        last = theirs[-1] if theirs else conversation.messages[0]
        now = datetime.now(UTC)
        return Letter(conversation, Message(now, False, last.author, last.address, text), answers)

    async def _post(self, letter: Letter) -> str:
        return await self._posts[letter.conversation.channel](letter)

"""Worlds to look at in tests, and a way to compare them across processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from deskterm.sandbox.model import FileOf, Message
from deskterm.sandbox.world import World, build

NOW = datetime(2025, 11, 22, 10, 30, tzinfo=UTC)
SEEDS = (1, 2, 3)


@cache
def world_of(seed: int, tickets: int = 300) -> World:
    """A world at `NOW`, built once."""
    return build(seed, tickets, NOW)


def fingerprint(world: World) -> str:
    """A digest of everything that can be seen of a world."""
    seen = hashlib.sha256(repr(world).encode())
    for file in files_of(world):
        seen.update(file.content)
    return seen.hexdigest()


def messages_of(world: World) -> Iterator[Message]:
    """Every message, conversation by conversation."""
    for conversation in world.conversations:
        yield from conversation.messages


def files_of(world: World) -> Iterator[FileOf]:
    """Every attachment."""
    for message in messages_of(world):
        yield from message.attachments

"""The conformance suite, tied to the fake channel: what the good and the broken ones share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.contract import ConnectorSpec, RateLimited, Reply, Session, Unavailable, Unclear
from deskterm.contract.testing import ConnectorContract, OpenSession
from deskterm.domain.mail import Address, OutgoingMail
from tests.support.fake_channel import (
    SECRET,
    TOKEN_SPEC,
    Failing,
    FakeChannel,
    FakeSession,
    SendOutcome,
    TokenSession,
    fake_context,
)
from tests.support.manual_clock import ManualClock

_KINDS = ("list", "send", "carry", "find", "check")


class RealWait(ManualClock):
    """Time by hand, but a wait of a session ends at once."""

    async def sleep(self, seconds: float) -> None:
        if seconds < 1:
            return
        await super().sleep(seconds)


class FakeChannelContract(ConnectorContract):
    """The suite on a `FakeSession` class; `session_class` and `spec` are set by subclasses."""

    session_class: type[FakeSession] = TokenSession
    the_spec: ConnectorSpec = TOKEN_SPEC

    @pytest.fixture
    def spec(self) -> ConnectorSpec:
        return self.the_spec

    @pytest.fixture
    def channel(self) -> FakeChannel:
        channel = FakeChannel(RealWait(), page_size=4, empty_every=5, repeats=True)
        channel.put_many(30)
        return channel

    @pytest.fixture
    def open_session(self, channel: FakeChannel) -> OpenSession:
        return self.opener(channel)

    @pytest.fixture
    def secret_values(self) -> tuple[str, ...]:
        return (SECRET,)

    @pytest.fixture
    def reply(self) -> Reply:
        return Reply(
            key="key-1",
            ticket_ref="T1",
            thread_remote_id="t-1",
            text="It is on its way.",
            started_at=datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
        )

    @pytest.fixture
    def taken(self, channel: FakeChannel) -> Callable[[Reply], int]:
        return lambda reply: channel.times_taken(reply.key)

    @pytest.fixture
    def mail(self) -> OutgoingMail:
        return OutgoingMail(
            message_id="<key-1@shop.example>",
            date=datetime(2026, 11, 2, 8, 0, tzinfo=UTC),
            sender=Address("Shop", "help@shop.example"),
            to=(Address("", "buyer@relay.example"),),
            subject="Re: my parcel",
            text="It is on its way.",
        )

    @pytest.fixture
    def mail_taken(self, channel: FakeChannel) -> Callable[[OutgoingMail], int]:
        return lambda mail: channel.times_taken(mail.message_id)

    @pytest.fixture
    def settle(self, channel: FakeChannel) -> Callable[[], Awaitable[None]]:
        async def settle() -> None:
            channel.clock.advance(timedelta(minutes=2))

        return settle

    @pytest.fixture
    def answer_lost(self, channel: FakeChannel) -> OpenSession:
        channel.sends.append(SendOutcome.ANSWER_LOST)
        return self.opener(channel)

    @pytest.fixture
    def add_news(self, channel: FakeChannel) -> Callable[[], Awaitable[None]]:
        async def add() -> None:
            channel.put("one-more")
            channel.ring()

        return add

    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        return {
            "limited": self.breaking(channel, lambda: RateLimited("429")),
            "away": self.breaking(channel, lambda: Unavailable("503")),
            "reset": self.breaking(channel, lambda: Unclear("reset")),
        }

    def opener(self, channel: FakeChannel) -> OpenSession:
        """Opens sessions of this class on the channel."""

        async def open_session() -> Session:
            context = fake_context("shop", channel.clock)
            return self.session_class(context, {"messages": channel})

        return open_session

    def breaking(self, channel: FakeChannel, make: Callable[[], BaseException]) -> OpenSession:
        """The same, but from then on each call of the channel fails."""
        opener = self.opener(channel)

        async def open_session() -> Session:
            channel.fail = Failing(lambda call: make(), kinds=_KINDS)
            return await opener()

        return open_session

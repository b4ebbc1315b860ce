"""The suite passes what keeps the contract: both styles, with and without sending."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import deskterm.contract.testing as suite
from deskterm.contract import Capability, Receipt, Reply
from deskterm.contract.testing import OpenSession
from tests.contract.far_side import FakeChannelContract, RealWait
from tests.support.fake_channel import (
    TIME_SPEC,
    TOKEN_SPEC,
    TWO_SPEC,
    CarefulSession,
    CarryingSession,
    FakeChannel,
    TimeSession,
    TokenSession,
    TwoSession,
    fake_context,
    odd_time,
)


class TestTokenStream(FakeChannelContract):
    """A channel with a cursor of its own, reliable in reading back."""


class TestTimeStream(FakeChannelContract):
    """A channel that lists changes since a time."""

    session_class = TimeSession
    the_spec = TIME_SPEC


class TestReadOnly(FakeChannelContract):
    """Two streams, no sending, no waiting: those tests are skipped, the others hold."""

    the_spec = TWO_SPEC

    def opener(self, channel: FakeChannel) -> OpenSession:
        notices = FakeChannel(channel.clock, page_size=3)
        notices.put_many(9, prefix="n")

        async def open_session() -> TwoSession:
            feeds = {"messages": channel, "notices": notices}
            return TwoSession(fake_context("shop", channel.clock), feeds)

        return open_session


class FilingSession(TokenSession):
    """Files copies, and does nothing when there is one."""

    spec = replace(
        TOKEN_SPEC,
        session="tests.contract.test_connector_contract:FilingSession",
        capabilities=TOKEN_SPEC.capabilities | {Capability.FILE_COPY},
    )

    async def file_copy(self, reply: Reply, receipt: Receipt) -> None:
        await self.channel.called("file")


class TestFiling(FakeChannelContract):
    """A channel that wants a copy of what was sent."""

    session_class = FilingSession
    the_spec = FilingSession.spec


class TestCarrying(FakeChannelContract):
    """A channel that carries the mail of others."""

    session_class = CarryingSession
    the_spec = CarryingSession.spec


class TestHandingOverWhatIsOdd(FakeChannelContract):
    """Some items cannot be read, and come as what they are."""

    session_class = CarefulSession
    the_spec = CarefulSession.spec

    @pytest.fixture
    def channel(self) -> FakeChannel:
        channel = FakeChannel(RealWait(), page_size=4)
        channel.put_many(10)
        channel.alter = odd_time("m00003")
        return channel


@pytest.mark.parametrize("module", ["deskterm.contract", "deskterm.contract.testing"])
def test_what_is_installed_does_not_need_pytest(module: str) -> None:
    source = f"import sys, {module}; sys.exit(any(m.startswith('pytest') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0


def test_the_suite_offers_its_names_and_no_others() -> None:
    assert [name for name in suite.__all__ if not hasattr(suite, name)] == []
    assert not hasattr(suite, "Nothing")

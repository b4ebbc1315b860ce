"""The suite for sessions: `ConnectorContract`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace

import pytest

from deskterm.contract.errors import ConnectorError, Unclear
from deskterm.contract.records import Reply, SentMatch
from deskterm.contract.session import CheckReport, Session, Start
from deskterm.contract.spec import Capability, ConnectorSpec
from deskterm.contract.testing import spec_checks
from deskterm.contract.testing.carrying import CarryingContract, carrying
from deskterm.contract.testing.ordering import OrderingContract
from deskterm.contract.testing.pages import (
    check_pages,
    check_records,
    identities,
    pull_all,
    pull_some,
    stand_after,
    stand_within,
)
from deskterm.contract.testing.sessions import OpenSession, needs
from deskterm.contract.testing.trouble import (
    CALL_DEADLINE_S,
    Taken,
    check_receipt,
    check_words,
    error_of,
    other_key,
    probe_for,
    provoke,
    provoke_carry,
    provoke_send,
)
from deskterm.contract.testing.violation import require

#: How many page ends of a stream are cut.
_CUTS = 12


class ConnectorContract(CarryingContract, OrderingContract):
    """Inherit, override the fixtures, and every test of the contract runs on your connector.

    Always: `spec`, `open_session`. With secret fields: `secret_values`. With SEND_REPLY: `reply`
    and `taken`. With CARRY_MAIL: `mail` and `mail_taken`. With READ_ORDERS: `known_order`, with
    READ_STOCK: `known_variant`. The other fixtures may stay as they are; a test that lacks one is
    skipped and says which.
    """

    # What a connector's own tests say

    @pytest.fixture
    def spec(self) -> ConnectorSpec:
        """The connector's spec."""
        return pytest.fail("override the fixture 'spec'")

    @pytest.fixture
    def open_session(self) -> OpenSession:
        """Opens sessions on one far side. Each stream holds at least two pages and stands still."""
        return pytest.fail("override the fixture 'open_session'")

    @pytest.fixture
    def spec_module(self) -> str:
        """The module that the entry point names, to see that it loads nothing heavy."""
        return pytest.skip("no fixture 'spec_module'")

    @pytest.fixture
    def secret_values(self, spec: ConnectorSpec) -> tuple[str, ...]:
        """The values of the secret fields, as given to the sessions."""
        if any(field.kind == "secret" for field in spec.fields):
            return pytest.fail("the spec has secret fields: override the fixture 'secret_values'")
        return ()

    @pytest.fixture
    def reply(self) -> Reply:
        """A reply that the far side takes."""
        return pytest.fail("the connector sends: override the fixture 'reply'")

    @pytest.fixture
    def taken(self) -> Taken:
        """How often the far sides of the test, by their own books, took a reply."""
        return pytest.fail("the connector sends: override the fixture 'taken'")

    @pytest.fixture
    def settle(self) -> Callable[[], Awaitable[None]]:
        """Waits until what was sent can be found."""

        async def at_once() -> None:
            return None

        return at_once

    @pytest.fixture
    def answer_lost(self) -> OpenSession:
        """Opens a session whose far side takes a reply and then cuts the line."""
        return pytest.skip("no fixture 'answer_lost'")

    @pytest.fixture
    def broken(self) -> Mapping[str, OpenSession]:
        """Sessions on far sides that misbehave, each by a name for the fault."""
        return pytest.skip("no fixture 'broken'")

    @pytest.fixture
    def add_news(self) -> Callable[[], Awaitable[None]]:
        """Puts one more message on the first stream of the far side."""
        return pytest.skip("no fixture 'add_news'")

    @pytest.fixture
    async def sessions(self, open_session: OpenSession) -> AsyncIterator[OpenSession]:
        """`open_session`, and what it opened is closed at the end."""
        opened: list[Session] = []

        async def open_one() -> Session:
            session = await open_session()
            opened.append(session)
            return session

        yield open_one
        for session in opened:
            await session.close()

    # The spec

    def test_spec_identity(self, spec: ConnectorSpec) -> None:
        """Id, title, version, limits."""
        spec_checks.check_identity(spec)

    def test_spec_fields(self, spec: ConnectorSpec) -> None:
        """Fields are whole, and secrets are marked as secrets."""
        spec_checks.check_fields(spec)

    def test_spec_streams(self, spec: ConnectorSpec) -> None:
        """Streams fit what is offered."""
        spec_checks.check_streams(spec)

    def test_spec_names_load(self, spec: ConnectorSpec) -> None:
        """The dotted names lead somewhere."""
        spec_checks.check_names_load(spec)

    def test_spec_capabilities_are_what_is_written(self, spec: ConnectorSpec) -> None:
        """A capability has its method, and a method its capability."""
        spec_checks.check_capabilities(spec)

    def test_spec_is_light(self, spec: ConnectorSpec, spec_module: str) -> None:
        """Reading the spec does not load the connector."""
        spec_checks.check_spec_is_light(spec, spec_module)

    # Signing in and letting go

    async def test_check_reports(self, sessions: OpenSession) -> None:
        """An account that works says what works."""
        session = await sessions()
        async with asyncio.timeout(CALL_DEADLINE_S):
            report = await session.check()
        require(type(report) is CheckReport, "check() gave no CheckReport")
        require(report.lines and all(line.strip() for line in report.lines), "it says nothing")

    async def test_close_twice(self, spec: ConnectorSpec, sessions: OpenSession) -> None:
        """Closing never raises: before any call, after one, and again."""
        unused, used = await sessions(), await sessions()
        for stream in spec.streams[:1]:
            await pull_some(used, stream.name, Start(), 1)
        for session in (unused, used):
            for _ in range(2):
                async with asyncio.timeout(CALL_DEADLINE_S):
                    await session.close()

    # Pulling

    async def test_pages_say_where_to_go_on(
        self, spec: ConnectorSpec, sessions: OpenSession
    ) -> None:
        """A cursor in each page, or a position, and the channel's time in the first."""
        for stream in spec.streams:
            check_pages(stream, await pull_all(await sessions(), stream.name))

    async def test_records_are_whole(self, spec: ConnectorSpec, sessions: OpenSession) -> None:
        """Records are the contract's own, unchangeable, with times in UTC."""
        for stream in spec.streams:
            pages = await pull_all(await sessions(), stream.name)
            require(identities(pages), f"{stream.name} brought nothing to look at")
            check_records(pages)

    async def test_names_are_stable(self, spec: ConnectorSpec, sessions: OpenSession) -> None:
        """Pulled twice from the beginning, the same items have the same names."""
        for stream in spec.streams:
            once = identities(await pull_all(await sessions(), stream.name))
            again = identities(await pull_all(await sessions(), stream.name))
            require(once == again, f"{stream.name}: other names for {once ^ again}")

    async def test_cut_anywhere(self, spec: ConnectorSpec, sessions: OpenSession) -> None:
        """Cut behind any page and taken up again, by the same session or a new one: all is there.

        Every page end is tried, or a dozen of them where there are more.
        """
        for stream in spec.streams:
            pages = await pull_all(await sessions(), stream.name)
            check_pages(stream, pages)
            require(len(pages) >= 2, f"{stream.name}: the far side should give two pages or more")
            everything = identities(pages)
            for cut in sorted({1 + i * (len(pages) - 1) // _CUTS for i in range(_CUTS)}):
                same, other = await sessions(), await sessions()
                head = await pull_some(same, stream.name, Start(), cut)
                start = stand_within(stream, Start(), head).start()
                for session in (same, other):
                    tail = await pull_all(session, stream.name, start)
                    lost = everything - identities(head) - identities(tail)
                    require(not lost, f"{stream.name}: cut behind page {cut}, lost {lost}")
                    await session.close()

    async def test_second_pull_brings_nothing_new(
        self, spec: ConnectorSpec, sessions: OpenSession
    ) -> None:
        """Where a run ended the next one begins, and the channel stood still."""
        for stream in spec.streams:
            first = await pull_all(await sessions(), stream.name)
            check_pages(stream, first)
            second = await pull_all(
                await sessions(), stream.name, stand_after(stream, first).start()
            )
            new = identities(second) - identities(first)
            require(not new, f"{stream.name}: the second pull brought {new}")

    async def test_news_comes_with_the_next_pull(
        self,
        spec: ConnectorSpec,
        sessions: OpenSession,
        add_news: Callable[[], Awaitable[None]],
    ) -> None:
        """One more message, and the next pull brings just that."""
        stream, session = spec.streams[0], await sessions()
        first = await pull_all(session, stream.name)
        check_pages(stream, first)
        await add_news()
        second = await pull_all(session, stream.name, stand_after(stream, first).start())
        new = identities(second) - identities(first)
        require(len(new) == 1, f"{stream.name}: one message was added and {len(new)} came")

    async def test_waiting_ends(self, spec: ConnectorSpec, sessions: OpenSession) -> None:
        """Waiting ends with the time, can be cancelled, and leaves the session of use."""
        needs(spec, Capability.WAIT)
        stream, session = spec.streams[0].name, await sessions()
        expected = identities(await pull_all(session, stream))
        async with asyncio.timeout(CALL_DEADLINE_S):
            news = await session.wait(stream, 0.05)
        require(isinstance(news, bool), f"wait() gave {news!r}")
        waiting = asyncio.create_task(session.wait(stream, 600.0))
        await asyncio.sleep(0.05)
        waiting.cancel()
        async with asyncio.timeout(CALL_DEADLINE_S):
            # What a cancelled wait raises is its own affair.
            await asyncio.gather(waiting, return_exceptions=True)
        require(identities(await pull_all(session, stream)) == expected, "pulling changed")

    async def test_waiting_hears_news(
        self,
        spec: ConnectorSpec,
        sessions: OpenSession,
        add_news: Callable[[], Awaitable[None]],
    ) -> None:
        """A session that tells of news does so."""
        needs(spec, Capability.WAIT)
        stream, session = spec.streams[0].name, await sessions()
        await pull_all(session, stream)
        waiting = asyncio.create_task(session.wait(stream, CALL_DEADLINE_S))
        await asyncio.sleep(0.05)
        await add_news()
        async with asyncio.timeout(CALL_DEADLINE_S + 5):
            require(await waiting is True, "news came and wait() did not tell")

    # Sending

    async def test_send_is_taken_once(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """One call, one message on the far side, one receipt that names it."""
        needs(spec, Capability.SEND_REPLY)
        reply, taken = _sending(request)
        session = await sessions()
        first = await session.send(reply)
        check_receipt(first)
        require(taken(reply) == 1, f"one send, and the far side took {taken(reply)}")
        other = replace(reply, key=other_key(reply.key), text=f"{reply.text} (2)")
        second = await session.send(other)
        require(second.remote_id != first.remote_id, "two replies share one receipt")
        require(taken(other) == 1, f"one send, and the far side took {taken(other)}")

    async def test_send_with_the_answer_lost_is_unclear(
        self,
        spec: ConnectorSpec,
        answer_lost: OpenSession,
        request: pytest.FixtureRequest,
    ) -> None:
        """Taken, and the answer lost: that is `Unclear` and nothing else."""
        needs(spec, Capability.SEND_REPLY)
        reply, taken = _sending(request)
        session = await answer_lost()
        try:
            error = await error_of(session.send(reply))
            require(isinstance(error, Unclear), f"gave {type(error).__name__}, not Unclear")
            require(taken(reply) == 1, f"the far side took {taken(reply)}")
        finally:
            await session.close()

    async def test_find_sent(
        self,
        spec: ConnectorSpec,
        sessions: OpenSession,
        settle: Callable[[], Awaitable[None]],
        request: pytest.FixtureRequest,
    ) -> None:
        """What was not sent is never found; what was is, where reading back is reliable."""
        needs(spec, Capability.FIND_SENT)
        reply, _ = _sending(request)
        session = await sessions()
        probe = probe_for(reply)
        require(await session.find_sent(probe) is None, "found what was never sent")
        await session.send(reply)
        await settle()
        match = await session.find_sent(probe)
        require(match is None or type(match) is SentMatch, "find_sent() gave no SentMatch")
        if session.read_back().reliable:
            require(match is not None, "called reliable, and what was sent is not found")
        other = probe_for(replace(reply, key=other_key(reply.key), text="never sent at all"))
        require(await session.find_sent(other) is None, "found what was never sent")

    async def test_file_copy_twice(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """Filing a copy again changes nothing and raises nothing."""
        needs(spec, Capability.FILE_COPY)
        reply, taken = _sending(request)
        session = await sessions()
        receipt = await session.send(reply)
        for _ in range(2):
            await session.file_copy(reply, receipt)
        require(taken(reply) == 1, "filing a copy sent the reply again")

    # Trouble

    async def test_only_errors_of_the_contract_escape(
        self,
        spec: ConnectorSpec,
        broken: Mapping[str, OpenSession],
        secret_values: tuple[str, ...],
        request: pytest.FixtureRequest,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """Whatever the far side does: known errors, in time, and no secret in any word of them."""
        caplog.set_level("DEBUG")
        require(broken, "the fixture 'broken' is empty")
        for fault, open_broken in broken.items():
            try:
                session = await open_broken()
            except ConnectorError as error:
                check_words(fault, error, secret_values)
                continue
            await provoke(fault, session, spec, secret_values)
            if Capability.SEND_REPLY in spec.capabilities:
                await provoke_send(fault, session, *_sending(request), secret_values)
            if Capability.CARRY_MAIL in spec.capabilities:
                await provoke_carry(fault, session, *carrying(request), secret_values)
            await session.close()
        for secret in secret_values:
            require(secret not in caplog.text, "a secret stands in the log")

    async def test_no_secret_shows(
        self, sessions: OpenSession, secret_values: tuple[str, ...]
    ) -> None:
        """A session at work shows no secret in its repr."""
        session = await sessions()
        await session.check()
        for secret in secret_values:
            require(secret not in repr(session), "the session's repr shows a secret")


def _sending(request: pytest.FixtureRequest) -> tuple[Reply, Taken]:
    """The fixtures of sending, asked for only where a connector sends."""
    return request.getfixturevalue("reply"), request.getfixturevalue("taken")

"""Connectors and mail faces that break the contract, one thing each.

Not collected by name: `test_suite_catches.py` runs this module by itself and wants each class to
fail in the test that `FAILS_IN` names.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from deskterm.contract import (
    Capability,
    CheckReport,
    ContractBroken,
    MailThread,
    MessageRecord,
    Page,
    Receipt,
    Refused,
    Reply,
    SentMatch,
    SentProbe,
    Start,
    Unavailable,
    Unclear,
    Unreadable,
)
from deskterm.contract.records import Record
from deskterm.contract.testing import OpenSession
from deskterm.domain.mail import Address, Envelope, OutgoingMail, ParsedMail
from tests.contract.far_side import FakeChannelContract
from tests.contract.relay_side import FakeRelayContract
from tests.support.fake_channel import (
    SECRET,
    TIME_SPEC,
    TOKEN_SPEC,
    CarefulSession,
    CarryingSession,
    FakeChannel,
    FakeSession,
    SendOutcome,
    TimeSession,
    TokenSession,
)
from tests.support.fake_relay import FakeRelay
from tests.support.manual_clock import ManualClock

# Specs


class TestSpecBadId(FakeChannelContract):
    the_spec = replace(TOKEN_SPEC, id="Fake-Token")


class TestSpecOtherVersion(FakeChannelContract):
    the_spec = replace(TOKEN_SPEC, contract_version=99)


class TestSpecSecretAsText(FakeChannelContract):
    the_spec = replace(
        TOKEN_SPEC, fields=(*TOKEN_SPEC.fields, replace(TOKEN_SPEC.fields[0], name="api_token"))
    )


class TestSpecNameLeadsNowhere(FakeChannelContract):
    the_spec = replace(TOKEN_SPEC, session="tests.support.fake_channel:NoSuchSession")


class NoCopies(TokenSession):
    spec = replace(
        TOKEN_SPEC,
        session="tests.contract.broken_variants:NoCopies",
        capabilities=TOKEN_SPEC.capabilities | {Capability.FILE_COPY},
    )


class TestSpecOffersWhatIsNotWritten(FakeChannelContract):
    session_class, the_spec = NoCopies, NoCopies.spec


class SecretlyWaits(TokenSession):
    spec = replace(
        TOKEN_SPEC,
        session="tests.contract.broken_variants:SecretlyWaits",
        capabilities=TOKEN_SPEC.capabilities - {Capability.WAIT},
    )


class TestSpecHidesWhatIsWritten(FakeChannelContract):
    session_class, the_spec = SecretlyWaits, SecretlyWaits.spec


class TestSpecIsHeavy(FakeChannelContract):
    @pytest.fixture
    def spec_module(self) -> str:
        return "tests.support.fake_channel"


class TestSpecStreamsWithoutReading(FakeChannelContract):
    the_spec = replace(
        TOKEN_SPEC, capabilities=TOKEN_SPEC.capabilities - {Capability.READ_MESSAGES}
    )


# Pulling


class TestNoCursor(FakeChannelContract):
    class Session(TokenSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            return Page(records)

    session_class = Session


class TestNoServerTime(FakeChannelContract):
    class Session(TimeSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            return Page(records, position=place)

    session_class, the_spec = Session, TIME_SPEC


class TestNaiveServerTime(FakeChannelContract):
    class Session(TimeSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            return Page(records, position=place, server_time=now and now.replace(tzinfo=None))

    session_class, the_spec = Session, TIME_SPEC


class TestCursorAhead(FakeChannelContract):
    """The cursor names the page after the one it comes with."""

    class Session(TokenSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            return Page(records, cursor=str(int(place or 0) + 4))

    session_class = Session


class TestPositionAhead(FakeChannelContract):
    """A position that leaves out items of the same stamp."""

    class Session(TimeSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            stamp = (place or "").partition("|")[0]
            return Page(records, position=f"{stamp}|~", server_time=now)

    session_class, the_spec = Session, TIME_SPEC


class TestOnlyTheSameSessionCanGoOn(FakeChannelContract):
    """The cursor means something only to the session that gave it."""

    class Session(TokenSession):
        async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
            mine: dict[str, str] = self.__dict__.setdefault("mine", {})
            real = mine.get(start.cursor or "", "999999" if start.cursor else None)
            async for page in super().pull(stream, Start(cursor=real)):
                mine[f"mine-{page.cursor}"] = page.cursor or ""
                yield replace(page, cursor=f"mine-{page.cursor}")

    session_class = Session


class TestNamesChange(FakeChannelContract):
    """Each pull gives its items other names."""

    class Session(TokenSession):
        def record(self, row: dict[str, Any]) -> MessageRecord:
            return replace(super().record(row), remote_id=f"{id(self)}-{row['id']}")

    session_class = Session


class TestOverlapForgets(FakeChannelContract):
    """The second pull gives the known items new names."""

    class Session(TimeSession):
        async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
            async for page in super().pull(stream, start):
                if start.since is None:
                    yield page
                    continue
                known = (r for r in page.records if isinstance(r, MessageRecord))
                again = (replace(r, remote_id=f"{r.remote_id}/2") for r in known)
                yield replace(page, records=tuple(again))

    session_class, the_spec = Session, TIME_SPEC


class TestNaiveTimes(FakeChannelContract):
    class Session(TokenSession):
        def record(self, row: dict[str, Any]) -> MessageRecord:
            record = super().record(row)
            return replace(record, sent_at=record.sent_at.replace(tzinfo=None))

    session_class = Session


class TestListsInRecords(FakeChannelContract):
    class Session(TokenSession):
        def record(self, row: dict[str, Any]) -> MessageRecord:
            refs: Any = ["MK-1"]
            return replace(super().record(row), order_refs=refs)

    session_class = Session


class TestOwnRecords(FakeChannelContract):
    class Mine(MessageRecord):
        """Has a `__dict__`, so that anybody can hang something on it."""

    class Session(TokenSession):
        def record(self, row: dict[str, Any]) -> MessageRecord:
            record = super().record(row)
            names = MessageRecord.__dataclass_fields__
            return TestOwnRecords.Mine(**{name: getattr(record, name) for name in names})

    session_class = Session


class TestOnePage(FakeChannelContract):
    """The far side is too small to cut anything."""

    @pytest.fixture
    def channel(self) -> FakeChannel:
        channel = FakeChannel(ManualClock(), page_size=100)
        channel.put_many(30)
        return channel


class TestDeafToNews(FakeChannelContract):
    class Session(TokenSession):
        async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
            async for page in super().pull(stream, start):
                known = (r for r in page.records if isinstance(r, MessageRecord))
                yield replace(page, records=tuple(r for r in known if r.remote_id != "one-more"))

    session_class = Session


class TestWaitIsUselessAfterCancel(FakeChannelContract):
    class Session(TokenSession):
        spoilt = False

        async def wait(self, stream: str, seconds: float) -> bool:
            try:
                return await super().wait(stream, seconds)
            except asyncio.CancelledError:
                self.spoilt = True
                raise

        async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
            if self.spoilt:
                raise Unavailable("the connection is in the middle of something")
            async for page in super().pull(stream, start):
                yield page

    session_class = Session


class TestWaitSaysNothing(FakeChannelContract):
    class Session(TokenSession):
        async def wait(self, stream: str, seconds: float) -> bool:
            await super().wait(stream, seconds)
            return False

    session_class = Session


# Letting go, checking


class TestCloseOnce(FakeChannelContract):
    class Session(TokenSession):
        async def close(self) -> None:
            if self.closed:
                raise RuntimeError("closed already")
            await super().close()

    session_class = Session

    @pytest.fixture
    async def sessions(self, open_session: OpenSession) -> OpenSession:
        return open_session


class TestCheckSaysNothing(FakeChannelContract):
    class Session(TokenSession):
        async def check(self) -> CheckReport:
            return CheckReport(())

    session_class = Session


# Sending


class TestSendsTwice(FakeChannelContract):
    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            await super().send(reply)
            return await super().send(reply)

    session_class = Session


class TestOneReceiptForAll(FakeChannelContract):
    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            return replace(await super().send(reply), remote_id="accepted")

    session_class = Session


class TestRetriesInside(FakeChannelContract):
    """The lost answer is taken for a failure, and the reply goes out again."""

    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            try:
                return await super().send(reply)
            except Unclear:
                return await super().send(reply)

    session_class = Session


class TestLostAnswerIsUnavailable(FakeChannelContract):
    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            try:
                return await super().send(reply)
            except Unclear:
                raise Unavailable("no answer") from None

    session_class = Session


class TestFindsEverything(FakeChannelContract):
    class Session(TokenSession):
        async def find_sent(self, probe: SentProbe) -> SentMatch | None:
            return SentMatch("anything")

    session_class = Session


class TestReliableAndBlind(FakeChannelContract):
    class Session(TokenSession):
        async def find_sent(self, probe: SentProbe) -> SentMatch | None:
            return None

    session_class = Session


class TestFilingSendsAgain(FakeChannelContract):
    class Session(TokenSession):
        spec = replace(TOKEN_SPEC, capabilities=TOKEN_SPEC.capabilities | {Capability.FILE_COPY})

        async def file_copy(self, reply: Reply, receipt: Receipt) -> None:
            await self.send(reply)

    session_class = Session
    the_spec = Session.spec


# Trouble


class TestCarriesTwice(FakeChannelContract):
    class Session(CarryingSession):
        async def carry(self, mail: OutgoingMail) -> Receipt:
            await super().carry(mail)
            return await super().carry(mail)

    session_class, the_spec = Session, CarryingSession.spec


class TestCarriesAndKeepsNothing(FakeChannelContract):
    class Session(CarryingSession):
        async def carry(self, mail: OutgoingMail) -> Receipt:
            return replace(await super().carry(mail), raw=b"")

    session_class, the_spec = Session, CarryingSession.spec


class TestLostCarryIsUnavailable(FakeChannelContract):
    class Session(CarryingSession):
        async def carry(self, mail: OutgoingMail) -> Receipt:
            try:
                return await super().carry(mail)
            except Unclear:
                raise Unavailable("no answer") from None

    session_class, the_spec = Session, CarryingSession.spec


class TestCarriedAndRefused(FakeChannelContract):
    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        return {"proxy": self.opener(channel)}

    class Session(CarryingSession):
        async def carry(self, mail: OutgoingMail) -> Receipt:
            await super().carry(mail)
            raise Refused("403")

    session_class, the_spec = Session, CarryingSession.spec


class TestOddWithoutAWord(FakeChannelContract):
    class Session(CarefulSession):
        def item(self, row: dict[str, Any]) -> Record:
            return Unreadable(row["id"], b"", " ")

    session_class, the_spec = Session, CarefulSession.spec


class TestOtherErrorsEscape(FakeChannelContract):
    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        opener = self.opener(channel)

        async def html() -> FakeSession:
            channel.alter = lambda raw: b"<html>"
            session = await opener()
            assert isinstance(session, FakeSession)
            return session

        return {"html": html}


class TestSecretInError(FakeChannelContract):
    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        return {"url": self.breaking(channel, lambda: Unavailable(f"GET /?token={SECRET}"))}


class TestSecretBehindError(FakeChannelContract):
    """The words are clean, and what they came from is not."""

    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        def make() -> BaseException:
            error = ContractBroken("an odd answer")
            error.__cause__ = ValueError(SECRET)
            return error

        return {"cause": self.breaking(channel, make)}


class TestSecretInLog(FakeChannelContract):
    class Session(TokenSession):
        async def check(self) -> CheckReport:
            self.context.log.debug("signing in with %s", await self.context.secrets.get("password"))
            return await super().check()

    session_class = Session


class TestSecretInRepr(FakeChannelContract):
    class Session(TokenSession):
        def __repr__(self) -> str:
            return f"Session(password={SECRET!r})"

    session_class = Session


class TestTakenAndRefused(FakeChannelContract):
    """Behind a proxy that answers 403 after the channel took the reply."""

    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        return {"proxy": self.opener(channel)}

    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            await super().send(reply)
            raise Refused("403")

    session_class = Session


class TestReceiptForNothing(FakeChannelContract):
    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        channel.sends.append(SendOutcome.UNCLEAR)
        return {"silence": self.opener(channel)}

    class Session(TokenSession):
        async def send(self, reply: Reply) -> Receipt:
            try:
                return await super().send(reply)
            except Unclear:
                return Receipt("hopefully", self.context.clock.now())

    session_class = Session


class TestSaysNothingOfErrors(FakeChannelContract):
    @pytest.fixture
    def broken(self, channel: FakeChannel) -> Mapping[str, OpenSession]:
        return {"away": self.breaking(channel, lambda: Unavailable(" "))}


# Mail faces


class TestFaceClaimsTooMuch(FakeRelayContract):
    class Face(FakeRelay):
        def claims(self, envelope: Envelope) -> int:
            return super().claims(envelope) * 2

    face_class = Face


class TestFaceClaimsTruth(FakeRelayContract):
    class Face(FakeRelay):
        def claims(self, envelope: Envelope) -> int:
            return super().claims(envelope) > 0

    face_class = Face


class TestFaceBelievesTheSender(FakeRelayContract):
    class Face(FakeRelay):
        def claims(self, envelope: Envelope) -> int:
            return 90 if envelope.sender and "@relay.market" in envelope.sender.addr else 0

    face_class = Face


class TestFaceNeedsASender(FakeRelayContract):
    class Face(FakeRelay):
        def claims(self, envelope: Envelope) -> int:
            assert envelope.sender is not None
            return super().claims(envelope)

    face_class = Face


class TestFaceRemembers(FakeRelayContract):
    class Face(FakeRelay):
        seen: ClassVar[list[str | None]] = []

        def claims(self, envelope: Envelope) -> int:
            self.seen.append(envelope.message_id)
            return max(0, super().claims(envelope) - len(self.seen))

    face_class = Face


class TestFaceReadsNothing(FakeRelayContract):
    class Face(FakeRelay):
        def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
            return super().read(mail) if mail.text else ()

    face_class = Face


class TestFaceReadsNaiveTimes(FakeRelayContract):
    class Face(FakeRelay):
        def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
            return tuple(
                replace(record, sent_at=record.sent_at.replace(tzinfo=None))
                for record in super().read(mail)
            )

    face_class = Face


class TestFaceMakesItsOwnId(FakeRelayContract):
    class Face(FakeRelay):
        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            return replace(super().write(reply, thread), message_id="<mine@shop.example>")

    face_class = Face


class TestFaceDatesEachTry(FakeRelayContract):
    class Face(FakeRelay):
        tries = 0

        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            self.tries += 1
            mail = super().write(reply, thread)
            return replace(mail, date=mail.date + timedelta(seconds=self.tries - 1))

    face_class = Face


class TestFaceLosesTheThread(FakeRelayContract):
    class Face(FakeRelay):
        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            return replace(super().write(reply, thread), references=())

    face_class = Face


class TestFaceAnswersTheWrongOne(FakeRelayContract):
    class Face(FakeRelay):
        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            return replace(super().write(reply, thread), to=(Address("", "all@shop.example"),))

    face_class = Face


class TestFaceCopiesSomebody(FakeRelayContract):
    class Face(FakeRelay):
        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            return replace(super().write(reply, thread), cc=(Address("", "boss@shop.example"),))

    face_class = Face


class TestFaceRewrites(FakeRelayContract):
    class Face(FakeRelay):
        def write(self, reply: Reply, thread: MailThread) -> OutgoingMail:
            return replace(super().write(reply, thread), text="Thank you for your message.")

    face_class = Face


class TestFaceTalks(FakeRelayContract):
    class Face(FakeRelay):
        def read(self, mail: ParsedMail) -> tuple[MessageRecord, ...]:
            import socket

            socket.getaddrinfo("market.example", 443)
            return super().read(mail)

    face_class = Face


#: The test of the suite in which each class must fail.
FAILS_IN = {
    TestSpecBadId: "test_spec_identity",
    TestSpecOtherVersion: "test_spec_identity",
    TestSpecSecretAsText: "test_spec_fields",
    TestSpecNameLeadsNowhere: "test_spec_names_load",
    TestSpecOffersWhatIsNotWritten: "test_spec_capabilities_are_what_is_written",
    TestSpecHidesWhatIsWritten: "test_spec_capabilities_are_what_is_written",
    TestSpecIsHeavy: "test_spec_is_light",
    TestSpecStreamsWithoutReading: "test_spec_streams",
    TestNoCursor: "test_pages_say_where_to_go_on",
    TestNoServerTime: "test_pages_say_where_to_go_on",
    TestNaiveServerTime: "test_pages_say_where_to_go_on",
    TestCursorAhead: "test_cut_anywhere",
    TestPositionAhead: "test_cut_anywhere",
    TestOnlyTheSameSessionCanGoOn: "test_cut_anywhere",
    TestNamesChange: "test_names_are_stable",
    TestOverlapForgets: "test_second_pull_brings_nothing_new",
    TestNaiveTimes: "test_records_are_whole",
    TestListsInRecords: "test_records_are_whole",
    TestOwnRecords: "test_records_are_whole",
    TestOnePage: "test_cut_anywhere",
    TestDeafToNews: "test_news_comes_with_the_next_pull",
    TestWaitIsUselessAfterCancel: "test_waiting_ends",
    TestWaitSaysNothing: "test_waiting_hears_news",
    TestCloseOnce: "test_close_twice",
    TestCheckSaysNothing: "test_check_reports",
    TestSendsTwice: "test_send_is_taken_once",
    TestOneReceiptForAll: "test_send_is_taken_once",
    TestRetriesInside: "test_send_with_the_answer_lost_is_unclear",
    TestLostAnswerIsUnavailable: "test_send_with_the_answer_lost_is_unclear",
    TestFindsEverything: "test_find_sent",
    TestReliableAndBlind: "test_find_sent",
    TestFilingSendsAgain: "test_file_copy_twice",
    TestCarriesTwice: "test_carry_is_taken_once",
    TestCarriesAndKeepsNothing: "test_carry_is_taken_once",
    TestLostCarryIsUnavailable: "test_carry_with_the_answer_lost_is_unclear",
    TestCarriedAndRefused: "test_only_errors_of_the_contract_escape",
    TestOddWithoutAWord: "test_records_are_whole",
    TestOtherErrorsEscape: "test_only_errors_of_the_contract_escape",
    TestSecretInError: "test_only_errors_of_the_contract_escape",
    TestSecretBehindError: "test_only_errors_of_the_contract_escape",
    TestSecretInLog: "test_only_errors_of_the_contract_escape",
    TestSecretInRepr: "test_no_secret_shows",
    TestTakenAndRefused: "test_only_errors_of_the_contract_escape",
    TestReceiptForNothing: "test_only_errors_of_the_contract_escape",
    TestSaysNothingOfErrors: "test_only_errors_of_the_contract_escape",
    TestFaceClaimsTooMuch: "test_claims_its_own",
    TestFaceClaimsTruth: "test_claims_its_own",
    TestFaceBelievesTheSender: "test_leaves_others",
    TestFaceNeedsASender: "test_an_empty_envelope_is_nobodys",
    TestFaceRemembers: "test_claiming_is_pure",
    TestFaceReadsNothing: "test_reads_messages",
    TestFaceReadsNaiveTimes: "test_reads_messages",
    TestFaceMakesItsOwnId: "test_writes_the_key_as_message_id",
    TestFaceDatesEachTry: "test_writes_the_key_as_message_id",
    TestFaceLosesTheThread: "test_writes_into_the_thread",
    TestFaceAnswersTheWrongOne: "test_writes_to_the_customer",
    TestFaceCopiesSomebody: "test_writes_to_the_customer",
    TestFaceRewrites: "test_writes_what_was_written",
    TestFaceTalks: "test_reads_messages",
}

"""The suite for channels that travel as mail: `MailFaceContract`."""

from __future__ import annotations

import copy
import socket
from collections.abc import Sequence

import pytest

from deskterm.contract.mailface import MailFace, MailThread
from deskterm.contract.records import MessageRecord, Reply
from deskterm.contract.testing.pages import check_record
from deskterm.contract.testing.violation import ContractViolation, require
from deskterm.domain.mail import Envelope, OutgoingMail, ParsedMail

_NOTHING = Envelope(
    message_id=None,
    in_reply_to=(),
    references=(),
    sender=None,
    reply_to=(),
    to=(),
    cc=(),
    subject="",
    date=None,
    automatic=None,
)


class MailFaceContract:
    """Inherit, override the fixtures, and every test of the contract runs on your mail face."""

    @pytest.fixture
    def face(self) -> MailFace:
        """The mail face."""
        return pytest.fail("override the fixture 'face'")

    @pytest.fixture
    def claimed(self) -> Sequence[ParsedMail]:
        """Mails of the channel, each with at least one message in it."""
        return pytest.fail("override the fixture 'claimed'")

    @pytest.fixture
    def foreign(self) -> Sequence[ParsedMail]:
        """Mails of anybody else, forgeries of the channel among them."""
        return pytest.fail("override the fixture 'foreign'")

    @pytest.fixture
    def reply(self) -> Reply:
        """A reply to `thread`; its key is a Message-ID in angle brackets."""
        return pytest.fail("override the fixture 'reply'")

    @pytest.fixture
    def thread(self) -> MailThread:
        """The thread that is answered."""
        return pytest.fail("override the fixture 'thread'")

    @pytest.fixture
    def recipient(self, reply: Reply, thread: MailThread) -> str:
        """The address that the answer must go to: as the reply says, else where the mail asks."""
        last = thread.last_inbound
        wanted = reply.to or last.reply_to or ((last.sender,) if last.sender else ())
        if not wanted:
            return pytest.fail("the mail to answer has no sender: override 'recipient'")
        return wanted[0].key

    @pytest.fixture(autouse=True)
    def no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mail face talks to nobody."""

        def refuse(*_: object, **__: object) -> None:
            raise ContractViolation("a mail face wanted a connection")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def test_claims_its_own(self, face: MailFace, claimed: Sequence[ParsedMail]) -> None:
        """Every mail of the channel is claimed."""
        require(claimed, "the fixture 'claimed' is empty")
        for number, mail in enumerate(claimed):
            claim = _claim(face, mail.envelope)
            require(claim > 0, f"mail {number} of the channel is not claimed")

    def test_leaves_others(self, face: MailFace, foreign: Sequence[ParsedMail]) -> None:
        """No other mail is claimed."""
        require(foreign, "the fixture 'foreign' is empty")
        for number, mail in enumerate(foreign):
            claim = _claim(face, mail.envelope)
            require(claim == 0, f"mail {number} of somebody else is claimed with {claim}")

    def test_an_empty_envelope_is_nobodys(self, face: MailFace) -> None:
        """Mails may lack every header."""
        require(_claim(face, _NOTHING) == 0, "an empty envelope is claimed")

    def test_claiming_is_pure(self, face: MailFace, claimed: Sequence[ParsedMail]) -> None:
        """The same envelope, the same claim; and the envelope stays as it was."""
        for mail in claimed:
            before = copy.deepcopy(mail.envelope)
            claims = {_claim(face, mail.envelope) for _ in range(3)}
            require(len(claims) == 1, f"one envelope, several claims: {sorted(claims)}")
            require(mail.envelope == before, "claims() changed the envelope")

    def test_reads_messages(self, face: MailFace, claimed: Sequence[ParsedMail]) -> None:
        """A claimed mail gives whole messages with ids of their own, the same each time."""
        for number, mail in enumerate(claimed):
            before = copy.deepcopy(mail)
            messages = face.read(mail)
            require(isinstance(messages, tuple), f"mail {number}: read() gave no tuple")
            require(messages, f"mail {number}: no message in it")
            for message in messages:
                kind = type(message)
                require(kind is MessageRecord, f"mail {number}: read() gave {kind.__name__}")
                check_record(message)
            ids = {message.remote_id for message in messages}
            require(len(ids) == len(messages), f"mail {number}: two messages share an id")
            require(face.read(mail) == messages, f"mail {number}: read twice, read differently")
            require(mail == before, f"mail {number}: read() changed the mail")

    def test_writes_the_key_as_message_id(
        self, face: MailFace, reply: Reply, thread: MailThread
    ) -> None:
        """The idempotency key is the Message-ID, and equal tries are equal mails."""
        mail = _written(face, reply, thread)
        require(mail.message_id == reply.key, f"the key became {mail.message_id!r}")
        require(mail.date == reply.started_at, "the date is not the time of the first try")
        require(_written(face, reply, thread) == mail, "two tries are two different mails")

    def test_writes_into_the_thread(self, face: MailFace, reply: Reply, thread: MailThread) -> None:
        """In-Reply-To and References name the mail that is answered (RFC 5322 3.6.4)."""
        mail, answered = _written(face, reply, thread), thread.last_inbound.message_id
        if answered is None:
            return
        require(mail.in_reply_to == answered, f"In-Reply-To is {mail.in_reply_to!r}")
        require(answered in mail.references, "References do not name the mail that is answered")
        require(mail.references[-1] == answered, "References do not end with it")

    def test_writes_to_the_customer(
        self, face: MailFace, reply: Reply, thread: MailThread, recipient: str
    ) -> None:
        """From us, to the address that belongs to the thread, and to nobody else."""
        mail = _written(face, reply, thread)
        require(mail.sender == thread.ours, f"the sender is {mail.sender.addr!r}")
        to = [address.key for address in mail.to]
        require(to == [recipient], f"the recipients are {to}, not {recipient!r}")
        extra = {address.key for address in mail.cc} - {address.key for address in reply.cc}
        require(not extra, f"copies go to {sorted(extra)}")

    def test_writes_what_was_written(
        self, face: MailFace, reply: Reply, thread: MailThread
    ) -> None:
        """The text and the files are the agent's."""
        mail = _written(face, reply, thread)
        require(reply.text.strip() in mail.text, "the text of the reply is not in the mail")
        require(mail.attachments == reply.attachments, "the files are not those of the reply")


def _claim(face: MailFace, envelope: Envelope) -> int:
    claim = face.claims(envelope)
    require(type(claim) is int, f"claims() gave {claim!r}, which is no whole number")
    require(0 <= claim <= 100, f"claims() gave {claim}, which is not within 0 to 100")
    return claim


def _written(face: MailFace, reply: Reply, thread: MailThread) -> OutgoingMail:
    mail = face.write(reply, thread)
    require(type(mail) is OutgoingMail, f"write() gave {type(mail).__name__}")
    return mail

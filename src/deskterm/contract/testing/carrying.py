"""The part of the suite for sessions that carry the mail of mail faces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.contract.errors import Unclear
from deskterm.contract.spec import Capability, ConnectorSpec
from deskterm.contract.testing.sessions import OpenSession, needs
from deskterm.contract.testing.trouble import MailTaken, check_receipt, error_of, other_key
from deskterm.contract.testing.violation import require
from deskterm.domain.mail import OutgoingMail


class CarryingContract:
    """What holds for `carry` where CARRY_MAIL is offered; a part of `ConnectorContract`."""

    @pytest.fixture
    def mail(self) -> OutgoingMail:
        """A mail that the far side takes."""
        return pytest.fail("the connector carries mail: override the fixture 'mail'")

    @pytest.fixture
    def mail_taken(self) -> MailTaken:
        """How often the far sides of the test, by their own books, took a mail."""
        return pytest.fail("the connector carries mail: override the fixture 'mail_taken'")

    async def test_carry_is_taken_once(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """One call, one mail on the far side, one receipt that names it and holds its bytes."""
        needs(spec, Capability.CARRY_MAIL)
        mail, taken = carrying(request)
        session = await sessions()
        first = await session.carry(mail)
        check_receipt(first)
        require(first.raw, "the receipt does not hold what was sent")
        require(taken(mail) == 1, f"one mail, and the far side took {taken(mail)}")
        other = replace(mail, message_id=other_key(mail.message_id), text=f"{mail.text} (2)")
        second = await session.carry(other)
        require(second.remote_id != first.remote_id, "two mails share one receipt")
        require(taken(other) == 1, f"one mail, and the far side took {taken(other)}")

    async def test_carry_with_the_answer_lost_is_unclear(
        self, spec: ConnectorSpec, answer_lost: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """Taken, and the answer lost: that is `Unclear` and nothing else."""
        needs(spec, Capability.CARRY_MAIL)
        mail, taken = carrying(request)
        session = await answer_lost()
        try:
            error = await error_of(session.carry(mail))
            require(isinstance(error, Unclear), f"gave {type(error).__name__}, not Unclear")
            require(taken(mail) == 1, f"the far side took {taken(mail)}")
        finally:
            await session.close()


def carrying(request: pytest.FixtureRequest) -> tuple[OutgoingMail, MailTaken]:
    """The fixtures of carrying, asked for only where a connector carries."""
    return request.getfixturevalue("mail"), request.getfixturevalue("mail_taken")

"""The conformance suite of mail faces, tied to the fake relay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from deskterm.contract import MailFace, MailThread, Reply
from deskterm.contract.testing import MailFaceContract
from deskterm.domain.mail import ParsedMail
from tests.support.fake_relay import (
    RELAY_HOST,
    FakeRelay,
    buyer_mail,
    buyer_thread,
    envelope,
    relay_reply,
)


class FakeRelayContract(MailFaceContract):
    """The suite on a class of mail faces."""

    face_class: type[FakeRelay] = FakeRelay

    @pytest.fixture
    def face(self) -> MailFace:
        return self.face_class()

    @pytest.fixture
    def claimed(self) -> Sequence[ParsedMail]:
        without_id = replace(envelope(), message_id=None, date=None, subject="")
        return (
            buyer_mail(),
            buyer_mail(message_id="<m2@relay.market.example>", subject="MK-654321 and MK-654321"),
            ParsedMail(without_id, ""),
        )

    @pytest.fixture
    def foreign(self) -> Sequence[ParsedMail]:
        return (
            buyer_mail(sender="someone@shop.example"),
            buyer_mail(sender=f"abc123@{RELAY_HOST}.attacker.example"),
            buyer_mail(signed=False),
        )

    @pytest.fixture
    def reply(self) -> Reply:
        return relay_reply()

    @pytest.fixture
    def thread(self) -> MailThread:
        return buyer_thread()

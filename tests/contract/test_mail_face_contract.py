"""The suite passes a mail face that keeps the contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.contract import ConnectorSpec, MailThread
from deskterm.contract.testing import spec_checks
from deskterm.domain.mail import Address
from tests.contract.relay_side import FakeRelayContract
from tests.support.fake_relay import RELAY_HOST, RELAY_SPEC, buyer_thread


class TestRelay(FakeRelayContract):
    """A marketplace behind relay addresses."""


class TestRelayWithReplyTo(FakeRelayContract):
    """The mail asks for answers at another address."""

    @pytest.fixture
    def thread(self) -> MailThread:
        thread = buyer_thread()
        other = (Address("", f"other99@{RELAY_HOST}"),)
        return replace(thread, last_inbound=replace(thread.last_inbound, reply_to=other))

    @pytest.fixture
    def recipient(self) -> str:
        return f"other99@{RELAY_HOST}"


class TestRelayToAMailWithoutId(FakeRelayContract):
    """A mail without Message-ID can be answered."""

    @pytest.fixture
    def thread(self) -> MailThread:
        thread = buyer_thread()
        return replace(thread, last_inbound=replace(thread.last_inbound, message_id=None))


@pytest.mark.parametrize(
    "check",
    [
        spec_checks.check_identity,
        spec_checks.check_fields,
        spec_checks.check_streams,
        spec_checks.check_names_load,
        spec_checks.check_capabilities,
    ],
)
def test_the_spec_of_a_mail_face_needs_no_session(check: object) -> None:
    assert callable(check)
    spec: ConnectorSpec = RELAY_SPEC
    check(spec)

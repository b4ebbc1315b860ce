"""TLS faults: whatever is wrong with the line, no password leaves and the words are clear."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from deskterm.contract import Refused, SignInNeeded, Unavailable
from deskterm.mail.errors import TlsFailed
from deskterm.mail.tls import client_context
from deskterm_connectors.email.connector import EmailSession
from tests.support.fake_imap import FakeImap, Script, Scripted, scripted_imap
from tests.support.session_context import session_context
from tests.support.smtp_server import running_smtp_server

SECRET = "canary-7731"


class Authority:
    """An authority the client trusts, and server contexts of its making."""

    def __init__(self, folder: Path) -> None:
        self.ca = trustme.CA()
        self.file = folder / "ca.pem"
        self.ca.cert_pem.write_to_path(self.file)

    def server(self, *names: str, expired: bool = False) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        end = datetime.now(UTC) - timedelta(days=1) if expired else None
        self.ca.issue_cert(*names, not_after=end).configure_cert(context)
        return context


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def session(
    imap_port: int,
    *,
    ca: Path | None = None,
    security: str = "tls",
    smtp_port: int = 1,
    smtp_security: str = "tls",
) -> EmailSession:
    fields = {
        "address": "help@shop.example",
        "imap_host": "localhost",
        "imap_port": str(imap_port),
        "imap_security": security,
        "smtp_host": "localhost",
        "smtp_port": str(smtp_port),
        "smtp_security": smtp_security,
        "tls_ca_file": str(ca or ""),
    }
    return EmailSession(session_context(fields, secrets={"password": SECRET}))


async def ready(server: Scripted) -> None:
    """A server that would take any password."""
    await server.greet_and_sign_in()
    while True:
        await server.hear()


@asynccontextmanager
async def refused_by_client(
    script: Script, *, tls: ssl.SSLContext | None, ca: Path | None, security: str = "tls"
) -> AsyncIterator[tuple[FakeImap, str]]:
    """Run a check against the script; gives the server and the words of the refusal."""
    async with scripted_imap(script, tls=tls) as fake:
        with pytest.raises(Unavailable) as refused:
            await session(fake.port, ca=ca, security=security).check()
        yield fake, refused.value.text
        assert not fake.was_told(SECRET)


async def test_a_self_signed_certificate_is_refused_with_the_way_out(authority: Authority) -> None:
    own = authority.server("localhost")
    async with refused_by_client(ready, tls=own, ca=None) as (fake, words):
        assert fake.heard == []
    for said in (f"localhost:{fake.port}", "certificate", "No password was sent", "tls_ca_file"):
        assert said in words


async def test_a_certificate_for_another_name_is_refused(authority: Authority) -> None:
    wrong = authority.server("mail.other.example")
    async with refused_by_client(ready, tls=wrong, ca=authority.file) as (fake, words):
        assert fake.heard == []
    assert "not valid for 'localhost'" in words
    assert "imap_host" in words


async def test_an_expired_certificate_is_refused(authority: Authority) -> None:
    old = authority.server("localhost", expired=True)
    async with refused_by_client(ready, tls=old, ca=authority.file) as (fake, words):
        assert fake.heard == []
    assert "expired" in words


async def test_an_old_protocol_version_is_refused(authority: Authority) -> None:
    old = authority.server("localhost")
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    async with refused_by_client(ready, tls=old, ca=authority.file) as (fake, words):
        assert fake.heard == []
    assert "TLS" in words


async def test_a_plain_server_where_tls_is_due_is_refused() -> None:
    async def plain(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.hear()

    async with refused_by_client(plain, tls=None, ca=None) as (_, words):
        assert "imap_security" in words


async def test_a_session_that_is_signed_in_by_itself_is_refused(authority: Authority) -> None:
    async def preauth(server: Scripted) -> None:
        await server.say("* PREAUTH welcome back")
        await server.hear()

    plain = refused_by_client(preauth, tls=None, ca=authority.file, security="starttls")
    async with plain as (fake, words):
        assert fake.heard == []
    assert "PREAUTH" in words
    over_tls = refused_by_client(preauth, tls=authority.server("localhost"), ca=authority.file)
    async with over_tls as (fake, words):
        assert fake.heard == []
    assert "PREAUTH" in words


async def test_a_stripped_starttls_is_refused(authority: Authority) -> None:
    async def stripped(server: Scripted) -> None:
        await server.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        await server.hear()

    refused = refused_by_client(stripped, tls=None, ca=authority.file, security="starttls")
    async with refused as (_, words):
        assert "does not offer STARTTLS" in words


async def test_a_refused_starttls_is_refused(authority: Authority) -> None:
    async def no(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN")
        await server.answer("STARTTLS", status="NO [UNAVAILABLE] not today")
        await server.hear()

    refused = refused_by_client(no, tls=None, ca=authority.file, security="starttls")
    async with refused as (fake, _):
        assert len(fake.heard) == 2


async def test_plain_text_slipped_in_after_the_starttls_answer_is_refused(
    authority: Authority,
) -> None:
    tls = authority.server("localhost")

    async def injects(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS")
        tag, _ = await server.hear()
        await server.raw(f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 EVIL\r\n".encode())
        await server.start_tls(tls)
        await server.hear()

    refused = refused_by_client(injects, tls=None, ca=authority.file, security="starttls")
    async with refused as (fake, words):
        assert len(fake.heard) == 2
    assert "meddling" in words


async def test_what_was_learned_before_tls_is_dropped(authority: Authority) -> None:
    tls = authority.server("localhost")

    async def lies_first(server: Scripted) -> None:
        await server.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR")
        await server.answer("STARTTLS")
        await server.start_tls(tls)
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED")
        await server.hear()

    async with scripted_imap(lies_first) as fake:
        with pytest.raises(SignInNeeded, match="no sign-in by password"):
            await session(fake.port, ca=authority.file, security="starttls").check()
        assert not fake.was_told(SECRET)


async def test_a_good_starttls_signs_in(authority: Authority) -> None:
    tls = authority.server("localhost")

    async def good(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED")
        await server.answer("STARTTLS")
        await server.start_tls(tls)
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1")
        login = await server.answer("LOGIN", status="NO [UNAVAILABLE] come back later")
        assert SECRET in login
        await server.hear()

    async with scripted_imap(good) as fake:
        with pytest.raises(Unavailable, match="come back later"):
            await session(fake.port, ca=authority.file, security="starttls").check()


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("fault", ["untrusted", "wrong name"])
async def test_sending_gives_no_password_to_a_server_it_cannot_trust(
    security: str, fault: str, authority: Authority
) -> None:
    async def works(server: Scripted) -> None:
        await server.greet_and_sign_in()
        await server.answer("EXAMINE", "* 0 EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 1] x")
        await server.answer("LIST", r'* LIST (\Sent) "/" "Sent"')
        await server.answer("LOGOUT", "* BYE")

    names = ("mail.other.example",) if fault == "wrong name" else ("localhost",)
    with running_smtp_server(
        security="tls" if security == "tls" else "starttls",
        names=names,
        trusted=fault == "wrong name",
    ) as ledger:
        both = authority.file.with_name("both.pem")
        both.write_bytes(authority.file.read_bytes() + ledger.ca_file.read_bytes())
        async with scripted_imap(works, tls=authority.server("localhost")) as fake:
            account = session(fake.port, ca=both, smtp_port=ledger.port, smtp_security=security)
            with pytest.raises(Unavailable) as refused:
                await account.check()
    assert ledger.sign_ins == []
    for said in ("Reading works", "certificate", "No password was sent"):
        assert said in refused.value.text


@pytest.mark.parametrize("field", ["imap_security", "smtp_security"])
async def test_no_tls_is_for_this_machine_only(field: str) -> None:
    fields = {
        "address": "help@shop.example",
        "imap_host": "imap.shop.example",
        "smtp_host": "smtp.shop.example",
        field: "none",
    }
    with pytest.raises(Refused) as refused:
        await EmailSession(session_context(fields, secrets={"password": SECRET})).check()
    assert refused.value.field == field


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("not a certificate", "utf-8")
    for file in (bad, tmp_path / "missing.pem"):
        with pytest.raises(TlsFailed, match=file.name):
            client_context(str(file))


def test_the_client_always_checks_certificate_and_name() -> None:
    context = client_context(None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


async def test_the_authority_of_the_environment_is_honoured(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_password(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 LOGINDISABLED")
        await server.hear()

    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    async with scripted_imap(no_password, tls=authority.server("localhost")) as fake:
        with pytest.raises(SignInNeeded):
            await session(fake.port).check()

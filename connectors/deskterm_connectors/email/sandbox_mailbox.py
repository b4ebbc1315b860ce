"""The simulated shop's mailbox: fills it, takes replies, brings what customers write."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from deskterm.mail.tls import server_context
from deskterm.sandbox.customers import Letter
from deskterm.sandbox.faces import FaceAccount, Place, ShownWorld
from deskterm.sandbox.journal import digest
from deskterm.sandbox.model import Conversation
from deskterm.sandbox.proxy import LOOPBACK
from deskterm_connectors.email.sandbox_imap import INBOX, SENT, ImapServer, Mail
from deskterm_connectors.email.sandbox_smtp import SmtpServer, Submitted
from deskterm_connectors.email.sandbox_threads import Correspondence, Written

_CHANNEL = "email"
_AT_ONCE = 60  # conversations that are there when the first client looks
_CHUNK = 15  # conversations of the past that come in one go
_FIRST_S = 0.7  # in which a client can fetch what is there, before the past comes
_PAST_S = 1.5  # for all of the past, where it is small
_LONGEST_REST_S = 0.06


class Mailbox:
    """One mailbox with both its servers.

    Args:
        secrets: of the account; `password`.
    """

    def __init__(
        self, account: str, secrets: Mapping[str, str], world: ShownWorld, place: Place
    ) -> None:
        self._account = account
        self._secrets = secrets
        self._world = world
        self._place = place
        self._mails = Correspondence(world.shop, datetime.now(UTC))
        tls = server_context(place.certified)
        user, password = world.shop.address, secrets["password"]
        mind = place.misbehaviour
        self._imap = ImapServer(user, password, tls, mind)
        self._smtp = SmtpServer(user, password, tls, mind, self._taken)

    async def start(self) -> FaceAccount:
        """Listen, with the newest conversations in place; the past follows by and by."""
        newest = self._world.conversations[-_AT_ONCE:]
        self._show(newest)
        mind = self._place.misbehaviour
        imap_port = await mind.wire("imap", await self._imap.start())
        smtp_port = await mind.wire("smtp", await self._smtp.start())
        mind.can("renumber", self._number_anew)
        self._place.customers.serve(_CHANNEL, self._post)
        self._place.fill(self._show_the_past())
        shop = self._world.shop
        fields = {
            "address": shop.address,
            "display_name": shop.name,
            "imap_host": LOOPBACK,
            "imap_port": str(imap_port),
            "smtp_host": LOOPBACK,
            "smtp_port": str(smtp_port),
            "tls_ca_file": str(self._place.ca_file),
        }
        return FaceAccount(_CHANNEL, self._account, fields, self._secrets)

    async def _show_the_past(self) -> None:
        """The rest, the newest first, in pieces small enough for clients not to wait."""
        past = self._world.conversations[:-_AT_ONCE]
        await asyncio.sleep(_FIRST_S)
        rest = min(_LONGEST_REST_S, _PAST_S * _CHUNK / max(len(past), 1))
        for end in range(len(past), 0, -_CHUNK):
            await asyncio.sleep(rest)
            self._show(past[max(end - _CHUNK, 0) : end])

    def _show(self, conversations: Sequence[Conversation]) -> None:
        own = [c for c in conversations if c.channel == _CHANNEL]
        mails = [mail for conversation in own for mail in self._mails.history(conversation)]
        mails.sort(key=lambda mail: mail.at)
        self._put(INBOX, [mail for mail in mails if not mail.ours])
        self._put(SENT, [mail for mail in mails if mail.ours])

    def _put(self, folder: str, mails: Sequence[Written]) -> None:
        uids = self._imap.put(folder, [Mail(m.raw, m.at, m.seen, m.answered) for m in mails])
        self._place.journal.note_all(
            "shown",
            _CHANNEL,
            [
                {
                    "conversation": mail.number,
                    "id": mail.message_id,
                    "folder": folder,
                    "uid": uid,
                    "digest": mail.digest,
                }
                for uid, mail in zip(uids, mails, strict=True)
            ],
        )

    async def _post(self, letter: Letter) -> str:
        mail = self._mails.letter(letter)
        twice = self._place.misbehaviour.happens("duplicate", _CHANNEL)
        self._put(INBOX, [mail, mail] if twice else [mail])
        return mail.message_id

    def _taken(self, submitted: Submitted) -> None:
        reply = self._mails.read(submitted.raw, submitted.recipients)
        self._place.journal.note(
            "taken",
            _CHANNEL,
            conversation=reply.number,
            id=reply.message_id,
            recipients=list(submitted.recipients),
            digest=digest(reply.text),
        )
        if reply.number is not None and not reply.again:
            self._place.customers.replied(reply.number, reply.text, reply.message_id)

    async def _number_anew(self) -> None:
        self._imap.number_anew()
        self._place.misbehaviour.wires["imap"].reset()

"""Every thread of the simulated mailbox: who wrote what under which Message-ID."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from deskterm.sandbox.customers import Letter
from deskterm.sandbox.faces import Shop
from deskterm.sandbox.journal import digest
from deskterm.sandbox.model import Conversation, Message
from deskterm_connectors.email.sandbox_mail import Occasion, compose

_OPENED = timedelta(days=3)  # mail from before has been read by somebody


@dataclass(frozen=True, slots=True)
class Written:
    """A mail, ready to be put into the mailbox. `number` is its conversation's."""

    number: int
    message_id: str
    ours: bool
    at: datetime
    raw: bytes
    digest: str
    seen: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What was read off a mail that the shop sent.

    `number` is None where it belongs to no conversation; `again` says that a mail with this
    Message-ID was taken before.
    """

    message_id: str
    number: int | None
    text: str
    again: bool


@dataclass
class _Thread:
    conversation: Conversation
    ids: list[str] = field(default_factory=list)
    last: Message | None = None


class Correspondence:
    """Writes the mails of conversations, and knows replies by the mails they answer."""

    def __init__(self, shop: Shop, now: datetime) -> None:
        self._shop = shop
        self._now = now
        self._threads: dict[int, _Thread] = {}
        self._numbers: dict[str, int] = {}
        self._addresses: dict[str, int] = {}
        self._taken: set[str] = set()

    def history(self, conversation: Conversation) -> list[Written]:
        """All mails of a conversation, oldest first."""
        thread = self._threads[conversation.number] = _Thread(conversation)
        messages = conversation.messages
        last_reply = max((n for n, said in enumerate(messages) if said.ours), default=-1)
        written = []
        for place, said in enumerate(messages):
            answered = not said.ours and place < last_reply
            seen = said.ours or answered or said.at < self._now - _OPENED
            mail = self._write(thread, said)
            written.append(replace(mail, seen=seen, answered=answered))
        return written

    def letter(self, letter: Letter) -> Written:
        """A mail that a customer writes now; it answers the reply that the letter names."""
        number = letter.conversation.number
        thread = self._threads.setdefault(number, _Thread(letter.conversation))
        return self._write(thread, letter.message, letter.answers)

    def read(self, raw: bytes, recipients: Sequence[str]) -> Reply:
        """Find out to which conversation a mail from the shop belongs, and remember it."""
        mail = message_from_bytes(raw, policy=default)
        key = str(mail.get("Message-ID", "")).strip()
        named = [*str(mail.get("In-Reply-To", "")).split()]
        named += reversed(str(mail.get("References", "")).split())
        found = [self._numbers[key] for key in named if key in self._numbers]
        found += [self._addresses[r.lower()] for r in recipients if r.lower() in self._addresses]
        number = found[0] if found else None
        text = _plain_text(mail)
        again = key in self._taken
        self._taken.add(key)
        if number is not None and not again:
            thread = self._threads[number]
            thread.ids.append(key)
            now, shop = datetime.now(UTC), self._shop
            thread.last = Message(now, True, shop.name, shop.address, text)
            self._numbers[key] = number
        return Reply(key, number, text, again)

    def _write(self, thread: _Thread, said: Message, answers: str = "") -> Written:
        number = thread.conversation.number
        ids = list(thread.ids)
        if answers in ids:
            del ids[ids.index(answers) + 1 :]
        key = self._key(thread, said)
        occasion = Occasion(
            self._shop,
            thread.conversation,
            said,
            self._customer_address(thread, said),
            key,
            ids,
            thread.last,
        )
        raw = compose(occasion)
        thread.ids.append(key)
        self._numbers[key] = number
        if not said.ours:
            self._addresses[said.address.lower()] = number
        if not said.automatic:
            thread.last = said
        return Written(number, key, said.ours, said.at, raw, digest(said.text))

    def _customer_address(self, thread: _Thread, said: Message) -> str:
        """Where the customer writes from; for a reply, where the last mail came from."""
        if not said.ours:
            return said.address
        messages = thread.conversation.messages
        before = [m.address for m in messages if not m.ours and m.at <= said.at]
        return before[-1] if before else thread.conversation.customer.addresses[0]

    def _key(self, thread: _Thread, said: Message) -> str:
        seed = f"{thread.conversation.number}/{len(thread.ids)}/{said.at.isoformat()}"
        made = hashlib.sha256(seed.encode()).hexdigest()[:24]
        domain = self._shop.domain if said.ours else said.address.rpartition("@")[2]
        return f"<{made}@mail.{domain}>"


def _plain_text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain",))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset nobody knows, or not what it says it is
        return ""

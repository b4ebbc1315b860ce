"""A maker of accounts that a test holds in its hands; `deskterm.viewmodel.setting_up.SetUp`."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.domain.errors import DesktermError
from deskterm.viewmodel.setting_up import Answers, Channel, Field

MAILBOX = Channel(
    "email",
    "Mailbox",
    (
        Field("address", "Address", "address", required=True),
        Field("port", "Port", "port", default="993"),
        Field("password", "Password", "secret", required=True),
        Field("security", "Security", "choice", default="tls", choices=("tls", "none")),
    ),
)
SHOP = Channel("shop", "Web shop", (Field("url", "Address of the shop", "url", required=True),))


class HeldSetUp:
    """Notes what it is asked; `refused` is what the next check says."""

    def __init__(self, agent: str = "", channels: Sequence[Channel] = (MAILBOX, SHOP)) -> None:
        self.agent = agent or "login"
        self.is_named = bool(agent)
        self.refused: DesktermError | None = None
        self.added: list[Answers] = []
        self.checked: list[str] = []
        self._channels = channels

    def channels(self) -> Sequence[Channel]:
        return self._channels

    def keep_agent(self, name: str) -> None:
        self.agent, self.is_named = name, True

    def add(self, answers: Answers) -> None:
        self.added.append(answers)

    def check(self, name: str) -> Sequence[str]:
        self.checked.append(name)
        if self.refused is not None:
            raise self.refused
        return ["IMAP works", "SMTP works"]

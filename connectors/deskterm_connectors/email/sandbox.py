"""The simulated shop's mailbox, as the sandbox looks for it. Loads its servers only to start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from deskterm.sandbox.faces import FaceAccount, Place, ShownWorld


class EmailFace:
    """IMAP and SMTP on loopback, both with TLS from the first byte; see `deskterm.sandbox`."""

    channel = "email"
    account = "mailbox"

    def secrets(self, token: str) -> Mapping[str, str]:
        """The password of the mailbox."""
        made = hashlib.sha256(f"{token}/{self.channel}/password".encode()).hexdigest()
        return {"password": made[:32]}

    async def start(self, world: ShownWorld, place: Place) -> FaceAccount:
        """Listen, with the newest conversations in place."""
        from deskterm_connectors.email.sandbox_mailbox import Mailbox

        return await Mailbox(self.account, self.secrets(place.token), world, place).start()


FACE = EmailFace()

"""Accounts and the agent's name, as the console has them made; `deskterm.viewmodel.setting_up`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import DesktermError, OfficeSilent

if TYPE_CHECKING:
    from deskterm.config.secrets import SecretStore
    from deskterm.viewmodel.setting_up import Answers, Channel

CHECK_S: Final = 120.0
"""Seconds in which an account has to be signed in to."""


class ConsoleSetUp:
    """`deskterm.viewmodel.setting_up.SetUp`. Nothing is loaded for it before it is asked."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._named = False

    @property
    def agent(self) -> str:
        """See `SetUp.agent`."""
        return self._place.agent

    @property
    def is_named(self) -> bool:
        """See `SetUp.is_named`."""
        return self._named or bool(self._place.settings.agent_name.strip())

    def channels(self) -> Sequence[Channel]:
        """See `SetUp.channels`; those that need another account's mailbox come last."""
        from deskterm.sync.connectors import Connectors
        from deskterm.viewmodel.setting_up import Channel, Field

        keeps = self._store().writable
        specs = Connectors.installed(self._place.settings.trusted_connectors).specs.values()
        return [
            Channel(
                spec.id,
                spec.title,
                tuple(
                    Field(f.name, f.label, f.kind, f.required, f.default, f.choices, f.help)
                    for f in spec.fields
                    if keeps or f.kind != "secret"
                ),
            )
            for spec in sorted(specs, key=lambda spec: (bool(spec.mail_face), spec.title))
        ]

    def keep_agent(self, name: str) -> None:
        """See `SetUp.keep_agent`. An office that is there has the old name, and makes room."""
        from deskterm.config.keep import keep_text

        keep_text(self._place.home.settings_file, "agent_name", name)
        self._named = True
        with suppress(DesktermError), self._place.office() as door:
            door.call("office.stop", {})

    def add(self, answers: Answers) -> None:
        """See `SetUp.add`."""
        from deskterm.config.secrets import Secret

        store = self._store()
        given = {name: Secret(value) for name, value in answers.secrets.items()}
        with self._place.office() as door:
            if answers.is_there:
                for key, secret in given.items():
                    store.set(answers.name, key, secret)
                door.call("account.set", {"name": answers.name, "fields": dict(answers.fields)})
                return
            wanted = {"name": answers.name, "channel": answers.channel}
            door.call("account.add", {**wanted, "fields": dict(answers.fields)})
            try:
                for key, secret in given.items():
                    store.set(answers.name, key, secret)
            except DesktermError:
                door.call("account.remove", {"name": answers.name})
                raise

    def check(self, name: str) -> Sequence[str]:
        """See `SetUp.check`; what works is taken up at once."""
        with self._place.office() as door:
            try:
                result = door.call("account.check", {"name": name}, timeout_s=CHECK_S).result
            except OfficeSilent as error:
                raise DesktermError(
                    f"The account {name} gave no answer",
                    f"Its server was waited for, {CHECK_S:g} s",
                    "Check the name of the server and its port, and try again",
                    code="check_failed",
                ) from error
            door.call("sync.now", {"name": name})
        lines = result.get("lines")
        return [str(line) for line in lines] if isinstance(lines, list) else []

    def _store(self) -> SecretStore:
        from deskterm.config.secrets import nobody_to_ask, open_secrets

        place = self._place
        return open_secrets(place.settings, os.environ, place.home, nobody_to_ask)

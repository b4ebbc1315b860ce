"""The real office notices what is typed again and again, and writes the file of its macro."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.paths import Home
from deskterm.config.secrets import MemorySecrets
from deskterm.config.settings import Settings
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError
from deskterm.office.macro_files import MacroFolder
from deskterm.office.office import Office, OfficeParts
from deskterm.office.protocol import Call, new_call_id
from deskterm.sync.connectors import Connectors
from tests.support.desk import TestDesk

SENTENCE = "Your lamp is being packed with care today."


async def test_the_third_reply_tells_and_its_macro_is_a_private_file(tmp_path: Path) -> None:
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    desk = TestDesk(home.data)
    refs = [desk.open() for _ in range(3)]
    desk.close()
    parts = OfficeParts(
        home,
        Settings(),
        Connectors.installed(()),
        MemorySecrets(),
        SystemClock(),
        ZoneInfo("Europe/Paris"),
        "anna",
    )
    office = Office(parts, lambda _: None)
    try:

        async def do(command: str, **params: object) -> dict[str, object]:
            call = Call(new_call_id(), command, params, None)
            return dict(await office.call(call, lambda _: None))

        for ref in refs:
            done = (await do("ticket.reply", tickets=[ref], text=SENTENCE))["done"]
        assert isinstance(done, list)
        again = done[0]["typed_again"]
        assert (again["text"], again["times"]) == (SENTENCE, 3)
        made = await do("macro.make", sentence=again["id"], title="Packed")
        file = home.macros / "packed.toml"
        assert made["file"] == str(file)
        assert file.stat().st_mode & 0o777 == 0o600
        await do("app.undo")
        assert not file.exists()
    finally:
        await office.stop()


def test_a_file_of_somebody_else_is_neither_replaced_nor_taken_away(tmp_path: Path) -> None:
    folder = MacroFolder(tmp_path / "macros")
    folder.write("mine", "one")
    with pytest.raises(DesktermError, match="there already"):
        folder.write("mine", "two")
    assert not folder.remove("mine", "two")
    assert folder.names() == {"mine"}
    assert folder.remove("mine", "one")
    assert folder.remove("mine", "one")  # it is gone


def test_a_folder_that_takes_no_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "macros").write_text("no folder")
    with pytest.raises(DesktermError):
        MacroFolder(tmp_path / "macros").write("mine", "one")

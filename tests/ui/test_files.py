"""The files of a ticket on the screen: the list, what is shown of one, saving and opening."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.cli.outside import FilesOutside
from deskterm.service.reading.rows import FileView, RawView
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from tests.support.console import Shop, console
from tests.support.pictures import LOWER, UPPER, picture, png, stored
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import conversation, entry, ticket

SIZE = (120, 40)


class Place:
    """Folders of a user, and a desktop that notes what it is handed."""

    def __init__(self, folder: Path, *, desktop: bool = True) -> None:
        self.attachments = folder / "attachments"
        self.downloads = folder / "downloads"
        self.state = folder / "state"
        self.handed = folder / "handed"
        programs = folder / "bin"
        programs.mkdir()
        opener = programs / "xdg-open"
        opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> {self.handed}\n')
        opener.chmod(0o755)
        self._env = {"PATH": f"{programs}:/usr/bin:/bin"}
        if desktop:
            self._env["DISPLAY"] = ":99"

    def outside(self) -> FilesOutside:
        return FilesOutside(self.attachments, self.state, lambda: self.downloads, self._env)

    def file(self, name: str, content: bytes, mime: str = "image/png") -> FileView:
        return stored(self.attachments, name, content, mime)

    @property
    def saved(self) -> list[str]:
        return sorted(path.name for path in self.downloads.glob("*"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr("sys.platform", "linux")
    return Place(tmp_path)


def with_files(*files: FileView) -> Shop:
    """A workspace whose first ticket has two messages, the older one with these files."""
    shop = Shop(3)
    entries = [entry(0, files=files), entry(1)]
    shop.conversations[0] = conversation(entries, ticket=ticket(0))
    return shop


async def opened(app: DeskApp, pilot: Pilot[int], *keys: str) -> None:
    """The conversation has the keys, then these are pressed."""
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)
    await wait_until(pilot, lambda: app.desk_screen.stands)
    await pilot.press("enter", *keys)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def seen(app: DeskApp, *words: str) -> Callable[[], bool]:
    return lambda: all(word in screen_text(app) for word in words)


async def test_the_list_names_type_size_and_sender_and_esc_leaves_it(place: Place) -> None:
    shop = with_files(
        place.file("IMG_1.png", picture()), place.file("in\u202evoice.pdf", b"%PDF-1.4", "a/pdf")
    )
    app = console(shop, outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v")
        await wait_until(pilot, seen(app, "2 attachments", "IMG_1.png", "image/png · ", "Greta"))
        assert "⟨U+202E⟩" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is app.conversation)
        assert "2 attachments" not in screen_text(app)


async def test_a_ticket_without_files_says_so(place: Place) -> None:
    app = console(with_files(), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v")
        await wait_until(pilot, seen(app, "This ticket has no attachments."))
        assert app.focused is app.conversation


async def test_the_foot_names_files_only_where_a_ticket_has_some(place: Place) -> None:
    app = console(with_files(place.file("IMG_1.png", picture())), outside=place.outside)

    def foot() -> str:
        return screen_text(app).splitlines()[-1]

    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot)
        await wait_until(pilot, lambda: "v files" in foot())
        await pilot.press("J")
        await wait_until(pilot, lambda: "v files" not in foot())
        await pilot.press("K")
        await wait_until(pilot, lambda: "v files" in foot())


async def test_a_picture_is_shown_in_half_blocks(place: Place) -> None:
    app = console(with_files(place.file("IMG_1.png", picture())), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "enter")
        await wait_until(pilot, seen(app, "▀" * 40, "40 × 20", "PNG picture"))
        lines = app.screen._compositor.render_strips()
        styles = [s.style for line in lines for s in line if s.text.startswith("▀")]
        grounds = [style.bgcolor.triplet for style in styles if style and style.bgcolor]
        assert grounds[0] == UPPER
        assert grounds[-1] == LOWER
        await pilot.press("q", "q")
        await wait_until(pilot, lambda: app.focused is app.conversation)


async def test_the_next_file_is_looked_at_as_this_one(place: Place) -> None:
    shop = with_files(
        place.file("IMG_1.png", picture()),
        place.file("note.txt", b"first\x1b]52;c;eA==\x07 line\n\tsecond", "text/plain"),
        place.file("bill.pdf", b"%PDF-1.4 rest", "application/pdf"),
    )
    app = console(shop, outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "k", "v", "enter")
        await wait_until(pilot, seen(app, "▀"))
        await pilot.press("J")
        await wait_until(pilot, seen(app, "first␛]52;c;eA==␇ line", "    second", "note.txt"))
        await pilot.press("J")
        await wait_until(pilot, seen(app, "PDF document: it is not shown here", "s saves it"))


@pytest.mark.parametrize(
    "content",
    [picture()[:60], png(60_000, 60_000, b""), b"\x89PNG\r\n\x1a\n" + b"\0" * 50],
    ids=["cut off", "huge", "nothing but a signature"],
)
async def test_a_hostile_picture_is_told_and_the_console_goes_on(
    place: Place, content: bytes
) -> None:
    app = console(with_files(place.file("IMG_1.png", content)), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "enter")
        await wait_until(pilot, seen(app, "This picture cannot be shown", "o opens it"))
        await pilot.press("s")
        await wait_until(pilot, lambda: place.saved == ["IMG_1.png"])


async def test_keys_are_taken_while_a_picture_is_decoded(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def never(work: object) -> object:
        begun.set()
        await goes_on.wait()
        return work

    app = console(with_files(place.file("IMG_1.png", picture())), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v")
        await wait_until(pilot, seen(app, "1 attachment"))
        monkeypatch.setattr("deskterm.ui.acts.files.apart", never)
        await pilot.press("enter")
        await wait_until(pilot, begun.is_set)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is app.conversation)


async def test_saving_overwrites_nothing_and_stays_in_its_folder(place: Place) -> None:
    shop = with_files(place.file("../../.bash rc", b"one", "text/plain"))
    app = console(shop, outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "s")
        await wait_until(pilot, lambda: place.saved == ["bash rc"])
        await pilot.press("s")
        await wait_until(pilot, lambda: place.saved == ["bash rc", "bash rc (2)"])
        await wait_until(pilot, seen(app, "Saved as"))
    assert (place.downloads / "bash rc").read_bytes() == b"one"
    assert mode_of(place.downloads / "bash rc") == 0o600


async def test_the_desktop_gets_a_file_only_when_asked_twice_and_by_what_it_is(
    place: Place,
) -> None:
    app = console(with_files(place.file("photo.desktop", picture())), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "o")
        await wait_until(pilot, seen(app, "comes from outside. o again opens it"))
        assert not place.handed.exists()
        await pilot.press("o")
        await wait_until(pilot, seen(app, "Handed to the desktop"))
    handed = Path(place.handed.read_text().strip())
    assert handed.name == "photo.png"
    assert handed.parent == place.state / "opened"
    assert mode_of(handed) == 0o600


async def test_a_program_is_never_opened(place: Place) -> None:
    content = b"\x7fELF\x02\x01\x01" + b"\0" * 60
    app = console(with_files(place.file("photo.png", content)), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "o")
        await wait_until(pilot, seen(app, "is not opened from here"))
        await pilot.press("o")
        await wait_until(pilot, seen(app, "is not opened from here"))
    assert not place.handed.exists()


async def test_without_a_desktop_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    place = Place(tmp_path, desktop=False)
    app = console(with_files(place.file("IMG_1.png", picture())), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v", "o")
        await wait_until(pilot, seen(app, "o again opens"))
        await pilot.press("o")
        await wait_until(pilot, seen(app, "There is no desktop here"))


async def test_the_message_as_it_came_is_shown_clean_and_says_where_it_was_cut(
    place: Place,
) -> None:
    shop = with_files()
    text = clean("Subject: \x1b[2J\nX-Odd: 1\n" + "body\n" * 100)
    shop.raws["message:0"] = RawView(text, 900_000, whole=False)
    app = console(shop, outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "I")
        await wait_until(pilot, seen(app, "Nothing is kept of this as it came"))
        await pilot.press("k", "I")
        await wait_until(
            pilot, seen(app, "Subject: ␛[2J", "X-Odd: 1", "only the beginning is shown")
        )
        await pilot.press("G")
        await wait_until(pilot, lambda: "X-Odd" not in screen_text(app))
        await pilot.press("s")
        await wait_until(pilot, seen(app, "There is no file here"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.focused is app.conversation)


async def test_another_pane_that_takes_the_keys_is_not_covered(place: Place) -> None:
    app = console(with_files(place.file("IMG_1.png", picture())), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "v")
        await wait_until(pilot, seen(app, "1 attachment"))
        app.give_keys(app.tickets_pane)
        await wait_until(pilot, lambda: "1 attachment" not in screen_text(app))


async def test_where_there_is_no_clipboard_the_text_is_in_a_file(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setenv("TERM", "linux")
    app = console(with_files(), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "y", "c")
        await wait_until(pilot, seen(app, "This terminal has no clipboard."))
    assert (place.state / "copied.txt").read_text() == "Greta Holm"


async def test_a_tracking_number_that_is_not_known_is_told(place: Place) -> None:
    app = console(with_files(), outside=place.outside)
    async with app.run_test(size=SIZE) as pilot:
        await opened(app, pilot, "y", "t")
        await wait_until(pilot, seen(app, "There is nothing of that kind here"))

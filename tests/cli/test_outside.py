"""Files outside the database: what is saved and lent, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.cli.outside import FilesOutside
from deskterm.domain.errors import DesktermError
from tests.support.pictures import stored


@pytest.fixture
def outside(tmp_path: Path) -> FilesOutside:
    return FilesOutside(tmp_path / "attachments", tmp_path / "state", lambda: tmp_path / "out", {})


def test_content_that_is_not_what_was_received_is_not_saved(
    tmp_path: Path, outside: FilesOutside
) -> None:
    file = stored(tmp_path / "attachments", "a.txt", b"one")
    (tmp_path / "attachments" / file.digest).write_bytes(b"two")
    with pytest.raises(DesktermError, match="not what was received"):
        outside.save(file)
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "0" * 64])
def test_only_files_of_the_folder_are_read(
    tmp_path: Path, outside: FilesOutside, digest: str
) -> None:
    file = stored(tmp_path / "attachments", "a.txt", b"one")._replace(digest=digest)
    for act in (outside.path_of, outside.save, lambda each: outside.beginning(each, 10)):
        with pytest.raises(DesktermError) as caught:
            act(file)
        assert caught.value.code == "attachment"


def test_a_link_in_the_folder_for_downloads_is_not_followed(
    tmp_path: Path, outside: FilesOutside
) -> None:
    (tmp_path / "out").mkdir()
    target = tmp_path / "target"
    (tmp_path / "out" / "a.txt").symlink_to(target)
    path = outside.save(stored(tmp_path / "attachments", "a.txt", b"one"))
    assert path.name == "a (2).txt"
    assert not target.exists()


def test_a_full_or_closed_folder_is_told(tmp_path: Path, outside: FilesOutside) -> None:
    (tmp_path / "out").write_text("a file in the way")
    with pytest.raises(DesktermError) as caught:
        outside.save(stored(tmp_path / "attachments", "a.txt", b"one"))
    assert caught.value.code == "save_failed"


def test_lent_and_copied_texts_are_private_and_go_again(outside: FilesOutside) -> None:
    lent = outside.lend_text("Bonjour \ud800 é")
    assert lent.stat().st_mode & 0o777 == 0o600
    assert lent.parent.stat().st_mode & 0o777 == 0o700
    assert lent.read_text(encoding="utf-8") == "Bonjour ? é"
    outside.give_back(lent)
    outside.give_back(lent)
    assert not lent.exists()
    kept = outside.keep_copied("one")
    assert outside.keep_copied("two") == kept
    assert kept.read_text() == "two"
    assert kept.stat().st_mode & 0o777 == 0o600

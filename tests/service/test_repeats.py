"""Sentences that are typed again and again: noticed, made a macro, taken back, forgotten."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.macros.library import load_library
from deskterm.office.macro_files import MacroFolder
from deskterm.service.repeats import ShopTexts
from deskterm.store import repeats
from tests.support.desk import TestDesk

PARCEL = "Hello Marta,\n\nYour parcel {number} left on {day} and comes soon.\n\nKind regards,\nAnna"
VALUES = (("1Z999AA10123456784", "3 May"), ("AB12345678", "June 9th"), ("LX55555555FR", "1/7"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "macros"


@pytest.fixture
def desk(desk: TestDesk, folder: Path, tmp_path: Path) -> TestDesk:
    desk.texts = ShopTexts(
        lambda: load_library(folder), folder, tmp_path / "facts.toml", MacroFolder(folder)
    )
    return desk


def say(desk: TestDesk, text: str, **more: object) -> Mapping[str, object]:
    """A ticket that is answered with a text."""
    return desk.one("ticket.reply", desk.open(), text=text, **more)


def say_often(desk: TestDesk, text: str = PARCEL, **more: object) -> list[Mapping[str, object]]:
    return [say(desk, text.format(number=n, day=d), **more) for n, d in VALUES]


def often(desk: TestDesk, least: int = 3) -> list[tuple[str, int]]:
    found = repeats.often(desk.reading, "anna", least)
    return [(one.source, one.times) for one in found if not one.whole]


def test_the_same_sentence_about_another_parcel_is_told_of_at_the_third_time(
    desk: TestDesk,
) -> None:
    outcomes = say_often(desk)
    assert ["typed_again" in one for one in outcomes] == [False, False, True]
    told = outcomes[-1]["typed_again"]
    assert isinstance(told, dict)
    assert told["text"] == "Your parcel {{?number}} left on {{?date}} and comes soon."
    assert told["times"] == 3
    assert "typed_again" not in say(desk, PARCEL.format(number="QQ987654", day="2 August"))
    assert often(desk) == [(told["text"], 4)]


def test_what_goes_to_many_at_once_was_not_typed_so_often(desk: TestDesk) -> None:
    refs = [desk.open() for _ in range(4)]
    desk.do("ticket.reply", refs, text="We are closed on Monday and back on Tuesday.")
    assert not desk.rows("SELECT 1 FROM repeats")


def test_each_agent_is_told_of_what_they_typed_themselves(desk: TestDesk) -> None:
    say_often(desk)
    assert "typed_again" not in say(desk, PARCEL.format(number="Q1234", day="2 May"), agent="ben")


@pytest.mark.parametrize(
    "text",
    [
        "Please ask for Madame Durand at the counter of the shop.",
        "Bring it to 12 rue des lilas before noon please.",
        "Write to durand@post.example as soon as you can.",
    ],
)
def test_what_may_hold_a_person_is_counted_without_its_text(desk: TestDesk, text: str) -> None:
    outcomes = [say(desk, text, reason="it is meant") for _ in range(3)]
    assert not any("typed_again" in one for one in outcomes)
    assert [tuple(row) for row in desk.rows("SELECT source, language FROM repeats")] == [("", "en")]
    assert desk.rows("SELECT count(*) FROM repeat_uses")[0][0] == 3


def test_nothing_of_a_text_is_kept_at_the_first_time(desk: TestDesk) -> None:
    say(desk, PARCEL.format(number="AB12345678", day="9 June"))
    assert {row[0] for row in desk.rows("SELECT source FROM repeats")} == {""}


def test_what_a_macro_says_was_not_typed(desk: TestDesk, folder: Path) -> None:
    folder.mkdir()
    (folder / "own.toml").write_text(
        '[[macro]]\nid = "own"\ntitle.en = "Own"\nbody.en = """\n{{greeting}}\n\n'
        "Your lamp will be sent on {{?day}} by our own van. {{?more}} It is packed with care.\n\n"
        '{{closing}}"""\n'
    )
    ready = "Hello Marta,\n\nYour lamp will be sent on Monday by our own van. Fine! "
    ready += "It is packed with care.\n\nI have put a small present into the box for you."
    for _ in range(3):
        outcome = say(desk, ready, macro="own")
    assert often(desk) == [("I have put a small present into the box for you.", 3)]
    assert "typed_again" in outcome


def test_a_reply_that_is_taken_back_was_not_typed(desk: TestDesk) -> None:
    outcomes = say_often(desk)
    desk.do("outbox.take_back", item=outcomes[-1]["item"])
    assert not often(desk)
    assert len(often(desk, 2)) == 1


def test_one_act_makes_a_macro_that_can_be_used_and_undo_takes_it_away(
    desk: TestDesk, folder: Path
) -> None:
    told = say_often(desk)[-1]["typed_again"]
    assert isinstance(told, dict)
    made = desk.do("macro.make", sentence=told["id"])
    assert made["problems"] == []
    macro = load_library(folder).macros[str(made["macro"])]
    assert macro.title("en") == made["title"]
    assert [(one.name, one.kind) for one in macro.variables] == [
        ("number", "text"),
        ("date", "date"),
    ]
    assert not often(desk)
    with pytest.raises(DesktermError, match="already"):
        desk.do("macro.make", sentence=told["id"])

    desk.do("app.undo")
    assert list(folder.iterdir()) == []
    assert len(often(desk)) == 1
    desk.do("app.redo")
    assert str(made["macro"]) in load_library(folder).macros
    assert desk.chain_is_whole()


def test_a_file_that_was_changed_since_is_not_taken_away(desk: TestDesk, folder: Path) -> None:
    say_often(desk)
    (one,) = [each for each in repeats.often(desk.reading, "anna") if not each.whole]
    made = desk.do("macro.make", sentence=one.uid, title="On its way")
    file = Path(str(made["file"]))
    file.write_text(file.read_text() + "# mine\n")
    with pytest.raises(DesktermError, match="Nothing could be undone"):
        desk.do("app.undo")
    assert file.exists()
    assert made["macro"] == "on_its_way"


def test_a_dry_run_shows_the_file_and_writes_none(desk: TestDesk, folder: Path) -> None:
    say_often(desk)
    (one,) = [each for each in repeats.often(desk.reading, "anna") if not each.whole]
    shown = desk.do("macro.make", sentence=one.uid, dry_run=True)
    assert tomllib.loads(str(shown["text"]))["macro"][0]["id"] == shown["macro"]
    assert not folder.exists()
    assert len(often(desk)) == 1


def test_what_is_not_worth_a_macro_is_never_told_of_again(desk: TestDesk) -> None:
    say_often(desk)
    for one in repeats.often(desk.reading, "anna"):
        desk.do("macro.never", sentence=one.uid)
    assert not any("typed_again" in one for one in say_often(desk))
    assert not often(desk)


def test_whole_replies_that_recur_are_told_of_as_a_whole(desk: TestDesk, folder: Path) -> None:
    text = "Hello Marta,\n\nYour parcel {number} left on {day} and comes soon. "
    text += "Please look into your letter box too.\n\nKind regards,\nAnna"
    told = say_often(desk, text)[-1]["typed_again"]
    assert isinstance(told, dict)
    assert told["whole"]
    made = desk.do("macro.make", sentence=told["id"])
    source = load_library(folder).macros[str(made["macro"])].variants[0].source
    assert source.startswith("{{greeting}}\n\nYour parcel")
    assert source.rstrip().endswith("{{closing}}")


def test_forgetting_a_customer_subtracts_what_was_typed_to_them(desk: TestDesk) -> None:
    say_often(desk)
    other = desk.open(sender="noor@mail.example")
    desk.one("ticket.reply", other, text=PARCEL.format(number="QQ987654", day="2 August"))
    marta = desk.rows("SELECT customer_id FROM tickets ORDER BY id LIMIT 1")[0][0]
    noor = desk.ticket(other)["customer_id"]
    assert desk.write(lambda tx: repeats.forget_customer(tx, marta)) == 3
    assert [tuple(row) for row in desk.rows("SELECT source, told FROM repeats")] == [("", 0)]
    assert desk.write(lambda tx: repeats.forget_customer(tx, noor)) == 1
    assert not desk.rows("SELECT 1 FROM repeats")


def test_what_was_typed_once_is_forgotten_after_a_season(desk: TestDesk) -> None:
    say(desk, "We looked into the storage twice and found nothing.")
    desk.clock.advance(91 * 24 * 3600)
    say(desk, "Another thing that somebody typed once for you.")
    assert desk.rows("SELECT count(*) FROM repeats")[0][0] == 1

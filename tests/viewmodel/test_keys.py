"""Keys: the keymap made from the table, its checks, and reading keys one by one."""

from __future__ import annotations

from typing import get_args

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.service.command import Command, Context
from deskterm.service.table import TABLE
from deskterm.viewmodel.key_signs import AZERTY, Keys, is_printable, spoken
from deskterm.viewmodel.keys import Keymap, KeyReader, Nothing, Prefix, Run


def command(command_id: str, *keys: str, context: Context = "anywhere") -> Command:
    return Command(command_id, command_id, "", keys=keys, context=context, place="console")


@pytest.fixture(scope="module")
def keymap() -> Keymap:
    return Keymap(TABLE.values())


def test_every_key_of_the_table_runs_its_command_in_its_context(keymap: Keymap) -> None:
    for each in TABLE.values():
        for keys in each.keys:
            assert keymap.step(each.context, tuple(keys.split(" "))) == Run(each)


def test_what_holds_anywhere_holds_where_letters_are_commands(keymap: Keymap) -> None:
    for context in ("list", "conversation", "outbox", "health"):
        assert keymap.step(context, ("e",)) == Run(TABLE["ticket.resolve"])
        assert keymap.step(context, ("ctrl+q",)) == Run(TABLE["app.quit"])


@pytest.mark.parametrize("context", ["composer", "header", "review"])
def test_where_text_is_written_only_keys_that_write_nothing_hold(
    keymap: Keymap, context: Context
) -> None:
    assert keymap.step(context, ("z",)) == Nothing()
    assert keymap.step(context, ("g",)) == Nothing()
    assert keymap.step(context, ("ctrl+p",)) == Run(TABLE["app.palette"])
    inherited = [b for b in keymap.commands(context) if b.command.context == "anywhere"]
    assert not any(is_printable(keys[0]) for bound in inherited for keys in bound.keys)


def test_a_key_of_the_place_comes_before_the_same_key_anywhere(keymap: Keymap) -> None:
    assert keymap.step("composer", ("escape",)) == Run(TABLE["composer.leave"])
    assert keymap.step("list", ("escape",)) == Run(TABLE["app.back"])


def test_a_chord_waits_and_ends(keymap: Keymap) -> None:
    reader = KeyReader(keymap)
    step = reader.feed("list", "g")
    assert isinstance(step, Prefix)
    assert (("i",), TABLE["go.needs_us"]) in step.choices
    assert (("g",), TABLE["list.top"]) in step.choices
    assert reader.feed("list", "i") == Run(TABLE["go.needs_us"])
    assert reader.typed == ()


def test_escape_and_a_strange_key_leave_a_chord(keymap: Keymap) -> None:
    reader = KeyReader(keymap)
    reader.feed("list", "g")
    assert reader.feed("list", "escape") == Nothing(("g", "escape"))
    reader.feed("list", "g")
    assert reader.feed("list", "j") == Nothing(("g", "j"))
    assert reader.feed("list", "j") == Run(TABLE["list.down"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (command("a.one", "q"), command("a.two", "q")),
        (command("a.one", "q"), command("a.two", "q", context="list")),
        (command("a.one", "g"), command("a.two", "g i")),
        (command("a.one", "g"), command("a.two", "g i", context="list")),
    ],
)
def test_a_clash_names_both_commands(one: Command, other: Command) -> None:
    with pytest.raises(DesktermError) as caught:
        Keymap([one, other])
    assert caught.value.code == "keys"
    assert "a.one" in caught.value.explanation
    assert "a.two" in caught.value.explanation


def test_the_same_key_in_two_places_is_no_clash() -> None:
    Keymap([command("a.one", "q", context="list"), command("a.two", "q", context="outbox")])


def test_keys_of_ones_own_take_the_place_of_the_tables() -> None:
    resolve, undo = TABLE["ticket.resolve"], TABLE["app.undo"]
    keymap = Keymap(
        TABLE.values(), {"anywhere": {("ctrl+e",): resolve, ("E",): resolve, ("e",): None}}
    )
    assert keymap.step("list", ("e",)) == Nothing()
    assert keymap.step("list", ("E",)) == Run(resolve)
    assert keymap.key_of("ticket.resolve") == "Ctrl+e"
    assert keymap.key_of("ticket.reopen") == ""
    assert keymap.way_to("ticket.reopen") == ":ticket.reopen"
    assert keymap.way_to("app.undo") == keymap.key_of(undo.id) == "z"


def test_a_key_that_does_nothing_in_one_place_counts_in_the_others() -> None:
    keymap = Keymap(TABLE.values(), {"list": {("e",): None}})
    assert keymap.step("list", ("e",)) == Nothing()
    assert keymap.step("conversation", ("e",)) == Run(TABLE["ticket.resolve"])


def test_what_begins_chords_frees_them_all() -> None:
    keymap = Keymap(TABLE.values(), {"anywhere": {("g",): None}, "list": {("g",): None}})
    assert keymap.step("list", ("g",)) == Nothing()
    assert isinstance(keymap.step("conversation", ("g",)), Prefix)  # `g g` is its own
    assert keymap.step("conversation", ("g", "i")) == Nothing()


def test_a_key_that_edits_text_goes_on_editing_it() -> None:
    taken: dict[Keys, Command | None] = {
        ("ctrl+e",): TABLE["ticket.resolve"],
        ("left",): TABLE["pane.previous"],
    }
    free: dict[Context, dict[Keys, Command | None]] = {
        each.context: {("left",): None} for each in TABLE.values() if "left" in each.keys
    }
    keymap = Keymap(TABLE.values(), {"anywhere": taken, **free})
    assert keymap.step("list", ("ctrl+e",)) == Run(TABLE["ticket.resolve"])
    assert keymap.step("composer", ("ctrl+e",)) == Nothing()
    assert keymap.step("line", ("left",)) == Nothing()


def digit_commands(*numbers: int) -> list[Command]:
    return [command(f"a.{number}", str(number)) for number in numbers]


def test_the_upper_row_of_a_french_keyboard_counts_as_digits() -> None:
    commands = digit_commands(*range(1, 10))
    keymap = Keymap(commands, aliases=AZERTY)
    typed = ["ampersand", "é", "quotation_mark", "apostrophe", "left_parenthesis", "minus", "è"]
    for each, key in zip(commands, [*typed, "underscore", "ç"], strict=True):
        assert keymap.step("list", (key,)) == Run(each)
        assert keymap.step("composer", (key,)) == Nothing()
    assert Keymap(commands).step("list", ("é",)) == Nothing()


def test_a_key_of_its_own_comes_before_what_it_counts_as() -> None:
    one, other, third = command("a.one", "1"), command("a.two", "ampersand"), command("a.3", "g 2")
    keymap = Keymap([one, other, third], aliases=AZERTY)
    assert keymap.step("list", ("ampersand",)) == Run(other)
    reader = KeyReader(keymap)
    assert isinstance(reader.feed("list", "g"), Prefix)
    assert reader.feed("list", "é") == Run(third)
    assert reader.done == ("g", "2")


def test_arrows_are_words_where_the_terminal_knows_ascii_only() -> None:
    keymap = Keymap(TABLE.values(), ascii=True)
    for context in get_args(Context):
        for bound in keymap.commands(context):
            assert all(keymap.spoken(keys).isascii() for keys in bound.keys)
    assert keymap.spoken(("ctrl+down",)) == "Ctrl+Down"
    assert Keymap(TABLE.values()).spoken(("down",)) == "↓"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("ctrl+s",), "Ctrl+s"),
        (("question_mark",), "?"),
        (("space",), "Space"),
        (("g", "i"), "g i"),
        (("shift+tab",), "Shift+Tab"),
        (("pagedown",), "PgDn"),
        (("f6",), "F6"),
        (("down",), "↓"),
        (("G",), "G"),
    ],
)
def test_keys_as_people_write_them(keys: tuple[str, ...], words: str) -> None:
    assert spoken(keys) == words


def test_every_key_has_a_name_for_people(keymap: Keymap) -> None:
    for context in get_args(Context):
        for bound in keymap.commands(context):
            assert all("_" not in spoken(keys) for keys in bound.keys)


def test_a_footer_begins_with_what_belongs_to_the_place(keymap: Keymap) -> None:
    names = [bound.command.id for bound in keymap.footer("outbox")]
    assert names[:2] == ["outbox.leave", "outbox.take_back"]
    ranks = [bound.command.footer for bound in keymap.footer("list")]
    assert ranks == sorted(ranks)
    assert len(ranks) >= 11


def test_the_footer_of_the_accounts_names_no_act_on_a_ticket(keymap: Keymap) -> None:
    assert {bound.command.scope for bound in keymap.footer("health")} == {"app"}
    assert {bound.command.scope for bound in keymap.footer("outbox")} == {"app", "ticket"}

"""The keymap in force: presets, what a file changes, and what is wrong with it."""

from __future__ import annotations

from typing import get_args

import pytest

from deskterm.config.key_files import DEFAULT, presets
from deskterm.service.command import TEXT_CONTEXTS, Command, Context
from deskterm.service.table import TABLE
from deskterm.viewmodel.key_file import parse
from deskterm.viewmodel.keymaps import InForce, in_force
from deskterm.viewmodel.keys import Keymap, Nothing, Prefix, Run


def made(text: str, *, azerty: bool = False) -> InForce:
    return in_force(TABLE.values(), parse(text, "keys.toml"), presets(), azerty=azerty)


def wrong(text: str) -> list[tuple[int | None, str]]:
    """The lines of a file that are passed over, with what is said about them."""
    return [(p.line.number, str(p.error)) for p in made(text).problems]


def test_an_empty_file_changes_nothing() -> None:
    usual = Keymap(TABLE.values())
    keymap = made("").keymap
    for context in get_args(Context):
        assert keymap.commands(context) == usual.commands(context)


def test_a_file_gives_a_command_one_more_key_and_takes_others_away() -> None:
    found = made('[anywhere]\n"Ctrl+e" = "ticket.resolve"\n"e" = ""\n"g x" = "go.mine"\n')
    assert found.problems == ()
    assert found.keymap.key_of("ticket.resolve") == "Ctrl+e"
    assert found.keymap.step("conversation", ("e",)) == Nothing()
    assert found.keymap.step("list", ("g", "x")) == Run(TABLE["go.mine"])
    assert found.keymap.step("list", ("g", "m")) == Run(TABLE["go.mine"])


def test_a_key_can_mean_something_else_in_one_place_once_it_is_free() -> None:
    found = made(
        '[anywhere]\n"x" = false\n[list]\n"x" = "ticket.resolve"\n'
        '[conversation]\n"x" = "ticket.no_reply_needed"\n'
    )
    assert found.problems == ()
    assert found.keymap.step("list", ("x",)) == Run(TABLE["ticket.resolve"])
    assert found.keymap.step("conversation", ("x",)) == Run(TABLE["ticket.no_reply_needed"])


def test_a_key_of_the_table_can_be_given_to_another_command() -> None:
    found = made('[anywhere]\n"e" = "ticket.snooze"\n')
    assert found.problems == ()
    assert found.keymap.step("list", ("e",)) == Run(TABLE["ticket.snooze"])
    assert found.keymap.key_of("ticket.resolve") == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"Ctrl+F5x" = "ticket.resolve"', "There is no key Ctrl+F5x"),
        ('"Ctrl+Entr" = "ticket.resolve"', "the nearest is Ctrl+Enter"),
        ('"Q" = "ticket.resolv"', "the nearest is ticket.resolve"),
        ('"Q" = 3', "no text in quotes"),
        ('"Q" = true', "no text in quotes"),
        ('"D" = ""', "does nothing there anyway"),
        ('"Q" = "composer.send"', "one place only: [composer]"),
        ('"Q" = "ticket.seen"', "more than a key can tell it"),
        ('"Ctrl+i" = "ticket.resolve"', "sends Tab"),
        ('"Ctrl+m" = "ticket.resolve"', "sends Enter"),
        ('"Ctrl+h" = "ticket.resolve"', "sends Backspace"),
        ('"Ctrl+s" = "ticket.resolve"', "stop their output"),
        ('"Ctrl+q" = "ticket.resolve"', "go on with their output"),
        ('"Esc x" = "ticket.resolve"', "Escape leaves a chord"),
        ('"Alt+x" = "ticket.resolve"', "sends another key"),
        ('"F14" = "ticket.resolve"', "few terminals send it"),
        ('"Ctrl+Enter" = "ticket.spam2"', "There is no command"),
        ('"Ctrl+Enter" = "order.link"', "many terminals do not send the only key"),
        ('"x" = "ticket.resolve"', "ticket.no_reply_needed (anywhere)"),
        ('"g" = "ticket.resolve"', "would share a key"),
        ('"e e" = "ticket.snooze"', "ticket.resolve (anywhere)"),
    ],
)
def test_a_wrong_line_is_named_and_passed_over(line: str, words: str) -> None:
    text = f'[list]\n"F8" = "queue.next"\n{line}\n"F9" = "queue.previous"\n'
    ((number, told),) = wrong(text)
    assert number == 3
    assert "keys.toml, line 3: " in told
    assert words in told
    keymap = made(text).keymap
    assert keymap.step("list", ("f8",)) == Run(TABLE["queue.next"])
    assert keymap.step("list", ("f9",)) == Run(TABLE["queue.previous"])
    assert keymap.step("list", ("e",)) == Run(TABLE["ticket.resolve"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('preset = "arrow"', "one of default, arrows"),
        ('digits = "qwertz"', "one of auto, azerty, plain"),
        ('presett = "arrows"', "the nearest is preset"),
        ('"x" = "ticket.resolve"', "below the name of a place"),
        ('[lst]\n"x" = "ticket.resolve"\n"y" = "ticket.snooze"', "the nearest is list"),
    ],
)
def test_a_wrong_setting_is_named(text: str, words: str) -> None:
    ((_, told),) = wrong(text)
    assert words in told


def test_a_key_that_shadows_one_of_anywhere_is_a_clash_from_either_side() -> None:
    ((number, told),) = wrong('[anywhere]\n"j" = "ticket.resolve"\n')
    assert number == 2
    assert "ticket.resolve (anywhere) and list.down (list)" in told
    assert 'write "j" = "" in [list]' in told


def test_the_same_key_under_two_names_is_a_clash() -> None:
    ((number, told),) = wrong('[list]\n"F8" = "list.up"\n"f8" = "list.down"\n')
    assert number == 3
    assert "twice" in told


def test_of_two_lines_that_clash_the_later_one_is_passed_over() -> None:
    text = '[list]\n"F8" = "list.up"\n[anywhere]\n"F8" = "ticket.resolve"\n'
    ((number, told),) = wrong(text)
    assert number == 4
    assert "list.up (list)" in told
    assert made(text).keymap.step("list", ("f8",)) == Run(TABLE["list.up"])


@pytest.mark.parametrize("context", sorted(TEXT_CONTEXTS))
def test_letters_stay_text_where_text_is_written(context: Context) -> None:
    for key in ("x", "?", "F8 x"):
        ((_, told),) = wrong(f'[{context}]\n"{key}" = "app.help"\n')
        assert "text there" in told


@pytest.mark.parametrize(
    ("context", "key"),
    [
        ("anywhere", "Ctrl+q"),
        ("composer", "Esc"),
        ("header", "Esc"),
        ("line", "Esc"),
        ("review", "Esc"),
    ],
)
def test_nobody_locks_himself_out(context: Context, key: str) -> None:
    more = '"F6" = ""\n' if context == "header" else ""
    text = f'[{context}]\n{more}"{key}" = ""\n'
    ((number, told),) = wrong(text)
    assert number == text.count("\n")
    assert "no key for a way out" in told
    keymap = made(text).keymap
    assert any(
        bound.command.id == "app.quit" or "escape" in bound.command.keys
        for bound in keymap.commands("list" if context == "anywhere" else context)
    )


def test_a_way_out_may_have_another_key() -> None:
    assert wrong('[anywhere]\n"F12" = "app.quit"\n"Ctrl+q" = ""\n') == []
    assert wrong('[composer]\n"F8" = "composer.leave"\n"Esc" = ""\n') == []


def test_what_few_terminals_send_may_not_be_all_that_is_left() -> None:
    ((number, told),) = wrong('[composer]\n"Ctrl+s" = ""\n')
    assert number == 2
    assert "many terminals do not send the only key that is left" in told


def test_many_mistakes_are_told_in_their_order_and_the_rest_works() -> None:
    text = (
        '[list]\n"Ctrl+i" = "list.up"\n"F8" = "queue.next"\n"wobble" = "list.up"\n'
        '[anywhere]\n"j" = "app.quit"\n"F9" = "ticket.snooze"\n"e" = "nosuch"\n'
    )
    found = made(text)
    assert [p.line.number for p in found.problems] == [2, 4, 6, 8]
    assert found.keymap.step("list", ("f8",)) == Run(TABLE["queue.next"])
    assert found.keymap.step("list", ("f9",)) == Run(TABLE["ticket.snooze"])


@pytest.mark.parametrize("name", [DEFAULT, *presets()])
def test_a_preset_is_without_mistakes(name: str) -> None:
    found = made(f'preset = "{name}"')
    assert found.problems == ()
    assert found.preset == name


def test_every_line_of_a_preset_is_taken() -> None:
    for name, text in presets().items():
        read = parse(text, name)
        assert read.problems == ()
        assert len(made(f'preset = "{name}"').changed) == len(read.lines)
        # As a file of its own it is judged line by line.
        assert made(text).problems == ()


def test_arrows_move_by_no_letter() -> None:
    keymap = made('preset = "arrows"').keymap
    moving = {"list", "message", "conversation", "outbox", "health", "ticket"}
    movers = {c.id for c in TABLE.values() if c.title in MOVES and c.id.partition(".")[0] in moving}
    assert len(movers) > 20
    for context in ("list", "conversation", "outbox", "health"):
        for bound in keymap.commands(context):
            if bound.command.id in movers:
                assert bound.keys
                assert all(len(keys) == 1 and len(keys[0]) > 1 for keys in bound.keys), bound
    named = {b.command.id: keymap.spoken(b.keys[0]) for b in keymap.footer("list")}
    assert named["ticket.write_reply"] == "F2"
    assert named["queue.next"] == "F8"


MOVES = {
    *("Down", "Up", "First", "Last", "Open", "Open the ticket", "Back", "Back to the list"),
    *("Half a page down", "Half a page up", "Page down", "Page up", "Next message"),
    *("Previous message", "Next ticket in the list", "Previous ticket in the list"),
    *("Oldest message", "Newest message"),
}


def test_a_file_comes_before_its_preset() -> None:
    found = made('preset = "arrows"\n[list]\n"F2" = "ticket.snooze"\n"F3" = ""\n')
    assert found.problems == ()
    assert found.keymap.step("list", ("f2",)) == Run(TABLE["ticket.snooze"])
    assert found.keymap.step("conversation", ("f2",)) == Run(TABLE["ticket.write_reply"])
    assert found.keymap.step("list", ("f3",)) == Nothing()


@pytest.mark.parametrize(
    ("said", "guessed", "counts"),
    [
        ("azerty", False, True),
        ("plain", True, False),
        ("auto", True, True),
        ("auto", False, False),
    ],
)
def test_the_upper_row_counts_as_digits_where_that_is_said(
    said: str, guessed: bool, counts: bool
) -> None:
    table = [
        *(command for command in TABLE.values() if "1" not in command.keys),
        Command("a.first", "First", "", keys=("1",), place="console"),
    ]
    file = parse(f'digits = "{said}"', "keys.toml")
    keymap = in_force(table, file, presets(), azerty=guessed).keymap
    assert (keymap.step("list", ("ampersand",)) == Run(table[-1])) is counts
    assert isinstance(keymap.step("list", ("g",)), Prefix)


def test_where_a_key_comes_from_is_known() -> None:
    found = made('preset = "arrows"\n[list]\n"F2" = "ticket.snooze"\n')
    assert found.changed["list", ("f2",)] is True
    assert found.changed["list", ("f3",)] is False
    assert ("list", ("enter",)) not in found.changed

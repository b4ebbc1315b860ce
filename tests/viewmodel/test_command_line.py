"""The `:` line and what palette and help offer."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import UsageError
from deskterm.service.command import Context
from deskterm.service.table import TABLE
from deskterm.viewmodel.choices import CHOICES
from deskterm.viewmodel.command_line import CommandLine, Words
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.offers import matching, offered, offers
from deskterm.viewmodel.telling import asks_first
from tests.support.models import HandReaders
from tests.ui.panes import FixedReading, ticket

KEYMAP = Keymap(TABLE.values())


class Values(FixedReading):
    """A database that has some tags and agents."""

    def field_values(self, field: str) -> list[str]:
        return {"tag": ["vip", "vat", "old"], "assignee": ["anna", "ben"]}.get(field, [])


def words(context: Context = "list") -> Words:
    return Words(offered(TABLE.values(), context))


def line(context: Context = "list") -> tuple[CommandLine, HandReaders]:
    readers = HandReaders(Values())
    model = CommandLine(KEYMAP, readers, {**CHOICES, "theme": [("dark", ""), ("light", "")]})
    model.open(offered(TABLE.values(), context))
    return model, readers


@pytest.mark.parametrize(
    ("typed", "command_id", "params"),
    [
        ("resolve", "ticket.resolve", {}),
        ("  ticket.resolve ", "ticket.resolve", {}),
        ("no-reply-needed", "ticket.no_reply_needed", {}),
        ("sno tomorrow 9:00", "ticket.snooze", {"until": "tomorrow 9:00"}),
        ("snooze until=monday", "ticket.snooze", {"until": "monday"}),
        ("tag vip -old", "ticket.tag", {"tag": "vip -old"}),
        ("assign", "ticket.assign", {}),
        ("assign Anna B", "ticket.assign", {"to": "Anna B"}),
        ("reply", "ticket.write_reply", {}),
        ("q", "app.quit", {}),
        ("theme light", "app.theme", {"theme": "light"}),
        (
            "account.add shop email address=a@example.org",
            "account.add",
            {"name": "shop", "channel": "email", "fields": {"address": "a@example.org"}},
        ),
    ],
)
def test_a_line_calls_a_command(typed: str, command_id: str, params: dict[str, object]) -> None:
    parsed = words().parse(typed)
    assert parsed.command.id == command_id
    assert dict(parsed.params) == params


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nonsense", "There is no command nonsense"),
        ("re", "re is not clear: resolve, reopen"),
        ("snooze", "Snooze needs one more thing: Until"),
        ("resolve now", "Resolve takes no now"),
        ("account.set shop address", "address has to be written as name=value"),
        ("\x1b[31mx", "There is no command ␛"),
    ],
)
def test_a_fault_is_said(typed: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        words().parse(typed)
    assert told in str(caught.value)


def test_what_is_written_in_a_composer_is_not_offered() -> None:
    ids = {command.id for command in offered(TABLE.values(), "list")}
    assert not ids & {"ticket.reply", "ticket.note", "draft.save", "draft.discard", "ticket.seen"}
    assert "ticket.write_reply" in ids
    assert "outbox.take_back" not in ids
    assert "outbox.take_back" in {c.id for c in offered(TABLE.values(), "outbox")}


def test_commands_are_completed_with_their_keys() -> None:
    model, _ = line()
    model.edit("sno")
    assert model.completions[0].line == "snooze "
    assert model.completions[0].key == "s"
    assert model.take() == "snooze "
    model.edit("snooze ")
    assert "snooze tomorrow" in [completion.line for completion in model.completions]
    model.edit("snooze to")
    assert model.take() == "snooze tomorrow"


@pytest.mark.parametrize(
    ("typed", "first", "note"),
    [
        ("priority u", "priority urgent", "before everything else"),
        ("reason wi", "reason wismo", "where is my order"),
        ("phone_log i", "phone_log in", "the customer called"),
        ("phone_log in 3", "phone_log in 30m", ""),
    ],
)
def test_what_there_is_to_choose_from_is_offered(typed: str, first: str, note: str) -> None:
    model, _ = line()
    model.edit(typed)
    assert (model.completions[0].line, model.completions[0].note) == (first, note)


def test_tickets_to_merge_into_are_those_of_the_customer() -> None:
    readers = HandReaders(FixedReading([ticket(1), ticket(2), ticket(3)]))
    model = CommandLine(KEYMAP, readers, CHOICES)
    model.open(offered(TABLE.values(), "list"), ticket_id=2)
    model.edit("merge ")
    readers.run()
    assert [each.line for each in model.completions] == ["merge k00001", "merge k00003"]
    assert model.completions[0].note == ticket(1).subject


def test_a_line_begins_with_what_is_known() -> None:
    model, _ = line()
    assert model.ask(TABLE["ticket.tag"], {}) == "tag "
    assert model.ask(TABLE["ticket.tag"], {"tag": "vip -old"}) == "tag vip -old "
    assert words().parse("phone_log in 5m What she said").params == {
        "direction": "in",
        "duration": "5m",
        "text": "What she said",
    }


def test_values_come_from_the_database_when_they_are_read() -> None:
    model, readers = line()
    model.edit("tag v")
    assert not model.completions
    readers.run()
    assert [completion.text for completion in model.completions] == ["vip", "vat"]
    model.edit("tag vip -o")
    assert model.take() == "tag vip -old"


def test_a_chosen_completion_is_what_is_done() -> None:
    model, _ = line()
    model.edit("theme ")
    model.move(1)
    model.move(1)
    parsed = model.parsed()
    assert parsed is not None
    assert dict(parsed.params) == {"theme": "light"}
    model.move(1)
    assert model.cursor == -1


def test_a_line_with_a_fault_keeps_it_until_it_is_changed() -> None:
    model, _ = line()
    model.edit("snooze")
    model.move(-1)
    model.move(1)
    assert model.parsed() is None
    assert model.error is not None
    model.edit("snooze 2h")
    assert model.error is None


def test_which_commands_ask_before_they_are_done() -> None:
    asking = {command.id for command in TABLE.values() if asks_first(command)}
    assert {"ticket.snooze", "ticket.assign", "ticket.tag", "outbox.send_anyway"} <= asking
    assert not asking & {"ticket.resolve", "ticket.take", "sync.now", "outbox.take_back"}


def test_the_palette_finds_by_title_key_and_help() -> None:
    found = offers(offered(TABLE.values(), "list"), KEYMAP, "list", has_ticket=False)
    assert matching(found, "z")[0].command.id == "app.undo"
    assert matching(found, "assign to me")[0].command.id == "ticket.take"
    assert matching(found, "sync n")[0].command.id == "sync.now"
    assert matching(found, "hold window")[0].command.id == "app.undo"
    assert matching(found, "  ") == found
    assert matching(found, "xyzzy") == ()
    reasons = {offer.command.id: offer.reason for offer in found}
    assert reasons["ticket.resolve"] == "no ticket is chosen"
    assert reasons["app.undo"] is None


def test_what_is_likely_is_chosen_and_comes_first_while_nothing_is_typed() -> None:
    model, _ = line()
    commands = offered(TABLE.values(), "list")
    model.open(commands, "reason ", likely={"reason": ("invoice", "invoice · why")})
    assert (model.cursor, model.completions[0].text) == (0, "invoice")
    assert [one.text == "invoice" for one in model.completions].count(True) == 1
    parsed = model.parsed()
    assert parsed is not None
    assert dict(parsed.params) == {"reason": "invoice"}
    model.edit("reason w")
    assert (model.cursor, model.completions[0].text) == (-1, "wismo")


def test_a_digit_takes_the_value_beside_it_where_nothing_is_typed() -> None:
    model, _ = line()
    model.open(
        offered(TABLE.values(), "list"), "mood ", own={"mood": [("calm", ""), ("-legal", "")]}
    )
    assert [(one.text, one.key) for one in model.completions] == [("calm", "1"), ("-legal", "2")]
    assert model.take_digit(2)
    parsed = model.parsed()
    assert parsed is not None
    assert dict(parsed.params) == {"mood": "-legal"}
    assert not model.take_digit(3)


@pytest.mark.parametrize("typed", ["snooze ", "phone_log in ", "mood c", "moo"])
def test_a_digit_is_text_where_values_begin_with_one_or_something_is_typed(typed: str) -> None:
    model, _ = line()
    model.edit(typed)
    assert not model.take_digit(1)

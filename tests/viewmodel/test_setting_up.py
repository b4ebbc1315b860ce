"""The form for an account: what it asks, what it takes, and what it keeps."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.viewmodel.setting_up import Form
from tests.support.set_up import MAILBOX, SHOP


def filled(form: Form, **values: str) -> Form:
    """A form with values typed into its fields."""
    for name, value in values.items():
        form.choose(next(n for n, row in enumerate(form.rows) if row.name == name))
        form.type(value)
    return form


def mailbox(agent: str | None = None) -> Form:
    return Form([MAILBOX], agent)


def test_what_is_needed_is_asked_and_the_rest_on_demand() -> None:
    form = mailbox()
    assert [row.name for row in form.rows] == ["name", "address", "password", "", ""]
    assert [row.what for row in form.rows][-2:] == ["more", "done"]
    form.choose(3)
    assert form.take() == "ask"
    assert [row.name for row in form.rows][3:5] == ["port", "security"]


def test_the_name_of_the_agent_is_asked_once() -> None:
    assert mailbox("login").rows[0].value == "login"
    assert "agent" not in [row.name for row in mailbox().rows]


def test_a_secret_is_not_shown_and_not_in_the_words_of_its_answers() -> None:
    form = filled(mailbox(), address="help@shop.example", password="correct horse")
    assert form.is_secret
    assert "horse" not in str(form.rows)
    assert "horse" not in repr(form.answers)
    assert form.answers.secrets == {"password": "correct horse"}
    assert form.answers.fields == {"address": "help@shop.example"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("address", "", "Address is needed"),
        ("address", "help", "with one @"),
        ("name", "My Shop", "a-z"),
        ("port", "70000", "65535"),
        ("port", "9" * 5000, "65535"),
        ("security", "ssl", "tls, none"),
    ],
)
def test_a_wrong_value_is_told_where_it_stands(field: str, value: str, words: str) -> None:
    form = mailbox()
    form.is_unfolded = True
    filled(form, **{"address": "help@shop.example", "password": "x", field: value})
    form.choose(len(form.rows) - 1)
    assert form.take() == "ask"
    assert words in form.problem
    assert form.current.name == field


def test_a_channel_is_chosen_and_left_again_with_everything_typed() -> None:
    form = Form([MAILBOX, SHOP], None)
    assert [row.label for row in form.rows] == ["Mailbox", "Web shop"]
    form.take()
    filled(form, address="help@shop.example")
    assert form.back()
    form.take()
    assert form.answers.fields == {"address": "help@shop.example"}
    assert not Form([SHOP], None).back()


def test_tab_turns_the_choices() -> None:
    form = mailbox()
    form.is_unfolded = True
    filled(form, security="")
    form.complete()
    assert form.text == "none"
    form.complete()
    assert form.text == "tls"


def test_an_account_that_is_there_keeps_its_name_and_may_keep_its_secret() -> None:
    form = filled(mailbox(), address="help@shop.example", name="inbox", password="x")
    form.is_there = True
    form.failed(DesktermError("It does not work", "wrong password", "Type it anew"))
    assert "wrong password" in form.problem
    assert "name" not in [row.name for row in form.rows]
    assert form.rows[-1].what == "anyway"
    filled(form, password="")
    form.choose(len(form.rows) - 2)
    assert form.take() == "submit"
    assert form.answers.name == "inbox"
    assert form.answers.is_there

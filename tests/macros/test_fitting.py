"""Where and to whom a macro is offered, what goes along with it, and files that are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskterm.domain.money import Money
from deskterm.macros.channels import channel_of
from deskterm.macros.facts import Facts
from deskterm.macros.fill import fill
from deskterm.macros.fitting import is_for, is_offered
from deskterm.macros.library import load_library, read_library
from deskterm.macros.model import Library, Macro
from deskterm.macros.writing import toml_of
from tests.macros.support import known, order

_OTHER = '[[macro]]\nid = "other"\ntitle.en = "Other"\nbody.en = "Hello"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


def write(file: Path, *lines: str, body: str = "Hello") -> Library:
    """A file with one macro `own`, and one that is sound."""
    own = ("[[macro]]", 'id = "own"', 'title.en = "Own"', f"body.en = {json.dumps(body)}", *lines)
    file.write_text("\n".join(own) + "\n" + _OTHER, encoding="utf-8")
    return read_library([[file]], Facts())


def own(library: Library) -> Macro:
    assert library.problems == ()
    return library.macros["own"]


def test_conditions_on_order_channel_and_history(file: Path) -> None:
    conditions = ["order.total > 40", 'channel.kind == "chat"', "ticket.messages >= 3"]
    macro = own(write(file, f"when = {conditions!r}"))
    chat = channel_of("whatsapp")
    there = known(order=order("paid"), channel=chat, messages=3)
    assert is_offered(macro, there)
    assert not is_offered(macro, known(order=order("paid"), channel=chat, messages=2))
    assert not is_offered(macro, known(order=order("paid"), messages=3))
    assert not is_offered(macro, known(channel=chat, messages=3))
    cheap = order("paid", total=Money(4_000, "EUR"))
    assert not is_offered(macro, known(order=cheap, channel=chat, messages=3))


def test_a_private_macro_is_for_its_agents(file: Path) -> None:
    macro = own(write(file, 'only_for = ["Ana", "Zoé"]'))
    assert is_for(macro, "ana")
    assert is_for(macro, "ZOÉ ")
    assert not is_offered(macro, known(agent="Sam"))
    assert is_offered(macro, known(agent="Ana"))


def test_a_file_goes_along(file: Path) -> None:
    missing = write(file, 'attach = ["size chart.pdf"]')
    assert "own" not in missing.macros
    assert "there is no file 'size chart.pdf'" in str(missing.problems[0])
    file.with_name("size chart.pdf").write_bytes(b"%PDF-")
    assert own(write(file, 'attach = ["size chart.pdf"]')).attach == ("size chart.pdf",)


@pytest.mark.parametrize("channel", ["whatsapp", "sms"])
def test_a_text_for_several_channels(file: Path, channel: str) -> None:
    library = write(file, "[[macro.variant]]", 'channel = ["chat", "sms"]', 'body.en = "Short"')
    there = known(channel=channel_of(channel))
    assert fill(own(library), there, language="en").text == "Short"
    assert fill(own(library), known(), language="en").text == "Hello"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('when = ["order.reff == empty"]', "no field"),
        ('when = ["order.total"]', "cannot be read"),
        ('when = ["order.ref > 3"]', "cannot be compared"),
        ('when = "order.total > 3"', "list"),
        ('attach = ["../secrets.pdf"]', "names of files"),
        ('attach = ["/etc/passwd"]', "names of files"),
        ('attach = [".hidden"]', "names of files"),
        ("only_for = 3", "list"),
        ("action.assign = 3", "text"),
        ('colour = "red"', "no key"),
        ('needs = ["order.nothing"]', "no field"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_loads(file: Path, line: str, says: str) -> None:
    library = write(file, line)
    assert set(library.macros) == {"other"}
    (problem,) = library.problems
    assert says in problem.text
    assert problem.file == str(file)
    assert 1 <= problem.line <= 5


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("x" * 100_000, "longer than"),
        ("{{order.ref", "without }}"),
        ("{% if order.ref == empty %}", "no endif"),
        ("{{order.nothing}}", "no field"),
        ("{{>nobody}}", "no macro"),
        ("{{>own}}", "takes itself in"),
    ],
)
def test_a_broken_text_is_told_and_the_rest_loads(file: Path, body: str, says: str) -> None:
    library = write(file, body=body)
    assert set(library.macros) == {"other"}
    assert any(says in str(problem) for problem in library.problems)


def test_the_first_of_one_name_counts(file: Path) -> None:
    file.write_text(_OTHER + _OTHER.replace("Hello", "Second"), encoding="utf-8")
    library = read_library([[file]], Facts())
    assert library.macros["other"].variants[0].source == "Hello"
    assert library.problems[0].line == 5


@pytest.mark.parametrize("macro", tuple(load_library()), ids=lambda macro: macro.id)
def test_what_is_written_is_read_again(file: Path, macro: Macro) -> None:
    file.write_text(toml_of(macro), encoding="utf-8")
    read = read_library([[file]], Facts()).macros[macro.id]
    again = toml_of(read)
    assert again == toml_of(macro)
    assert read.actions == macro.actions
    assert read.variables == macro.variables


def test_conditions_and_quotes_are_written_too(file: Path) -> None:
    file.with_name("a.pdf").write_bytes(b"%PDF-")
    lines = ('when = ["ticket.messages >= 3"]', 'only_for = ["ana"]', 'attach = ["a.pdf"]')
    macro = own(write(file, *lines, body="It's a \\ and ''' and more"))
    file.write_text(toml_of(macro), encoding="utf-8")
    read = own(read_library([[file]], Facts()))
    assert (read.when, read.only_for, read.attach) == (macro.when, macro.only_for, macro.attach)
    assert read.variants[0].source == macro.variants[0].source


def test_a_text_message_has_letters_that_it_can_carry(file: Path) -> None:
    macro = own(write(file, body="{{greeting}} C’est « prêt » … {{order.total}}"))
    sms = channel_of("sms")
    there = known(channel=sms, language="fr", order=order("paid"), customer="Chloë Martin")
    assert fill(macro, there, language="en").text == 'Hello Chloe, C\'est "pret" ... €49.90'
    greek = known(channel=sms, order=order("paid"), customer="Σοφία Νίκου")
    assert fill(macro, greek, language="en").text.startswith("Hello, ")
    mail = known(order=order("paid"), customer="Chloë Martin")
    assert "Hello Chloë, C’est « prêt »" in fill(macro, mail, language="en").text

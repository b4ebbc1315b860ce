"""Playbooks as they are read: pages, a cursor, words that are looked for."""

from __future__ import annotations

from deskterm.i18n import speaking
from deskterm.service.reading.playbook_rows import FitView, PartView, PlaybooksView, PlaybookView
from deskterm.text.clean import clean
from deskterm.viewmodel.playbook import Playbooks


def book(name: str, *texts: str, fits: tuple[FitView, ...] = ()) -> PlaybookView:
    parts = tuple(PartView("text", clean(text)) for text in texts)
    return PlaybookView(name, clean(name.title()), parts, fits)


def view(*mistakes: str) -> PlaybooksView:
    reason = FitView("reason", clean("wismo"))
    others = (FitView("rule", clean("ebay.x")), FitView("macro", clean("order_status")))
    return PlaybooksView(
        (
            book("lost", "Look at the scan.", "Écris au client.", fits=(reason,)),
            book("refund", "Ask for a scan of the bill.", fits=others),
            book("quiet", "Nothing."),
        ),
        clean("/shop/playbooks"),
        tuple(map(clean, mistakes)),
    )


def shown(*mistakes: str) -> Playbooks:
    books = Playbooks()
    books.show(view(*mistakes))
    return books


def test_pages_turn_round_and_each_says_why_it_is_there() -> None:
    books = shown()
    assert (books.title, books.words) == ("Playbook · Lost", "1 of 3")
    assert books.why == "contact reason: where is my order"
    books.move_to(9)
    assert books.cursor == 1
    books.turn(1)
    assert (books.title, books.cursor) == ("Playbook · Refund", 0)
    assert books.why == "the reply breaks ebay.x, suggested macro: order_status"
    books.turn(1)
    assert books.why == "Nothing links this playbook to the ticket"
    books.turn(1)
    assert books.page == 0
    books.turn(-1)
    assert books.page == 2


def test_words_are_found_in_all_of_them_from_the_cursor_on() -> None:
    books = shown()
    books.find("ecris")
    assert (books.page, books.cursor) == (0, 1)
    assert books.marks(books.parts[1]) == [(0, 5)]
    assert books.found_words == "1 place in all playbooks"
    books.find("SCAN")
    assert (books.page, books.cursor, books.found_words) == (1, 0, "2 places in all playbooks")
    books.find("scan o")
    assert books.page == 1
    books.find("scan")
    books.find_next()
    assert (books.page, books.cursor) == (0, 0)
    books.find("cheese")
    assert (books.page, books.found_words) == (0, "“cheese” stands in no playbook")
    books.find("")
    assert books.found_words == ""
    assert books.marks(books.parts[0]) == []


def test_mistakes_in_the_files_are_told() -> None:
    assert shown().mistakes == ""
    assert shown("a.md:2: wrong").mistakes == "Left out: a.md:2: wrong"
    assert shown("a.md:2: wrong", "b", "c").mistakes == "Left out: a.md:2: wrong (2 more)"


def test_a_shop_without_playbooks_learns_where_they_go() -> None:
    books = Playbooks()
    books.show(PlaybooksView((), clean("/shop/playbooks")))
    assert books.nothing == "There are no playbooks yet: text files (.md) in /shop/playbooks"
    books.turn(1)
    books.move_to(3)
    books.find("x")
    assert (books.cursor, books.why, books.parts) == (0, "", ())
    assert books.title == "Playbooks"


def test_it_speaks_french() -> None:
    with speaking("fr"):
        assert shown().why == "motif\u00a0: suivi de commande"

"""The bundled macros on every channel, for orders of every shape (`benchmarks shapes`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.shape_orders import draw
from benchmarks.shapes import amount, channels, day, filled, judged, possible, wrong_form
from deskterm.domain.money import Money
from deskterm.macros.channels import KINDS, channel_of
from deskterm.macros.fill import FilledText, Span
from deskterm.macros.library import load_library
from deskterm.macros.model import Channel, Macro
from deskterm.rules.segments import segments

LIBRARY = load_library()
SHAPES = range(20)
#: Characters of a text for a chat, an address of a page left out.
CHAT_MAX = 320
each_macro = pytest.mark.parametrize("macro", tuple(LIBRARY), ids=lambda macro: macro.id)


@pytest.mark.parametrize("channel", channels(), ids=lambda channel: channel.id)
def test_nothing_is_wrong_on_the_channel(channel: Channel) -> None:
    seen = 0
    for macro, language, shape, text, wrong in judged(LIBRARY, channel, SHAPES, every=0):
        seen += 1
        assert not wrong, (macro.id, language, shape.number, text)
    assert seen > len(SHAPES)


def test_every_channel_with_rules_has_a_kind() -> None:
    assert {channel.id for channel in channels()} <= set(KINDS)


@each_macro
def test_every_macro_has_a_text_for_chats_and_text_messages(macro: Macro) -> None:
    written = {(variant.channel, variant.language) for variant in macro.variants}
    assert written >= {(kind, language) for kind in ("chat", "sms") for language in ("en", "fr")}


def texts(macro: Macro, name: str) -> Iterator[FilledText]:
    channel = channel_of(name)
    for number in SHAPES:
        for language in macro.languages:
            shape = draw(number, channel)
            if possible(macro, shape.known(channel, language)):
                yield filled(macro, shape, channel, language, LIBRARY)


@each_macro
def test_a_chat_is_short(macro: Macro) -> None:
    for text in texts(macro, "live_chat"):
        assert len(" ".join(w for w in text.text.split() if "://" not in w)) <= CHAT_MAX


@each_macro
def test_a_text_message_takes_two_parts_at_most(macro: Macro) -> None:
    for text in texts(macro, "sms"):
        assert segments(text.text) <= 2, text.text


def test_public_places_take_only_what_is_written_for_them() -> None:
    shown = [macro.id for macro in LIBRARY if macro.fits(channel_of("trustpilot"))]
    assert {"complaint", "thanks_closing", "product_question"} <= set(shown)
    assert "order_status" not in shown
    for name in shown:
        assert not any(" Ana" in text.text for text in texts(LIBRARY.macros[name], "trustpilot"))


def test_the_same_number_is_the_same_shape() -> None:
    channel = channel_of("email")
    assert [draw(n, channel) for n in SHAPES] == [draw(n, channel) for n in SHAPES]
    assert draw(0, channel).order is None


def test_the_forms_that_are_looked_for() -> None:
    today = date(2026, 11, 22)
    assert amount(Money(1234590, "EUR"), "en") == "€12,345.90"
    assert amount(Money(1234590, "CHF"), "en") == "CHF 12,345.90"
    assert amount(Money(1234590, "GBP"), "fr") == "12 345,90 £GB"
    assert amount(Money(12345, "JPY"), "en") == "¥12,345"
    assert day(date(2026, 12, 1), "fr", today) == "mardi 1er décembre"
    assert day(date(2027, 1, 2), "en", today) == "Saturday 2 January 2027"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Your order None is on its way.", ""),
        ("It left on 2026-11-20.", ""),
        ("Your order  is on its way.", ""),
        ("Your order {{order.ref}}.", ""),
        ("You should have it by mardi.", ""),
        ("49,90 €", "order.total"),
    ],
)
def test_what_is_wrong_is_found(said: str, name: str) -> None:
    shape = draw(1, channel_of("email"))
    assert shape.order is not None
    order = replace(shape.order, total=Money(4990, "EUR"))
    known = replace(shape, order=order).known(channel_of("email"), "en")
    spans = (Span(0, len(said), "value", name, "order"),) if name else ()
    assert list(wrong_form(FilledText(said, spans, "en"), known))

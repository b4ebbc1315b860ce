"""What macros have put into a text, while somebody writes in it."""

from __future__ import annotations

from deskterm.service.reading.macro_rows import FilledView, MacroView, ReasonView, SpanView
from deskterm.text.clean import clean
from deskterm.viewmodel.filled import Filled
from deskterm.viewmodel.macros import found, missing, open_places, why

TEXT = "Hello Marta,\nLO-1 leaves by {{?day}} with our carrier. {{order.ref}}"


def span(text: str, part: str, kind: str, name: str, origin: str = "order") -> SpanView:
    start = text.index(part)
    return SpanView(start, start + len(part), kind, clean(name), origin, clean(""))


def view() -> FilledView:
    spans = (
        span(TEXT, "Hello Marta,", "value", "greeting", "customer"),
        span(TEXT, "LO-1", "value", "order.ref"),
        span(TEXT, "{{?day}}", "gap", "day", "asked"),
        span(TEXT, "our carrier", "fallback", "order.carrier"),
        span(TEXT, "{{order.ref}}", "missing", "order.ref"),
    )
    return FilledView("m", clean("Title"), TEXT, spans, "en")


def parts(filled: Filled, text: str) -> list[str]:
    return [text[one.start : one.end] for one in filled.spans]


def test_marks_follow_what_is_typed_around_them() -> None:
    filled = Filled()
    filled.put(TEXT, 0, view())
    before = parts(filled, TEXT)
    longer = f"Dear all! {TEXT}"
    filled.moved(longer)
    filled.moved(longer := f"{longer} Bye.")
    assert parts(filled, longer) == before
    edited = longer.replace("LO-1", "LX-1")
    filled.moved(edited)
    assert parts(filled, edited) == [each for each in before if each != "LO-1"]


def test_whole_lines_are_not_marked_and_fallbacks_are_counted() -> None:
    filled = Filled()
    filled.put(TEXT, 0, view())
    assert [one.kind for one in filled.shown] == ["value", "gap", "fallback", "missing"]
    assert filled.words == "1 place to look at"


def test_gaps_are_found_in_turn_whoever_wrote_them() -> None:
    filled = Filled()
    filled.put(TEXT, 0, view())
    text = f"{TEXT} {{{{>sig}}}}"
    filled.moved(text)
    gaps = filled.gaps(text)
    assert [(gap.span.kind, gap.span.name) for gap in gaps] == [
        ("gap", "day"),
        ("missing", "order.ref"),
        ("missing", "sig"),
    ]
    assert filled.next_gap(text, 0) == gaps[0]
    assert filled.next_gap(text, gaps[0].end) == gaps[1]
    assert filled.next_gap(text, len(text)) == gaps[0]
    assert filled.next_gap("nothing", 0) is None


def test_a_draft_that_was_kept_still_has_its_gaps() -> None:
    (asked, known) = Filled().gaps('{{?new day}} {{order.carrier|"our carrier"}}')
    assert (asked.span.kind, asked.span.name, asked.span.origin) == ("gap", "new day", "asked")
    assert (known.span.name, known.span.origin) == ("order.carrier", "order")


def test_what_follows_counts_for_all_macros_until_nothing_is_left() -> None:
    filled = Filled()
    one = FilledView("m", clean("M"), "a", (), "en", "wismo", ("late",), "open")
    other = FilledView("n", clean("N"), "b", (), "en", tags=("vip", "late"))
    filled.put("a", 0, one)
    filled.put("ab", 1, other)
    assert filled.follow == {
        "macro": "m n",
        "then_reason": "wismo",
        "then_tags": "late vip",
        "then_status": "open",
    }
    filled.moved("  \n")
    assert filled.follow == {}
    assert filled.spans == ()


def test_what_is_missing_is_said_with_where_it_comes_from() -> None:
    first, second = [one for one in view().spans if one.kind in ("gap", "missing")]
    assert missing(second) == "order.ref comes from the order, which does not tell it"
    assert missing(first) == "day: only you can say this"
    labelled = first._replace(label=clean("The day"), choices=(clean("Monday"), clean("Friday")))
    assert missing(labelled) == "The day: only you can say this, for example Monday / Friday"
    assert missing(second._replace(origin="nowhere")) == "order.ref has no value"
    key = clean("Ctrl+g")
    assert open_places([second], key) == (
        "Not ready to send. order.ref comes from the order, which does not tell it"
    )
    assert open_places([first, second], key).endswith("1 more, Ctrl+g goes to it")
    assert open_places([first, second, second], key).endswith("2 more, Ctrl+g goes to the next")
    assert open_places([], key) == ""


def test_reasons_are_words() -> None:
    reasons = [
        ReasonView("says", clean("where is")),
        ReasonView("says", clean("rembours*")),
        ReasonView("order", clean("late")),
        ReasonView("reason", clean("wismo")),
        ReasonView("used", clean(""), 4),
    ]
    assert why(reasons) == (
        "the customer writes “where is”, “rembours…”, the order is late, "
        "contact reason: where is my order, you used it 4 times"
    )
    assert why([ReasonView("order", clean("new state"))]) == "new state"


def macro(name: str, title: str, words: str = "") -> MacroView:
    return MacroView(name, clean(title), clean(words))


def test_macros_are_found_by_title_letters_and_text() -> None:
    macros = [
        macro("tracking_stuck", "The tracking does not move", "asked the carrier"),
        macro("order_status", "On its way", "tracking number"),
        macro("stock", "In stock?", "échange possible"),
    ]

    def names(typed: str) -> list[str]:
        return [each.macro for each in found(macros, typed)]

    assert names("") == ["tracking_stuck", "order_status", "stock"]
    assert names("tracking") == ["tracking_stuck", "order_status"]
    assert names("on its") == ["order_status"]
    assert names("trmove") == ["tracking_stuck"]
    assert names("echange") == ["stock"]
    assert names("xyzxyz") == []


def test_it_counts_as_rewritten_when_less_than_half_of_it_is_left() -> None:
    filled = Filled()
    assert not filled.rewritten("typed by hand")
    text = "your parcel left on Monday and arrives tomorrow"
    filled.put(text, 0, FilledView("m", clean("M"), text, (), "en"))
    assert not filled.rewritten(f"Dear Marta, {text}. Have a fine day with your new lamp.")
    assert filled.rewritten("We have looked for your parcel everywhere, and it is lost")


def test_of_several_macros_each_is_looked_at_by_itself() -> None:
    filled = Filled()
    one, other = "your parcel left on Monday and arrives tomorrow", "the refund takes five days"
    filled.put(one, 0, FilledView("m", clean("M"), one, (), "en"))
    filled.put(f"{one}. {other}", len(one) + 2, FilledView("n", clean("N"), other, (), "en"))
    assert filled.follow["macro"] == "m n"
    assert filled.rewritten(f"{one}. {other}") == ()
    assert filled.rewritten(f"{one}. More soon!") == ("n",)


def test_a_draft_that_was_left_is_compared_with_what_it_said() -> None:
    filled = Filled({"macro": "m"}, "your parcel left on Monday")
    assert not filled.rewritten("your parcel left on Monday, Marta")
    assert filled.rewritten("we will send another one")
    assert not Filled({}, "typed by hand").rewritten("another text")

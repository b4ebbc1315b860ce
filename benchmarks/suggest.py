"""How good suggestions are, how fast, and how much they weigh, on messages from elsewhere.

The data lies beside the project (`../shared/data`) and is not part of it; rows whose data is not
there are left out and said so. Top-3: the right macro is among the three that are shown, after
silence. Ties count against us, because nothing is shown twice.
"""

from __future__ import annotations

import random
import string
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.measure import Row
from benchmarks.suggest_cost import scale, start
from benchmarks.suggest_data import DATA, Message, left_out, messages, rows_of
from deskterm.macros.base import Base
from deskterm.macros.features import Reader
from deskterm.macros.grammar import parse
from deskterm.macros.learning import SENT, Learned
from deskterm.macros.lexicon import load_lexicon
from deskterm.macros.library import load_library
from deskterm.macros.model import Macro, MacroVariant
from deskterm.macros.prepared import prepared
from deskterm.macros.profiles import texts_of
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.ranking import Situation
from deskterm.macros.seeds import Seeds, load_elsewhere, load_seeds

SEEDS = (1, 2, 3, 4, 5)
SLIP_SEEDS = range(10)
#: Messages of a set that are tried, so that the whole table takes a minute or two.
TRIED = 600
_PER_LABEL = 40
FOLDS = 10
_LETTERS_PER_SLIP = 20

#: Intents of another source, and the macros that answer them.
ELSEWHERE = {
    "cancel_order": {"cancel_order"},
    "change_order": {"modify_order"},
    "change_shipping_address": {"change_address"},
    "check_invoice": {"invoice"},
    "get_invoice": {"invoice"},
    "check_refund_policy": {"return_request", "refund_status"},
    "complaint": {"complaint"},
    "delete_account": {"data_privacy", "account_login"},
    "delivery_options": {"shipping_options"},
    "delivery_period": {"delivery_time", "order_status"},
    "get_refund": {"refund_status", "return_request"},
    "newsletter_subscription": {"data_privacy"},
    "payment_issue": {"payment_failed"},
    "recover_password": {"account_login"},
    "registration_problems": {"account_login"},
    "track_order": {"order_status"},
    "track_refund": {"refund_status"},
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Questions to an assistant that a shop may be asked as well; they are not off the topic.
_SHOP_LIKE = _set(
    "order_status order shopping_list cancel_reservation thank_you report_lost_card card_declined"
    " damaged_card redeem_rewards exchange_rate confirm_reservation transactions pay_bill"
    " what_can_i_ask_you are_you_a_bot user_name change_user_name reset_settings change_language"
    " shopping_list_update cancel where_are_you_from yes no maybe repeat goodbye greeting"
    " new_card replacement_card_duration expiration_date international_fees report_fraud"
    " current_location travel_notification how_busy pin_change account_blocked bill_due"
    " bill_balance spending_history application_status delivery"
)


@dataclass(frozen=True, slots=True)
class Bench:
    """What all rankers here are made from."""

    reader: Reader
    base: Base
    macros: tuple[Macro, ...]

    def ranker(self) -> ProfileRanker:
        """A new one that has learned nothing."""
        return ProfileRanker(self.macros, self.reader, self.base, Learned())


def measure() -> Iterator[Row]:
    """The rows of the table; those without their data are told as left out."""
    yield from start()
    lexicon, _ = load_lexicon()
    reader = Reader(lexicon)
    if (DATA / "shop30").is_dir():
        begun = time.process_time()
        bench = shop_bench(reader)
        yield _figure("macros and seeds read", "s", time.process_time() - begun)
        yield from _cold(bench)
        yield from _chat(bench)
        yield from _elsewhere(bench)
        yield from _off_topic(bench)
    else:
        yield left_out("shop30")
    reader = reader.knowing(prepared().known)
    for name, least in (("bitext27", 95.0), ("banking77", 82.0)):
        if (DATA / name).is_dir():
            yield _examples(reader, name, 5, least)
        else:
            yield left_out(name)
    yield from scale(reader)


def shop_bench(reader: Reader, seeds: Seeds | None = None) -> Bench:
    """The thirty macros of `shop30`, with the seeds and phrases of the bundled ones."""
    bundled = load_library().macros
    macros = tuple(_macro(row, bundled) for row in rows_of("shop30/macros.jsonl"))
    given = load_seeds() if seeds is None else seeds
    base = Base.of(texts_of(macros, {**given, **load_elsewhere()}), reader)
    return Bench(reader.knowing(prepared().known), base, macros)


def _macro(row: Mapping[str, str], bundled: Mapping[str, Macro]) -> Macro:
    empty = parse("")
    variants = tuple(MacroVariant(each, "", empty, row[f"body_{each}"]) for each in ("en", "fr"))
    titles = {each: row[f"title_{each}"] for each in ("en", "fr")}
    same = bundled.get(row["id"])
    asks, reason = (same.asks, same.reason) if same else ({}, "")
    return Macro(row["id"], titles, variants, reason, asks=asks)


def top(ranker: ProfileRanker, tried: Sequence[Message]) -> tuple[float, float]:
    """In percent: the right macro is the first, and among the three."""
    places = [place_of(ranker, each.text, {each.label}) for each in tried]
    return 100 * mean(place == 0 for place in places), 100 * mean(place < 3 for place in places)


def place_of(ranker: ProfileRanker, text: str, right: Iterable[str]) -> int:
    """The place of the right macro among those shown, from 0; 9 where it is not shown."""
    shown = [each.macro for each in ranker.rank(Situation(text))]
    return min((shown.index(macro) for macro in right if macro in shown), default=9)


def _cold(bench: Bench) -> Iterator[Row]:
    ranker = bench.ranker()
    tried = messages("shop30")
    groups = (("English", ("en",), 85.0), ("French", ("fr",), 82.0))
    for name, languages, least in (*groups, ("other languages", ("de", "es", "it", "nl"), 88.0)):
        found = top(ranker, [each for each in tried if each.lang in languages])
        yield _top(f"shop30, {name}", found, least)
    suggestions = [ranker.rank(Situation(each.text)) for each in tried]
    shown = [each for each in zip(tried, suggestions, strict=True) if each[1]]
    yield _share("shop30, something is shown", 100 * len(shown) / len(tried))
    sure = [each.label == found[0].macro for each, found in shown if found[0].sure]
    yield _share("shop30, the first is sure", 100 * len(sure) / len(tried))
    if sure:
        yield _share("shop30, the sure one is right", 100 * mean(sure), at_least=90.0)
    reasons = mean(all(each.evidence for each in found) for _, found in shown)
    yield _share("shop30, every suggestion has a reason", 100 * reasons, at_least=100.0)


def _chat(bench: Bench) -> Iterator[Row]:
    if not (DATA / "fr_shop_chat").is_dir():
        yield left_out("fr_shop_chat")
        return
    tried = messages("fr_shop_chat")
    cold = top(bench.ranker(), tried)
    yield _top("French chat, cold", cold, 80.0)
    slips = []
    for seed in SLIP_SEEDS:
        dice = random.Random(seed)
        slips.append(top(bench.ranker(), [_slipped(each, dice) for each in tried])[1])
    yield Row(
        "suggest.slips",
        "French chat, cold, points lost by a slip in 20 letters",
        "points",
        cold[1] - mean(slips),
        None,
        None,
        "≤ 3",
        cold[1] - mean(slips) <= 3,
    )
    folds = [_fold(bench, tried, seed, fold) for seed in SEEDS for fold in range(FOLDS)]
    warm = tuple(100 * mean(place < most for fold in folds for place in fold) for most in (1, 3))
    yield _top(f"French chat, after {len(tried) * (FOLDS - 1) // FOLDS} picks", warm, 88.0)


def _fold(bench: Bench, tried: Sequence[Message], seed: int, fold: int) -> list[int]:
    """The places for a part of the messages after all others were picked, in a random order."""
    mixed = list(tried)
    random.Random(seed).shuffle(mixed)
    ranker = bench.ranker()
    for number, each in enumerate(mixed):
        if number % FOLDS != fold:
            weight = ranker.newest(each.label, SENT)
            ranker.learn(ranker.features(Situation(each.text)), each.label, weight)
    return [place_of(ranker, each.text, {each.label}) for each in mixed[fold::FOLDS]]


def _slipped(message: Message, dice: random.Random) -> Message:
    """The message with a letter lost, doubled, changed or swapped in every twenty."""
    letters = list(message.text)
    for _ in range(len(letters) // _LETTERS_PER_SLIP):
        at = dice.randrange(len(letters) - 1)
        if not (letters[at].isalpha() and letters[at + 1].isalpha()):
            continue
        here, following = letters[at : at + 2]
        other = dice.choice(string.ascii_lowercase)
        slips = ([following], [here, here, following], [other, following], [following, here])
        letters[at : at + 2] = dice.choice(slips)
    return Message("".join(letters), message.label, message.lang)


def _elsewhere(bench: Bench) -> Iterator[Row]:
    if not (DATA / "bitext27").is_dir():
        yield left_out("bitext27")
        return
    ranker = bench.ranker()
    seen: Counter[str] = Counter()
    places = []
    for each in messages("bitext27"):
        seen[each.label] += 1
        if each.label in ELSEWHERE and seen[each.label] <= _PER_LABEL:
            places.append(place_of(ranker, each.text, ELSEWHERE[each.label]))
    found = tuple(100 * mean(place < most for place in places) for most in (1, 3))
    yield _top("bitext27 mapped to the macros", found, 80.0)


def _off_topic(bench: Bench) -> Iterator[Row]:
    if not (DATA / "clinc150").is_dir():
        yield left_out("clinc150")
        return
    ranker = bench.ranker()
    off = [each for each in messages("clinc150") if each.label not in _SHOP_LIKE]
    random.Random(0).shuffle(off)
    out = [each for each in messages("clinc150") if each.label == "oos"]
    for name, texts in (("clinc150 out of scope", out), ("clinc150 other topics", off[:TRIED])):
        shown = mean(bool(ranker.rank(Situation(each.text))) for each in texts)
        yield _share(f"{name}, something is shown", 100 * shown, at_most=10.0)


def _examples(reader: Reader, name: str, count: int, least: float) -> Row:
    """A set with so many examples of each intent, and nothing else known."""
    found = []
    for seed in SEEDS:
        mixed = messages(name)
        random.Random(seed).shuffle(mixed)
        ranker, rest = taught(reader, mixed, count)
        found.append(top(ranker, rest[:TRIED]))
    both = tuple(mean(each[n] for each in found) for n in (0, 1))
    return _top(f"{name}, {count} examples", both, least)


def taught(
    reader: Reader, tried: Iterable[Message], count: int
) -> tuple[ProfileRanker, list[Message]]:
    """A ranker that learned the first so many of each intent, and the messages left."""
    given: Counter[str] = Counter()
    learned: list[Message] = []
    rest: list[Message] = []
    for each in tried:
        given[each.label] += 1
        (learned if given[each.label] <= count else rest).append(each)
    empty = parse("")
    macros = [
        Macro(label, {"en": label}, (MacroVariant("en", "", empty, ""),)) for label in sorted(given)
    ]
    ranker = ProfileRanker(macros, reader, Base(), Learned())
    for each in learned:
        weight = ranker.newest(each.label, SENT)
        ranker.learn(ranker.features(Situation(each.text)), each.label, weight)
    return ranker, rest


def _top(what: str, found: Sequence[float], least: float) -> Row:
    first, three = found
    name = f"suggest.{what}"
    return Row(
        name,
        f"{what}: among three (first {first:.0f} %)",
        "%",
        three,
        None,
        None,
        f"≥ {least:g}",
        three >= least,
    )


def _share(
    what: str, figure: float, *, at_least: float | None = None, at_most: float | None = None
) -> Row:
    goal, met = "", None
    if at_least is not None:
        goal, met = f"≥ {at_least:g}", figure >= at_least
    if at_most is not None:
        goal, met = f"≤ {at_most:g}", figure <= at_most
    return Row(f"suggest.{what}", what, "%", figure, None, None, goal, met)


def _figure(what: str, unit: str, figure: float) -> Row:
    return Row(f"suggest.{what}", what, unit, figure, None, None)

"""What suggestions cost: when the first one is there, how fast they are, how much they weigh."""

from __future__ import annotations

import gc
import random
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from benchmarks.measure import Row, percentile
from benchmarks.suggest_data import DATA, left_out, limit, messages
from deskterm.macros.base import Base
from deskterm.macros.features import Reader
from deskterm.macros.grammar import parse
from deskterm.macros.learning import SENT, Learned
from deskterm.macros.library import load_library
from deskterm.macros.making import make
from deskterm.macros.model import Library, Macro, MacroVariant
from deskterm.macros.prepared import prepared
from deskterm.macros.ranker import ProfileRanker
from deskterm.macros.ranking import Situation

MACROS, PICKS = 255, 5_000


def start() -> Iterator[Row]:
    """What the first suggestion waits for, with the bundled macros and with many of a shop."""
    library = load_library()
    many = {
        f"own{place}": replace(macro, id=f"own{place}")
        for place, macro in enumerate(islice(cycle(library), MACROS - len(library.macros)))
    }
    for name, shop in (
        ("bundled macros", library),
        (f"{MACROS} macros, all but the bundled ones kept", Library({**library.macros, **many})),
    ):
        kept = make(shop).kept
        times = []
        for _ in range(5):
            prepared.cache_clear()
            gc.collect()
            begun = time.process_time()
            make(shop, kept=kept).ranker(shop, Learned())
            times.append(time.process_time() - begun)
        yield limit(f"start, {name}", "ms", 1_000 * min(times), 50.0)


def scale(reader: Reader) -> Iterator[Row]:
    """Time and memory with many macros and many picks."""
    sets = [name for name in ("banking77", "clinc150", "bitext27") if (DATA / name).is_dir()]
    tried = [each for name in sets for each in messages(name)]
    if not tried:
        yield left_out("banking77, clinc150, bitext27")
        return
    random.Random(0).shuffle(tried)
    labels = sorted({each.label for each in tried})[:MACROS]
    tried = [each for each in tried if each.label in set(labels)]
    empty = parse("")
    macros = [Macro(each, {"en": each}, (MacroVariant("en", "", empty, ""),)) for each in labels]
    learned = Learned()
    ranker = ProfileRanker(macros, reader, Base(), learned)
    spent = []
    for each in tried[:PICKS]:
        features = ranker.features(Situation(each.text))
        begun = time.process_time()
        ranker.learn(features, each.label, ranker.newest(each.label, SENT))
        spent.append(time.process_time() - begun)
    yield limit("learning a pick, p95", "ms", 1_000 * percentile(spent, 0.95), 5.0)
    rows = list(learned.rows())
    gc.collect()
    tracemalloc.start()
    copied = [(str(r.macro), r.feature.encode().decode(), int(r.weight)) for r in rows]
    before = tracemalloc.get_traced_memory()[0]
    loaded = ProfileRanker(macros, reader, Base(), Learned.of(copied))
    held = tracemalloc.get_traced_memory()[0] - before
    held += sum(len(row[1]) + 50 for row in copied)
    tracemalloc.stop()
    yield limit(f"memory of {len(rows):,} counts", "MB", held / 1e6, 40.0)
    times = []
    for _ in range(5):
        begun = time.process_time()
        ProfileRanker(macros, reader, Base(), Learned.of(copied))
        times.append(time.process_time() - begun)
    yield limit("start from the counts", "ms", 1_000 * min(times), 50.0)
    times = []
    for each in tried[PICKS : PICKS + 500]:
        begun = time.process_time()
        loaded.rank(Situation(each.text))
        times.append(time.process_time() - begun)
    yield limit(
        f"suggestion, {len(labels)} macros, {PICKS:,} picks, p50",
        "ms",
        1_000 * percentile(times, 0.5),
        None,
    )
    yield limit(
        f"suggestion, {len(labels)} macros, {PICKS:,} picks, p95",
        "ms",
        1_000 * percentile(times, 0.95),
        5.0,
    )

"""`python -m meanings`: learns what sentences mean, and writes the weights that the rules use.

    python -m meanings            learns from all sentences and writes `meaning.bin`
    python -m meanings --try      holds a fifth of them back, five times, and says what is found

`sentences/` holds a file for each topic, a sentence a line; `fine.txt` has what speaks of none. All
of them were written for this project. Needs scikit-learn: `pip install -e '.[meanings]'`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import Final

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from deskterm.rules.wording.meaning import CERTAIN, FILE, LIKELY, NONE, ZERO, name_of, votes
from deskterm.rules.wording.sentences import Sentences
from meanings.corpus import digest, sentences

ROOT: Final = Path(__file__).resolve().parent.parent
WEIGHTS: Final = ROOT / "src" / "deskterm" / "rules" / "wording" / FILE
#: How little a weight is pulled towards 0, found by trying.
FREEDOM: Final = 40.0
#: Sentences that must have a vote for it to count.
FEWEST: Final = 2
_STEPS: Final = 127
_FOLDS: Final = 5

Told = tuple[str, str]


def main(arguments: Sequence[str]) -> int:
    """Do it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m meanings", description=__doc__)
    parser.add_argument("--try", dest="trying", action="store_true", help="only say how well it is")
    told = list(sentences())
    if parser.parse_args(arguments).trying:
        for line in tried(told):
            sys.stdout.write(f"{line}\n")
        return 0
    content = learnt(told)
    WEIGHTS.write_bytes(content)
    sys.stdout.write(
        f"{WEIGHTS.relative_to(ROOT)}: {len(content)} bytes of {len(told)} sentences\n"
    )
    return 0


def cast(told: Sequence[Told]) -> list[Counter[int]]:
    """For each sentence, or what stands for one, in how many of its parts it has each vote."""
    found = []
    for text, _ in told:
        read = Sentences(text)
        parts = (read.words[part.start : part.stop] for part in read.sentences())
        found.append(Counter(chain.from_iterable(set(map(name_of, votes(part))) for part in parts)))
    return found


def known(every: Sequence[Counter[int]]) -> list[int]:
    """The votes that several sentences have, rising."""
    having = Counter(chain.from_iterable(every))
    return sorted(name for name, times in having.items() if times >= FEWEST)


def counted(every: Sequence[Counter[int]], names: Sequence[int]) -> csr_matrix:
    """A row for each sentence: how often it has each known vote, against all its votes."""
    column = {name: at for at, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, its in enumerate(every):
        weight = 1 / sqrt(its.total() or 1)
        for name, times in its.items():
            if name in column:
                rows.append(row)
                columns.append(column[name])
                values.append(times * weight)
    return csr_matrix((values, (rows, columns)), shape=(len(every), len(names)))


def machine() -> LogisticRegression:
    """What learns."""
    return LogisticRegression(C=FREEDOM, max_iter=2_000)


def learnt(told: Sequence[Told]) -> bytes:
    """The weights as they stand in their file."""
    every = cast(told)
    names = known(every)
    found = machine().fit(counted(every, names), [topic for _, topic in told])
    scale = float(abs(found.coef_).max()) / _STEPS
    steps = (found.coef_.T / scale).round().astype(int) + ZERO
    head = {
        "classes": [str(name) for name in found.classes_],
        "scale": round(scale, 6),
        "bias": [round(float(each), 4) for each in found.intercept_],
        "votes": len(names),
        "sentences": digest(),
    }
    packed = b"".join(name.to_bytes(4, "little") for name in names)
    return json.dumps(head).encode() + b"\n" + packed + bytes(steps.flatten().tolist())


def tried(told: Sequence[Told]) -> Iterator[str]:
    """How much of what was held back is found."""
    topics = [topic for _, topic in told]
    every = cast(told)
    likely = cross_val_predict(
        machine(),
        counted(every, known(every)),
        topics,
        cv=StratifiedKFold(_FOLDS, shuffle=True, random_state=0),
        method="predict_proba",
        n_jobs=-1,
    )
    none = sorted(set(topics)).index(NONE)
    for topic in sorted(set(topics)):
        sure = [1 - row[none] for row, its in zip(likely, topics, strict=True) if its == topic]
        shares = (
            f"{sum(one >= least for one in sure) / len(sure):6.1%}" for least in (LIKELY, CERTAIN)
        )
        yield f"{topic:20} {len(sure):6} sentences, found {' certain '.join(shares)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

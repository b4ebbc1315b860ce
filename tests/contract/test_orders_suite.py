"""The suite lets a good shop pass and fails what breaks the contract about orders and stock."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract import broken_orders
from tests.contract.broken_orders import FAILS_IN, TestGoodShop

ROOT = Path(__file__).parents[2]
_FAILED = re.compile(r"^FAILED \S+::(\w+)::(\w+) - (\S*)", re.MULTILINE)


@pytest.fixture(scope="module")
def run() -> subprocess.CompletedProcess[str]:
    """One run over all variants in a process of its own."""
    module = Path(broken_orders.__file__).relative_to(ROOT)
    wanted = [f"{module}::{variant.__name__}::{test}" for variant, test in FAILS_IN.items()]
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *("-rf", "--tb=no", f"{module}::{TestGoodShop.__name__}", *wanted),
        ],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        | {"COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_the_good_one_passes_and_the_others_are_caught(
    run: subprocess.CompletedProcess[str],
) -> None:
    failed = {(name, test): words for name, test, words in _FAILED.findall(run.stdout)}
    expected = {(variant.__name__, test) for variant, test in FAILS_IN.items()}
    assert set(failed) == expected, run.stdout
    assert all("ContractViolation" in words for words in failed.values()), failed


def test_every_variant_has_its_test() -> None:
    variants = {
        value
        for name, value in vars(broken_orders).items()
        if name.startswith("Test") and isinstance(value, type)
    }
    assert variants == {*FAILS_IN, TestGoodShop}

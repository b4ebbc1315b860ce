"""The suite fails what breaks the contract: each variant in the test that is there for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.contract import broken_variants
from tests.contract.broken_variants import FAILS_IN

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """One run over all variants in a process of its own: what failed, and with which words."""
    report = tmp_path_factory.mktemp("suite") / "report.xml"
    module = Path(broken_variants.__file__).relative_to(ROOT)
    wanted = [f"{module}::{variant.__name__}::{test}" for variant, test in FAILS_IN.items()]
    options = [
        "-q",
        "-n",
        "0",
        "-o",
        "asyncio_default_fixture_loop_scope=function",
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *wanted],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert report.exists(), done.stdout + done.stderr
    found = {}
    # The report is our own, written a moment ago.
    for case in ElementTree.parse(report).iter("testcase"):
        failure = case.find("failure")
        if failure is not None:
            variant = (case.get("classname") or "").rpartition(".")[2]
            found[(variant, case.get("name") or "")] = failure.get("message") or ""
    return found


@pytest.mark.parametrize("variant", FAILS_IN, ids=lambda variant: variant.__name__)
def test_it_is_caught(variant: type[object], failures: dict[tuple[str, str], str]) -> None:
    words = failures.get((variant.__name__, FAILS_IN[variant]))
    assert words is not None, "the suite let it pass"
    if variant not in OTHER_WORDS:
        assert "ContractViolation" in words


#: The variant's own exception is what fails the test.
OTHER_WORDS = {
    broken_variants.TestCloseOnce,
    broken_variants.TestWaitIsUselessAfterCancel,
    broken_variants.TestFaceNeedsASender,
}


def test_every_variant_has_its_test() -> None:
    variants = {
        value
        for name, value in vars(broken_variants).items()
        if name.startswith("Test") and isinstance(value, type)
    }
    assert variants == set(FAILS_IN)

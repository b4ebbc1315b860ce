"""What holds for every file of the project, read off the files themselves."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 70

# Written so that this file does not hold the words itself.
_FOREIGN = re.compile(
    r"p[y]pi\.org|python[h]osted|npm[j]s\.|deb\.[d]ebian|/(?:work|farm)/", re.IGNORECASE
)
_DOC = re.compile(r"(?<![a-z]/)\bdocs/[A-Za-z0-9_-]+\.md\b")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_REQUIREMENT = re.compile(r"[A-Za-z0-9_.-]+")

SENDER = "deskterm/sync/courier.py"
TLS = "deskterm/mail/tls.py"
SUITE = "deskterm.contract.testing"  # for the tests of connectors, not for the program
MAKES_CONTEXT = {"SSLContext", "create_default_context", "wrap_socket", "wrap_bio"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is no git checkout")
    named = (ROOT / name for name in done.stdout.decode().split("\0") if name)
    return tuple(sorted(file for file in named if file.is_file()))


def text_of(file: Path) -> str:
    """The text of a file; empty where it is no text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def modules() -> dict[str, ast.Module]:
    """The syntax trees of the program, by their path from `src` or `connectors`."""
    found: dict[str, ast.Module] = {}
    suite = SUITE.replace(".", "/") + "/"
    for root in (ROOT / "src", ROOT / "connectors"):
        for file in sorted(root.rglob("*.py")):
            name = file.relative_to(root).as_posix()
            if not name.startswith(suite):
                found[name] = ast.parse(text_of(file))
    assert len(found) > 100
    return found


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call by an attribute, `what.name(...)`, with its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def imported(tree: ast.Module) -> set[str]:
    """The modules a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def project() -> dict[str, object]:
    """`pyproject.toml`."""
    return tomllib.loads(text_of(ROOT / "pyproject.toml"))


def _part(table: object, *names: str) -> object:
    for name in names:
        assert isinstance(table, dict)
        table = table[name]
    return table


_IMPORTED_AS = {"pillow": "PIL", "zxing-cpp": "zxingcpp"}


def dependencies() -> set[str]:
    """Import names of what the program depends on."""
    named = _part(project(), "project", "dependencies")
    assert isinstance(named, list)
    found = {match[0] for text in named if (match := _REQUIREMENT.match(text))}
    return {_IMPORTED_AS.get(name, name.replace("-", "_").lower()) for name in found}


# Size and names


def test_no_module_is_too_long() -> None:
    lengths = {
        str(file.relative_to(ROOT)): text_of(file).count("\n")
        for root in ("src", "connectors")
        for file in (ROOT / root).rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for root in ("src", "connectors")
        for file in (ROOT / root).rglob("*.py")
        for node in ast.walk(ast.parse(text_of(file)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert long == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {Path(name).stem for name in modules()}
    assert names & {"utils", "util", "helpers", "misc", "common"} == set()


# Where things may happen


def test_one_module_hands_replies_to_channels() -> None:
    senders = {
        name
        for name, tree in modules().items()
        for called, node in calls(tree)
        if name.startswith("deskterm/")
        and isinstance(node.func, ast.Attribute)
        and (called == "carry" or (called == "send" and "session" in ast.unparse(node.func.value)))
    }
    assert senders == {SENDER}


def test_only_connectors_use_smtp() -> None:
    users = {
        name
        for name, tree in modules().items()
        if "deskterm.mail.smtp" in imported(tree) and not name.startswith("deskterm/mail/")
    }
    assert users
    assert all(name.startswith("deskterm_connectors/") for name in users), users


def test_no_second_way_to_mail_servers() -> None:
    blocking = {"imaplib", "smtplib", "poplib", "telnetlib", "urllib.request", "http.client"}
    users = {name: imported(tree) & blocking for name, tree in modules().items()}
    assert {name: found for name, found in users.items() if found} == {}


def test_tls_is_made_in_one_place() -> None:
    makers = {
        name
        for name, tree in modules().items()
        for called, node in calls(tree)
        if called in MAKES_CONTEXT and ast.unparse(node.func).startswith("ssl.")
    }
    assert makers == {TLS}


def test_nobody_weakens_tls() -> None:
    weak = {
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Attribute)
            and node.attr
            in {"check_hostname", "verify_mode", "CERT_NONE", "_create_unverified_context"}
        )
        or (
            isinstance(node, ast.keyword)
            and node.arg in {"verify", "validate_certs"}
            and isinstance(node.value, ast.Constant)
            and node.value.value is False
        )
    }
    assert weak == set()


def test_every_library_is_declared_and_used() -> None:
    used = {name.partition(".")[0] for tree in modules().values() for name in imported(tree)}
    ours = {"deskterm", "deskterm_connectors"}
    assert used - ours - sys.stdlib_module_names == dependencies()


def test_every_layer_and_library_has_its_contract() -> None:
    contracts = _part(project(), "tool", "importlinter", "contracts")
    assert isinstance(contracts, list)
    guarded = {name for contract in contracts for name in contract.get("protected_modules", ())}
    layers = {
        "deskterm." + name.split("/")[1]
        for name in modules()
        if name.startswith("deskterm/") and name.count("/") > 1
    }
    assert (layers | dependencies()) - guarded == {"deskterm.domain"}, "open to all, it alone"
    assert guarded - layers - dependencies() == {"deskterm_connectors.*", SUITE}


def test_the_program_does_not_use_the_conformance_suite() -> None:
    users = {name for name, tree in modules().items() if SUITE in imported(tree)}
    assert users == set()


# What files say


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in project_files()
        if (match := _FOREIGN.search(text_of(file)))
    ]
    assert found == []


def test_every_page_that_is_named_exists() -> None:
    named = {
        (page, str(file.relative_to(ROOT)))
        for file in project_files()
        for page in _DOC.findall(text_of(file))
    }
    assert len(named) > 5
    missing = sorted((page, where) for page, where in named if not (ROOT / page).is_file())
    assert missing == []


def test_every_link_leads_somewhere() -> None:
    pages = [file for file in project_files() if file.suffix == ".md"]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in _LINK.findall(text_of(page))
        if not re.match(r"[a-z]+:", target) and not _leads_somewhere(page, target)
    ]
    assert dead == []


def test_every_page_is_reached_from_the_readme() -> None:
    readme = {target.partition("#")[0] for target in _LINK.findall(text_of(ROOT / "README.md"))}
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert pages <= readme


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    if not file.exists():
        return False
    return not anchor or anchor in {_anchor(text) for text in _HEADING.findall(text_of(file))}


def _anchor(heading: str) -> str:
    """A heading as hosts of Markdown make it an anchor: lower case, marks dropped, blanks to -."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")

"""Finds messages in the source, by its syntax trees.

Three kinds: what is said to the reader (`say`, `say_many`, `marked`), what the command table and
the like hold, and the sentences of the parts that speak English only, which `heard` recognises.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deskterm.i18n.catalogue import HEARD

SAID: Final = ""

#: Which arguments of a call are messages: by place, and by name.
_SAYING: Final = {"say": ((0,), ()), "marked": ((0,), ()), "say_many": ((0, 1), ())}
_TABLES: Final = {
    "Command": ((1, 2), ("title", "help")),
    "on_screen": ((1,), ("title", "help_text")),
    "Parameter": ((1,), ("label",)),
    "View": ((1,), ("title",)),
}
#: What connectors say of themselves, in English, which `heard` recognises.
_OF_CONNECTORS: Final = {
    "AccountField": ((1,), ("label", "help")),
    "ConnectorSpec": ((1,), ("title",)),
}
#: Help of the command line, which its parser translates.
_PARSING: Final = frozenset({"Parser", "add_parser", "add_argument", "add_subparsers"})
_HELP: Final = ("help", "description")
_METAVAR: Final = "metavar"
_COMMAND_LINE: Final = "deskterm/cli/"
#: Errors that people read. Those that derive from them are found.
_ERRORS: Final = frozenset({"DesktermError", "ConnectorError", "TransportError"})
#: Printing on the command line, where everything that is printed is heard.
_PRINTING: Final = frozenset({"note", "tell"})

#: A sentence, or the beginning or end of one: two words after each other, the first one of them
#: capital or a value. Reasons that are filled into one begin with these words.
_SENTENCE: Final = re.compile(
    r"(?=[A-Z{'\"]|its? |no other |others? |the )"
    r".{0,200}?[a-z]{2}[,:;]? (?:[a-z]{2}|\{)",
    re.DOTALL,
)
_NO_SENTENCE: Final = re.compile(
    r"[A-Z]{2,} [A-Za-z{(*1]|[A-Za-z-]+: [a-z]+/|.*<\{|.* (?:IN|LIKE) "
)
#: Less than this between values says nothing that could be recognised.
_LEAST_LETTERS: Final = 4
_LEAST_BESIDE_VALUES: Final = 6
_VALUE: Final = re.compile(r"\{[^{}]{1,80}\}")

#: Nothing of it reaches a reader, but on the command line.
_LEFT_OUT: Final = (
    *("contract/testing", "sandbox", "i18n"),
    *("cards.py", "mail/compose.py", "options.py", "reference.py"),
)
#: They speak English; the sentences in them are found wherever they stand.
_SPEAK_ENGLISH: Final = (
    *("config", "domain", "mail", "office", "service", "store", "sync"),
    "deskterm_connectors",
)


@dataclass(frozen=True, order=True)
class Message:
    """A message as the source has it. `many` is its plural; `file` where it stands."""

    context: str
    one: str
    many: str
    file: str


def messages_in(root: Path) -> list[Message]:
    """All messages of a checkout."""
    files = sorted([*(root / "src").rglob("*.py"), *(root / "connectors").rglob("*.py")])
    trees = {
        file.relative_to(root).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if _is_read(file.relative_to(root).as_posix())
    }
    errors = _errors(trees.values())
    return [message for name, tree in trees.items() for message in _of(name, tree, errors)]


def _is_read(file: str) -> bool:
    """Whether anything of a module can reach a reader."""
    return _COMMAND_LINE in file or not any(part in file for part in _LEFT_OUT)


def _of(file: str, tree: ast.Module, errors: frozenset[str]) -> Iterator[Message]:
    """The messages of one module."""
    speaks = _imports_from(tree, "deskterm.i18n")
    prints = _imports_from(tree, "deskterm.cli.output")
    silent = _not_said(tree)
    found: set[ast.expr] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _name_of(node.func)
        if name in speaks and name in _SAYING:
            yield from _said(node, name, file, found)
        elif name in _TABLES:
            for each in _arguments(node, *_TABLES[name]):
                yield from _one(each, SAID, file, found)
        elif name in _PARSING and _COMMAND_LINE in file:
            yield from _help(node, file, found)
        elif name in _OF_CONNECTORS:
            for each in _arguments(node, *_OF_CONNECTORS[name]):
                if "://" not in template_of(each):  # an example of an address
                    yield from _one(each, HEARD, file, found)
        elif name in errors or (name in _PRINTING and name in prints):
            for each in (*node.args, *(k.value for k in node.keywords if k.arg != "code")):
                for inner in _texts(each):
                    yield from _one(inner, HEARD, file, found)
    if any(f"/{part}/" in f"/{file}" for part in _SPEAK_ENGLISH) and "/catalogue/" not in file:
        for node in ast.walk(tree):
            text = template_of(node)
            if text and node not in silent and node not in found and _is_sentence(text):
                yield Message(HEARD, whole(text), "", file)


def _help(call: ast.Call, file: str, found: set[ast.expr]) -> Iterator[Message]:
    """Help of the command line, and what stands for a value where it is a word to be read."""
    for keyword in call.keywords:
        match keyword.value:
            case ast.Constant(value=str(text)) if keyword.arg in _HELP or (
                keyword.arg == _METAVAR and text.isupper()
            ):
                yield from _one(keyword.value, SAID, file, found)


def _said(call: ast.Call, name: str, file: str, found: set[ast.expr]) -> Iterator[Message]:
    texts = []
    for each in _arguments(call, *_SAYING[name]):
        if not isinstance(each, ast.Constant) or not isinstance(each.value, str):
            return  # a message out of a table, which is marked there
        found.add(each)
        texts.append(each.value)
    if texts[0]:
        context = _context(call) if name == "marked" else SAID
        yield Message(context, texts[0], texts[1] if name == "say_many" else "", file)


def _context(call: ast.Call) -> str:
    match call.args:
        case [_, ast.Constant(value=str(context))]:
            return context
    return SAID


def _one(node: ast.AST, context: str, file: str, found: set[ast.expr]) -> Iterator[Message]:
    text = template_of(node)
    if text and isinstance(node, ast.expr) and (context == SAID or _says_something(text)):
        found.add(node)
        yield Message(context, whole(text) if context else text, "", file)


def whole(sentence: str) -> str:
    """A sentence without the full stops at its ends, by which it is joined to others."""
    return sentence.removeprefix(". ").removesuffix(".")


def _texts(node: ast.expr) -> Iterator[ast.expr]:
    """The texts that an argument can be, and those that it fills into them."""
    match node:
        case ast.Constant():
            yield node
        case ast.JoinedStr(values=parts):
            yield node
            for part in parts:
                if isinstance(part, ast.FormattedValue) and not isinstance(
                    part.value, ast.Constant
                ):
                    yield from _texts(part.value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (*_texts(left), *_texts(right))
        case ast.IfExp(body=one, orelse=other):
            yield from (*_texts(one), *_texts(other))
        case ast.BoolOp(values=values):
            for each in values:
                yield from _texts(each)


def template_of(node: ast.AST) -> str:
    """A text of the source with `{name}` where a value is filled in; empty for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}") if "{" in node.value else node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    text, names = "", set[str]()
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name = _free(_value_name(part.value), names)
            names.add(name)
            text += f"{{{name}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "{{").replace("}", "}}")
    return text


def _value_name(node: ast.expr) -> str:
    """A name for translators: of `error.strerror or …` it is `strerror`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_") or "value"
        case ast.Subscript(value=value) | ast.BoolOp(values=[value, *_]):
            return _value_name(value)
        case ast.Call(args=[value, *_]):
            return _value_name(value)
        case ast.Call(func=ast.Attribute(value=value)):
            return _value_name(value)
    return "value"


def _free(name: str, taken: set[str]) -> str:
    numbered = (name if number == 1 else f"{name}{number}" for number in range(1, 100))
    return next(each for each in numbered if each not in taken)


def _says_something(text: str) -> bool:
    own = _VALUE.sub("", text)
    return sum(map(str.isalpha, own)) >= (_LEAST_LETTERS if own == text else _LEAST_BESIDE_VALUES)


def _is_sentence(text: str) -> bool:
    if _NO_SENTENCE.match(text) or not _says_something(text):
        return False
    return bool(_SENTENCE.match(text))


def _errors(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names of the classes of errors that people read."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names, before = set(_ERRORS), 0
    while len(names) != before:
        before = len(names)
        names |= {c.name for c in classes if any(_name_of(base) in names for base in c.bases)}
    return frozenset(names)


def _not_said(tree: ast.Module) -> set[ast.AST]:
    """Texts that are no messages: docstrings, parts of others, keys, patterns, words of a log."""
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                silent.add(text)
            case ast.JoinedStr(values=parts):
                silent.update(inner for part in parts for inner in _constants(part))
            case ast.Call(func=ast.Attribute(attr="compile" | "info" | "warning" | "debug")):
                silent.update(ast.walk(node))
            case ast.Call(func=ast.Attribute(attr="execute" | "one" | "all" | "error")):
                silent.update(ast.walk(node))
            case ast.Call(func=ast.Name(id="ValueError" | "TypeError" | "AssertionError")):
                silent.update(ast.walk(node))
            case ast.Call(func=ast.Name(id="RuntimeError" | "KeyError" | "Option" | "_option")):
                silent.update(ast.walk(node))
    return silent


def _constants(part: ast.expr) -> Iterator[ast.AST]:
    """What a value within a text is made of stays with it, but for texts that it chooses from."""
    if isinstance(part, ast.Constant):
        yield part
    elif isinstance(part, ast.FormattedValue) and part.format_spec is not None:
        yield from ast.walk(part.format_spec)


def _arguments(
    call: ast.Call, places: Iterable[int], names: Container[str | None]
) -> Iterator[ast.expr]:
    yield from (call.args[place] for place in places if place < len(call.args))
    yield from (keyword.value for keyword in call.keywords if keyword.arg in names)


def _imports_from(tree: ast.Module, module: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }


def _name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""

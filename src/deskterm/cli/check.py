"""`deskterm check`: run the rules over a reply that was written anywhere.

Text on stdin, findings on stdout, notes on stderr. `--batch` takes JSON lines (`docs/rules.md`).
Exit code 1 when the text is blocked; with `--batch` when a line could not be read.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.text import Text

from deskterm.cli.json_lines import MOST_BYTES, decoded, lines_of
from deskterm.cli.output import note, put_json
from deskterm.cli.rulebook import indented, rules_of, severity_word, source_words
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import UsageError
from deskterm.i18n import language, marked, say
from deskterm.rules.case import Case, read_case
from deskterm.rules.library import has_pack, resolve_channel
from deskterm.rules.model import CheckResult, Finding, RulePack
from deskterm.rules.passing import check_to_send
from deskterm.rules.shop import ShopRules
from deskterm.text.clean import clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "check",
        help="check a reply against the rules of its channel",
        description="Checks the text on stdin. Exit code 1 when it may not leave.",
    )
    parser.add_argument("--channel", help="id of the channel, for example email")
    parser.add_argument("--context", metavar="JSON", help="facts around the reply, one object")
    parser.add_argument(
        "--attachment", metavar="PATH", action="append", default=[], help="a file that goes along"
    )
    parser.add_argument(
        "--batch", action="store_true", help="JSON lines in, JSON lines out; see docs/rules.md"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check stdin and print what was found.

    Raises:
        UsageError: the arguments or the text cannot be used.
        DesktermError: a file of rules is not as it must be.
    """
    now = SystemClock().now()
    book = _Book(rules_of(args), now)
    if args.batch:
        if args.channel or args.context or args.attachment:
            raise UsageError("With --batch channel, context and attachments stand in each line")
        return _run_batch(sys.stdin.buffer, book)
    if not args.channel:
        raise UsageError("The channel is missing", advice="Add --channel, for example email")
    case = read_case(
        {
            "channel": args.channel,
            "text": _read_text(sys.stdin.buffer),
            "context": _context(args.context),
            "attachments": [_attachment(Path(path)) for path in args.attachment],
        },
        now=now,
    )
    result = book.check(case)
    if args.json:
        put_json(_as_json(result) | {"digest": result.digest})
    else:
        _show(result, case)
    return 1 if result.verdict == "block" else 0


class _Book:
    """The packs for each channel, read once, with each note given once."""

    def __init__(self, shop: ShopRules, now: datetime) -> None:
        self._shop = shop
        self.now = now
        self._packs: dict[tuple[str, str], Sequence[RulePack]] = {}
        self._noted: set[str] = set()

    def check(self, case: Case) -> CheckResult:
        for key in case.unknown:
            self._note(f"the context key {key!r} is not known and was left")
        return check_to_send(case.draft, case.facts, self._packs_for(case))

    def _packs_for(self, case: Case) -> Sequence[RulePack]:
        channel, operator = case.draft.channel, case.facts.operator
        if (channel, operator) not in self._packs:
            packs = self._shop.packs_for(channel, operator)
            self._packs[channel, operator] = packs
            if not has_pack(packs, channel, operator):
                name = resolve_channel(channel, operator)
                shown = channel if name == channel else f"{channel} ({name})"
                self._note(f"there is no rule pack for {shown}, so nothing can be sent on it")
            for pack in packs:
                if pack.is_stale(self.now.date()):
                    self._note(
                        f"the rule pack {pack.channel} was due for review on {pack.review_due()}"
                    )
        return self._packs[channel, operator]

    def _note(self, text: str) -> None:
        if text not in self._noted:
            self._noted.add(text)
            note(f"note: {text}")


def _run_batch(stream: BinaryIO, book: _Book) -> int:
    code = 0
    for number, line in lines_of(stream):
        try:
            case = read_case(decoded(line), now=book.now)
            answer: dict[str, object] = {"id": case.id, **_as_json(book.check(case))}
        except UsageError as error:
            code = 1
            answer = {"line": number, "error": {"code": error.code, "message": str(error)}}
        put_json(answer)
    return code


def _read_text(stream: BinaryIO) -> str:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UsageError("The text is too long", f"At most {MOST_BYTES} bytes are taken")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("The text is not UTF-8") from error


def _context(text: str | None) -> object:
    if text is None:
        return {}
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("--context is not JSON", advice="Give one object in quotes") from error


def _attachment(path: Path) -> dict[str, object]:
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise UsageError(f"The file {path} cannot be read") from error
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return {"filename": path.name, "mime": mime, "size": size, "path": str(path)}


def _as_json(result: CheckResult) -> dict[str, object]:
    findings = [finding.as_json() for finding in result.findings]
    return {"verdict": result.verdict, "findings": findings, "ms": result.ms}


_VERDICTS = {
    "ok": marked("This reply may leave by {channel}."),
    "warn": marked("This reply may leave by {channel} after a second look."),
    "block": marked("This reply may not leave by {channel}."),
}


def _show(result: CheckResult, case: Case) -> None:
    console = Console(highlight=False)
    channel = clean(case.draft.channel, multiline=False)
    console.print(Text(say(_VERDICTS[result.verdict], channel=channel)))
    for finding in result.findings:
        console.print()
        console.print(severity_word(finding.severity), Text(finding.rule, style="bold"))
        console.print(indented(clean(finding.says_in(language()), multiline=False)))
        console.print(indented(_place(finding, case.draft.text)))
        console.print(
            indented(say("Source: {source}", source=clean(finding.source, multiline=False)))
        )
        console.print(indented(f"({source_words(finding.source_kind)})"))
        if finding.changed_from:
            console.print(
                indented(say("The pack says {severity}.", severity=clean(finding.changed_from)))
            )


def _place(finding: Finding, text: str) -> str:
    excerpt = clean(finding.excerpt, multiline=False)
    if finding.start == finding.end:
        return (
            say("At: {excerpt}", excerpt=excerpt)
            if excerpt.strip()
            else say("At: the whole message")
        )
    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - (text.rfind("\n", 0, finding.start) + 1) + 1
    shown = excerpt if excerpt.strip() else say("nothing that can be seen")
    return say("At line {line}, character {column}: {shown}", line=line, column=column, shown=shown)

"""`deskterm do`: any command of the command table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping

from deskterm.cli.output import local_time, put_json, say, state, tell, word
from deskterm.cli.refs import STDIN, refs_of
from deskterm.cli.sent import say_outcome
from deskterm.cli.typed import kept, read_text
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import UsageError
from deskterm.i18n import heard, marked
from deskterm.i18n import say as in_words
from deskterm.office.door import ANSWER_S
from deskterm.service.command import Command
from deskterm.service.table import OFFICE, find

#: Seconds that a command may take for each ticket, beyond what every call may take.
_EACH_S = 0.01
#: Marked for `heard`, which knows them by the words around their values.
_HEARD = (
    marked("would do: {title}", "heard"),
    marked("until {time}", "heard"),
    marked("merged into {ref}", "heard"),
    marked("split off as {ref}", "heard"),
    marked("leaves at {time}", "heard"),
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "do",
        help="any command, see --list",
        description="Runs a command of the command table, for example: deskterm do resolve k7m2q9",
    )
    parser.add_argument("command", nargs="?", help="its name, see --list")
    parser.add_argument(
        "tickets", nargs="*", help="references; - reads them from stdin, words or JSON lines"
    )
    parser.add_argument(
        "--param",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="a parameter of the command; KEY=- reads it from stdin",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would change")
    parser.add_argument("--list", action="store_true", help="list the commands")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Have the command done."""
    if args.list:
        for command in OFFICE.values():
            if args.json:
                put_json(
                    {
                        "id": command.id,
                        "title": command.title,
                        "help": command.help,
                        "scope": command.scope,
                        "keys": list(command.keys),
                        "parameters": [
                            {"name": p.name, "kind": p.kind, "required": p.required}
                            for p in command.parameters
                        ],
                    }
                )
            else:
                say(f"{command.id:<24} {in_words(command.help)}")
        return 0
    if not args.command:
        raise UsageError("Which command?", "", "'deskterm do --list' lists them")
    command = find(args.command)
    params = dict(_parameter(text) for text in args.param)
    return perform(args, command, args.tickets, params)


def perform(
    args: argparse.Namespace, command: Command, words: list[str], params: dict[str, object]
) -> int:
    """Have a command done and say what came of it.

    Args:
        words: references of tickets; for a command without tickets its first parameter.
    """
    if command.scope == "ticket" and (words or not command.ticket_optional):
        params["tickets"] = _refs(words)
    elif words and command.parameters:
        params.setdefault(command.parameters[0].name, " ".join(words))
    elif words:
        raise UsageError(f"{command.id} takes no ticket")
    if args.dry_run:
        params["dry_run"] = True
    place = Workplace.of(args)
    with kept(place, str(params.get("text", ""))), place.office() as door:
        tickets = params.get("tickets")
        count = len(tickets) if isinstance(tickets, list) else 0
        patience = ANSWER_S + _EACH_S * count
        result = door.call(command.id, params, timeout_s=patience).result
    if args.json:
        put_json(result)
    elif "outcome" in result and not result.get("dry_run"):
        say_outcome(result, place.zone)
    else:
        _say(place, in_words(command.title), result)
    return 1 if _refused(result) else 0


def _refs(given: list[str]) -> list[object]:
    return [*refs_of(given if given or sys.stdin.isatty() else [STDIN])]


def _parameter(text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise UsageError(f"{key[:40]!r} must be written as KEY=VALUE")
    if value == "-":
        return key, read_text("-")
    if value.startswith(("{", "[")):
        try:
            return key, json.loads(value)
        except ValueError as error:
            raise UsageError(f"{key[:40]}: the value is no JSON") from error
    return key, value


def _refused(result: Mapping[str, object]) -> bool:
    done = result.get("done")
    return any(
        one.get("outcome") in ("blocked", "needs_reason")
        for one in (done if isinstance(done, list) else [result])
    )


def _say(place: Workplace, title: str, result: Mapping[str, object]) -> None:
    head = heard(f"would do: {title}") if result.get("dry_run") else title
    done, skipped = result.get("done"), result.get("skipped")
    for one in done if isinstance(done, list) else []:
        words = [f"{one['ticket']}  {head}", state(str(one["status"]))]
        say(" · ".join([*words, *_more(place, one)]))
    for one in skipped if isinstance(skipped, list) else []:
        tell(f"{one['ticket']}  left alone: {one['reason']}")
    if not isinstance(done, list):
        _say_once(head, result)


def _say_once(head: str, result: Mapping[str, object]) -> None:
    changed, kept_, tickets = result.get("changed"), result.get("kept"), result.get("tickets")
    words = [str(w) for w in (changed if isinstance(changed, list) else [])]
    refs = [str(t) for t in (tickets if isinstance(tickets, list) else [])]
    parts = [*refs, head, ", ".join(dict.fromkeys(words))]
    say("  ".join(part for part in parts if part))
    for line in kept_ if isinstance(kept_, list) else []:
        tell(f"  left alone: {line}")


def _more(place: Workplace, one: Mapping[str, object]) -> list[str]:
    """What a person wants to know of the outcome; ids are for programs."""
    words: list[str] = []
    if "until" in one:
        words.append(heard(f"until {local_time(str(one['until']), place.zone)}"))
    for key, head in (("into", "merged into "), ("new", "split off as "), ("priority", "")):
        if key in one:
            words.append(heard(f"{head}{one[key]}"))
    if "reason" in one and "outcome" not in one:
        words.append(str(one["reason"] or word(marked("no contact reason"))).replace("_", " "))
    if "send_at" in one:
        words.append(heard(f"leaves at {local_time(str(one['send_at']), place.zone)}"))
    if "assignee" in one:
        words.append(str(one["assignee"] or word(marked("nobody"))))
    if isinstance(tags := one.get("tags"), list):
        words.append(" ".join(f"#{tag}" for tag in tags) or word(marked("no tags")))
    if "unread" in one:
        words.append(word(marked("unread") if one["unread"] else marked("read", "state")))
    if "outcome" in one:
        words.append(state(str(one["outcome"])))
    return words

"""`deskterm account`: add, list, check, remove, confirm, kinds."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from types import MappingProxyType

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deskterm.cli.output import age, note, put_json, say, state, tell, word
from deskterm.cli.workplace import Workplace
from deskterm.config.secrets import Secret, SecretStore, open_secrets
from deskterm.contract import AccountField, ConnectorSpec
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.i18n import heard, marked
from deskterm.text.clean import SafeText

_CHECK_S = 120.0
_COLUMNS = (
    marked("account", "column"),
    marked("channel", "column"),
    marked("state", "column"),
    marked("synced", "column"),
    marked("says", "column"),
)
_BETWEEN = marked("; ")
#: Marked for `heard`, which knows them by the words around their values.
_VALUES = (marked("default {value}", "heard"), marked("one of {choices}", "heard"))
#: What may stand in a setting, where that is not any text.
_KINDS = MappingProxyType(
    {
        "secret": marked("secret"),
        "port": marked("port number"),
        "date": marked("date"),
        "path": marked("path of a file"),
        "url": marked("address of a page"),
        "address": marked("mail address"),
        "list": marked("list, with commas"),
        "order_shape": marked("shape of an order number"),
    }
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("account", help="accounts on channels")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    adding = acts.add_parser("add", help="add an account")
    adding.add_argument("kind", help="channel, see 'deskterm account kinds'")
    adding.add_argument("name", help="your name for it: a-z, 0-9, _ and -")
    _settings(adding)
    adding.set_defaults(run=_add)
    changing = acts.add_parser("set", help="change settings or secrets of an account")
    changing.add_argument("name", help="the account's name")
    _settings(changing)
    changing.set_defaults(run=_change)
    _act(acts, "list", marked("accounts and how they do"), _list, json=True)
    _act(acts, "check", marked("sign in for real and say what works"), _check, name=True, json=True)
    _act(acts, "remove", marked("stop using an account; its tickets stay"), _remove, name=True)
    _act(
        acts, "confirm", marked("answer yes to an account that stopped to ask"), _confirm, name=True
    )
    _act(acts, "kinds", marked("the channels and what they need"), _kinds, json=True)


def _settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", dest="fields", metavar="KEY=VALUE", action="append", default=[], help="a setting"
    )
    parser.add_argument(
        "--secret",
        dest="secrets",
        metavar="KEY=-",
        action="append",
        default=[],
        help="a secret, read from stdin (one line each); never given on the command line",
    )


def _act(
    acts: argparse._SubParsersAction[argparse.ArgumentParser],
    name_of_act: str,
    text: str,
    run: object,
    *,
    name: bool = False,
    json: bool = False,
) -> None:
    parser = acts.add_parser(name_of_act, help=text)
    if name:
        parser.add_argument("name", help="the account's name")
    if json:
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def _add(args: argparse.Namespace) -> int:
    from deskterm.sync.connectors import Connectors

    place = Workplace.of(args)
    spec = Connectors.installed(place.settings.trusted_connectors).specs.get(args.kind)
    if spec is None:
        raise UsageError(
            f"There is no channel {args.kind[:40]!r}", "", "'deskterm account kinds' lists them"
        )
    fields, given = _given(args, spec)
    store = _store(place)
    wanted = [f for f in spec.fields if f.kind == "secret" and f.required]
    if store.writable:
        for field in wanted:
            if field.name not in given and sys.stdin.isatty():
                given[field.name] = Secret(getpass.getpass(f"{field.label}: "))
    place.call("account.add", {"name": args.name, "channel": args.kind, "fields": fields})
    _keep_secrets(place, store, args.name, given)
    note(f"Account {args.name} added. 'deskterm account check {args.name}' tries it.")
    missing = [f.name for f in wanted if store.writable and f.name not in given]
    if missing:
        note(
            f"It still needs {', '.join(missing)}: "
            f"'deskterm account set {args.name} --secret {missing[0]}=-'"
        )
    return 0


def _change(args: argparse.Namespace) -> int:
    from deskterm.store import accounts
    from deskterm.sync.connectors import Connectors

    place = Workplace.of(args)
    with place.reading() as connection:
        account = accounts.account_named(connection, args.name)
    spec = Connectors.installed(place.settings.trusted_connectors).specs.get(account.channel)
    if spec is None:
        raise UsageError(f"The connector of {account.channel} is not installed")
    fields, given = _given(args, spec)
    if not fields and not given:
        raise UsageError("Nothing to change", "", "Give --set KEY=VALUE or --secret KEY=-")
    store = _store(place)
    for key, secret in given.items():
        store.set(args.name, key, secret)
    place.call("account.set", {"name": args.name, "fields": fields})
    note(f"Account {args.name} changed.")
    return 0


def _given(
    args: argparse.Namespace, spec: ConnectorSpec
) -> tuple[dict[str, str], dict[str, Secret]]:
    """The settings and secrets that a call names."""
    fields = dict(_pair(text) for text in args.fields)
    given = {key: _stdin_secret(key, value) for key, value in map(_pair, args.secrets)}
    unknown = [key for key in given if (f := spec.field(key)) is None or f.kind != "secret"]
    if unknown:
        raise UsageError(f"{spec.id} has no secret named {unknown[0][:40]!r}")
    return fields, given


def _keep_secrets(
    place: Workplace, store: SecretStore, name: str, given: dict[str, Secret]
) -> None:
    """Store the secrets of a new account; without them it is no account."""
    try:
        for key, secret in given.items():
            store.set(name, key, secret)
    except DesktermError:
        place.call("account.remove", {"name": name})
        note(f"The account {name} was not kept, because its secret could not be stored.")
        raise
    if given:
        place.call("sync.now", {"name": name})


def _store(place: Workplace) -> SecretStore:
    def ask(*, new: bool) -> Secret | None:
        if not sys.stdin.isatty():
            return None
        words = "New passphrase for the secrets file: " if new else "Passphrase: "
        return Secret(getpass.getpass(words))

    return open_secrets(place.settings, os.environ, place.home, ask)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise UsageError(f"{key[:40]!r} must be written as KEY=VALUE")
    return key.strip(), value


def _stdin_secret(key: str, value: str) -> Secret:
    if value != "-":
        raise UsageError(
            f"The secret {key[:40]!r} may not stand on the command line",
            "Other users of this machine can read command lines.",
            f"Write --secret {key[:40]}=- and give it on stdin",
        )
    return Secret(sys.stdin.readline().rstrip("\r\n"))


def _list(args: argparse.Namespace) -> int:
    from deskterm.store import accounts

    place = Workplace.of(args)
    with place.reading() as connection:
        found = [(a, accounts.health(connection, a.id)) for a in accounts.all_accounts(connection)]
    if args.json:
        for account, health in found:
            put_json(
                {
                    "name": account.name,
                    "channel": account.channel,
                    "fields": dict(account.fields),
                    "added_at": account.added_at,
                    "health": health.state if health else "new",
                    "text": health.text if health else "",
                    "until": health.until_at if health else None,
                    "synced_at": health.synced_at if health else None,
                }
            )
        return 0
    table = Table(box=None, pad_edge=False)
    for title in _COLUMNS:
        table.add_column(word(title), overflow="fold")
    for account, health in found:
        table.add_row(
            account.name,
            account.channel,
            state(health.state if health else "new"),
            age(health.synced_at, place.now) if health else "",
            Text(heard(health.text) if health else ""),
        )
    Console().print(table)
    return 0


def _check(args: argparse.Namespace) -> int:
    place = Workplace.of(args)
    with place.office() as door:
        result = door.call("account.check", {"name": args.name}, timeout_s=_CHECK_S).result
    if args.json:
        put_json(result)
        return 0
    lines = result.get("lines")
    for line in lines if isinstance(lines, list) else []:
        tell(str(line))
    return 0


def _remove(args: argparse.Namespace) -> int:
    from deskterm.store import accounts
    from deskterm.sync.connectors import Connectors

    place = Workplace.of(args)
    with place.reading() as connection:
        account = accounts.account_named(connection, args.name)
    place.call("account.remove", {"name": args.name})
    store = _store(place)
    spec = Connectors.installed(place.settings.trusted_connectors).specs.get(account.channel)
    if store.writable and spec is not None:
        for field in spec.fields:
            if field.kind == "secret":
                store.delete(args.name, field.name)
    note(f"Account {args.name} removed. Its tickets stay readable.")
    return 0


def _confirm(args: argparse.Namespace) -> int:
    Workplace.of(args).call("account.confirm", {"name": args.name})
    note(f"Confirmed; {args.name} goes on.")
    return 0


def _kinds(args: argparse.Namespace) -> int:
    from deskterm.sync.connectors import Connectors

    installed = Connectors.installed(Workplace.of(args).settings.trusted_connectors)
    for problem in installed.problems:
        note(problem)
    for spec in installed.specs.values():
        if args.json:
            put_json(
                {
                    "kind": spec.id,
                    "title": spec.title,
                    "capabilities": sorted(spec.capabilities),
                    "fields": [
                        {
                            "name": f.name,
                            "label": f.label,
                            "kind": f.kind,
                            "required": f.required,
                            "default": f.default,
                            "choices": list(f.choices),
                            "help": f.help,
                        }
                        for f in spec.fields
                    ],
                }
            )
            continue
        say(f"{spec.id}  {heard(spec.title)}")
        for f in spec.fields:
            marks = word(_BETWEEN).join(_kind_words(f))
            say(f"  {f.name:<15} {heard(f.label)}{f' ({marks})' if marks else ''}")
    return 0


def _kind_words(field: AccountField) -> Iterator[SafeText]:
    """What is to be known of a setting, in words."""
    if field.kind in _KINDS:
        yield word(_KINDS[field.kind])
    if field.required:
        yield word(marked("needed"))
    if field.default:
        yield heard(f"default {field.default}")
    if field.choices:
        yield heard(f"one of {', '.join(field.choices)}")

"""`deskterm rules`: which rules there are, what one of them says, and how old they are."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deskterm.cli.output import note, put_json, word
from deskterm.cli.rulebook import SEVERITIES, indented, rules_of, severity_word, source_words
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import UsageError
from deskterm.i18n import marked, say
from deskterm.rules.examples import Trial, trials
from deskterm.rules.library import EVERYWHERE, resolve_channel
from deskterm.rules.model import Applies, Rule, RulePack
from deskterm.rules.standing import STANDING
from deskterm.text.clean import SafeText, clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("rules", help="the rules that replies are checked against")
    actions = parser.add_subparsers(title="acts", metavar="ACT", dest="action", required=True)
    listed = actions.add_parser("list", help="all rules, or those of one channel")
    listed.add_argument("--channel", help="id of a channel; everywhere counts as one")
    explained = actions.add_parser("explain", help="everything about one rule")
    explained.add_argument("rule", help="id of the rule, for example email.from_identity")
    aged = actions.add_parser(
        "age",
        help="when each pack was read at its sources, and when it is due",
        description="Exit code 1 when a pack is past its review.",
    )
    tried = actions.add_parser(
        "test",
        help="try every rule on its examples",
        description="Exit code 1 when a rule does not say what an example expects.",
    )
    tried.add_argument("--channel", help="id of a channel; everywhere counts as one")
    for action in (listed, explained, aged, tried):
        action.add_argument("--json", action="store_true", help="JSON, one object a line")
        action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was asked for.

    Raises:
        UsageError: there is no such rule or channel.
        DesktermError: a file of rules is not as it must be.
    """
    packs = rules_of(args).all_packs()
    if args.action == "list":
        return _list(_of(packs, args.channel), as_json=args.json)
    if args.action == "explain":
        return _explain(packs, args.rule, as_json=args.json)
    if args.action == "test":
        return _test(_of(packs, args.channel), as_json=args.json)
    return _age(packs, SystemClock().now().date(), as_json=args.json)


def _of(packs: Sequence[RulePack], channel: str | None) -> Sequence[RulePack]:
    """The packs of a channel, bundled and own; without a channel all of them."""
    if channel is None:
        return packs
    name = resolve_channel(channel)
    found = [pack for pack in packs if pack.channel == name]
    if not found:
        raise UsageError(
            f"There is no rule pack for {name}", advice="deskterm rules age lists the packs"
        )
    return found


def _list(packs: Sequence[RulePack], *, as_json: bool) -> int:
    console = Console(highlight=False)
    for pack in packs:
        own = tuple(STANDING.values()) if pack.channel == EVERYWHERE else ()
        for rule in (*pack.rules, *own):
            if as_json:
                put_json(_as_json(rule, pack))
            else:
                console.print(severity_word(rule.severity), Text(rule.id, style="bold"))
                console.print(indented(clean(_sentence(rule), multiline=False)))
    return 0


def _explain(packs: Sequence[RulePack], rule_id: str, *, as_json: bool) -> int:
    found = next(((r, pack) for pack in packs for r in pack.rules if r.id == rule_id), None)
    rule, pack = found or (STANDING.get(rule_id), None)
    if rule is None:
        raise UsageError(f"There is no rule {rule_id!r}", advice="deskterm rules list shows all")
    if as_json:
        put_json(_as_json(rule, pack))
        return 0
    console = Console(highlight=False)
    console.print(severity_word(rule.severity), Text(rule.id, style="bold"))
    for name, value in _lines(rule, pack):
        console.print(_entry(name, value))
    for example in rule.examples:
        case = json.dumps(dict(example.case), ensure_ascii=False, default=str)
        console.print(_entry("", f"{example.expect:<5} {case}"))
    return 0


def _entry(name: str, value: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=11)
    grid.add_column(overflow="fold")
    grid.add_row(Text(name), Text(clean(value, multiline=False)))
    return grid


def _lines(rule: Rule, pack: RulePack | None) -> list[tuple[str, str]]:
    says = word(marked("says", "rule"))
    lines = [(f"{says} ({language})", sentence) for language, sentence in rule.says.items()]
    severity = word(marked("severity"))
    if rule.shop_changed:
        words = say("{severity}, by this shop; the pack says {stated}", **_severities(rule))
        lines.append((severity, words))
    elif rule.severity != rule.stated:
        words = say("{severity}; the pack says {stated}", **_severities(rule))
        lines.append((severity, words))
    lines.append((word(marked("gate")), rule.gate))
    for check in rule.checks:
        given = ", ".join(f"{k} = {v}" for k, v in sorted(check.parameters.items()))
        lines.append(
            (
                word(marked("check", "rule")),
                f"{check.detector} ({given})" if given else check.detector,
            )
        )
    lines.append((word(marked("applies to", "rule")), _applies_words(rule.applies)))
    lines.append((word(marked("fix", "rule")), rule.fix or word(marked("none"))))
    lines.append((word(marked("source", "rule")), rule.source))
    lines.append(("", f"({source_words(rule.source_kind)})"))
    lines.append((word(marked("checked on", "rule")), rule.checked_on.isoformat()))
    if pack:
        lines.append(
            (
                word(marked("pack", "rule")),
                say(
                    "{channel}, version {version}",
                    channel=clean(pack.channel),
                    version=clean(pack.version),
                ),
            )
        )
    if rule.examples:
        lines.append((word(marked("examples")), word(marked("what the rule alone says"))))
    return lines


def _severities(rule: Rule) -> dict[str, SafeText]:
    return {
        name: word(SEVERITIES[severity])
        for name, severity in (("severity", rule.severity), ("stated", rule.stated))
    }


def _applies_words(applies: Applies) -> str:
    parts = [
        f"{field.name}: {', '.join(sorted(getattr(applies, field.name)))}"
        for field in fields(applies)
        if getattr(applies, field.name)
    ]
    return "; ".join(parts) or word(marked("everything that leaves"))


def _age(packs: Sequence[RulePack], today: date, *, as_json: bool) -> int:
    console = Console(highlight=False)
    for pack in packs:
        stale = pack.is_stale(today)
        if as_json:
            put_json(_age_as_json(pack, stale=stale))
            continue
        line = (
            marked("version {version}, read {read}, review was due on {due}")
            if stale
            else marked("version {version}, read {read}, review due on {due}")
        )
        words = say(
            line,
            version=clean(str(pack.version)),
            read=clean(pack.checked_on.isoformat()),
            due=clean(pack.review_due().isoformat()),
        )
        console.print(Text(f"{pack.channel:<16}", style="bold"), Text(words))
    return 1 if any(pack.is_stale(today) for pack in packs) else 0


def _age_as_json(pack: RulePack, *, stale: bool) -> dict[str, object]:
    return {
        "channel": pack.channel,
        "version": pack.version,
        "rules": len(pack.rules),
        "checked_on": pack.checked_on.isoformat(),
        "review_due": pack.review_due().isoformat(),
        "stale": stale,
    }


def _test(packs: Sequence[RulePack], *, as_json: bool) -> int:
    console = Console(highlight=False)
    bad = count = 0
    for trial in trials(packs):
        count += 1
        bad += not trial.good
        if as_json:
            put_json(_trial_as_json(trial))
        elif not trial.good:
            rule, verdict = clean(trial.rule.id), clean(str(trial.said))
            said = (
                clean(trial.problem)
                if trial.problem
                else say("the rule says {verdict}", verdict=verdict)
            )
            console.print(
                Text(say("{rule}, example {number}", rule=rule, number=trial.number), style="bold"),
                Text(
                    say("expects {verdict}; {said}", verdict=clean(trial.example.expect), said=said)
                ),
            )
            text = json.dumps(dict(trial.example.case), ensure_ascii=False, default=str)
            console.print(indented(clean(text, multiline=False)))
            console.print(indented(clean(trial.pack.file, multiline=False)))
    if not as_json:
        note(f"{count} examples, {bad} fail" if bad else f"{count} examples, all as expected")
    return 1 if bad else 0


def _trial_as_json(trial: Trial) -> dict[str, object]:
    return {
        "rule": trial.rule.id,
        "channel": trial.pack.channel,
        "example": trial.number,
        "expect": trial.example.expect,
        "said": trial.said,
        "good": trial.good,
        "problem": trial.problem,
        "file": trial.pack.file,
    }


def _as_json(rule: Rule, pack: RulePack | None) -> dict[str, object]:
    return {
        "id": rule.id,
        "channel": pack.channel if pack else rule.id.partition(".")[0],
        "severity": rule.severity,
        "stated": rule.stated,
        "shop_changed": rule.shop_changed,
        "gate": rule.gate,
        "checks": [
            {"detector": check.detector, "parameters": dict(check.parameters)}
            for check in rule.checks
        ],
        "applies": {f.name: sorted(getattr(rule.applies, f.name)) for f in fields(rule.applies)},
        "says": dict(rule.says),
        "fix": rule.fix,
        "source": rule.source,
        "source_kind": rule.source_kind,
        "checked_on": rule.checked_on.isoformat(),
    }


def _sentence(rule: Rule) -> str:
    return rule.says.get("en") or next(iter(rule.says.values()))

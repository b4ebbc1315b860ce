"""`deskterm search`: messages that fit a query, newest first."""

from __future__ import annotations

import argparse

from deskterm.cli.output import local_time, note, put_json, say
from deskterm.cli.refs import lines_of
from deskterm.cli.workplace import Workplace
from deskterm.text.clean import clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("search", help="messages that fit a query, newest first")
    parser.add_argument(
        "query", nargs="+", help="words and fields, as for 'deskterm list'; - reads them from stdin"
    )
    parser.add_argument("--limit", type=int, default=50, help="at most so many (50)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was found; exit code 1 where nothing was."""
    from deskterm.domain.preview import preview_of
    from deskterm.domain.query import parse_query
    from deskterm.store.readers import search_messages
    from deskterm.store.where import compile_query

    place = Workplace.of(args)
    words = " ".join(lines_of(" ".join(args.query).strip()))
    node = parse_query(words, now=place.now, zone=place.zone)
    with place.reading() as connection:
        hits = search_messages(connection, compile_query(node, place.agent), max(1, args.limit))
    for hit in hits:
        message = hit.message
        preview = preview_of(message["body"])
        if args.json:
            put_json(
                {
                    "ref": hit.ref,
                    "status": hit.status,
                    "customer": hit.customer_name,
                    "message": message["id"],
                    "direction": message["direction"],
                    "author": message["author_name"] or message["author_address"],
                    "subject": message["subject"],
                    "received_at": message["received_at"],
                    "preview": preview,
                }
            )
            continue
        when = local_time(message["received_at"], place.zone)
        author = clean(message["author_name"] or message["author_address"], multiline=False)
        subject = clean(message["subject"], multiline=False)
        say(f"{hit.ref}  {when}  {author}: {subject}")
        say(f"        {clean(preview, multiline=False)}")
    if not hits:
        note("Nothing was found.")
    return 0 if hits else 1

"""`deskterm export`: everything that is kept of one customer."""

from __future__ import annotations

import argparse

from deskterm.cli.one_customer import one_customer
from deskterm.cli.output import put_json
from deskterm.cli.workplace import Workplace


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "export",
        help="everything of one customer",
        description="Prints everything that is kept of one customer, one JSON object a line.",
    )
    parser.add_argument("customer", help="an address, an id, or words of a name that one has")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print it."""
    from deskterm.store.exporting import everything_of

    with Workplace.of(args).reading() as connection:
        customer = one_customer(connection, args.customer)
        for table, row in everything_of(connection, customer):
            put_json({"table": table, "row": row})
    return 0

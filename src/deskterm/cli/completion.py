"""`deskterm completion`: what a shell needs to complete the command line."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "fish")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "completion",
        help="completion for bash, zsh or fish",
        description="Prints a script for the shell; docs/cli.md says where it goes.",
    )
    parser.add_argument("shell", choices=SHELLS, help="bash, zsh or fish")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from deskterm.cli.main import parser

    print(shtab.complete(parser(), args.shell))
    return 0

"""`deskterm show`: one ticket with its conversation."""

from __future__ import annotations

import argparse
import sqlite3

from deskterm.cli.listing import ticket_json
from deskterm.cli.output import local_time, put_json, say
from deskterm.cli.workplace import Workplace
from deskterm.store.readers import Conversation
from deskterm.text.clean import clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("show", help="one ticket with its conversation")
    parser.add_argument("ticket", help="its reference")
    parser.add_argument("--full", action="store_true", help="quoted text and signatures too")
    parser.add_argument("--raw", action="store_true", help="the newest message as it came")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the ticket."""
    from deskterm.store.messages import newest_raw
    from deskterm.store.readers import conversation
    from deskterm.store.tickets import ticket_by_ref

    place = Workplace.of(args)
    with place.reading() as connection:
        ticket = ticket_by_ref(connection, args.ticket)
        if args.raw:
            say(newest_raw(connection, ticket["id"]).decode("utf-8", "replace"))
            return 0
        found = conversation(connection, ticket["id"])
    if found is None:
        return 1
    if args.json:
        put_json(as_json(found))
    else:
        _print(place, found, full=args.full)
    return 0


def as_json(found: Conversation) -> dict[str, object]:
    """A conversation as the machine interface shows it."""
    return {
        **ticket_json(found.ticket),
        "tags": found.tags,
        "orders": found.order_refs,
        "messages": [_message_json(found, m) for m in found.messages],
        "notes": [
            {"uid": n["uid"], "author": n["author"], "text": n["body"], "at": n["created_at"]}
            for n in found.notes
        ],
        "drafts": [
            {"uid": d["uid"], "author": d["author"], "text": d["body"], "at": d["updated_at"]}
            for d in found.drafts
        ],
        "outbox": [
            {"item": o["uid"], "state": o["state"], "reason": o["reason"], "text": o["body"]}
            for o in found.outgoing
        ],
    }


def _message_json(found: Conversation, message: sqlite3.Row) -> dict[str, object]:
    files = found.attachments.get(message["id"], [])
    return {
        "id": message["id"],
        "direction": message["direction"],
        "author_kind": message["author_kind"],
        "author": message["author_name"],
        "address": message["author_address"],
        "subject": message["subject"],
        "text": message["body"] if message["shown"] is None else message["shown"],
        "full_text": message["body"],
        "sent_at": message["sent_at"],
        "received_at": message["received_at"],
        "automatic": message["automatic"],
        "message_id": message["message_id"],
        "unreadable": message["unreadable"],
        "attachments": [
            {"filename": f["filename"], "mime": f["mime"], "size": f["size"], "digest": f["digest"]}
            for f in files
        ],
    }


def _print(place: Workplace, found: Conversation, *, full: bool) -> None:
    ticket = found.ticket
    head = [ticket["ref"], ticket["status"].replace("_", " "), ticket["account_name"]]
    head += [f"assigned to {ticket['assignee']}"] if ticket["assignee"] else []
    head += [f"#{tag}" for tag in found.tags]
    say(clean(ticket["subject"], multiline=False))
    say(clean(" · ".join(head), multiline=False))
    if found.order_refs:
        say("orders: " + clean(", ".join(found.order_refs), multiline=False))
    if ticket["attention"]:
        say("! " + clean(ticket["attention"], multiline=False))
    lines = [(m["received_at"], _message_text(place, found, m, full)) for m in found.messages]
    lines += [
        (n["created_at"], f"-- note · {n['author']} · {_at(place, n['created_at'])}\n{n['body']}")
        for n in found.notes
    ]
    for _, text in sorted(lines, key=lambda line: line[0]):
        say("\n" + text)
    for draft in found.drafts:
        say(f"\n-- draft · {draft['author']}\n{draft['body']}")
    for item in found.outgoing:
        reason = f" · {item['reason']}" if item["reason"] else ""
        say(f"\n-- outbox · {item['state'].replace('_', ' ')}{reason}\n{item['body']}")


def _message_text(place: Workplace, found: Conversation, message: sqlite3.Row, full: bool) -> str:
    author = message["author_name"] or message["author_address"]
    arrow = "<-" if message["direction"] == "inbound" else "->"
    marks = " · automatic" if message["automatic"] else ""
    marks += " · could not be read in full, see --raw" if message["unreadable"] else ""
    text = message["body"] if full or message["shown"] is None else message["shown"]
    hidden = "" if text == message["body"] else "\n[quotes and signature hidden, --full shows them]"
    files = "".join(
        f"\n[attachment {f['filename']}, {f['mime']}, {f['size']:,} bytes]"
        for f in found.attachments.get(message["id"], [])
    )
    head = f"{arrow} {author} · {_at(place, message['received_at'])}{marks}"
    return f"{clean(head, multiline=False)}\n{text.rstrip()}{hidden}{files}"


def _at(place: Workplace, text: str) -> str:
    return local_time(text, place.zone)

"""From a query to SQL: conditions on the ticket row `t`, values always bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from deskterm.domain.fulltext import MOST_WORDS, fts_expression
from deskterm.domain.query_nodes import And, Node, Not, Or, Phrase, Term, Words
from deskterm.store.reason_tables import KNOWN

#: It is our turn, or something went wrong.
NEEDS_US = "((t.status IN ('new', 'open') AND t.outgoing IS NULL) OR t.attention IS NOT NULL)"
UNRESOLVED = "t.status NOT IN ('resolved', 'closed', 'spam')"
#: What was merged into another ticket is in no list.
NOT_MERGED = "t.merged_into_id IS NULL"

_IS = {
    "unread": "t.unread = 1",
    "read": "t.unread = 0",
    "unowned": "t.assignee IS NULL",
    "needs_us": NEEDS_US,
    "waiting": "t.waiting_since IS NOT NULL",
    "outgoing": "t.outgoing IS NOT NULL",
    "unresolved": UNRESOLVED,
    "urgent": "t.urgent = 1",
}
_HAS = {
    "attachment": "EXISTS (SELECT 1 FROM messages m JOIN attachments a ON a.message_row = m.id"
    " WHERE m.ticket_id = t.id)",
    "draft": "t.id IN (SELECT d.ticket_id FROM drafts d WHERE d.state = 'open'"
    " AND d.ticket_id IS NOT NULL)",
    "note": "EXISTS (SELECT 1 FROM notes n WHERE n.ticket_id = t.id AND n.withdrawn_at IS NULL)",
    "order": "(EXISTS (SELECT 1 FROM order_mentions o WHERE o.ticket_id = t.id) OR EXISTS"
    " (SELECT 1 FROM ticket_orders l WHERE l.ticket_id = t.id AND l.revoked_at IS NULL))",
    "tag": "EXISTS (SELECT 1 FROM ticket_tags g WHERE g.ticket_id = t.id)",
}
#: Words are looked for in the notes of the team, and not in messages.
_IN_NOTES = Term("kind", "note")
_LIKE = re.compile("[%_!]")
_ESCAPED = r"!\g<0>"
#: The contact reason that an agent gave, else the one that is suggested.
_REASON = KNOWN.format(t="t.")
_NO_PREFIX_END = "\U0010ffff"


class Compiled(NamedTuple):
    """A query ready to run: `match` for the full-text index, `where` for the rest.

    `match` is None where the query has no words at its top level.
    """

    match: str | None
    where: str
    values: Sequence[str | int] = ()


def compile_query(node: Node, agent: str) -> Compiled:
    """Compile a query; `agent` is whom `is:mine` means."""
    parts = list(node.parts) if isinstance(node, And) else [node]
    words = [w for part in parts if isinstance(part, Words) for w in part.words]
    phrases = [part.text for part in parts if isinstance(part, Phrase)]
    rest = [part for part in parts if not isinstance(part, (Words, Phrase))]
    values: list[str | int] = []
    conditions = [_condition(part, agent, values) for part in rest]
    if _IN_NOTES in rest and (words or phrases):
        conditions.append(_in_a_note([*words, *phrases], values))
        words, phrases = [], []
    match = fts_expression(words, phrases) if words or phrases else None
    if match is None and not _has_an_order_of_its_own(rest):
        conditions.append(NOT_MERGED)
    return Compiled(match, " AND ".join(conditions) or "1", values)


def _in_a_note(texts: Sequence[str], values: list[str | int]) -> str:
    """That one note has all these texts."""
    wanted = [text for text in texts if text.strip()][:MOST_WORDS]
    values.extend(f"%{_LIKE.sub(_ESCAPED, _storable(text))}%" for text in wanted)
    has = "".join(" AND n.body LIKE ? ESCAPE '!'" for _ in wanted)
    return f"t.id IN (SELECT n.ticket_id FROM notes n WHERE n.withdrawn_at IS NULL{has})"


def _storable(text: str) -> str:
    """A lone surrogate cannot be bound."""
    return text.encode("utf-8", "replace").decode()


def _has_an_order_of_its_own(parts: Sequence[Node]) -> bool:
    """Whether an index gives the order of what fits, and without what was merged: that is closed
    and nothing of it waits. To look at its row as well would double the cost.
    """
    asked = {(p.field, p.value) for p in parts if isinstance(p, Term) and not p.negated}
    if any(field == "status" and value != "closed" for field, value in asked):
        return True
    owned = any(field == "assignee" or value in ("mine", "unowned") for field, value in asked)
    return ("is", "needs_us") in asked or (owned and ("is", "unresolved") in asked)


def _condition(node: Node, agent: str, values: list[str | int]) -> str:
    match node:
        case And(parts):
            return _joined(" AND ", parts, agent, values, "1")
        case Or(parts):
            return _joined(" OR ", parts, agent, values, "0")
        case Not(part):
            return f"NOT ({_condition(part, agent, values)})"
        case Words(words):
            return _text(fts_expression(words), values)
        case Phrase(text):
            return _text(fts_expression((), (text,)), values)
        case Term():
            condition = _term(node, agent, values)
            return f"NOT ({condition})" if node.negated else condition


def _joined(
    joint: str, parts: tuple[Node, ...], agent: str, values: list[str | int], nothing: str
) -> str:
    return "(" + (joint.join(_condition(p, agent, values) for p in parts) or nothing) + ")"


def _text(expression: str, values: list[str | int]) -> str:
    values.append(expression)
    return (
        "t.id IN (SELECT m.ticket_id FROM search s JOIN messages m ON m.id = s.rowid"
        " WHERE search MATCH ?)"
    )


def _term(term: Term, agent: str, values: list[str | int]) -> str:
    if term.field == "is":
        if term.value == "mine":
            values.append(agent)
            return "t.assignee IS ?"
        return _IS[term.value]
    if term.field == "has":
        return _HAS[term.value]
    if term.field == "kind":
        return _HAS["note"]
    if (term.field, term.value) == ("risk", "any"):
        return "t.risks <> ''"
    if (term.field, term.value) == ("reason", "none"):
        return f"{_REASON} IS NULL"
    if term.field == "order":
        return _order(term, values)
    if term.field in ("before", "after"):
        values.append(term.value)
        return f"t.last_message_at {'<' if term.field == 'before' else '>='} ?"
    value = _storable(term.value)
    values.append(value if term.field == "assignee" else value.lower())
    match term.field:
        case "tag":
            return "EXISTS (SELECT 1 FROM ticket_tags g WHERE g.ticket_id = t.id AND g.tag = ?)"
        case "account":
            return "t.account_id IN (SELECT id FROM accounts WHERE name = ?)"
        case "assignee":
            return "coalesce(t.assignee, '') = ? COLLATE NOCASE"
        case "reason":
            return f"({_REASON} IS NOT NULL AND {_REASON} = ?)"  # the first is the index's
        case "risk":
            return "(t.risks <> '' AND instr(t.risks, ' ' || ? || ' ') > 0)"
        case "status" | "channel" | "priority" | "tone":
            return f"t.{term.field} = ?"
    raise ValueError(f"no condition for the field {term.field}")


def _order(term: Term, values: list[str | int]) -> str:
    from deskterm.domain.order_refs import normalise  # milliseconds that few queries need

    ref = normalise(term.value)
    bounds = (ref, ref + _NO_PREFIX_END) if term.prefix else (ref,)
    values.extend(bounds * 2)  # of the numbers that were written, and of the orders that are known
    compared = "{0} >= ? AND {0} < ?" if term.prefix else "{0} = ?"
    return (
        f"t.id IN (SELECT m.ticket_id FROM order_mentions m WHERE {compared.format('m.order_ref')}"
        " UNION SELECT l.ticket_id FROM orders o JOIN ticket_orders l ON l.order_id = o.id"
        f" AND l.revoked_at IS NULL WHERE {compared.format('o.ref_key')})"
    )

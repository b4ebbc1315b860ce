"""Triage: what an agent does to a ticket without writing to the customer."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

COMMANDS = (
    Command(
        "ticket.resolve",
        "Resolve",
        "The matter is settled. A new message of the customer reopens the ticket.",
        keys=("e",),
        footer=40,
    ),
    Command(
        "ticket.reopen",
        "Reopen",
        "It is our turn again.",
        keys=("E",),
    ),
    Command(
        "ticket.snooze",
        "Snooze",
        "Hidden until a time; a message of the customer brings it back earlier.",
        parameters=(Parameter("until", "Until", "when", required=True),),
        keys=("s",),
        footer=50,
    ),
    Command(
        "ticket.assign",
        "Assign to…",
        "One agent owns the ticket. Without a name nobody does.",
        parameters=(Parameter("to", "Agent"),),
        keys=("A",),
    ),
    Command(
        "ticket.take",
        "Assign to me",
        "You own the ticket.",
        keys=("a",),
        footer=67,
    ),
    Command(
        "ticket.tag",
        "Tags",
        "Adds tags; a name with a minus takes one off. Other tags stay.",
        parameters=(Parameter("tag", "Tags", required=True),),
        keys=("t",),
        footer=62,
    ),
    Command(
        "ticket.reason",
        "Contact reason",
        "What the customer wants; `none` takes it off.",
        parameters=(Parameter("reason", "Contact reason", required=True),),
        keys=("T",),
    ),
    Command(
        "ticket.take_reason",
        "Take the suggested contact reason",
        "The contact reason that stands over the conversation with a question mark is right.",
        scope="app",
        keys=("equals_sign",),
        place="console",
    ),
    Command(
        "ticket.priority",
        "Priority",
        "How pressing it is: low, normal, high or urgent.",
        parameters=(Parameter("priority", "Priority", required=True),),
        keys=("p",),
    ),
    Command(
        "ticket.mood",
        "Mood",
        "What the customer's newest message sounds like, where it was read wrongly: angry, upset, "
        "positive, urgent, legal, chargeback, review, safety or fraud; a minus takes one off, "
        "calm takes off all.",
        parameters=(Parameter("mood", "Mood", required=True),),
        keys=("Y",),
    ),
    Command(
        "ticket.spam",
        "Spam",
        "Nobody has to answer it. New messages do not bring it back.",
        keys=("exclamation_mark",),
    ),
    Command(
        "ticket.not_spam",
        "Not spam",
        "It was no spam: the ticket stands where its messages put it.",
        keys=("plus",),
    ),
    Command(
        "ticket.merge",
        "Merge",
        "Two tickets are one matter: this one goes into another. Threads stay apart, and messages "
        "that come later stay with their thread.",
        parameters=(Parameter("into", "Into the ticket", required=True),),
        keys=("M",),
    ),
    Command(
        "ticket.split",
        "Split off",
        "A message and what follows it leave to a ticket of their own; `alone` for that message "
        "only.",
        parameters=(
            Parameter("message", "Message", "id", required=True),
            Parameter("alone", "This message only", "flag"),
        ),
        keys=("S",),
        context="conversation",
    ),
    Command(
        "ticket.unread",
        "Toggle unread",
        "Marks the ticket as not read yet, or as read.",
        parameters=(Parameter("on", "Unread", "flag"),),
        keys=("u",),
    ),
    Command(
        "ticket.seen",
        "Mark as read",
        "The ticket was on the screen. Undo passes over it.",
        parameters=(Parameter("seen", "Newest message seen", "number"),),
    ),
    Command(
        "ticket.no_reply_needed",
        "No reply needed",
        "Nothing is owed for what the customer wrote so far.",
        keys=("x",),
        footer=68,
    ),
    Command(
        "ticket.note",
        "Internal note",
        "Text for the team. It is kept apart from messages and cannot be sent.",
        parameters=(
            Parameter("text", "Note", "words", required=True),
            Parameter("draft", "Draft", "id"),
        ),
    ),
    Command(
        "ticket.phone_log",
        "Log a call",
        "A call on the telephone, as a note: who called (in or out), how long it took (5m), and "
        "what was said.",
        parameters=(
            Parameter("direction", "In or out", required=True),
            Parameter("duration", "Duration", required=True),
            Parameter("text", "What was said", required=True),
        ),
        keys=("H",),
    ),
)

"""Writing to the customer."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

_TEXT = Parameter("text", "Text", "words", required=True)
_FILES = Parameter("attach", "Attachments", "files")
_RESOLVE = Parameter("resolve", "Resolve when sent", "flag")
_REASON = Parameter("reason", "Reason for sending in spite of a warning")
_SEND_AT = Parameter("send_at", "Send later, at", "when")
_DRAFT = Parameter("draft", "Draft", "id")
_FOLLOWS = (
    Parameter("macro", "Macros it was made from", "id"),
    Parameter("then_reason", "Contact reason when sent, where there is none"),
    Parameter("then_tags", "Tags when sent"),
    Parameter("then_status", "Status when sent"),
    Parameter("then_snooze", "Snooze when sent, until"),
    Parameter("then_assign", "Assign when sent, to"),
)

COMMANDS = (
    Command(
        "ticket.reply",
        "Reply",
        "Checks the text against the channel's rules, holds it for the hold window, then sends it. "
        "A warning is passed with a written reason; a block is not.",
        parameters=(
            _TEXT,
            Parameter("subject", "Subject"),
            Parameter("to", "To"),
            Parameter("cc", "Cc"),
            _FILES,
            _RESOLVE,
            _REASON,
            _SEND_AT,
            Parameter("seen", "Newest message seen", "number"),
            *_FOLLOWS,
            Parameter("suggested", "Macros that were suggested", "id"),
            Parameter("rewritten", "Macros of which little is left", "id"),
            _DRAFT,
        ),
    ),
    Command(
        "ticket.new",
        "New message",
        "Writes to somebody who has not written first: begins a ticket, and goes the way of a "
        "reply.",
        scope="app",
        parameters=(
            Parameter("account", "Account", required=True),
            Parameter("to", "To", required=True),
            Parameter("cc", "Cc"),
            Parameter("subject", "Subject"),
            _TEXT,
            _FILES,
            _RESOLVE,
            _REASON,
            _SEND_AT,
            _DRAFT,
        ),
    ),
    Command(
        "draft.save",
        "Save draft",
        "Keeps what is being written: one reply and one note for each ticket and author, and new "
        "messages without a ticket.",
        parameters=(
            _TEXT,
            Parameter("kind", "Reply or note"),
            Parameter("to", "To"),
            Parameter("cc", "Cc"),
            Parameter("subject", "Subject"),
            Parameter("files", "Attachments", "files"),
            *_FOLLOWS,
            _DRAFT,
            Parameter("base", "State of the draft that this follows", "id"),
            Parameter("account", "Account of a new message"),
        ),
        ticket_optional=True,
    ),
    Command(
        "draft.discard",
        "Throw away draft",
        "The draft is taken off the ticket.",
        parameters=(Parameter("draft", "Draft", "id", required=True),),
        ticket_optional=True,
    ),
)

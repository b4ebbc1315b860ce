"""Writing to the customer."""

from __future__ import annotations

from deskterm.service.command import Command, Parameter

COMMANDS = (
    Command(
        "ticket.reply",
        "Reply",
        "Checks the text against the channel's rules, holds it for the hold window, then sends it. "
        "A warning is passed with a written reason; a block is not.",
        parameters=(
            Parameter("text", "Text", "words", required=True),
            Parameter("subject", "Subject"),
            Parameter("to", "To"),
            Parameter("cc", "Cc"),
            Parameter("attach", "Attachments", "ids"),
            Parameter("resolve", "Resolve when sent", "flag"),
            Parameter("reason", "Reason for sending in spite of a warning"),
            Parameter("seen", "Newest message seen", "number"),
            Parameter("draft", "Draft", "id"),
        ),
    ),
    Command(
        "draft.save",
        "Save draft",
        "Keeps what is being written; one draft for each ticket and author.",
        parameters=(Parameter("text", "Text", "words", required=True),),
    ),
    Command(
        "draft.discard",
        "Throw away draft",
        "The draft is taken off the ticket.",
        parameters=(Parameter("draft", "Draft", "id", required=True),),
    ),
)

"""What each place of the screen is for, in a few sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskterm.i18n import marked, say
from deskterm.service.command import Context
from deskterm.text.clean import SafeText
from deskterm.viewmodel.words import NOTHING

_PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "list": marked(
            "The tickets of a view. Needs us begins with what is pressing, then who has waited "
            "longest. "
            "A letter acts on the ticket under the cursor, or on all that are marked; the next "
            "one is under the cursor afterwards."
        ),
        "conversation": marked(
            "Everything about one ticket: messages, notes of the team, drafts and replies on their "
            "way. The same letters act on it as in the list."
        ),
        "order": marked(
            "The order behind the ticket: what was bought and paid, and where the parcels are. "
            "Each fact says how old it is."
        ),
        "suggestions": marked(
            "Ready replies that fit the customer's last message and the order, each with the "
            "reason. A digit uses one; it is checked and shown before anything leaves."
        ),
        "macros": marked("Ready replies, found by some of their words."),
        "files": marked("The files of this ticket, and where they can be saved."),
        "rules": marked(
            "What the channel of this ticket forbids and what it warns of, each with its source "
            "and the day on which somebody read that. Replies are checked against all of it."
        ),
        "playbook": marked(
            "What your shop does in a situation. The playbook that fits the ticket comes first; "
            "words can be looked for in all of them."
        ),
        "outbox": marked(
            "Replies that have not left yet, first those that ask you something. What is still "
            "held can be taken back; it is a draft again then."
        ),
        "health": marked(
            "The accounts: when each was last in step with its channel, and what is wrong with "
            "those that are not."
        ),
        "composer": marked(
            "Your text. Letters are text here, and it is saved as you type. What the channel "
            "forbids stands below it; nothing leaves before it was checked and shown."
        ),
        "header": marked("Who gets the message, its subject, and its files."),
        "review": marked(
            "The last look before a reply leaves. It is held for some seconds afterwards and can "
            "be taken back with one key."
        ),
        "welcome": marked(
            "There is no account here yet. Look around in a demo, where nothing reaches a "
            "customer, or set up your own mailbox or shop."
        ),
    }
)


def purpose(context: Context) -> SafeText:
    """What a place is for; empty for those that speak for themselves."""
    return say(_PURPOSES[context]) if context in _PURPOSES else NOTHING

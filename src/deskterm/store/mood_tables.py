"""What the mood of a customer's newest message needs of the tables.

`risks` is a list with a blank around each (` legal safety `). `mood_spans` is JSON: for the tone,
for haste and for each risk the places in what is shown of the message `mood_message`; the words
themselves stand there alone. What an agent said of a message (`mood_settled`) is not read again.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE tickets ADD COLUMN tone TEXT NOT NULL DEFAULT 'neutral'",
    "ALTER TABLE tickets ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE tickets ADD COLUMN risks TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN mood_spans TEXT",
    "ALTER TABLE tickets ADD COLUMN mood_message INTEGER",
    "ALTER TABLE tickets ADD COLUMN mood_settled INTEGER",
    "CREATE INDEX tickets_angry ON tickets (last_message_at, id) WHERE tone = 'angry'",
    "CREATE INDEX tickets_upset ON tickets (last_message_at, id) WHERE tone = 'upset'",
    "CREATE INDEX tickets_risks ON tickets (last_message_at, id) WHERE risks <> ''",
    "CREATE INDEX tickets_urgent ON tickets (last_message_at, id) WHERE urgent = 1",
    # What customers wait for is read now; the rest says nothing any more.
    "UPDATE messages SET derived = 0 WHERE direction = 'inbound' AND ticket_id IN"
    " (SELECT id FROM tickets WHERE waiting_since IS NOT NULL)",
)

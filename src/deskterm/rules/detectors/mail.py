"""What the headers of a mail reply must be: sender, recipients, subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.text.patterns import Patterns

#: Longest address (RFC 5321 4.5.3.1: 64 + 1 + 255) and subject looked at.
_ADDRESS_CAP, _SUBJECT_CAP = 320, 500

PATTERNS = Patterns(
    noreply=(
        r"(?i:(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre"
        r"|mailer-daemon|postmaster|bounces?)(?:[-_.+0-9][^@\s]{0,100})?@)"
    ),
    prefix=(
        r"(?i:[ \t]{0,4}(?:re|r[ée]f|r|fwd?|tr|aw|wg|antw|sv|rv|i)[ \t]{0,2}(?:\[\d{1,3}\])?"
        r"[ \t]{0,2}:)"
    ),
    blanks=r"\s{1,40}",
)


def _key(address: str) -> str:
    return address.strip().casefold()


def _from_identity(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    identities, sender = reading.facts.identities, reading.draft.sender
    if identities is not None and sender and _key(sender) not in set(map(_key, identities)):
        yield Match(excerpt=sender)


def _one_recipient(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    if reading.facts.allowed_recipients is None:
        return
    allowed = set(map(_key, reading.facts.allowed_recipients))
    for recipient in reading.draft.recipients:
        if _key(recipient) not in allowed:
            yield Match(excerpt=recipient)


def _no_reply(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    for recipient in reading.draft.recipients:
        if PATTERNS["noreply"].match(recipient.strip()[:_ADDRESS_CAP]):
            yield Match(excerpt=recipient)


def _bare_subject(subject: str) -> tuple[str, int]:
    """A subject without its prefixes ("Re:", "TR:", "AW:", ...), and how many there were."""
    rest, count = subject[:_SUBJECT_CAP], 0
    while match := PATTERNS["prefix"].match(rest):
        rest, count = rest[match.end() :], count + 1
    return PATTERNS["blanks"].sub(" ", rest).strip().casefold(), count


def _subject_kept(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    subject, before = reading.draft.subject, reading.facts.thread_subject
    bare, prefixes = _bare_subject(subject)
    lost = before is not None and _bare_subject(before)[0] not in bare
    if lost or prefixes > 1:
        yield Match(excerpt=subject)


DETECTORS: Mapping[str, Detector] = {
    "from_identity": Detector(_from_identity, "text"),
    "one_recipient_only": Detector(_one_recipient, "text"),
    "no_reply_to_noreply": Detector(_no_reply, "text"),
    "subject_kept": Detector(_subject_kept, "text"),
}

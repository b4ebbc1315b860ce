"""Is a mail automatic? By the marks of RFC 3834 5 and those that mail programs really set."""

from __future__ import annotations

import re

from deskterm.domain.mail import Address
from deskterm.mail.headers import Headers

_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_MARKS = (
    "list-id",
    "list-unsubscribe",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-autoreply-from",
)
_SENDER = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|ne[-_.]?pas[-_.]?repondre|mailer-daemon|postmaster"
    r"|bounces?)(?:[-+_.=].*)?"
)
_SUBJECT = re.compile(
    r"(?:auto(?:matic)?[ :-]{0,2}reply|auto:|out of (?:the )?office|r[ée]ponse automatique"
    r"|absence du bureau|message d'absence|abwesenheits(?:notiz|nachricht)"
    r"|automatische (?:antwort|antwoord)|respuesta autom[áa]tica|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori sede|afwezig)",
    re.IGNORECASE,
)


def automatic_sign(headers: Headers, sender: Address | None, subject: str) -> str | None:
    """The sign by which a mail is known to be automatic, or None.

    One of: auto-submitted, precedence, the name of a header that people's mail does not carry,
    return-path, report, sender, subject.
    """
    submitted = headers.get("auto-submitted")
    if submitted and submitted[0].partition(";")[0].strip().lower() != "no":
        return "auto-submitted"
    precedence = headers.get("precedence")
    if precedence and precedence[0].strip().lower() in _BULK:
        return "precedence"
    for name in _MARKS:
        if name in headers:
            return name
    if any(value.replace(" ", "") == "<>" for value in headers.get("return-path", ())):
        return "return-path"
    content_type = headers.get("content-type")
    if content_type and content_type[0].lower().startswith("multipart/report"):
        return "report"
    if sender is not None and _SENDER.fullmatch(sender.key.partition("@")[0]):
        return "sender"
    return "subject" if _SUBJECT.match(subject) else None

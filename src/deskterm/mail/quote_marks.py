"""The words mail programs put before a quote, around an old mail, and below a new one.

French, English, German, Spanish, Italian and Dutch, and the commonest of some others. Every
question is about one line of at most 500 characters.
"""

from __future__ import annotations

import re

LINE_LENGTH = 500

#: Ends of an attribution line. Somebody who tells what was written to him is none.
_WROTE_LAST = re.compile(
    r"(?:wrote|(?<![mt]['’])(?<!nous )(?<!vous )(?<!lui )a écrit|schrieb|escribió|ha scritto"
    r"|scrisse|schreef|geschreven|escreveu|skrev|kirjoitti|napisał(?:\(a\)|a)?"
    r"|написал(?:\(а\)|а)?|пишет|写道|寫道)[\s\u00a0]{0,3}$",
    re.IGNORECASE,
)
_WROTE_INSIDE = re.compile(r"\b(?:schrieb|schreef|skrev)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:On|Le|Am|Il|El|Op|Em|Den|In data|Il giorno|W dniu|Dnia|Em data de|På|\d{1,4}[-/. ])\b",
)
_TIME = re.compile(r"\d{1,2} ?[:hH.] ?\d{2}")
_DASHED = re.compile(r"-{2,10} ?(.{10,480}?) ?-{2,10}")

_SEPARATOR = re.compile(
    r"[-_*—=>\s]{0,60}(?:original message|message d['’]origine|message original|original-nachricht"
    r"|originalnachricht|ursprüngliche nachricht|ursprüngliche mail|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht|oorspronkelijke bericht|reply message"
    r"|forwarded message|message transféré|weitergeleitete nachricht|mensaje reenviado"
    r"|messaggio inoltrato|doorgestuurd bericht|mensagem original|ursprungligt meddelande"
    r"|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti)"
    r"[\s\u00a0]{0,3}:?[-_*—=<\s]{0,60}",
    re.IGNORECASE,
)
_BEGIN_FORWARD = re.compile(
    r"(?:begin forwarded message|début du message (?:transféré|réexpédié)"
    r"|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht)[\s\u00a0]{0,3}:",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*(?:_{5,}|-{10,}|={10,}|—{5,})[ \t]*")

_FIELD = re.compile(r"[*_ \t]{0,6}([^\W\d_][^:：*\d<>@]{0,17}?)[*_ \t\u00a0]{0,4}[:：]")
_FIELDS = {
    name: kind
    for kind, names in {
        "from": "from|de|von|da|van|från|fra|od|lähettäjä|expéditeur|absender|mittente|afzender",
        "date": "sent|date|envoyé|envoyé le|gesendet|datum|enviado|enviado el|enviada em|fecha"
        "|inviato|data|verzonden|skickat|sendt|wysłano|lähetetty",
        "to": "to|à|a|an|para|per|aan|till|til|do|vastaanottaja|destinataire|empfänger"
        "|destinatario",
        "subject": "subject|objet|betreff|asunto|oggetto|onderwerp|ämne|emne|temat|aihe|assunto",
        "cc": "cc|copie|copie à|kopie|kopia|kopi",
    }.items()
    for name in names.split("|")
}

_PHONE = re.compile(
    r"[*_ \t]{0,4}(?:sent (?:from|via|with|using)|get outlook for|get (?:bluemail|spark|typeapp)"
    r"|envoyé (?:de|depuis|à partir|avec|via|par)|obten(?:ez|ir) outlook|télécharge[rz] outlook"
    r"|provenance ?: ?courrier|von meinem|gesendet (?:von|mit|über|aus)"
    r"|diese nachricht wurde von|outlook für|holen sie sich outlook"
    r"|enviado (?:desde|con|por|a través)|obt[eé]n(?:er)? outlook|inviato (?:da|dal|con|tramite)"
    r"|ottieni outlook|scarica outlook|verzonden (?:vanaf|met|via)|verstuurd (?:vanaf|met|via)"
    r"|outlook voor|download outlook|skickat från|sendt fra|enviado do|enviado a partir"
    r"|lähetetty|wysłane z)\b",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\b(?:i-?phone|i-?pad|i-?pod|ios|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel"
    r"|blackberry|windows phone|mobile|mobil|mobiltelefon|handy|smartphone|téléphone|telefon"
    r"|téléphone portable|portable|móvil|teléfono|cellulare|telefono|tablet|tablette|appareil"
    r"|device|dispositivo|outlook|yahoo|gmail|gmx|web\.de|mail|e-?mail|courrier|proton ?mail"
    r"|protonmail|orange|bouygues|sfr|free|laposte|spark|bluemail|typeapp|nine|windows)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(r"<[^<>]{0,300}>|\[[^\[\]]{0,300}\]|\([^()]{0,300}\)")
_PHONE_LENGTH = 80

_LINK_LINE = re.compile(r"\[(\d{1,3})\] (?:https?|mailto|tel):", re.IGNORECASE)
_LINK_MARK = re.compile(r"\[(\d{1,3})\]")


def link_number(line: str) -> str | None:
    """The number of a link whose target a line gives, as HTML mail is rendered."""
    found = _LINK_LINE.match(line)
    return found[1] if found else None


def links_in(line: str) -> list[str]:
    """The numbers of the links a line points at."""
    return _LINK_MARK.findall(line)


def is_quoted(line: str) -> bool:
    """Whether a line carries the quote mark, at most three blanks in."""
    return line[:4].lstrip(" ").startswith(">")


def is_delimiter(line: str) -> bool:
    """The signature delimiter (RFC 3676 4.3); programs often drop its blank."""
    return line in {"-- ", "--"} or line.rstrip("\u00a0 ") == "--"


def is_rule(line: str) -> bool:
    """A line drawn across the page."""
    return len(line) <= LINE_LENGTH and _RULE.fullmatch(line) is not None


def is_separator(line: str) -> bool:
    """Whether an old mail begins below, by a line like "-----Original Message-----"."""
    if len(line) > LINE_LENGTH:
        return False
    if _BEGIN_FORWARD.fullmatch(line.strip()):
        return True
    return _SEPARATOR.fullmatch(line) is not None and ("--" in line or "__" in line)


def may_begin_attribution(line: str) -> bool:
    """Whether an attribution that was wrapped over several lines may begin here."""
    line = line.strip()
    return len(line) <= LINE_LENGTH and (_LEAD.match(line) is not None or "@" in line)


def attribution(line: str) -> str | None:
    """Whether a line says who wrote what follows and when.

    Returns:
        "certain" with a time of day or an address in it, "likely" with a number, else None.
    """
    line = line.strip()
    if not 8 <= len(line) <= LINE_LENGTH:
        return None
    dashed = _DASHED.fullmatch(line)
    body = (dashed[1] if dashed else line).rstrip(":： \u00a0")
    addressed, timed = "@" in body, _TIME.search(body) is not None
    exact = addressed or timed
    if not dashed and line[-1] not in ":：":
        # Some programs leave the colon out.
        whole = addressed and timed and _LEAD.match(body) and _WROTE_LAST.search(body)
        return "certain" if whole else None
    if _WROTE_LAST.search(body) or (
        _WROTE_INSIDE.search(body) and (exact or _LEAD.match(body) is not None)
    ):
        if exact:
            return "certain"
        return "likely" if any(character.isdigit() for character in body) else None
    return "certain" if timed and addressed and body[-1] in ">)" else None


def field(line: str) -> str | None:
    """Which header of a mail a line shows: from, date, to, subject, cc, or None."""
    if len(line) > LINE_LENGTH:
        return None
    found = _FIELD.match(line)
    return _FIELDS.get(found[1].strip(" \u00a0").lower()) if found else None


def is_dated(line: str) -> bool:
    """Whether a header line holds what only a mail's header holds: an address or a time."""
    return "@" in line or _TIME.search(line) is not None


def is_phone_signature(line: str) -> bool:
    """Whether a line is what a phone or mail app puts below a mail, and not a sentence."""
    if len(line) > LINE_LENGTH or not _PHONE.match(line):
        return False
    words = _TARGET.sub("", line).strip(" *_\u00a0")
    return (
        len(words) <= _PHONE_LENGTH
        and "," not in words
        and not words.endswith(("!", "?"))
        and _DEVICE.search(words) is not None
    )

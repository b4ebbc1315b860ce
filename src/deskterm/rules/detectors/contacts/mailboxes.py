"""Addresses of which signs are left out: `my-shop com`, `gmail: jane55`, `exampledotcom`."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.rules.detectors.base import Reading, holds_any, scan
from deskterm.rules.detectors.contacts.chains import Label
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.hosts import Host
from deskterm.rules.detectors.contacts.marks import ATS, DOTS
from deskterm.rules.detectors.contacts.suffixes import is_known
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.contacts.words import ARTICLES, PROVIDERS
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

#: Endings that are no word of any of the languages.
_DOTLESS = word_set("com org")
_SAID = word_set("dotcom dotorg dotnet pointcom pointfr pointnet puntocom puntoes puntoit punktde")
_NAMING = word_set(": = is est ist es e")
_DOT_NAMES = ("dot", "point", "punkt", "punto")
_ONE_WORD = (
    *(dot + ending for dot in _DOT_NAMES for ending in ("com", "org", "net", "fr", "eu", "couk")),
    *("dotshop", "punktde", "dotde", "dotinfo", "puntoit", "puntoes", "atgmail", "athotmail"),
)
_LEAST_ONE_WORD = 9
_DESCRIBED = (
    r"(?:(?:the[ ])?(?:google|yahoo|microsoft|apple|g)(?:'s)?[ ](?:one|thing|mail|bit|address)"
    r"|(?:cel(?:ui|le)|le[ ]truc|la[ ]partie|ce)[ ]de[ ](?:google|yahoo)"
    r"|(?:das|die|den|der)[ ]von[ ](?:google|yahoo)|(?:el|la|lo)[ ]de[ ](?:google|yahoo)"
    r"|quell[oa][ ]di[ ](?:google|yahoo))"
)
_PROVIDER = rf"(?:{'|'.join(sorted(PROVIDERS))}|outlook|gmx|web[ ]de|laposte|libero|{_DESCRIBED})"
_THEN = (
    r"(?:then|followed[ ]by|plus|after[ ]that|behind[ ]it|puis|ensuite|suivie?[ ]de|apres[ ]ca"
    r"|dann|danach|dahinter|gefolgt[ ]von|luego|despues|seguido[ ]de|mas|poi|dopo|seguito[ ]da|piu)"
)
_PUT = (
    r"(?:(?:with|put|add|append|stick|write|type|pop|tack)|avec|mit|con|mette[zr]?|mets|(?:r?ajoute|colle|ecri(?:s|ve))[zr]?"
    r"|(?:setze?n?|hangen?|hang|schreiben?|fugen?|pack(?:en)?)(?:[ ]sie)?(?:[ ]einfach)?"
    r"|pon(?:ga|er)?|an?ad[ae]|agreg(?:ue|a)|escrib[ae]|mett[aei]|aggiung[aei]|scriv[aei])"
)
_AFTER = (
    r"(?:(?:after|behind)(?=[ ](?:it|that|this|my|our|the[ ](?:shop|store|handle|\w{0,5}name))"
    r"|[ ]?(?:[,.;!)\n]|\Z))|(?:at|on|to)[ ]the[ ]end|to[ ](?:it|that|my|our)|on[ ]to|apres"
    r"|derriere|a[ ]la[ ](?:fin|suite)|au[ ]bout|an|dahinter|hinter|ans[ ]ende|dran|detras|despues"
    r"|al[ ]final|dopo|dietro|alla[ ]fine|in[ ]fondo)"
)
PATTERNS = Patterns(
    # "Our shop name, then gmail", "my address is …, and then the google one"
    then=(
        rf"(?<![^\W_]){_THEN}[ ]?,?[ ](?:the[ ]word[ ])?{_PROVIDER}(?![^\W_])"
        r"(?=[ ]?(?:[,.;:!?)\n]|\Z)"
        r"|[ ](?:and|with|et|avec|und|mit|y|con|e|after|behind|dahinter|derriere|detras|dopo|dot"
        r"|point|punkt|punto)(?![^\W_]))"
    ),
    # "Our shop name at the google one"
    at=(
        r"(?<![^\W_@])(?:@|at|ät|arobase|arroba|chiocciola|klammeraffe|chez|bei)[ ]?"
        rf"{_DESCRIBED}(?![^\W_])"
    ),
    # "My name is Tom, then Gmail", which may be a mailbox and may be a list.
    introduced=(
        r"(?<![^\W_])(?:my|mon|mein|mi|mio|our|notre|unser|nuestro|nostro)[ ]"
        r"(?:name|nom|nombre|nome)[ ](?:is|est|ist|es|e)[ ][a-z]{2,15}[ ]?,?[ ]?\Z"
    ),
    # "Put gmail after it", "hängen Sie gmail an meinen Namen an"
    put=(
        rf"(?<![^\W_]){_PUT}[ ](?:on[ ])?(?:the[ ]word[ ])?[\"'«“„]?{_PROVIDER}[\"'»”“]?[ ]"
        rf"{_AFTER}(?![^\W_])"
    ),
    ours=(
        r"(?<![^\W_])(?:(?:my|our|mon|notre|mein\w{0,2}|unser\w{0,2}|mi|nuestr[oa]|mi[oa]|nostr[oa]"
        r"|same|meme|gleiche\w?|mismo|stesso)[ ](?:[^\W_]{1,12}[ ]){0,2}(?:(?:user|shop|store|nick"
        r"|brand|nutzer|benutzer|laden)?[ ]?name\w?|handle|pseudo|nick|login|id|nom|usuario|nombre"
        r"|nome|utente|(?:addy|address|e?-?mail|adresse|mailadresse|correo|direccion|indirizzo)"
        r"(?:[ ]?:|[ ](?:is|est|c'est|ist|lautet|es|e)(?![^\W_])))"
        r"|(?:shop|store|brand)(?:'?s)?[ ]name|nom[ ]de[ ](?:la[ ]|notre[ ])?boutique"
        r"|nombre[ ]de[ ](?:la|nuestra)[ ]tienda|nome[ ]del[ ](?:nostro[ ])?negozio)"
    ),
    stop=r"[.!?](?=\s)|\n",
)
_REACH_OURS = 90
#: Without one of these a text names no provider.
_MAILERS = (
    *("mail", "outlook", "yahoo", "ya hoo", "cloud", "gmx", "aol", "google", "web de", "libero"),
)


def unsigned(tokens: Tokens) -> Iterator[Find]:
    """Every such address of the text."""
    for place in few(tokens.where(_DOTLESS | _SAID | PROVIDERS)):
        if place is None:
            yield unread(0, len(tokens.text), "link")
            return
        word = tokens.words[place]
        if word in PROVIDERS:
            yield from _provided(tokens, place)
        elif word in _DOTLESS:
            yield from _dotless(tokens, place)
        elif tokens.is_word(place - 1) and not is_known(tokens.word(place - 1)):
            yield Find(tokens.starts[place - 1], tokens.ends[place], "link", masked=True)
    if any(name in tokens.text for name in (*_DOT_NAMES, "atgmail", "athotmail")):
        for index, word in enumerate(tokens.words):
            if len(word) >= _LEAST_ONE_WORD and word.endswith(_ONE_WORD):
                yield Find(tokens.starts[index], tokens.ends[index], "link", masked=True)


def provided(reading: Reading) -> Iterator[Find]:
    """A provider that is told to be put behind our name: "my username, then gmail"."""
    text = reading.once(tokens_of).text
    if not holds_any(text, _MAILERS):
        return
    for name in ("then", "at", "put"):
        for match in few(scan(PATTERNS[name], text)):
            if match is None:
                yield unread(0, len(text), "email")
                return
            begin, end = max(0, match.start() - _REACH_OURS), match.start()
            if name != "put":
                for stop in PATTERNS["stop"].finditer(text, begin, end):
                    begin = stop.end()
            else:
                end = min(len(text), match.end() + _REACH_OURS)
            if PATTERNS["ours"].search(text, begin, end):
                introduced = PATTERNS["introduced"].search(text, begin, match.start())
                yield Find(*match.span(), "email", introduced is None, masked=True)


def _dotless(tokens: Tokens, index: int) -> Iterator[Find]:
    """`my-shop com`: an ending with no dot before it."""
    if tokens.gap(index) != " " or not tokens.is_word(index - 1):
        return
    host = Host(tokens, (Label(index - 1, index - 1), Label(index, index)))
    if host.label(0) in ARTICLES or host.label(0) in DOTS:
        return
    if tokens.word(index - 2) in ATS and tokens.is_word(index - 3):
        yield Find(tokens.starts[index - 3], host.end, "email", masked=True)
        return
    sure = tokens.word(index - 2) == "-" or host.has_evidence()
    yield Find(host.start, host.end, "link", sure, masked=True, host=host.name)


def _provided(tokens: Tokens, index: int) -> Iterator[Find]:
    """`gmail: jane55`: a provider, and the name of the mailbox behind it."""
    cue, first = tokens.word(index + 1), index + 2
    before = tokens.word(index - 1)
    if cue not in _NAMING or before in ("@", ".") or not tokens.is_word(first):
        return
    last = first
    while tokens.glued(last + 1) and (
        tokens.is_word(last + 1) or (tokens.word(last + 1) in "._-" and tokens.glued(last + 2))
    ):
        last += 1
    compound = last > first or not tokens.words[first].isalpha()
    if compound or cue in ":=":
        yield Find(tokens.starts[index], tokens.ends[last], "email", compound, masked=True)

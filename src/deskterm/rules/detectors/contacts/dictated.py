"""Hosts and mailboxes that are dictated: "our shop name, then a dot, then com".

The ending is told apart from the name, or put behind a name that is not spelled out ("notre nom
avec .fr derrière"). An at sign may be described: "the a with a tail", "la a cerchiata".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskterm.rules.detectors.base import Reading, scan
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.marks import SLASHES
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

#: Endings that are no words, and those that are some.
_CLEAR = r"com|org|fr|eu|uk|co\.?[ ]?uk"
_VAGUE = r"net|de|es|it|be|at|ch|nl|shop|store|info|example"
_DOT = r"(?:dot|period|full[ ]?stop|point|punkt|punto)"
_A = r"(?:(?:an?|the|one|un|une|le|l'|ein|einen|einem|der|den|el|il|uno)[ ])?"
_THEN = (
    r"(?:(?:and|et|und|y|e)[ ](?:then|after[ ]that|puis|ensuite|dann|danach|luego|despues|poi|dopo)"
    r"|and|then|plus|followed[ ]by|after[ ]that|et[ ]de|et|puis|ensuite|suivi[ ]de|und|dann|danach"
    r"|gefolgt[ ]von|y|luego|despues|seguido[ ]de|e|poi|dopo|seguito[ ]da)"
)
_GAP = r"[ ]?[,;:()–-]{0,2}[ ]{0,2}"
_BEHIND = (
    r"(?:(?:at|on)[ ]the[ ](?:end|back)|after[ ](?:it|that|our|the)|behind(?:[ ](?:it|our|the))?"
    r"|to[ ](?:our|the|my)|a[ ]la[ ](?:fin|suite)|derriere|au[ ]bout|apres|a[ ]notre|au[ ]nom"
    r"|dahinter|hinten|hintendran|am[ ]ende|hinter|an[ ](?:unser|den)\w{0,3}"
    r"|al[ ]final|detras|despues|a[ ]nuestro|al[ ]nombre|alla[ ]fine|in[ ]fondo|dietro|dopo"
    r"|al[ ](?:nostro|nome))"
)
#: What people say for an at sign.
_ATS = (
    r"(?:round|curly|curled|curvy|circled|encircled|swirly|wrapped|little|funny)[ ]a(?:[ ]sign"
    r"|[ ]symbol|[ ]thing)?",
    r"a[ ](?:in|with|inside)[ ](?:an?|the|its)[ ](?:little[ ])?(?:circle|ring|tail|curl|swirl|loop)"
    r"(?:[ ](?:a?round|on)[ ]it)?",
    r"(?:little[ ])?snail(?:[ ]sign|[ ]symbol)?|monkey[ ]tail|at[ -]?(?:sign|symbol)"
    r"|commercial[ ]at|shift[ ](?:and[ ]|plus[ ]|\+[ ]?)?2",
    r"(?:petit[ ])?a[ ](?:commercial|enroule|entoure|encercle|rond|boucle"
    r"|dans[ ]un[ ](?:rond|cercle)"
    r"|avec[ ](?:un[ ]rond|un[ ]cercle|une[ ]queue|une[ ]boucle)(?:[ ]autour)?)",
    r"(?:petit[ ])?escargot|signe[ ]at",
    r"(?:rund|umkreist|eingekringelt|eingekreist|geringelt)es[ ]a|(?:runde|umkreiste|eingekringelte"
    r"|eingekreiste|geringelte)[ ]a",
    r"a[ ](?:im[ ](?:kreis|kringel|ring)|mit[ ](?:de[mr][ ]|einem[ ])?(?:kringel|kreis|ringel"
    r"|schwanz|schwanzchen))|kringel-?a|affenschwanz|klammeraffe|at-?zeichen",
    r"a[ ](?:con[ ](?:el[ ]|la[ ]|un[ ]|una[ ])?(?:rabito|rabo|cola|colita|circulo|circulito|rueda"
    r"|ruedita)|redond[ao]|redondita|comercial|rodeada|en[ ]un[ ]circulo"
    r"|(?:encerrada|metida|dentro)[ ](?:en|de)[ ]un[ ]circulo)",
    r"a[ ](?:con[ ](?:la[ ]|il[ ]|una[ ]|un[ ])?(?:coda|codina|ricciolo|cerchio|cerchietto)"
    r"|cerchiata|tonda|commerciale|nel[ ]cerchio)|chiocciol(?:in)?a|arr?obase|arroba",
)
PATTERNS = Patterns(
    # "…, then a dot, then com"
    told=(
        rf"(?<![^\W_]){_A}{_DOT}{_GAP}{_THEN}[ ]?,?[ ](?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))"
        r"(?![^\W_]|[ ]port)"
    ),
    # "… period com", "…, period, com"
    period=(
        r"(?<=[^\W_])[ ]?[,(]?[ ]?(?:period|full[ ]?stop)[ ]?[,)]?[ ]"
        rf"(?:{_CLEAR}|co[ ]?,?[ ]full[ ]?stop[ ]?,?[ ]uk)(?![^\W_]|[ ]port)"
    ),
    # "…, a full stop, net": sure where it is said that a name is typed.
    comma=(
        rf"(?<=[^\W_])[ ]?,[ ]{_A}{_DOT}[ ]?,[ ](?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))"
        r"(?![^\W_]|[ ]port)"
    ),
    # "… with .com after it", "punto com a nuestro nombre"
    behind=(
        rf"(?<![^\W_])(?:{_A}{_DOT}[ ](?:{_THEN}[ ])?|\.)(?:{_CLEAR}|{_VAGUE})"
        rf"[ ]?,?[ ]{_BEHIND}(?![^\W_])"
    ),
    # "our brand followed by .com"
    followed=(
        r"(?<![^\W_])(?:(?:followed[ ]by|suivie?[ ](?:de|par)|gefolgt[ ]von|seguid[oa][ ]de"
        r"|seguit[oa][ ]da|plus|mas|piu)[ ]|[+&][ ]?)"
        rf"(?:{_A}{_DOT}[ ]|\.)(?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))(?![^\W_])"
    ),
    # "… ends in dot com", "finisce con punto it"
    ending=(
        r"(?<![^\W_])(?:(?:ends?|ending|finish(?:es|ing)?)[ ](?:in|with|on)"
        r"|(?:fini[rt]?|finissant|termine|terminant)[ ](?:par|en|avec)|ende[tn]?[ ](?:auf|mit|in)"
        r"|(?:termina|acaba|terminando|acabando|terminado|acabado)[ ](?:en|con|por)"
        r"|(?:finisce|termina|finendo|finire)[ ](?:con|in|per))"
        rf"[ ](?:{_A}{_DOT}[ ]|\.)(?:(?P<clear>{_CLEAR})|(?P<vague>{_VAGUE}))(?![^\W_])"
    ),
    place=(
        rf"(?<![^\W_])(?:online|internet|web|im[ ]netz|en[ ]ligne|en[ ]linea|rete"
        rf"|{'|'.join(sorted(SLASHES))}|barre)(?![^\W_])"
    ),
    name=(
        r"(?<![^\W_])(?:(?:shop|user|nutzer|benutzer|laden|firmen|marken)?name\w?|nom|nombre|nome|pseudo|handle|usuario|shop|store|brand|boutique"
        r"|enseigne|marque|laden|marke|tienda|marca|negozio|marchio|called|heisst|heißt|llama|chiama|site"
        r"|website|seite|web|sito|sitio)(?![^\W_])"
    ),
    file=r"(?<![^\W_])(?:file|fichier|datei|dateiname|archivo|extension|endung|estensione)\w?(?![^\W_])",
    typing=(
        r"(?<![^\W_])(?:www|browser|navigateur|navegador|(?:key|tap|punch|put)[ ]in|type"
        r"|typing|enter|tape[zr]?|saisi\w{1,4}|ecri(?:vez|re|s)|(?:ein)?tippen?|eingeben"
        r"|geben?[ ]sie|escrib[ae]|escribir|tecle[ae]|pon(?:ga|er)?|digit[ai]|digitare"
        r"|scriv[aei]|scrivere)(?![^\W_])"
    ),
    described=rf"(?<![^\W_])(?:{'|'.join(_ATS)})(?![^\W_])",
    dotted=(
        rf"(?<![^\W_@])(?:{_A}{_DOT}(?:-|[ ]?,?[ ](?:{_THEN}[ ])?)|\.[ ]?)"
        rf"(?:{_CLEAR}|(?:{_VAGUE})(?=[ ]?(?:[,.;:!?)\n]|\Z)))(?![^\W_])"
        rf"|(?<![^\W_])[a-z0-9-]{{2,30}}(?:\.[a-z]{{2,10}})?\.(?:{_CLEAR}|{_VAGUE})(?![^\W_])"
        r"|(?<![^\W_])(?:gmail|hotmail|outlook|yahoo|icloud|gmx|web[ ]de|orange|laposte|libero)"
        r"(?![^\W_])"
    ),
    mailbox=rf"[^\W_][\w.+-]{{0,30}}[ ]?[,;:(]?[ ]?(?:{_THEN}[ ])?(?:la[ ]|das[ ]|{_A})\Z",
    mail=(
        r"(?<![^\W_])(?:e?-?mails?|mailbox|inbox|box|courriel|mel|adresse|boite|mailadresse|postfach"
        r"|correo|buzon|escribame|direccion|posta|indirizzo|casella)(?![^\W_])"
    ),
    definite=r"(?:the|den|der|el|il|le)[ ]",
    stop=r"[.!?](?=\s)|\n",
)
#: What ends a clause; nothing ends it too.
_ENDS = frozenset(("", *".,;:!?)\n"))
_NO_WORDS = ("com", "org")
_NAMES = word_set("dot period full fullstop point punkt punto")
_DOT_SIGN = frozenset({"."})
_PLUS = frozenset("+&")
#: Words of which a description of an at sign has one.
_DESCRIBED = word_set(
    """
    sign symbol thing snail tail circle ring curl swirl loop round curly curled curvy circled
    encircled swirly wrapped shift commercial
    enroule entoure encercle rond cercle queue boucle signe escargot arobase arrobase
    kringel kreis ring ringel schwanz schwanzchen rundes runde umkreistes umkreiste eingekringeltes
    eingekringelte eingekreistes eingekreiste geringeltes geringelte zeichen atzeichen
    klammeraffe affenschwanz
    rabito rabo cola colita circulo circulito rueda ruedita redonda redondo redondita comercial
    rodeada arroba coda codina ricciolo cerchio cerchietto cerchiata tonda commerciale chiocciola
    chiocciolina
    """
)
_LOOKS = ("told", "period", "comma", "behind", "followed", "ending")
#: Characters around a dot's name in which the rest is looked for.
_BEFORE, _AFTER = 24, 80
_REACH, _MAIL_REACH, _HOST_REACH = 70, 60, 60


def dictated(reading: Reading) -> Iterator[Find]:
    """Every such host of the text."""
    tokens = reading.once(tokens_of)
    text = tokens.text
    for place in few(_places(tokens)):
        if place is None:
            yield unread(0, len(text), "link")
            return
        begin, end = max(0, place - _BEFORE), min(len(text), place + _AFTER)
        for name in _LOOKS:
            match = PATTERNS[name].search(text, begin, end)
            if match is not None and _counts(name, text, match):
                yield Find(*match.span(), "link", masked=True)


def described(reading: Reading) -> Iterator[Find]:
    """Every mailbox with an at sign that is described, a host or its provider behind it."""
    tokens = reading.once(tokens_of)
    text = tokens.text
    if _DESCRIBED.isdisjoint(tokens.vocabulary):
        return
    for sign in few(scan(PATTERNS["described"], text)):
        if sign is None:
            yield unread(0, len(text), "email")
            return
        begin, end = _clause(text, sign)
        host = PATTERNS["dotted"].search(text, sign.end(), end)
        mailbox = PATTERNS["mailbox"].search(text, begin, sign.start())
        if mailbox is None:
            continue
        mailed = PATTERNS["mail"].search(text, begin, sign.start()) is not None
        if host is not None:
            yield Find(mailbox.start(), host.end(), "email", masked=True)
        elif mailed:
            yield Find(mailbox.start(), sign.end(), "email", sure=False, masked=True)


def _clause(text: str, sign: re.Match[str]) -> tuple[int, int]:
    """As much of its sentence as is looked at."""
    begin, end = max(0, sign.start() - _MAIL_REACH), min(len(text), sign.end() + _HOST_REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, sign.start()):
        begin = stop.end()
    behind = PATTERNS["stop"].search(text, sign.end(), end)
    return begin, behind.start() if behind else end


def _places(tokens: Tokens) -> Iterator[int]:
    """Where a dot is named, and where an ending stands with its dot and nothing before."""
    yield from (tokens.starts[index] for index in tokens.where(_NAMES))
    for index in tokens.where(_DOT_SIGN):
        bare = not tokens.glued(index) or not tokens.is_word(index - 1)
        if bare and tokens.glued(index + 1) and tokens.is_word(index + 1):
            yield tokens.starts[index]


def _counts(name: str, text: str, match: re.Match[str]) -> bool:
    if name == "period":
        return True
    if name == "behind":
        return _is_about_a_name(text, match)
    ends = text[match.end() : match.end() + 2].strip(" ")[:1] in _ENDS
    if name == "followed":
        led = match[0][0] not in _PLUS or "." in match[0]
        ends = ends or not text[match.end() : match.end() + 2].strip(" ")[:1].isalnum()
        return bool(led or match["clear"] or ends) and _is_about_a_name(text, match)
    # A dot to be touched has an article: "tap the dot, then info".
    told = () if PATTERNS["definite"].match(match[0]) else ("typing",)
    if name == "comma":
        return ends and _is_about_a_name(text, match, *told)
    if name == "ending":
        return bool(match["clear"] or ends) and _is_about_a_name(text, match, "place")
    if match["clear"] in _NO_WORDS or (match["clear"] and ends):
        return True
    return bool(ends or match["clear"]) and _is_about_a_name(text, match, *told)


def _is_about_a_name(text: str, match: re.Match[str], *named: str) -> bool:
    """Whether its sentence speaks of a name or a shop, or what else is asked, and of no file."""
    begin = max(0, match.start() - _REACH)
    for stop in PATTERNS["stop"].finditer(text, begin, match.start()):
        begin = stop.end()
    end = min(len(text), match.end() + _REACH // 2)
    behind = PATTERNS["stop"].search(text, match.end(), end)
    end = behind.start() if behind else end
    return (
        any(PATTERNS[name].search(text, begin, end) for name in ("name", *named))
        and PATTERNS["file"].search(text, begin, end) is None
    )

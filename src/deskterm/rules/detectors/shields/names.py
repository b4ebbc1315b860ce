"""Words with a full stop inside that are no address: files, names of things, abbreviations, links
that stay on the channel or at home, and a blank forgotten after a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from deskterm.rules.detectors.base import Reading, scan
from deskterm.rules.detectors.languages import spoken
from deskterm.rules.detectors.shields import brands
from deskterm.rules.detectors.shields.base import MOST, Kind, Shield
from deskterm.rules.detectors.wording import word_set
from deskterm.text.language import LANGUAGES, is_little, knows
from deskterm.text.patterns import Patterns

_SUFFIXES = (
    "pdf|jpe?g|jfif|png|gif|webp|heic|bmp|tiff?|svg|docx?|odt|rtf|txt|xlsx?|ods|csv|xml|json|pptx?"
    "|odp|zip|rar|7z|gz|mp[34]|m4[av]|avi|mkv|webm|mov|wav|exe|msi|dmg|apk|ipa|bat|js|css|html?|php"
    "|ini|log|bin|iso|dll|eml|msg|ics|vcf|epub|mobi|stl|dxf|dwg|psd|ttf|otf|eps|ps1|bak|tmp|cfg|cmd"
)
_LIBRARIES = (
    "node|vue|next|nuxt|react|angular|three|express|ember|backbone|chart|socket|d3|alpine|moment|p5"
)
#: What parts words, within a set.
_APART = r"\s\"«»“”<>()\[\]{},;!¿¡|"
_TITLES = (
    "mrs?|ms|mmes?|mlle|drs?|prof|st|ste|nr|hr|hrn|fr|str|no|sra?|srta|dña|sig|dott|art|réf|ref|bzw"
    "|usw|etc|inkl|zzgl|ggf|evtl|ca|approx|max|min|incl|inc|vol|tél|tel"
)
PATTERNS = Patterns(
    # Only those with a full stop within.
    chunk=(rf"(?=[^{_APART}][^.{_APART}]{{0,177}}\.[^{_APART}])[^{_APART}]{{3,180}}"),
    file=rf"(?:[\w+~-]{{1,25}}/){{0,3}}[\w+~-]{{1,60}}(?:\.[\w-]{{1,15}}){{0,2}}\.(?i:{_SUFFIXES})",
    name=rf"(?i:(?:{_LIBRARIES})\.js|socket\.io|(?:asp|ado|vb|paint|ml)\.net|will\.i\.am)",
    short=(
        r"(?i:e\.g|i\.e|p\.ex|z\.b|d\.h|u\.[aäu]|s\.o|i\.d\.r|p\.ej?|p\.es|v\.g|n\.b|a\.k\.a|q\.b"
        r"|s\.v\.p|c\.?-à-?d)(?:\.[^\W\d_]{0,30})?"
        r"|(?:[A-Z]\.){1,6}[A-Z]"
        rf"|(?i:{_TITLES})\.[A-ZÀ-Ý][^\W\d_]{{1,30}}"
    ),
    private=(
        r"(?:(?:10|127)(?:\.\d{1,3}){3}|(?:192\.168|169\.254)(?:\.\d{1,3}){2}"
        r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})"
    ),
    join=r"([^\W\d_]{2,40}|(?:[^\W\d_]{1,3})?(?:\d{1,4}/){0,2}\d{1,10}[€$£%°]?)\.([^\W\d_]{1,30})(?:['’]([^\W\d_]{1,30}))?",
    link=r"(?i:https?://)?([A-Za-z0-9-]{1,50}(?:\.[A-Za-z0-9-]{1,30}){1,3})(?::\d{1,5})?(?=[/?#]|\Z)",
    redirect=r"(?i:https?(?::|%3a)|www\.|//|@)",
    goes_on=r",?[ \t]{1,3}[«\"“¿¡(]?[^\W_]",
    before=r"[^\W\d_]{1,30}",
)
#: Words that stand in names of sites as often as at the end of a sentence.
_SITES = word_set(
    """
    shop shops store stores boutique magasin tienda negozio laden site web website online outlet
    brand official officiel home my mon mein mi mio our example exemple beispiel ejemplo esempio
    sneaker sneakers support contact help service info sales mail email www deals best
    """
)
#: After these a site is meant.
_CALLING = word_set(
    """
    visit at on see via browse sur voir visitez consultez auf besuchen unter siehe en visite visita
    vea su visiti vedi
    """
)
#: Ends of words after which a sentence often ends, and names of sites seldom.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("ed", "tly"),
    "fr": ("é", "ée", "és", "ées", "ement"),
    "de": ("iert", "lich", "ung", "ungen"),
    "es": ("ado", "ada", "ido", "ida", "mente"),
    "it": ("ato", "ata", "uto", "uta", "ito", "ita", "mente"),
    "nl": ("eerd", "ing", "lijk"),
}
#: Shortened words before an apostrophe that begin a sentence: "C'est", "L'ordine".
_ELISIONS = word_set(
    "c d j l m n s t qu un dell all nell i it that what there here he she we you they"
)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Signs in a row without a blank, and where they stand."""

    text: str
    start: int
    end: int

    @property
    def signs(self) -> str:
        return self.text[self.start : self.end]


def names(reading: Reading) -> Iterator[Shield]:
    """Every such place of the text."""
    text = reading.copy.text
    if "." not in text:
        return
    for match in islice(scan(PATTERNS["chunk"], text), MOST):
        chunk = _stripped(match)
        kind, end = _kind(chunk, reading)
        if kind is not None:
            yield Shield(chunk.start, end, kind)


def _stripped(match: re.Match[str]) -> _Chunk:
    """Without the signs around: `'manual.pdf'.` is `manual.pdf`."""
    start, end, signs = match.start(), match.end(), match.group()
    start += len(signs) - len(signs.lstrip("'’*_.-:?"))
    return _Chunk(
        match.string, start, max(start, end - (len(signs) - len(signs.rstrip("'’*_.-:?"))))
    )


def _kind(chunk: _Chunk, reading: Reading) -> tuple[Kind | None, int]:
    signs = chunk.signs
    if PATTERNS["name"].fullmatch(signs) or PATTERNS["short"].fullmatch(signs):
        return "name", chunk.end
    if PATTERNS["file"].fullmatch(signs):
        return "file", chunk.end
    link = PATTERNS["link"].match(signs)
    if link and PATTERNS["private"].fullmatch(link.group(1)):
        return "ip", chunk.end
    if link and _is_own(link.group(1), reading.ground.domains):
        away = PATTERNS["redirect"].search(signs, link.end())
        return "own_domain", chunk.start + away.start() if away else chunk.end
    brand = brands.PATTERNS["name"].match(signs)
    if brand and brands.is_brand(brand[0]):
        end = chunk.start + brand.end()
        if brands.carried(chunk.text, chunk.start, end, known=True):
            return "name", end
    join = PATTERNS["join"].fullmatch(signs)
    if join and _is_join(join, chunk, reading):
        return "sentence_join", chunk.end
    return None, 0


def _is_own(host: str, domains: frozenset[str]) -> bool:
    """Whether a host is one of those domains or lies below one."""
    labels = host.casefold().split(".")
    return any(".".join(labels[place:]) in domains for place in range(len(labels) - 1))


def _languages(reading: Reading) -> tuple[str, ...]:
    """The languages that the text may be in."""
    told = (reading.draft.language, reading.once(spoken).language, reading.facts.buyer_language)
    likely = tuple(dict.fromkeys(one for one in told if one in LANGUAGES))
    return likely or LANGUAGES


def _is_join(join: re.Match[str], chunk: _Chunk, reading: Reading) -> bool:
    """Whether a sentence ends at the full stop and the next one begins.

    The word on the right begins a sentence that goes on. A capital there is a strong sign, and one
    of the language's little words after it stronger still; in small letters both words must be of
    one language, and the place none where a site is named.
    """
    left, right, elided = join.groups()
    before, following = chunk.text[: chunk.start][-40:], chunk.text[chunk.end : chunk.end + 8]
    if before[-1:] in ("-", "/", "@", ".", "_", "&"):
        return False
    if elided is not None:
        return right.lower() in _ELISIONS
    if not PATTERNS["goes_on"].match(following):
        return False
    languages = reading.once(_languages)
    low_left, low_right = left.lower(), right.lower()
    known = [one for one in languages if knows(low_left, one) or low_left.endswith(_ENDINGS[one])]
    capital = right[0].isupper() and (len(right) == 1 or right[1:].islower())
    if low_left in _SITES:
        return False
    if capital:
        little = any(is_little(low_right, one) for one in languages)
        return little or any(knows(low_right, one) for one in known)
    words = PATTERNS["before"].findall(before.lower())
    return _CALLING.isdisjoint(words[-1:]) and any(is_little(low_right, one) for one in known)

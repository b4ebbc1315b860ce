"""Links with their scheme, links that show another address than theirs, and shortened links."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.rules.carriers import is_carrier
from deskterm.rules.detectors.base import Reading, holds_any, scan
from deskterm.rules.detectors.contacts.finds import Find, few, unread
from deskterm.rules.detectors.contacts.suffixes import COMMON, below, is_ending, registered
from deskterm.rules.detectors.contacts.tokens import tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.patterns import Patterns

_SHORTENERS = word_set(
    """
    adf.ly amzn.eu amzn.to bit.do bit.ly bitly.com bl.ink buff.ly cli.re clck.ru cutt.ly dub.sh
    ebay.us etsy.me fb.me forms.gle geni.us gg.gg goo.gl is.gd j.mp kutt.it l.ead.me lc.chat lnk.bio
    lnkd.in mcaf.ee ow.ly qr.ae qrco.de rb.gy rebrand.ly s.id s.coop short.gy short.io shorturl.at
    shorturl.gg smarturl.it soo.gd spr.ly surl.li t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com
    tr.im trib.al u.to urlz.fr v.gd v.ht x.co
    """
)
_LOCAL = word_set("localhost fritz.box speedport.ip routerlogin.net tplinkwifi.net")
_SCHEME = (
    r"(?:h[ ]?(?:tt|xx|\*\*)[ ]?p[ ]?s?|ftps?)[ ]{0,2}[:;][ ]{0,2}[/\\|][ ]{0,2}[/\\|][ ]{0,2}"
)
_URL_CHAR = r"[^\s<>\"«»]"
PATTERNS = Patterns(
    url=rf"(?<![^\W_]){_SCHEME}(?P<rest>{_URL_CHAR}{{1,150}})",
    bare_www=(
        r"(?<![^\W_])(?:www|vvww|w w w)[ .,_*-]{1,4}(?P<name>[\w-]{2,40})[ .,_*\n-]{1,4}"
        r"(?P<ending>[a-z]{2,10})(?![^\W_])"
    ),
    tail=rf"\n[\w-]{{0,40}}(?:\.[a-z]{{2,10}}){{1,2}}(?:/{_URL_CHAR}{{0,60}})?",
    nested=r"(?:https?(?::|%3a)|www\.|//)",
    markdown=r"\[([^\[\]\n]{3,80})\]\([ ]?(?:<)?((?:https?:)?//[^\s()<>]{3,90})",
    anchor=(
        r"<a[ ][^<>]{0,40}?href[ ]?=[ ]?[\"']?([^\s\"'<>]{3,80})[^<>]{0,20}>"
        r"(?:<[^<>]{1,8}>)?([^<>]{3,36})"
    ),
    shown=r"\A\s{0,5}(?:https?://)?((?:[\w-]{1,40}\.){1,4}[a-z]{2,12})(?=[/:?#\s]|\Z)",
    private=(
        r"(?:10|127)(?:\.\d{1,3}){3}\Z|192\.168(?:\.\d{1,3}){2}\Z"
        r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}\Z"
    ),
    authority=r"[^/?#\\]{1,190}",
    behind=r"[\s<>\"«»]|\]\(",
)
_TRAILING = ".,;:!?)]}'’*_"


def host_of(address: str) -> str:
    """The host of a link in lower case, without a user's name before it and a port behind it."""
    rest = address.lower().partition("//")[2] or address.lower()
    authority = PATTERNS["authority"].match(rest)
    return "" if authority is None else _bare_host(authority[0])


def _bare_host(authority: str) -> str:
    return authority.rpartition("@")[2].partition(":")[0].replace("[.]", ".").strip("[]().")


def schemed(reading: Reading) -> Iterator[tuple[int, int, Find | None]]:
    """Links that begin with a scheme: their place, and what was found, if it leads away."""
    text = reading.once(tokens_of).text
    if not holds_any(text, ("//", "\\\\", "/ /", "||")):
        return
    place = 0
    for match in few(scan(PATTERNS["url"], text)):
        if match is None:
            yield place, len(text), unread(place, len(text), "link")
            return
        if match.start() < place:
            continue
        end = _trimmed(text, match.start("rest"))
        host = host_of(match["rest"])
        if below(host, reading.ground.domains) or PATTERNS["private"].match(host) or host in _LOCAL:
            nested = PATTERNS["nested"].search(text, match.start("rest") + len(host), end)
            place = nested.start() if nested else end
            yield match.start(), place, None
            continue
        broken = PATTERNS["tail"].match(text, end)
        if broken and not is_ending(host.rpartition(".")[2]):
            end = broken.end()
            host = host_of(text[match.start("rest") : end].replace("\n", ""))
        place = end
        masked = not text.startswith(("http://", "https://", "ftp://"), match.start())
        yield (
            match.start(),
            end,
            Find(match.start(), end, "link", True, masked, host, carrier=is_carrier(host)),
        )


def _trimmed(text: str, place: int) -> int:
    """Where the row of signs ends that place is in, without the sentence's own signs."""
    behind = PATTERNS["behind"].search(text, place)
    end = behind.start() if behind else len(text)
    while text[end - 1] in _TRAILING:
        end -= 1
    return end


def bare_www(reading: Reading) -> Iterator[Find]:
    """`www shop example com`: the dots left out."""
    text = reading.once(tokens_of).text
    if "ww" not in text and "w w" not in text:
        return
    for match in scan(PATTERNS["bare_www"], text):
        if match["ending"] in COMMON and not match[0].startswith(f"www.{match['name']}."):
            host = f"{match['name']}.{match['ending']}"
            if not below(host, reading.ground.domains):
                yield Find(*match.span(), "link", True, "." not in match[0], host)


def mismatched(reading: Reading) -> Iterator[Find]:
    """Links in Markdown or HTML that show one address and lead to another."""
    text = reading.once(tokens_of).text
    if not holds_any(text, ("](", "<a ")):
        return
    found = [(*match.span(), match[1], match[2]) for match in scan(PATTERNS["markdown"], text)]
    found += [(*match.span(), match[2], match[1]) for match in scan(PATTERNS["anchor"], text)]
    for start, end, seen, target in found:
        shown = PATTERNS["shown"].match(seen)
        if not shown or not is_ending(shown[1].rpartition(".")[2]):
            continue
        host = host_of(target)
        if registered(shown[1]) != registered(host):
            yield Find(start, end, "link", host=host)


def is_shortener(host: str) -> bool:
    """Whether links to that host hide where they lead."""
    return host.removeprefix("www.") in _SHORTENERS

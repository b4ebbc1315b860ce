"""A contact never lies beneath a shield, nor does a part without which nothing is found of it."""

from __future__ import annotations

import re

import pytest

from deskterm.rules.detectors.shields import covered
from tests.rules.shielding import is_shielded, read

#: Contacts, in double angles, of which no shield may take a part that leaves nothing to find.
CONTACTS = [
    "Tél : «06 39 98 55 66»",
    "«+33.6.39.98.55.66»",
    "Ring «020 7946 0321»",
    "«(555) 555-0110» is our help desk",
    "Tel «0152 28817386»",
    "llame al «699 123 456»",
    "telefono «347 555 0134»",
    "«0 7 7 0 0 9 0 0 5 5 5»",
    "«O7700 9OO555»",
    "«1-888-555-0101», option 2",
    "mon 06 : «3998 5566»",
    "txt «212-555-0150»",
    "Hable con Iván, «699.188.305»",
    "Mi móvil: «699*118*405»",
    "llámame al «644×901×233»",
    "«0*1*8*8»",
    "Réf «06 39 98 55 66»",
    "réf. «06.39.98.55.66»",
    "Version «06.39.98.55.66»",
    "suivi «0639985566»",
    "colis «06-39-98-55-66»",
    "order «07700 900555»",
    "commande «0639985566»",
    "Bestellung «0152 28817386»",
    "code «06 39 98 55 66»",
    "DHL «0800 123 4567»",
    "UPS hotline «0800 1234567»",
    "DHL Kundenservice «0228 4333112»",
    "your WhatsApp number «5551230199»",
    "Telefonnummer «15228817386»",
    "Handynummer «01522 8817386»",
    "numéro de téléphone «0199001212»",
    "numero di telefono «3475550134»",
    "order 3471920475, chiami il «3475550134»",
    "Our line «0770-0911-22» replaces the older 0770-0911-20",
    "Use «07700-900-412» instead of 07700-900-411",
    "«2015550142» is the direct line, 2015550143 the boss",
    "For the parcel, on «2015550142» or 2015550143",
    "2015550142 and «2015550143» are ours",
    "order 555123019, mobile «555123028»",
    "Bestellung 0152288173, Handy «0152288174»",
    "«6*4*6*5*5*5*0*1*8*8»",
    "pages «06 39 98 55 66»",
    "taille «06 39 98 55 66»",
    "«06/39/98/55/66»",
    "«06x39x98x55x66»",
    "«06:39:98:55:66»",
    "prix «639 985 566 €»",
    "«0639985566 €»",
    "«06 39 98 55 66 cm»",
    "«699 123 456» euros",
    "le «06 12 11 10 09»",
    "«06.12.11.10.09»",
    "«06-07-08-09-10»",
    "SIREN «699 123 456»",
    "ref, appel «0639985566»",
    "CALL US «5551230199»",
    "order service «8885550101»",
    "tel«0639985566»",
    "«WA0639985566»",
    "Write to «parts@example.org»",
    "«info@amazon.com»",
    "«amazon.com@example.org»",
    "«http://example.org/m.pdf»",
    "«www.boutique-exemple.fr»",
    "«beispiel-shop.de» hat die Anleitung",
    "«dhl.com.example.org/track/1»",
    "«https://www.amazon.com/redirect?url=https://example.org»",
    "«amazon.com.example.org»",
    "visit «example.it» for more",
    "voir «boutique.la» suite",
    "auf «laden.de» gibt es mehr",
    "«beispielshop.De» hat mehr",
    "see «store.Is» now",
    "visite «tienda.es» hoy",
    "«example.shop» has more",
    "«i.e.example.org»",
    "«t.me/example»",
    "«bit.ly/abc999»",
    "«8.8.8.8»",
    "get the firmware, it lies on the server «8.8.8.8»",
    "«51.12.4.9»/firmware has the update",
    "Version «6.39.98.55.66»",
    "visit «Booking.com» for the bag",
    "our bag on «Hotels.com»",
    "the «Lampworks.com» sticker",
]  # fmt: skip


@pytest.mark.parametrize("marked", CONTACTS)
def test_a_contact_is_not_shielded(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    (part,) = re.findall("«(.*?)»", marked)
    assert not is_shielded(text, part), read(text)


@pytest.mark.parametrize("marked", [one for one in CONTACTS if re.search("«[^»a-z]{9,}»", one)])
def test_a_telephone_number_is_not_cut_to_pieces(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    (part,) = re.findall("«(.*?)»", marked)
    seen, found = read(text)
    start = seen.index(part)
    assert not [s for s in found if s.start < start + len(part) and s.end > start]


def test_a_link_of_the_channel_covers_no_redirection() -> None:
    text = "https://www.amazon.com/x?u=https://example.org/y"
    seen, found = read(text)
    assert covered(found, 0, len("https://www.amazon.com/x?u="), seen)
    assert not covered(found, 0, len(text), seen)

"""What only looks like a contact lies beneath a shield."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from deskterm.rules.detectors.shields import Kind
from tests.rules.shielding import is_shielded, kinds, read
from tests.rules.support import FACTS

#: Text, with what must be covered in double angles, and a kind that covers it.
HARMLESS: list[tuple[str, Kind]] = [
    # orders
    ("Order «112-7654321-1234567» ships today.", "order_number"),
    ("Votre commande «404-1112223-4445556» est prête", "order_number"),
    ("Order «05-12345-67890» posted", "order_number"),
    ("your order number is «5551230199»", "order_number"),
    ("la commande n° «200123456» part demain", "order_number"),
    ("Ihre Bestellnummer lautet «7012345678».", "order_number"),
    ("Ihre Bestellung Nr. «7012345678» ist unterwegs", "order_number"),
    ("pedido n.º «4455667788» preparado", "order_number"),
    ("ordine numero «9876543210» spedito", "order_number"),
    ("Orders «7712345678» and «7712345679» left together", "order_number"),
    ("facture «FA-2026-000123»", "order_number"),
    ("Receipt «3481920475» is the one with the mug", "order_number"),
    ("Bestellung 3481920475 und die Tassen aus «3481920611»", "order_number"),
    ("la commande 3481920475 ; j'y joins celle de «3481920611»", "order_number"),
    ("3120795550 is the cowl and «3120795561» the mitts", "order_number"),
    ("«3120795550» è il cappello e 3120795561 i guanti", "order_number"),
    ("Both leave today: «3120795550» (the cowl), 3120795561 (the mitts)", "order_number"),
    ("J'ai mis 3120795550 et «3120795561» dans un seul colis", "order_number"),
    ("«3120795550» is the order with the cowl", "order_number"),
    ("transaction «5000000001» covers it", "serial"),
    ("Gasket «0770-0911-22» replaces the older 0770-0911-20.", "serial"),
    ("Il filtro giusto è lo «0012.345.678», che sostituisce il vecchio 0012.345.670", "serial"),
    ("Die Dichtung 0770-0911-22 ersetzt die alte «0770-0911-20».", "serial"),
    ("You need seal «0770-0911-22», not 0770-0911-20", "serial"),
    ("Abholcode «4412907733», bitte nennen", "serial"),
    # parcels
    ("UPS «1Z12345E0205271688» left", "tracking"),
    ("tracking «1Z 123 45E 02 0527 168 8»", "tracking"),
    ("Suivi «CP123456785FR»", "tracking"),
    ("«RR 123 456 785 GB» is on its way", "tracking"),
    ("Your parcel: «LX473124829DE»", "tracking"),
    ("DPD «01234567890123»", "tracking"),
    ("USPS «9205 5000 0000 0000 0000 00»", "tracking"),
    ("Colissimo «8J00123456789» remis hier", "tracking"),
    ("numéro de suivi : «6A12345678901»", "tracking"),
    ("DHL «00340434161094042557» ist unterwegs", "tracking"),
    ("Sendungsnummer «00340434161094042557»", "tracking"),
    ("Ihre Sendungsnummer: «501234567890»", "tracking"),
    ("GLS Paket «51234567890» kommt", "tracking"),
    ("número de seguimiento «60123456789»", "tracking"),
    ("la expedición «0812 4476 9035» llega hoy", "tracking"),
    ("Lieferschein «0812 4476 9035»", "tracking"),
    ("La versión «688.120.457» del firmware", "version"),
    ("La caja mide «688*120*457»", "size"),
    ("Phone stand «160*120*100»", "size"),
    ("il pacco BRT «173012345678» arriva", "tracking"),
    ("Royal Mail «AB123456785GB»", "tracking"),
    ("Mondial Relay «61234567»", "tracking"),
    ("FedEx tracking number is «794612345678»", "tracking"),
    ("numero di tracciamento «1234567890123456»", "tracking"),
    ("Chronopost «XS123456789FR»", "tracking"),
    ("Amazon parcel «TBA123456789000»", "tracking"),
    # articles, devices, companies, accounts
    ("EAN «5012345678900»", "ean"),
    ("it is «4006381333931» on the box", "ean"),
    ("ISBN «978-0-306-40615-7»", "ean"),
    ("ISBN «0-306-40615-2»", "ean"),
    ("UPC «036000291452»", "ean"),
    ("code-barres «96385074»", "ean"),
    ("Serial «SN20260639981234»", "serial"),
    ("Réf. «06-39-98-B»", "serial"),
    ("réf «0639B»", "serial"),
    ("Artikelnummer «4455667788»", "serial"),
    ("SIRET «552 100 554 00013»", "serial"),
    ("SIREN «732 829 320»", "serial"),
    ("IBAN «FR14 2004 1010 0505 0001 3M02 606»", "serial"),
    ("IMEI «490154203237518»", "serial"),
    ("IMEI: «35-209900-176148-1»", "serial"),
    ("Item «225566778899» is back", "serial"),
    ("número de serie «20264455667»", "serial"),
    ("codice articolo «8023456789»", "serial"),
    ("PIN 1234, unlock «98-76-54»", "serial"),
    ("Kundennummer «2233445566»", "serial"),
    ("9 Mill Lane, York «YO1 7AA»", "serial"),
    ("12 rue Haute, «75011» Paris", "serial"),
    ("the model «WH-1000XM4» fits", "serial"),
    ("ASIN «B07XJ8C8F5»", "ean"),
    # money
    ("Total «1 234,56 €»", "price"),
    ("it was «$1,299.00» then", "price"),
    ("«£12.50» back to your card", "price"),
    ("EUR «39,90» zurück", "price"),
    ("soit «39,90 euros» au lieu de «45 €»", "price"),
    ("«4 @ 2.50 = 10.00»", "price"),
    ("un descuento de «12.345,00 €»", "price"),
    ("CHF «20.–» Versand", "price"),
    # measures
    ("«40 x 30 x 20 cm»", "size"),
    ("box of «40cm x 30cm x 20cm»", "size"),
    ("«1920x1080» pixels", "size"),
    ("2 rallonges de «230 V»", "size"),
    ("zwischen «36-38 cm» lang", "size"),
    ("Sizes «36 38 40 42 44» are left", "size"),
    ("tailles «36, 38, 40, 42» disponibles", "size"),
    ("Größen «36/38/40/42» da", "size"),
    ("«99.9%» cotton", "percent"),
    ("rabais de «12,5 %»", "percent"),
    # days and hours
    ("am «06.07.2026» um «12:34»", "date"),
    ("«07/08/2026 9:00-12:00»", "date"),
    ("«2026-11-21» or «2026/11/22»", "date"),
    ("le «06 07 2026»", "date"),
    ("on «21 November 2026»", "date"),
    ("le «1er mars 2026», avant «14h30»", "date"),
    ("am «3. März» gegen «9.30 Uhr»", "date"),
    ("el «5 de abril de 2026» a las «10:15»", "date"),
    ("il «12 dicembre 2026»", "date"),
    ("March «3rd, 2026»", "date"),
    ("between «9am» and «5.30 pm»", "time"),
    ("Engraving: «01.02.03»", "date"),
    # versions, pages, addresses
    ("Version «3.11.7» of the app", "version"),
    ("firmware «2.0.14-beta2»", "version"),
    ("update the firmware to «4.2.19.0» tonight", "version"),
    ("passez le logiciel en «3.0.12.7»", "version"),
    ("die Softwareversion auf dem Gerät: «3.0.12.7»", "version"),
    ("go to «192.168.0.254»", "ip"),
    ("open «http://10.0.0.138:8080/admin» at home", "ip"),
    ("colis n° «6A 12345 67890 1»", "tracking"),
    ("la caja de «120/200/140 cm»", "size"),
    ("Mo–Fr «9–17 Uhr»", "time"),
    ("nº de serie «0012345678»", "serial"),
    ("case number «7234567890»", "serial"),
    ("votre commande «2611-2106-3998»", "order_number"),
    ("ISO «9001:2015»", "serial"),
    ("pages «112-118 120 124»", "page"),
    ("Seiten «112-118»", "page"),
    # names with a full stop
    ("«manual.pdf» is on the CD", "file"),
    ("see «photo_12.final.jpg», please", "file"),
    ("«docs/README.txt»", "file"),
    ("a «Node.js» build, or «ASP.NET»", "name"),
    ("«e.g.wool», «i.e.not» silk", "name"),
    ("in the «U.S.A» only", "name"),
    ("ask «Dr.Martin» first", "name"),
    ("the «Crypto.com» patch on the cap", "name"),
    ("a maillot au logo «Crypto.com» brodé", "name"),
    ("der «Booking.com»-Aufkleber", "name"),
    ("z.B. «z.B.morgen»", "name"),
    ("Go to Your Orders on «amazon.com», then Return.", "own_domain"),
    ("«https://www.etsy.com/listing/987654321/ring»", "own_domain"),
    ("Depuis «www.amazon.fr/mes-commandes»", "own_domain"),
]


@pytest.mark.parametrize(("marked", "kind"), HARMLESS, ids=[one[0] for one in HARMLESS])
def test_the_harmless_is_shielded(marked: str, kind: Kind) -> None:
    text = marked.replace("«", "").replace("»", "")
    assert kind in kinds(text)
    for part in re.findall("«(.*?)»", marked):
        assert is_shielded(text, part), read(text)


#: A full stop, and the next sentence right behind it.
JOINED = [
    ("en", "Thank you.We ship today."),
    ("en", "It was delivered here.In case of doubt ask the porter."),
    ("en", "Sorry about that.It will not happen again."),
    ("en", "We have your photos.So the refund is on its way."),
    ("en", "I understand.My colleague packs it now."),
    ("en", "your parcel has arrived.to open it pull the tab"),
    ("en", "that is right.is there anything else?"),
    ("en", "Noted.Now we wait for the carrier."),
    ("en", "The lamp is fixed.so please try it"),
    ("en", "It went with UPS.It is a small box."),
    ("en", "We posted it on 21/11/2026.It should be there soon."),
    ("fr", "Il reste 12€.Le solde suit."),
    ("en", "It was left with a neighbour.It's a blue box."),
    ("fr", "Bien reçu.Le remboursement suit."),
    ("fr", "Nous avons vérifié.La lampe part demain."),
    ("fr", "le colis est parti.la livraison suit"),
    ("fr", "Merci pour votre patience.Ma collègue vous répond."),
    ("fr", "Désolés pour le retard.C'est réparé."),
    ("fr", "Il arrive demain.Et la facture suit."),
    ("fr", "Tout est prêt.De notre côté rien ne manque."),
    ("fr", "c'est remboursé.si besoin répondez ici"),
    ("de", "Alles klar.Es kommt bald."),
    ("de", "Das Paket ist da.In der Filiale liegt es bereit."),
    ("de", "Vielen Dank.Am Montag geht es raus."),
    ("de", "Das tut uns leid.So etwas darf nicht passieren."),
    ("de", "Wir haben es erhalten.am Montag folgt das Geld"),
    ("es", "Muchas gracias.Es un placer."),
    ("es", "Ya lo hemos enviado.De momento no hay retraso."),
    ("es", "Lo sentimos.La caja estaba rota."),
    ("es", "Ha llegado hoy.se lo confirmo mañana"),
    ("it", "Tutto bene.La ringrazio."),
    ("it", "Il pacco è partito.In due giorni arriva."),
    ("it", "Mi dispiace.Ne mandiamo un altro."),
    ("it", "Abbiamo ricevuto il reso.il rimborso arriva domani"),
]  # fmt: skip


@pytest.mark.parametrize("told", [True, False], ids=["told", "guessed"])
@pytest.mark.parametrize(("language", "text"), JOINED, ids=[one[1] for one in JOINED])
def test_a_forgotten_blank_is_no_address(language: str, text: str, told: bool) -> None:
    joined = next(word for word in re.split(r"[\s']", text) if "." in word[1:-1])
    if "'" in text and text[text.index(joined) + len(joined)] == "'":
        joined = text[text.index(joined) :].split()[0].rstrip(".,")
    assert is_shielded(text, joined, language=language if told else None), read(text)


def test_values_of_the_order_are_shielded_however_they_are_set() -> None:
    facts = replace(FACTS, own_values=frozenset({"0639985566", "LAMP.oak", "AB 12 34 56"}))
    for text, part in [
        ("the number 06 39 98 55 66 of your order", "06 39 98 55 66"),
        ("your lamp.OAK is here", "lamp.OAK"),
        ("it says ab-12-34-56", "ab-12-34-56"),
    ]:
        assert not is_shielded(text, part)
        assert is_shielded(text, part, facts), text
        assert "own_value" in kinds(text, facts)


def test_the_customers_own_telephone_is_none_of_them() -> None:
    facts = replace(
        FACTS,
        own_values=frozenset({"0639985566", "a@example.org"}),
        buyer_phone="+33 6 39 98 55 66",
    )
    assert not is_shielded("your number 06 39 98 55 66", "06 39 98 55 66", facts)
    assert not is_shielded("your a@example.org", "a@example.org", facts)

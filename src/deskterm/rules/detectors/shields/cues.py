"""Words that say what the number beside them is, in five languages; folded (`base.unaccented`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskterm.rules.detectors.shields.base import Kind
from deskterm.rules.detectors.wording import word_set

MONTHS = word_set(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    janv fevr avr juil
    januar februar marz maerz juni juli oktober dezember janner mrz okt dez
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
    diciembre ene abr ago dic
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott
    januari februari maart mei augustus
    """
)
_AFTER: Mapping[Kind, str] = {
    "price": """
        € £ $ eur usd gbp chf cad aud pln sek dkk euro euros dollar dollars pound pounds pence cent
        cents centime centimes ct centimos centesimi
    """,
    "percent": "% ‰ percent prozent",
    "size": """
        " ″ ° °c °f mm cm dm m km kg mg g l ml cl mah ghz mhz hz w kw v gb tb mb lm oz lb lbs ft yd
        in inch inches pouce pouces zoll pulgadas pollici piece pieces pcs stuck stk pezzi piezas
        watt watts volt volts gramm gram grams litre litres liter litri
    """,
    "time": "h uhr heures heure ore hora horas stunden hours hrs",
}
#: What a number counts, by the word or sign behind it.
AFTER: Mapping[str, Kind] = MappingProxyType(
    {word: kind for kind, words in _AFTER.items() for word in words.split()}
)
CARRIERS = word_set(
    """
    ups dhl dpd gls hermes evri yodel parcelforce fedex tnt usps colissimo chronopost laposte
    poste mondial relay geodis ciblex correos seur mrw nacex ctt brt bartolini sda inpost postnl
    bpost packeta cainiao yanwen ontrac lasership purolator dachser heppner zeleris envialia
    asendia swisspost postbank amzl royalmail poczta
    """
)
_WORDS: Mapping[Kind, str] = {
    "tracking": """
        tracking track parcel parcels package shipment consignment waybill awb
        suivi suivis colis envoi expedition bordereau
        sendung sendungen paket pakete sendungsverfolgung trackingnummer frachtbrief lieferschein
        seguimiento envio paquete paquetes localizador rastreo guia expedicion albaran albaranes
        tracciamento spedizione spedizioni pacco pacchi ldv vettura
        zending pakket volgnummer
    """,
    "order_number": """
        order orders purchase po
        commande commandes cde
        bestellung bestellungen auftrag auftrage
        pedido pedidos
        ordine ordini
        invoice facture avoir rechnung gutschrift factura fattura
        receipt receipts recus recibo recibos ricevuta ricevute quittung beleg belege
        bestelling
    """,
    "ean": "ean gtin upc isbn barcode asin barre barres codebarre codebarres strichcode barras",
    "serial": """
        serial sn imei sku item article reference ref refs part model mpn batch lot pin puk code
        transaction transactions listing listings conversation pickup
        annonce annonces transaktion transaktionen inserat angebot konversation
        transaccion anuncio transazione annuncio inserzione retrait abholung recogida ritiro
        unlock combination licence license licencia licenza lizenz cedula dni nie
        ticket tickets claim claims references rma iban bic
        vin incident dossier case return file booking reservation contract account iso din
        contrat contrato contratto vertrag konto compte cuenta conto retoure retour reso
        devolucion
        serie modele modelo modello referenz art artikel vorgang
        referencia articulo lote codigo expediente desbloqueo
        riferimento rif articolo lotto codice matricola pratica
        deverrouillage deverrouiller debloquer verrouillage cadenas
        entsperren entsperrcode sperrcode aktenzeichen
    """,
    "version": "version versione versioni firmware ios android windows macos build release update",
    "page": "page pages pp seite seiten pagina paginas pagine pag",
    "size": """
        size sizes taille tailles pointure pointures grosse grossen talla tallas taglia taglie
        misura misure maat maten
    """,
}
#: Numbers of companies carry a check digit of their own.
COMPANY = word_set(
    "siret siren rcs tva vat ust ustid iva partita piva cif nif company handelsregister hrb kvk"
)
CUES: Mapping[str, Kind] = MappingProxyType(
    {word: kind for kind, words in _WORDS.items() for word in words.split()}
    | dict.fromkeys(CARRIERS, "tracking")
)
#: Words that speak of versions, and ends of such: "Softwareversion", "mise à jour".
VERSIONED = word_set(
    """
    version versions versionen versione versioni versiones firmware build release update updates
    updated updating upgrade upgraded software driver drivers patch ios android macos
    micrologiciel logiciel pilote jour maj aktualisieren aktualisierung aktualisiert treiber
    actualice actualizar actualizacion controlador programa aggiorni aggiornare aggiornamento
    programma
    """
)
VERSION_ENDINGS = ("version", "firmware", "update", "software")
#: Nearer than these, they say that a number in four parts is the address of a machine.
ADDRESSED = word_set(
    """
    ip address server host site website web page url link browser open visit http https www port
    adresse serveur page lien navigateur ouvrez visitez
    seite browser offnen besuchen besuche
    direccion servidor pagina enlace navegador abra visite
    indirizzo sito pagina collegamento apra visiti
    """
)
#: What may stand between a cue and its number.
FILLERS = word_set(
    """
    number numbers no nr num n o os nbr id is was are the your our my this of for and with s
    numero numeros est sont le la les de du des votre vos notre et sous
    nummer nummern nrn ist lautet die der das ihre ihr unsere und mit
    es el los las su sus nuestro y con
    e il lo gli del della suo sua nostro ed con
    via par per code codes express
    """
)
#: Cues and fillers that are written short, with a full stop.
SHORT = word_set("no nr num n ref refs art rif pag p pp s cde bestell id iva vat r c f")
#: Beginnings of compounds ending in "nummer" that are telephones after all.
PHONES = (
    "telefon",
    "handy",
    "ruf",
    "fax",
    "mobil",
    "whatsapp",
    "hotline",
    "kontakt",
    "service",
    "durchwahl",
    "tel",
)

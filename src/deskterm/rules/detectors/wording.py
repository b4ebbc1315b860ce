"""Words that several detectors know, in English, French, German, Spanish and Italian.

Lists of single words are folded: lower case, no accents (`base.unaccented`).
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, separated by blanks."""
    return frozenset(text.split())


#: What a template has a hole for.
FIELDS = word_set(
    """
    name firstname lastname surname customer order tracking number date amount link url product
    item address price agent company carrier delivery reference quantity city country signature
    nom prenom client cliente commande numero suivi montant lien produit article adresse prix
    transporteur livraison quantite ville pays boutique telephone
    buyer recipient acheteur destinataire comprador acquirente destinatario
    vorname nachname kunde kunden kundenname kundin kaufer empfanger bestellnummer bestellung datum
    betrag produkt artikel preis sendungsnummer
    nombre apellido apellidos pedido fecha importe enlace producto articulo direccion precio
    seguimiento
    nome cognome ordine data importo prodotto articolo indirizzo prezzo tracciamento corriere
    """
)
#: The part of `FIELDS` that names a person: one such word in brackets is a hole for certain.
PERSON_FIELDS = word_set(
    """
    name firstname lastname surname customer buyer nom prenom acheteur
    vorname nachname kunde kunden kundenname kundin kaufer
    nombre apellido apellidos nome cognome
    """
)
#: What may stand beside a field within the same brackets.
FIELD_FILLERS = word_set(
    """
    the of your our here a an and full first last given family id no nr s text message
    de du d la le les l des et votre vos notre ici complet texte
    der die das des dem und ihr ihre ihren unser hier nachricht
    el los las y su tu del aqui completo texto mensaje
    il lo della di e suo vostro qui testo messaggio
    """
)
#: Orders to whoever fills the template in.
INSERT_WORDS = word_set(
    """
    insert enter fill inserer inserez saisir saisissez completer remplir einfugen eintragen
    insertar inserte introducir inserire inserisci
    """
)

#: Greetings that can stand alone before a comma.
GREETINGS = (
    "hi", "hello", "hey", "good morning", "good afternoon", "good evening",
    "bonjour", "bonsoir", "salut", "coucou",
    "hallo", "guten tag", "guten morgen", "guten abend", "moin",
    "hola", "buenos días", "buenas tardes",
    "ciao", "buongiorno", "buonasera", "salve",
)  # fmt: skip
#: Greetings that need a name after them.
NAMING_GREETINGS = (
    "dear", "cher", "chère", "sehr geehrte", "sehr geehrter", "liebe", "lieber",
    "estimado", "estimada", "querido", "querida", "gentile", "egregio", "caro", "cara",
)  # fmt: skip
#: Titles that need a name after them ("Monsieur" or "Sir" do not).
NAMING_TITLES = ("mr", "mrs", "ms", "m", "mme", "mlle", "herr", "herrn", "frau", "sr", "sra", "sig")
#: What has a number or a name of its own behind it.
NUMBERED_NOUNS = (
    "order", "parcel", "invoice", "tracking number", "order number", "ticket",
    "commande", "colis", "facture", "numéro de suivi", "numéro de commande",
    "bestellung", "paket", "rechnung", "sendungsnummer", "bestellnummer",
    "pedido", "paquete", "factura", "número de pedido", "número de seguimiento",
    "ordine", "pacco", "fattura", "numero d'ordine",
)  # fmt: skip

"""What the customers and agents of the made-up shop write, in three languages.

Braces are slots that `benchmarks.corpus` fills: a thing that is sold, a shade, a town, a name,
an order number, a number of days.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Sentences for one language. `quoted` introduces the mail that is answered."""

    subjects: tuple[str, ...]
    customer: tuple[str, ...]
    agent: tuple[str, ...]
    greeting: str
    farewell: str
    quoted: str


FRENCH = Language(
    subjects=(
        "Commande {order} : où est mon colis ?",
        "Mon {thing} est arrivé cassé",
        "Échange de taille pour {thing}",
        "Remboursement de la commande {order}",
        "Question sur le délai de livraison à {town}",
        "Facture de mon {thing} {shade}",
    ),
    customer=(
        "J'ai commandé un {thing} {shade} il y a {days} jours et je n'ai toujours rien reçu.",
        "Le numéro de ma commande est le {order}.",
        "Le suivi indique que le colis est bloqué au dépôt de {town} depuis lundi.",
        "Pourriez-vous me dire quand il sera livré, s'il vous plaît ?",
        "À l'ouverture du carton, j'ai constaté que le {thing} était fêlé sur le côté.",
        "Je vous joins une photo pour que vous puissiez en juger par vous-mêmes.",
        "Je préférerais un échange plutôt qu'un remboursement, si c'est encore possible.",
        "C'était un cadeau d'anniversaire et la fête a lieu samedi prochain.",
        "La couleur {shade} ne correspond pas du tout à la photo de votre boutique.",
        "Est-ce que les frais de retour sont à ma charge ?",
        "J'ai déjà écrit deux fois sans obtenir de réponse, ce qui est vraiment décevant.",
        "Merci d'avance pour votre aide, j'apprécie beaucoup votre travail.",
        "Le livreur est passé pendant mon absence et n'a laissé aucun avis de passage.",
        "Mon voisin {name} n'a rien reçu non plus.",
    ),
    agent=(
        "Nous sommes désolés pour ce retard et nous avons contacté le transporteur ce matin.",
        "Votre {thing} est parti de l'atelier il y a {days} jours.",
        "Le colis devrait arriver à {town} avant la fin de la semaine.",
        "Nous vous proposons de le remplacer sans frais ou de vous rembourser intégralement.",
        "Il vous suffit de répondre à ce message avec votre choix.",
        "L'étiquette de retour se trouve en pièce jointe.",
        "Nous fabriquons chaque {thing} à la main, d'où de légères différences de teinte.",
        "Le remboursement apparaît sur votre compte sous {days} jours ouvrés.",
        "N'hésitez pas à nous écrire si quoi que ce soit reste à régler.",
        "Votre commande {order} est bien enregistrée à votre nom.",
    ),
    greeting="Bonjour,",
    farewell="Cordialement,\n{name}",
    quoted="Le {date}, {name} a écrit :",
)

ENGLISH = Language(
    subjects=(
        "Where is order {order}?",
        "My {thing} arrived broken",
        "Wrong colour: {thing} in {shade}",
        "Refund for order {order}",
        "Can you deliver to {town}?",
        "Invoice for my {shade} {thing}",
    ),
    customer=(
        "I ordered a {shade} {thing} {days} days ago and nothing has arrived so far.",
        "My order number is {order}.",
        "Tracking says that the parcel has been held at the depot in {town} since Monday.",
        "Could you please let me know when it is going to be delivered?",
        "When I opened the box I noticed that the {thing} has a crack along one side.",
        "I have attached a picture so that you can see for yourselves.",
        "I would rather have it exchanged than refunded, if that is still possible.",
        "It was meant as a birthday present and the party is next Saturday.",
        "The {shade} looks nothing like the photograph in your shop.",
        "Do I have to pay for the return myself?",
        "I have written twice already without an answer, which is really disappointing.",
        "Thank you in advance for your help, I do love your work.",
        "The courier came while I was out and did not leave a card.",
        "My neighbour {name} has not received anything either.",
    ),
    agent=(
        "We are sorry about the delay and have been in touch with the carrier this morning.",
        "Your {thing} left our workshop {days} days ago.",
        "The parcel should reach {town} before the end of the week.",
        "We can replace it free of charge or refund you in full, whichever you prefer.",
        "Just reply to this message with your choice.",
        "You will find the return label attached.",
        "Every {thing} is made by hand, so there are slight differences in shade.",
        "The refund will show up in your account within {days} working days.",
        "Please write to us if anything else remains to be settled.",
        "Your order {order} is registered under your name.",
    ),
    greeting="Hello,",
    farewell="Kind regards,\n{name}",
    quoted="On {date}, {name} wrote:",
)

GERMAN = Language(
    subjects=(
        "Bestellung {order}: wo ist mein Paket?",
        "{thing} kam beschädigt an",
        "Umtausch: {thing} in {shade}",
        "Rückerstattung der Bestellung {order}",
        "Lieferzeit nach {town}",
        "Rechnung für meine Bestellung",
    ),
    customer=(
        "ich habe vor {days} Tagen ein {thing} in {shade} bestellt und bisher nichts erhalten.",
        "Meine Bestellnummer lautet {order}.",
        "Laut Sendungsverfolgung liegt das Paket seit Montag im Verteilzentrum in {town}.",
        "Könnten Sie mir bitte mitteilen, wann es zugestellt wird?",
        "Beim Auspacken ist mir aufgefallen, dass das {thing} an einer Seite gesprungen ist.",
        "Ein Foto habe ich angehängt, damit Sie sich selbst ein Bild machen können.",
        "Ein Umtausch wäre mir lieber als eine Rückerstattung, falls das noch möglich ist.",
        "Es sollte ein Geburtstagsgeschenk sein, und die Feier ist nächsten Samstag.",
        "Das {shade} sieht völlig anders aus als auf dem Foto in Ihrem Laden.",
        "Muss ich die Kosten der Rücksendung selbst tragen?",
        "Ich habe schon zweimal geschrieben und keine Antwort bekommen, das enttäuscht mich.",
        "Vielen Dank im Voraus für Ihre Hilfe, ich schätze Ihre Arbeit sehr.",
        "Der Zusteller kam, als ich nicht da war, und hat keine Karte hinterlassen.",
        "Auch mein Nachbar {name} hat nichts angenommen.",
    ),
    agent=(
        "die Verspätung tut uns leid, wir haben heute früh beim Zusteller nachgefragt.",
        "Ihr {thing} hat unsere Werkstatt vor {days} Tagen verlassen.",
        "Das Paket sollte {town} noch vor Ende der Woche erreichen.",
        "Wir ersetzen es gern kostenlos oder erstatten Ihnen den vollen Betrag.",
        "Antworten Sie einfach auf diese Nachricht mit Ihrem Wunsch.",
        "Den Rücksendeschein finden Sie im Anhang.",
        "Jedes {thing} entsteht in Handarbeit, daher weichen die Farbtöne etwas ab.",
        "Die Erstattung erscheint innerhalb von {days} Werktagen auf Ihrem Konto.",
        "Schreiben Sie uns bitte, wenn noch etwas offen ist.",
        "Ihre Bestellung {order} ist unter Ihrem Namen eingetragen.",
    ),
    greeting="Guten Tag,",
    farewell="Mit freundlichen Grüßen\n{name}",
    quoted="Am {date} schrieb {name}:",
)

LANGUAGES = (FRENCH, ENGLISH, GERMAN)

"""Apps in which people write to each other, and the words around their names. Folded."""

from __future__ import annotations

from deskterm.rules.detectors.wording import word_set

APPS = (
    "whatsapp", "whats app", "what's app", "whatsap", "watsapp", "watsap", "whatapp", "wathsapp",
    "wassap", "wasap", "wsp", "instagram", "insta", "instagramm", "facebook", "face book",
    "face-book", "f b", "fcbk", "facebock", "telegram", "telegramm", "viber", "snapchat", "wechat",
    "tiktok", "tik tok", "twitter", "linkedin", "discord", "skype", "pinterest", "youtube",
    "imessage", "facetime", "line app", "signal app", "fb messenger", "facebook messenger",
    "threema", "kik", "bluesky", "mastodon",
)  # fmt: skip
#: Names of apps that are other words as well.
AMBIGUOUS = ("messenger", "signal", "snap", "line", "fb", "ig", "wa", "threads", "zoom")
#: Parts of their names without one of which a text has none, and names too short for that.
SIGNS = (
    "app", "4pp", "@pp", "gr", "insta", "1nst", "book", "b00k", "b0ok", "bo0k", "tok", "t0k", "cha",
    "viber", "twit", "linked", "disc", "skype", "pinter", "tube", "imess", "facet", "threema",
    "messen", "signal", "thread", "zoom", "wasap", "wassap", "whats",
    "bluesk", "mastod",
)  # fmt: skip
SHORT_APPS = word_set("fb ig wa f wsp fcbk kik snap line")
KNOWN = frozenset((*APPS, *AMBIGUOUS))
#: Those of them that are no words of their own, and those that nobody needs for a product.
ABBREVIATED = word_set("fb ig wa")
RARE_WORDS = word_set("messenger signal snap")
#: Names that are known when signs part all their letters, and those that are when one parts them.
WHOLE = frozenset(name for name in APPS if " " not in name and len(name) > 4)
HALVES = (
    *("whats app", "what s app", "insta gram", "face book", "tele gram", "tik tok", "snap chat"),
    "linked in",
)
FIRST_HALVES = frozenset(name.partition(" ")[0] for name in HALVES)
LAST_HALVES = frozenset(name.rpartition(" ")[2] for name in HALVES)
#: Names with figures and signs for letters.
LEET = (
    r"wh[a4@]t[s5$]?[ -]?[a4@]pp|f[a4@]c[e3]b[o0]{2}k|[i1!]n[s5$]t[a4@](?:gr[a4@]m)?"
    r"|t[e3]l[e3]gr[a4@]m|t[i1!]kt[o0]k"
)
#: What may stand behind an app and a colon in a list of what a product can do.
ANSWERS = word_set("yes no oui non ja nein si ok not nicht kein ohne sin senza sans without")
#: Signs behind an app that point at a name.
ARROWS = frozenset(":=>→➡➜➔⇒👉⬇↓▶☞»")
#: What may stand behind an app and an arrow on the way through a menu.
MENUS = word_set(
    """
    settings privacy account accounts apps menu devices notifications options login help more
    einstellungen konto datenschutz gerate benachrichtigungen optionen hilfe mehr
    reglages parametres compte confidentialite appareils options aide plus
    ajustes configuracion cuenta privacidad dispositivos opciones ayuda mas
    impostazioni profilo dispositivi opzioni aiuto altro privacy
    """
)
#: "Look fine": how something looks and nothing to do.
LOOKS = word_set("fine good great nice ok okay right different similar best lovely odd blurry")
#: Direct messages by their short names, and what is done with them.
DIRECT = word_set("dm dms pm pms mp inbox")
SENDING = word_set(
    """
    send drop shoot slide envoyez envoyer envoie laissez schicken schick senden sende mande manda
    mandenos mandanos envie envia envienos mandi mandaci invii inviaci inviateci
    """
)
SENDING_BEGINNINGS = ("envi", "mand", "invi", "schick")
OURS = word_set(
    """
    our ours us me my mine nous notre nos moi mon ma mes uns unser unsere unserem unseren unserer
    mir mich mein meine meinem meinen nuestro nuestra nuestros nuestras nosotros nos mi noi nostro
    nostra nostri nostre ci mio mia
    """
)
US = OURS | word_set("we wir nosotros estamos somos siamo")
US_ENDINGS = ("nos", "ci", "mi", "me", "teci", "temi", "noslo")
#: Words for what belongs to us there.
PLACES = word_set(
    """
    server serveur servidor page pages group groups account profile channel community handle
    business number story stories
    groupe compte profil chaine communaute numero seite gruppe konto profil kanal nummer pagina
    grupo cuenta perfil canal numero gruppo profilo canale
    """
)
TOWARDS = word_set(
    "on via by per through using sur par en chez auf uber bei por mediante su tramite"
)
#: The same before an article, or in one word with it.
LEADING = TOWARDS | word_set(
    "ubers im am dans sull sul sulla sulle nel nella nell nella to search at"
)
NUMBERS = word_set("number numero numeros nummer")
#: "We are on", "you find us on".
BEING = word_set("are re m be is sommes est sont etes sind ist bin estamos somos esta siamo e sono")
#: "There we are", "there I may": who is not, or may not, is denied.
PRESENT = word_set(
    """
    am are bin sind suis sommes est estoy estamos sono siamo
    may darf durfen puis peux pouvons puedo podemos posso possiamo
    """
)
USING = word_set("use using utilisez utiliser nutzen nutze benutzen use usa utilice usi usate")
SHOPS = word_set("shop store boutique magasin laden geschaft tienda negozio marque brand marke")
#: What asks the reader to write, look or go on.
ASKING = word_set(
    """
    write message contact reach text ping chat add find follow join search look send talk continue
    switch move visit like subscribe hmu reply answer respond ask speak dm hit drop shoot catch tag
    passez passer pasemos pasen ecrivez ecris ecrire contactez contacter ajoutez suivez suivre
    rejoignez retrouvez trouvez continuer discuter echanger
    cherchez parlons discutons continuez continuons passons envoyez venez echangeons abonnez likez
    demandez joignez repondez reponds repondons atiendo atendemos respondo respondemos contesto
    contestamos rispondo rispondiamo antworte antworten euch schreiben schreib schreibt
    kontaktieren kontaktiere folgen folge folgt finden findet find melden melde suchen such suche
    erreichen erreichst adden hinzufugen weiter senden sende schicken schick schickt chatten texten
    escriba escribe escribenos contacte contacta contactanos siga sigue siguenos busca busque
    buscanos encuentra encuentrenos anada agrega unete hable hablemos sigamos continuemos mande
    mandanos
    scriva scrivi scriveteci scrivici contatti contatta contattateci contattaci segua segui seguici
    seguiteci trovi trova trovaci cerchi cerca cercaci aggiunga aggiungi unisciti parliamo
    continuiamo passiamo mandi mandaci pasame paseme pasenos passami passaci passatemi
    """
)
#: Behind these "message" is a thing and nothing to do.
DETERMINERS = word_set("your the this that a my our last first each any")
ASKING_BEGINNINGS = (
    "escrib", "contact", "sigu", "siga", "busca", "busqu", "encuentr", "agreg", "anad", "unet",
    "unas", "habl", "mand", "envi", "scriv", "contatt", "segui", "trov", "cerca", "cercat",
    "aggiung", "ecriv", "suiv", "rejoi", "retrouv", "kontakt", "hinzu",
)  # fmt: skip
#: What makes it the better way, or the one to take.
BETTER = word_set(
    """
    faster quicker easier better instead rather directly direct please pls prefer preferred
    available reachable rapide vite simple facile mieux plutot directement svp stp preferable
    dispo disponible joignable
    schneller einfacher besser lieber direkt bitte erreichbar stattdessen
    rapido facil mejor directamente favor disponible prefiere
    veloce rapido semplice meglio direttamente favore piuttosto disponibile
    """
)
#: What makes it the better one.
COMPARING = word_set(
    """
    faster quicker easier better simpler rapide simple facile mieux schneller einfacher besser
    rapido facil mejor comodo veloce semplice meglio
    """
)
FEATURES = word_set(
    """
    support supports supported compatible compatibility works work notification notifications calls
    call app apps feature features install installed preinstalled display displays shows show
    receive receives mirror stream streams streaming
    streamen kamera live button logo sticker share login prend
    prennent charge compatibles appels appel diffuse diffuser affiche afficher application
    applications fonctionne fonctionnent permet lit recevoir logo autocollant montre unterstutzt
    unterstutzen kompatibel anrufe anruf funktioniert zeigt anzeigen benachrichtigungen ubertragt
    streamt anwendung app uhr compatible llamadas llamada admite muestra funciona notificaciones
    aplicacion aplicaciones transmite reloj soporta compatibile chiamate chiamata supporta mostra
    funziona notifiche applicazione applicazioni trasmette orologio
    """
)
FEATURE_BEGINNINGS = ("notific", "benachricht", "kompatib", "compatib", "unterstutz")
DENIALS = word_set(
    """
    not never nor ni weder don doesn dont cannot can't without no neither
    pas jamais aucun ne sans nicht kein keine keinen nie niemals ohne
    no nunca ningun ninguna sin tampoco nada
    non mai nessun nessuna senza niente
    """
)
#: "Do not hesitate to write": a denial that denies nothing.
DENIED_DOUBTS = word_set(
    """
    hesitate hesitez hesite hesiter zogern zogere dude dudes dudar esiti esitare esita esitate why
    pourquoi warum porque perche problem probleme problema souci soucis only just also
    """
)
#: After these a name with an at sign is an account.
HANDLE_CUES = ASKING | word_set(
    """
    handle username user account insta instagram telegram snap profile under name nickname
    compte pseudo profil nom sous appelle
    unter konto nutzername heisst heißt
    cuenta usuario perfil como profilo utente conto nome
    """
)

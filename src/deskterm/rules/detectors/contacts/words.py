"""Words that the detectors of contacts know, in English, French, German, Spanish and Italian.

All folded: lower case, no accents.
"""

from __future__ import annotations

from deskterm.rules.detectors.wording import word_set

#: After these a site or an address is named.
ADDRESS_CUES = word_set(
    """
    site website web webpage webshop page url link homepage blog visit www online domain shop store
    adresse internet visitez consultez rendez boutique lien voir seite webseite internetseite
    adresse besuchen besuche unter onlineshop laden sitio pagina visite visita enlace tienda sito
    visiti visitate indirizzo negozio
    """
)
#: After these an e-mail address is named.
MAIL_CUES = word_set(
    """
    mail email emails mails e write contact reach address inbox
    courriel mel ecrivez ecrire contactez contacter joindre adresse
    mailen schreiben schreib anschreiben erreichbar kontaktieren kontakt mailadresse
    correo escriba escribe escribanos escribenos escribir contacte direccion
    posta scriva scrivi scriveteci scrivici contatti contattateci contattaci indirizzo
    """
)
#: Words that stand before "at" without being the name of a mailbox.
NO_LOCAL_PARTS = word_set(
    """
    us me it them him her you look looking arrive arrived arrives stay available order ordered buy
    bought shop store find found see sold sell delivered delivery be is was are were here there
    found back live on account member people team staff working work works start starts starting
    nous moi vous lui eux est sont achat achete achetee commande commandez disponible livre livree
    livraison passez reste rester retour uns mir ist sind kaufen bestellen bestellt gekauft
    lieferung bleiben arbeitet nosotros mi esta estan compra comprado noi me sta acquistato
    """
)
#: Shortened words, behind which a full stop is no part of a host.
ABBREVIATIONS = word_set(
    """
    ex ref refs art nr no num vol tel max min ca approx incl excl inkl exkl etc bzw ggf evtl usw
    env av apr fig pag dim larg haut prof st dr mr mrs ms mme mlle sig sr sra vs zzgl abb bsp kl gr
    std temp fam firma gen geb tgl ung vgl ej pej aprox uds ud nro es dott
    """
)
#: Words that no host begins with.
ARTICLES = word_set(
    """
    the a an this that these those of to in on at with and or for my your our its is
    le la les un une des du de au aux ce cet cette ces en et ou mon votre notre ton petit
    der die das den dem des ein eine einen einem einer am im zum und oder mein ihr unser
    el los las una unos unas del al y o este esta ese su mi tu nuestro en con
    il lo gli i uno dello della dei delle nel questo quel mio suo
    par auf
    polka red black white blue green echo quantum same each every first second last next full
    """
)
#: "Our name, then .com".
APPENDING = word_set(
    """
    add plus then followed append with ajoutez ajouter puis suivi suivie terminez anhangen dahinter
    dann gefolgt anade anadir mas seguido luego aggiunga aggiungi piu seguito poi
    """
)
#: Mail providers that are other things as well.
TELECOMS = word_set(
    "outlook live msn orange free wanadoo laposte sfr neuf web libero virgilio tiscali telefonica"
)
#: Mail providers, also as they are spelled for the ear.
PROVIDERS = word_set(
    "gmail googlemail geemail gemail jmail hotmail yahoo icloud gmx protonmail aol"
) | {
    *("gee mail", "g mail", "jee mail", "ge mail", "gi mail", "google mail", "hot mail", "ya hoo"),
    *("i cloud", "proton mail"),
}

"""Words that tell nothing of what a message is about: articles, pronouns, forms of politeness.

Question words and negations are not among them: "where" and "not" tell a lot.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS: Final = _set(  # English
    "a an the this that these those it its i me my we us our you your u ur he she they them their"
    " is am are was were be been being have has had do does did will would shall should can could"
    " may might must to of in on at by for from with as and or but so if then than there here"
    " hello hi hey dear please pls regards best kind sincerely good morning afternoon evening day"
    " just also very really some any all about into up im ive id ll ve re s t d m"
    " want like need get got let know tell give help"
    # French
    " le la les l un une des du de d je j m me moi mon ma mes nous notre nos vous votre vos tu te"
    " toi ton ta tes il elle on ils elles lui leur se ce c cet cette ces ca cela est es suis sont"
    " etes sommes ai as a avons avez ont etait etais ete etre avoir fait faire et ou mais donc or"
    " car que qu qui dont en y au aux par pour sur dans avec sous si alors bien tres svp stp"
    " bon bonne journee soiree apres-midi weekend"
    " bonjour bonsoir salut madame monsieur cordialement merci d'avance voudrais souhaite"
    " aimerais veux peux pouvez pourriez puis aussi encore deja plus"
    # German
    " der die das den dem des ein eine einen einem einer ich mir mich mein meine meinen meiner"
    " meinem wir uns unser unsere sie ihr ihre ihnen ihren du dir dich dein deine er es ist sind"
    " bin war waren hat habe haben hatte wird werden wurde und oder aber denn dass zu zum zur im"
    " in am an auf mit von vom bei fur fuer aus als so auch noch schon mal bitte hallo guten tag"
    " liebe lieber mfg grusse gruss freundlichen herr frau mochte moechte konnen kann konnte"
    " konnten sehr doch"
    # Spanish
    " el los las una unos unas yo mi mis me nos nuestro tu tus su sus usted ustedes lo le les se"
    " es son soy esta estan estoy este esto esa ese ha he han hay ser estar y o pero que de del"
    " al con por para en como si ya muy mas hola buenos dias buenas tardes saludos favor quiero"
    " quisiera querria puedo puede pueden podria"
    # Italian
    " il lo gli i uno mio mia miei mie mi ci nostro tuo tua suo sua voi vostro vi ti si e sono sei"
    " siamo ho hai ha hanno avete abbiamo"
    " stato stata essere avere ed ma che di del della dei"
    " delle dal dalla al alla allo ai nel nella con per su da in come se gia molto piu ciao"
    " buongiorno salve saluti gentile vorrei posso potete potrei puo"
    # Dutch
    " de het een ik mij mijn me wij we ons onze jij je jouw jullie uw hij zij ze hun is ben zijn"
    " was waren heb heeft hebben had word wordt worden en of maar dat dit die deze te van voor"
    " met op aan in uit bij naar om als ook nog al wel graag wil zou kan kunnen kunt hallo hoi"
    " goedendag goedemorgen groet groeten vriendelijke beste alstublieft alsjeblieft aub heel er"
)

#: Negations and question words: they tell a lot, and nothing to a person who reads one by itself.
ASIDE: Final = _set(
    "not no never nothing when where how which who why since until what"
    " ne n pas rien jamais quand ou comment combien depuis toujours quoi quel quelle"
    " nicht kein keine keinen nie nichts wann wo wie seit warum was"
    " nunca nada cuando donde como cual desde por porque"
    " non mai niente quando dove come quale perche"
    " niet geen nooit niets wanneer waar hoe sinds waarom wat"
)

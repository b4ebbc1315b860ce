"""One-liners with and without contacts, in five languages, of our own invention.

A line is a language and a text; `⏎` stands for a line break. Of those in `MAYBE` nobody is sure.
Names are reserved (RFC 2606) or made up; numbers are those kept for fiction where a country keeps
some (Ofcom, ARCEP, Bundesnetzagentur, NANP 555-01xx), and plain rows of figures elsewhere.
"""

from __future__ import annotations

EMAIL = """
en Please do not write here, mail info@example.org
en You can reach the workshop at repairs@example.org any day.
en Mail me: jo.bloggs+orders@mail.example.com
en Please write to service[at]example[dot]org
en warranty AT example DOT com is the right mailbox
en My address is anna underscore k at example dot co dot uk
en Send the picture to photos (at) example.net
en s u p p o r t @ e x a m p l e . c o m
en s u p p o r t @ e x a m p l e . o r g a day earlier
en returns＠example.com
en re\u200bturns@exam\u200bple.org
en hello at lampworks dash studio dot com
en replies go to desk{at}example{dot}org
en forward it to jamie at gee mail
en best via jamie1980 at gmail
en Ask bob@example,com for the drawing
en bob <at> example <dot> com
en invoice-copy @ example . net
en My e-mail: kim*at*example*dot*org
en send to spares@example.⏎org
en claims@ехample.com handles it
en Contact us on 𝗁𝖾𝗅𝗉@𝖾𝗑𝖺𝗆𝗉𝗅𝖾.𝖼𝗈𝗆
en write sales-at-example-dot-com
en drop a line to tom [@] example [.] org
en info at our-shop dot example
en mail bob.smith at hotmail
fr Écrivez-nous sur sav@exemple-boutique.fr
fr notre mail est contact arobase lampes point fr
fr contact (arobase) meubles-durand (point) com
fr sav chez exemple tiret boutique point fr
fr vous pouvez me joindre : julie.b @ exemple . fr
fr J'attends vos photos à photos[a]exemple.fr
fr adresse : atelier @ exemple point net
fr jean point dupont arobase gmail point com
fr envoyez la photo à marie arobase hotmail
fr mon courriel : sav﹫exemple．fr
fr p i e c e s @ e x e m p l e . f r
fr sav AROBASE exemple POINT org
fr réponse plus rapide : garantie@exemple.boutique
fr écrivez à service_client arobaze exemple point com
de Schreiben Sie an reparatur@beispiel.de
de unsere Mail: hilfe ät beispiel punkt de
de kontakt(at)beispiel-laden(punkt)de
de info Klammeraffe muster-shop Punkt com
de bitte an ersatzteile [ät] beispiel [Punkt] de schicken
de max punkt muster at gmail punkt com
de Fotos bitte an fotos @ beispiel . de
de service at beispiel minus shop punkt de
de k o n t a k t @ b e i s p i e l . d e
de rechnung＠beispiel。de
de team{at}beispiel{punkt}org
es Escríbanos a taller@ejemplo.es
es el correo es ventas arroba mitienda punto com
es mande la foto a fotos (arroba) ejemplo (punto) es
es mi email: ana punto lopez arroba gmail punto com
es soporte arroba ejemplo guion tienda punto es
es contacto @ ejemplo . com
es tienda ARROBA ejemplo PUNTO net
es c o r r e o @ e j e m p l o . e s
es escriba a garantia[arroba]ejemplo[punto]org
it Ci scriva a officina@esempio.it
it la mail è ricambi chiocciola esempio punto it
it scrivere a info (chiocciola) negozio-esempio (punto) com
it mario punto rossi chiocciola gmail punto com
it foto a foto @ esempio . it
it garanzia[at]esempio[punto]it
it p o s t a @ e s e m p i o . i t
it assistenza chiocciola esempio trattino shop punto com
en jane_doe AT gmail.com
en info@example .org
en info @example.org
en info@ example.org
fr écrivez à sav, arobase, boutique, point, fr
en support at example com
en jane(at)example.com (remove brackets)
en my gmail is janedoe55
en gmail: janedoe55
en first name dot last name at example dot org
en mail to jane @ outlook
en kontact: info(at)beispiel.de
de info bei beispiel punkt de
fr contact-arobase-boutique-point-fr
fr sav @ boutique-exemple point fr
fr s.a.v arobase boutique point com
es info(arroba)tienda.es
es info @ tienda punto es
it info [chiocciola] negozio.it
it scriva a info at negozio punto it
en atelier [at] example [dot] net
en parts underscore dept at example dot com
en write us: info(@)example(.)com
en info [ at ] example [ dot ] com
en hello(at)example,com
en my mail: firstname.lastname (at) example.org
en mail: shop_at_example_dot_com
en Reach me on shop@ example . com
en shop@example(dot)com
en shop(at)example.com
en s-h-o-p at example dot com
en email is "lamp shop" no space at gmail dot com
en lampshop at outlook com
en please email lampshop at yahoo
en shop\u200b@\u200bexample.com
en sh0p@ex4mple.com
en ѕhор@example.com
en ｓｈｏｐ@ｅｘａｍｐｌｅ．ｃｏｍ
en ⓢⓗⓞⓟ@example.com
fr boutique[at]exemple[dot]fr
fr ecrivez moi sur boutique arobase gmail
fr boutique chez gmail point com
fr mail b o u t i q u e arobase gmail point com
fr mon e-mail : prénom.nom (at) exemple (point) fr
fr contact@exemple,fr
fr contact at exemple point fr
fr contact arobase exemple tiret boutique point com
de laden (a) beispiel (punkt) de
de laden-at-beispiel-punkt-de
de laden Ät beispiel Pkt de
de Schreiben Sie an laden at beispiel punkt de
de laden@beispiel de
de e-mail laden bei gmx punkt de
es tienda(arroba)gmail.com
es tienda arroba hotmail punto com
es correo: tienda @ gmail com
es tienda [@] ejemplo [.] es
it negozio(chiocciola)gmail.com
it negozio chiocciola libero punto it
it scrivimi a negozio at libero punto it
it negozio @ libero . it
it mail negozio AT esempio DOT it
en inst@gram lampworks.studio
en wh@tsapp me on the number on the label
en h-e-l-p@l-a-m-p-w-o-r-k-s.c-o-m
en h-e-l-p-at-l-a-m-p-w-o-r-k-s-dot-c-o-m
fr écrivez à s-a-v-@-l-a-m-p-e-s-.-f-r
de i-n-f-o@m-u-s-t-e-r.d-e
en info@lampworks,com
en info , at , lampworks , com
en i n f o (at) l a m p w o r k s (dot) c o m
en write to info (a) lampworks (.) com
en info[@]lampworks[,]com
en info @ lampworks , com (comma is a dot)
fr sav @ lampes-durand , fr
fr sav arobase lampes-durand , fr
fr sav, arobase, lampes-durand, point, fr
de info @ lampen-muster , de
es info arroba lamparas , com
it info chiocciola lampade , it
en TT @ glowbar.studio
en p_o_t_s@c_l_a_y.o_r_g
en mail orders @ clay , com
fr écrivez à commandes @ poterie , com
de post @ topfwerk , de
en mail me: \u202emoc.elpmaxe@skrowpmal\u202c
en moc.elpmaxe@skrowpmal, spelled backwards
en Take our shop name, add gmail at the end, and write there.
en my name on here followed by gmail
en My username plus the yahoo thing with the usual ending.
en our store name and behind it hotmail, then the normal ending
en my handle here, then gmail
fr Notre nom de boutique, puis gmail, et la fin habituelle.
fr Mon pseudo ici, ajoutez gmail derrière.
fr Prenez mon pseudo et mettez gmail après.
fr mon adresse c'est lampesdurand et puis celle de google
de Mein Nutzername hier, dahinter gmail und die übliche Endung.
de unser Shopname und dann gmx
de Hängen Sie gmail an meinen Nutzernamen an.
de Meine Adresse ist lampenmuster und dann das von Google.
es Mi usuario aquí y luego gmail.
es Ponga gmail detrás de nuestro nombre de tienda.
es mi correo es lamparas y después lo de google
it Il mio nome utente e poi gmail.
it Aggiunga gmail dopo il nome del negozio.
it la mia mail è lampade e poi quella di google
en my address: tomsrecords, then the google one
en shop name, then yahoo with the usual ending, that's our mail
fr mon mail à l'envers : rf.elpmexe@dnarud
es nuestro correo al revés: moc.elpmaxe@saralpmal
en Write to me: same name as the shop, then gmail.
en mail me at my ebay name plus hotmail
en my email is the shop name and then the yahoo one
en My ebay id, with gmail after it
fr Écrivez-moi : mon pseudo suivi de gmail
fr le nom de la boutique avec gmail derrière
de Einfach meinen Namen hier und dann gmx dahinter.
es mi nombre de usuario seguido de hotmail
it il nostro nome seguito da libero
it nome del negozio più gmail
de laden at-Zeichen beispiel Punkt de
en info then the at sign then lampworks then dot com
en My box is lampfix, then a curly a, then example, dot, org.
en It's jamie, the a with a circle round it, example, full stop, com
en mail goes to repairs, the a in a ring, workbench dot example
en kim, the little snail sign, example dot net
en Our inbox: spares, shift and 2, then example, period, org
en inbox is jo55, monkey tail, gmail
fr Mon mail : zoelampes, le a entouré, exemple, point, fr
fr julie55, puis le a avec un rond autour, puis exemple point com
fr notre boîte : sav, a commercial, exemple point org
fr écrivez à atelier, le petit escargot, exemple point net
de Unsere Mail: hilfe, das a mit dem Kringel, beispiel, Punkt, de
de werkstatt, dann das eingekringelte a, dann beispiel Punkt com
de kontakt, a im Kreis, beispiel punkt org
de post, das a mit Schwänzchen, beispiel Punkt net
es mi correo es taller22, la a redonda, example punto org
es escríbame: nuria, la a con el circulito, example punto com
es buzón: pedidos, la a encerrada en un círculo, ejemplo punto es
it la mia mail: lara77, la a con la codina, example punto net
it bottega, poi la a cerchiata, poi example punto it
it officina, a commerciale, example punto com
en our shop name at the google one
en same name as our store @ the yahoo one
en my username here @ gmail
en my username at the google mail
fr le nom de notre boutique @ celui de google
fr notre pseudo arobase celui de google
de unser Shopname ät das von Google
de unser Ladenname @ das von google
es el nombre de nuestra tienda @ lo de google
es mi usuario arroba el de google
it il nome del nostro negozio @ quello di google
it il mio nome utente chiocciola quello di google
en lampfix AT-SIGN example DOT-NET
fr notre adresse sans arobase : sav chez exemple, point, fr
de werkstatt bei beispiel Punkt de
it officina, poi chiocciola, poi example, poi punto, poi net
en repairs AT-SIGN example DOT-ORG
fr atelier, puis arobase, puis exemple, puis point, puis net
es taller, luego arroba, luego example, luego punto, luego net
de notre, werkstatt, dann Klammeraffe, dann beispiel, dann Punkt, dann net
fr contact arobase exemple trait d'union boutique point com
fr sav puis arobase puis lampes-durand puis point fr
fr boîte : retours, puis le petit a entouré, puis example.org
en box: returns, then the round a, then example.net
es buzón: taller, la a redonda, example.com
"""

PHONE = """
en ②⓪①⑤⑤⑤⓪①④②
en 2️⃣0️⃣1️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣2️⃣ any time
en ask for Kim, 𝟐𝟎𝟏𝟓𝟓𝟓𝟎𝟏𝟒𝟐
en 07700 nine-double-oh 412, after six is fine
en 01632 nine-six-oh triple-one
de 0171 drei-neun-zwo doppel-null 412, ab sechs
fr 06 trente-neuf 98 zéro-un deux-zéros
es 612 doble-cero tres-cuatro 412
en Do not wait, text us at 07700 900123
en You can ring us on 01632 960 411
en Call 07700 900123 after six
en our number: +44 20 7946 0182
en Text (555) 555-0142 with the photo
en 212.555.0187 is the workshop
en 1 800 555 0199 ext 4
en call me, 555 555 0123
en O1632 96O 411
en 0l632 960411
en zero one six three two nine six oh four one one
en oh seven seven double zero nine hundred one two three
en my cell is five five five, five five five, oh one four two
en 0 1 6 3 2 9 6 0 4 1 1
en 077 00 90 01 23
en 07700⏎900⏎123
en 0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣
en ⓪⑦⑦⓪⓪ ⑨⓪⓪①②③
en 07700/900-123
en 07700 ... 900 ... 123
en phone plus four four seven seven double oh nine hundred one two three
en WhatsApp +447700900123
en 0044 7700 900123
en call 0 7 7 0 0 - 9 0 0 - 1 2 3 now
en seven seven double oh, nine double oh, one two three, with a zero in front
en Our help line 555-0142 is open until five
en reach me: 07700_900_123
fr Appelez-nous au 01 99 00 47 11
fr mon portable : 06.39.98.12.34
fr 06-39-98-12-34 pour aller plus vite
fr +33 (0)6 39 98 12 34
fr 0033639981234
fr 0639981234
fr zéro six, trente-neuf, quatre-vingt-dix-huit, douze, trente-quatre
fr zero un quatre vingt dix neuf zero zero douze treize
fr zéro six soixante-dix sept 98 12 34
fr O6 39 98 12 34
fr O6.39.98.l2.34
fr 06 39 98⏎12 34
fr ０６ ３９ ９８ １２ ３４
fr 06 / 39 / 98 / 12 / 34
fr 06, 39, 98, 12, 34
fr 06 - 39981234
fr 0 6 3 9 9 8 1 2 3 4
fr tél zéro un quatre-vingt-dix-neuf zéro zéro quarante-sept onze
fr 06\u200b39\u200b98\u200b12\u200b34
fr mon numéro c'est le 6 39 98 12 34
fr joignable au 06 tiret 39 tiret 98 tiret 12 tiret 34
fr zéro-six-trois-neuf-neuf-huit-un-deux-trois-quatre
de Rufen Sie uns an: 030 23125 014
de Tel. 089/99998-123
de mobil 0171 3920012
de 0152 288 174 21
de +49 (0)30 23125014
de 0049 30 23125014
de null drei null zwei drei eins zwei fünf null eins vier
de null eins fünf zwo zwei acht acht eins sieben vier zwei eins
de Handy O152 288l7421
de 0 1 5 2 2 8 8 1 7 4 2 1
de Sie erreichen uns unter 0221 4710 123
de null hunderteinundsiebzig neununddreißig zwanzig null null zwölf
de 015228817421
de ０３０ ２３１２５０１４
es Llámenos al 600 123 456
es mi móvil: 612 34 56 78
es teléfono 91 123 45 67
es +34 699 123 456
es 0034 699123456
es seis nueve nueve uno dos tres cuatro cinco seis
es seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho
es seis doce, treinta y cuatro, cincuenta y seis, setenta y ocho
es marque el 9 1 1 2 3 4 5 6 7
es mi whats 699 123 456
es llame al 699l23456
it Ci chiami allo 02 5550 1234
it cellulare 333 555 0147
it il mio numero 347 5550147
it +39 06 5550 1234
it 0039 3475550147
it tre quattro sette cinque cinque cinque zero uno quattro sette
it tre quattro sette, cinquantacinque, cinquanta, quattordici, sette
it zero due cinque cinque cinque zero uno due tre quattro
it chiamate 3 4 7 5 5 5 0 1 4 7
it numero verde 800 123 456
it tel. O2 555O1234
en +33 six 39 98 55 66
fr 06 39 98 cinquante-cinq 66
fr 06 39 98 55 six six
en 07700 nine hundred 555
en 07700 900 triple five
en +44(0)7700900555
en 0044-7700-900-555
de null eins fünf zwei - zwei acht acht eins - sieben drei acht sechs
de 0I52 2881 7386
en tel:0 639 985 566
fr 0.6.3.9.9.8.5.5.6.6
fr 06 trois neuf 98 55 66
fr zéro-six 39 98 55 66
fr + 3 3 6 3 9 9 8 5 5 6 6
fr 00 33 6 39 98 55 66
fr 33 6 39 98 55 66
fr 06..39..98..55..66
fr 06 39 98 55 6 6
fr (06) 39 98 55 66
fr 06·39·98·55·66
fr 06 39 98 55 66 demandez Julie
fr 06-39 98-55 66
fr 06:39:98:55:66
fr 06'39'98'55'66
fr 063 998 5566
fr 0639 98 5566
en 1-800-555-LAMP
en call 555.0142
en call us toll free 1 (888) 555 0101
en 888.555.0101
en +1-212-555-0150
en text 2125550150
en (212)5550150
en 212 - 555 - 0150
en two one two, five five five, zero one five zero
en twenty-one two five five five oh one fifty
en o two o seven nine four six o three two one
de Tel null drei null zwei drei eins zwei fünf
de rufen Sie 0800 1234567 an
de Tel.: (030) 23125-014
de 0152/28817386
de 0152-288-17386
de +49152 28817386
de +49 152 2881 7386
de Vorwahl 030, dann 23125014
es seis nueve nueve, ciento veintitrés, cuatro cinco seis
es tfno 699-123-456
es tlf. 699123456
es WhatsApp 699 12 34 56
it tre-quattro-sette cinque-cinque-cinque zero-uno-tre-quattro
it 347-5550134
it 347/5550134
it cell. 347 5550134
it chiami il 06 5550 1234
en Oh seven seven zero zero, nine zero zero, one two three
en 0-7-7-0-0-9-0-0-1-2-3
en 0.7.7.0.0.9.0.0.1.2.3
en +44 (7700) 900 123
en +44.7700.900.123
en 4 4 7 7 0 0 9 0 0 1 2 3
en tel +447700 900-123
en 07700(900)123
en 07 700 900 123
en 0770 0900 123
en number: 07700-900 then 123
en 020-7946-0182
en 01632960411
en (01632) 960411
en Call: 01632 96 04 11
en 555 / 555 / 0142
en [555] 555-0142
en 5.5.5.5.5.5.0.1.4.2
en area code 212 then 555 0150
en 2125550150 is my cell
en txt me @ 2125550150
en phone two-one-two 555-0150
en five 5 5 five 5 5 zero 1 four 2
en +1 (555) 555-0142 ext. 12
en tel. no. 555 555 0142
fr 06 39 98 12 trente-quatre
fr zero six 39 98 12 34
fr 06.39.98.12.3 4
fr 06 39\u00a098\u00a012\u00a034
fr 06\t39\t98\t12\t34
fr ⓿❻ ❸❾ ❾❽ ❶❷ ❸❹
fr 0⃣6⃣3⃣9⃣9⃣8⃣1⃣2⃣3⃣4⃣
fr o6 39 98 12 34
fr (0)6.39.98.12.34
fr +33639981234
fr +33 6 39 98 12 34
fr ++33 6 39 98 12 34
fr 00.33.6.39.98.12.34
fr 336 39 98 12 34
fr O1.99.OO.47.11
fr zéro un nonante-neuf zéro zéro quarante-sept onze
fr six trois neuf neuf huit un deux trois quatre, avec un zéro devant
fr sms au 06 39981234
fr 06 39 98 - 12 34
fr 06 39 98 (12) 34
fr 06 39 98 12 34 (Julie)
de 030-23125014
de 03023125014
de (030) 23125 014
de 030 / 231 250 14
de 0 30 23 12 50 14
de +49.30.23125014
de +4930 23125014
de Festnetz null drei null dann 23125014
de Handynummer 0171-3920012
de 0171 39 200 12
de Durchwahl 0221 4710-123
de Null Eins Sieben Eins Drei Neun Zwo Null Null Eins Zwo
de WhatsApp: 0171 3920012
es 91-123-45-67
es 600123456
es 6-0-0-1-2-3-4-5-6
es seiscientos, ciento veintitrés, cuatrocientos cincuenta y seis
es móvil seis cero cero uno dos tres cuatro cinco seis
es 34 600 123 456
es (+34) 600 123 456
es nueve uno, uno dos tres, cuatro cinco, seis siete
it 3475550147
it tre quattro sette 5550147
it +393475550147
it 02-55501234
it 0255501234
it 02 55 50 12 34
it zero due 5550 1234
it fisso 06.5550.1234
it otto zero zero, uno due tre, quattro cinque sei
en Whats App: +44 7700 900123
en Quickest is our help line, area code 312, then 555, then 01 and 62.
en Area code 212, next 555, and finally 0147.
en Our number begins 07700, then come 900 and 263.
en call 212, followed by 555, followed by 0188
en Phone: 0 7 7 double 0, and 900, and then 4 1 8
en ring 01632 first, then 960, then 411
en phone us: 07700 plus 900 plus 418
fr Composez le 06, ensuite 39, après 98, et pour finir 14 60.
fr Notre numéro commence par 01 99, suivi de 00 41 et se termine par 27.
fr appelez le zéro un, ensuite le 99, ensuite 00 puis 41 et 27
fr Le début c'est 06 39 98, la fin c'est 71 04, appelez quand vous voulez.
fr Tél. : 06 et 39 et 98 et 71 et 04
de Vorwahl 030, danach 23125, am Ende 417.
de Rufen Sie an: erst 0152, dann 288, zum Schluss 17386.
de Unsere Nummer fängt mit 0152 an, weiter geht es mit 288 und 17386.
de Telefon: 030, gefolgt von 231, gefolgt von 25417
es Llame al 699, después 123, y al final 456.
es Nuestro número empieza por 699, sigue con 142 y termina en 308.
es Marque el 91, seguido de 123, seguido de 4567
it Chiami il 347, poi 555, infine 0134.
it Prefisso 02, quindi 5550, e per finire 1234.
it Componga prima 347, seguito da 555 e poi 0134
en call or txt (6 4 6) ... five5five ... 01 8 8
en ring 0seven7zero0 nine00 four18
en text me 2one2 five5five 01four7
en two1two-555-zero1four7
en (212) five55 oh1four7
en 07seven00 9zero0 4one8
fr 0six 39 98 7un zéro4
fr o6trente9 98 71 04
de ruf an: null3null 231zwei5 41sieben
de 0eins5zwei 288 17drei86
es llame al seis99 cuatro2uno 3cero8
es 6nueve9 14dos 30ocho
it chiama il 3quattro7 cinque55 zero134
it tre47 555 01tre4
en (6 4 6) - [5 5 5] - {0 1 8 8}
en 6*4*6*5*5*5*0*1*8*8 call
en txt 646~555~0188
en call 646 🙂 555 🙂 0188
en call 646 (that's the area code) 555 0188
en Call 646-five five five-0188
en Ring 01632 then 960 and lastly 733
en phone 2 1 2 and 5 5 5 and 0 1 4 9
fr Pour nous joindre faites le 01, puis le 99, puis 00, 41 et 27.
fr Indicatif 01 puis 99 00 et pour terminer 62 35
de Telefonisch: Vorwahl 0221, gefolgt von 4710 und 123
es El teléfono: 612, después 345 y termina en 678
es Empieza por 91, sigue 123 y acaba en 4567, llámenos
it Prefisso 06, poi 5550 e infine 1234
it Il nostro cellulare: 333 poi 555 poi 0147
en text 5five5-01-four4
en 07seven00 900 onetwothree call
en call: oneninetwo fivefivefive 0144
en call \u202e321009 00770\u202c
en our number backwards: 321 009 00770
en Our number:⏎01632⏎then 960⏎then 411
en here it is bit by bit: 07700, then 900, then 418
en Number: 020 then 7946 then 0182
en first 07700⏎then 900⏎and then 123, call any time
fr Le numéro en morceaux : 06⏎puis 39⏎puis 98⏎puis 71⏎puis 04
fr numéro :⏎01 99⏎puis 00⏎puis 47 11
fr notre numéro, par bouts : 06 39, puis 98, puis 71 04
de Nummer in Teilen:⏎0152⏎dann 288⏎dann 17386
de unsere Nummer: 030, dann 231, dann 25417
es El número por partes:⏎699⏎luego 123⏎luego 456
es nuestro número: 91, luego 123, luego 45 67
it Il numero a pezzi:⏎347⏎poi 555⏎poi 0134
it il nostro numero: 02, poi 5550, poi 1234
de Nummer in Stücken: 0171, dann 392, dann 0012
fr Le numéro par bouts : 06, puis 39, puis 98, puis 71, puis 04
en Write it down: 07700 then 900 then 264
en 07700, then 900, then 264
de in Teilen: 0171 - dann 392 - dann 0012
it il numero a pezzi: 02 poi 5550 poi 1234
en The spares desk picks up on (212) 555-0147 from nine.
en Reach the parts team at 646-555-0118 before noon.
en Parts department, (503) 555-0192, they have the gasket.
en Somebody answers at 617 555 0133 on weekdays.
en Order line for parts (415) 555-0155, leave a message there.
en Our file cabinet expert sits at (720) 555-0121 most days.
en Model advice: (808) 555-0109, ext. 4.
fr Le service client décroche au 01 99 00 42 17 dès 9 h.
fr Pour les pièces, c'est Karim qui répond au 06.39.98.12.45.
de Das Teilelager hebt unter (030) 23125 014 ab.
de Beim Kundendienst geht jemand unter 0171 3920014 ran.
es En recambios atienden en el 699 188 306 toda la mañana.
es La centralita está en el 91 112 34 56 y la pieza se pide allí.
it Per i pezzi risponde Piero allo 06 55501 44 fino alle sei.
it Il centralino è 02 5550 1987, chieda del laboratorio.
es Pregunte por Nuria en el 688.120.457, es la encargada.
es Apunte: 655.300.127, de nueve a dos.
es El taller, 911.230.456, le dirá el precio.
es Le atiende Rosa (677.404.118) sin esperas.
es Mejor hablamos: 722.145.690
it Chieda di Marco, 347.555.0188, per la misura.
it La bottega: 328.555.01.42
fr Demandez Zoé, 06.39.98.55.20, elle vous expliquera.
de Fragen Sie Jens, 0171.392.00.14, der kennt das Gerät.
en Ask Dana, 312.555.0164, she runs the bench.
en UK bench 020.7946.0123 for the manual.
es Iván lleva eso 644.901.233 hasta las ocho
it 3*4*7 / 5*5*5 / 0*1*8*8 e chieda di Lara
it 3•2•8 • 5•5•5 • 0•1•4•2 è il mio
en 3~1~2 ~ 5~5~5 ~ 0~1~6~4 any time
en 3|1|2 / 5|5|5 / 0|1|6|4 and ask for Dana
en 312*555*0164 is the bench
fr Mon portable : 06*39*98*12*45
fr 06~39~98~12~45 pour aller plus vite
fr 0·6 / 3·9 / 9·8 / 1·2 / 4·5, demandez Zoé
de Handy: 0171*392*00*14
de 0_1_7_1 / 3_9_2 / 0_0_1_4, nach sechs
es Mi teléfono 688*120*457
es 6·8·8 / 1·2·0 / 4·5·7, pregunte por Nuria
es llámame al 644×901×233
fr le portable : 06, trente-neuf, quatre-vingt-dix-huit, deux zéros, douze
fr Le fixe : 01, ensuite 99, ensuite deux zéros, ensuite 42, et 17 pour terminer.
fr Mon portable c'est 06, puis 39, puis trois zéros, puis 17, puis 4
en Call oh two oh, then seven nine four six, two zeros, one eight
en phone three one two, three fives, zero one six four
en My mobile: 07700, then two nines, then two zeros, then 14
en ring 312, three fives, then 01, then 64
de Handy: null eins sieben eins, dann drei Nullen, zuletzt 39 20
de Telefon: 030, dann zwei Fünfen, dann drei Nullen, dann 14
es Teléfono: 91, luego dos unos, luego dos ceros, luego 345
es Mi móvil: seis cinco cinco, tres ceros, uno dos siete
it Cellulare: tre quattro sette, tre cinque, due zeri, uno otto
it Telefono: 02, poi 555, poi due zeri, poi 19 e 8
fr Mon fixe : 01, deux fois le 9, puis deux zéros, puis 42 et 17
de Handy null eins sieben eins, zweimal die Null, dreimal die 4, zwei, sechs
es Mi móvil: seis, tres veces el cinco, dos ceros, uno dos siete
it Cellulare: tre quattro sette, tre volte il cinque, due zeri, uno otto
en call 312, then three times the 5, then 0164
en Read from right to left: 4610 5550 2130
en From right to left that is 71 00 2931 710, ring any time
de Von rechts gelesen: 41 00 293 1710
en The repairs crew answers at 0117 496 0123.
en Customer care: 0117 496 0123
fr Service clients au 01 99 00 31 42
es Atención al cliente: 911 230 456
it Servizio clienti 06 5550 1234
es Llame a recambios, 688.120.457, y pida la junta.
en my cell, two zeros swapped: three one two, three fives, two zeros, four two
en Ask for Joe, he's at four one five, five five five, oh one double two.
en The number is printed here in bits: 646 / then 555 / then 0119
en try 0-2-0 7-9-4-6 0-9-5-8
en ring oh one one seven, four nine six, oh one two three
en phone: (oh two oh) 7946 oh nine five eight
en 2 1 2 - 5 5 5 - 0 1 4 7 reaches me
en 646 in front, then 5550147, text me
fr mon zéro six : trente-neuf, quatre-vingt-dix-huit, douze, quarante-cinq
fr 06 trente neuf 98 douze 45
fr zéro un, quatre-vingt-dix-neuf, zéro zéro, trente et un, quarante-deux
de Null eins sieben eins, dreihundertzweiundneunzig, null null eins vier
de Meine Nummer fängt mit 0171 an, dann 392, am Ende 0014
es seis ocho ocho, ciento veinte, cuatro cinco siete
es empieza por 688, sigue 120 y acaba en 457, es mi móvil
it tre quattro sette, cinque cinque cinque, zero uno otto otto
it comincia con 347 poi 555 e finisce 0188, è il cellulare
it wa 347·555·0188
en WA: 646~555~0118
es guasap 688 12 04 57
"""

LINK = """
fr tapez exemple-luthier puis point puis fr dans la barre d'adresse
en visit knit-house.It today
en everything is on lampworks●example●com
en The manual is at https://example.org/manual
en see www.lampworks.example
en lampworks.com has spares
en our site: lampworks.co.uk
en go to lampworks dot com
en lampworks (dot) com slash spares
en lampworks[.]com
en hxxps://lampworks[.]com/a
en h t t p s : / / example.com
en l a m p w o r k s . c o m
en lampworks . com
en lampworks .com
en lampworks. com
en lampworks,com
en lampworks·com
en w w w . lampworks . com
en www lampworks com
en http://203.0.113.7/spares
en 203.0.113.7:8080/spares
en lamp-works.shop
en Type lampworksdotcom in your browser
en lаmpworks.com
en ｌａｍｐｗｏｒｋｓ．ｃｏｍ
en 🅻🅰🅼🅿🆂🅷🅾🅿.com
en tinyurl.com/lamps
en bit.ly/3lamp
en https://dhl.com.lamp.example/track
en https://dhl.com@lampworks.example/x
en dhl-tracking.example.com
en download it from lampworks.io
en lampworks.store ships faster
en https://lampworks.exa⏎mple.com/x
en www.lampworks⏎.com
en www.lamp\u200bworks.com
en shop-dot-lampworks-dot-com
en youtu.be/abc123
en Video: youtube.com/watch?v=abc
en t.me/lampworks
en wa.me/447700900123
en instagram.com/lampworks
en <a href="https://lampworks.example">here</a>
en [catalogue](https://lampworks.example/c)
fr La notice est sur lampes-durand.fr
fr Rendez-vous sur www.lampes-durand.fr
fr lampes-durand point fr
fr allez sur lampesdurand point com
fr lampesdurand . fr
fr lampesdurand (point) fr
fr l a m p e s . f r
fr notre site : lampesdurand.boutique
fr lampes-durand.fr/notice.pdf
fr hxxp://lampes-durand.fr
fr lampesdurand,fr
fr voir la vidéo : youtu.be/abcd
fr le site lampesdurand point net
fr lampes-durand。fr
fr visitez lampesdurandpointcom
fr w.w.w.lampes-durand.fr
de Die Anleitung steht auf lampen-muster.de
de www.lampen-muster.de
de lampenmuster Punkt de
de lampen-muster (Punkt) com
de lampenmuster . de
de l a m p e n . d e
de unser Laden: lampenmuster.shop
de besuchen Sie lampenmuster punkt com
de lampen-muster[.]de
de lampenmuster.de/anleitung
de lampenmuster,de im Browser eingeben
es Vea el manual en lamparas-ejemplo.es
es www.lamparas-ejemplo.com
es lamparasejemplo punto com
es nuestra web: lamparasejemplo punto es
es lamparas-ejemplo (punto) es
es lamparasejemplo . com
es l a m p a r a s . c o m
es lamparasejemplo.tienda
it Il manuale è su lampade-esempio.it
it www.lampade-esempio.it
it lampadeesempio punto com
it il nostro sito: lampadeesempio punto it
it lampade-esempio (punto) it
it lampadeesempio . com
it l a m p a d e . c o m
it lampadeesempio.it/manuale
en janeATexampleDOTcom
en janeATgmailDOTcom
de Mail an info, dann at, dann beispiel, dann punkt de
fr contact AT boutique.fr
en example dot shop
en example d0t com
en example (.) org
en h**p://example.org
en example/dot/org
en www(dot)example(dot)org
en www dot example dot org
en example[dot]org/help
en e-x-a-m-p-l-e.org
en example․org
en EXAMPLE DOT ORG
en example•org
en ⓔⓧⓐⓜⓟⓛⓔ.ⓞⓡⓖ
en http colon slash slash example dot org
en bit dot ly slash abc
en tiny url dot com slash abc
en xn--exmple-cua.org
en our name plus dot com
en add .com to our name
en just add .com to the shop name
fr notre nom suivi de .fr
fr boutique-exemple point f r
fr boutique exemple point com
fr boutique-exemple (dot) com
fr site : boutique exemple . fr
fr w w w point boutique-exemple point fr
fr tapez boutique-exemple puis .fr
fr www,boutique-exemple,fr
fr htt ps://boutique-exemple.fr
fr https //boutique-exemple.fr
fr https:boutique-exemple.fr
fr boutique-exemple.f r
fr boutique-exemple . f r
fr boutique_exemple.fr
fr boutique-exemple.com/soldes
fr Boutique-Exemple.Fr
fr BOUTIQUE-EXEMPLE.FR
de beispiel-shop punkt d e
de beispiel shop punkt de
de beispiel-shop . d e
es visite tienda-ejemplo punto com
es tienda ejemplo punto es
it visiti negozio esempio punto it
it negozio-esempio . it
en example.com.
en ("example.com")
en example.com!
en see example.com/a?b=c
en ftp://example.org/x
en HTTP://EXAMPLE.ORG
en //example.org/x
en https://example.org:8443
en example.org:8443
en https://[2001:db8::1]/x
en https://3405803783/
en docs.google.com/forms/abc
en forms.gle/abc
en drive.google.com/abc
en wetransfer.com/x
en our eBay shop: ebay.com/str/lamps
en example dot co dot uk
en example.co.uk
en myshop.myshopify.com
en etsy.com/shop/lamps
en ping shop AT example DOT co
en contact: shop at example (dot) com
fr contact@@exemple.fr
fr contact at exemple.fr
de laden äт beispiel.de
es escríbame a tienda en gmail punto com
en lamps.example.com
en go to "lampworks.net"
en lampworks.org.uk
en //lampworks.com
en lampworks dotcom
en lampworks-dot-com
en lampworks {dot} com
en lampworks <.> com
en lampworks ( . ) com
en lampworks dot c o m
en lampworks d o t com
en lampworks point com
en lampworks.com/spares please
en h t t p : // lampworks.com
en http:// lampworks.com
en http : / / lampworks . com
en https colon slash slash lampworks dot com
en https[:]//lampworks.com
en hXXps://lampworks.com
en www. lampworks .com
en www lampworks dot com
en WWW.LAMPWORKS.COM
en world wide web lampworks dot com
en lamp works dot com, all one word
en look up lampworks (one word) with .com behind
en amzn.to/abc
en page: fb.com/lampworks
en ig.me/lampworks
en wa.link/abc
en linktr.ee/lampworks
en pastebin.com/abc
en 203.0.113.7/a
en http://[::1]/
en lampworks.me/help
en lampworks.app
en lampworks.online
en lampworks.info
en lampworks.biz
en lampworks.eu
en lampworks.us
en lampworks.shop/x
fr lampes durand point f r
fr www point lampesdurand point fr
fr triple w point lampesdurand point fr
fr www.lampes durand.fr
fr lampesdurand.eu
fr lampesdurand(.)fr
fr lampesdurand{point}fr
fr lampesdurand-point-fr
fr lampesdurand slash point fr
fr le site c'est lampesdurand, point fr
fr lampesdurand pt fr
fr Tapez lampesdurand.fr dans la barre
fr bit point ly slash lampes
de lampenmuster(.)de
de lampenmuster-punkt-de
de www Punkt lampenmuster Punkt de
de lampenmuster.com
de lampenmuster Punkt d e
de lampenmuster.at
de lampenmuster.ch
de lampenmuster.online
de lampenmuster dot de
de Seite heißt lampenmuster punkt de slash hilfe
es lamparas.es
es lamparas(.)com
es lamparasejemplo.com
es www punto lamparasejemplo punto com
es tres uves dobles lamparasejemplo punto com
es lamparasejemplo punto es
es lamparasejemplo.mx
it lampade.it
it lampadeesempio.com
it www punto lampadeesempio punto it
it lampadeesempio punto it
it vu vu vu punto lampadeesempio punto it
it lampadeesempio.shop
it Il manuale è su lampade-rovere , example , com (senza spazi e con i punti al posto delle virgole)
en The guide is at lampworks , example , com - dots instead of the commas
en lampworks , com (replace the comma with a dot)
en type lampworks com with a dot where the space is
en lampworks , net (no spaces, comma = dot)
en go to lampworks com, put the dot in yourself
fr La notice est sur lampes-durand , fr (sans espaces, un point à la place de la virgule)
fr voyez lampes durand , com en remplaçant la virgule par un point
fr lampesdurand fr, mettez un point avant le fr
de Anleitung auf lampen-muster , de (ohne Leerzeichen, Punkt statt Komma)
de lampenmuster , com , Komma durch Punkt ersetzen
de lampenmuster com, mit Punkt dazwischen
es lamparas-ejemplo , com (sin espacios y con un punto en vez de la coma)
es lamparasejemplo com, ponga un punto en medio
it lampade-esempio , it (al posto della virgola metta un punto)
fr tapez e-x-a-m-p-l-e.n-e-t sans les tirets pour voir les tutos
en type l-a-m-p-w-o-r-k-s.c-o-m without the dashes
en l-a-m-p-w-o-r-k-s-dot-c-o-m
en l_a_m_p_w_o_r_k_s.c_o_m (remove the underscores)
en l*a*m*p*w*o*r*k*s*.*c*o*m
en l/a/m/p/w/o/r/k/s/./c/o/m
en l.a.m.p.w.o.r.k.s .com
fr l-a-m-p-e-s.f-r sans tirets
de l-a-m-p-e-n.d-e ohne die Striche
es l-a-m-p-a-r-a-s.e-s sin guiones
it l-a-m-p-a-d-e.i-t senza trattini
en L-A-M-P-W-O-R-K-S dot C-O-M
en l~a~m~p~s.c~o~m
en exa-mple.c-om (take out the hyphens)
en exam ple . co m, no spaces
en lamp works . com without spaces
en lampworksREMOVE.com
fr lampes durand . fr (tout attaché)
de lampen muster . de (zusammen geschrieben)
es lamparas ejemplo . com todo junto
it lampade esempio . it tutto attaccato
en Our shop name, then a dot, then com.
en lampworks, then a dot, and com at the end
en lampworks followed by a full stop and com
en lampworks, period, com
en lampworks period com
en lampworks (period) com
en lampworks full stop co full stop uk
en put a dot and com behind our name
en our shop name with .com after it
en Just our name with a dot com on the end.
en The site is called like the shop, with .net at the end.
fr le nom de la boutique, un point, puis fr
fr lampesdurand, puis un point, puis com
fr lampesdurand suivi d'un point et de fr
fr notre nom de boutique avec .fr derrière
fr Le site porte le nom de la boutique, avec point com à la fin.
fr Tapez notre nom et ajoutez point fr.
de der Name unseres Shops, dann ein Punkt, dann de
de lampenmuster, dann Punkt, dann com
de unser Shopname mit .de dahinter
de Hängen Sie einfach Punkt de an unseren Namen an.
de lampenmuster mit Punkt com am Ende
es el nombre de la tienda, un punto y com
es lamparasejemplo, luego punto, luego com
es nuestro nombre con .es al final
es Añada punto com a nuestro nombre.
it il nome del negozio, un punto e poi it
it lampadeesempio, poi punto, poi com
it il nostro nome con .it alla fine
it Basta aggiungere punto it al nome del negozio.
en the part before the at is info, behind it lampworks.com
en info <curly a> lampworks dot com
en visit l*a*m*p*l*a*n*d.com
en m-u-g-s-h-o-p-.-c-o-m
en w-w-w.m-u-g-s.c-o-m
fr notre site : p-o-t-e-r-i-e point f-r
fr poterie-brune , com en enlevant les espaces
fr le site est poterie brune . com sans espaces
de Unter t-o-p-f-w-e-r-k.d-e (Striche weglassen)
de topf-werk . com ohne Leerzeichen eingeben
de topfwerk , net (Komma durch Punkt ersetzen)
es visite barro , hilo , com sin espacios y con puntos en lugar de comas
es barro_hilo . com todo junto
it terra filo . com tutto attaccato
it terra-filo , it (punti al posto delle virgole)
en The website is our brand name, then a full stop, then com
en Search bar: mugland, then dot, then co dot uk
en it's the shop name followed by .com
en Our brand with a .co.uk behind it
fr Notre marque suivie de point com
fr C'est notre nom, suivi de .com
fr l'enseigne, puis .fr
de Unser Ladenname, dahinter .com
de Markenname und dann .de
es El nombre de la tienda seguido de .com
es nuestra marca más .es
it il nostro marchio seguito da .com
fr notre site : \u202erf.dnarudepmal\u202c
de unsere Seite: \u202eed.retsumnepmal\u202c
es nuestra web: \u202ese.olpmejesarapmal\u202c
it il nostro sito: \u202eti.edapmal\u202c
en our site is moc.skrowpmal, read it backwards
en Type moc.skrowpmal from right to left
en look up moc.skrowpmal
en gro.skrowpmal reversed
fr notre site à l'envers : rf.dnarudsepmal
fr lisez de droite à gauche : moc.dnarudsepmal
de rückwärts gelesen: ed.retsumnepmal
de unsere Adresse, von hinten gelesen: moc.retsumnepmal
es al revés: se.olpmejesarapmal
es léalo de derecha a izquierda: moc.olpmejesarapmal
it al contrario: ti.oipmeseedapmal
it letto da destra a sinistra: moc.edapmal
it il sito è casaverde, finisce in punto it
it lampade slash ricambi, alla fine punto com
en our site is lampworks slash returns and ends in dot com
en lampworks slash spares, ending with dot org
en Look us up online: lampworks, ends with dot example
en the shop's site is lampworks, it finishes with dot com
fr notre site : lampesdurand barre oblique retours, ça finit par point fr
fr tapez lampesdurand slash retours, terminé par point com
fr cherchez lampesdurand en ligne, se termine par point fr
de unsere Seite ist lampenmuster Schrägstrich retoure, endet auf Punkt de
de lampenmuster, am Ende Punkt com, Schrägstrich hilfe
de Suchen Sie online lampenmuster, endet mit Punkt com
es la web es lamparas barra devoluciones, termina en punto es
es búsquenos en línea: lamparas barra ayuda, acaba con punto com
es lamparas barra recambios, al final punto com
en Find the spares at Hotels-parts.com
en our site ends in .com, the rest is the shop name
en Look online for clayhouse slash help and it ends in dot net
fr cherchez poteriebrune sur internet, finit en point com
en website backwards: ten.skrowpmal
de Lies das rückwärts: moc.retsum-nepmal
en lampworks site, mirrored: moc.skrowpmal
en Read this the other way round: ku.oc.skrowpmal
en type lampworks slash help, then dot com at the end
en the link: lampworks slash spares, dot com after lampworks
it il link: lampade barra ricambi punto com
es el enlace es lamparas barra ayuda, termina con punto com
de Link: lampenmuster Schrägstrich hilfe, hinten Punkt de
fr le lien : lampesdurand slash aide, terminaison point fr
en link ends in dot shop, before that lampworks
en Book it on Booking.com instead
en Visit Monster.com for the bag
en See the sticker on Lampworks.com
en Order the edition at Lampworks.com
en Our Lampworks.com shop has the bag
en The sticker is on lampworks.com
en buy the mug from our site Lampworks.com
fr Commandez l'autocollant sur Lampesdurand.com
de Den Aufkleber gibt es auf Lampenmuster.de
es La pegatina está en Lamparas.com
it L'adesivo è su Lampade.com
en Booking.com/lampworks has the sticker
en open 203.0.113.7:8080 to get the firmware
en the firmware is at http://203.0.113.7
en Want more? Key in lampworks, then a full stop, then shop, no www needed.
en Type roverparts, a period, then net, and leave out the www.
en More colours: tap in kilnandclay, full stop, example.
en Browser: barnlamps, full stop, co, full stop, uk
fr Tapez lampesdurand, un point, puis net, sans les www.
fr Pour la galerie, écrivez lampesdurand, ensuite un point, ensuite shop, inutile de mettre www
de Einfach lampenwerk eintippen, dann einen Punkt, dann net, das www weglassen.
de Mehr Bilder? lampenwerk, ein Punkt, dann shop, ohne www
es Escriba lamparasluz, un punto, luego net, sin las www.
es ¿Más fotos? Teclee lamparasluz, después un punto y después shop, sin www
it Digiti lampadeluce, un punto, poi net, senza www.
it Altre foto? Scriva lampadeluce, poi un punto, poi shop, il www non serve
it nome della bottega tutto unito + punto it
it il nostro marchio + .shop e trova tutto
fr nom de la boutique collé + point shop
fr notre enseigne en un mot + .net
de Ladenname zusammen + Punkt shop
de unser Name & Punkt net dahinter
es nombre de la tienda todo junto + punto shop
es nuestra marca + .net
en our shop name in one word + dot shop
en store name + .net
en brand name & dot shop
en you know our name, + dot info
en Type lampworks, a dot, then info
fr Écrivez lampes, un point, puis info
en It is our brand name, dot, shop. No spaces.
en Put .com after our seller name
fr retrouvez-nous : tapez notre pseudo suivi de point com
fr cherchez « Atelier Mimosa Lens » dans le moteur de recherche bleu rouge jaune
de Sie finden uns unter unserem Namen mit Punkt de hintendran
es nuestro nombre con punto com detrás
es taller22 (la arroba) example (punto) com
it il nostro nome con punto it in fondo
fr notre pseudo plus point com
en our handle followed by dot com
es nuestro usuario seguido de punto com
"""

SOCIAL = """
fr Si le colis n'arrive pas, écrivez-nous sur WhatsApp
en If it does not work, contact us on WhatsApp
de Wenn es nicht klappt, schreiben Sie uns per WhatsApp
es Si no llega, escríbanos por WhatsApp
it Se non arriva, ci scriva su WhatsApp
en No problem, message us on Facebook
de Kein Problem, melden Sie sich auf WhatsApp
fr Pas de souci, passez par Messenger
en we have a Discord server, come in
en Follow us on Instagram for news
en Insta: @lampworks.studio
en find us on Facebook
en our Facebook page has a video
en message me on WhatsApp
en WhatsApp us instead
en add me on Snapchat, lampworks_studio
en telegram: lampworks_help
en let's continue on WhatsApp
en DM us the photo
en Send us a DM on IG
en it is quicker on WhatsApp
en you can get hold of us via Messenger
en search for our page on Facebook
en look for @lampworks on tiktok
en What's App is easier, text us there
en skype id lampworks.help
en Do not hesitate to contact us on Facebook
en tag us @lampworks
fr Suivez-nous sur Instagram
fr retrouvez-nous sur Facebook
fr notre page Facebook explique le montage
fr écrivez-moi sur WhatsApp
fr passons sur WhatsApp, c'est plus simple
fr insta : lampes.durand
fr Ajoutez-moi sur Telegram @lampesdurand
fr envoyez-nous un MP sur Facebook
fr je réponds plus vite par WhatsApp
fr n'hésitez pas à nous contacter sur Messenger
fr notre compte Instagram s'appelle Lampes Durand
fr on continue sur Telegram ?
de Folgen Sie uns auf Instagram
de schreiben Sie uns bei WhatsApp
de unsere Facebook-Seite hilft weiter
de über WhatsApp antworten wir schneller
de Melden Sie sich bei uns auf Telegram
de Insta: lampen_muster
de am besten per WhatsApp melden
de Zögern Sie nicht, uns auf Facebook zu schreiben
de Sie finden uns auf TikTok
es Síganos en Instagram
es escríbanos por WhatsApp
es por WhatsApp es más rápido
es nuestra página de Facebook
es búsquenos en Facebook
es Telegram: lamparas_ejemplo
es no dude en contactarnos por WhatsApp
es mándenos un mensaje por Instagram
it Ci segua su Instagram
it ci scriva su WhatsApp
it su WhatsApp facciamo prima, ci scriva
it la nostra pagina Facebook
it contattateci su Telegram
it Instagram: lampade_esempio
it ci trova su Facebook
it meglio se passiamo su WhatsApp
en IG lampworks_studio
en Face-book: lampworks
en Whats@pp me
en WA me
en ping me on Signal
en message us on Messenger
de wir sind auch bei Insta
fr nous sommes sur Insta
es estamos en Instagram como LámparasEjemplo
it siamo su Instagram
en join our Discord
en Subscribe to our YouTube channel
en our TikTok has the video
en check our Insta stories
en Snap: lampworks
en Line ID: lampworks
en WeChat: lampworks2020
en my whatsapp number is on the box
en hmu on insta
fr MP moi sur insta
fr contact via whatsapp uniquement
fr envoyez la photo par WhatsApp
fr ajoutez moi sur snap
fr rejoignez notre groupe Facebook
fr notre chaîne YouTube
fr la boutique est sur Instagram sous le nom Lampes Durand
de schicken Sie das Foto per WhatsApp
de unser Instagram-Kanal
de folgt uns auf Insta
de schreib mir auf Telegram
de WhatsApp wäre einfacher
de Treten Sie unserer Facebook-Gruppe bei
es mándeme la foto por WhatsApp
es nuestro canal de Telegram
es síguenos en Insta
es únase a nuestro grupo de Facebook
it mi mandi la foto su WhatsApp
it il nostro canale Telegram
it seguiteci su Insta
it si iscriva al nostro gruppo Facebook
en we're on IG as lampworks
en my Insta is lampworks
en instagram -> lampworks
en message our Facebook page
en reach us thru whatsapp
en please use whatsapp
en contact via telegram only
en @lampworks on IG
en follow @lampworks
en our handle is @lampworks
en I'm on WhatsApp if that's easier
en we reply faster on Messenger
en send it to our WhatsApp
en send the pics via WhatsApp
en Slide into our DMs
en hit us up on insta
en PM me on FB
en find me on LinkedIn
en see our YouTube channel
en check out our Pinterest
en Skype me: lampworks.help
en our TikTok: lampworks
fr on est sur WhatsApp
fr je suis sur Insta : lampes_durand
fr DM sur insta
fr venez sur notre Insta
fr contactez moi via Messenger
fr par WhatsApp au même numéro
fr cherchez notre page sur Facebook
fr likez notre page Facebook
fr envoyez un message privé sur Facebook
fr WhatsApp c'est plus rapide
fr parlons-en sur Telegram
de wir sind auf Insta
de meldet euch per WhatsApp
de auf WhatsApp geht's schneller
de unsere Gruppe auf Facebook
de einfach per WhatsApp schicken
de kommen Sie zu uns auf Telegram
de Insta heißt lampen_muster
de folgen Sie @lampenmuster
de schreibt uns bei Facebook
es hablemos por WhatsApp
es mejor por WhatsApp
es le atiendo por WhatsApp
es nuestro Instagram es lamparas_ejemplo
es mándeme un DM
es únase a nuestro Telegram
es nos encuentra en TikTok
it meglio su WhatsApp
it ci sentiamo su WhatsApp
it le rispondo su Telegram
it il nostro Instagram è lampade_esempio
it mi mandi un DM
it siamo anche su Facebook
it scrivimi in privato su Instagram
de Auf Pinterest heiße ich tonundfaden, da sehen Sie alle Glasuren.
en IG ➡️ glow bar studio (no spaces), we answer in minutes
en On Pinterest my name is clayandthread, all glazes are there.
en On Insta I'm clayandthread.
en my name on TikTok is clayandthread
en I go by clayandthread on Instagram
en You'll know me as clayandthread on Pinterest.
en we're clayandthread on Facebook
en IG 👉 glowbarstudio
en Insta ⬇️ glow bar studio
en FB ➜ Glow Bar Studio
en TikTok → glowbarstudio
en Telegram ➡ glowbar
en IG/glowbarstudio
en insta = glow bar studio, one word
en ig: glow bar studio
en our IG: Glow Bar Studio
en YouTube: search Glow Bar Studio
en Look up Glow Bar Studio on YouTube.
en Our TikTok is the same name as this shop.
en Same name on Insta!
en Insta, same name as here
en Find us under the same name on Facebook
fr Sur Insta je m'appelle terreetfil.
fr Mon nom sur Pinterest : terre et fil (sans espaces)
fr Insta ➡️ terre et fil
fr FB 👉 Terre et Fil
fr Je suis terreetfil sur Telegram.
fr Même nom sur Insta
fr On nous trouve sous le nom terreetfil sur Pinterest
fr Notre pseudo Telegram est terreetfil
de Bei Instagram heißen wir tonundfaden.
de Mein Name dort ist tonundfaden, also auf Insta.
de Insta ➡️ ton und faden (zusammen)
de Auf TikTok findet man mich als tonundfaden.
de Auf FB bin ich tonundfaden.
de Gleicher Name auf Instagram
de Unter tonundfaden bin ich auf Facebook.
es En Instagram me llamo barroehilo.
es En Pinterest soy barroehilo
es Insta ➡️ barro e hilo (sin espacios)
es Mi nombre en TikTok es barroehilo
es En Facebook nos llamamos Barro e Hilo.
es Mismo nombre en Insta
it Su Instagram mi chiamo terraefilo.
it Su Pinterest sono terraefilo.
it Insta ➡️ terra e filo (senza spazi)
it Su Facebook ci chiamiamo Terra e Filo.
it Il mio nome su TikTok è terraefilo
it Stesso nome su Insta
it Su Telegram mi trova come terraefilo
en Our spare parts line: area code 646, next come 555 and 0193
en I'm mugland on Insta
en On TikTok we're mugland.
en my handle over on Pinterest is mugland
en Insta: mugland
en IG → mugland
en 👉 Insta mugland_shop
en Our Pinterest name is the same as here
fr Sur Facebook nous nous appelons Poterie Brune
fr On s'appelle poteriebrune sur TikTok
fr Insta 👉 poteriebrune
fr mon pseudo sur Insta est poteriebrune
fr Retrouvez le même nom sur TikTok
de Ich heiße auf Insta topfwerk
de Mein Name auf TikTok lautet topfwerk
de Auf YouTube nennen wir uns Topfwerk
de Insta 👉 topfwerk
es Me llamo barrohilo en Instagram
es Mi usuario en Telegram es barrohilo
es IG 👉 barrohilo
it Mi chiamo terrafilo su Instagram
it Il nome su Pinterest è terrafilo
it FB 👉 terrafilo
en we are on Bluesky as mugland.example
en Telegram handle mugland
en add us: FB mugland
en Write to us on I.n.s.t.a.g.r.a.m please
en message me on T.e.l.e.g.r.a.m
en we are on Insta.gram under the shop name
en contact us via What.s.App
en find us on F•a•c•e•b•o•o•k
en reach me on S. n. a. p. c. h. a. t.
fr écrivez-nous sur T.é.l.é.g.r.a.m
fr suivez-nous sur I.n.s.t.a
fr passons par Whats.App, c'est plus rapide
de schreiben Sie uns auf W.h.a.t.s.A.p.p
de folgen Sie uns auf T,i,k,T,o,k
de wir sind auch bei Face.book
es escríbanos por W.h.a.t.s.a.p.p
es síganos en I·n·s·t·a·g·r·a·m
es hablemos por Tele.gram
it ci scriva su W.h.a.t.s.A.p.p
it seguiteci su T.i.k.T.o.k
it ci trova su Insta.gram
en text us on W:h:a:t:s:A:p:p
en we're on the 'gram under the same name
en look for us on the clock app, same handle as here
en the app with the ghost, same name as this shop
en Search the photo network for our shop name
en same name as the shop on the big video site
en our shop name on the app with the little ghost
fr sur l'oiseau bleu, même nom que la boutique
fr cherchez-nous sur le réseau bleu, même nom
fr le réseau social aux photos : même pseudo que la boutique
de Auf dem Netzwerk mit den quadratischen Fotos, gleicher Name wie der Shop
de Wir sind auf der App mit dem Geist, gleicher Name
de Suchen Sie uns im blauen Netzwerk, selber Name wie der Laden
es Búsquenos en la red de las fotos, mismo nombre que la tienda
es estamos en la red del pajarito con el mismo nombre
it Ci cerchi sul social delle foto, stesso nome del negozio
it Siamo sul social blu con lo stesso nome del negozio
en send me the photo on snap, it's easier: mimosa_studio
en drop the pic on Insta, quicker for both of us: mimosa_studio
en give me the picture on snap : mimosastudio
fr envoyez la photo sur insta ce sera plus rapide : atelier.mimosa
fr donne moi la photo sur snap, atelier_mimosa
fr fais moi voir ça sur snap : ateliermimosa
de schick mir das Foto auf Snap, geht schneller: atelier_mimosa
de zeig mir das Bild bei Insta, das ist leichter: mimosa_werkstatt
de gib mir das Foto über Snap: mimosawerkstatt
es pásame la foto por snap, es más fácil: taller_mimosa
es enséñame la foto en insta que es más rápido: taller_mimosa
it mandami la foto su snap, è più semplice: bottega_mimosa
it passami la foto su insta, facciamo prima: bottega_mimosa
it fammi vedere la foto su snap: bottega.mimosa
en on the gram we're the same name
en hit us up on the gram
en Give me the pic on snap: mimosa_studio
en ping us on I-n-s-t-a
en we answer on W.H.A.T.S.A.P.P all day
en let's move to T/e/l/e/g/r/a/m
de lieber über W*h*a*t*s*A*p*p
fr contactez-nous via F.a.c.e.b.o.o.k
it siamo su F.a.c.e.b.o.o.k
es nos vemos en W_h_a_t_s_A_p_p
en we're on the bird site with our shop name
en follow us on the pictures app, same name as our store
en look for our shop name on the yellow ghost app
fr suivez-nous sur le réseau à l'oiseau bleu, même nom
fr le réseau des photos carrées : même nom qu'ici
de Folgen Sie uns beim blauen Vogel, gleicher Name
es síganos en la app del pajarito, mismo nombre
it seguiteci sul social delle foto quadrate, stesso nome del negozio
en the 'gram: same name as the shop
fr mets la photo sur snap stp : mimosa_atelier
en pics on snap please, we're mimosa_studio
en easier on insta, name's mimosa_studio
de auf Insta geht es leichter, Name: mimosa_werkstatt
it più comodo su insta, cerca mimosa_bottega
es más cómodo por insta: mimosa_taller
it La pagina Facebook è Lampade del Molo, metto lì le foto.
it Il gruppo Telegram si chiama Amici del Vinile.
it Su, il canale YouTube è Bottega Lara.
es El perfil de Instagram es Lámparas del Puerto, ahí cuelgo los vídeos.
es La página de Facebook se llama Vinilos Ribera.
fr La page Facebook est Les Lampes de Zoé, j'y mets les essais.
fr Le profil Insta s'appelle Atelier Mimosa.
fr Le groupe Facebook, c'est Vinyles du Port
de Die Facebook-Seite heißt Lampen am Hafen, dort zeige ich die Proben.
de Der Insta-Kanal nennt sich Kiln und Ton.
en The Facebook page is Harbour Vinyl, I post the test clips there.
en The Insta profile is called Kiln and Clay.
en Insta account is Moss And Kiln
en FB group is called Harbour Vinyl Friends
en the Pinterest account is called Lamps & Co
fr La page Insta c'est Les Petits Pots
de Gruppe auf Telegram heißt Vinylfreunde Nord
en Drop me a line: moss.kiln at the microsoft one
en the shop's page on Facebook is Moss & Kiln Studio
fr Le compte Instagram : Atelier Mimosa
de Facebook-Gruppe: "Vinylfreunde Nord"
es la página en Facebook es Vinilos Ribera
it su Insta siamo Bottega Lara
it Pagina Facebook: Lampade del Molo
fr Page Facebook : « Les Lampes de Zoé »
en Facebook page: "Harbour Vinyl"
es Grupo de Telegram: «Vinilos Ribera»
it Gruppo Telegram: "Amici del Vinile"
"""

MASKING = """
en Just google our name
en look us up on Google, we are the first hit
en search "Lamp Works Studio" on Google
en type Lamp Works into any search engine
fr Tapez Lampes Durand dans Google
fr cherchez-nous sur un moteur de recherche
fr googlez notre nom
de Googeln Sie uns einfach
de suchen Sie Lampen Muster bei Google
es busque Lámparas Ejemplo en Google
es búsquenos en Google
it ci cerchi su Google
it cerchi Lampade Esempio su Google
en send it by P-a-y-P-a-l and I refund here
en P a y P a l works best for me
en V.e.n.m.o me the rest
en Pay.Pal is quicker
en use Z*e*l*l*e
fr par P.a.y.P.a.l si vous voulez
fr Pay-Pal.. non : P/a/y/P/a/l
de lieber über P.a.y.P.a.l bezahlen
de R.e.v.o.l.u.t geht auch
es por B.i.z.u.m mejor
es P_a_y_P_a_l y listo
it con P.a.y.P.a.l è più veloce
it S.a.t.i.s.p.a.y va bene
"""

MAYBE = """
en @lampworks
en lampworks com
en 203.0.113.7
en 5555550142
fr 6 39 98 12 34
en same name at gmail
de dreißig, null drei null, zwei drei eins
fr whatsapp : boutique exemple
en 447700900123
es 911234567
en tg: @lampworks
en my mailbox is kim@lampshop
en The first three digits are 212, the next 555, the last four 0147.
en It starts with 07700, goes on with 900 and ends in 418.
en you get us on oh two oh, then 7946, and 0857 to finish
fr D'abord 06 39, ensuite 98, enfin 71 04.
de Zuerst null drei null, danach 231 25, zuletzt 884.
es Primero 699, luego 142 y por último 308.
it Il numero inizia con 345, prosegue con 019 e finisce con 2268.
en 6.4.6...5.5.5...0.1.8.8 call us
en lampworks at gmail, with the usual ending
en clayandthread on IG
fr terreetfil sur Instagram
de tonundfaden auf Pinterest
es barroehilo en Instagram
it terraefilo su Instagram
en Start with 0151, next 496, after that 0733. That is the workshop.
fr Faites le zéro six, puis trente-neuf, ensuite quatre-vingt-dix-huit, et enfin 14 60.
de Wählen Sie die 030, danach die 23125 und am Schluss 118.
de Die Nummer beginnt mit 0171, es folgt 392 und endet auf 0012.
en mugs at clay , com
en Same name on the bird app
fr même nom sur l'appli au fantôme
es en la app del fantasma, mismo nombre
it sull'app del fantasmino, stesso nome
en The digits, in pieces: 01632, next 960, next 411
en 07700⏎and then⏎900⏎and then⏎264
en The Lampworks.com sticker on the box comes off with oil.
fr L'autocollant Lampesdurand.com se retire sans trace.
de Die Lampenmuster.de Tasche ist aus Leinen.
es La bolsa Lamparas.com es de lino.
it La borsa Lampade.com è di lino.
en My name is Tom, then Gmail.
en The meter showed 300, then 555, then 1234.
en my e mail is bench double you at example dot net
de erreichst mich übers grüne Chat-Programm, gleiche Nummer wie auf dem Lieferschein
"""

CLEAN = """
en It went out today.At the depot they scan after 6pm.No signature needed.
en It is anti-slip.No tools needed.
en That is the 12-pack.My colleague posts it today.
fr Il pèse 5kg.La livraison est prévue demain après-midi.Le livreur sonne.
de Es ist ein 3er-Set.In der Anleitung steht mehr.
de Melden Sie sich mit Facebook an.
en Log in with your Facebook account.
fr Connectez-vous avec votre compte Facebook.
en We do not offer support on WhatsApp or Telegram.
de Wir antworten nicht auf WhatsApp.
fr Nous n'utilisons ni WhatsApp ni Telegram.
es No atendemos por WhatsApp.
it Non rispondiamo su WhatsApp.
en The robot posts its map to the app.
en The YouTube Kids button is on the remote.
fr Le bouton YouTube de la télécommande ne répond plus ?
de Die YouTube-Taste auf der Fernbedienung geht wieder.
en You wrote that the Facebook app closes by itself.
fr La coque va avec le modèle 12 et 13.
en Reset the Instagram login on the frame.
en The Line 6 amplifier is in stock.
de Die Line 6 Box ist da.
en Sold by the metre, ask for a sample here.
fr Votre avis nous est précieux.
en The lamp can be paired by phone in 2 minutes.
en Use code 1234567 on the keypad.
en Text size 14, font Arial 1234567
en call number 823.912 in the library
de Rufen Sie den Status unter Meine Bestellungen ab.
de Rufnummer auf dem Paket: die des Empfängers.
fr Le numéro à 10 chiffres est au dos.
en Enter the 16 digits on the back.
en Mon 06 July, Tue 07 July 2026
fr lun. 06 39 pièces, mar. 07 40 pièces
en 0.5 mm, 0.7 mm, 1.0 mm leads
en part 06 39 98 in the drawing
it I pezzi 02 e 03 mancano.
es Las piezas 91 y 92 faltan.
en Your parcel left on 3 March at 10.30 and should arrive by Friday.
en We refunded 1,250.00 USD to your card.
en The lamp measures 120 x 45 x 30 cm and weighs 4.5 kg.
en Please send photos here, in this conversation.
en Order 114-3941689-8772232 is on its way.
en Tracking number 1Z12345E0205271688.
en The manual.pdf is on the enclosed disc.
en Use Node.js 18.2.1 or ASP.NET, i.e. the newer one.
fr L'édition signée will.i.am arrive mardi.
en Thank you.We will look into it.
en It is fixed now.Is there anything else?
en Press the dot on the remote, then point it at the lamp.
en The point is that the screw is too short.
en At this point in time we have no stock.
en a polka dot dress and a red dot award
en The Echo Dot works with it.
en Put the dot at the top, it is the mark for the dash.
en one, two or three days
en The set has four cups, six plates and eight forks.
en Take two of the seven screws; the other five stay.
en Four four-way sockets and two two-metre leads.
en Pages 12-15 and 20-24 show it.
en Hold the button for 5-10 seconds, up to 3 times.
en Delivery between 9:00 and 12:30, or 14:00-18:00.
en 2 @ 4.99 each, 3 @ 6.99
en Ready @ noon.
en The @ key sits next to the Enter key.
en The lamp works with WhatsApp notifications.
en This watch shows Facebook and Instagram notifications.
en The camera streams to YouTube.
en We do not use WhatsApp; please answer here.
en The Telegram app is preinstalled on the tablet.
en Signal strength is shown by one line of lights.
en The line snaps into the holder.
en Snap the cover on and zoom in with the ring.
en Messenger bag, black, 15 inch
en The TV supports Skype calls.
en Do you receive the calls on the speaker over Bluetooth?
en Serial number 4711-0815-22, model WH-1000XM4.
en Part number 0445110369 fits your model.
en EAN 4006381333931
en ISBN 0-306-40615-2
en Invoice 2026-000123 of 07/11/2026
en Case 8123456789 is open.
en VAT number GB 123 4567 82
en IBAN GB82 WEST 1234 5698 7654 32
en The code is 1234 5678.
en Set the router to 192.168.1.1.
en Firmware 10.4.2.1 is the latest.
en SKU 06-39-98-B and SKU 0639-22
en It costs 19.99, not 29.99.
en Between 1 000 000 and 1 500 000 cycles
en Room 101, floor 2, door 3
en 12 34 56 are the numbers on the dial.
en Sizes 36, 38, 40, 42 and 44 are in stock.
en The lottery of colours: 5 red, 10 blue, 15 green, 20 white
en St.Martin's lane, No.5
en Mr.Smith signed for it.
en Dr.Oetker mix, 500g
en The carrier will phone you before delivery.
en Reply to this message and we will help.
en Check the e-mail from the marketplace.
en The website of the marketplace shows the label.
en Our web of springs has 300 points.
en Turn to point B, net weight 500 g.
en The shop is at the corner of Mill Lane and Dot Street.
en approx.5 cm, max.2 kg, min.1 kg
en Version 3.0.1 came out in 2026.
en Please measure A.B and C.D on the drawing.
en See fig.2 and fig.3.
en e.g.in blue, i.e.the dark one
en The ratio is 3:4:5.
en Run setup.exe, then readme.txt.
en Unzip label.zip and print label.png.
en The temperature is 20.5 to 25.5 degrees.
en We are open 24/7, 365 days.
en 100% cotton, 60/40 mix
en The USPS number is 9205 5000 0000 0000 0000 00.
en Hello Kim,⏎the lamp left today.⏎Kind regards,⏎Jo
en The five-point star is at one end.
en Our number one seller
en It is the number 1 choice of 5 out of 7 people.
en Never give your phone number to strangers.
en Your account shows the order number.
en Google Pixel 8 case, black
en Sign in with Google on the tablet.
en Works with Google Home and Alexa.
en search the box for the second bag
en Tweeters of 20 mm and a woofer of 130 mm
en Your discord with the carrier is understood.
en The threads are M6 and the pinterest hook is small.
fr Votre colis est parti le 3 mars à 10h30.
fr Nous avons remboursé 1 250,00 € sur votre carte.
fr La lampe mesure 120 x 45 x 30 cm.
fr Merci d'envoyer les photos ici même.
fr Commande 402-0639981-2345678
fr Suivi 8J00123456789 chez Colissimo
fr Le fichier notice.pdf est sur le disque.
fr Bien reçu.La suite arrive.
fr Le colis part demain.Il arrivera jeudi.
fr C'est noté.Et merci encore.
fr Merci.De rien.
fr Posez-la au point de départ, puis tournez.
fr un point de colle et un point d'attache
fr au point le plus haut, net et précis
fr Point info : le stock revient lundi.
fr Un bon point pour vous.
fr Deux ou trois jours, quatre au plus.
fr Il reste six assiettes, huit verres et neuf bols.
fr Les vis un, deux et trois vont à gauche.
fr Dix-sept vis et quatre-vingt-dix rondelles
fr soixante-dix centimètres sur cinquante
fr La touche arobase est à droite.
fr Le signe @ se trouve sur la touche zéro.
fr La montre affiche les notifications WhatsApp.
fr Compatible avec WhatsApp, Messenger et Skype.
fr L'application Facebook est déjà installée.
fr Nous ne répondons pas sur WhatsApp, merci d'écrire ici.
fr SIRET 552 100 554 00013
fr SIREN 552 100 554
fr RCS Paris 552 100 554
fr TVA FR 12 345678901
fr Réf. 0639-9812-B
fr Référence 0639981234
fr Livraison entre 8h00 et 12h00 ou 14h00 et 18h00
fr du 01/02/2026 au 03/04/2026
fr le 01.02.2026 à 10.15
fr Prix : 12,50 € au lieu de 19,90 €
fr Taille 38-40, pointure 42
fr Le livreur vous appellera avant de passer.
fr Le service client du site vous aidera.
fr Répondez à ce message depuis votre compte.
fr Vérifiez votre adresse e-mail dans votre compte.
fr 3 à 5 jours, 2 fois par semaine
fr Code 12 34 56 du cadenas
fr Page 12, chapitre 3, point 4
fr Code postal 75011 Paris
fr Le lot de 10 comprend 20 vis, 30 écrous, 40 rondelles et 50 joints.
fr Environ 1 500 000 pièces vendues
fr Version 2.10.4 du logiciel
fr M.Durand a signé, Mme.Petit aussi.
fr ex.la bleue, réf.la verte
fr C'est le numéro un de sa gamme.
fr L'ancre est chez le voisin, point final.
fr Passez chez Durand, au point relais de la gare.
fr La boutique est au centre, rue du Point du Jour.
fr Téléphone sans fil, noir, 2 combinés
fr Bonjour Madame,⏎le colis est parti.⏎Cordialement,⏎Julie
fr Étui pour Google Pixel
fr La caméra envoie ses images vers YouTube.
fr La ligne est droite, le signal est vert.
de Ihr Paket ging am 3. März um 10:30 Uhr raus.
de Wir haben 1.250,00 € erstattet.
de Die Lampe misst 120 x 45 x 30 cm.
de Schicken Sie die Fotos bitte hier im Chat.
de Bestellung 304-1234567-7654321
de Sendungsnummer 00340434161094042557
de Die Datei anleitung.pdf liegt auf der CD.
de Danke.Es kommt morgen.
de Alles gut.Die Lampe ist da.
de Der Punkt in der Mitte ist es.
de An diesem Punkt in der Anleitung drehen.
de Auf den Punkt am Rand drücken.
de zwei oder drei Tage
de Es sind vier Schrauben und sechs Muttern.
de Eins nach dem anderen, zwei, drei.
de Die Uhr zeigt WhatsApp-Nachrichten an.
de Unterstützt WhatsApp und Skype.
de Die Kamera überträgt direkt zu YouTube.
de Wir nutzen kein WhatsApp, bitte antworten Sie hier.
de Artikelnummer 0815-4711
de Kundennummer 123456789
de USt-IdNr. DE123456789
de IBAN DE89 3704 0044 0532 0130 00
de z.B.in Blau, d.h.die dunkle
de ca.5 cm, max.2 kg, inkl.MwSt.
de am 01.02.2026 oder 02.03.2026
de Lieferung zwischen 8-12 Uhr oder 14-18 Uhr
de Größe 38/40, Länge 32
de PLZ 10115 Berlin
de Der Fahrer ruft vorher an.
de Die @-Taste liegt neben Q.
de Version 1.2.3 ist neu.
de Nr.5 und Nr.7 fehlen.
de Hallo Herr Muster,⏎das Paket ist unterwegs.⏎Viele Grüße⏎Anna
de Seite 12-15, Kapitel 3
de Die Hülle passt zum Google Pixel.
de Halten Sie die Taste 5 bis 10 Sekunden.
es Su paquete salió el 3 de marzo a las 10:30.
es Hemos devuelto 1.250,00 € a su tarjeta.
es La lámpara mide 120 x 45 x 30 cm.
es Envíe las fotos aquí mismo.
es Pedido 402-1234567-7654321
es El archivo manual.pdf está en el disco.
es Gracias.La lámpara sale mañana.
es Está listo.Es todo.
es El punto de apoyo y el punto es el mismo.
es punto de venta, punto a punto, punto final
es dos o tres días
es Son cuatro tornillos y seis tuercas.
es La tecla de arroba no va.
es El reloj muestra avisos de WhatsApp.
es Compatible con WhatsApp y Skype.
es La cámara emite en YouTube.
es No usamos WhatsApp, responda aquí.
es Referencia 0815-4711
es CIF B12345678
es del 01/02/2026 al 03/04/2026
es Código postal 28013 Madrid
es El repartidor le llamará antes.
es Talla 38-40
es Entrega de 9:00 a 14:00
es Hola Ana,⏎el paquete va en camino.⏎Un saludo,⏎Luis
es once tornillos y un punto de color
it Il pacco è partito il 3 marzo alle 10:30.
it Abbiamo rimborsato 1.250,00 € sulla carta.
it La lampada misura 120 x 45 x 30 cm.
it Mandi le foto qui.
it Ordine 402-1234567-7654321
it Il file manuale.pdf è sul disco.
it Tutto bene.La lampada parte domani.
it Grazie.Il pacco arriva.
it Il punto in alto è il segno.
it punto di ritiro, punto e virgola, punto vendita
it due o tre giorni
it Sono sei viti e otto dadi.
it Il tasto chiocciola non va.
it L'orologio mostra le notifiche di WhatsApp.
it Compatibile con WhatsApp e Skype.
it La telecamera trasmette su YouTube.
it Non usiamo WhatsApp, risponda qui.
it Codice 0815-4711
it P.IVA 12345678903
it dal 01/02/2026 al 03/04/2026
it CAP 20121 Milano
it Il corriere la chiamerà prima.
it Taglia 38-40
it Consegna dalle 9:00 alle 14:00
it Salve Anna,⏎il pacco è in viaggio.⏎Cordiali saluti,⏎Luca
it sei sicuro che sono due?
en You paid 49.90 on 12 June; the refund of 49.90 was sent on 14 June.
en The bag holds 20 litres, the bottle 0.75 l and the cup 0.3 l.
en Please allow 3-5 business days (max. 7) for the refund.
en The set comes with 2x AA batteries, 1x cable (1.5 m) and 3 screws M4x12.
en Our warehouse is closed 24-26 December and 1 January.
en The code on the box starts with 4260 and ends in 77.
en Ref 2026/1104/77
en Dial the knob to 4, then to 7.
en Press 1 for yes, 2 for no.
en We ship with DPD, GLS and UPS.
en Hold both buttons until you see the blue dot. It means pairing.
en Place the tip at point A and the tail at point B.
en The needle should point to 12 o'clock.
en Look at the chart: points 1 to 4.
en It arrives at 10 a.m. or 2 p.m.
en Sat.-Sun. we are closed, Mon.-Fri. we ship.
en St. Ives soap, vol. 3, no. 12
en U.S. size 9 equals U.K. size 8.5
en The lamp is 3.5/5 on brightness.
en Works on iOS 17.2 and Android 14.
en USB 3.0, HDMI 2.1, Bluetooth 5.3, Wi-Fi 6
en The fabric is 65% cotton/35% polyester.
en 10,000 mAh, 22.5 W, 5 V/3 A
en 1,299.00 GBP incl. VAT
en 12 x 500 ml = 6 l
en Sizes: S/M/L/XL, 36/38/40/42
en I.e. the box is 30x20x10, not 20x10x5.
en Parcel 1 of 3 left, parcels 2 and 3 follow.
en We will be in touch within 24 hours.
en Thank you for reaching out, and for your message.
en You can contact us here at any time.
en If you have any question, just reply to this message.
en Please call off the delivery in the app of the carrier.
en Ring size 54, chain 45 cm
en The ring is at the bottom; call it part C.
en Our team is on it.
en I talked to the team at the warehouse.
en The doorbell rings, the app shows a message.
en The phone case fits iPhone 15 and 15 Pro.
en The mobile stand holds phones up to 7 inches.
en Text on the mug: "Best Dad 2026"
en Engraving "A & B 12.12.2020"
en The sign reads "NO. 10".
en For a fax machine, use cable 3.
en The headset has a line-out and a mic.
en It has one line of text, two at most.
en Thread size 1/4-20 UNC
en One of the 16 GB modules failed.
en Your order of 1 November, placed at 21:14:05.
en Item 3 of 12345678
en The item number is 256123456789.
en Order no. 05-12345-67890 was paid on 3 May.
en The tracking shows 6A 123 456 7890 1.
en Royal Mail: AB 1234 5678 5GB
en SN 0123-4567-8910
en IMEI 356938035643809
en Model 07700-900
en Batch 0612345678
en GTIN 05012345678900
en Two six-packs and one eight-pack
en One-two-three, done!
en Seven of nine pieces arrived.
en Zero percent interest, zero fees.
en Twenty twenty-six is the year on the label.
en Three hundred and twenty grams
en five to seven days, eight at most
en one for you and two for me
en We love our customers @ LampWorks
en 5 pcs @ $3
en C@t print T-shirt
en the file is named cat.jpg
en README.md and config.json are in the folder
en main.py and run.sh start it
en The script is called start.sh.
en archive.zip holds photo.png and photo.raw
en Open Settings > Wi-Fi > Advanced.
en Java SE, .NET Framework and Node.js are needed.
en Windows 11, macOS 14.1
en Mr. Lee, Mrs. Park and Dr. Kim
en It is OK.We ship today.Sorry!
en it is on its way.thanks for waiting
en All done.You can keep the box.
en Sorry.Our mistake.
en Yes.In fact it left.
en No.It is grey.
en Good.Me too.
en Perfect.To return it, use the label.
en It is sold out.So we refund.
en That is all.As agreed we refund.
en The website of the carrier shows it delivered.
en Check "Your Orders" on the site.
en You'll find the invoice under My Account > Orders.
en Log in to your account and open the order.
en The link in the marketplace's mail opens the label.
en The page you saw is out of date.
en Please follow the steps in the manual.
en follow the arrow on the tube
en Find us a photo of the label, please.
en Add it to the cart again.
en Share the photo here.
en We don't have a Facebook page.
en Do not share your phone number on Facebook.
en The earbuds announce WhatsApp messages.
en The toy is famous on TikTok and YouTube.
en As seen on TikTok!
en The mount fits most YouTube cameras.
en Instagram-style frame, white, A4
en Facebook Portal stand, black
en Discord mod sticker set
en The speaker plays music from YouTube.
en Use it for Zoom and Skype calls.
en The tablet runs Skype, Zoom and Teams.
en Signal cable, 3 m
en Snap fasteners, 12 pcs
en Line up the holes.
en Your messenger bag is on its way.
en Thanks for the message on the order.
fr Vous avez payé 49,90 € le 12 juin.
fr Le sac fait 20 litres, la gourde 0,75 l.
fr Comptez 3 à 5 jours ouvrés (7 max.).
fr 2 piles AA, 1 câble (1,5 m) et 3 vis M4x12
fr fermé du 24 au 26/12 et le 01/01
fr Le code commence par 4260 et finit par 77.
fr Réf. 2026/1104/77
fr Tournez le bouton sur 4, puis sur 7.
fr Appuyez sur le point rouge, puis sur le vert.
fr Le point d'accès Wi-Fi est à l'entrée.
fr point par point, au point mort, mise au point
fr Voici un point sur votre commande.
fr Faites le point à 3 m.
fr À quel point en êtes-vous ?
fr Rendez-vous au point relais avant 19h.
fr Point relais n°12345, 5 rue du Port
fr Un point c'est tout.
fr Un point, une virgule et un tiret
fr Chez nous, chaque colis est pesé.
fr Déposez-le chez un commerçant, un point de retrait ou en agence.
fr livré chez votre voisin M. Petit
fr Le robot dit les chiffres : un, deux, trois.
fr Deux cent dix grammes, trois cents au plus
fr Quatre-vingt-dix jours de garantie
fr vingt et un ou vingt-deux cm
fr six ou sept jours, huit si férié
fr deux mille vingt-six
fr Le 06/07 entre 08h et 10h
fr Le 06.07.26 à 12.30
fr Du 05 au 08 06 2026
fr Il y a 06 pièces, 39 vis et 98 rondelles.
fr 01 02 03 : appuyez dans cet ordre.
fr Étape 01, étape 02, étape 03, étape 04
fr Lot n° 0612345678
fr Série 0102-0304-05
fr N° de contrat 0712345678
fr Colis 6A12345678901 remis au facteur
fr Chronopost XY123456789FR
fr EAN 3760123456789
fr CP 06000 Nice
fr 12 rue des Lilas 06400 Cannes
fr 35 000 Rennes, 44 000 Nantes
fr Total TTC 1 299,00 EUR
fr 10 000 mAh, 22,5 W
fr SAV ouvert 9h-12h/14h-18h
fr Votre message du 03-11-2026 à 14:05:22
fr Merci.Bonne journée.
fr C'est bon.Le colis part.
fr Oui.En effet, il manque.
fr D'accord.Au revoir.
fr Reçu.Est-ce le bon ?
fr Désolé.Il est épuisé.
fr Parfait.La taille 38 part demain.
fr c'est fait.merci à vous
fr le colis est là.il faut signer
fr Voir photo.jpg et notice.docx
fr Le fichier s'appelle start.sh
fr M. et Mme. Durand
fr Ets. Martin, S.A.R.L. au capital
fr N.B. le bon est joint, cf. page 2, art. 3, al. 2
fr etc.et ainsi de suite
fr Prix unit. 3 @ 4,50
fr Consultez la rubrique Mes commandes.
fr Ouvrez votre compte, puis Commandes.
fr Le site affiche livré.
fr Répondez-nous ici, cela suffit.
fr Contactez-nous par cette messagerie.
fr N'hésitez pas à nous écrire ici.
fr Écrivez-nous depuis la commande.
fr Appelez le transporteur si besoin.
fr Votre téléphone doit être chargé.
fr Le téléphone sonne deux fois.
fr Housse pour téléphone 6,1 pouces
fr Le portable passe par l'anneau.
fr Vu sur TikTok !
fr Nous n'avons pas de page Facebook.
fr L'enceinte lit les vidéos YouTube.
fr La caméra envoie une alerte sur WhatsApp.
fr Ne donnez pas votre numéro sur Facebook.
fr Cadre façon Instagram, blanc
fr Compatible Google Home et Alexa
fr Recherchez la pièce C dans le sachet.
fr Tapez le code au dos.
fr La ligne 2 est barrée.
de Sie haben 49,90 € am 12. Juni bezahlt.
de Der Rucksack fasst 20 l, die Flasche 0,75 l.
de 3-5 Werktage (max. 7)
de 2x AA, 1x Kabel (1,5 m), 3 Schrauben M4x12
de vom 24. bis 26.12. und am 1.1. geschlossen
de Drehen Sie auf 4, dann auf 7.
de Punkt 3 der Anleitung, Punkt für Punkt
de Der rote Punkt ist an, der grüne Punkt im Display aus.
de Der Punkt am Rand, der Punkt in der Mitte
de Punkt.Punkt.Komma.Strich
de Bringen Sie es zum nächsten Paketshop in der Stadt.
de bei Nachbarn abgegeben, bei Müller
de Bei uns im Lager ist es da.
de ein bis zwei Tage, drei höchstens
de zweihundertzehn Gramm
de einundzwanzig oder zweiundzwanzig cm
de Es sind acht von neun Teilen da.
de null Problem, null Euro Versand
de am 06.07. zwischen 8 und 10 Uhr
de Rechnung 2026-0612345
de Charge 0612345678
de Vorgang 0301234567
de Seriennummer 0152-28817386-A
de PLZ 01067 Dresden, 04109 Leipzig
de DHL 00340434161094042557
de USt-IdNr. DE 123 456 789
de HRB 12345
de Hotline des Herstellers steht im Heft.
de Der Fahrer meldet sich telefonisch.
de Handyhülle für 6,1 Zoll
de Mobilteil mit Ladeschale
de Danke.In Ordnung.
de Gut.Am Montag geht es raus.
de Nein.So ist es richtig.
de Ja.Es ist da.
de alles klar.danke ihnen
de Fa. Meier, Abt. 3, Nr. 5, Str. 7
de u.a.in Rot, z.T.in Blau, i.d.R.am Montag
de Siehe bild.png und text.pdf
de Kein WhatsApp, bitte hier schreiben.
de Die Box spielt YouTube ab.
de Die Klingel meldet sich über WhatsApp.
de Bekannt aus TikTok
de Wir haben keine Facebook-Seite.
de Schreiben Sie uns einfach hier.
de Melden Sie sich gern wieder.
de Auf der Seite des Versenders steht zugestellt.
de Suchen Sie Teil C in der Tüte.
es Pagó 49,90 € el 12 de junio.
es 3-5 días laborables (máx. 7)
es Gire a 4 y luego a 7.
es Punto 3 del manual, punto por punto
es El punto rojo es el de encendido.
es Llévelo al punto de recogida, punto Seur
es Un punto, dos guiones y una coma
es en este punto no se abre
es uno o dos días, tres como mucho
es doscientos diez gramos
es veintiuno o veintidós cm
es Llegaron ocho de nueve piezas.
es once, doce o trece
es el 06/07 entre las 8 y las 10
es Factura 2026-0612345
es Lote 612345678
es Nº de serie 699123456
es CP 28001, 08001
es NIF 12345678Z
es SEUR 12345678901234
es El teléfono suena dos veces.
es Funda de móvil de 6,1 pulgadas
es Gracias.En breve sale.
es Bien.La talla 38 sale hoy.
es Sí.Es azul.
es vale.gracias a usted
es Vea foto.png
es No tenemos página de Facebook.
es El altavoz reproduce YouTube.
es Visto en TikTok
es Escríbanos por aquí.
es Busque la pieza C en la bolsa.
it Ha pagato 49,90 € il 12 giugno.
it 3-5 giorni lavorativi (max. 7)
it Giri su 4 e poi su 7.
it Punto 3 del manuale, punto per punto
it Il punto rosso è acceso.
it Lo porti al punto di ritiro.
it un punto, due trattini e una virgola
it a questo punto non si apre
it uno o due giorni, tre al massimo
it duecentodieci grammi
it ventuno o ventidue cm
it Sono arrivati otto pezzi su nove.
it il 06/07 tra le 8 e le 10
it Fattura 2026-0612345
it Lotto 3471234567
it CAP 00100 Roma
it P.IVA 01234567890
it SDA 1234567890123
it Il telefono squilla due volte.
it Custodia per cellulare da 6,1 pollici
it Grazie.In giornata parte.
it Bene.La taglia 38 parte oggi.
it Sì.È blu.
it va bene.grazie a lei
it Veda foto.png
it Non abbiamo una pagina Facebook.
it La cassa riproduce YouTube.
it Visto su TikTok
it Ci scriva qui.
it Cerchi il pezzo C nel sacchetto.
it Tasto chiocciola, tasto punto
en Receipt 3481920475 has the blue mug? I will add the two saucers from 3481920611.
en Your listing 1700000001 is renewed, the matching one is 1700000122.
en Transaction 5000000001 covers the jersey and 5000000377 the cap.
en I merged order 3481920475 with 3481920611 so both leave today.
en I see two orders: 3481920475 and, from yesterday, 3481920611.
en Conversation 1600000000 has the photos.
en Your case is 5123456789, the older one was 5123450012.
en Payment reference 8234567890 was refunded.
fr Vos reçus 3481920475 et 3481920611 partent ensemble, le 3481920700 suit lundi.
fr Le colis contient la commande 3481920475 ; j'y ai joint la tasse de 3481920611.
de Bestellung 3481920475 und die Untertassen aus 3481920611 kommen zusammen.
es El recibo 3481920475 y el 3481920611 salen juntos.
it La ricevuta 3481920475 e la 3481920611 partono insieme.
en Item 225566778899 matches 225566770011.
de Abholcode 4412907733, bitte in der Filiale nennen.
fr Code de retrait 4412907733 à présenter au point relais.
en Your locker code is 4418 2290 and the locker is 12.
en The gift card ending 4471 was used.
en Return authorisation 6091142277 is open.
en RMA 4155550132 is approved.
en HS code 6109100010 is on the label.
en MMSI 211234560 is engraved.
en Lot 0231251184, use by 03/2027.
en First press 3, then 1, then 2 on the keypad.
en Call the elevator, then press 312.
en Enter 0000, then 1234, and confirm with OK on the phone.
en Text mode: press 06, then 39, then hold.
en Dial in 12, then 24, and finally 36 on the lock.
en We sent 250, then 300, and then another 1200 of the 5000 labels.
en Set the lamp to 20, then 40, then 60 percent.
en The pages to read are 112, then 118, and 120.
en Use hole 12, then 15, then 18 from the left.
en Call off 100 now, then 250 in May and 300 in June.
en The line reads 312, then 555; that is the batch.
en Ring sizes: first 52, then 54, then 56 and 58.
en Add 300 ml, then 500 ml and then 150 ml.
en To unlock: 4, then 7, then 11 and 15.
en We will reach 2026, then 2027, before the colour is back.
en Contact points 01, then 02 and 03 must be clean.
fr Appuyez sur 1, puis 3, puis 5 du téléphone.
fr Les repères 06, puis 39 et 98 du plan.
fr D'abord 12, ensuite 24, enfin 36 pièces.
fr Vissez le 01, ensuite le 02, ensuite le 03 et enfin le 04.
fr Composez 2 au lieu de 3 sur le minuteur.
de Zuerst 10, danach 20, zum Schluss 30 Minuten.
de Drücken Sie 1, dann 3, dann 5 am Telefon.
de Rufen Sie Menü 4 auf, dann 12, danach 7.
de Am Anfang 100, dann 250 und zuletzt 300 Stück.
es Primero 12, luego 24 y por último 36 tornillos.
es Marque 1, luego 3 en el mando.
it Prima 12, poi 24 e infine 36 viti.
it Prema 1, poi 3 sul telefono.
en One5 and Six30 are the names of the shades.
en Xbox One500 bundle, 2nd gen, Ten4 radio
en We kept one2one chat only here.
en Step 2one: unscrew the four4 bolts
en Choose S-M-L or X-L.
en Sizes S/M/L/XL fit, A-B-C order.
en Put the tabs in the order A-B-C-D.E is the last one.
en Notes: C-D-E-F-G.It plays well.
en D-I-Y kits are back
en R-O-Y-G-B-I-V colour set.
fr Les couleurs C-M-J-N. Et le noir.
fr S-A-V : répondez ici.
de Schalter A-B-C.Es gibt drei.
de A/B/C-Filter
en It says W/O/L/F on the back.
en The sofa , com fortable and wide, is here.
fr La lampe , fr agile, est emballée.
fr Le tapis , de couleur bleue , est là.
de Die Lampe , de luxe , ist da.
es La mesa , es de roble.
it Il tavolo , it non c'entra.
en Write the code without the dashes.
en Enter the serial number without spaces: 4C22 07319.
en Type the order number, no spaces.
fr Saisissez le code sans les tirets.
fr Entrez le numéro sans espaces.
de Geben Sie die Nummer ohne Leerzeichen ein.
de Die Teile sind ohne Bindestrich beschriftet. Es passt.
es Escriba el código sin guiones. Es el de la caja.
it Inserisca il codice senza trattini. It is ok.
en Engrave it as one word.It looks better.
en Press the dot, then hold.
en Connect the dot, then the COM port.
en a trial period, and net 30 days
en At that point, then, it is done.
fr Un point, puis de la colle.
fr Mettez un point et fr ottez.
de Ein Punkt, dann der nächste.
de Erst ein Punkt Kleber, dann de Luxe Folie
es Un punto, y luego es todo.
it Un punto e poi il nastro.
en Save the file with .com at the end of its name.
en Your name with a dot at the end is on the mug.
en The name on the order is the same as on the invoice.
fr Votre nom avec un point à la fin est gravé.
de Ihr Name mit Punkt am Ende ist graviert.
en On Facebook you can log in with your name.
en The app shows the same name on WhatsApp.
en Open WhatsApp > Settings > Linked devices.
en Instagram → Settings → Account, then allow the frame.
en Facebook > Privacy > Apps
de WhatsApp → Einstellungen → Verknüpfte Geräte
fr WhatsApp > Réglages > Appareils
es WhatsApp > Ajustes > Dispositivos
it WhatsApp > Impostazioni > Dispositivi
en Notifications on WhatsApp stay on.
en Stickers on Telegram look fine on the tablet.
en Works with WhatsApp/Telegram.
en WhatsApp (Android) and Telegram (iOS) are preinstalled.
en My name is Kim, your order is packed.
de Ich heiße Anna und kümmere mich darum.
fr Je m'appelle Julie et je m'occupe de vous.
de Auf Facebook bin ich nicht, bitte hier schreiben.
en I am not on Instagram.
en On Pinterest you may have seen similar lamps.
de Auf TikTok heißt der Trend Cottagecore.
en On TikTok the trend is called cottagecore.
fr Sur TikTok, c'est la tendance.
fr Sur Pinterest, c'est très tendance
es En Instagram es tendencia.
en You wrote that you saw it on TikTok, it is the green one.
en You saw the mug on Instagram? It is the one in your order.
en FB 12 is the shade of the frame bracket.
en IG 54 and WA 20 are the part codes.
en Snap is the sound it makes
en YouTube (Kids) works too.
en Turn the dial to area 3, then area 5, then area 5 again.
en Press call, then 1, then 0 and then 7 to reset the intercom.
en Dial 100 for the clock mode, then 250, followed by 300 and finish with 999.
en We will contact the depot on 12, then 13 and then 14 November.
en The ring fits 52, then 54 and finally 58 after stretching.
en Lines 10, 20 and 30, then 40 show the cut.
en Enter code 0312 then 555 then 0162 on the lock.
en The serial starts with 07700, then 900, and ends in 418.
en Your order number begins with 306, then 4418821 and ends in 77.
en The tracking number starts with 940, then 0111 and ends in 8224.
fr Le numéro de série commence par 06 39, puis 98 et se termine par 71 04.
fr Composez le code 1234, puis 5678, puis validez avec 90.
fr Le colis est passé par 75, puis 69, ensuite 13 et enfin 06.
fr Comptez 10, puis 20, puis 30 et pour finir 40 tours.
de Die Seriennummer beginnt mit 0171, dann 392 und endet auf 0012.
de Geben Sie 0000 ein, dann 1234 und zuletzt 5678.
de Ihre Bestellnummer fängt mit 306 an, dann 441 und endet mit 882.
es El número de serie empieza por 699, luego 142 y termina en 308.
es Suba a 10, luego 20 y al final 30 grados.
it Il numero di serie inizia con 347, poi 555 e finisce con 0134.
it Giri a 10, poi a 20 e infine a 30.
en Select size S-M-L in the drop down. It fits.
en The label reads P-O-L-Y. We can change it.
en Pads A/B/C are new. D is not.
en Please type the code without spaces. It works then.
en Leave out the hyphens. In the form they are not needed.
en Use the vase without brackets. So far nobody missed them.
en Engraving: write it as one word, no spaces, e.g. Annasophie.
en The name goes on one line.One word only.
fr Gravure : tout attaché, sans espaces.
fr Mettez le prénom sans tirets. Et la date dessous.
de Bitte ohne Leerzeichen. Am Ende bestätigen.
de Der Name wird zusammengeschrieben, ohne Bindestrich.
es Escriba el nombre todo junto. Es mejor así.
it Scriva il nome tutto attaccato. It's fine.
en Put a dot of glue behind the name plate and press.
en Press the dot at the end, then the power key.
en Store the point and the net behind the goal.
en A full stop ends the sentence, period.
en Add the dot, then shop for a frame in the size.
fr Placez le point et de la colle à la fin.
fr Point de retrait : Fr. 12, à la fin du mois.
fr Le nom sur la boîte, puis un point, puis la date.
de Der Name, dann ein Punkt, dann das Datum.
de Ein Punkt, und es leuchtet.
es El nombre, un punto y la fecha al final.
es Un punto y es suficiente.
it Il nome, un punto e la data alla fine.
it Un punto e it resta.
en My name is Anna and I handle your order on Etsy.
en As seen on TikTok, the mug is popular.
en I am happy to see the picture on Pinterest that inspired you.
en As advertised on Instagram, the kit has 12 parts.
en Our name is on the box; Telegram is not needed.
en The same name must be on the Facebook login.
en Unboxing videos on YouTube show the lid.
en Reels on Instagram play without sound on the frame.
en Tutorials on YouTube may help.
en Instagram: works. TikTok: works. WhatsApp: no.
en Apps: Facebook/Instagram/WhatsApp
en WhatsApp: supported; Telegram: supported
fr Sur Facebook, c'est écrit autrement.
fr Je suis désolée que la vidéo sur TikTok vous ait induite en erreur.
fr Vous êtes sur Instagram ? L'application est préinstallée.
fr Tutoriels sur YouTube.
de Wie auf TikTok gezeigt, passt der Deckel.
de Wir sind keine Marke auf Instagram.
de Videos auf YouTube zeigen den Aufbau.
de Unter Instagram finden Sie in der App die Einstellung Ton.
es Como se ve en TikTok, la tapa encaja.
es Soy Ana; el vídeo en YouTube del fabricante lo explica.
it Sono Anna, il video su YouTube del produttore lo spiega.
it Come visto su TikTok, il coperchio va bene.
en Your order 3481920475 shipped, tracking 3481920999 follows.
en Invoice 20261145 and credit note 20261146 are attached.
fr Facture 20261145, avoir 20261146.
de Auftrag 7712345678 ersetzt 7712345001.
en Is the number on your order still right? The driver will phone.
en The listing 1234567890 sold out; 1234567899 is the same in green.
en The wall hook code is 06399871.
en Ship-from code 94043 and 94107
en the mug , org anic glaze
en A , B and C
fr rouge , vert et bleu
en The Crypto.com patch on the cap is stitched, not glued.
en Your jersey has the Cars.com logo on the back, as shown in the picture.
en The Hotels.com gift box is cardboard.
en The Match.com mug is sold out, the plain one is in stock.
en The tote with the Booking.com print can be washed at 30 degrees.
fr L'autocollant Booking.com sur la valise se décolle à l'eau tiède.
fr La housse Monster.com convient aux ordinateurs de 13 pouces.
fr Le maillot porte le logo Crypto.com sur la manche.
de Der Booking.com-Aufkleber auf der Hülle lässt sich mit warmem Wasser lösen.
de Die Tasche ist die Monster.com Edition, 13 Zoll.
de Das Trikot hat das Check24.de Logo auf dem Ärmel.
es La pegatina de Booking.com de la maleta se quita con agua tibia.
es La funda edición Monster.com es de 13 pulgadas.
es La camiseta lleva el logo de Crypto.com en la manga.
it L'adesivo Booking.com sulla custodia si toglie con acqua tiepida.
it La borsa Monster.com è da 13 pollici.
it La maglia ha il logo Crypto.com sulla manica.
en The firmware is now at 4.2.19.0, which fixes it.
en Your frame runs 3.0.12.7, the latest release is 3.0.14.1.
en Version 2.1.0.8 of the app needs a restart.
en Download build 10.4.2.1 in the settings menu of the device.
en The update from 1.0.3.4 to 1.0.4.0 takes a minute.
en After installing 5.1.2.3 the software asks for a code.
fr Mettez à jour le micrologiciel en 4.2.19.0 et laissez l'appareil branché.
fr La version du logiciel passe de 1.0.3.4 à 1.0.4.0.
fr La mise à jour 2.1.0.8 corrige le voyant.
de Bitte aktualisieren Sie die Firmware auf 4.2.19.0.
de Das Update auf Stand 2.1.0.8 behebt den Fehler.
de Die Softwareversion auf dem Gerät ist 3.0.12.7.
es Actualice el firmware a la 4.2.19.0 y no lo desenchufe.
es La versión del programa es ahora la 2.1.0.8.
it Aggiorni il firmware alla 4.2.19.0 e lo lasci acceso.
it L'aggiornamento alla 2.1.0.8 risolve il problema.
en The letters W.A.S.D. on the keyboard are worn.
en It says S.N.A.P. on the box, that is the maker.
en The kit reads A.B.C.D.E.F.G.H. in gold.
en Please wash your face. Book the courier for Monday.
en We ship to the U.S.A. and the U.K.
fr Les lettres S.N.C.F. sont sur l'affiche.
fr Le modèle R.A.T.P. est épuisé.
de Die Aufschrift D.I.S.C. ist auf der Box.
de Wir liefern z. B. an die A.G. in Bonn.
es Las letras F.C.B. van en la manga.
it La scritta A.C.M. è sul retro.
en Works with WhatsApp, Instagram, Facebook.
en Insta. Gram scale included.
en It shows what's. App closes then.
en The photo shows the lamp backwards, please turn it.
en Put the batteries in reversed, then it works.
en Read the label from right to left, the code is 12.34.
en The zip runs backwards. Gro the file later.
fr Le capot est monté à l'envers. Retournez-le.
fr Enfilez la housse à l'envers, puis retournez-la.
fr Lisez le numéro de droite à gauche : 4421.
de Die Schraube dreht rückwärts. Das ist normal.
de Von hinten gelesen steht da Otto.
es La tapa está al revés. Gírela.
es Gire de derecha a izquierda hasta el tope.
it Il coperchio è montato al contrario. Lo giri.
it Giri da destra a sinistra, poi prema.
en The moc. toe shoes are back.
en The moccasin.It is soft.
en Your confirmation went to your Gmail address, please look in spam after it.
en Open your Gmail app, then search for our order mail.
en If you use Gmail, put our message in the main folder after that.
en First your username, then Gmail asks for a code.
en Add Gmail to your phone in Settings > Accounts.
en Our messages go through the site, so Gmail or Yahoo may sort them as spam.
en Your name and then your address are on the label.
fr Saisissez votre identifiant, puis Gmail vous demande un code.
fr Ajoutez Gmail dans les réglages de la montre.
fr La montre affiche les mails de Gmail et puis ceux d'Outlook.
de Geben Sie Ihren Namen ein, dann öffnet sich Gmail.
de Die Uhr zeigt Gmail und dann Outlook an.
es Ponga su usuario y luego Gmail le pide un código.
es El reloj muestra Gmail y luego Outlook.
it Inserisca il suo nome utente, poi Gmail chiede un codice.
it L'orologio mostra Gmail e poi Outlook.
en The Google one is the white speaker, the other is the Amazon one.
de Der weiße Lautsprecher ist der von Google.
en The gram scale has the same name as the store brand.
en The app with the ghost icon is a game on the tablet.
en The picture in the square frame has the same name as the shop.
en The invoice carries the same name as the store.
en The blue network cable is 3 m.
en The bird app on the tablet names bird songs.
en The parcel is under the same name as the order.
fr Le réseau Wi-Fi porte le même nom que la box.
fr Les photos carrées vont dans ce cadre.
fr Le filet bleu a le même nom que la boutique sur la facture.
fr Le réseau bleu est celui des invités, même nom que la box.
de Das Netzwerk hat den gleichen Namen wie die Box.
de Quadratische Fotos passen in den Rahmen.
de Die Rechnung hat den gleichen Namen wie der Shop.
es La red tiene el mismo nombre que el router.
es El paquete va con el mismo nombre que el pedido.
it La rete ha lo stesso nome del router.
it La fattura ha lo stesso nome del negozio.
en Number of parts so far:⏎120⏎then 60⏎then 24
en The numbers on the plan: 01, then 02, then 03
en Part number 07700⏎then 900⏎then 264 for the left side
en Steps: press 1⏎then 2⏎then 3
en Order number first:⏎07700⏎then the post code
en Number of turns: 10 then 20 then 30.
fr Le numéro des étapes : 1⏎puis 2⏎puis 3
fr Nombre de pièces : 10⏎puis 20⏎puis 30
fr Numéros des vis : 06, puis 08, puis 10.
de Nummer der Teile:⏎10⏎dann 20⏎dann 30
de Die Nummern im Plan: 01, dann 02, dann 03.
es El número de piezas:⏎10⏎luego 20⏎luego 30
it Il numero dei pezzi:⏎10⏎poi 20⏎poi 30
en Model number in parts: 312⏎then 555⏎then 0162
en The serial number ends with dot and a letter.
en The code is 12 slash 44 and ends in 7.
en The file is called cover slash print and ends in dot com.
en The pattern of the shop logo ends in a dot.
fr Le nom du fichier finit par point com.
fr Le motif du nom finit par un point de croix.
fr Barre oblique, puis validez.
de Der Dateiname endet auf Punkt com.
de Das Muster endet mit einem Punkt am Rand.
es El nombre del archivo termina en punto com.
es La barra de la tienda termina en punta.
es La barra del toallero termina en punto redondo.
it La barra finisce con un punto rosso.
it Il nome del file finisce con punto com.
it La barra del negozio finisce con un tappo.
en Send me the photo here, it's easier: front and back please.
en Give it a snap to close the lid: done.
en The photo you sent shows the snap on the case: it is broken.
en Please attach the photo of the snap fastener: SF_204 is the part.
en Show the photo on Instagram mode: portrait_4 works.
en Send the photo of the insta camera: front_lens.
fr Envoyez la photo ici, c'est plus simple : étiquette et colis.
fr Le bouton snap de la pochette : réf_204.
fr Envoie la photo de la pression : c'est plus simple.
de Schicken Sie das Foto hier, das geht schneller: Vorder- und Rückseite.
de Der Snap-Verschluss auf dem Foto: SF_204.
es Mándeme la foto por aquí, es más fácil: frente y dorso.
es El cierre snap de la foto: ref_204.
it Mi mandi la foto qui, è più semplice: fronte e retro.
it Il bottone snap nella foto: rif_204.
en The pouch for the Crypto.com arena bottle is back.
en Our number of parts in stock: 120, then 60 in May.
en The number of turns in parts: 10, then 20.
en Part number in pieces: 07700⏎then 900⏎then 264
en Sorry, the number of pieces is wrong, you get 120 then 60 more.
en We ship the order in parts: 100 now, then 250, then 300.
fr Nous livrons en plusieurs parties : 100, puis 250, puis 300.
en The blue app on the tablet is the clock app, open it and set the time.
en Open the photo app on your phone and send us the picture here.
en We saw the video in the photo app, thank you.
en Our team looked at your pictures in the photo app, same name as the order.
en Please check our video site note in the manual.
de Öffnen Sie die blaue App auf dem Tablet, dort stellen Sie die Uhr.
fr Ouvrez l'application photo et envoyez-nous l'image ici.
fr Nous avons suivi le réseau de points relais, même nom que sur la carte.
es Abra la app de fotos y mándenos la imagen aquí.
it Apra l'app delle foto e ci mandi l'immagine qui.
it Ci serve la foto: la trova nell'app delle foto.
es En la app de las fotos busque la imagen y envíenosla aquí.
en The lamp hangs on the gram hook, 500 g at most.
en We weighed it on the gram, not on the ounce.
en Your site name ends in a dot, the engraving has none.
en Our shop's ribbon ends in a net bag.
en Turn the plug the other way round, it fits then.
en It was sent in reverse order: 3, 2, 1.
en Serial read from right to left: 4471 0620 118
en Type the name and then the mail address of your account.
en Your address is right and then the mail comes with DHL.
en Our email is sent from the marketplace; Gmail puts it after spam.
en My colleague put Outlook behind the other window, so the call was cut.
en The watch syncs with your name, then Outlook, then the calendar.
en The name on the account is the same, then Gmail, then the calendar sync.
fr Le nom du compte, puis Gmail, s'affichent sur la montre.
de Unsere Nachricht kommt über die Seite, danach Gmail prüfen.
en Hello, the set has 2.4.10.118 as its latest version.
en The bag with the logo is out. Visit us here soon.
en The cap reads "Last.fm" and the shirt "Fold.it".
en The tee says Change.org in white.
en Your bottle is from the Indeed.com collection.
en Select the T.A.G. heuer strap.
en Please sign with your initials, e.g. A.B.C.
en Does the seller app show it? Tap.the button then.
en Insta-mount for the camera and Face-tub
en Snap, the photo is blurry: file_1 please again
en Photo of the lamp on the snap hook, ref: hook_20
en I saw the picture on Instagram, thanks: the lamp_post is included
en The game runs on Snap, level: mimosa_2
en The Salesforce.com bag you returned has arrived.
en Is the Bet365.com lettering on the 2019 jersey original? Yes.
fr Le sac Hotels.com est vendu sans cadenas.
de Die Tasse mit Booking.com Logo ist spülmaschinenfest.
es La taza de Booking.com es apta para lavavajillas.
it La tazza Booking.com va in lavastoviglie.
en It has a small Booking.com tag inside.
en The keyring says Cars.com on one side.
en The controller shows 1.0.8.2 after the update.
fr Si l'écran affiche 1.0.8.2, la mise à jour est faite.
de Nach dem Update zeigt das Display 1.0.8.2.
es Tras la actualización la pantalla muestra 1.0.8.2.
it Dopo l'aggiornamento lo schermo mostra 1.0.8.2.
en Firmware v1.2.3.4 is fine.
en Install 2.3.4.5 from the app, it is the newest firmware.
en Keys: W.A.S.D. and E.
en Order of letters: T.I.K. then T.O.K. on the two blocks.
en Put your face.Book ends are separate.
en The reversed print on the back reads right to left.
en The film is mounted in reverse. Se the photo.
de Die Folie ist rückwärts eingelegt. ed.2 passt.
en The cable runs from right to left: 1.com port, 2.usb port
en Our name is on the parcel, then Yahoo may show the mail as spam.
en Your receipt came from our shop name, then Gmail sorted it.
en The invoice has our shop name and then the address.
fr Notre nom figure sur le colis, puis l'adresse.
de Unser Name steht auf dem Paket, dann die Adresse.
en Put the mail after the number in the form.
en Please add Outlook to the end of the list of apps.
en Type our order name after Gmail search opens.
en This is the same name as on the order, so Gmail grouped both mails.
en The app with the camera sign opens, same name as on the box.
en The app is on the store page with the same name as the lamp.
en Download the app of the lamp, it has the same name as our lamp.
fr L'application porte le même nom que la lampe, avec l'icône bleue.
fr Téléchargez l'appli verte, même nom que la montre.
de Die App hat den gleichen Namen wie die Lampe, mit blauem Symbol.
es La app verde tiene el mismo nombre que el reloj.
it L'app verde ha lo stesso nome dell'orologio.
en Search for our shop name in the app of the marketplace.
en Open the green app we ship with the watch and update it.
en We added the video to the listing, same shop, same name.
en Look for our shop name on the site and open the order there.
en Contact us through the site of the marketplace with your order number.
fr Contactez-nous via le site, même nom que sur la commande.
en The numbers are 12, then 24, then 36 in that order.
en Numbers in pieces: 1000, then 500, then 250.
fr Nombre en pièces : 300, puis 250, puis 120.
en The list ends with dot 12 on the plan.
en Your site map ends with point 12.
en The shop sign ends in a dot and is 30 cm.
fr La barre du magasin finit par un embout.
it Il nome sul biglietto finisce con un punto.
es El nombre grabado termina en punto.
de Der Name endet mit einem Punkt, so haben wir es graviert.
en The photo on the snap hook box, see page: item_12
en The snap is on top, photo: see box_top
fr La photo sur Insta vous a plu : le modèle est au catalogue.
en As you saw on Insta, the lamp comes in three shades: sand, clay, moss.
de Wie auf Insta gezeigt, gibt es drei Farben: Sand, Ton, Moos.
en You mentioned the video on TikTok, part: hook_20 is in the box.
en The answers on page 312 cover that, see also 555-0164-A.
en The part is 312-555-0164 in the drawing.
en Parts list no. 415 555 0155 comes in the box.
en File reference 617-555-0133 has been closed.
en The parts counter answers all questions until 6 pm.
en Model 646-555-0118 replaces the older one.
fr La référence de la pièce est 0612 345 678 901.
fr Elle répond aux articles 4 et 12 des conditions.
de Die Teilenummer (030) 23125 014 steht auf dem Typenschild.
es La pieza lleva el código 699 188 306 grabado.
it Il codice del pezzo è 347 555 0188.
en Part (3 of 4) 555-0164 is missing.
es Versión 1.12.305 del programa, instalada ayer.
es El total asciende a 1.299.000 pesos.
es La población es de 6.991.883 habitantes.
en Firmware 4.18.305 fixes it.
en Chrome 120.0.609 and later work.
fr La version 2.118.305 corrige le défaut.
de Firmware 6.188.305 ist auf dem Gerät.
it La versione 10.128.305 è pronta.
es La licencia 699.188.305 figura en la factura.
es La referencia 688.120.457 está agotada.
de Die Artikelnummer 688.120.457 ist ausverkauft.
it Il codice articolo 347.555.018 è esaurito.
en Catalogue item 688.120.457 is out of stock.
es La versión 688.120.457 del firmware arregla eso.
en The box measures 699*118*405 mm.
en The frame is 312*555*164.
en Ratio 3:1:2 / 5:5:5 works for the glaze.
en Pick 3/1/2 or 5/5/5 on the dial.
fr Le carton fait 60*40*30 cm.
fr Les notes : 3·3·8 puis 5·5·5.
de Das Maß ist 699*118*405.
de Karton 60x40x30, Gewicht 4 kg.
es Medidas: 655x300x127 mm.
es La caja mide 688*120*457.
it Il tappeto misura 240×170×2 cm.
it I punti sono 3·3·8 e 5·5·5.
en The code has three zeros at the end.
en You get two fives and three tens back.
fr Il y a deux zéros de trop sur l'étiquette.
fr Il manque deux vis, puis trois écrous, puis douze joints.
de Da stehen drei Nullen zu viel.
de Erst zwei Fünfer, dann drei Zehner.
es Hay dos ceros de más en la factura.
es Faltan tres tornillos y luego dos tuercas.
it Ci sono due zeri di troppo.
it Mancano tre viti e poi due dadi.
en We sent two ones and three twos of the set.
en Set the dial to 01, then press two zeros, then hold 31 seconds.
fr Réglez sur 01, puis deux zéros, puis attendez 31 secondes.
en Stir it three times the first day, then two times the day after.
fr Deux fois le même article, puis trois fois le bon.
de Zweimal die 4, dreimal die 6 und einmal die 8 sind im Set.
es Tres veces el mismo error, luego dos veces el otro.
it Due volte il 5 e tre volte il 6 nella scatola.
en The label shows a round a sign, which stands for class A.
en Press the key with the a in a circle, then wait.
en The sticker with the little snail is the eco label.
en Hold shift and 2 for the second layer.
en The a with a tail on the pendant is a Celtic letter.
fr Le a entouré sur l'étiquette veut dire lavage à sec.
fr Le petit escargot est vendu avec le vase.
fr C'est un agent commercial, a commercial lease isn't needed.
de Das a im Kreis auf dem Etikett bedeutet Reinigung.
de Der Affe mit dem Kringel ist ausverkauft.
es La a con rabito del collar es una letra gótica.
es La pulsera con la a redonda llega el martes.
it La a cerchiata indica il lavaggio a secco.
it La chiocciolina di ceramica è in magazzino.
en Write the amount, then a full stop, then the cents.
en Type the code, then a dot, then the last two letters.
en End the file name with a full stop.
en Click save, full stop, no other step is needed.
en The parcel comes by van, period.
fr Écrivez le montant, un point, puis les centimes.
fr Le colis part demain, un point c'est tout, puis vous recevrez un mail.
fr Tapez le code, puis un point, puis validez.
de Den Betrag eintippen, dann einen Punkt, dann die Cent.
de Tippen Sie auf den Punkt, dann auf Speichern.
es Escriba el importe, un punto, luego los céntimos.
es Toque el punto y luego guarde.
it Digiti l'importo, un punto, poi i centesimi.
it Prema il punto, poi salva.
en Shop vac + dot stickers are in the box.
en Our store name + logo are printed on the bag.
en The set has a lamp + shop towel.
fr Le nom de la boutique + le logo sont imprimés.
fr Une lampe + point lumineux pour le bureau.
de Der Ladenname + Logo stehen auf der Tüte.
de Lampe + Punktstrahler im Set.
es El nombre de la tienda + el logo van impresos.
es Hilo + punto de lana en el mismo kit.
it Il nome del negozio + il logo sono sul sacchetto.
it Filo + punto croce nello stesso kit.
en File type: .net + .shop extensions are both fine for the file.
it Il profilo Instagram è pubblico, così dice la guida.
it La pagina Facebook è quella che vede nell'app del televisore.
it Il canale YouTube è preinstallato sul televisore.
es El perfil de Instagram es privado por defecto en esa tableta.
es La página de Facebook es una de las que bloquea el filtro.
fr La page Facebook est bloquée par le contrôle parental.
fr Le groupe Facebook est une fonction de l'application.
de Die Facebook-Seite ist Teil der Kindersicherung.
de Der YouTube-Kanal ist vorinstalliert.
en The Facebook page is blocked by the parental filter.
en The YouTube channel is one of the presets.
en The Facebook login is Optional on this watch.
en The TikTok account is not linked to the watch.
en We packed 312 then 555 then 1200 pieces.
fr Nous avons expédié 312 puis 555 puis 1234 pièces.
de Wir haben 300 dann 555 dann 1234 Stück gepackt.
es Enviamos 300 luego 555 luego 1234 unidades.
it Abbiamo spedito 300 poi 555 poi 1234 pezzi.
en Batches of 300 then 420 then 2000 left the plant.
en Serial number read from right to left: 4471 0620 118
en The serial number on the plate reads backwards as 4471 0620 118
fr Numéro de série lu de droite à gauche : 4471 0620 118
de Seriennummer von rechts nach links: 4471 0620 118
es El número de serie se lee de derecha a izquierda: 4471 0620 118
it Il numero di serie si legge da destra a sinistra: 4471 0620 118
en The batch code is printed in reverse, 4471 0620 118.
en Name: Tom. Then Google opens.
en Our shop name and the Google rating are on the leaflet.
en The watch shows mail from Gmail, then Outlook.
fr Mon nom est sur le colis, ensuite Gmail affiche la notification.
de Der Name steht oben, dann Outlook als zweites Symbol.
en PayPal refunds take three days.
en The total was $45.P.S. we added a sticker.
en P.A. system and P.A.L. label are included.
fr Le remboursement PayPal prend trois jours.
de Die Erstattung an PayPal dauert drei Tage.
es El reembolso por Bizum lo hace la plataforma.
es Con SEUR, expedición 0812 4476 9035, llega el martes.
es El número de expedición es 0812 4476 9035.
es Albarán 0812 4476 9035, entregado ayer.
fr L'expédition 0812 4476 9035 est en route.
it La spedizione 0812 4476 9035 è in consegna.
de Die Sendung 0812 4476 9035 ist unterwegs.
de Frachtbrief 0812 4476 9035 liegt bei.
en The shipment 0812 4476 9035 left Porto.
en Consignment 0812 4476 9035 was signed for.
en Waybill 0412 4476 9035 is with the depot.
es El envío 0612 4476 9035 está en reparto.
it La lettera di vettura 0812 4476 9035 è allegata.
en Tap the dot, then info.
en Type the code shown beside the dot, then press shop.
de Tippen Sie auf den Punkt, dann info.
es Toque el punto, luego info.
en The zoom profile is called Portrait Plus.
en Zoom profile is called Portrait Plus in the menu.
en The line group is Alpha Beta in the diagram.
en We engraved L-y-d-i-a letter by letter as you asked.
en The parts for your mower, 646-555-0118, are out of stock.
en The phone stand measures 160×120×100.
en Phone stand 160*120*100, black.
es Reembolsado al cliente 699188306 el lunes.
it Accreditato al cliente 347 555 0188 ieri.
es El cliente 699 188 306 ya figura como devuelto.
fr Le client 0612345678 a reçu le double, vous aurez l'original.
de Das Etikett zeigt einen Punkt, dann de Buchstaben.
en Put in the screws, point down, then fold it.
en Enter the weight in grams, a dot, then two figures.
fr Il n'y a plus point de vente en magasin.
fr Le petit escargot se trouve au point de vente.
fr Le bail commercial, a commercial contract in English, est joint.
en The little snail and the bird come in one box. It ships today.
en The a with a tail costs 4.50 and fits the chain.
en Hold shift and 2, then release. The dot on the left turns green.
en Our store name + logo are on the .net version of the banner file.
de Marke + Modell stehen auf dem Typenschild.
es Marca + modelo en la etiqueta.
en Your account manager picks 12 items a day.
en The article answers that: 112-7654321-7654321 was the first order.
it L'articolo risponde alla norma 60335 2 14.
es El artículo responde a la norma 60335 2 14.
fr L'article répond à la norme 60335 2 14.
de Der Artikel antwortet auf Befehl 4471 0620 11.
en Twos and threes are sold in sets of five.
de Bitte achten Sie auf die drei Nullen am Ende der Nummer 4471000.
es Los unos cuestan 5, los doses cuestan 7.
en Press pay, then Pal mode starts the pump.
en Cash app-roved by the bank, says the slip.
en Mo. and Fr. we pack, Ven mo on request.
en 3*3*8 blocks and 5*5*5 blocks are in the set.
en The dice show 3/5/5 and 5/5/0.
it I numeri 3·5·5 e 0·2·6 sono sul tappo.
en Four of the five screws are 55 mm, the sixth is 60 mm, and two more are spare.
en Your parcel has two labels: 1Z12345E0205271688 and the return label.
en The unit has three modes: one for wool, two for cotton, three for silk.
en Turn the dial to two, then five, then zero, then press start twice.
en Combination: 4 then 12 then 31.
en Press 1 then 5 then 5 then # to reset the lock.
en Pull lever 3, then 4, then 6, as in figure 2.
en We checked 120, then 340, then 5120 rows of stock.
en The postcode is 75 011 and the floor is 3.
en The serial plate reads 646 555 0118 on the back.
en The size chart lists 688.120 for width.
en Use code 2 1 2 5 on the keypad.
en At the moment the example on the page, point 4, shows it.
en The dot on the lamp, then the ring, turn green.
en We also sell plus sizes and dot prints.
en The Facebook sticker comes with the laptop sleeve.
en The Pinterest style shelf is out of stock.
en Our pages are printed on recycled paper.
en The group is called Harbour Lights and plays on the record.
en The channel is called Volume Left in the manual.
en The account is called Current Account on your invoice.
fr Les deux zéros de la référence 4471 00 sont imprimés à part.
fr Tapez deux fois sur le bouton, puis trois fois sur la molette.
fr Le groupe s'appelle Les Lampes et joue sur le disque.
fr Réglez 01, puis 15, puis 30, puis 45 minutes sur le minuteur.
fr Nous avons reçu 12, puis 24, puis 48 pièces en novembre.
fr Le programme 06, puis 12, puis 24, est expliqué page 18.
fr Le compte s'appelle Compte Fidélité dans votre espace.
de Stellen Sie erst 01, dann 15, dann 30, dann 45 ein.
de Zweimal die 5, dann dreimal die 7 ergibt den Code am Schloss.
de Die Kombination lautet 0-1-7-1-3, dann drehen.
de Die Gruppe heißt Nordlicht und steht auf dem Cover.
de Der Kanal heißt Eingang Zwei am Verstärker.
de Die drei Nullen auf dem Zähler sind normal.
es Pulse dos veces el 5, luego tres veces el 7.
es Gire a 01, luego 15, luego 30.
es El grupo se llama Los Vinilos y es del 78.
es La cuenta se llama Cuenta Joven en el extracto.
es Recibimos 688, luego 120 y luego 457 unidades este mes.
es El contador marca 688.120 vueltas.
it Prema due volte il 5, poi tre volte il 7.
it Il gruppo si chiama Vinile Blu e suona dal 78.
it Il canale si chiama Ingresso Due sull'amplificatore.
it Abbiamo ricevuto 347 poi 120 poi 188 pezzi.
it Il profilo in alluminio è Nero Opaco.
it La pagina è Istruzioni di Montaggio, in fondo al libretto.
en Profile Facebook blue is RAL 5015.
en The colour of the Insta frame is Moss Green.
en The YouTube remote button is Red And White.
en The Telegram wall art page is Matte Black.
en Dimensions 12*24*36 cm, call if unsure is not needed.
en The customer service team answers within 24 hours, ticket 4471062.
en Our support desk answers tickets such as 4471 0621 in order.
en The parts desk has 2125 of them and ships 140 a day.
de Das Service-Team antwortet auf Vorgang 4471 0621 30 morgen.
en The Facebook page: "Not found" means the filter is on.
de Facebook-Seite: "Nicht erreichbar" steht auf dem Fernseher.
fr L'arobase du clavier est effacée, touche 0.
it La scala a chiocciola è in ferro, alta 2,40 m, con 12 gradini, punto.
es La arroba de la taza es de color rojo, con un punto.
en The green chat bubble on the watch means a new alert.
de Das grüne Chat-Symbol auf der Uhr zeigt eine Meldung.
fr La messagerie verte de la tablette se désinstalle.
es El chat azul de la tableta se puede quitar.
it La chat verde del tablet si disattiva.
de Erst 12, dann 24, dann 36 eine Stunde lang laden.
fr D'abord 01, puis 15, puis 30 une fois par jour.
en References 4471 0621 and 4471 0622 are on the slip.
en The usernames are case sensitive, followed by a dot in the list.
de Zu WhatsApp wechseln darf ich nicht, wir schreiben weiter hier.
it Niente WhatsApp, mi dispiace: restiamo nei messaggi qui.
es Nada de WhatsApp, lo siento, seguimos por aquí.
de Die Kamera kann direkt auf YouTube streamen, eine SD-Karte braucht sie nicht.
"""


def lines(block: str) -> list[tuple[str, str]]:
    """Language and text of each line."""
    found: list[tuple[str, str]] = []
    for line in block.strip("\n").split("\n"):
        language, _, text = line.partition(" ")
        found.append((language, text.replace("⏎", "\n")))
    return found

"""What AMs and reference persons answer: quotes asked for (E7, E9), and those that were delivered."""

from datetime import date

from procedure.correspondence.commands import Verb
from procedure.notices import MailKind as K
from tests.corpus.replies.labels import FRIDAY, THURSDAY, Label, labelled, verb

E7, E9 = K.E7_QUOTE_TO_AM, K.E9_CATALOGUE_TO_REFERENCE
YESTERDAY = date(2026, 11, 19)

ASKED = [
    *labelled(
        E7,
        "told",
        verb(Verb.TAKEN),
        """
        preso in carico
        Preso in carico grazie
        in carico
        ok, preso in carico
        lo prendo in carico
        Ok me ne occupo io
        me ne occupo io
        Ci lavoro io
        Presa in carico la richiesta
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.DRAFTED, on=FRIDAY),
        """
        redatto
        Redatto!
        preventivo redatto
        redatto oggi
        Il preventivo è redatto
        ho redatto il preventivo
        ok redatto
        Preventivo pronto
        il preventivo è pronto
        Ho preparato il preventivo
        preventivo fatto
        Redatto, lo consegno lunedì
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.DRAFTED, on=YESTERDAY),
        """
        redatto ieri
        Redatto il 19/11
        redatto 19/11
        Preventivo redatto ieri
        redatto giovedì
        Ho redatto il preventivo ieri
        redatto il 19 novembre
        fatto ieri il preventivo
        redatto ieri sera
        Redatto in data 19/11/2026
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.DELIVERED, on=FRIDAY, also=((Verb.DRAFTED, Verb.DELIVERED),)),
        """
        consegnato
        Consegnato oggi
        consegnato stamattina
        preventivo consegnato
        Ho consegnato il preventivo
        consegnato a mano al titolare
        Consegnato, aspettano lunedì per decidere
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.DELIVERED, on=YESTERDAY, also=((Verb.DRAFTED, Verb.DELIVERED),)),
        """
        consegnato ieri
        Consegnato il 19/11
        Preventivo consegnato ieri al titolare
        redatto e consegnato ieri
        consegnato giovedì
        Consegnato in data 19 novembre
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.CONTACTED, on=FRIDAY),
        """
        contattata
        Azienda contattata
        Ho contattato l'azienda oggi
        contattata stamattina
        sentita l'azienda
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.CONTACTED, on=YESTERDAY),
        """
        contattata ieri
        contattato ieri il titolare
        Azienda contattata il 19/11
        """,
        number=1,
    ),
    *labelled(
        E7,
        "told",
        verb(Verb.NOT_MINE),
        """
        non mio
        Non è mio
        non è mio, è di Ivo
        Non è mio, è di Ivo Prototipelli
        non mio: se ne occupa Rosa
        NON MIO
        Non è di mia competenza
        Non è un mio cliente, è di Ivo
        """,
        number=1,
    ),
    *labelled(
        E9,
        "catalogue",
        verb(Verb.TAKEN),
        """
        preso in carico
        ok preso in carico
        Presa in carico
        lo prendo in carico io
        """,
    ),
    *labelled(
        E9,
        "catalogue",
        verb(Verb.DRAFTED, on=YESTERDAY),
        """
        redatto ieri
        Redatto il 19/11
        preventivo redatto ieri
        """,
    ),
    *labelled(
        E9,
        "catalogue",
        verb(Verb.DRAFTED, on=FRIDAY),
        """
        redatto
        Preventivo redatto oggi
        ho redatto il preventivo
        """,
        number=1,
    ),
    *labelled(
        E9,
        "catalogue",
        verb(Verb.DELIVERED, on=FRIDAY, also=((Verb.DRAFTED, Verb.DELIVERED),)),
        """
        consegnato
        Consegnato oggi
        preventivo consegnato
        """,
    ),
    *labelled(
        E9,
        "catalogue",
        verb(Verb.NOT_MINE),
        """
        non mio
        non è mio, è di Nino Bozzettoni
        """,
    ),
]

DELIVERED = [
    *labelled(
        E7,
        "delivered",
        verb(Verb.THINKING, also=((Verb.THINKING, Verb.POSTPONED),)),
        """
        ci pensa
        Ci pensano
        ci pensa, risentire la settimana prossima
        Ci stanno pensando
        il cliente ci pensa
        Ci deve pensare
        vuole pensarci
        Vogliono pensarci un po'
        in riflessione
        ci pensa su
        Si prendono qualche giorno per pensarci
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.FOLLOWED_UP, on=THURSDAY),
        """
        sollecitato
        Sollecitato oggi
        sollecitata
        ho sollecitato stamattina
        Sollecitato per telefono
        ho fatto il sollecito
        risentiti, ancora niente
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.FOLLOWED_UP, on=date(2026, 12, 2)),
        """
        sollecitato ieri
        Sollecitato il 2/12
        sollecitato mercoledì
        ho sollecitato ieri
        Sollecitata ieri l'azienda
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.ACCEPTED, value="1200"),
        """
        accettato 1200
        accettato 1.200 €
        Accettato 1200 euro
        ACCETTATO 1.200,00
        accettato 1.200 € più IVA
        Accettato € 1.200,00 + IVA
        Accettato! 1200 euro
        accettato per 1200 euro
        hanno accettato 1200 euro
        Preventivo accettato, 1.200 euro
        Preventivo accettato per 1.200 € oltre IVA
        Accettato a milleduecento euro
        accettano, 1200 + iva
        Ha accettato: € 1200
        accetato 1200 euro
        Ottime notizie, accettato 1.200 €
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.ACCEPTED, value="1450.50"),
        """
        accettato 1.450,50
        Accettato 1450,50 €
        accettato 1.450,50 euro, firmato ieri
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.REFUSED),
        """
        non accettato: troppo caro
        Non accettato, costa troppo
        non accettato troppo caro
        NON ACCETTATO ha già un fornitore
        Non accettano, prezzo troppo alto
        rifiutato: hanno un altro consulente
        non hanno accettato, costa troppo
        Non ha accettato perché ha già un consulente
        rifiutato perché troppo caro
        Non interessati, troppo caro
        purtroppo non accettato: hanno scelto un altro
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        verb(Verb.POSTPONED, on=date(2026, 12, 11)),
        """
        rinvia all'11/12
        rinvia 11/12
        Rinvia al 11/12
        RINVIA 11 dicembre
        rinvia all'11/12/2026
        """,
        number=1,
    ),
]

FORWARDED = [
    Label(
        E7, "told", "redatto ieri", verb(Verb.DRAFTED, on=YESTERDAY), program="Outlook, forwarded", number=1
    ),
    Label(E7, "told", "redatto ieri", verb(Verb.DRAFTED, on=YESTERDAY), program="Gmail, forwarded", number=1),
    Label(
        E7, "told", "Consegnato oggi", verb(Verb.DELIVERED, on=FRIDAY), program="Apple, forwarded", number=1
    ),
]

ALL = [*ASKED, *DELIVERED, *FORWARDED]

"""What the offices answer: forms (E4, E6), credit (E1, E2), accepted quotes (E10, E11), and who is away."""

from datetime import date

from procedure.correspondence.commands import Verb
from procedure.notices import MailKind as K
from tests.corpus.replies.labels import Label, Want, labelled, verb

E1, E2 = K.E1_UNCOLLECTED_TO_RPA, K.E2_UNCOLLECTED_TO_RECOVERY
E4, E6 = K.E4_FORMS_TO_OFFICE, K.E6_RID_TO_RPA
E10, E11 = K.E10_ACCEPTED_TO_SERVICES, K.E11_ACCEPTED_TO_RPA

FORMS = [
    *labelled(
        E4,
        "told",
        verb(Verb.RECEIVED),
        """
        ricevuto
        Ricevuto, grazie
        ricevuti
        Ricevuti i moduli
        RICEVUTO
        ok ricevuto
        Ricevuto tutto
        moduli ricevuti
        Moduli ricevuti, grazie mille
        ho ricevuto i moduli
        Ho ricevuto tutto stamattina
        arrivati
        Arrivati, grazie
        I moduli sono arrivati
        Buongiorno,¶ricevuto.
        Buongiorno Ada,¶confermo di aver ricevuto i moduli.
        ricevutii
        riceuto
        Ricevuto ok
        documenti ricevuti
        Documentazione ricevuta, grazie
        ricevuto originale
        """,
    ),
    *labelled(
        E4,
        "told",
        verb(Verb.SENT_TO_RA, also=((Verb.RECEIVED, Verb.SENT_TO_RA),)),
        """
        inviato a RA
        Inviati a RA
        INVIATO A RA
        mandato a RA
        Passato tutto a RA
        ho inviato gli originali a RA
        trasmesso a RA
        Originali inviati a RA oggi
        consegnato a RA
        inoltrato a ra
        Ricevuto e inviato a RA
        ok inviato a RA, grazie
        """,
    ),
    *labelled(
        E4,
        "told",
        verb(Verb.WRONG, also=((Verb.RECEIVED, Verb.WRONG),)),
        """
        errore: manca la firma sulla delega
        Errore nella delega INPS
        ERRORE codice fiscale sbagliato
        c'è un errore nel modulo di adesione
        la delega è sbagliata
        Errore, il socio ha firmato nel posto sbagliato
        moduli errati: manca la data
        errore la delega non è firmata
        """,
    ),
    *labelled(
        E6,
        "told",
        verb(Verb.RECEIVED),
        """
        ricevuto
        Ricevuto il RID
        RID ricevuto
        rid ricevuto, grazie
        Ok ricevuto
        ricevuto il modello rid
        Arrivato, grazie
        Buongiorno,¶RID ricevuto.¶Grazie
        Confermo ricezione
        Ricevuto tutto ok
        """,
    ),
]

CREDIT = [
    *labelled(
        E1,
        "told",
        verb(Verb.TAKEN),
        """
        preso in carico
        Preso in carico, grazie
        presa in carico
        in carico
        ok preso in carico
        PRESO IN CARICO
        lo prendo in carico io
        Ce ne occupiamo noi
        me ne occupo io
        Ok, ci penso io
        Ho preso in carico la pratica
        """,
    ),
    *labelled(
        E2,
        "told",
        verb(Verb.TAKEN),
        """
        preso in carico
        Preso in carico dal recupero crediti
        in carico a me
        me ne occupo
        Presa in carico, vi aggiorno
        ok ce ne occupiamo
        """,
    ),
    *labelled(
        E1,
        "told",
        verb(Verb.COLLECTED),
        """
        incassato
        Incassato!
        Incassato, grazie
        incassato oggi
        Pagato
        hanno pagato
        Ha pagato stamattina
        pagamento ricevuto
        Il bonifico è arrivato
        credito incassato
        saldato
        Tutto saldato
        """,
    ),
    *labelled(
        E2,
        "told",
        verb(Verb.COLLECTED),
        """
        incassato
        INCASSATO
        ok incassato
        ha saldato tutto
        Credito recuperato
        incassato ieri
        """,
    ),
]

ACCEPTED = [
    *labelled(
        E10,
        "accepted",
        verb(Verb.TAKEN),
        """
        preso in carico
        Preso in carico da Paola
        PRESO IN CARICO da Zeno Modellucci
        preso in carico dall'ufficio paghe
        Preso in carico, grazie
        lo prende in carico Marco
        ok preso in carico
        assegnato a Giulia
        se ne occupa Marta
        """,
    ),
    *labelled(
        E11,
        "accepted",
        verb(Verb.TAKEN),
        """
        preso in carico
        Ok, preso in carico
        presa in carico
        in carico
        Preso in carico da amministrazione
        Ok ce ne occupiamo noi
        """,
    ),
]


def _away(kind: K, words: str, until: date) -> Label:
    return Label(kind, "told", words, Want(((Verb.ABSENT,),), until=until))


AWAY = [
    _away(E3 := K.E3_CORRECTIONS_TO_RA, "ASSENTE fino al 27/11", date(2026, 11, 27)),
    _away(E3, "assente fino al 10 dicembre", date(2026, 12, 10)),
    _away(E3, "Assente fino al 30 novembre", date(2026, 11, 30)),
    _away(E4, "assente fino al 25", date(2026, 11, 25)),
    _away(E1, "sono assente fino al 27 novembre", date(2026, 11, 27)),
    _away(E2, "assente fino al 4/12, grazie", date(2026, 12, 4)),
    _away(K.E7_QUOTE_TO_AM, "assente fino al 26/11", date(2026, 11, 26)),
    _away(K.E7_QUOTE_TO_AM, "sono in ferie fino al 27 novembre", date(2026, 11, 27)),
    _away(E4, "in malattia fino al 27/11", date(2026, 11, 27)),
]

ALL = [*FORMS, *CREDIT, *ACCEPTED, *AWAY]

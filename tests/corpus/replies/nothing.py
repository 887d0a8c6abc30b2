"""What must have no effect at all: questions, thanks, what was not done, strangers, machines, signatures."""

from procedure.notices import MailKind as K
from tests.corpus.replies.labels import Label, block, labelled

E3, E4, E6, E7, E9 = (
    K.E3_CORRECTIONS_TO_RA,
    K.E4_FORMS_TO_OFFICE,
    K.E6_RID_TO_RPA,
    K.E7_QUOTE_TO_AM,
    K.E9_CATALOGUE_TO_REFERENCE,
)
E1 = K.E1_UNCOLLECTED_TO_RPA

SAID = [
    *labelled(
        E3,
        "told",
        None,
        """
        non ancora fatto
        Non fatto
        fatto?
        Avete fatto?
        lo faccio domani
        Lo farò lunedì
        Grazie
        Grazie mille!
        Buongiorno
        Buona giornata
        se è ok allora fatto
        quando è fatto ve lo dico
        Non ho fatto niente
        non risulta aggiornato
        Aggiornate voi?
        da aggiornare
        Devo ancora aggiornare
        Sto aggiornando
        aggiorno appena possibile
        Cosa devo aggiornare?
        Sì certo, come no, fatto... ci mancherebbe altro, con tutto quello che ho da fare
        Non posso aggiornare senza la visura
        Chi ha detto "fatto"?
        Il collega mi ha chiesto se è fatto
        Quindi è già aggiornato?
        Potete confermare che il telefono sia giusto?
        Non capisco questa mail
        Chi siete?
        Per favore non scrivetemi più
        Non è fatto
        mai fatto
        Buongiorno,¶potreste rimandare la richiesta? Non la trovo più.
        done?
        not done yet
        I will do it tomorrow
        ?
        ...
        """,
    ),
    *labelled(
        E4,
        "told",
        None,
        """
        non ricevuto
        Non ho ricevuto niente
        ricevuto?
        Non ancora ricevuti
        quando li riceverò vi dico
        Non sono arrivati
        Li aspetto
        Mai arrivati
        Avete inviato a RA?
        da inviare a RA
        Invierò a RA domani
        """,
    ),
    *labelled(
        E7,
        "told",
        None,
        """
        redatto?
        non ancora redatto
        lo redigo domani
        Redigerò lunedì
        consegno domani
        Da consegnare
        non redatto
        Non consegnato, l'azienda era chiusa
        Quando va redatto?
        Che scadenza ha?
        se mi mandate i dati lo redigo
        Mi servono i dati dei dipendenti prima di redigere
        è mio?
        """,
        number=1,
    ),
    *labelled(
        E7,
        "delivered",
        None,
        """
        accettato?
        non ancora accettato
        forse accettano
        Se accettano ti dico
        Accetterà sicuramente
        non ha ancora risposto
        secondo me accetta per 1200 euro
        Hanno accettato il preventivo di un altro
        """,
        number=1,
    ),
    *labelled(
        E1,
        "told",
        None,
        """
        non incassato
        incassato?
        Non hanno pagato
        hanno promesso di pagare
        pagheranno lunedì
        """,
    ),
]

_OK = "Ok Arredamenti S.r.l.\nVia Fatto 12, 51100 Pistoia\nTel. 0573 123456"
_MARKED = "Cordiali saluti\n\nFatto Aggiornati\nRicevuto Consegnati S.r.l."
_LEGAL = "Questo messaggio è riservato. Se ricevuto per errore, si prega di avvisare:\nfatto\naggiornato"


def _bare(kind: K, program: str, signature: str, disclaimer: str = "", number: int = 0) -> Label:
    """No word but the signature's: somebody sent the reply by mistake."""
    return Label(
        kind, "told", "\n", None, program=program, signature=signature, disclaimer=disclaimer, number=number
    )


SIGNED = [
    _bare(E3, "Outlook", _OK),
    _bare(E3, "Gmail", _OK),
    _bare(E3, "iPhone, HTML only", _OK),
    _bare(E3, "Thunderbird", _OK),
    _bare(E3, "Thunderbird, below", ""),
    _bare(E3, "Aruba", _OK),
    _bare(E3, "Outlook, plain", _MARKED),
    _bare(E4, "Samsung", _MARKED),
    _bare(E4, "Yahoo", "", _LEGAL),
    _bare(E3, "Outlook web", "", _LEGAL),
    _bare(E7, "Exchange rewriting", "Saluti\nRedatto Consegnati", "", 1),
    _bare(E6, "Zimbra", "", ""),
    _bare(E3, "iPhone", "", ""),
    _bare(E3, "Outlook Android", "", ""),
    _bare(E3, "Outlook, HTML only", _OK, _LEGAL),
    _bare(E3, "Windows Mail", "Ok Arredamenti S.r.l."),
    _bare(E3, "Libero", "Ok Arredamenti S.r.l.\nFatto a mano dal 1962"),
]

STRANGER = "paolo.estranei@altrove.example"
COLLEAGUE = "giulia.collegucci@associazione.example.com"
OTHER = "lia.segnapostini@associazione.example.com"


def _by(who: str, kind: K, words: str, program: str, number: int = 0) -> Label:
    return Label(kind, "told", words, None, who=who, program=program, number=number)


OTHERS = [
    *(
        _by(STRANGER, E3, words, "Gmail")
        for words in block("fatto\nOk fatto\naggiornato\nassente fino al 10/12")
    ),
    *(
        _by(STRANGER, E7, words, "Outlook, forwarded", 1)
        for words in block("redatto ieri\nconsegnato\nnon mio")
    ),
    _by(STRANGER, E4, "ricevuto", "iPhone"),
    _by(STRANGER, E3, "fatto", "Gmail, forwarded"),
    _by(COLLEAGUE, E3, "fatto", "Outlook"),
    _by(COLLEAGUE, E3, "fatto", "Outlook, forwarded"),
    _by(COLLEAGUE, E4, "Ricevuto, grazie", "Outlook web"),
    _by(COLLEAGUE, E7, "redatto ieri", "Apple, forwarded", 1),
    _by(OTHER, E3, "fatto", "Gmail Android"),
    _by(OTHER, E4, "ricevuto", "Outlook"),
    _by(OTHER, E7, "consegnato ieri", "Thunderbird", 0),
    _by("anagrafica@associazione.example.com.altrove.example", E3, "fatto", "Gmail"),
    _by("anagrafica@associazi0ne.example.com", E3, "fatto", "Outlook"),
]


def _machine(kind: K, program: str, words: str) -> Label:
    return Label(kind, "told", words.replace("¶", "\n"), None, program=program)


MACHINES = [
    _machine(E3, "automatic", "Sono assente fino al 10 dicembre. Per urgenze: Ufficio Anagrafica"),
    _machine(E3, "automatic", "fatto"),
    _machine(E4, "automatic", "ricevuto¶La Sua mail è stata ricevuta"),
    _machine(E7, "vacation", "Assente fino al 30 novembre"),
    _machine(E4, "vacation", "Ricevuto. Risponderò al mio rientro"),
    _machine(E3, "vacation", "fatto"),
    _machine(E3, "bounce", "fatto"),
    _machine(E4, "bounce", "<essere.impresa@associazione.example.com>: user unknown"),
    _machine(E4, "receipt", "ricevuto"),
    _machine(E3, "receipt", "fatto"),
    _machine(E3, "newsletter", "fatto¶Tutte le novità di novembre"),
    _machine(E7, "newsletter", "Consegnato in 24 ore!"),
    _machine(E3, "read notice", "fatto"),
    _machine(E4, "read notice", "Il messaggio è stato letto"),
]

QUOTED = [
    Label(E3, "told", "> fatto\n\nNon capisco cosa intendi", None, program="Aruba"),
    Label(E3, "told", "Mi hai scritto:\n> fatto\nma non lo vedo", None, program="Thunderbird"),
    Label(E3, "told", 'Tu scrivi "FATTO" ma io non ho fatto nulla', None, program="Gmail"),
    Label(
        E4, "told", "Nella mail c'è scritto RICEVUTO, ma a me non è arrivato niente", None, program="Outlook"
    ),
    Label(E7, "told", "Cosa vuol dire REDATTO?", None, program="iPhone", number=1),
]

ALL = [*SAID, *SIGNED, *OTHERS, *MACHINES, *QUOTED]

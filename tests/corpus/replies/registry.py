"""What RA answers to E3: telephone, PEC and email of Tessitura Finzioni are to be put right."""

from procedure.correspondence.commands import Verb
from procedure.fields import RegisterField as F
from procedure.notices import MailKind
from tests.corpus.replies.labels import Label, Want, labelled

E3 = MailKind.E3_CORRECTIONS_TO_RA
_ALL = frozenset({F.PHONE, F.PEC, F.EMAIL})

DONE = labelled(
    E3,
    "told",
    Want(((Verb.DONE,),), fields=_ALL),
    """
    fatto
    Fatto.
    FATTO
    fatto!
    Fatto, grazie
    ok fatto
    Ok, fatto. Grazie mille
    ok
    aggiornato
    Aggiornato, grazie
    ho aggiornato tutto
    Ho aggiornato l'anagrafica
    tutto aggiornato
    dati aggiornati
    Dati aggiornati in anagrafica
    anagrafica aggiornata
    Ciao,¶fatto.
    Buongiorno,¶fatto
    Buongiorno Dopovisita,¶ho provveduto all'aggiornamento.
    Buongiorno,¶¶ho aggiornato i dati come richiesto.
    provveduto
    Ho provveduto
    sistemato
    Sistemato tutto
    tutto sistemato, grazie
    tutto ok
    tutto a posto
    Fatto tutto
    già fatto
    Già fatto stamattina
    fatto ieri
    fatto tutto ciao
    corretto
    dati corretti
    inserito tutto
    dati inseriti
    modificato come richiesto
    Ok aggiornata l'anagrafica
    ok aggiornato tutto buona giornata
    fato
    aggiornao
    aggioranto
    Fatto ☺
    👍 fatto
    fatto punto grazie
    variazioni registrate
    Variazioni eseguite
    eseguito
    Buon pomeriggio, aggiornamento eseguito
    Gentilissimi,¶si conferma l'avvenuto aggiornamento dei dati in oggetto.
    Confermo di aver aggiornato i dati.
    """,
)
PARTLY = [
    *labelled(
        E3,
        "told",
        Want(((Verb.DONE, Verb.MISSING), (Verb.MISSING,), (Verb.DONE,)), fields=_ALL - {F.PEC}),
        """
        ok aggiornato, manca però la PEC
        fatto tranne la pec
        Fatto tutto tranne PEC
        aggiornato telefono e mail, la pec no
        tutto ok tranne PEC: non è valida
        Ho aggiornato tutto, la PEC però non risulta valida
        """,
    ),
    *labelled(
        E3,
        "told",
        Want(((Verb.MISSING,), (Verb.DONE, Verb.MISSING)), fields=frozenset()),
        """
        manca la PEC
        Manca il codice SDI
        Manca la firma
        mi manca la visura
        Manca l'indirizzo della sede operativa, me lo fate avere?
        manca il nome del nuovo referente
        """,
    ),
    *labelled(
        E3,
        "told",
        Want(((Verb.DONE, Verb.MISSING), (Verb.DONE,), (Verb.MISSING,)), fields=_ALL - {F.EMAIL}),
        """
        tutto ok tranne email: è amministrazione@finzioni.example.com
        fatto, ma l'email no
        Fatto telefono e PEC, email da verificare
        """,
    ),
]


def _between(*answers: str, fields: frozenset[F], program: str) -> Label:
    """Answered field by field, under each line of our list."""
    under = tuple(zip(("Telefono:", "PEC:", "Email:"), answers, strict=True))
    want = Want(((Verb.DONE,), (Verb.DONE, Verb.MISSING), (Verb.MISSING,)), fields=fields)
    return Label(E3, "told", "", want, under=under, program=program)


BETWEEN = [
    _between("fatto", "fatto", "fatto", fields=_ALL, program="Outlook, between"),
    _between("fatto", "fatto", "fatto", fields=_ALL, program="Gmail, between"),
    _between("ok", "ok", "ok", fields=_ALL, program="Thunderbird, between"),
    _between("ok", "no, non esiste", "ok", fields=_ALL - {F.PEC}, program="Thunderbird, between"),
    _between("fatto", "manca", "fatto", fields=_ALL - {F.PEC}, program="Gmail, between"),
    _between("sì", "no", "sì", fields=_ALL - {F.PEC}, program="Outlook, between"),
    _between("aggiornato", "da verificare", "aggiornato", fields=_ALL - {F.PEC}, program="Gmail, between"),
    _between("ok", "ok", "no: è sbagliata", fields=_ALL - {F.EMAIL}, program="Thunderbird, between"),
]

ALL = [*DONE, *PARTLY, *BETWEEN]

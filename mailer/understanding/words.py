"""The words that replies begin with (section 9.1), by the kind of mail that is answered.

Refuses to read a letter: `mailer.understanding` does.
"""

import enum
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from procedure.correspondence.commands import Verb
from procedure.notices import Mail, MailKind, one_quote


class Takes(enum.Enum):
    """What may follow a word on its line; the value is how a mail says so, the word in `{word}`."""

    NOTHING = ""
    DAY = " (se non è oggi, anche con la data: {word} 12/5)"
    DAY_TO_COME = " e il giorno ({word} 12/5)"
    AMOUNT = " e l'importo senza IVA ({word} 1200 €)"
    REASON = " e il motivo ({word} costa troppo)"
    WORDS = " (anche di chi è, se lo sai)"


@dataclass(frozen=True, slots=True)
class Word:
    """One answer that a kind of mail takes: what it does, how we offer it, how else it is put, what follows.

    `also` is in the form that `even` gives. A `later` word is understood, and told of in one line: it has no
    button yet.
    """

    verb: Verb
    label: str
    also: tuple[str, ...] = ()
    takes: Takes = Takes.NOTHING
    later: bool = False

    @property
    def offered(self) -> str:
        """The word as the mail prints it and as the ready reply carries it."""
        return self.label.upper()

    @property
    def hint(self) -> str:
        """What may follow it, as the mail says it."""
        return self.takes.value.format(word=self.offered)


_TAKEN: Final = Word(Verb.TAKEN, "Preso in carico", ("presa in carico", "in carico"))
_RECEIVED: Final = Word(Verb.RECEIVED, "Ricevuto", ("ricevuti", "ricevuta"))
_CREDIT: Final = (_TAKEN, Word(Verb.COLLECTED, "Incassato", ("incassata",)))
_DRAFTED: Final = Word(Verb.DRAFTED, "Redatto", ("preventivo redatto",), Takes.DAY)
_DELIVERED: Final = Word(Verb.DELIVERED, "Consegnato", ("preventivo consegnato",), Takes.DAY)
_NOT_MINE: Final = Word(Verb.NOT_MINE, "Non mio", ("non e mio",), Takes.WORDS)
_COURSE: Final = (
    Word(Verb.CONTACTED, "Contattata", ("azienda contattata", "contattato"), Takes.DAY),
    Word(Verb.THINKING, "Ci pensa", ("ci pensano",)),
    Word(Verb.FOLLOWED_UP, "Sollecitato", ("sollecitata",), Takes.DAY),
    Word(Verb.ACCEPTED, "Accettato", ("preventivo accettato",), Takes.AMOUNT),
    Word(Verb.REFUSED, "Non accettato", ("rifiutato",), Takes.REASON),
    Word(Verb.POSTPONED, "Rinvia", ("rinvia al", "rinvia a"), Takes.DAY_TO_COME),
)


def _later(word: Word) -> Word:
    return Word(word.verb, word.label, word.also, word.takes, later=True)


_QUOTE: Final = (_TAKEN, _DRAFTED, _DELIVERED, _NOT_MINE, *map(_later, _COURSE))
"""Of a quote that is asked for: its first steps offered, those that follow said in a line."""

WORDS: Final = MappingProxyType(
    {
        MailKind.E1_UNCOLLECTED_TO_RPA: _CREDIT,
        MailKind.E2_UNCOLLECTED_TO_RECOVERY: _CREDIT,
        MailKind.E3_CORRECTIONS_TO_RA: (
            Word(Verb.DONE, "Fatto", ("aggiornato", "fatto aggiornato", "aggiornati", "aggiornata")),
        ),
        MailKind.E4_FORMS_TO_OFFICE: (
            _RECEIVED,
            Word(Verb.SENT_TO_RA, "Inviato a RA", ("inviati a ra", "inviata a ra")),
        ),
        MailKind.E6_RID_TO_RPA: (_RECEIVED,),
        MailKind.E7_QUOTE_TO_AM: _QUOTE,
        MailKind.E9_CATALOGUE_TO_REFERENCE: (_TAKEN, _DRAFTED, _DELIVERED, _NOT_MINE),
        MailKind.E10_ACCEPTED_TO_SERVICES: (_TAKEN,),
        MailKind.E11_ACCEPTED_TO_RPA: (_TAKEN,),
        MailKind.PROPOSALS: (
            Word(Verb.CONFIRMED, "Confermo", ("conferma", "confermato", "confermo tutte", "confermo tutto")),
        ),
        MailKind.MORNING: (_DRAFTED, _DELIVERED, *_COURSE, _NOT_MINE),
    }
)
"""The answers each kind of mail takes, in the order its text offers them."""


def answers(mail: Mail) -> tuple[Word, ...]:
    """The answers that this mail takes; a morning's, where it tells of one quote alone, those about it."""
    silent = mail.kind is MailKind.MORNING and one_quote(mail) is None
    return () if silent else WORDS.get(mail.asks, ())

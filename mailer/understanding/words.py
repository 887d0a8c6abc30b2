"""The answers that each kind of mail takes (section 9.1), and how it offers them.

Refuses to read a letter: the rest of `mailer.understanding` does, in many more words than are offered here.
"""

import enum
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from procedure.correspondence.commands import Verb
from procedure.notices import Mail, MailKind


class Takes(enum.Enum):
    """What may follow a word; the value is how a mail says so, the word in `{word}`."""

    NOTHING = ""
    DAY = " (se non è oggi, con la data: {word} 12/5)"
    DAY_TO_COME = " e il giorno ({word} 12/5)"
    AMOUNT = " e l'importo senza IVA ({word} 1200 €)"
    REASON = " e il motivo ({word} costa troppo)"
    WHY = " (anche con il motivo: {word} chiusi per ferie)"
    WORDS = " (anche di chi è, se lo sai)"
    BY = " (anche da chi: {word} DA Ugo)"
    MISSING = " e che cosa ({word} il numero civico)"
    WRONG = " e quale ({word} manca una firma)"
    FIELDS = " (o dato per dato: PEC no, è …)"


_READY: Final = MappingProxyType({Takes.DAY: " oggi"})
_OPEN: Final = frozenset({Takes.DAY_TO_COME, Takes.AMOUNT, Takes.REASON, Takes.MISSING, Takes.WRONG})
"""What has to be written by hand: the ready reply ends where it begins."""


@dataclass(frozen=True, slots=True)
class Word:
    """One answer that a kind of mail takes: what it does, how we offer it, what follows.

    A `later` word is understood, and told of in one line: it has no button yet. `button` is what stands on
    the button, where that is not the word itself.
    """

    verb: Verb
    label: str
    takes: Takes = Takes.NOTHING
    later: bool = False
    called: str = ""

    @property
    def offered(self) -> str:
        """The word as the mail prints it."""
        return self.label.upper()

    @property
    def hint(self) -> str:
        """What may follow it, as the mail says it."""
        return self.takes.value.format(word=self.offered)

    @property
    def button(self) -> str:
        """What its button says: two taps where nothing has to be written, three dots where something has."""
        return (self.called or self.label + _READY.get(self.takes, "")) + ("…" if self.needs_words else "")

    @property
    def ready(self) -> str:
        """The reply that its button opens, ready to be sent or to be completed."""
        return f"{self.offered}: " if self.needs_words else self.offered + _READY.get(self.takes, "").upper()

    @property
    def needs_words(self) -> bool:
        """Whether it says nothing by itself."""
        return self.takes in _OPEN


_TAKEN: Final = Word(Verb.TAKEN, "Preso in carico")
_TAKEN_BY: Final = Word(Verb.TAKEN, "Preso in carico", Takes.BY)
_RECEIVED: Final = Word(Verb.RECEIVED, "Ricevuto")
_CREDIT: Final = (_TAKEN, Word(Verb.COLLECTED, "Incassato"))
_DRAFTED: Final = Word(Verb.DRAFTED, "Redatto", Takes.DAY)
_DELIVERED: Final = Word(Verb.DELIVERED, "Consegnato", Takes.DAY)
_NOT_MINE: Final = Word(Verb.NOT_MINE, "Non mio", Takes.WORDS)
_COURSE: Final = (
    Word(Verb.CONTACTED, "Contattata", Takes.DAY),
    Word(Verb.THINKING, "Ci pensa"),
    Word(Verb.FOLLOWED_UP, "Sollecitato", Takes.DAY),
    Word(Verb.ACCEPTED, "Accettato", Takes.AMOUNT),
    Word(Verb.REFUSED, "Non accettato", Takes.REASON),
    Word(Verb.POSTPONED, "Rinvia", Takes.DAY_TO_COME),
)
_CONFIRMED: Final = Word(Verb.CONFIRMED, "Confermo")
_FORM: Final = Word(Verb.FORM, "Scheda")
_NOT_HELD: Final = Word(Verb.NOT_HELD, "Saltata", Takes.WHY)
_LISTED: Final = (Word(Verb.DONE, "Fatto", Takes.DAY), _FORM, _NOT_HELD, Word(Verb.ARCHIVED, "Archiviata"))
"""What a numbered list takes beside the course of a quote; it offers each item its own."""

_YES_NO: Final = (Word(Verb.YES, "Sì"), Word(Verb.NO, "No"))


def _later(word: Word) -> Word:
    return Word(word.verb, word.label, word.takes, later=True)


_QUOTE: Final = (_TAKEN, _DRAFTED, _DELIVERED, _NOT_MINE, *map(_later, _COURSE))
"""Of a quote that is asked for: its first steps offered, those that follow said in a line."""

WORDS: Final = MappingProxyType(
    {
        MailKind.E1_UNCOLLECTED_TO_RPA: _CREDIT,
        MailKind.E2_UNCOLLECTED_TO_RECOVERY: _CREDIT,
        MailKind.E3_CORRECTIONS_TO_RA: (
            Word(Verb.DONE, "Fatto", Takes.FIELDS),
            Word(Verb.MISSING, "Manca", Takes.MISSING, called="Manca qualcosa"),
        ),
        MailKind.E4_FORMS_TO_OFFICE: (
            _RECEIVED,
            Word(Verb.SENT_TO_RA, "Inviato a RA"),
            Word(Verb.WRONG, "Errore", Takes.WRONG, called="C'è un errore"),
        ),
        MailKind.E6_RID_TO_RPA: (_RECEIVED,),
        MailKind.E7_QUOTE_TO_AM: _QUOTE,
        MailKind.E9_CATALOGUE_TO_REFERENCE: (_TAKEN, _DRAFTED, _DELIVERED, _NOT_MINE),
        MailKind.E10_ACCEPTED_TO_SERVICES: (_TAKEN_BY,),
        MailKind.E11_ACCEPTED_TO_RPA: (_TAKEN_BY,),
        MailKind.PROPOSALS: (_CONFIRMED,),
        MailKind.MORNING: (_DRAFTED, _DELIVERED, *_COURSE, _NOT_MINE, *_LISTED),
        MailKind.VISIT_FORM: (_CONFIRMED, _NOT_HELD, _FORM),
        MailKind.REPLY_RECORDED: (Word(Verb.UNDO, "Annulla"),),
        MailKind.CONFIRM_COLLEAGUE: _YES_NO,
        MailKind.TO_SORT: (Word(Verb.DONE, "Fatto"),),
        MailKind.ABSENCE_READ: _YES_NO,
        MailKind.SCANS_SENT: (_TAKEN, Word(Verb.WRONG, "Errore", Takes.WRONG, called="C'è un errore")),
    }
)
"""The answers each kind of mail takes, in the order its text offers them."""


def answers(mail: Mail) -> tuple[Word, ...]:
    """The answers that this mail offers; a list offers each item its own, in its text."""
    silent = mail.asks is MailKind.MORNING
    if mail.kind is MailKind.REPLY_RECORDED:
        return () if mail.context.get("final") else WORDS[mail.kind]
    if mail.kind is MailKind.VISIT_FORM:
        return _of_form(mail)
    asked_back = _YES_NO if mail.kind is MailKind.REPLY_NOT_UNDERSTOOD and mail.context.get("guess") else ()
    return (*asked_back, *(() if silent else WORDS.get(mail.asks, ())))


def _of_form(mail: Mail) -> tuple[Word, ...]:
    """Of a visit's form: complete, it wants a yes; after an appointment, it may be that none was held."""
    if mail.context.get("state") == "check":
        return (_CONFIRMED,)
    return (_NOT_HELD,) if mail.context.get("appointment") else ()


def verbs(mail: Mail) -> tuple[Verb, ...]:
    """What a reply to this mail may say: what it offers, and beside an undoing the right answer."""
    words = {*answers(mail), *WORDS.get(mail.asks, ())}
    said = {word.verb for word in words} | (
        {Verb.UNDO} if words or mail.kind is MailKind.REPLY_RECORDED else set()
    )
    return tuple(verb for verb in Verb if verb in said)

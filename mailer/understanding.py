"""What a reply's first line says: the words of section 9.1, exact but for case, accents and punctuation.

A longer text is a text, not a command: what is not certain is not done. Refuses to know who wrote and what
follows; dates are heard by `conversations.hearing`, and one that may be read in two ways is not understood.
"""

import re
from dataclasses import dataclass
from datetime import date

from conversations.hearing import NotHeard, hear_date
from conversations.hearing.heard import even
from procedure.correspondence import Command, Verb
from procedure.notices import MailKind

LONGEST = 60
"""Characters that a command's line may have; beyond, it is prose."""


@dataclass(frozen=True, slots=True)
class Word:
    """One answer that a kind of mail takes: what it does, how we offer it, how else it may be put.

    `also` is in the form that `even` gives. A `dated` word may be followed by a day.
    """

    verb: Verb
    label: str
    also: tuple[str, ...] = ()
    dated: bool = False

    @property
    def offered(self) -> str:
        """The word as the mail prints it and as the ready reply carries it."""
        return self.label.upper()

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every form that is understood."""
        return (even(self.label), *self.also)


_TAKEN = Word(Verb.TAKEN, "Preso in carico", ("presa in carico", "in carico"))
_RECEIVED = Word(Verb.RECEIVED, "Ricevuto", ("ricevuti", "ricevuta"))
_CREDIT = (_TAKEN, Word(Verb.COLLECTED, "Incassato", ("incassata",)))
_QUOTE = (
    _TAKEN,
    Word(Verb.DRAFTED, "Redatto", ("preventivo redatto",), dated=True),
    Word(Verb.DELIVERED, "Consegnato", ("preventivo consegnato",), dated=True),
)

WORDS: dict[MailKind, tuple[Word, ...]] = {
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
    MailKind.E9_CATALOGUE_TO_REFERENCE: _QUOTE,
    MailKind.E10_ACCEPTED_TO_SERVICES: (_TAKEN,),
    MailKind.E11_ACCEPTED_TO_RPA: (_TAKEN,),
    MailKind.PROPOSALS: (
        Word(Verb.CONFIRMED, "Confermo", ("conferma", "confermato", "confermo tutte", "confermo tutto")),
    ),
}
"""The answers each kind of mail takes, in the order its text offers them."""

_ASSENT = re.compile(r"(?:ok|okay|si)\s+(?=\S)")
_COURTESY = re.compile(r"(?:\s+(?:grazie(?: mille)?|ciao|(?:cordiali )?saluti|buona giornata|buon lavoro))+$")


def understand(kind: MailKind, first_line: str, today: date) -> Command | None:
    """What the first line of a reply to a mail of this kind says, or None where it is not one of its words.

    Args:
        kind: the mail that is answered.
        first_line: the first line of the new text.
        today: the day the reply was written; a dated word without a date names no day.
    """
    said = _bare(first_line)
    if not said or len(first_line) > LONGEST:
        return None
    for word in WORDS.get(kind, ()):
        for spoken in word.spoken:
            if said == spoken:
                return Command(word.verb, first_line)
            if word.dated and said.startswith(f"{spoken} "):
                return _dated(word, first_line, said.removeprefix(f"{spoken} "), today)
    return None


def _bare(line: str) -> str:
    """Lower case, no accents; punctuation gone, save within a date; a leading `ok` and thanks dropped."""
    plain = re.sub(r"(?<!\d)[^\w\s]+|[^\w\s]+(?!\d)", " ", even(line))
    return _COURTESY.sub("", _ASSENT.sub("", " ".join(plain.split()), count=1))


def _dated(word: Word, line: str, tail: str, today: date) -> Command | None:
    try:
        heard = hear_date(tail, today, prefer="past")
    except NotHeard:
        return None
    if heard.ambiguous or heard.value > today:
        return None
    return Command(word.verb, line, heard.value)

from datetime import date

import pytest

from mailer.understanding import LONGEST, WORDS, understand
from procedure.correspondence import Command, Verb
from procedure.notices import MailKind

TODAY = date(2026, 11, 19)
E1, E3, E4, E6, E7 = (
    MailKind.E1_UNCOLLECTED_TO_RPA,
    MailKind.E3_CORRECTIONS_TO_RA,
    MailKind.E4_FORMS_TO_OFFICE,
    MailKind.E6_RID_TO_RPA,
    MailKind.E7_QUOTE_TO_AM,
)


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_that_a_mail_offers_is_understood(kind: MailKind) -> None:
    for word in WORDS[kind]:
        assert understand(kind, word.offered, TODAY) == Command(word.verb, word.offered)


@pytest.mark.parametrize(
    ("kind", "line", "verb"),
    [
        (E3, "fatto", Verb.DONE),
        (E3, "Fatto!", Verb.DONE),
        (E3, "FATTO.", Verb.DONE),
        (E3, "ok, fatto", Verb.DONE),
        (E3, "Ok fatto", Verb.DONE),
        (E3, "Sì, aggiornato", Verb.DONE),
        (E3, "«Aggiornato»", Verb.DONE),
        (E3, "Fatto, grazie mille!", Verb.DONE),
        (E3, "Ok, fatto. Buona giornata", Verb.DONE),
        (E4, "Ricevuto", Verb.RECEIVED),
        (E4, "inviato a R.A.", None),
        (E4, "Inviato a RA", Verb.SENT_TO_RA),
        (E6, "ricevuto…", Verb.RECEIVED),
        (E1, "Preso  in   carico", Verb.TAKEN),
        (E1, "INCASSATO", Verb.COLLECTED),
        (E7, "preso in carico", Verb.TAKEN),
    ],
)
def test_case_accents_and_punctuation_are_free(kind: MailKind, line: str, verb: Verb | None) -> None:
    found = understand(kind, line, TODAY)
    assert (found.verb if found else None) == verb


@pytest.mark.parametrize(
    ("line", "verb", "on"),
    [
        ("Redatto", Verb.DRAFTED, None),
        ("redatto ieri", Verb.DRAFTED, date(2026, 11, 18)),
        ("REDATTO il 17/11/2026", Verb.DRAFTED, date(2026, 11, 17)),
        ("Consegnato oggi.", Verb.DELIVERED, TODAY),
        ("consegnato: 12/5", Verb.DELIVERED, date(2026, 5, 12)),
    ],
)
def test_a_day_said_with_the_word_is_heard(line: str, verb: Verb, on: date | None) -> None:
    assert understand(E7, line, TODAY) == Command(verb, line, on)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (E3, ""),
        (E3, "Ok Arredamenti S.r.l."),
        (E3, "ok"),
        (E3, "non fatto"),
        (E3, "Fatto male"),
        (E3, "Fatto ieri"),
        (E3, "manca la PEC"),
        (E3, "ricevuto"),
        (E7, "redatto domani"),
        (E7, "redatto lunedì"),
        (E7, "redatto 31/2"),
        (E7, "redatto quasi"),
        (E7, "non redatto"),
        (MailKind.E8_QUOTES_TO_RPS, "fatto"),
        (E3, "fatto" + " " * LONGEST),
    ],
)
def test_what_is_not_certain_is_not_understood(kind: MailKind, line: str) -> None:
    assert understand(kind, line, TODAY) is None

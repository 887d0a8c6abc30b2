from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailer.understanding.first_line import LONGEST, understand
from mailer.understanding.words import WORDS, Takes
from procedure.correspondence.commands import Command, Verb
from procedure.notices import MailKind

TODAY = date(2026, 11, 19)
NEEDED = {Takes.AMOUNT: " 1200 €", Takes.REASON: " costa troppo", Takes.DAY_TO_COME: " 25/11"}
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
        line = f"{word.offered}{NEEDED.get(word.takes, '')}"
        heard = understand(kind, line, TODAY)
        assert heard is not None, line
        assert (heard.verb, heard.said) == (word.verb, line)


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_without_what_it_must_say_is_not_understood(kind: MailKind) -> None:
    for word in WORDS[kind]:
        if word.takes in NEEDED:
            assert understand(kind, word.offered, TODAY) is None


@pytest.mark.parametrize(
    ("line", "verb", "said"),
    [
        ("Contattata ieri", Verb.CONTACTED, {"on": date(2026, 11, 18)}),
        ("ci pensa", Verb.THINKING, {}),
        ("Sollecitato 17/11", Verb.FOLLOWED_UP, {"on": date(2026, 11, 17)}),
        ("ACCETTATO 1200", Verb.ACCEPTED, {"value": Decimal(1200)}),
        ("Accettato: € 1.200", Verb.ACCEPTED, {"value": Decimal(1200)}),
        ("accettato 1.200,50 € + IVA", Verb.ACCEPTED, {"value": Decimal("1200.50")}),
        ("Accettato 2mila, grazie", Verb.ACCEPTED, {"value": Decimal(2000)}),
        ("Non accettato: costa troppo", Verb.REFUSED, {"words": "costa troppo"}),
        ("NON ACCETTATO Hanno già l'ERP", Verb.REFUSED, {"words": "Hanno già l'ERP"}),
        ("Rinvia 25/11", Verb.POSTPONED, {"on": date(2026, 11, 25)}),
        ("rinvia al 25 novembre", Verb.POSTPONED, {"on": date(2026, 11, 25)}),
        ("NON MIO", Verb.NOT_MINE, {}),
        ("Non è mio, è di Lia", Verb.NOT_MINE, {"words": "è di Lia"}),
        ("CONSEGNATO 12/11 CONFERMO", Verb.DELIVERED, {"on": date(2026, 11, 12), "sure": True}),
        ("Redatto, confermo", Verb.DRAFTED, {"sure": True}),
    ],
)
def test_a_quote_s_course_is_said_in_the_words_of_the_procedure(
    line: str, verb: Verb, said: dict[str, Any]
) -> None:
    """Section 9.1, the reminders' row."""
    for kind in (E7, MailKind.MORNING):
        assert understand(kind, line, TODAY) == Command(verb, line, **said)


@pytest.mark.parametrize(
    "line",
    [
        "Accettato",
        "Accettato 1.200",  # twelve hundred, or one euro and twenty?
        "Accettato 1200 iva inclusa",
        "Accettato da tutti",
        "Non accettato",
        "Non accettato!",
        "Rinvia",
        "Rinvia a ieri",
        "Contattata domani",
        "Ci pensa ancora un po'",
        "Non accettato " + "per motivi molto lunghi " * 10,
    ],
)
def test_of_a_quote_what_is_not_certain_is_not_understood(line: str) -> None:
    assert understand(E7, line, TODAY) is None


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


@pytest.mark.parametrize("kind", [MailKind.E7_QUOTE_TO_AM, MailKind.MORNING, MailKind.COMPLAINT])
@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("ASSENTE fino al 10 dicembre", TODAY, date(2026, 12, 10)),
        ("Assente fino al 10/12.", TODAY, date(2026, 12, 10)),
        ("assente dal 30 novembre al 4 dicembre, grazie", date(2026, 11, 30), date(2026, 12, 4)),
        ("ASSENTE fino al 10 dicembre 2026", TODAY, date(2026, 12, 10)),
    ],
)
def test_any_mail_is_answered_by_who_is_absent(kind: MailKind, line: str, first: date, last: date) -> None:
    """Section 9.1: `ASSENTE fino al [data]`."""
    assert understand(kind, line, TODAY) == Command(Verb.ABSENT, line, last, since=first)


@pytest.mark.parametrize(
    "line", ["ASSENTE", "assente ingiustificato", "assente fino al 31 novembre", "assente fino a ieri"]
)
def test_an_absence_without_days_is_not_understood(line: str) -> None:
    assert understand(MailKind.MORNING, line, TODAY) is None

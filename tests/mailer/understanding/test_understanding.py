"""Replies in natural Italian: the table of `replies.txt`, and what holds of any text."""

from dataclasses import replace

import pytest

from mailer.understanding.understand import understand
from mailer.understanding.words import WORDS, Takes, answers, verbs
from procedure.correspondence.commands import Verb
from procedure.correspondence.enclosures import Enclosure
from procedure.notices import MailKind
from tests.mailer.samples import a_mail
from tests.mailer.understanding.table import TODAY, heard, mail_of, rows, told, without_effect

NEEDED = {
    Takes.AMOUNT: " 1200 €",
    Takes.REASON: " costa troppo",
    Takes.DAY_TO_COME: " 25/11",
    Takes.MISSING: " la visura",
    Takes.WRONG: " manca una firma",
}
K = MailKind
PDF = Enclosure(2, "preventivo.pdf", "application/pdf", 40_000, "0" * 64)
LOGO = Enclosure(3, "logo.png", "image/png", 4_000, "1" * 64)
BAT = Enclosure(4, "preventivo.pdf.exe", "application/pdf", 4_000, "2" * 64, refused="type")


@pytest.mark.parametrize(("kind", "text", "expected"), [*rows()], ids=lambda part: part[:40])
def test_a_reply_is_understood_as_the_table_says(kind: str, text: str, expected: str) -> None:
    assert told(heard(kind, text)) == expected


@pytest.mark.parametrize(("kind", "text"), [*without_effect()], ids=str)
def test_what_is_doubtful_in_itself_is_at_most_asked_back(kind: str, text: str) -> None:
    assert heard(kind, text).commands == ()


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_that_a_mail_offers_is_understood(kind: MailKind) -> None:
    for word in WORDS[kind]:
        line = f"{word.offered}{NEEDED.get(word.takes, '')}"
        (command,) = understand(a_mail(kind), line, TODAY).commands
        assert command.verb == word.verb, line


@pytest.mark.parametrize("kind", WORDS)
def test_a_ready_reply_is_a_command_or_says_what_it_still_wants(kind: MailKind) -> None:
    """The link's body carries the token below the words."""
    for word in WORDS[kind]:
        said = understand(a_mail(kind), f"{word.ready}\n\n[#abcdefghijklm2345]", TODAY)
        if word.needs_words:
            assert not said.commands, word
        else:
            (command,) = said.commands
            assert (command.verb, said.note) == (word.verb, ""), word


def test_a_mail_is_answered_in_its_own_words_only() -> None:
    for kind, text, _ in rows():
        its = mail_of(kind)
        said = {command.verb for command in understand(its, text, TODAY).commands}
        assert said <= {*verbs(its), Verb.ABSENT}, text


def test_what_was_asked_back_takes_a_yes_and_a_better_word() -> None:
    asked = a_mail(K.REPLY_NOT_UNDERSTOOD, asks="E7", guess="preventivo redatto lunedì 16 novembre 2026")
    assert told(understand(asked, "sì", TODAY)) == "yes"
    assert told(understand(asked, "no, consegnato il 12/5", TODAY)) == "no + delivered 12/05"
    plain = a_mail(K.REPLY_NOT_UNDERSTOOD, asks="E7", guess="")
    assert told(understand(plain, "sì", TODAY)) == "? taken"
    assert told(understand(plain, "redatto ieri", TODAY)) == "drafted 18/11"


def test_what_was_recorded_is_taken_back_or_put_right() -> None:
    recorded = a_mail(K.REPLY_RECORDED, asks="E7")
    assert [word.verb for word in answers(recorded)] == [Verb.UNDO]
    assert told(understand(recorded, "annulla, consegnato il 12/5", TODAY)) == "undo + delivered 12/05"


@pytest.mark.parametrize(
    ("kind", "text", "files", "expected"),
    [
        (K.E7_QUOTE_TO_AM, "", (PDF,), "enclosed"),
        (K.E7_QUOTE_TO_AM, "Buongiorno, grazie. / Saluti, Lia", (PDF,), "enclosed"),
        (K.E7_QUOTE_TO_AM, "ecco il preventivo", (PDF,), "drafted 19/11"),
        (K.E7_QUOTE_TO_AM, "In allegato il preventivo, saluti", (PDF,), "drafted 19/11"),
        (K.E7_QUOTE_TO_AM, "in allegato", (PDF,), "enclosed"),
        (K.E7_QUOTE_TO_AM, "redatto ieri, in allegato il preventivo", (PDF,), "drafted 18/11"),
        (K.E7_QUOTE_TO_AM, "redatto ieri", (PDF,), "drafted 18/11"),
        (K.E7_QUOTE_TO_AM, "ecco il preventivo", (), "? drafted 19/11"),
        (K.E7_QUOTE_TO_AM, "ecco il preventivo", (BAT,), "? drafted 19/11"),
        (K.E7_QUOTE_TO_AM, "", (LOGO,), "nothing"),
        (K.E7_QUOTE_TO_AM, "", (BAT,), "nothing"),
        (K.E3_CORRECTIONS_TO_RA, "", (PDF,), "nothing"),
        (K.E7_QUOTE_TO_AM, "non è ancora pronto", (PDF,), "note"),
    ],
)
def test_files_are_the_papers_where_the_mail_asks_for_papers(
    kind: MailKind, text: str, files: tuple[Enclosure, ...], expected: str
) -> None:
    assert told(understand(a_mail(kind), text.replace(" / ", "\n"), TODAY, files)) == expected


MORNING = a_mail(
    K.MORNING,
    numbered=[
        {"n": 1, "about_kind": "quote", "about_id": 7, "deadline": 4, "kind": "N3"},
        {"n": 2, "about_kind": "quote", "about_id": 8, "deadline": 5, "kind": "N3"},
        {"n": 3, "about_kind": "visit", "about_id": 9, "deadline": 6, "kind": "E3"},
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 fatto, 2 rinvia a venerdì", [(3, "done"), (2, "postponed 20/11")]),
        ("1) sollecitato 2) ci pensa", [(1, "followed_up"), (2, "thinking")]),
        (
            "1. redatto ieri\n2. consegnato il 12/5\n3. fatto",
            [(1, "drafted 18/11"), (2, "delivered 12/05"), (3, "done")],
        ),
        ("Buongiorno,\n1: contattata\n\n2: non ancora\n\nSaluti, Ada", [(1, "contacted")]),
        ("n. 1 redatto ieri; n. 3 fatto", [(1, "drafted 18/11"), (3, "done")]),
        ("1 e 2 sollecitati ieri", [(1, "followed_up 18/11"), (2, "followed_up 18/11")]),
        ("1-2 contattate", [(1, "contacted"), (2, "contacted")]),
        ("2 accettato 1.200 € più IVA, 1 ci pensa", [(2, "accepted 1200.00"), (1, "thinking")]),
        ("1 fatto? 2 ci pensa", [(2, "thinking")]),
        ("1 redatto, 1 consegnato", []),
        ("4 redatto", []),
        ("1 non ancora, 2 boh", []),
    ],
)
def test_the_items_of_a_morning_are_answered_by_their_numbers(
    text: str, expected: list[tuple[int, str]]
) -> None:
    said = understand(MORNING, text, TODAY)
    parts = told(said).split(" & ")[0].split(" + ") if said.commands else []
    assert list(zip((command.item for command in said.commands), parts, strict=True)) == expected


def test_an_item_that_is_not_understood_is_a_note_and_hinders_no_other() -> None:
    said = understand(MORNING, "1 redatto ieri\n2 la titolare è in ospedale", TODAY)
    assert told(said) == "drafted 18/11 & note"
    assert said.note == "2: la titolare è in ospedale"


FIELDS = (
    "Crediti (nessuno, gestito, riscosso): \nData visita (oggi, ieri o il giorno): \nInteresse (i prodotti): "
)


FORM = replace(a_mail(), kind=K.VISIT_FORM, context={"form": FIELDS, "state": "form"})


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Crediti: riscosso\nData visita: ieri\nInteresse: paghe, privacy", ""),
        ("- Crediti : riscosso\n* Data visita: ieri\n• Interesse: paghe, privacy", ""),
        ("Crediti = riscosso\nData visita = ieri\nInteresse:\npaghe, privacy", ""),
        (
            "Crediti (nessuno, gestito): riscosso\nData visita: ieri",
            "> Crediti: \n> Interesse (i prodotti): paghe",
        ),
        (
            "",
            "> > Crediti (nessuno): riscosso\n> > Data visita (oggi): ieri\n> > Interesse: paghe",
        ),
        (
            "Ecco la scheda",
            "Il 19/11 Dopovisita ha scritto:\n| Crediti: riscosso\n| Data visita: ieri\n| Interesse: paghe",
        ),
    ],
)
def test_a_form_is_read_wherever_the_mail_program_put_the_answers(text: str, body: str) -> None:
    said = understand(FORM, text, TODAY, body=body or text)
    (command,) = said.commands
    assert command.verb is Verb.REPORTED
    lines = {label.casefold(): words for label, words in command.lines}
    assert lines["crediti"] == "riscosso"
    assert lines["data visita"] == "ieri"
    assert lines["interesse"].startswith("paghe")


def test_a_form_sent_back_as_it_was_reports_nothing() -> None:
    assert not understand(FORM, "", TODAY, body="> " + FIELDS.replace("\n", "\n> ")).commands


def test_the_new_text_of_a_form_counts_before_what_is_quoted() -> None:
    (command,) = understand(
        FORM, "Crediti: gestito", TODAY, body="Crediti: gestito\n> Crediti: riscosso\n> Data visita: ieri"
    ).commands
    assert command.lines == (("Crediti", "gestito"), ("Data visita", "ieri"))


def test_a_long_text_goes_to_a_person() -> None:
    assert told(heard("E7", "Il cliente ha molte sedi e molti progetti. " * 200 + "redatto ieri.")) == "note"

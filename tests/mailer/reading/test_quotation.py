import pytest

from mailer.reading.quotation import first_line, new_text

OURS = "> Buongiorno,\n> \n> ti chiediamo di aggiornare l'anagrafica"
REPLIES = {
    "gmail": """
Fatto

Il giorno gio 19 nov 2026 alle ore 09:30 Dopovisita <
visite@visite.example.com> ha scritto:

{ours}
""",
    "gmail_in_english": """
Fatto

On Thu, Nov 19, 2026 at 9:30 AM Dopovisita <visite@visite.example.com>
wrote:

{ours}
""",
    "apple_mail": """
Fatto

> Il giorno 19 nov 2026, alle ore 09:30, Dopovisita <v@visite.example.com> ha scritto:
{ours}
""",
    "iphone": """
Fatto

Inviato da iPhone

> Il giorno 19 nov 2026, alle ore 09:30, Dopovisita <v@visite.example.com> ha scritto:
{ours}
""",
    "thunderbird": """
Fatto

Il 19/11/2026 09:30, Dopovisita ha scritto:
{ours}

--\u0020
Paola Sarti
""",
    "outlook": """
Fatto

Da: Dopovisita <visite@visite.example.com>
Inviato: giovedì 19 novembre 2026 09:30
A: RA
Oggetto: Dati da aggiornare

Buongiorno,
AGGIORNATO
""",
    "outlook_on_the_web": """
Fatto
________________________________
Da: Dopovisita
Inviato: giovedì

AGGIORNATO
""",
    "old_outlook": """
Fatto\r
\r
-----Messaggio originale-----\r
Da: Dopovisita\r
\r
AGGIORNATO\r
""",
    "outlook_on_a_phone": """
Fatto

Ottieni Outlook per Android
________________________________
From: Dopovisita
""",
    "outlook_with_bold_fields": """
Fatto

*Da:* Dopovisita
*Inviato:* giovedì
*A:* RA
*Oggetto:* Dati

AGGIORNATO
""",
    "one_who_signs": """
Fatto

--\u0020
Ok Arredamenti S.r.l.
AGGIORNATO
""",
    "one_who_writes_below": """
Il 19/11/2026 09:30, Dopovisita ha scritto:
{ours}

Fatto
""",
    "an_android": """
Fatto
Inviato dal mio telefono
""",
}


@pytest.mark.parametrize("program", REPLIES)
def test_what_is_new_is_found_in_the_reply_of(program: str) -> None:
    assert new_text(REPLIES[program].format(ours=OURS)) == "Fatto"


@pytest.mark.parametrize(
    "text",
    [
        "Fatto, ma il 12 novembre il cliente ha scritto a voi",
        "Da: domani non ci sono",
        "Il preventivo è pronto.\nInviato il 12/5 al cliente",
        "In data odierna ho aggiornato tutto",
    ],
)
def test_what_only_resembles_a_quotation_stays(text: str) -> None:
    assert new_text(text) == text


def test_answers_between_the_quoted_lines_are_kept() -> None:
    assert new_text("> Email: nuova?\nsì\n> PEC: nuova?\nno") == "sì\nno"


def test_a_reply_of_nothing_but_quotation_says_nothing() -> None:
    assert new_text(OURS) == ""
    assert first_line("") == ""


def test_the_first_line_is_the_first_that_says_something() -> None:
    assert first_line("\n  \n  Fatto  \nGrazie") == "Fatto"

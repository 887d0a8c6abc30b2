import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.reading.quotation import INVISIBLE, LONGEST, Between, first_line, new_text, part

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


_MARKS = (
    *(
        "Fatto",
        "> quoted",
        "Il 19/11/2026 09:30, D ha scritto:",
        "",
        "Saluti",
        "Paola Sarti",
        "-- ",
        "P.S. no",
    ),
    *("Ok Arredamenti S.r.l.", "Inviato da iPhone", "Da: D", "Inviato: ieri", "Oggetto: x", "_" * 32, "x"),
    *("Tel. 0573 12345", "-----Messaggio originale-----", "Cordiali saluti, Paola", "Riferimento: [#abc]"),
    *(
        "Prima di stampare, pensa all'ambiente",
        "Questo messaggio è riservato",
        "[EXTERNAL]",
        "[cid:x]",
        "Grazie",
    ),
)


def _words(*texts: str) -> list[str]:
    return sorted(word for text in texts for word in text.split())


@given(st.lists(st.sampled_from(_MARKS) | st.text(max_size=30), max_size=25))
def test_no_word_is_lost_whatever_the_lines(lines: list[str]) -> None:
    text = "\n".join(lines).translate(INVISIBLE)
    parted = part(text, "Paola Sarti")
    assert _words(parted.new, parted.signed, parted.aside) == _words(text)


@given(st.lists(st.sampled_from(_MARKS), max_size=25))
def test_no_line_with_a_quotation_s_mark_is_new(lines: list[str]) -> None:
    parted = part("\n".join(lines), "Paola Sarti")
    assert not [line for line in f"{parted.new}\n{parted.signed}".split("\n") if line.startswith(">")]


def test_what_stands_beyond_what_is_looked_at_is_set_aside() -> None:
    parted = part("Fatto\n" + "x\n" * LONGEST)
    assert len(_words(parted.new, parted.signed, parted.aside)) == 1 + LONGEST


@pytest.mark.parametrize("line", ["-", "*", "_ ", " ", "Il 1 x@y ", "saluti ", "A. ", "a@", "> ", "p "])
def test_long_and_many_lines_cost_no_more_than_their_length(line: str) -> None:
    """Each would take minutes if a line's cost grew with its square."""
    many = "\n".join([line * (499 // len(line)) + "x"] * 200)
    assert part(many * 2).new is not None
    assert part(line + "\n" * LONGEST).new is not None


def test_where_the_sender_answered_between_the_lines_is_told() -> None:
    parted = part("> - Email: nuova\nok\n>\n> - PEC: nuova\n\nno, non esiste\n")
    assert parted.between == (Between("- Email: nuova", "ok"), Between("- PEC: nuova", "no, non esiste"))
    assert parted.beside == "Email: ok\nPEC: no, non esiste"


def test_an_answer_below_the_whole_quotation_is_beside_nothing() -> None:
    assert part("> - PEC: nuova\n> Grazie\n\nfatto").beside == ""

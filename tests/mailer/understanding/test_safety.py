"""What holds of any text: courtesy changes nothing; doubt, questions and strange words never do anything."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.understanding.understand import understand
from procedure.correspondence.commands import Verb
from procedure.notices import MailKind
from tests.mailer.samples import a_mail
from tests.mailer.understanding.table import TODAY, heard, rows, told

SAID = [
    (kind, text)
    for kind, text, expected in rows()
    if expected[:4] not in {"note", "noth"} and expected[0] != "?"
]
PLAIN = [(kind, text) for kind, text in SAID if "\n" not in text and not text.endswith("?")]
HELLOS = (
    "",
    "Buongiorno, ",
    "Ciao Anna, ",
    "Gentile Sig.ra Verdi,\n",
    "Buonasera a tutti.\n",
    "Salve ",
    "Ok, ",
    "Sì, ",
)
THANKS = (
    "",
    " Grazie",
    ", grazie mille!",
    ". Grazie\nOlga",
    "\n\nUn saluto, Olga",
    "\nCordiali saluti\nOlga Bianchi\nOk Arredamenti S.r.l.",
    ". Buona giornata",
    "\n\n--\nLia",
)
DOUBTS = (
    "non ancora",
    "Non è vero.",
    "Anzi no",
    "ma forse ho sbagliato",
    "Lo farò domani",
    "se il cliente è d'accordo",
    "entro venerdì",
    "quasi",
    "solo in parte",
    "mi dicono così",
    "vi faccio sapere quando è tutto pronto",
    "appena possibile",
    "dovrebbe essere così",
    "credo",
    "È giusto?",
    "Va bene?",
    "Oppure no?",
    "era il 3/11",
    "1.500 €",
    "Forno Gori S.r.l.",
)
WORDS = (
    *(
        "fatto",
        "non",
        "redatto",
        "consegnato",
        "accettato",
        "ieri",
        "oggi",
        "domani",
        "il",
        "cliente",
        "12/5",
    ),
    *(
        "1200",
        "euro",
        "€",
        "più",
        "IVA",
        "ci",
        "pensa",
        "se",
        "forse",
        "Anna",
        "grazie",
        "ok",
        "sì",
        "no",
        "PEC",
    ),
    *(
        "è",
        "sbagliata",
        "manca",
        "tutto",
        "tranne",
        "rinvia",
        "a",
        "venerdì",
        "ricevuto",
        "preso",
        "in",
        "carico",
    ),
    *(
        "annulla",
        "confermo",
        "assente",
        "fino",
        "al",
        "10",
        "pane",
        "finestra",
        "camminare",
        "verde",
        ",",
        ".",
        "\n",
    ),
    *(
        "?",
        ":",
        "-",
        "1)",
        "2",
        "è",
        "perché",
        "troppo",
        "caro",
        "non mio",
        "Lia",
        "ferie",
        "per",
        "da",
        "quando",
    ),
)
NEUTRAL = (
    *("pane", "finestra", "verde", "macchina", "luce", "strada", "amico", "montagna", "azzurro", "camminare"),
    *(
        "correre",
        "libro",
        "tavolo",
        "giardino",
        "musica",
        "acqua",
        "treno",
        "allegro",
        "piano",
        "città",
        "il",
        "la",
    ),
    *(
        "di",
        "con",
        "molto",
        "sempre",
        "qui",
        "anche",
        "bello",
        "storia",
        "vento",
        "scuola",
        "ufficio",
        "cliente",
    ),
)


@pytest.mark.parametrize(("kind", "text"), PLAIN, ids=str)
def test_courtesy_around_a_command_never_changes_it(kind: str, text: str) -> None:
    expected = told(heard(kind, text))
    for hello in HELLOS if kind not in {"ATTRIBUZIONI", "CONFERMA"} else HELLOS[:5]:
        for thanks in THANKS:
            goes_on = text if hello.strip(" ")[-1:] in {"", ",", ".", "\n"} else text[0].lower() + text[1:]
            assert told(heard(kind, f"{hello}{goes_on}{thanks}")).casefold() == expected.casefold(), (
                hello,
                thanks,
            )


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_in_another_sentence_leaves_no_command(doubt: str) -> None:
    for kind, text in PLAIN:
        for whole in (f"{text}. {doubt}", f"{doubt[0].upper()}{doubt[1:]}\n{text}"):
            assert not heard(kind, whole).commands or _is_of_the_doubt(kind, whole, text), (kind, whole)


def _is_of_the_doubt(kind: str, whole: str, text: str) -> bool:
    """What the doubt says by itself, in the words of this mail, is not its doubt."""
    return told(heard(kind, whole)).removesuffix(" & note") != told(heard(kind, text)).removesuffix(" & note")


@pytest.mark.parametrize(("kind", "text"), PLAIN, ids=str)
def test_a_question_is_no_command(kind: str, text: str) -> None:
    assert not heard(kind, f"{text}?").commands
    assert not heard(kind, f"{text}. Giusto?").commands


@pytest.mark.parametrize(
    "kind", ["E1", "E3", "E4", "E6", "E7", "E9", "E10", "N3", "ATTRIBUZIONI", "N8", "CONFERMA"]
)
@settings(max_examples=120, deadline=None)
@given(words=st.lists(st.sampled_from(NEUTRAL), min_size=1, max_size=14))
def test_italian_that_says_nothing_known_does_nothing(kind: str, words: list[str]) -> None:
    said = heard(kind, " ".join(words))
    assert (said.commands, said.guess) == ((), None)


@settings(max_examples=600, deadline=None)
@given(
    kind=st.sampled_from(["E1", "E3", "E4", "E7", "E10", "N3", "ATTRIBUZIONI", "N8", "CONFERMA"]),
    words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=9),
)
def test_what_is_thrown_together_has_no_amount_and_no_day_that_it_does_not_say(
    kind: str, words: list[str]
) -> None:
    text = " ".join(words)
    said = heard(kind, text)
    for command in said.commands:
        if command.verb is Verb.ACCEPTED:
            assert "1200" in text
            assert not {"non", "se", "forse", "?", "no"} & set(words)
        if command.verb in {Verb.DRAFTED, Verb.DELIVERED, Verb.COLLECTED, Verb.RECEIVED, Verb.CONFIRMED}:
            assert not {"non", "se", "forse", "?", "domani", "quando", "perché"} & set(words), text


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=string.printable + "àèéìòù€…’«»–\u200b\u00a0👍", max_size=400))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    for kind in ("E3", "E7", "N3", "SCHEDA"):
        understand(a_mail(MailKind(kind)), text, TODAY, body=text)


@pytest.mark.parametrize(
    "text",
    [
        "a, " * 3000,
        "ok " * 4000,
        "non " * 4000,
        "1, 2, 3, " * 1000,
        "PEC: " * 2000,
        ": - e ma " * 1500,
        "." * 9000,
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    """No assertion on time: a text that took minutes would be seen."""
    for kind in ("E3", "E7"):
        assert not heard(kind, text).commands

"""The sorting room in the chat: `/posta`, a letter's card, each of its buttons; within limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from actions.by_mail.holding import Held
from actions.open_letter import Choice, Opened
from bot.buttons import Verb
from bot.screens.post import draw_letter, draw_recorded, draw_undo_asked, draw_waiting
from conversations.letters import LONGEST_LINE, first_line, why_it_waits
from procedure.correspondence.deciding import Why
from procedure.fields import RegisterField
from procedure.notices import About, MailKind, Subject
from store import letters, people
from store.letters import Outcome
from store.page import Page
from store.sorting import LetterLine
from tests.actions.house import PLAIN, WEDNESDAY, House, opened
from tests.actions.test_sort_letters import a_letter, held
from tests.bot.test_desk import ADA, CARLA, IVO, Phone, button, shown
from tests.bot.test_screens import LARGEST, LONG, check

ZENO = 1009  # the administrator
LINE = LetterLine(
    id=LARGEST,
    received_at=WEDNESDAY,
    sender=LONG,
    subject=LONG,
    text="<b>" * 3000,
    outcome=Outcome.TO_SORT,
    reason="no_token",
    about=None,
    answers=None,
    company=LONG,
    site="Prato",
    is_held=False,
    undone_at=None,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as furnished:
        people.bind_telegram(furnished.tx, furnished.person("zeno.modellucci").id, ZENO)
        yield furnished


@pytest.fixture
def zeno(house: House) -> Phone:
    return Phone(house, ZENO)


@pytest.mark.parametrize("number", [0, 1, 8])
def test_a_list_of_the_longest_letters_is_within_limits(number: int) -> None:
    page = Page(
        tuple(replace(LINE, id=LARGEST - n, text="a " * 999) for n in range(number)),
        number * 9,
        8 if number else 0,
    )
    listed = draw_waiting(page, WEDNESDAY, sees_recorded=True)
    check(listed)
    assert listed.shown == listed.text  # nothing is cut off
    check(draw_recorded(page, WEDNESDAY))


@pytest.mark.parametrize("why", [None, *Held])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_card_of_the_longest_letter_is_within_limits(why: Held | None, outcome: Outcome) -> None:
    one = replace(LINE, outcome=outcome)
    choices = (Choice(LONG, LONG),) * (3 if why is Held.AMBIGUOUS else 1)
    opened_ = Opened(one, why, choices if why else (), sorts=True, takes_back=True)
    check(draw_letter(opened_, WEDNESDAY, LONG))
    check(draw_undo_asked(opened_, WEDNESDAY))


def test_of_a_letter_s_text_one_line_is_shown_and_no_more() -> None:
    assert first_line("\n \nallora   che faccio?\nsegreto") == "allora che faccio?"
    assert len(first_line("a" * 5000)) == LONGEST_LINE
    assert first_line("") == ""


def test_every_reason_for_which_a_letter_waits_is_said_in_italian() -> None:
    known = [why_it_waits(why.value) for why in (*Why, *Held)]
    assert why_it_waits("something new") not in known
    assert why_it_waits("fault: KeyError") not in {why_it_waits("something new"), *known}


def test_home_counts_the_letters_for_who_sorts_them_and_posta_lists_them(house: House, zeno: Phone) -> None:
    assert "Posta" not in str([call.params for call in zeno.says("/start")])
    a_letter(house)
    home = zeno.says("/start")
    listed = zeno.taps(button(home, "Posta da smistare · 1"))
    assert "mario@altrove.example.com" in shown(listed)
    assert "non risponde a nessuna delle nostre mail" in shown(listed)
    assert "«Buongiorno,»" in shown(listed)
    assert "allora che faccio" not in shown(listed)
    assert shown(zeno.says("/posta")) == shown(listed)


def test_posta_is_no_command_of_who_sorts_nothing(house: House) -> None:
    assert "Posta da smistare" not in shown(Phone(house, ADA).says("/posta"))


def test_the_original_goes_to_ones_own_mailbox_at_a_tap(house: House, zeno: Phone) -> None:
    a_letter(house)
    card = zeno.taps(button(zeno.says("/posta"), "mario"))
    sent = zeno.taps(button(card, "Originale per mail"))
    assert "zeno.modellucci@" in shown(sent)
    assert [mail.kind for mail in house.mails()] == [MailKind.ORIGINAL]


def test_what_is_dealt_with_leaves_the_list_and_its_old_button_says_so(house: House, zeno: Phone) -> None:
    a_letter(house)
    card = zeno.taps(button(zeno.says("/posta"), "mario"))
    old = button(card, "È sistemata")
    assert "Non c'è posta da smistare" in shown(zeno.taps(old))
    assert "già stata sistemata" in str([call.params for call in zeno.taps(old)])


def test_a_colleague_s_word_holds_at_a_tap_and_is_taken_back_at_two(house: House, zeno: Phone) -> None:
    held(house, Held.COLLEAGUE)
    card = zeno.taps(button(zeno.says("/posta"), "mario"))
    assert "anagrafica aggiornata" in shown(card)
    done = zeno.taps(button(card, "Vale"))
    assert "Registrato" in shown(done)
    assert house.company().fields[RegisterField.PHONE] == "+390573000999"
    asked = zeno.taps(button(done, "Annulla quanto registrato"))
    undone = zeno.taps(button(asked, "Sì, annulla"))
    assert "annullat" in shown(undone)
    assert house.company().fields[RegisterField.PHONE] == "+390573000101"


def test_the_last_recorded_are_a_tap_away(house: House, zeno: Phone) -> None:
    letter = held(house, Held.GUESS)
    zeno.taps(f"{Verb.LETTER_HOLDS}:{letter}:0")
    recorded = zeno.taps(button(zeno.says("/posta"), "Le ultime registrate"))
    assert "mario@altrove.example.com" in shown(recorded)


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb.name.startswith("LETTER")])
@pytest.mark.parametrize("account", [ADA, IVO])
def test_a_foreign_button_shows_nothing_and_changes_nothing(house: House, verb: Verb, account: int) -> None:
    """Ada's visit is another."""
    done = house.confirms(*PLAIN, ref="B001", turn=house.turn("bruno.fintarelli"))
    about = About(Subject.VISIT, done.visit)
    letter = a_letter(
        house, "not_understood", about=about, now=datetime(2026, 11, 20, 10, tzinfo=WEDNESDAY.tzinfo)
    )
    answer = Phone(house, account).taps(f"{verb.value}:{letter}:0")
    assert "mario@altrove.example.com" not in str([call.params for call in answer])
    found = letters.get(house.tx, letter)
    assert found is not None
    assert found.outcome is Outcome.TO_SORT
    assert house.traces()[0] == "refused"


def test_the_rs_has_posta_for_the_sede(house: House) -> None:
    a_letter(house)
    assert "Non c'è posta da smistare" in shown(Phone(house, CARLA).says("/posta"))

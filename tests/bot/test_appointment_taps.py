"""What the buttons of an appointment do at the desk, the old, the foreign and the forged ones too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.call_for_appointments import call_for_appointments
from bot.telling import telling
from procedure.appointments import Settled
from store import appointments, outbox
from store.outbox import Channel
from tests.actions.house import House, at, opened
from tests.bot.test_desk import Phone, button, shown

ADA, BRUNO = 1001, 1004


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as furnished:
        yield furnished


@pytest.fixture
def ada(house: House) -> Phone:
    return Phone(house, ADA)


def fixed(house: House, ada: Phone) -> int:
    """Ada fixes one for tomorrow at three, from the company's card."""
    ada.taps(button(ada.says("Tessitura"), "Tessitura"))
    ada.taps(f"Pf:{house.company().id}")
    ada.says("domani alle 15")
    ada.taps(button(ada.says("citofono"), "Conferma"))
    (one,) = appointments.of_company(house.tx, house.company().id)
    return one.id


def test_the_card_offers_to_fix_and_then_to_move_and_cancel(house: House, ada: Phone) -> None:
    assert "Fissa appuntamento" in str(ada.taps(f"k:{house.company().id}"))
    fixed(house, ada)
    card = str(ada.taps(f"k:{house.company().id}"))
    assert "Appuntamento: giovedì 19 novembre 2026 alle 15:00" in card
    assert "Sposta" in card
    assert "Annulla" in card
    assert "Fissa appuntamento" not in card


def test_controllato_is_stored_and_non_ancora_leaves_the_question(house: House, ada: Phone) -> None:
    one = fixed(house, ada)
    later = ada.taps(f"Pl:{one}")
    assert "Controllalo prima di andare" in shown(later)
    assert "Controllato" in str(later)
    done = ada.taps(button(later, "Controllato"))
    assert "estratto conto controllato" in shown(done)
    kept = appointments.get(house.tx, one)
    assert kept is not None
    assert kept.credit_checked_at == house.now


@pytest.mark.parametrize("data", ["Pa:{0}", "Pm:{0}", "Px:{0}", "Pc:{0}", "Pl:{0}"])
def test_another_s_appointment_says_nothing_and_leaves_a_trace(house: House, ada: Phone, data: str) -> None:
    one = fixed(house, ada)
    reply = Phone(house, BRUNO).taps(data.format(one))
    assert "Tessitura" not in str(reply)
    assert house.traces()[0] == "refused"


@pytest.mark.parametrize("data", ["Pa:999", "Pm:999", "Px:999", "Pc:999", "Pf:999", "Pa", "Pt:x", "Pp:-1"])
def test_a_forged_button_leads_home(ada: Phone, data: str) -> None:
    assert "Ciao Ada!" in shown(ada.taps(data))


def test_an_old_button_says_that_it_was_told_already(house: House, ada: Phone) -> None:
    one = fixed(house, ada)
    appointments.settle(house.tx, one, Settled.CANCELLED, house.now)
    for data in (f"Pm:{one}", f"Px:{one}", f"Pc:{one}"):
        assert "già stato detto" in str(ada.taps(data))


def test_a_message_about_a_settled_one_is_not_carried(house: House, ada: Phone) -> None:
    one = fixed(house, ada)
    house.now = at(18, 17)
    call_for_appointments(house.tx, house.office, house.now)
    (row,) = outbox.claim(house.tx, Channel.CHAT, house.now, limit=9, lease=at(18, 18) - at(18, 17))
    drawn = telling(house.office).draw(house.tx, row, house.now)
    assert "estratto conto" in str(drawn)
    appointments.settle(house.tx, one, Settled.MOVED, house.now)
    assert telling(house.office).draw(house.tx, row, house.now) == ()


def test_today_lists_the_appointment_by_its_hour_and_the_list_by_its_day(house: House, ada: Phone) -> None:
    fixed(house, ada)
    assert "gio 19 nov, 15:00" in shown(ada.says("/appuntamenti"))
    today = ada.says("/oggi", at=at(19, 9))
    assert "Appuntamenti di oggi" in shown(today)
    assert "15:00" in shown(today)
    assert "+390573000101" in shown(today)
    assert "citofono" in shown(ada.taps(button(today, "15:00")))

"""The buttons of a quote, tapped: another day, odd days, endings, another owner, the credit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.tell_quote import tell_quote
from bot.replies import Reply
from procedure.quotes import Quote, QuoteEvent, QuoteState
from procedure.visits import CreditOutcome
from store import chats, drafts, people, quotes, visits
from tests.actions.house import EVERYTHING, INTEGRATED, PLAIN, House, at, opened
from tests.bot.test_desk import ADA, CARLA, IVO, Phone, button, shown

SANDRO = 1005  # RPS
MIXED = (*PLAIN[:5], "PAGHE", "+", "=", "PRIVACY", "=", "-", "-", "good", "=")
E, S = QuoteEvent, QuoteState


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as furnished:
        people.bind_telegram(furnished.tx, furnished.person("sandro.apocrifelli").id, SANDRO)
        yield furnished


def kept(house: House, quote: int) -> Quote:
    found = quotes.get(house.tx, quote)
    assert found is not None
    return found


def told(house: House, quote: int, *events: QuoteEvent, day: int = 20) -> None:
    ivo = house.turn("ivo.prototipelli", at(day))
    for event in events:
        tell_quote(ivo, quote, event, ivo.today, channel="chat", reason="costa")


def follows(phone: Phone, reply: Reply, *words: str, day: int = 20, month: int = 11) -> Reply:
    """Tap button after button by the words on them."""
    for one in words:
        reply = phone.taps(button(reply, one), at=at(day, month=month))
    return reply


def looked_at(
    house: House, account: int, quote: int, *, day: int = 20, month: int = 11
) -> tuple[Phone, Reply]:
    phone = Phone(house, account)
    return phone, phone.taps(f"q:{quote}", at=at(day, month=month))


def test_another_day_is_one_tap_more_and_then_it_is_done(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    phone, card = looked_at(house, IVO, quote)
    asked = phone.taps(f"Qw:{quote}:consegnato", at=at(20))
    assert "Quando?" in shown(asked)
    done = follows(phone, asked, "Ieri")
    assert "Segnato: preventivo consegnato." in shown(done)
    assert kept(house, quote).delivered_on == date(2026, 11, 19)
    assert drafts.open_all(house.tx, house.person("ivo.prototipelli").id) == []
    assert "Altro giorno…" in str(card)


def test_another_day_may_be_typed_and_the_card_becomes_the_answer(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    phone = Phone(house, IVO)
    phone.taps(f"Qw:{quote}:redatto", at=at(20))
    person = house.person("ivo.prototipelli").id
    stands = chats.focus(house.tx, person)
    assert stands.draft is not None
    chats.shown_by(house.tx, person, stands.draft, 500)
    reply = phone.says("l'altro ieri", at=at(20))
    assert "Segnato: preventivo redatto." in shown(reply)
    assert kept(house, quote).drafted_on == date(2026, 11, 18)
    assert chats.focus(house.tx, person).draft is None


def test_an_odd_day_is_asked_back_with_yes_and_no(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    phone = Phone(house, IVO)
    phone.taps(f"Qw:{quote}:redatto", at=at(20))
    doubt = phone.says("16/11", at=at(20))
    assert "è prima della visita (mercoledì 18 novembre 2026). È giusto?" in shown(doubt)
    assert kept(house, quote).state is S.TO_DRAFT
    again = follows(phone, doubt, "No, un altro giorno")
    assert "oppure scrivi il giorno" in shown(again)
    doubt = phone.says("16/11", at=at(20))
    follows(phone, doubt, "Sì, è giusto")
    assert kept(house, quote).drafted_on == date(2026, 11, 16)


def test_an_odd_today_is_asked_back_too(house: House) -> None:
    """The delivery was put on a later day by mistake; today precedes it."""
    quote = house.quote(*INTEGRATED)
    told(house, quote, E.DELIVERED, day=24)
    phone = Phone(house, IVO)
    doubt = phone.taps(f"Q:{quote}:sollecitato", at=at(23))
    assert "è prima della consegna (martedì 24 novembre 2026)" in shown(doubt)
    assert kept(house, quote).state is S.DELIVERED
    follows(phone, doubt, "Sì, è giusto", day=23)
    assert kept(house, quote).followed_up_on == date(2026, 11, 23)


@pytest.mark.parametrize("args", ["redatto", "redatto:boh", "accettato:2026-11-20", "redatto:2026-11-30", ""])
def test_a_forged_yes_writes_nothing(house: House, args: str) -> None:
    quote = house.quote(*INTEGRATED)
    Phone(house, IVO).taps(f"Qy:{quote}:{args}", at=at(20))
    assert kept(house, quote).state is S.TO_DRAFT


def test_an_expired_quote_is_archived_by_one_tap_and_never_by_itself(house: House) -> None:
    """T13, A23: delivered on 20/11, over after Monday 21/12 (A4)."""
    quote = house.quote(*INTEGRATED)
    told(house, quote, E.DELIVERED)
    _, card = looked_at(house, IVO, quote, day=21, month=12)
    assert "SCADUTO" not in shown(card)
    phone, card = looked_at(house, IVO, quote, day=22, month=12)
    assert "SCADUTO" in shown(card)
    assert kept(house, quote).state is S.DELIVERED
    follows(phone, card, "Archivia – decorsi i termini", day=22, month=12)
    assert (kept(house, quote).state, kept(house, quote).reason) == (S.ARCHIVED, "Decorsi i termini")


def test_the_tick_of_a_signed_acceptance_is_set_and_taken_away(house: House) -> None:
    """A35."""
    quote = house.quote(*INTEGRATED)
    told(house, quote, E.DELIVERED)
    phone = Phone(house, IVO)
    asked = phone.taps(f"d:{quote}:accept", at=at(23))
    assert "quale importo" in shown(asked)
    phone.says("1200", at=at(23))
    phone.taps(button(phone.says("oggi", at=at(23)), "Conferma"), at=at(23))
    assert kept(house, quote).state is S.ACCEPTED
    card = follows(phone, phone.taps(f"q:{quote}", at=at(23)), "Accettazione firmata", day=23)
    assert "Accettazione firmata" in shown(card)
    card = follows(phone, card, "Togli", day=23)
    assert "Accettazione firmata" not in shown(card)


def test_a_quote_that_is_not_mine_goes_to_another_am_by_buttons(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    ivo, card = looked_at(house, IVO, quote)
    asked = follows(ivo, card, "Non è mio", "Non lo so")
    assert "l'ho chiesto a Sandro Apocrifelli" in shown(asked)
    sandro, card = looked_at(house, SANDRO, quote)
    who = follows(sandro, card, "Passa a un'altra persona")
    assert "Ivo Prototipelli" not in str([call.params.get("reply_markup") for call in who])
    done = follows(sandro, who, "Lia Segnapostini")
    assert "adesso lo segue Lia Segnapostini" in shown(done)
    assert kept(house, quote).owner_email == "lia.segnapostini@associazione.example.com"


def test_the_av_looks_at_an_am_s_quote_and_splits_it_but_tells_nothing_of_it(house: House) -> None:
    """A28, A32."""
    quote = house.quote(*MIXED)
    ada, card = looked_at(house, ADA, quote)
    assert "Lo segue Ivo Prototipelli" in shown(card)
    assert "Redatto oggi" not in str(card)
    done = follows(ada, card, "Separa i prodotti a catalogo")
    assert "Privacy GDPR è un preventivo a parte" in shown(done)
    both = ada.taps(f"q:{quote}", at=at(20))
    assert "Con questo, dalla stessa visita:" in shown(both)
    assert "Privacy GDPR (Ada Esempioli): da redigere" in shown(both)


def test_what_another_told_is_shown_with_their_name(house: House) -> None:
    """A50: the RS of the sede for who is absent."""
    quote = house.quote(*INTEGRATED)
    Phone(house, CARLA).taps(f"Q:{quote}:redatto", at=at(20))
    _, card = looked_at(house, IVO, quote, day=23)
    assert "Redatto venerdì 20 novembre 2026 (registrato da Carla Immaginelli)" in shown(card)


def test_a_closed_quote_is_found_on_the_company_s_card(house: House) -> None:
    """T15, T16 begin there."""
    quote = house.quote(*INTEGRATED)
    told(house, quote, E.DELIVERED, E.REFUSED)
    ada = Phone(house, ADA)
    card = ada.taps(f"k:{house.company().id}", at=at(23))
    assert button(card, "Preventivo: archiviato") == f"q:{quote}"


def test_the_credit_is_changed_from_the_card(house: House) -> None:
    """A8."""
    visit = house.confirms(*EVERYTHING).visit
    ada = Phone(house, ADA)
    card = ada.taps(f"k:{house.company().id}", at=at(23))
    recap = follows(ada, card, "Cambia esito Crediti", "1. Riscosso", "È cambiato dopo", day=23)
    done = follows(ada, recap, "Conferma", day=23)
    assert "Crediti adesso è: Riscosso." in shown(done)
    assert "Ho scritto a Quinto Facsimilli, Rita Simulotti." in shown(done)
    recorded = visits.get(house.tx, visit)
    assert recorded is not None
    assert recorded.report.credit is CreditOutcome.COLLECTED


def test_a_credit_that_came_in_is_one_tap_and_the_second_tap_is_answered_kindly(house: House) -> None:
    """9.1: the proposal to the AV."""
    visit = house.confirms(*EVERYTHING).visit
    ada = Phone(house, ADA)
    assert "Crediti adesso è: Riscosso." in shown(ada.taps(f"Qc:{visit}", at=at(23)))
    assert "è già questo" in shown(ada.taps(f"Qc:{visit}", at=at(23)))
    assert "Ciao Bruno" in shown(Phone(house, 1004).taps(f"Qc:{visit}", at=at(23)))

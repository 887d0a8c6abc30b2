"""A quote that is somebody else's: who is asked, who passes it on, and what goes with it (9.1, A28)."""

from datetime import date

import pytest

from actions import converse
from actions.finish import finish
from actions.pass_on_quote import Asked, candidates, pass_on, say_not_mine
from actions.split_quote import split_quote
from actions.tell_quote import tell_quote
from conversations.dialogue import Typed
from procedure.campaign import ProductKind
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Mail, Push
from procedure.quotes import Quote, QuoteEvent
from store import deadlines, people, quotes, tables
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

IVO, LIA, ADA, BRUNO = "ivo.prototipelli", "lia.segnapostini", "ada.esempioli", "bruno.fintarelli"
SANDRO, CARLA = "sandro.apocrifelli", "carla.immaginelli"  # RPS; RS of Pistoia
MIXED = (
    *PLAIN[:5],
    "PAGHE",
    "+",
    "=",
    "PRIVACY",
    "HACCP",
    "=",
    "-",
    Typed("due dipendenti"),
    "-",
    "good",
    "=",
)


def kept(house: House, quote: int) -> Quote:
    found = quotes.get(house.tx, quote)
    assert found is not None
    return found


def pushes(house: House, screen: str) -> list[Push]:
    return [push for push in house.pushes() if push.screen == screen]


def sent(house: House, kind: str) -> list[Mail]:
    return [mail for mail in house.mails() if mail.kind.value == kind]


# Not mine


def test_of_an_integrated_quote_rps_is_asked_and_it_stays_the_owner_s_until_then(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    ivo = house.turn(IVO, at(20))
    talk = house.goes_on(converse.begin_about_quote(ivo, quote, "not_mine"), Typed("è di Lia"), turn=ivo)
    asked = finish(ivo, talk.draft, talk.revision)
    assert isinstance(asked, Asked)
    assert asked.of == ("Sandro Apocrifelli",)
    (push,) = pushes(house, "quote_not_mine")
    assert push.person == house.person(SANDRO).id
    assert (push.context["who"], push.context["words"]) == ("Ivo Prototipelli", "è di Lia")
    assert kept(house, quote).owner == house.person(IVO).id
    assert [move.event for move in quotes.story(house.tx, quote)] == ["non mio: è di Lia"]


def test_of_a_catalogue_quote_the_rs_of_the_sede_is_asked(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    asked = say_not_mine(house.turn(ADA, at(20)), quote, "", channel="chat")
    assert asked.of == ("Carla Immaginelli",)
    assert [push.person for push in pushes(house, "quote_not_mine")] == [house.person(CARLA).id]


def test_where_nobody_bears_the_role_its_mailbox_is_written_to(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    people.leave(house.tx, house.person(SANDRO).id, date(2026, 11, 18))
    asked = say_not_mine(house.turn(IVO, at(20)), quote, "di chi?", channel="chat")
    assert asked.of == ("Sandro Apocrifelli",)  # as the campaign's file names who bears RPS
    (mail,) = sent(house, "NOTIZIA")
    assert mail.to[0].email == "politiche.servizi@associazione.example.com"
    assert "Tessitura Finzioni" in str(mail.context["text"])
    assert "di chi?" in str(mail.context["text"])


def test_saying_so_twice_asks_twice_and_of_a_closed_quote_never(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(20))
    for _ in range(2):
        say_not_mine(ivo, quote, "", channel="chat")
    assert len(pushes(house, "quote_not_mine")) == 2
    tell_quote(ivo, quote, QuoteEvent.CANCELLED, ivo.today, channel="chat", reason="errore")
    with pytest.raises(Refusal) as refused:
        say_not_mine(ivo, quote, "", channel="chat")
    assert refused.value.phrase == "quote_not_open"


# Passing on


def test_a_quote_goes_to_another_am_with_its_terms_and_by_e7(house: House) -> None:
    quote, lia = house.quote(*INTEGRATED), house.person(LIA)
    before = len(sent(house, "E7"))
    passed = pass_on(house.turn(SANDRO, at(20)), quote, lia.id)
    assert passed.to == "Lia Segnapostini"
    assert (kept(house, quote).owner, kept(house, quote).owner_email) == (lia.id, lia.email)
    (row,) = deadlines.of_quote(house.tx, quote)
    assert (row.owner, row.owner_email, row.due.due_on) == (lia.id, lia.email, date(2026, 11, 25))
    (mail,) = sent(house, "E7")[before:]
    assert [contact.email for contact in mail.to] == [lia.email]
    assert "entro mercoledì 25 novembre 2026" in str(mail.context["due"])
    assert [push.person for push in pushes(house, "quote_passed")] == [lia.id]
    (move,) = quotes.story(house.tx, quote)
    assert (move.event, move.hand.who) == ("passato a Lia Segnapostini", house.person(SANDRO).email)


def test_the_new_owner_tells_of_it_and_the_old_one_no_longer(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    pass_on(house.turn(SANDRO, at(20)), quote, house.person(LIA).id)
    with pytest.raises(NotAllowed):
        tell_quote(house.turn(IVO, at(23)), quote, QuoteEvent.DRAFTED, date(2026, 11, 23), channel="chat")
    tell_quote(house.turn(LIA, at(23)), quote, QuoteEvent.DRAFTED, date(2026, 11, 23), channel="chat")
    (row,) = deadlines.of_quote(house.tx, quote)
    assert row.owner == house.person(LIA).id


def test_there_and_back_again_writes_e7_each_time(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    before = len(sent(house, "E7"))
    for name in (LIA, IVO, LIA):
        pass_on(house.turn(SANDRO, at(20)), quote, house.person(name).id)
    assert [mail.to[0].name for mail in sent(house, "E7")[before:]] == [
        "Lia Segnapostini",
        "Ivo Prototipelli",
        "Lia Segnapostini",
    ]


def test_a_quote_already_drafted_is_passed_without_the_term_that_is_met(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(20))
    tell_quote(ivo, quote, QuoteEvent.DRAFTED, ivo.today, channel="chat")
    pass_on(house.turn(SANDRO, at(23)), quote, house.person(LIA).id)
    assert sent(house, "E7")[-1].context["due"] == ""


def test_a_catalogue_quote_goes_to_a_colleague_of_the_sede_without_a_mail(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    carla = house.turn(CARLA, at(20))
    _, _, able = candidates(carla, quote)
    names = {person.name for person in able}
    assert "Carla Immaginelli" in names
    assert not names & {"Ada Esempioli", "Bruno Fintarelli", "Ivo Prototipelli"}
    before = len(house.mails())
    pass_on(carla, quote, carla.person.id)
    assert kept(house, quote).owner == carla.person.id
    assert len(house.mails()) == before


@pytest.mark.parametrize("name", [ADA, BRUNO, LIA, "olga.bozzettoni", IVO])
def test_who_watches_no_quotes_passes_none_on(house: House, name: str) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(NotAllowed):
        pass_on(house.turn(name, at(20)), quote, house.person(LIA).id)
    with pytest.raises(NotAllowed):
        candidates(house.turn(name, at(20)), quote)
    assert house.traces()[0] == "refused"
    assert kept(house, quote).owner == house.person(IVO).id


@pytest.mark.parametrize("name", [ADA, SANDRO, "olga.bozzettoni"])
def test_nobody_gets_an_integrated_quote_who_is_no_am(house: House, name: str) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal) as refused:
        pass_on(house.turn(SANDRO, at(20)), quote, house.person(name).id)
    assert refused.value.phrase == "quote_not_theirs"


def test_nobody_gets_a_quote_who_has_left(house: House) -> None:
    quote, lia = house.quote(*INTEGRATED), house.person(LIA)
    people.leave(house.tx, lia.id, date(2026, 11, 18))
    with pytest.raises(Refusal):
        pass_on(house.turn(SANDRO, at(20)), quote, lia.id)
    with pytest.raises(Refusal):
        pass_on(house.turn(SANDRO, at(20)), quote, 999)


# Split in two: A28


def mixed(house: House) -> int:
    return house.quote(*MIXED)


def products(house: House, quote: int) -> list[tuple[str, str]]:
    return [(line.product, line.need) for line in quotes.lines(house.tx, quote)]


def test_the_catalogue_products_become_a_quote_of_the_av_s_own(house: House) -> None:
    quote = mixed(house)
    split = split_quote(house.turn(ADA, at(20)), quote)
    assert products(house, quote) == [("PAGHE", "")]
    assert {code for code, _ in products(house, split.quote)} == {"PRIVACY", "HACCP"}
    new = kept(house, split.quote)
    assert (new.kind, new.owner, new.visit) == (
        ProductKind.CATALOGUE,
        house.person(ADA).id,
        kept(house, quote).visit,
    )


def test_its_term_runs_from_the_visit_and_each_reference_person_is_asked_rps_in_copy(house: House) -> None:
    quote = mixed(house)
    split = split_quote(house.turn(ADA, at(20)), quote)
    (row,) = deadlines.of_quote(house.tx, split.quote)
    assert (row.due.kind.value, row.due.due_on) == ("D10", date(2026, 11, 25))
    assert {mail.to[0].email.partition("@")[0] for mail in split.mails} == {"certificazioni", "formazione"}
    for mail in split.mails:
        assert mail.kind.value == "E9"
        assert mail.about.id == split.quote
        assert [contact.email for contact in mail.cc] == ["politiche.servizi@associazione.example.com"]
    assert {m.key for m in split.mails} <= {m.key for m in house.mails()}


def test_the_am_hears_and_both_stories_tell_it(house: House) -> None:
    quote = mixed(house)
    split = split_quote(house.turn(ADA, at(20)), quote)
    assert [push.person for push in pushes(house, "quote_split")] == [house.person(IVO).id]
    assert [move.event for move in quotes.story(house.tx, quote)] == [
        f"prodotti a catalogo separati: {split.quote}"
    ]
    assert [move.event for move in quotes.story(house.tx, split.quote)] == [f"separato da: {quote}"]


def test_what_is_split_is_not_split_again_and_only_what_is_mixed_is(house: House) -> None:
    quote, ada = mixed(house), house.turn(ADA, at(20))
    split_quote(ada, quote)
    plain = house.quote(*INTEGRATED, ref="A002")
    for one in (quote, plain):
        with pytest.raises(Refusal) as refused:
            split_quote(ada, one)
        assert refused.value.phrase == "quote_not_to_split"


def test_a_quote_already_drafted_stays_whole(house: House) -> None:
    quote, ivo = mixed(house), house.turn(IVO, at(20))
    tell_quote(ivo, quote, QuoteEvent.DRAFTED, ivo.today, channel="chat")
    with pytest.raises(Refusal):
        split_quote(house.turn(ADA, at(23)), quote)


@pytest.mark.parametrize("name", [IVO, BRUNO, LIA, "olga.bozzettoni"])
def test_who_did_not_visit_splits_nothing(house: House, name: str) -> None:
    quote = mixed(house)
    with pytest.raises(NotAllowed):
        split_quote(house.turn(name, at(20)), quote)
    assert len(house.tx.all(tables.quotes.select())) == 1

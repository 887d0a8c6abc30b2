"""What becomes of a quote: terms close and open, mails leave, the AV hears, a reminder is put off."""

from datetime import date
from decimal import Decimal

import pytest

from actions import converse
from actions.finish import finish
from actions.tell_quote import Told, tell_quote
from conversations.dialogue import Asking, Typed
from procedure.errors import NotAllowed, Refusal
from procedure.quotes import QuoteEvent, QuoteState
from store import drafts, history, quotes, tables
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

E = QuoteEvent
IVO = "ivo.prototipelli"


def tells(house: House, quote: int, event: QuoteEvent, day: int = 18, *, who: str = IVO) -> Told:
    turn = house.turn(who, at(day))
    return tell_quote(turn, quote, event, turn.today, channel="chat", value=Decimal(1200), reason="costa")


def terms(house: House) -> dict[str, date]:
    return {row.due.kind.value: row.due.due_on for row in house.open()}


def reminders(house: House) -> dict[str, date | None]:
    return {row.due.kind.value: row.remind_on for row in house.open()}


def asked(house: House, quote: int, flow: str, *raws: object, day: int = 27, who: str = IVO) -> Told:
    turn = house.turn(who, at(day))
    talk = house.goes_on(converse.begin_about_quote(turn, quote, flow), *raws, turn=turn)
    told = finish(turn, talk.draft, talk.revision)
    assert isinstance(told, Told)
    return told


def test_the_drafting_meets_d10_and_starts_d11(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    assert terms(house) == {"D10": date(2026, 11, 25)}
    told = tells(house, quote, E.DRAFTED, 25)
    assert terms(house) == {"D11": date(2026, 11, 27)}
    assert [term.kind.value for term in told.terms] == ["D11"]


def test_a_contact_meets_d11_and_the_delivery_starts_d13_and_d14(house: House) -> None:
    """A22b; section 17's first row."""
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DRAFTED, 25)
    tells(house, quote, E.CONTACTED, 26)
    assert set(terms(house)) == {"A22b"}
    tells(house, quote, E.DELIVERED, 27)
    assert terms(house) == {"D13": date(2026, 12, 9), "D14": date(2026, 12, 27)}


def test_a_delivery_meets_d10_and_d11_at_once(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    told = tells(house, quote, E.DELIVERED, 20)
    assert set(terms(house)) == {"D13", "D14"}
    assert told.quote.drafted_on == told.quote.delivered_on == date(2026, 11, 20)


def test_a_sollecito_meets_d13_and_leaves_d14(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    for event, day in ((E.DELIVERED, 20), (E.THINKING, 23), (E.FOLLOWED_UP, 24), (E.FOLLOWED_UP, 25)):
        tells(house, quote, event, day)
    assert set(terms(house)) == {"D14"}
    kept = quotes.get(house.tx, quote)
    assert kept is not None
    assert kept.followed_up_on == date(2026, 11, 24)


def test_a_delivery_told_twice_opens_each_term_once(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    first = tells(house, quote, E.DELIVERED, 20)
    second = tells(house, quote, E.DELIVERED, 20)
    assert len(first.terms) == 2
    assert second.terms == ()
    with pytest.raises(Refusal):
        tells(house, quote, E.DELIVERED, 23)
    assert terms(house)["D13"] == date(2026, 12, 1)


def test_an_acceptance_closes_all_writes_two_mails_and_tells_the_av(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    before = len(house.mails())
    told = tells(house, quote, E.ACCEPTED, 27)
    assert terms(house) == {}
    assert (
        [mail.kind.value for mail in house.mails()[before:]]
        == ["E10", "E11"]
        == [mail.kind.value for mail in told.mails]
    )
    (push,) = house.pushes()
    assert (push.screen, push.person) == ("quote_closed", house.person("ada.esempioli").id)
    assert push.context["state"] == "accettato"
    assert "1200" not in str(push.context)


def test_a_refusal_closes_all_writes_nothing_and_tells_the_av(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    before = len(house.mails())
    told = tells(house, quote, E.REFUSED, 27)
    assert terms(house) == {}
    assert told.mails == ()
    assert len(house.mails()) == before
    assert told.quote.reason == "costa"
    assert [push.context["state"] for push in house.pushes()] == ["archiviato"]


def test_the_av_is_not_told_of_what_they_told(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    for event in (E.DELIVERED, E.ACCEPTED):
        tells(house, quote, event, 20, who="ada.esempioli")
    assert house.pushes() == []


def test_every_move_is_in_the_quote_s_story_and_every_field_in_the_history(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.ACCEPTED, 27)
    story = quotes.story(house.tx, quote)
    assert [(move.event, move.new_state) for move in story] == [
        ("consegnato", QuoteState.DELIVERED),
        ("accettato", QuoteState.ACCEPTED),
    ]
    assert {move.hand.who for move in story} == {"ivo.prototipelli@associazione.example.com"}
    assert {"value", "closed_on"} <= {change.field for change in history.changes(house.tx, "quotes", quote)}


@pytest.mark.parametrize("name", ["lia.segnapostini", "bruno.fintarelli", "ada.esempioli", "olga.bozzettoni"])
def test_another_s_quote_is_not_told_of(house: House, name: str) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(NotAllowed):
        tells(house, quote, E.DRAFTED, who=name)
    assert house.traces()[0] == "refused"
    assert terms(house) == {"D10": date(2026, 11, 25)}


@pytest.mark.parametrize("name", ["sandro.apocrifelli", "carla.immaginelli"])
def test_rps_and_the_rs_of_the_sede_may_tell_for_who_is_absent(house: House, name: str) -> None:
    quote = house.quote(*INTEGRATED)
    assert tells(house, quote, E.DRAFTED, who=name).quote.state is QuoteState.DRAFTED


def test_nothing_is_told_of_tomorrow(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal) as refused:
        tell_quote(house.turn(IVO), quote, E.DELIVERED, date(2026, 11, 19), channel="mail")
    assert refused.value.phrase == "day_to_come"


def test_a_refused_event_changes_nothing(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal):
        tells(house, quote, E.ACCEPTED)
    assert terms(house) == {"D10": date(2026, 11, 25)}
    assert quotes.story(house.tx, quote) == []


# The dialogues


def test_an_acceptance_told_in_a_dialogue_has_its_value_and_day(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    told = asked(house, quote, "accept", Typed("1.200,50"), "2026-11-26")
    assert (told.quote.value, told.quote.closed_on) == (Decimal("1200.50"), date(2026, 11, 26))
    assert drafts.open_all(house.tx, house.person(IVO).id) == []


def test_a_refusal_told_in_a_dialogue_has_its_reason(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    told = asked(house, quote, "refuse", Typed("cambia città"), "2026-11-27")
    assert (told.quote.state, told.quote.reason) == (QuoteState.ARCHIVED, "cambia città")


def test_a_dialogue_overtaken_by_another_phone_is_closed_and_says_so(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(27))
    tells(house, quote, E.DELIVERED, 20)
    talk = converse.begin_about_quote(ivo, quote, "accept")
    talk = house.goes_on(talk, Typed("1200"), "2026-11-27", turn=ivo)
    tells(house, quote, E.ACCEPTED, 27)
    with pytest.raises(Refusal) as refused:
        finish(ivo, talk.draft, talk.revision)
    assert refused.value.phrase == "quote_not_open"
    assert drafts.open_all(house.tx, ivo.person.id) == []


def test_a_dialogue_whose_quote_was_archived_meanwhile_asks_whether_the_yes_came_late(house: House) -> None:
    """T15 is told knowingly."""
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(27))
    tells(house, quote, E.DELIVERED, 20)
    talk = converse.begin_about_quote(ivo, quote, "accept")
    talk = house.goes_on(talk, Typed("1200"), "2026-11-27", turn=ivo)
    tells(house, quote, E.REFUSED, 27)
    stands = finish(ivo, talk.draft, talk.revision)
    assert isinstance(stands, converse.Talk)
    assert isinstance(stands.state, Asking)
    assert stands.state.step.key == "late"


def test_an_unfinished_dialogue_does_nothing(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(27))
    tells(house, quote, E.DELIVERED, 20)
    talk = house.goes_on(converse.begin_about_quote(ivo, quote, "accept"), Typed("1200"), turn=ivo)
    assert not isinstance(finish(ivo, talk.draft, talk.revision), Told)
    assert set(terms(house)) == {"D13", "D14"}


# Putting off


def test_postponing_moves_the_reminder_and_never_the_term(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    before = terms(house)
    told = asked(house, quote, "postpone", Typed("2/12/2026"), "absent", day=24)
    assert told.postponed_to == date(2026, 12, 2)
    assert terms(house) == before
    assert reminders(house) == {"D10": date(2026, 12, 2)}
    (move,) = quotes.story(house.tx, quote)
    assert move.event == "rinvia: La persona non c'è"


def test_a_reminder_put_off_to_a_day_of_rest_comes_on_the_next_working_day(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    assert asked(house, quote, "postpone", Typed("28/11/2026"), "asked", day=24).postponed_to == date(
        2026, 11, 30
    )


def test_what_would_have_been_said_later_is_still_said_then(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    far = reminders(house)["D14"]
    asked(house, quote, "postpone", Typed("1/12/2026"), "asked", day=27)
    assert reminders(house) == {"D13": date(2026, 12, 1), "D14": far}


def test_where_nothing_was_to_be_said_so_soon_the_next_term_speaks(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.FOLLOWED_UP, 24)
    asked(house, quote, "postpone", Typed("1/12/2026"), "asked", day=27)
    assert reminders(house) == {"D14": date(2026, 12, 1)}


def test_the_terms_of_a_company_count_on_its_own_sede(house: House) -> None:
    """A5c: the patron saint of Pistoia, not of the AM's sede."""
    quote = house.quote(*PLAIN[:5], "SICUREZZA", "=", "-", "good", "=")
    closed = tables.deadlines.select().where(tables.deadlines.c.about_id == quote)
    assert [row.due_on for row in house.tx.all(closed) if row.kind == "D10"] == [date(2026, 11, 25)]

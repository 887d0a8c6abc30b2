"""How a quote ends, and ends otherwise than was said: T13 to T16, lines (A30), who hears of it (N7)."""

from datetime import date
from decimal import Decimal
from typing import TypeAlias

import pytest

from actions import converse
from actions.finish import finish
from actions.sign_acceptance import sign_acceptance
from actions.standing_in import with_the_absent
from actions.tell_quote import OddDay, Told, tell_quote
from actions.turn import Turn
from conversations.dialogue import Typed
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Mail
from procedure.quote_lines import LineOutcome
from procedure.quotes import Quote, QuoteEvent, QuoteState
from store import absences, audit, history, outbox, quotes
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

E: TypeAlias = QuoteEvent
S: TypeAlias = QuoteState
IVO, ADA, SANDRO, TERESA = "ivo.prototipelli", "ada.esempioli", "sandro.apocrifelli", "teresa.verosimiletti"
MIXED = (*PLAIN[:5], "PAGHE", "CONT", "+", "=", "PRIVACY", "=", "-", "-", "-", "good", "=")
BEGAN = date(2026, 11, 18)


def kept(house: House, quote: int) -> Quote:
    found = quotes.get(house.tx, quote)
    assert found is not None
    return found


def tells(house: House, quote: int, event: E, day: int, *, who: str = IVO, month: int = 11) -> Told:
    turn = house.turn(who, at(day, month=month))
    return tell_quote(turn, quote, event, turn.today, channel="chat", value=Decimal(1200), reason="costa")


def asked(house: House, quote: int, flow: str, *raws: object, day: int = 27, who: str = IVO) -> Told:
    turn = house.turn(who, at(day))
    talk = house.goes_on(converse.begin_about_quote(turn, quote, flow), *raws, turn=turn)
    told = finish(turn, talk.draft, talk.revision)
    assert isinstance(told, Told), told
    return told


def n7(house: House) -> list[Mail]:
    return [mail for mail in house.mails() if mail.kind.value == "N7"]


def fields(mail: Mail) -> list[tuple[object, object, object]]:
    rows = mail.context["amended"]
    assert isinstance(rows, list)
    return [(row["label"], row["old"], row["new"]) for row in rows if isinstance(row, dict)]


def money(text: str) -> str:
    return f"{text}\N{NO-BREAK SPACE}€"


# T14


@pytest.mark.parametrize("drafted", [False, True])
def test_a_quote_that_is_not_to_be_is_cancelled_and_rps_hears_as_e8_had_said_otherwise(
    house: House, drafted: bool
) -> None:
    quote = house.quote(*INTEGRATED)
    if drafted:
        tells(house, quote, E.DRAFTED, 20)
    told = asked(house, quote, "cancel_quote", "twice", day=23)
    assert (told.quote.state, told.quote.reason) == (S.CANCELLED, "È un doppione")
    assert house.open() == []
    (mail,) = n7(house)
    assert mail.to[0].email == "politiche.servizi@associazione.example.com"
    was = "redatto" if drafted else "da redigere"
    label = "Preventivo Paghe e amministrazione del personale (Ivo Prototipelli)"
    assert fields(mail) == [(label, was, "annullato")]
    assert (mail.context["reason"], mail.context["who"]) == ("È un doppione", "Ivo Prototipelli")


def test_one_never_delivered_may_be_archived_with_its_reason_and_rps_hears(house: House) -> None:
    """T14 "or T8", A23c."""
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DRAFTED, 20)
    told = asked(house, quote, "refuse", "no_need", "2026-11-27")
    assert (told.quote.state, told.quote.delivered_on) == (S.ARCHIVED, None)
    assert [push.context["state"] for push in house.pushes()] == ["archiviato"]
    assert len(n7(house)) == 1


def test_of_a_catalogue_quote_no_e8_had_left_so_nothing_is_put_right(house: House) -> None:
    quote = house.quote(*CATALOGUE)
    asked(house, quote, "cancel_quote", "mistake", who=ADA)
    assert n7(house) == []


def test_a_delivered_quote_that_is_refused_corrects_nothing(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.REFUSED, 27)
    assert n7(house) == []


# Product by product: A30


def lines(house: House, quote: int) -> dict[str, tuple[bool | None, Decimal | None, str]]:
    return {line.product: (line.accepted, line.value, line.reason) for line in quotes.lines(house.tx, quote)}


def test_of_several_products_some_are_accepted_each_at_its_value(house: House) -> None:
    quote = house.quote(*MIXED)
    tells(house, quote, E.DELIVERED, 20)
    first, second, third = (f"line:{line.id}" for line in quotes.lines(house.tx, quote))
    raws = ("some", first, third, "=", Typed("1200"), Typed("300,50"), "cost", "2026-11-27")
    told = asked(house, quote, "accept", *raws)
    assert second
    assert (told.quote.state, told.quote.value) == (S.ACCEPTED, Decimal("1500.50"))
    assert lines(house, quote) == {
        "CONT": (True, Decimal(1200), ""),
        "PAGHE": (False, None, "Costa troppo"),
        "PRIVACY": (True, Decimal("300.50"), ""),
    }
    e10 = told.mails[0]
    assert e10.context["owner"] == "Ivo Prototipelli"
    assert e10.context["value"] == money("1.500,50")
    said = [(row["product"], row["value"], row["reason"]) for row in e10.context["lines"]]  # type: ignore[union-attr, index, call-overload] # a list of rows
    assert said == [
        ("Contabilità ordinaria, semplificata e forfettari", money("1.200,00"), ""),
        ("Paghe e amministrazione del personale", "", "Costa troppo"),
        ("Privacy GDPR", money("300,50"), ""),
    ]


def test_none_of_several_products_is_a_refusal_of_them_all(house: House) -> None:
    quote = house.quote(*MIXED)
    tells(house, quote, E.DELIVERED, 20)
    told = asked(house, quote, "accept", "some", "=", "not_now", "2026-11-27")
    assert told.quote.state is S.ARCHIVED
    assert set(lines(house, quote).values()) == {(False, None, "Non è il momento")}


def test_a_total_for_several_products_is_divided_by_nobody(house: House) -> None:
    quote = house.quote(*MIXED)
    tells(house, quote, E.DELIVERED, 20)
    assert tells(house, quote, E.ACCEPTED, 27).quote.value == Decimal(1200)
    assert set(lines(house, quote).values()) == {(True, None, "")}


def test_a_total_for_one_product_is_its_value(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.ACCEPTED, 27)
    assert lines(house, quote) == {"PAGHE": (True, Decimal(1200), "")}
    (line,) = quotes.lines(house.tx, quote)
    changed = {c.field for c in history.changes(house.tx, "quote_lines", line.id)}
    assert changed == {"accepted", "value"}


def test_a_line_of_another_quote_is_not_told_of(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    ivo, forged = house.turn(IVO, at(27)), (LineOutcome(99, True, Decimal(5)),)
    with pytest.raises(Refusal) as refused:
        tell_quote(ivo, quote, E.ACCEPTED, ivo.today, channel="chat", lines=forged)
    assert refused.value.phrase == "quote_lines_changed"
    assert kept(house, quote).state is S.DELIVERED


# T15, A34


def archived(house: House) -> int:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.REFUSED, 27)
    return quote


def test_a_late_yes_is_flagged_has_a_new_day_and_sends_both_mails(house: House) -> None:
    quote = archived(house)
    turn = house.turn(IVO, at(1, month=12))
    talk = converse.begin_about_quote(turn, quote, "accept")
    talk = house.goes_on(talk, "yes", Typed("900"), "2026-12-01", turn=turn)
    told = finish(turn, talk.draft, talk.revision)
    assert (told.quote.accepted_late, told.quote.closed_on) == (True, date(2026, 12, 1))
    assert [mail.kind.value for mail in told.mails] == ["E10", "E11"]
    assert told.mails[0].context["late"] is True
    closings = [c for c in history.changes(house.tx, "quotes", quote) if c.field == "closed_on"]
    assert [(c.old, c.new) for c in closings] == [("", "2026-11-27"), ("2026-11-27", "2026-12-01")]
    assert house.pushes()[-1].context["state"] == "accettato (dopo la scadenza)"


def test_a_yes_after_day_thirty_is_flagged_late_too(house: House) -> None:
    """A34; delivered on Friday 20/11, the thirtieth day is Sunday 20/12: late only after Monday 21."""
    for day, late in ((21, False), (22, True)):
        quote = house.quote(*INTEGRATED, ref="A001" if late else "A002")
        tells(house, quote, E.DELIVERED, 20)
        assert tells(house, quote, E.ACCEPTED, day, month=12).quote.accepted_late is late


@pytest.mark.parametrize(("who", "day"), [(IVO, 26), (SANDRO, 27), (TERESA, 27)])
def test_a_late_yes_is_its_owner_s_to_tell_for_sixty_days_and_then_rps_s_and_rpc_s(
    house: House, who: str, day: int
) -> None:
    """T15: archived on 27/11, sixty days end on 26/1."""
    quote = archived(house)
    then = at(27).replace(year=2027, month=1, day=day)
    told = tell_quote(house.turn(who, then), quote, E.ACCEPTED, then.date(), channel="chat", value=Decimal(9))
    assert told.quote.state is S.ACCEPTED


def test_after_sixty_days_the_owner_is_told_who_may(house: House) -> None:
    quote = archived(house)
    then = at(27).replace(year=2027, month=1)
    with pytest.raises(Refusal) as refused:
        tell_quote(house.turn(IVO, then), quote, E.ACCEPTED, then.date(), channel="chat", value=Decimal(9))
    assert refused.value.phrase == "quote_late_for_owner"
    with pytest.raises(Refusal):
        converse.begin_about_quote(house.turn(IVO, then), quote, "accept")
    with pytest.raises(NotAllowed):
        tell_quote(house.turn(ADA, then), quote, E.ACCEPTED, then.date(), channel="chat", value=Decimal(9))


# T16


def accepted(house: House) -> int:
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    tells(house, quote, E.ACCEPTED, 23)
    return quote


def test_a_wrong_amount_is_put_right_and_those_who_had_the_mails_hear(house: House) -> None:
    quote = accepted(house)
    told = asked(house, quote, "correct", Typed("900"))
    assert (told.quote.value, told.quote.closed_on) == (Decimal(900), date(2026, 11, 23))
    assert lines(house, quote)["PAGHE"] == (True, Decimal(900), "")
    assert [mail.to[0].name for mail in n7(house)] == ["Ugo Sagomelli", "Quinto Facsimilli"]
    for mail in n7(house):
        assert fields(mail) == [("VALORE PREVENTIVO", money("1.200,00"), money("900,00"))]
    assert house.pushes()[-1].context["state"] == "accettato (importo corretto)"


def test_a_yes_taken_back_archives_the_quote_and_says_so_to_the_same(house: House) -> None:
    quote = accepted(house)
    told = asked(house, quote, "withdraw", "second_thoughts", "2026-11-27")
    assert (told.quote.state, told.quote.value, told.quote.closed_on) == (
        S.ARCHIVED,
        None,
        date(2026, 11, 27),
    )
    assert lines(house, quote)["PAGHE"] == (False, None, "L'azienda ci ripensa")
    for mail in n7(house):
        assert fields(mail) == [
            ("TIPO CHIUSURA", "Accettazione", "Archiviazione"),
            ("VALORE PREVENTIVO", money("1.200,00"), "nessuno"),
        ]
        assert mail.context["reason"] == "L'azienda ci ripensa"


def test_yes_no_and_yes_again_sends_every_mail_each_time(house: House) -> None:
    """The keys of the first acceptance hold none of the later mails back."""
    quote = accepted(house)
    for n, event in enumerate((E.WITHDRAWN, E.ACCEPTED, E.CORRECTED, E.WITHDRAWN, E.ACCEPTED)):
        before = len(house.mails())
        tells(house, quote, event, 24 + n)
        kinds = [mail.kind.value for mail in house.mails()[before:]]
        assert kinds == (["E10", "E11"] if event is E.ACCEPTED else ["N7", "N7"])
    assert kept(house, quote).value == Decimal(1200)


def test_a_rettifica_goes_to_whom_the_mail_had_reached_and_not_to_who_came_since(house: House) -> None:
    quote = accepted(house)
    row = outbox.by_key(house.tx, f"quote:{quote}:E11")
    assert row is not None
    payload = row.payload
    assert isinstance(payload, dict)
    mail = payload["mail"]
    assert isinstance(mail, dict)
    mail["to"] = [{"name": "Chi c'era", "email": "prima@x.example.com"}]
    outbox.rewrite(house.tx, row.id, payload)
    tells(house, quote, E.CORRECTED, 27)
    assert [mail.to[0].name for mail in n7(house)] == ["Ugo Sagomelli", "Chi c'era"]


# A35


def test_an_acceptance_is_ticked_as_signed_and_unticked_and_the_story_keeps_it(house: House) -> None:
    quote = accepted(house)
    ivo = house.turn(IVO, at(27))
    for signed in (True, True, False):
        sign_acceptance(ivo, quote, signed=signed)
        assert kept(house, quote).acceptance_signed is signed
    events = [move.event for move in quotes.story(house.tx, quote)]
    assert events[-2:] == ["accettazione firmata", "accettazione non firmata"]


def test_only_an_acceptance_is_signed_and_only_by_who_tells_of_the_quote(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal):
        sign_acceptance(house.turn(IVO), quote, signed=True)
    with pytest.raises(NotAllowed):
        sign_acceptance(house.turn("lia.segnapostini"), quote, signed=True)


# An odd day, and the days in the story


def test_an_odd_day_writes_nothing_until_it_is_said_to_be_right(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(20))
    monday = date(2026, 11, 16)
    with pytest.raises(OddDay) as odd:
        tell_quote(ivo, quote, E.DELIVERED, monday, channel="chat")
    assert (odd.value.earlier.on, odd.value.event, odd.value.on) == (BEGAN, E.DELIVERED, monday)
    assert kept(house, quote).state is S.TO_DRAFT
    assert quotes.story(house.tx, quote) == []
    told = tell_quote(ivo, quote, E.DELIVERED, monday, channel="chat", sure=True)
    assert told.quote.delivered_on == monday


def test_a_second_sollecito_keeps_the_first_in_the_field_and_both_in_the_story(house: House) -> None:
    """T12, A33."""
    quote = house.quote(*INTEGRATED)
    tells(house, quote, E.DELIVERED, 20)
    for day in (24, 26):
        asked(house, quote, "when", "sollecitato", f"2026-11-{day}", day=27)
    assert kept(house, quote).followed_up_on == date(2026, 11, 24)
    told = [(move.event, move.on) for move in quotes.story(house.tx, quote)]
    assert told[1:] == [("sollecitato", date(2026, 11, 24)), ("sollecitato", date(2026, 11, 26))]


# Who told (A50)


def test_a_deputy_tells_for_who_is_away_and_the_story_says_who(house: House) -> None:
    quote, lia = house.quote(*INTEGRATED), house.person("lia.segnapostini")
    absences.add(house.tx, house.person(IVO).id, date(2026, 11, 19), date(2026, 11, 24), lia.id)
    turn = Turn(house.tx, house.office, with_the_absent(house.tx, lia, date(2026, 11, 20)), at(20))
    tell_quote(turn, quote, E.DRAFTED, turn.today, channel="chat")
    (move,) = quotes.story(house.tx, quote)
    assert move.hand.who == lia.email
    back = Turn(house.tx, house.office, with_the_absent(house.tx, lia, date(2026, 11, 25)), at(25))
    with pytest.raises(NotAllowed):
        tell_quote(back, quote, E.DELIVERED, back.today, channel="chat")
    assert audit.latest(house.tx, 1)[0].what == "refused"

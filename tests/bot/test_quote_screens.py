"""A quote's screen in every state: within Telegram's limits, and never more on offer than may be done."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from actions.pass_on_quote import Asked, Passed
from actions.split_quote import Split
from actions.tell_quote import OddDay, Told
from bot.buttons import Verb, read
from bot.screens.done import draw_done
from bot.screens.quote import QuoteCard, Sibling, ask_if_sure, draw_quote, draw_told
from bot.screens.quote_list import draw_quotes
from bot.screens.quote_moves import draw_asked, draw_candidates, draw_passed, draw_split
from bot.screens.screen import Screen
from procedure.campaign import Contact
from procedure.notices import About, Mail, MailKind, Subject
from procedure.people import Person, Role
from procedure.quote_days import Earlier, QuoteDay
from procedure.quotes import AWAITING_ANSWER, NOT_DELIVERED, OPEN_STATES, QuoteEvent, QuoteState
from store.page import Page
from store.quote_list import QuoteEntry
from store.quotes import QuoteLine
from tests.bot.test_screens import FORTY, LARGEST, LONG, LONG_COMPANY, a_due, a_quote, check
from tests.conversations.given import TODAY

PRODUCTS = ", ".join(p.name for p in FORTY[:20])
LINES = [
    (p.name, QuoteLine(n, p.code, "", n % 2 == 0, Decimal("99999999.99") if n % 4 else None, LONG))
    for n, p in enumerate(FORTY[:6])
]
SIBLINGS = [Sibling(LARGEST - n, PRODUCTS, LONG, state) for n, state in enumerate(QuoteState, 1)]


def a_card(state: QuoteState, **changes: object) -> QuoteCard:
    card = QuoteCard(
        quote=replace(a_quote(state), accepted_late=True, acceptance_signed=True, reason=LONG),
        company=LONG_COMPANY,
        products=PRODUCTS,
        terms=("uno", "due"),
        lines=LINES,
        siblings=SIBLINGS,
        told_by=dict.fromkeys([event.value for event in QuoteEvent], LONG),
        owner=LONG,
        leads=LONG,
        expired=True,
        accepts_late=True,
        reassigns=True,
        splits=True,
    )
    return replace(card, **changes)  # type: ignore[arg-type]  # names of its fields


def offered(screen: Screen) -> set[tuple[Verb, str]]:
    """What the buttons do, with what follows the quote's id."""
    pressed = [read(data) for data in screen.menu.values()]
    return {(one.verb, one.rest(1)) for one in pressed}


@pytest.mark.parametrize("state", QuoteState)
def test_a_quote_offers_only_what_its_state_allows(state: QuoteState) -> None:
    screen = draw_quote(a_card(state))
    check(screen)
    does = offered(screen)
    events = {QuoteEvent(rest) for verb, rest in does if verb is Verb.QUOTE_EVENT}
    flows = {rest for verb, rest in does if verb is Verb.QUOTE_ASK}
    assert bool(events) == (state in OPEN_STATES)
    assert {QuoteEvent(rest) for verb, rest in does if verb is Verb.QUOTE_WHEN} == events
    assert ("accept" in flows) == (state in AWAITING_ANSWER | {QuoteState.ARCHIVED})  # T7, T15
    assert (QuoteEvent.FOLLOWED_UP in events) == (state in AWAITING_ANSWER)  # T11, T12
    assert ("refuse" in flows) == (state in OPEN_STATES)  # T8, T14, A23c
    assert ("cancel_quote" in flows) == (state in NOT_DELIVERED)  # T14
    assert ({"postpone", "not_mine"} <= flows) == (state in OPEN_STATES)
    assert ({"correct", "withdraw"} <= flows) == (state is QuoteState.ACCEPTED)  # T16
    assert ((Verb.QUOTE_SIGNED, "0") in does) == (state is QuoteState.ACCEPTED)  # A35


@pytest.mark.parametrize("state", QuoteState)
def test_who_only_looks_is_offered_nothing_to_tell(state: QuoteState) -> None:
    only = a_card(state, tells=False, accepts_late=False, reassigns=False, splits=False)
    screen = draw_quote(only)
    check(screen)
    assert {verb for verb, _ in offered(screen)} <= {Verb.QUOTE, Verb.HOME}


@pytest.mark.parametrize("state", QuoteState)
def test_a_quote_that_is_over_its_term_says_so_and_is_archived_in_one_tap(state: QuoteState) -> None:
    """T13: never by itself, so never without the button (A23)."""
    for expired in (True, False):
        screen = draw_quote(a_card(state, expired=expired))
        assert ("SCADUTO" in screen.text) == expired
        one_tap = (Verb.QUOTE_EXPIRED, "") in offered(screen)
        assert one_tap == (expired and state in OPEN_STATES)


def test_what_another_has_told_says_by_whom() -> None:
    """A50."""
    told_by = {"consegnato": "Sandro Prova"}
    screen = draw_quote(a_card(QuoteState.DELIVERED, told_by=told_by))
    assert "(campo DATA PREVENTIVO) (registrato da Sandro Prova)" in screen.text
    assert screen.text.count("registrato da") == 1


def test_the_quotes_of_one_visit_are_shown_together_with_who_leads() -> None:
    """A27."""
    siblings = [Sibling(7, "Sicurezza", "Lia Prova", QuoteState.TO_DRAFT)]
    screen = draw_quote(a_card(QuoteState.DRAFTED, siblings=siblings, leads="Ivo Prova"))
    assert "• Sicurezza (Lia Prova): da redigere" in screen.text
    assert "Capofila per la consegna: Ivo Prova" in screen.text
    assert "q:7" in screen.menu.values()


def test_an_acceptance_of_some_products_says_which_and_why_not_the_others() -> None:
    """A30."""
    lines = [
        ("Paghe", QuoteLine(1, "PAGHE", "", True, Decimal(1200))),
        ("Privacy", QuoteLine(2, "PRIVACY", "", False, None, "costa troppo")),
    ]
    text = draw_quote(a_card(QuoteState.ACCEPTED, lines=lines)).text
    assert "✓ Paghe: 1.200,00\N{NO-BREAK SPACE}€" in text
    assert "✗ Privacy: costa troppo" in text


def test_an_acceptance_worth_nothing_still_shows_its_value() -> None:
    quote = replace(a_quote(QuoteState.ACCEPTED), value=Decimal(0))
    assert "Valore 0,00" in draw_quote(a_card(QuoteState.ACCEPTED, quote=quote)).text


def test_what_was_told_of_a_quote_is_within_limits() -> None:
    mail = Mail("k", MailKind.E10_ACCEPTED_TO_SERVICES, About(Subject.QUOTE, 1), (Contact(LONG, "x@x.it"),))
    for state in QuoteState:
        told = Told(a_quote(state), LONG_COMPANY, PRODUCTS, (a_due(), a_due()), TODAY, (mail, mail))
        check(draw_told(told))
        check(draw_told(replace(told, postponed_to=TODAY)))


def test_an_odd_day_is_asked_back_with_yes_and_no() -> None:
    odd = OddDay(QuoteEvent.CONTACTED, TODAY - timedelta(1), Earlier(QuoteDay.DRAFTED, TODAY))
    screen = ask_if_sure(LARGEST, LONG, odd)
    check(screen)
    assert offered(screen) == {
        (Verb.QUOTE_SURE, "contattata:2026-11-17"),
        (Verb.QUOTE_WHEN, "contattata"),
    }
    assert "prima della redazione (mercoledì 18 novembre 2026)" in screen.text


def test_to_whom_a_quote_may_go_is_within_limits_page_by_page() -> None:
    able = [Person(LARGEST - n, LONG, "x@x.it", frozenset({Role.AM})) for n in range(20)]
    for offset in (0, 8, 16, 24):
        screen = draw_candidates(LARGEST, LONG_COMPANY, PRODUCTS, able, offset)
        check(screen)
        names = [one for one in offered(screen) if one[0] is Verb.QUOTE_GIVE]
        assert len(names) == max(0, min(8, 20 - offset))
    assert "nessun altro" in draw_candidates(LARGEST, LONG_COMPANY, PRODUCTS, [], 0).text


def test_a_quote_that_changed_hands_or_was_split_is_told_within_limits() -> None:
    mail = Mail("k", MailKind.E9_CATALOGUE_TO_REFERENCE, About(Subject.QUOTE, 1), (Contact(LONG, "x@x.it"),))
    asked = Asked(LONG_COMPANY, PRODUCTS, (LONG, LONG))
    check(draw_passed(Passed(a_quote(QuoteState.TO_DRAFT), LONG_COMPANY, PRODUCTS, LONG)))
    check(draw_asked(asked))
    check(draw_done(asked))
    check(draw_split(Split(LARGEST, LONG_COMPANY, PRODUCTS, LONG, (mail, mail))))
    assert date(2026, 11, 18) == TODAY


def test_the_list_of_quotes_is_within_limits_page_by_page() -> None:
    entries = [QuoteEntry(LARGEST - n, LONG, state, TODAY) for n, state in enumerate(QuoteState)]
    for offset in (0, 8):
        screen = draw_quotes(Page(tuple(entries), 24, offset), TODAY)
        check(screen)
        assert {verb for verb, _ in offered(screen)} >= {Verb.QUOTE, Verb.QUOTES, Verb.HOME}
    assert "in riflessione mer 18 nov" in str(draw_quotes(Page(tuple(entries), 8, 0), TODAY).rows)
    assert "Non hai preventivi" in draw_quotes(Page((), 0, 0), TODAY).text

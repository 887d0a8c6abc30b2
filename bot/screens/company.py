"""A company's card: what an AV needs in the car park. Refuses to know how it was gathered.

Only what may pass through a chat: no amounts, no codes of persons, soci by number (privacy.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.buttons import Verb, button
from bot.screens.appointments import AppointmentCard, standing_line, standing_row
from bot.screens.mine import card_rows
from bot.screens.screen import Row, Screen, bold, esc
from conversations.phrases import say
from conversations.visit import shown_in_chat
from procedure.fields import RegisterField, label
from procedure.fields.showing import show_value
from procedure.italian import plural, write_date
from procedure.people import Person
from procedure.permissions import may_visit
from procedure.quotes import OPEN_STATES, Quote, QuoteState
from procedure.visits import Company
from store.deadlines import DeadlineRow

ENDED = 3
"""Quotes that are over, on one card."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that the card shows."""

    person: Person
    company: Company
    today: date
    begun: int | None  # an unfinished dialogue about it
    last_visit_on: date | None
    quotes: Sequence[Quote]
    due: Sequence[DeadlineRow]
    standing: Sequence[AppointmentCard] = ()  # open appointments, which the person may change
    redatable: int | None = None  # the last visit, where the person may put its date right


def draw_company(card: Card) -> Screen:
    """The card and its one next step."""
    company = card.company
    text = "\n".join([bold(company.name), esc(_kind(company)), "", *_data(company), "", *_state(card)])
    return Screen(text, _rows(card))


def _kind(company: Company) -> str:
    joined = say("screen.card.joined", day=write_date(company.joined_on)) if company.joined_on else ""
    services = say("screen.card.services") if company.has_services else say("screen.card.no_services")
    parts = [company.ref, say("screen.card.code", code=int(company.code)), services, company.site, joined]
    return " · ".join(p for p in parts if p)


def _data(company: Company) -> list[str]:
    fields = [
        f for f in shown_in_chat(company.fields) if company.fields.get(f) and f is not RegisterField.NAME
    ]
    lines = [f"{esc(label(f))}: {esc(show_value(f, company.fields[f]))}" for f in fields]
    soci = len(company.partners)
    return [*lines, f"{soci} {plural(soci, 'socio', 'soci')}"] if soci else lines


def _state(card: Card) -> list[str]:
    seen = write_date(card.last_visit_on) if card.last_visit_on else say("screen.card.never")
    lines = [esc(say("screen.card.last_visit", day=seen))]
    lines += [standing_line(one) for one in card.standing]
    lines += [f"• {esc(row.due.kind.label)}: {esc(row.due.explanation)}" for row in card.due]
    if card.company.ceased:
        lines.append(esc(say("screen.card.ceased")))
    if card.company.not_visitable:
        lines.append(esc(say("screen.mine.card", reason=card.company.not_visitable)))
    return lines


def _visitable(card: Card) -> bool:
    company = card.company
    return may_visit(card.person, company) and not company.ceased and not company.not_visitable


def _quotes(card: Card) -> list[Quote]:
    """Those open, and the last that were accepted or archived: a yes may still come, or be put right."""
    ended = [q for q in card.quotes if q.state in {QuoteState.ACCEPTED, QuoteState.ARCHIVED}]
    return [*(q for q in card.quotes if q.state in OPEN_STATES), *ended[:ENDED]]


def _rows(card: Card) -> tuple[Row, ...]:
    rows: list[Row] = []
    if card.begun is not None:
        rows.append((button(f"▶ {say('screen.card.resume')}", Verb.RESUME, card.begun),))
    elif _visitable(card):
        rows.append((button(f"✍ {say('screen.card.tell')}", Verb.VISIT, card.company.id),))
    rows += [standing_row(one) for one in card.standing]
    if not card.standing and _visitable(card):
        rows.append((button(f"📅 {say('screen.appointment.fix')}", Verb.APPOINT, card.company.id),))
    rows += [
        (button(f"📄 {say('screen.card.quote', state=q.state.value.lower())}", Verb.QUOTE, q.id),)
        for q in _quotes(card)
    ]
    if card.redatable is not None:
        rows.append((button(f"✎ {say('screen.redate.visit_button')}", Verb.REDATE_VISIT, card.redatable),))
    rows += card_rows(card.person, card.company)
    back = button(f"‹ {say('screen.home.companies')}", Verb.COMPANIES, 0)
    return (*rows, (back, button("⌂", Verb.HOME)))

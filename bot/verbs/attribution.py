"""What the buttons of attributions do: what waits, yes, no, another person; and of one company: why it is
mine, not visitable, pass it on.

Every number comes from outside: the actions check who may.
"""

from typing import Final

from actions import attribute
from actions.attribute import name, refused, renew
from actions.first_visit import find
from actions.not_visitable import not_visitable, visitable
from actions.passing import begin_passing
from actions.turn import Turn
from actions.why_mine import why_mine
from bot.buttons import Garbled, Pressed, Verb
from bot.screens.attribution import (
    PAGE,
    Nobodys,
    Waiting,
    draw_all_asked,
    draw_attributed,
    draw_proposal,
    draw_rejected,
    draw_waiting,
    draw_whom,
    paged,
)
from bot.screens.mine import REASONS, draw_marked, draw_reasons, draw_sure, draw_unmarked, draw_why
from bot.screens.screen import Screen
from bot.verbs.shown import Does, Shown
from procedure.attribution import Unassigned, Unattributable, rule_of
from procedure.people import Person
from procedure.permissions import attributes, may_attribute, may_visit
from procedure.visits import Company, NotVisitable
from procedure.why import why_nobody
from store import people, proposals, register, register_changes
from store.page import Page

NOBODYS = 8


def waiting(turn: Turn, offset: int = 0) -> Screen:
    """`/attribuzioni`: what waits for this person.

    Raises:
        NotAllowed: the person decides no attributions.
    """
    renew(turn)
    services = attributes(turn.person)
    proposed = proposals.waiting(turn.tx, services, offset=max(offset, 0), limit=PAGE)
    bare = proposals.without(turn.tx, services, offset=0, limit=NOBODYS)
    nobodys = Page(tuple(_nobodys(turn, one) for one in bare.items), bare.total, 0)
    changes = register_changes.waiting(turn.tx, services, offset=0, limit=0).total
    return draw_waiting(Waiting(proposed, nobodys, changes, proposals.newest(turn.tx)))


def _nobodys(turn: Turn, one: Unassigned) -> Nobodys:
    company = register.company(turn.tx, one.company)
    rule = rule_of(one.code, has_services=one.has_services)
    wanting = Unattributable(one.company, rule, one.site, one.trade)
    is_rejected = proposals.was_rejected(turn.tx, one.company)
    return Nobodys(one.company, company.name if company else "", "" if is_rejected else why_nobody(wanting))


def _waiting(turn: Turn, asked: Pressed) -> Shown:
    return waiting(turn, asked.number(0))


def _proposal(turn: Turn, asked: Pressed) -> Shown:
    return draw_proposal(attribute.own(turn, asked.number(0)))


def _yes(turn: Turn, asked: Pressed) -> Shown:
    return draw_attributed(attribute.confirm(turn, asked.number(0)))


def _all(turn: Turn, asked: Pressed) -> Shown:
    upto = asked.number(0)
    renew(turn)
    rows = proposals.open_after(turn.tx, attributes(turn.person), after=0, upto=upto)
    return draw_all_asked(len(rows), upto)


def _all_surely(turn: Turn, asked: Pressed) -> Shown:
    return draw_attributed(attribute.confirm_all(turn, asked.number(0)))


def _other(turn: Turn, asked: Pressed) -> Shown:
    row = attribute.own(turn, asked.number(0))
    page = paged(_visiting(turn, row.company), asked.number(1))
    return draw_whom(row.company_name, page, Verb.PROPOSAL_TO, Verb.PROPOSAL_OTHER, row.id)


def _to(turn: Turn, asked: Pressed) -> Shown:
    return draw_attributed(attribute.change(turn, asked.number(0), asked.number(1)))


def _no(turn: Turn, asked: Pressed) -> Shown:
    row = attribute.own(turn, asked.number(0))
    attribute.reject(turn, row.id)
    return draw_rejected(row.company_name)


def _name(turn: Turn, asked: Pressed) -> Shown:
    company = register.company(turn.tx, asked.number(0))
    if company is None or not may_attribute(turn.person, company):
        raise refused(turn, "company", asked.number(0))
    page = paged(_visiting(turn, company.id), asked.number(1))
    return draw_whom(company.name, page, Verb.NAME_TO, Verb.NAME, company.id)


def _name_to(turn: Turn, asked: Pressed) -> Shown:
    return draw_attributed(name(turn, asked.number(0), asked.number(1)))


def _visiting(turn: Turn, company: int) -> list[Person]:
    """Everyone who makes visits, those of the company's sede first."""
    found = register.company(turn.tx, company)
    site = found.site if found else ""
    visitors = [one for one in people.active(turn.tx) if one.visits]
    return sorted(visitors, key=lambda one: (one.site != site, one.name))


def _why(turn: Turn, asked: Pressed) -> Shown:
    return draw_why(why_mine(turn, asked.number(0)))


def _pass_on(turn: Turn, asked: Pressed) -> Shown:
    return begin_passing(turn, asked.number(0))


def _reasons(turn: Turn, asked: Pressed) -> Shown:
    return draw_reasons(_own(turn, asked.number(0)))


def _sure(turn: Turn, asked: Pressed) -> Shown:
    company, key = _own(turn, asked.number(0)), asked.rest(1)
    _reason(key)
    return draw_sure(company, key, has_term=find(turn.tx, company.id) is not None)


def _surely(turn: Turn, asked: Pressed) -> Shown:
    reason = _reason(asked.rest(1))
    return draw_marked(not_visitable(turn, asked.number(0), reason), reason)


def _visitable(turn: Turn, asked: Pressed) -> Shown:
    return draw_unmarked(visitable(turn, asked.number(0)))


def _reason(key: str) -> NotVisitable:
    try:
        return REASONS[key]
    except KeyError:
        raise Garbled from None


def _own(turn: Turn, which: int) -> Company:
    company = register.company(turn.tx, which)
    if company is None or not may_visit(turn.person, company):
        raise refused(turn, "company", which)
    return company


DOES: Final[Does] = {
    Verb.PROPOSALS: _waiting,
    Verb.PROPOSAL: _proposal,
    Verb.PROPOSAL_YES: _yes,
    Verb.PROPOSALS_YES: _all,
    Verb.PROPOSALS_SURELY: _all_surely,
    Verb.PROPOSAL_OTHER: _other,
    Verb.PROPOSAL_TO: _to,
    Verb.PROPOSAL_NO: _no,
    Verb.NAME: _name,
    Verb.NAME_TO: _name_to,
    Verb.WHY_MINE: _why,
    Verb.TO_COLLEAGUE: _pass_on,
    Verb.NOT_VISITABLE: _reasons,
    Verb.NOT_VISITABLE_WHY: _sure,
    Verb.NOT_VISITABLE_SURELY: _surely,
    Verb.VISITABLE: _visitable,
}

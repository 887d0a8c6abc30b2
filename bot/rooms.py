"""What a person may look at, gathered from the store and drawn: home, companies, a card, a quote.

Looking changes nothing.
"""

from dataclasses import replace

from actions import sort_letters
from actions.grounds import GROUNDS
from actions.turn import Turn
from bot import diary, paperwork, quote_room, target_room
from bot.buttons import Verb, button
from bot.screens.company import Card, draw_company
from bot.screens.home import PAGE, Begun, Now, draw_companies, draw_home
from bot.screens.screen import Screen
from conversations.phrases import say
from procedure.errors import NotAllowed
from procedure.notices import About, Subject
from procedure.permissions import may_redate, may_see, may_visit, sight
from procedure.visits import Company
from store import audit, deadlines, drafts, finding, quotes, register, visits
from store.drafts import DraftRow
from store.transaction import Transaction

LONGEST_SEARCH = 80


def home(turn: Turn) -> Screen:
    """What matters now."""
    begun = [Begun(row.id, _called(turn, row)) for row in drafts.open_all(turn.tx, turn.person.id)]
    mine = register.assigned_to(turn.tx, turn.person.id, offset=0, limit=0).total if turn.person.visits else 0
    return draw_home(
        Now(
            person=turn.person,
            day=diary.day_of(turn),
            companies=mine,
            begun=begun,
            target=target_room.own_line(turn),
            letters=sort_letters.count(turn),
        )
    )


def companies(turn: Turn, offset: int) -> Screen:
    """A page of the person's companies."""
    page = register.assigned_to(turn.tx, turn.person.id, offset=max(offset, 0), limit=PAGE)
    return draw_companies(page, turn.today)


def search(turn: Turn, words: str, offset: int) -> Screen:
    """A page of the companies found among those the person may see; of a long text the beginning counts."""
    words = " ".join(words.split())[:LONGEST_SEARCH]
    page = finding.search(turn.tx, words, offset=max(offset, 0), limit=PAGE, within=sight(turn.person))
    return draw_companies(page, turn.today, words)


def company(turn: Turn, which: int) -> Screen:
    """A company's card.

    Raises:
        NotAllowed: it is not for this person to see, or there is none.
    """
    found = register.company(turn.tx, which)
    if found is None or not may_see(turn.person, found):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "company", "id": which})
        raise NotAllowed("not_allowed")
    begun = drafts.open_of(turn.tx, turn.person.id, About(Subject.COMPANY, which), "visit")
    screen = draw_company(
        Card(
            person=turn.person,
            company=found,
            today=turn.today,
            begun=begun.id if begun else None,
            last_visit_on=visits.last_on(turn.tx, which),
            quotes=quotes.of_company(turn.tx, which),
            due=deadlines.of_company(turn.tx, which),
            standing=diary.standing(turn, found),
            redatable=_redatable(turn, found),
        )
    )
    return _with_credit(turn, found, paperwork.with_forms(turn, which, screen))


def quote(turn: Turn, which: int) -> Screen:
    """A quote and what may be told of it.

    Raises:
        NotAllowed: it is not for this person to see.
    """
    return quote_room.quote(turn, which)


def _with_credit(turn: Turn, company: Company, screen: Screen) -> Screen:
    """The way to another outcome Crediti of the last visit, for who may change it (A8)."""
    last = visits.last_made(turn.tx, company.id)
    if last is None or not (last.av == turn.person.id or may_visit(turn.person, company)):
        return screen
    way = button(f"💶 {say('screen.credit.change')}", Verb.CREDIT_CHANGE, last.id)
    return replace(screen, rows=(*screen.rows[:-1], (way,), *screen.rows[-1:]))


def _redatable(turn: Turn, company: Company) -> int | None:
    """The last visit, where this person may put its date right."""
    last = visits.last_made(turn.tx, company.id)
    return last.id if last and may_redate(turn.person, company, last.av) else None


def _called(turn: Turn, begun: DraftRow) -> str:
    """What a dialogue left in the middle is about: a company; else, as its own grounds call it."""
    return _name(turn.tx, begun.company) or GROUNDS[begun.draft.flow](turn, begun.about.id).title


def _name(tx: Transaction, which: int | None) -> str:
    found = register.company(tx, which) if which is not None else None
    return found.name if found else ""

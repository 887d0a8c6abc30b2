"""Why a company is whose it is; that it cannot be visited, and can be again; that it passed to another.

Refuses to know what follows from any of it.
"""

from collections.abc import Mapping
from typing import Any, Final

from actions.pass_on import Passed
from actions.why_mine import Why
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import write_date
from procedure.people import Person
from procedure.permissions import may_begin_passing, may_visit
from procedure.visits import Company, NotVisitable

LONGEST = 120
REASONS: Final[Mapping[str, NotVisitable]] = {
    "rifiuta": NotVisitable.REFUSES,
    "irreperibile": NotVisitable.UNREACHABLE,
    "cessata": NotVisitable.CEASED,
    "non_piu_associata": NotVisitable.NOT_A_MEMBER,
}
"""By the word that a button carries."""


def card_rows(person: Person, company: Company) -> tuple[Row, ...]:
    """What the card offers about whose the company is."""
    own = company.assignee == person.id
    asked = say("screen.mine.button") if own else say("screen.mine.button_other")
    rows: list[Row] = [(button(f"❓ {asked}", Verb.WHY_MINE, company.id),)]
    if may_begin_passing(person, company) and not company.ceased:
        rows.append((button(f"⇄ {say('screen.mine.pass_on')}", Verb.TO_COLLEAGUE, company.id),))
    if may_visit(person, company) and not company.ceased:
        rows.append((_visitable(company),))
    return tuple(rows)


def _visitable(company: Company) -> Any:
    if company.not_visitable:
        return button(f"↺ {say('screen.mine.visitable')}", Verb.VISITABLE, company.id)
    return button(f"⊘ {say('screen.mine.not_visitable')}", Verb.NOT_VISITABLE, company.id)


def draw_why(why: Why) -> Screen:
    """The rule with its counts, or the person who decided."""
    on = write_date(why.on) if why.on else ""
    name = short(why.company.name, LONGEST)
    said = say(f"attribution.why.{why.how.value}", company=name, to=why.to, by=why.by, on=on)
    lines = [bold(name), esc(said)]
    if why.reason:
        lines.append(esc(say("attribution.why.reason", reason=short(why.reason, 300))))
    if why.counts_for:
        lines.append(esc(say("attribution.why.counts_for", name=why.counts_for)))
    lines += ["", esc(why.rule)] if why.rule else []
    return Screen("\n".join(lines), (_to_card(why.company.id),))


def draw_reasons(company: Company) -> Screen:
    """Why a company cannot be visited: the reasons of A47."""
    rows: list[Row] = [
        (button(say(f"screen.mine.{key}"), Verb.NOT_VISITABLE_WHY, company.id, key),) for key in REASONS
    ]
    text = say("screen.mine.why_not", company=short(company.name, LONGEST))
    return Screen(esc(text), (*rows, _to_card(company.id)))


def draw_sure(company: Company, key: str, *, has_term: bool) -> Screen:
    """What would follow, before it does."""
    reason = REASONS[key]
    effect = "term_ends" if reason.ends_the_term else "term_stays"
    said = say(f"screen.mine.effect_{effect if has_term else 'out'}")
    name = short(company.name, LONGEST)
    text = say("screen.mine.sure", company=name, reason=reason.value, effect=said)
    rows: tuple[Row, ...] = (
        (button(f"✓ {say('screen.mine.yes')}", Verb.NOT_VISITABLE_SURELY, company.id, key),),
        _to_card(company.id),
    )
    return Screen(esc(text), rows)


def draw_marked(company: Company, reason: NotVisitable) -> Screen:
    """It is written down."""
    text = say("screen.mine.done", company=short(company.name, LONGEST), reason=reason.value)
    return Screen(esc(text), (_to_card(company.id), (button("⌂", Verb.HOME),)))


def draw_unmarked(company: Company) -> Screen:
    """It can be visited again."""
    text = say("screen.mine.undone", company=short(company.name, LONGEST))
    return Screen(esc(text), (_to_card(company.id), (button("⌂", Verb.HOME),)))


def draw_passed(passed: Passed) -> Screen:
    """To whom it passed, and who goes on answering."""
    to = passed.passage.to.name
    lines = [esc(say("passing.done", company=short(passed.company.name, LONGEST), to=to))]
    if passed.answers:
        lines.append(esc(say("passing.answers", name=passed.answers.name)))
    return Screen("\n".join(lines), ((button("⌂", Verb.HOME),),))


def _to_card(company: int) -> Row:
    return (button(f"‹ {say('screen.mine.to_card')}", Verb.COMPANY, company),)

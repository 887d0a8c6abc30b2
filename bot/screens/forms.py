"""Signed forms drawn: where each has come to, and what is still to be told of them.

Soci by number only (privacy.md). Refuses to know who may tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from actions.hand_over import HandedOver
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc
from conversations.phrases import say
from procedure.deadlines import DeadlineKind
from procedure.italian import write_date, write_date_short
from procedure.visits import Company, Form, FormOutcome
from store.visits import RecordedForm, RecordedVisit


@dataclass(frozen=True, slots=True)
class FormsCard:
    """The forms of one visit. `waiting` are the hand-overs that this person may still tell."""

    visit: RecordedVisit
    company: Company
    today: date
    waiting: Sequence[DeadlineKind]
    tells: bool
    scanned: Mapping[Form, date] = field(default_factory=dict)  # when a scan went to its office


def draw_forms(card: FormsCard) -> Screen:
    """What was signed, where it has come to, and the buttons that tell what is missing."""
    day = write_date(card.visit.report.visited_on)
    head = [bold(card.company.name), esc(say("screen.forms.of_visit", day=day)), ""]
    rows: list[Row] = []
    for kind in card.waiting:
        label = say(f"screen.forms.kind.{kind.value}")
        rows.append(
            (
                button(
                    f"✓ {say('screen.forms.today', forms=label)}", Verb.HANDED_OVER, card.visit.id, kind.value
                ),
            )
        )
        other = say("screen.forms.other_day", forms=label)
        rows.append((button(f"📅 {other}", Verb.HANDED_OVER_WHEN, card.visit.id, kind.value),))
    if card.tells:
        rows.append((button(f"🖨 {say('screen.forms.list')}", Verb.HAND_OVER_LIST, card.visit.id),))
    back = button(f"‹ {say('screen.forms.company')}", Verb.COMPANY, card.company.id)
    return Screen("\n".join([*head, *_lines(card)]), (*rows, (back, button("⌂", Verb.HOME))))


def draw_handed_over(done: HandedOver) -> Screen:
    """It is written down."""
    said = say("screen.forms.handed_done", day=write_date(done.on))
    to_forms = button(f"📑 {say('screen.forms.button')}", Verb.FORMS, done.visit)
    rows = ((to_forms,), (button(f"⌂ {say('screen.home.button')}", Verb.HOME),))
    return Screen(f"✅ {bold(done.company.name)}\n{esc(said)}", rows)


def _lines(card: FormsCard) -> list[str]:
    """A line for each kind of form and each way it has come: soci whose forms go together stand together."""
    numbers = {partner.id: n for n, partner in enumerate(card.company.partners, 1)}
    lines = []
    for form in Form:
        by_state: dict[str, list[int]] = {}
        for one in _signed(card.visit.forms, form):
            by_state.setdefault(_state(one, card.today), []).append(numbers.get(one.result.partner, 0))
        lines += [f"• {bold(form.value)}{esc(_whose(who))}: {esc(state)}" for state, who in by_state.items()]
        if by_state and form in card.scanned:
            day = write_date_short(card.scanned[form], card.today)
            lines.append(f"  {esc(say('screen.forms.scanned', day=day))}")
    return lines


def _signed(forms: Iterable[RecordedForm], form: Form) -> list[RecordedForm]:
    return [one for one in forms if one.result.form is form and one.result.outcome is FormOutcome.SIGNED]


def _whose(numbers: Sequence[int]) -> str:
    told = ", ".join(str(number) for number in sorted(numbers) if number)
    if not told:
        return ""
    return f" · {say('screen.forms.partners' if ',' in told else 'screen.forms.partner', numbers=told)}"


def _state(one: RecordedForm, today: date) -> str:
    steps = (
        ("handed_over", one.handed_over_on),
        ("received", one.received_on),
        ("original", one.original_to_ra_on),
    )
    told = [say(f"screen.forms.state.{name}", day=write_date_short(day, today)) for name, day in steps if day]
    return ", ".join(told) or say("screen.forms.state.waiting")

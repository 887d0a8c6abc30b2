"""The form of a visit as a mail: what is asked, what is saved already, what the answers may be.

Made from the dialogue of the chat, over the same draft. Refuses to know who asked for it, and what follows.
"""

from collections.abc import Sequence
from typing import Final

from actions.grounds import GROUNDS
from actions.turn import Turn
from conversations.dialogue import Answered
from conversations.form import Filled, Gap, fill
from conversations.phrases import say
from conversations.visit import VISIT, VisitFacts, shown_in_chat
from conversations.visit_form import LINES, OPTIONAL, VisitLines, hint_of, label_of, line_of
from procedure.appointments import Appointment, write_moment
from procedure.campaign import Contact
from procedure.fields import RegisterField, label
from procedure.fields.showing import show_value
from procedure.notices import About, Json, Mail, MailKind, Subject
from procedure.visits import Company
from store import drafts


def facts_of(turn: Turn, company: int) -> VisitFacts:
    """What the script stands on.

    Raises:
        Refusal: `draft_closed`: there is no such company.
    """
    facts = GROUNDS[VISIT.name](turn, company).facts
    assert isinstance(facts, VisitFacts)  # of the flow that is asked for  # noqa: S101
    return facts


def form_mail(turn: Turn, company: int, key: str, *, meeting: Appointment | None = None) -> Mail:
    """The form of a visit to this company, with what the draft knows already; after a meeting it asks how
    that went.
    """
    facts = facts_of(turn, company)
    row = drafts.open_of(turn.tx, turn.person.id, About(Subject.COMPANY, company), VISIT.name)
    filled = fill(VISIT, facts, row.draft if row else VISIT.begin(), VisitLines.read((), facts.products))
    note = say("by_mail.form.resumed") if filled.trail else ""
    context = asked_of(facts, filled, note=note)
    if meeting:
        when = write_moment(meeting.starts_at.astimezone(turn.now.tzinfo))
        context |= {"appointment": when, "meeting": meeting.id}
    return a_form(turn, facts, key, context)


def a_form(turn: Turn, facts: VisitFacts, key: str, context: dict[str, Json]) -> Mail:
    """The mail to the person whose turn it is."""
    about = About(Subject.COMPANY, facts.company.id)
    to = Contact(turn.person.name, turn.person.email)
    return Mail(key, MailKind.VISIT_FORM, about, (to,), (), {"person": to.name, **context})


def asked_of(
    facts: VisitFacts, filled: Filled, *, note: str = "", unread: Sequence[str] = ()
) -> dict[str, Json]:
    """What the mail says while something is missing; or, where nothing is, what is to be confirmed."""
    company, missing = facts.company, _missing(filled.gaps)
    begun = bool(filled.trail) or any(gap.hint for gap in filled.gaps)
    state = "check" if not missing else "missing" if begun else "form"
    optional = _optional(facts) if state == "form" else []
    lines = {line_of(gap.asking.step) for gap in filled.gaps}
    return {
        **_about(company),
        "state": state,
        "note": note,
        "appointment": "",
        "asked": [*missing],
        "optional": [*optional],
        "form": _form([*missing, *optional]) if missing else "",
        "saved": [{"label": _title(one), "told": one.told} for one in filled.trail],
        "register": [*_register(company)] if "register" in lines else [],
        "partners": [one.name for one in company.partners] if len(company.partners) > 1 else [],
        "products": [product.name for product in facts.products] if "interest" in lines else [],
        "unread": [*unread],
        "choices": [],
        "done": [],
    }


def recorded_of(company: Company, told: Sequence[str]) -> dict[str, Json]:
    """What the mail says of a visit that was recorded."""
    return {**_empty("done"), **_about(company), "done": [*told]}


def which_of(choices: Sequence[Company], note: str = "") -> dict[str, Json]:
    """What the mail says where it could be several companies."""
    named: list[Json] = [
        {"ref": one.ref, "name": one.name, "comune": one.fields.get(RegisterField.COMUNE, "")}
        for one in choices
    ]
    return {**_empty("which"), "note": note, "choices": named}


def _empty(state: str) -> dict[str, Json]:
    lists: dict[str, Json] = {
        name: [] for name in ("asked", "optional", "saved", "register", "partners", "products", "unread")
    }
    return {"state": state, "note": "", "appointment": "", "form": "", "choices": [], "done": [], **lists}


def _about(company: Company) -> dict[str, Json]:
    return {"company": company.name, "company_ref": company.ref, "site": company.site}


def _missing(gaps: Sequence[Gap]) -> list[dict[str, Json]]:
    """A line for each question that has none, in the form's order, two questions on one line told once."""
    lines: dict[str, dict[str, Json]] = {}
    for gap in sorted(gaps, key=_place):
        name, step = label_of(gap.asking.step), gap.asking.step
        known = lines.setdefault(name, {"label": name, "hint": hint_of(step), "wrong": gap.hint})
        known["wrong"] = known["wrong"] or gap.hint
    return list(lines.values())


def _place(gap: Gap) -> int:
    """Where its line stands; what has a line of its own, beside the line that opened it."""
    step = gap.asking.step
    name = line_of(step) or {"field": "register"}.get(step.key.partition(":")[0], "forms")
    return LINES.index(name)


def _optional(facts: VisitFacts) -> list[dict[str, Json]]:
    """What may stay empty; of a new member, the forms too (A9)."""
    names = ["need", *(["forms"] if facts.company.is_new_member else []), *OPTIONAL]
    return [
        {"label": say(f"form.{name}.label"), "hint": say(f"form.{_OPENED.get(name, name)}.hint"), "wrong": ""}
        for name in names
    ]


_OPENED: Final = {"forms": "forms_too"}


def _form(lines: Sequence[dict[str, Json]]) -> str:
    """The lines to fill in, the yes last."""
    whole: list[dict[str, Json]] = [
        *lines,
        {"label": say("form.confirm.label"), "hint": say("form.confirm.hint")},
    ]
    return "\n".join(f"{line['label']} ({line['hint']}): " for line in whole)


def _register(company: Company) -> list[Json]:
    missing = say("visit.field.missing")
    known = company.fields
    return [
        {"label": label(f), "value": show_value(f, known[f]) if known.get(f) else missing}
        for f in shown_in_chat(known)
    ]


def _title(answered: Answered) -> str:
    return answered.step.title or say(f"visit.{answered.step.key}.told")

"""What we ask after a visit, in the order we ask it: section 7's matrix as a script. Read it top to bottom.

What must not pass through a chat is not asked: amounts owed, names of soci, codes of persons (privacy.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice, Many, Words
from conversations.values import Day, RegisterText, past_days
from procedure.campaign import Product, ProductKind
from procedure.fields import RegisterField, is_personal_tax_code, label
from procedure.fields.showing import show_value
from procedure.visits import (
    Company,
    Correction,
    CreditOutcome,
    Form,
    FormOutcome,
    FormResult,
    Interest,
    Mood,
    VisitMode,
    VisitReport,
)


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What the questions depend on: today, the company as the register has it, the catalogue."""

    today: date
    company: Company
    products: tuple[Product, ...]


def visit(facts: VisitFacts) -> Dialogue[VisitReport]:
    """The guided visit."""
    credit, partly = yield from _credit_outcome(facts)
    visited_on = yield from _visited_on(facts)
    mode = yield from _mode()
    corrections = yield from _register_check(facts)
    forms = () if facts.company.is_new_member else (yield from _forms_signed(facts))
    interests = yield from _interests(facts)
    reason, next_contact = ("", None) if interests else (yield from _no_interest(facts))
    mood = yield from _mood()
    report = VisitReport(
        company=facts.company.id,
        visited_on=visited_on,
        mode=mode,
        credit=credit,
        partly_collected=partly,
        corrections=corrections,
        forms=forms,
        interests=interests,
        no_interest_reason=reason,
        next_contact_on=next_contact,
        mood=mood,
    )
    return (yield from _extras(facts, report))


VISIT = Flow("visit", 1, visit, phrases="visit")


@cache
def _labels(step: str, *keys: str) -> Mapping[str, str]:
    return {key: say(f"visit.{step}.{key}") for key in keys}


def _credit_outcome(facts: VisitFacts) -> Dialogue[tuple[CreditOutcome, bool]]:
    """The decision tree of section 5.1 [r.94-102]; first of all
    questions (A8b). The flag: collected in part (A7).
    """
    exists = yield from Choice(
        "credit",
        say("visit.credit.ask", company=facts.company.name),
        _labels("credit", "none", "managed", "open"),
        {"none": CreditOutcome.NO_CREDIT, "managed": CreditOutcome.MANAGED, "open": None},
    )
    if exists is not None:
        return exists, False
    return (
        yield from Choice(
            "credit_what",
            say("visit.credit_what.ask"),
            _labels("credit_what", "collected", "agreed", "partly", "not"),
            {
                "collected": (CreditOutcome.COLLECTED, False),
                "agreed": (CreditOutcome.AGREED, False),
                "partly": (CreditOutcome.UNCOLLECTED, True),
                "not": (CreditOutcome.UNCOLLECTED, False),
            },
        )
    )


def _visited_on(facts: VisitFacts) -> Dialogue[date]:
    """DATA VISITA: never in the future, nor before the joining [r.136]."""
    joined = facts.company.joined_on
    return (
        yield from Day(
            "visited_on",
            say("visit.visited_on.ask"),
            facts.today,
            {
                say("button.today"): facts.today,
                say("button.yesterday"): facts.today - timedelta(days=1),
            },
            first=joined,
            last=facts.today,
            too_early="hint.before_joining",
            too_late="hint.in_the_future",
            more=past_days(facts.today, joined),
        )
    )


def _mode() -> Dialogue[VisitMode]:
    labels = _labels("mode", "company", "phone", "office")
    values = {"company": VisitMode.AT_COMPANY, "phone": VisitMode.BY_PHONE, "office": VisitMode.AT_OFFICE}
    return (yield from Choice("mode", say("visit.mode.ask"), labels, values))


CHECKED_IN_CHAT = (
    RegisterField.NAME,
    RegisterField.PARTITA_IVA,
    RegisterField.CODICE_FISCALE,
    RegisterField.PEC,
    RegisterField.CODICE_SDI,
    RegisterField.EMAIL,
    RegisterField.PHONE,
    RegisterField.MOBILE,
    RegisterField.ADDRESS,
    RegisterField.CAP,
    RegisterField.COMUNE,
    RegisterField.ATECO,
)
"""The register's fields on the card, in its order."""


_ONE_PERSON = frozenset({"Ditta individuale", "Impresa familiare", "Professionista"})
"""Legal forms whose codice fiscale is a person's, also where the register has none yet."""


def shown_in_chat(fields: Mapping[RegisterField, str]) -> tuple[RegisterField, ...]:
    """The fields a chat may show and correct: not a person's codice fiscale, which goes by mail
    (privacy.md).
    """
    personal = fields.get(RegisterField.LEGAL_FORM) in _ONE_PERSON or is_personal_tax_code(
        fields.get(RegisterField.CODICE_FISCALE, "")
    )
    return tuple(f for f in CHECKED_IN_CHAT if not (personal and f is RegisterField.CODICE_FISCALE))


def _register_check(facts: VisitFacts) -> Dialogue[tuple[Correction, ...]]:
    """One card, confirmed with one tap, or each wrong field told anew [r.112, r.118]."""
    known = facts.company.fields
    shown = shown_in_chat(known)
    wrong = yield from Many(
        "register",
        say("visit.register.ask", card=_card(shown, known)),
        {f.value: label(f) for f in shown},
        none=say("visit.register.all_right"),
        done=say("visit.register.correct"),
    )
    corrections: list[Correction] = []
    for name in wrong:
        field, old = RegisterField(name), known.get(RegisterField(name), "")
        told = show_value(field, old) if old else say("visit.field.missing")
        prompt = say("visit.field.ask", field=label(field), old=told)
        new = yield from RegisterText(f"field:{name}", prompt, field, known, label(field))
        if new != old:
            corrections.append(Correction(field, old, new))
    return tuple(corrections)


def _card(shown: tuple[RegisterField, ...], known: Mapping[RegisterField, str]) -> str:
    missing = say("visit.field.missing")
    return "\n".join(f"{label(f)}: {show_value(f, known[f]) if known.get(f) else missing}" for f in shown)


_ONCE_A_COMPANY = frozenset({Form.RID})
_BULK = {
    "all": FormOutcome.SIGNED,
    "none": FormOutcome.TO_SIGN,
    "in_order": FormOutcome.IN_ORDER,
}
_EACH: dict[str, FormOutcome | None] = {**_BULK, "each": None}


def _forms_signed(facts: VisitFacts) -> Dialogue[tuple[FormResult, ...]]:
    """The four forms, for every socio [r.119]; the RID once a company (A11). Soci by number."""
    partners = [p.id for p in facts.company.partners] or [0]
    several = len(partners) > 1
    each = say("visit.forms.partners") if several else say("visit.forms.each")
    labels = {**_labels("forms", "all", "none", "in_order"), "each": each}
    prompt = say("visit.forms.ask_many", soci=len(partners)) if several else say("visit.forms.ask")
    bulk = yield from Choice("forms", prompt, labels, _EACH)
    if bulk is not None:
        return tuple(FormResult(p, f, bulk) for p, f in _asked_of(partners))
    results: list[FormResult] = []
    for number, partner in enumerate(partners, 1):
        results += yield from _forms_of(partner, number, len(partners))
    return tuple(results)


def _asked_of(partners: list[int]) -> list[tuple[int, Form]]:
    return [(p, f) for p in partners for f in Form if p == partners[0] or f not in _ONCE_A_COMPANY]


def _forms_of(partner: int, number: int, of: int) -> Dialogue[list[FormResult]]:
    forms = [f for f in Form if number == 1 or f not in _ONCE_A_COMPANY]
    if of > 1:
        labels = {**_labels("forms", "all", "none", "in_order"), "each": say("visit.forms.each")}
        prompt = say("visit.forms.ask_partner", number=number, of=of)
        title = say("visit.forms.told_partner", number=number)
        bulk = yield from Choice(f"forms:{partner}", prompt, labels, _EACH, title=title)
        if bulk is not None:
            return [FormResult(partner, f, bulk) for f in forms]
    results: list[FormResult] = []
    for form in forms:
        name = say("visit.form.of_partner", form=form.value, number=number) if of > 1 else form.value
        results.append(FormResult(partner, form, (yield from _form(partner, form, name))))
    return results


def _form(partner: int, form: Form, name: str) -> Dialogue[FormOutcome]:
    labels = {o.name.lower(): o.value.capitalize() for o in FormOutcome}
    values = {o.name.lower(): o for o in FormOutcome}
    key = f"form:{partner}:{form.name.lower()}"
    return (yield from Choice(key, say("visit.form.ask", form=name), labels, values, title=name))


_CATALOGUE = "+"


def _interests(facts: VisitFacts) -> Dialogue[tuple[Interest, ...]]:
    """Products the company would like a quote for, and the need in a few words [r.120, r.140-143]."""
    integrated = {p.code: p.name for p in facts.products if p.kind is ProductKind.INTEGRATED}
    catalogue = {p.code: p.name for p in facts.products if p.kind is ProductKind.CATALOGUE}
    offered = {**integrated, _CATALOGUE: say("visit.interest.catalogue")} if catalogue else integrated
    chosen = yield from Many("interest", say("visit.interest.ask"), offered, none=say("visit.interest.none"))
    wanted = [code for code in chosen if code != _CATALOGUE]
    if _CATALOGUE in chosen:
        asked = say("visit.catalogue.ask")
        wanted += yield from Many("catalogue", asked, catalogue, none=say("visit.catalogue.none"))
    interests: list[Interest] = []
    for code in wanted:
        name = {**integrated, **catalogue}[code]
        prompt = say("visit.need.ask", product=name)
        need = yield from Words(f"need:{code}", prompt, skip=say("button.skip"), limit=200, title=name)
        interests.append(Interest(code, need))
    return tuple(interests)


def _no_interest(facts: VisitFacts) -> Dialogue[tuple[str, date | None]]:
    """Why none, and when to hear from them again (A26; section 18, row 22)."""
    labels = _labels("why_none", "served", "not_now", "cost", "no_need")
    reason = yield from Choice("why_none", say("visit.why_none.ask"), labels, labels, words=str)
    soon = {say(f"visit.next_contact.{n}"): facts.today + timedelta(days=n) for n in (30, 90, 180, 365)}
    contact = yield from Day(
        "next_contact",
        say("visit.next_contact.ask"),
        facts.today,
        soon,
        first=facts.today + timedelta(days=1),
        too_early="hint.in_the_past",
    )
    return reason, contact


def _mood() -> Dialogue[Mood]:
    labels = _labels("mood", "good", "so_so", "tense")
    values = {"good": Mood.GOOD, "so_so": Mood.SO_SO, "tense": Mood.TENSE}
    return (yield from Choice("mood", say("visit.mood.ask"), labels, values))


def _extras(facts: VisitFacts, report: VisitReport) -> Dialogue[VisitReport]:
    """What is seldom needed, behind one question: who else was there,
    notes, a complaint, a new member's forms.
    """
    keys = ("attendees", "notes", "complaint", *(("forms",) if facts.company.is_new_member else ()))
    wanted = yield from Many(
        "extras", say("visit.extras.ask"), _labels("extras", *keys), none=say("visit.extras.none")
    )
    if "attendees" in wanted:
        attendees = yield from Words("attendees", say("visit.attendees.ask"), limit=200)
        report = replace(report, attendees=attendees)
    if "notes" in wanted:
        report = replace(report, notes=(yield from Words("notes", say("visit.notes.ask"), limit=1000)))
    if "complaint" in wanted:
        complaint = yield from Words("complaint", say("visit.complaint.ask"), limit=1000)
        report = replace(report, complaint=complaint)
    if "forms" in wanted:  # A9: closed for neo associate, one key opens them
        report = replace(report, forms=(yield from _forms_signed(facts)))
    return report

"""Invented companies of the four kinds, a catalogue, and short ways to hold a dialogue in a test."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from conversations.answers import Draft
from conversations.dialogue import Asking, Complete, Flow, Tap, answer, standing
from conversations.visit import VISIT, VisitFacts
from procedure.campaign import Contact, Product, ProductKind
from procedure.fields import RegisterField
from procedure.visits import Code, Company, Partner, VisitReport

TODAY = date(2026, 11, 18)  # a Wednesday
JOINED = date(2026, 11, 2)
PERSONAL = "RSSMRA80A01H501U"  # valid, of nobody
FIELDS = {
    RegisterField.NAME: "Tessitura Finzioni S.r.l.",
    RegisterField.PARTITA_IVA: "70000010473",
    RegisterField.CODICE_FISCALE: "70000010473",
    RegisterField.PEC: "finzioni@pec.example.com",
    RegisterField.EMAIL: "info@finzioni.example.com",
    RegisterField.PHONE: "+390573000101",
    RegisterField.CAP: "51100",
    RegisterField.COMUNE: "Pistoia",
}
IVO, LIA = Contact("Ivo", "ivo@esempio.it"), Contact("Lia", "lia@esempio.it")
MARA, VERA = Contact("Mara", "mara@esempio.it"), Contact("Vera", "vera@esempio.it")
PRODUCTS = (
    Product("PAGHE", "Paghe", ProductKind.INTEGRATED, IVO),
    Product("CONT", "Contabilità", ProductKind.INTEGRATED, IVO),
    Product("SICUREZZA", "Sicurezza", ProductKind.INTEGRATED, LIA),
    Product("HACCP", "HACCP", ProductKind.CATALOGUE, MARA),
    Product("PRIVACY", "Privacy", ProductKind.CATALOGUE, VERA),
)


def a_company(code: Code = Code.MEMBER, *, services: bool = True, soci: int = 1, **fields: Any) -> Company:
    """A company of this kind; `fields` change the register's, by member name, None to take one out."""
    changed = {RegisterField[name.upper()]: value for name, value in fields.items()}
    known = {f: v for f, v in {**FIELDS, **changed}.items() if v is not None}
    return Company(
        id=7,
        ref="A001",
        name="Tessitura Finzioni S.r.l.",
        code=code,
        has_services=services,
        site="Pistoia",
        trade="Federmoda",
        joined_on=JOINED if code is Code.NEW_MEMBER else None,
        assignee=1,
        fields=known,
        partners=tuple(Partner(70 + n, f"Socio Segreto {n}") for n in range(1, soci + 1)),
    )


def about(company: Company | None = None, products: tuple[Product, ...] = PRODUCTS) -> VisitFacts:
    """What the visit's script is given."""
    return VisitFacts(TODAY, company or a_company(), products)


MEMBER, NEW_MEMBER = about(), about(a_company(Code.NEW_MEMBER))


def told(flow: Flow[Any, Any], facts: Any, raws: Iterable[Any], draft: Draft | None = None) -> Draft:
    """The draft after these answers; a plain text is a tap on the option of that key."""
    draft = draft or flow.begin()
    for raw in raws:
        draft = answer(flow, facts, draft, Tap(raw) if isinstance(raw, str) else raw)
    return draft


def asked(flow: Flow[Any, Any], facts: Any, draft: Draft) -> Asking:
    """The question that stands."""
    state = standing(flow, facts, draft)
    assert isinstance(state, Asking), state
    return state


def result(flow: Flow[Any, Any], facts: Any, draft: Draft) -> Any:
    """What the finished dialogue says."""
    state = standing(flow, facts, draft)
    assert isinstance(state, Complete), asked(flow, facts, draft).step.key
    return state.result


def visit_told(facts: VisitFacts, raws: Iterable[Any]) -> VisitReport:
    """The report of a visit told with these answers."""
    report = result(VISIT, facts, told(VISIT, facts, raws))
    assert isinstance(report, VisitReport)
    return report

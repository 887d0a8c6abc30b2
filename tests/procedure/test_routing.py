"""Section 9's table, written out again by hand: who is written to, who is copied, what about, by when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from procedure.amending import Addressed, Amended, Amendment, amended
from procedure.campaign import Campaign, Contact, Product, ProductKind, RoleMailbox, Site
from procedure.deadlines import DeadlineKind, due
from procedure.fields import RegisterField
from procedure.notices import About, Mail, MailKind, Subject
from procedure.people import Person, Role
from procedure.quote_mails import AnsweredLine, after_acceptance, fields_amended
from procedure.quotes import Quote, QuoteState
from procedure.routing import Visited, after_visit, bearer, shares
from procedure.visits import (
    Code,
    Company,
    Correction,
    CreditOutcome,
    Form,
    FormOutcome,
    FormResult,
    Interest,
    Mood,
    Partner,
    VisitMode,
    VisitReport,
)
from procedure.workdays import WorkCalendar

WEDNESDAY = date(2026, 11, 18)
CALENDAR = WorkCalendar((7, 25), "San Jacopo")
IBAN, TAX_CODE = "IT60X0542811101000000123456", "RSSMRA80A01H501U"
AV = Person(1, "Ada Prova", "ada@x.it", frozenset({Role.AV}), "Pistoia")
BOXES = {
    Role.RA: "ra@x.it",
    Role.RPA: "rpa@x.it",
    Role.RECOVERY: "recupero@x.it",
    Role.FORMS_OFFICE: "moduli@x.it",
    Role.RPS: "rps@x.it",
    Role.RPC: "rpc@x.it",
    Role.SERVICES: "servizi@x.it",
}
IVO, LIA = Contact("Ivo", "ivo@x.it"), Contact("Lia", "lia@x.it")
MARA, VERA = Contact("Mara", "mara@x.it"), Contact("Vera", "vera@x.it")
PRODUCTS = (
    Product("PAGHE", "Paghe", ProductKind.INTEGRATED, IVO),
    Product("CONT", "Contabilità", ProductKind.INTEGRATED, IVO),
    Product("SICUREZZA", "Sicurezza", ProductKind.INTEGRATED, LIA),
    Product("HACCP", "HACCP", ProductKind.CATALOGUE, MARA),
    Product("CORSO", "Corso antincendio", ProductKind.CATALOGUE, MARA),
    Product("PRIVACY", "Privacy", ProductKind.CATALOGUE, VERA),
)
CAMPAIGN = Campaign(
    name="Prova",
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 12, 31),
    sites=(Site("Pistoia", "PT", "sede@x.it", (7, 25)),),
    roles=tuple(RoleMailbox(role, Contact(role.value, box)) for role, box in BOXES.items()),
    products=PRODUCTS,
)
COMPANY = Company(
    id=5,
    ref="A001",
    name="Finzioni S.n.c.",
    code=Code.MEMBER,
    has_services=True,
    site="Pistoia",
    trade="Federmoda",
    joined_on=date(2026, 11, 2),
    assignee=1,
    fields={RegisterField.CODICE_FISCALE: TAX_CODE, RegisterField.PHONE: "+390573000101"},
    partners=(Partner(71, "Uno A"), Partner(72, "Due B")),
)
REPORT = VisitReport(5, WEDNESDAY, VisitMode.AT_COMPANY, CreditOutcome.NO_CREDIT, notes=IBAN)

KINDS = tuple(product(Code, (True, False)))
Row = tuple[str, str, str]  # which mail, to whom, copied to

CREDITS: dict[tuple[CreditOutcome, bool], set[Row]] = {
    (CreditOutcome.COLLECTED, False): set(),
    (CreditOutcome.NO_CREDIT, False): set(),
    (CreditOutcome.MANAGED, False): set(),
    (CreditOutcome.AGREED, False): {("A8", "recupero@x.it", "")},
    (CreditOutcome.UNCOLLECTED, False): {("E1", "rpa@x.it", ""), ("E2", "recupero@x.it", "")},
    (CreditOutcome.UNCOLLECTED, True): {("E1", "rpa@x.it", ""), ("E2", "recupero@x.it", "")},
}
CHANGED = (
    Correction(RegisterField.PHONE, "+390573000101", "+390573000999"),
    Correction(RegisterField.EMAIL, "", "nuovo@finzioni.example.com"),
)
CORRECTIONS: dict[tuple[Correction, ...], set[Row]] = {(): set(), CHANGED: {("E3", "ra@x.it", "")}}


def signed(*forms: tuple[int, Form], but: FormOutcome = FormOutcome.TO_SIGN) -> tuple[FormResult, ...]:
    """All the forms of both soci, these signed."""
    every = [(p, f) for p in (71, 72) for f in Form if p == 71 or f is not Form.RID]
    return tuple(FormResult(p, f, FormOutcome.SIGNED if (p, f) in forms else but) for p, f in every)


SCANS: Row = ("MODULI", "ada@x.it", "")  # who made the visit may answer with the scans
FORMS: dict[tuple[FormResult, ...], set[Row]] = {
    (): set(),
    signed(): set(),
    signed(but=FormOutcome.REFUSED): set(),
    signed((72, Form.REVOCA_INPS)): {("E4", "moduli@x.it", ""), SCANS},
    signed((71, Form.RID)): {("E6", "rpa@x.it", ""), SCANS},
    signed(but=FormOutcome.SIGNED): {("E4", "moduli@x.it", ""), ("E6", "rpa@x.it", ""), SCANS},
}
INTERESTS: dict[tuple[str, ...], set[Row]] = {
    (): set(),
    ("PAGHE",): {("E7", "ivo@x.it", ""), ("E8", "rps@x.it", "")},
    ("PAGHE", "CONT"): {("E7", "ivo@x.it", ""), ("E8", "rps@x.it", "")},
    ("PAGHE", "SICUREZZA"): {("E7", "ivo@x.it", ""), ("E7", "lia@x.it", ""), ("E8", "rps@x.it", "")},
    ("SICUREZZA", "HACCP"): {("E7", "lia@x.it", "mara@x.it"), ("E8", "rps@x.it", "")},
    ("PAGHE", "SICUREZZA", "HACCP", "PRIVACY"): {
        ("E7", "ivo@x.it", "mara@x.it vera@x.it"),
        ("E7", "lia@x.it", ""),
        ("E8", "rps@x.it", ""),
    },
    ("HACCP",): {("E9", "mara@x.it", "rps@x.it")},
    ("HACCP", "CORSO"): {("E9", "mara@x.it", "rps@x.it")},
    ("HACCP", "PRIVACY"): {("E9", "mara@x.it", "rps@x.it"), ("E9", "vera@x.it", "rps@x.it")},
}
COMPLAINTS: dict[str, set[Row]] = {"": set(), "Nessuno risponde": {("RECLAMO", "sede@x.it", "")}}


def visited(report: VisitReport = REPORT, company: Company = COMPANY) -> Visited:
    kinds = (DeadlineKind.D6, DeadlineKind.D7, DeadlineKind.D8, DeadlineKind.D10)
    dues = {kind: due(kind, report.visited_on, CALENDAR, CAMPAIGN.terms) for kind in kinds}
    return Visited(9, report, company, AV, dues)


def mails(campaign: Campaign = CAMPAIGN, company: Company = COMPANY, **told: Any) -> tuple[Mail, ...]:
    report = replace(REPORT, **told)
    return after_visit(campaign, visited(report, company))


def wanted(*codes: str, need: str = "") -> tuple[Interest, ...]:
    return tuple(Interest(code, need) for code in codes)


def rows(sent: tuple[Mail, ...]) -> list[Row]:
    return sorted(
        (m.kind.value, " ".join(c.email for c in m.to), " ".join(c.email for c in m.cc)) for m in sent
    )


def only(sent: tuple[Mail, ...], kind: MailKind) -> Mail:
    (found,) = [mail for mail in sent if mail.kind is kind]
    return found


@pytest.mark.parametrize(("code", "services"), KINDS)
def test_every_visit_is_told_to_whom_section_9_says(code: Code, services: bool) -> None:
    company = replace(COMPANY, code=code, has_services=services)
    for (credit, e1), (fields, e3), (forms, e4), (codes, e7), (words, e0) in product(
        CREDITS.items(), CORRECTIONS.items(), FORMS.items(), INTERESTS.items(), COMPLAINTS.items()
    ):
        sent = mails(
            company=company,
            credit=credit[0],
            partly_collected=credit[1],
            corrections=fields,
            forms=forms,
            interests=wanted(*codes),
            complaint=words,
        )
        assert rows(sent) == sorted(e1 | e3 | e4 | e7 | e0)
        assert len({mail.key for mail in sent}) == len(sent)
        assert all(mail.about == About(Subject.VISIT, 9) for mail in sent)
        assert all(mail.uncovered is None for mail in sent)


def test_a_plain_visit_writes_to_nobody() -> None:
    """A55: data confirmed are no mail either."""
    assert mails() == ()


def everything() -> tuple[Mail, ...]:
    integrated = mails(
        credit=CreditOutcome.UNCOLLECTED,
        partly_collected=True,
        corrections=CHANGED,
        forms=signed(but=FormOutcome.SIGNED),
        interests=wanted("PAGHE", "SICUREZZA", "HACCP", need="due dipendenti"),
        complaint="Nessuno risponde",
        mood=Mood.TENSE,
    )
    agreed = mails(credit=CreditOutcome.AGREED, interests=wanted("HACCP", "PRIVACY"))
    return (*integrated, *agreed, *accepted())


def test_every_mail_says_company_code_site_av_and_day() -> None:
    for mail in everything():
        said = {name: mail.context[name] for name in ("company", "company_ref", "site", "av", "visited_on")}
        assert list(said.values()) == [
            "Finzioni S.n.c.", "A001", "Pistoia", "Ada Prova", "mercoledì 18 novembre 2026",
        ]  # fmt: skip


def test_no_mail_carries_an_iban_a_codice_fiscale_or_the_visit_s_notes() -> None:
    for mail in everything():
        assert IBAN not in str(mail.context)
        assert TAX_CODE not in str(mail.context)


def test_soci_are_named_only_where_their_papers_go() -> None:
    for mail in everything():
        named = "Uno A" in str(mail.context)
        assert named == (mail.kind in {MailKind.E4_FORMS_TO_OFFICE, MailKind.E6_RID_TO_RPA})


def test_no_mail_but_those_of_an_acceptance_carries_an_amount() -> None:
    for mail in everything():
        assert ("€" in str(mail.context)) == (mail.kind.value in {"E10", "E11"})


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (MailKind.E4_FORMS_TO_OFFICE, "entro giovedì 19 novembre 2026"),
        (MailKind.E6_RID_TO_RPA, "entro giovedì 19 novembre 2026"),
        (MailKind.E7_QUOTE_TO_AM, "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita"),
        (MailKind.E8_QUOTES_TO_RPS, "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita"),
        (
            MailKind.E9_CATALOGUE_TO_REFERENCE,
            "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita",
        ),
    ],
)
def test_the_due_date_is_written_in_full_with_its_reason(kind: MailKind, ends: str) -> None:
    for mail in everything():
        if mail.kind is kind:
            assert str(mail.context["due"]).startswith(ends)


def test_a_friday_visit_s_papers_are_due_on_monday() -> None:
    sent = mails(visited_on=date(2026, 11, 20), forms=signed(but=FormOutcome.SIGNED))
    assert "lunedì 23 novembre 2026" in str(only(sent, MailKind.E4_FORMS_TO_OFFICE).context["due"])


def test_e1_and_e2_say_whether_something_was_collected() -> None:
    for partly in (True, False):
        sent = mails(credit=CreditOutcome.UNCOLLECTED, partly_collected=partly)
        assert [mail.context["partly_collected"] for mail in sent] == [partly, partly]


def test_e3_carries_what_was_and_what_is_and_nothing_else() -> None:
    assert only(mails(corrections=CHANGED), MailKind.E3_CORRECTIONS_TO_RA).context["corrections"] == [
        {"label": "Telefono", "old": "0573 000101", "new": "0573 000999"},
        {"label": "Email", "old": "", "new": "nuovo@finzioni.example.com"},
    ]


def test_e4_lists_each_signed_form_with_its_soci() -> None:
    forms = signed(
        (71, Form.DELEGA_INPS), (72, Form.DELEGA_INPS), (72, Form.DELEGA_ASSOCIATIVA), (71, Form.RID)
    )
    sent = mails(forms=forms)
    assert only(sent, MailKind.E4_FORMS_TO_OFFICE).context["forms"] == [
        {"form": "delega INPS", "partners": ["Uno A", "Due B"]},
        {"form": "delega associativa (adesione)", "partners": ["Due B"]},
    ]
    assert only(sent, MailKind.E6_RID_TO_RPA).context["partners"] == ["Uno A"]


def test_a_form_of_a_company_without_soci_is_the_company_s() -> None:
    forms = (FormResult(0, Form.RID, FormOutcome.SIGNED),)
    sent = mails(company=replace(COMPANY, partners=()), forms=forms)
    assert only(sent, MailKind.E6_RID_TO_RPA).context["partners"] == ["Finzioni S.n.c."]


def test_e7_carries_own_products_with_the_need_and_catalogue_ones_with_their_person() -> None:
    first, second = (
        m
        for m in mails(interests=wanted("PAGHE", "SICUREZZA", "HACCP", need="presto"))
        if m.kind.value == "E7"
    )
    assert first.context["products"] == [{"name": "Paghe", "need": "presto"}]
    assert first.context["catalogue"] == [{"name": "HACCP", "need": "presto", "contact": "Mara"}]
    assert second.context["products"] == [{"name": "Sicurezza", "need": "presto"}]
    assert second.context["catalogue"] == []


@pytest.mark.parametrize(("services", "said"), [(True, "con servizi"), (False, "senza servizi")])
def test_e7_says_whether_the_company_has_services(services: bool, said: str) -> None:
    sent = mails(company=replace(COMPANY, has_services=services), interests=wanted("PAGHE"))
    assert only(sent, MailKind.E7_QUOTE_TO_AM).context["services"] == said


def test_e8_tells_who_drafts_what() -> None:
    e8 = only(mails(interests=wanted("PAGHE", "SICUREZZA", "HACCP")), MailKind.E8_QUOTES_TO_RPS)
    assert e8.context["quotes"] == [
        {"owner": "Ivo", "products": ["Paghe", "HACCP"]},
        {"owner": "Lia", "products": ["Sicurezza"]},
    ]


def test_e9_has_all_the_products_of_one_person() -> None:
    e9 = only(mails(interests=wanted("HACCP", "CORSO")), MailKind.E9_CATALOGUE_TO_REFERENCE)
    assert [row["name"] for row in e9.context["products"]] == ["HACCP", "Corso antincendio"]  # type: ignore[union-attr, index, call-overload] # Json


# Quotes and their owners


@pytest.mark.parametrize(
    ("codes", "owned"),
    [
        ((), []),
        (("HACCP", "PRIVACY"), [("ada@x.it", ["HACCP", "PRIVACY"])]),
        (("PAGHE", "CONT"), [("ivo@x.it", ["PAGHE", "CONT"])]),
        (("SICUREZZA", "PAGHE", "HACCP"), [("lia@x.it", ["SICUREZZA", "HACCP"]), ("ivo@x.it", ["PAGHE"])]),
    ],
)
def test_one_quote_an_owner(codes: tuple[str, ...], owned: list[tuple[str, list[str]]]) -> None:
    """A27, A28."""
    report = replace(REPORT, interests=wanted(*codes))
    found = shares(CAMPAIGN, report, Contact(AV.name, AV.email))
    assert [(s.owner.email, [i.product for i in s.interests]) for s in found] == owned


def test_an_address_written_with_two_names_is_one_owner_and_one_mail() -> None:
    """Two mails would have one key, and the second would never leave."""
    also = Product("FINANZA", "Finanza", ProductKind.INTEGRATED, Contact("Ivo P.", "Ivo@x.it"))
    twin = Product("SITO", "Sito", ProductKind.CATALOGUE, Contact("Ufficio", "MARA@x.it"))
    campaign = replace(CAMPAIGN, products=(*PRODUCTS, also, twin))
    e7 = only(mails(campaign, interests=wanted("PAGHE", "FINANZA")), MailKind.E7_QUOTE_TO_AM)
    assert len(e7.context["products"]) == 2  # type: ignore[arg-type] # Json
    e9 = only(mails(campaign, interests=wanted("HACCP", "SITO")), MailKind.E9_CATALOGUE_TO_REFERENCE)
    assert len(e9.context["products"]) == 2  # type: ignore[arg-type] # Json


def test_nobody_is_copied_on_a_mail_to_themselves() -> None:
    own = Product("X", "Extra", ProductKind.CATALOGUE, Contact("Ivo", "ivo@x.it"))
    both = Product("Y", "Altro", ProductKind.CATALOGUE, Contact("RPS", "rps@x.it"))
    campaign = replace(CAMPAIGN, products=(*PRODUCTS, own, both))
    assert ("E7", "ivo@x.it", "") in rows(mails(campaign, interests=wanted("PAGHE", "X")))
    assert rows(mails(campaign, interests=wanted("Y"))) == [("E9", "rps@x.it", "")]


# Roles nobody bears (A42), what the gestionale sends (A52), settings


def vacant(*roles: Role, deputy: bool = False) -> Campaign:
    stand_in = Contact("Vice", "vice@x.it") if deputy else None
    boxes = [RoleMailbox(b.role, None, stand_in) if b.role in roles else b for b in CAMPAIGN.roles]
    return replace(CAMPAIGN, roles=tuple(boxes))


@pytest.mark.parametrize(
    ("campaign", "role", "box", "uncovered"),
    [
        (CAMPAIGN, Role.RA, "ra@x.it", None),
        (vacant(Role.RA, deputy=True), Role.RA, "vice@x.it", Role.RA),
        (vacant(Role.RA), Role.RA, "rps@x.it", Role.RA),
        (vacant(Role.RA, Role.RPS), Role.RA, "rpc@x.it", Role.RA),
        (vacant(Role.RPS), Role.RPS, "rpc@x.it", Role.RPS),
        (vacant(Role.RPS, Role.RPC, deputy=True), Role.RA, "ra@x.it", None),
        (vacant(Role.SERVICES), Role.SERVICES, "rps@x.it", None),  # A29
        (vacant(Role.SERVICES, deputy=True), Role.SERVICES, "vice@x.it", Role.SERVICES),
        (vacant(Role.SERVICES, Role.RPS), Role.SERVICES, "rpc@x.it", Role.RPS),
    ],
)
def test_a_vacant_role_goes_to_its_deputy_else_to_rps_or_rpc(
    campaign: Campaign, role: Role, box: str, uncovered: Role | None
) -> None:
    contact, nobody = bearer(campaign, role)
    assert (contact.email, nobody) == (box, uncovered)


def test_the_deputies_of_rps_and_rpc_stand_in_for_a_role_with_nobody() -> None:
    boxes = [RoleMailbox(Role.RA, None), RoleMailbox(Role.RPS, None, Contact("Vice", "vice@x.it"))]
    contact, nobody = bearer(replace(CAMPAIGN, roles=tuple(boxes)), Role.RA)
    assert (contact.email, nobody) == ("vice@x.it", Role.RA)


def test_where_nobody_at_all_can_be_written_to_it_is_a_fault_not_a_silence() -> None:
    with pytest.raises(LookupError):
        bearer(replace(CAMPAIGN, roles=()), Role.RA)


def test_every_mail_to_a_vacant_role_says_so() -> None:
    told: dict[str, Any]
    for role, told in (
        (Role.RPA, {"credit": CreditOutcome.UNCOLLECTED}),
        (Role.RECOVERY, {"credit": CreditOutcome.AGREED}),
        (Role.RA, {"corrections": CHANGED}),
        (Role.FORMS_OFFICE, {"forms": signed((71, Form.DELEGA_INPS))}),
        (Role.RPS, {"interests": wanted("PAGHE")}),
        (Role.RPS, {"interests": wanted("HACCP")}),
    ):
        sent = mails(vacant(role), **told)
        assert [m.uncovered for m in sent if m.uncovered] == [role]


@pytest.mark.parametrize("kind", ["E1", "E2", "E7", "E8", "E10", "E11"])
def test_a_mail_that_the_gestionale_sends_is_not_sent_twice(kind: str) -> None:
    campaign = replace(CAMPAIGN, sent_by_gestionale=frozenset({kind}))
    told: dict[str, Any] = {"credit": CreditOutcome.UNCOLLECTED, "interests": wanted("PAGHE")}
    ours = {m.kind.value for m in (*mails(campaign, **told), *accepted(campaign))}
    assert ours == {"E1", "E2", "E7", "E8", "E10", "E11"} - {kind}


def test_an_agreement_is_not_told_where_the_setting_is_off() -> None:
    campaign = replace(CAMPAIGN, agreement_told_to_recovery=False)
    assert mails(campaign, credit=CreditOutcome.AGREED) == ()


# An accepted quote


QUOTE = Quote(
    id=3,
    visit=9,
    company=5,
    kind=ProductKind.INTEGRATED,
    owner=2,
    owner_email="ivo@x.it",
    state=QuoteState.ACCEPTED,
    opened_on=WEDNESDAY,
    closed_on=date(2026, 12, 9),
    value=Decimal("1200.50"),
)
LINES = (
    AnsweredLine("Paghe", accepted=True, value=Decimal("1000.50")),
    AnsweredLine("HACCP", accepted=True, value=Decimal(200)),
    AnsweredLine("Privacy", accepted=False, reason="costa troppo"),
)


def accepted(campaign: Campaign = CAMPAIGN, quote: Quote = QUOTE, again: str = "") -> tuple[Mail, ...]:
    return after_acceptance(campaign, quote, LINES, "Ivo Prova", visited(), again=again)


def test_an_acceptance_is_two_mails() -> None:
    """A29."""
    sent = accepted()
    assert rows(sent) == [("E10", "servizi@x.it", ""), ("E11", "rpa@x.it", "")]
    for mail in sent:
        assert mail.about == About(Subject.QUOTE, 3)
        assert mail.context["value"] == "1.200,50\N{NO-BREAK SPACE}€"
        assert mail.context["closed_on"] == "mercoledì 9 dicembre 2026"
        assert mail.context["products"] == ["Paghe", "HACCP"]
        assert mail.context["owner"] == "Ivo Prova"
        assert mail.context["late"] is False


def test_each_line_of_an_acceptance_has_its_answer() -> None:
    """A30."""
    said = accepted()[0].context["lines"]
    assert said == [
        {"product": "Paghe", "accepted": True, "value": "1.000,50\N{NO-BREAK SPACE}€", "reason": ""},
        {"product": "HACCP", "accepted": True, "value": "200,00\N{NO-BREAK SPACE}€", "reason": ""},
        {"product": "Privacy", "accepted": False, "value": "", "reason": "costa troppo"},
    ]


def test_a_second_acceptance_of_a_quote_leaves_too() -> None:
    """T15 after T16: the first mails' keys do not hold it back."""
    assert not {m.key for m in accepted()} & {m.key for m in accepted(again=":2")}
    late = accepted(quote=replace(QUOTE, accepted_late=True))
    assert all(mail.context["late"] for mail in late)


def test_the_responsabile_servizi_is_rps_where_the_file_names_nobody() -> None:
    without = tuple(box for box in CAMPAIGN.roles if box.role is not Role.SERVICES)
    sent = accepted(replace(CAMPAIGN, roles=without))
    assert rows(sent)[0] == ("E10", "rps@x.it", "")
    assert sent[0].uncovered is None


# What no longer holds

WHAT = Amendment("quote:3:7", About(Subject.QUOTE, 3), (Amended("VALORE", "1", "2"),), "errore", "Ivo Prova")
UGO = Contact("Ugo Prova", "ugo@x.it")


def test_a_rettifica_goes_to_whom_the_first_mail_reached() -> None:
    """N7."""
    earlier = Addressed(MailKind.E11_ACCEPTED_TO_RPA, Role.RPA, (UGO,))
    mail = amended(CAMPAIGN, visited(), WHAT, earlier)
    assert mail is not None
    assert (mail.kind.value, mail.to, mail.key) == ("N7", (UGO,), "quote:3:7:N7:E11")
    assert mail.context["amended"] == [{"label": "VALORE", "old": "1", "new": "2"}]
    assert (mail.context["reason"], mail.context["who"]) == ("errore", "Ivo Prova")
    assert mail.asks is MailKind.E11_ACCEPTED_TO_RPA


def test_a_rettifica_of_what_left_from_the_gestionale_goes_to_who_bears_the_role() -> None:
    mail = amended(CAMPAIGN, visited(), WHAT, Addressed(MailKind.E11_ACCEPTED_TO_RPA, Role.RPA))
    assert mail is not None
    assert [contact.email for contact in mail.to] == ["rpa@x.it"]


def test_where_the_gestionale_sends_its_own_rettifica_there_is_none_of_ours() -> None:
    campaign = replace(CAMPAIGN, sent_by_gestionale=frozenset({"N7"}))
    assert amended(campaign, visited(), WHAT, Addressed(MailKind.E11_ACCEPTED_TO_RPA, Role.RPA)) is None


def test_a_wrong_amount_and_a_yes_taken_back_say_which_fields_held_what() -> None:
    """T16."""
    less, back = replace(QUOTE, value=Decimal(900)), replace(QUOTE, state=QuoteState.ARCHIVED, value=None)
    assert [(f.label, f.new) for f in fields_amended(QUOTE, less)] == [
        ("VALORE PREVENTIVO", "900,00\N{NO-BREAK SPACE}€")
    ]
    assert [(f.label, f.old, f.new) for f in fields_amended(QUOTE, back)] == [
        ("TIPO CHIUSURA", "Accettazione", "Archiviazione"),
        ("VALORE PREVENTIVO", "1.200,50\N{NO-BREAK SPACE}€", "nessuno"),
    ]

"""Who is written to, about what: section 9's table as code. Refuses to know how a mail is worded or sent.

Multiplicity (section 9, CHOICE): E7 one per AM, E8 one per visit, E9 one per reference person. What
leaves when a quote ends is in `procedure.quote_mails`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from procedure.campaign import Campaign, Contact, Product, ProductKind
from procedure.deadlines import DeadlineKind, Due
from procedure.fields import label
from procedure.fields.showing import show_value
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Subject
from procedure.people import Person, Role
from procedure.visits import Company, CreditOutcome, Form, FormOutcome, FormResult, Interest, VisitReport

OFFICE_FORMS = (Form.DELEGA_INPS, Form.REVOCA_INPS, Form.DELEGA_ASSOCIATIVA)
"""The forms that go to Ufficio Essere Impresa [r.128-130]; the RID goes to RPA [r.132-134]."""


@dataclass(frozen=True, slots=True)
class Share:
    """The products of one quote and who owns it: an AM, or the AV for catalogue products only (A27, A28)."""

    kind: ProductKind
    owner: Contact
    interests: tuple[Interest, ...]


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit as the mails tell it. `left` says how long there really is for the quote's drafting (A5b)."""

    id: int
    report: VisitReport
    company: Company
    av: Person
    dues: Mapping[DeadlineKind, Due]
    left: str = ""


def shares(campaign: Campaign, report: VisitReport, av: Contact) -> tuple[Share, ...]:
    """The quotes that a visit opens: one per AM; catalogue products
    join the first AM's, else they are the AV's.
    """
    by_owner: dict[str, list[Interest]] = {}
    owners: dict[str, Contact] = {}
    catalogue: list[Interest] = []
    for interest in report.interests:
        product = campaign.product(interest.product)
        if product.kind is ProductKind.INTEGRATED:
            owner = _address(product.contact)
            owners.setdefault(owner, product.contact)
            by_owner.setdefault(owner, []).append(interest)
        else:
            catalogue.append(interest)
    if not by_owner:
        return (Share(ProductKind.CATALOGUE, av, tuple(catalogue)),) if catalogue else ()
    by_owner[next(iter(by_owner))] += catalogue
    return tuple(Share(ProductKind.INTEGRATED, owners[at], tuple(held)) for at, held in by_owner.items())


def _address(contact: Contact) -> str:
    """Whom a mail reaches is told by the address; the same one may be written with two names."""
    return contact.email.casefold()


def after_visit(campaign: Campaign, visited: Visited) -> tuple[Mail, ...]:
    """Every mail that the procedure wants after this visit, but
    those that the gestionale sends itself (A52).
    """
    mails = [
        *credit_mails(campaign, visited),
        *_corrections(campaign, visited),
        *_forms(campaign, visited),
        *_scans_wanted(visited),
        *_quotes(campaign, visited),
        *_complaint(campaign, visited),
    ]
    return tuple(m for m in mails if m.kind.value not in campaign.sent_by_gestionale)


def bearer(campaign: Campaign, role: Role) -> tuple[Contact, Role | None]:
    """Who is written to for `role`: its mailbox, else its deputy, else RPS or RPC as "ruolo scoperto" (A42).

    Raises:
        LookupError: not even RPS or RPC has a mailbox; the campaign file is refused before it comes to
        that (A54).
    """
    box = campaign.mailbox(role)
    if box.contact:
        return box.contact, None
    if box.deputy:
        return box.deputy, role
    if role is Role.SERVICES:  # A29: the Responsabile Servizi is RPS unless the file names another
        return bearer(campaign, Role.RPS)
    for other in map(campaign.mailbox, (Role.RPS, Role.RPC)):
        if contact := other.contact or other.deputy:
            return contact, role
    raise LookupError(f"nobody bears {role}, nor RPS, nor RPC")


def common(visited: Visited, due: DeadlineKind | None = None) -> dict[str, Json]:
    """What every mail about a visit says: company, sede, AV, day; and the term, where it still runs."""
    return {
        "company": visited.company.name,
        "company_ref": visited.company.ref,
        "site": visited.company.site,
        "av": visited.av.name,
        "visited_on": write_date(visited.report.visited_on),
        "due": visited.dues[due].explanation if due and due in visited.dues else "",
        "left": visited.left if due is DeadlineKind.D10 else "",
    }


def _mail(
    visited: Visited, kind: MailKind, to: Contact, context: Mapping[str, Json], *cc: Contact, part: str = ""
) -> Mail:
    key = f"visit:{visited.id}:{kind.value}" + (f":{part}" if part else "")
    others = tuple(contact for contact in cc if _address(contact) != _address(to))
    return Mail(key, kind, About(Subject.VISIT, visited.id), (to,), others, dict(context))


def to_role(
    campaign: Campaign, kind: MailKind, role: Role, about: About, context: Mapping[str, Json]
) -> Mail:
    """The mail to whoever bears the role; its key is of its kind and of what it is about."""
    contact, uncovered = bearer(campaign, role)
    key = f"{about.kind.value}:{about.id}:{kind.value}"
    return Mail(key, kind, about, (contact,), (), dict(context), uncovered)


def _visit_to_role(
    campaign: Campaign, visited: Visited, kind: MailKind, role: Role, context: Mapping[str, Json]
) -> Mail:
    return to_role(campaign, kind, role, About(Subject.VISIT, visited.id), context)


def credit_mails(campaign: Campaign, visited: Visited) -> list[Mail]:
    """E1 and E2 for Non riscosso only [r.99]; an Accordo is told to recovery (A8)."""
    context = common(visited)
    match visited.report.credit:
        case CreditOutcome.UNCOLLECTED:
            context["partly_collected"] = visited.report.partly_collected
            return [
                _visit_to_role(campaign, visited, MailKind.E1_UNCOLLECTED_TO_RPA, Role.RPA, context),
                _visit_to_role(
                    campaign, visited, MailKind.E2_UNCOLLECTED_TO_RECOVERY, Role.RECOVERY, context
                ),
            ]
        case CreditOutcome.AGREED if campaign.agreement_told_to_recovery:
            return [
                _visit_to_role(campaign, visited, MailKind.A8_AGREEMENT_TO_RECOVERY, Role.RECOVERY, context)
            ]
        case _:
            return []


def _corrections(campaign: Campaign, visited: Visited) -> list[Mail]:
    """E3, only if something changed, with the changed fields only (A55) [r.126]."""
    if not visited.report.corrections:
        return []
    rows: list[Json] = [
        {
            "label": label(c.field),
            "old": show_value(c.field, c.old) if c.old else "",
            "new": show_value(c.field, c.new),
        }
        for c in visited.report.corrections
    ]
    context = {**common(visited), "corrections": rows}
    return [_visit_to_role(campaign, visited, MailKind.E3_CORRECTIONS_TO_RA, Role.RA, context)]


def _forms(campaign: Campaign, visited: Visited) -> list[Mail]:
    """E4 to Ufficio Essere Impresa [r.128-130] and E6, the RID, to RPA [r.132-134], for what was signed."""
    mails = []
    signed = visited.report.signed(*OFFICE_FORMS)
    if signed:
        forms: list[Json] = [
            {"form": form.value, "partners": _partners(visited.company, signed, form)}
            for form in OFFICE_FORMS
            if any(r.form is form for r in signed)
        ]
        context = {**common(visited, DeadlineKind.D6), "forms": forms}
        mails.append(
            _visit_to_role(campaign, visited, MailKind.E4_FORMS_TO_OFFICE, Role.FORMS_OFFICE, context)
        )
    rid = visited.report.signed(Form.RID)
    if rid:
        context = {
            **common(visited, DeadlineKind.D7),
            "partners": _partners(visited.company, rid, Form.RID),
        }
        mails.append(_visit_to_role(campaign, visited, MailKind.E6_RID_TO_RPA, Role.RPA, context))
    return mails


def _scans_wanted(visited: Visited) -> list[Mail]:
    """What was signed, to who made the visit: scans that answer it go where the forms go (section 12)."""
    rows: list[Json] = [
        {"form": form.value, "office": (Role.RPA if form is Form.RID else Role.FORMS_OFFICE).in_full}
        for form in Form
        if visited.report.signed(form)
    ]
    av = Contact(visited.av.name, visited.av.email)
    return [_mail(visited, MailKind.SCANS_WANTED, av, {**common(visited), "forms": rows})] if rows else []


def _partners(company: Company, results: Iterable[FormResult], form: Form) -> list[Json]:
    names = {p.id: p.name for p in company.partners}
    signers = [r.partner for r in results if r.form is form and r.outcome is FormOutcome.SIGNED]
    return [names.get(partner, company.name) for partner in signers]


def _quotes(campaign: Campaign, visited: Visited) -> list[Mail]:
    """E7 to each AM and E8 to RPS [r.142]; or E9 to each reference person with RPS in copy [r.143]."""
    av = Contact(visited.av.name, visited.av.email)
    parts = shares(campaign, visited.report, av)
    if not parts:
        return []
    context = common(visited, DeadlineKind.D10)
    rps, uncovered = bearer(campaign, Role.RPS)
    if parts[0].kind is ProductKind.CATALOGUE:
        return list(to_references(campaign, visited, parts[0].interests))
    mails = [to_am(campaign, visited, share) for share in parts]
    told: list[Json] = [
        {
            "owner": share.owner.name,
            "products": [campaign.product(i.product).name for i in share.interests],
        }
        for share in parts
    ]
    key = f"visit:{visited.id}:{MailKind.E8_QUOTES_TO_RPS.value}"
    about = About(Subject.VISIT, visited.id)
    e8 = Mail(key, MailKind.E8_QUOTES_TO_RPS, about, (rps,), (), {**context, "quotes": told}, uncovered)
    return [*mails, e8]


def to_references(campaign: Campaign, visited: Visited, interests: Iterable[Interest]) -> tuple[Mail, ...]:
    """E9, one to each reference person, RPS in copy [r.143]."""
    rps, uncovered = bearer(campaign, Role.RPS)
    context, kind = common(visited, DeadlineKind.D10), MailKind.E9_CATALOGUE_TO_REFERENCE
    mails = (
        _mail(visited, kind, contact, {**context, "products": rows}, rps, part=_address(contact))
        for contact, rows in _by_contact(campaign, interests)
    )
    return tuple(replace(mail, uncovered=uncovered) for mail in mails)


def to_am(campaign: Campaign, visited: Visited, share: Share) -> Mail:
    """E7; the reference persons of catalogue products that joined the AM's quote are in copy (A28)."""
    own: list[Json] = []
    catalogue: list[Json] = []
    copied: dict[str, Contact] = {}
    for interest in share.interests:
        product = campaign.product(interest.product)
        if product.kind is ProductKind.INTEGRATED:
            own.append(_row(product, interest))
        else:
            catalogue.append({**_row(product, interest), "contact": product.contact.name})
            copied.setdefault(_address(product.contact), product.contact)
    context: dict[str, Json] = {
        **common(visited, DeadlineKind.D10),
        "products": own,
        "catalogue": catalogue,
        "services": "con servizi" if visited.company.has_services else "senza servizi",
    }
    part = _address(share.owner)
    return _mail(visited, MailKind.E7_QUOTE_TO_AM, share.owner, context, *copied.values(), part=part)


def _row(product: Product, interest: Interest) -> dict[str, Json]:
    return {"name": product.name, "need": interest.need}


def _by_contact(campaign: Campaign, interests: Iterable[Interest]) -> Iterable[tuple[Contact, list[Json]]]:
    grouped: dict[str, tuple[Contact, list[Json]]] = {}
    for interest in interests:
        product = campaign.product(interest.product)
        _, rows = grouped.setdefault(_address(product.contact), (product.contact, []))
        rows.append(_row(product, interest))
    return grouped.values()


def _complaint(campaign: Campaign, visited: Visited) -> list[Mail]:
    """A complaint goes to the company's site, which is nearest to it (docs/decisions)."""
    if not visited.report.complaint:
        return []
    site = campaign.site(visited.company.site)
    context: dict[str, Json] = {
        **common(visited),
        "text": visited.report.complaint,
        "mood": visited.report.mood.value,
    }
    return [_mail(visited, MailKind.COMPLAINT, Contact(f"Sede di {site.name}", site.mailbox), context)]

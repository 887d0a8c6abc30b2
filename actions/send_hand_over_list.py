"""The list that goes with signed forms leaves by mail, to be printed and signed for (A11c, M10).

Soci are told by their number, as in the visit; their names are on the forms. Refuses to know how it is drawn.
"""

from collections.abc import Sequence

from actions.deliver import put_mail
from actions.hand_over import FORMS, own_visit
from actions.turn import Turn
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Attachment, Json, Mail, MailKind, Subject
from procedure.people import Role
from procedure.routing import bearer
from procedure.visits import Company, Form
from store import deadlines, people
from store.visits import RecordedVisit

_OFFICES = {DeadlineKind.D6: Role.FORMS_OFFICE, DeadlineKind.D7: Role.RPA}


def send_hand_over_list(turn: Turn, visit: int) -> Mail:
    """Queue the list for whoever asks; twice in the same minute it is one mail.

    Raises:
        NotAllowed: the visit is not this person's.
        Refusal: `no_forms`: nothing was signed.
    """
    recorded, company = own_visit(turn, visit)
    offices = [office for kind in _OFFICES if (office := _office(turn, recorded, company, kind))]
    if not offices:
        raise Refusal("no_forms")
    person = turn.person
    mail = Mail(
        key=f"hand_over_list:{visit}:{person.id}:{turn.now:%Y-%m-%dT%H:%M}",
        kind=MailKind.HAND_OVER_LIST,
        about=About(Subject.VISIT, visit),
        to=(Contact(person.name, person.email),),
        context={**_common(turn, recorded, company), "offices": [*offices]},
        attachments=(Attachment.HAND_OVER_LIST,),
    )
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return mail


def _common(turn: Turn, visit: RecordedVisit, company: Company) -> dict[str, Json]:
    av = people.by_id(turn.tx, visit.av)
    return {
        "campaign": turn.office.campaign.name,
        "company": company.name,
        "company_ref": company.ref,
        "site": company.site,
        "av": av.name if av else "",
        "visited_on": write_date(visit.report.visited_on),
        "due": "",
    }


def _office(turn: Turn, visit: RecordedVisit, company: Company, kind: DeadlineKind) -> dict[str, Json] | None:
    """What goes to the office of this hand-over; None where nothing does."""
    forms: list[Json] = [
        {"name": form.value, "signers": [*signers]}
        for form in FORMS[kind.value]
        if (signers := _signers(visit, company, form))
    ]
    if not forms:
        return None
    contact, _ = bearer(turn.office.campaign, _OFFICES[kind])
    about = About(Subject.VISIT, visit.id)
    due = [row.due.explanation for row in deadlines.open_about(turn.tx, about) if row.due.kind is kind]
    return {"name": contact.name, "due": "".join(due), "forms": forms}


def _signers(visit: RecordedVisit, company: Company, form: Form) -> Sequence[str]:
    """The soci who signed it, by their number in the list; the company, where the list names none."""
    numbers = {partner.id: n for n, partner in enumerate(company.partners, 1)}
    signed = sorted(numbers.get(result.partner, 0) for result in visit.report.signed(form))
    return [f"socio {number}" if number else "l'azienda" for number in signed]

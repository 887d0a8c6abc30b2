"""N10: an appointment that was fixed, moved or cancelled reaches its person's calendar by mail (M3).

Every mail of one story names the same entry, with a number that grows, so a calendar replaces what it had.
Refuses to know why.
"""

from actions.deliver import put_mail
from actions.turn import Turn
from procedure.appointments import LENGTH, Appointment, write_moment
from procedure.campaign import Contact
from procedure.fields import RegisterField
from procedure.notices import About, Attachment, Json, Mail, MailKind, Subject
from procedure.people import Person
from procedure.visits import Company
from store import appointments, people

_PLACE = (RegisterField.ADDRESS, RegisterField.CAP, RegisterField.COMUNE, RegisterField.PROVINCE)


def put_in_calendar(
    turn: Turn, appointment: Appointment, company: Company, *, before: Appointment | None = None
) -> None:
    """Queue the mail to whoever keeps the appointment, as it stands now; `before`, where it was moved."""
    keeper = people.by_id(turn.tx, appointment.person)
    if keeper is None:
        raise LookupError(f"appointment {appointment.id} is nobody's")
    change = "annullato" if not appointment.is_open else "spostato" if before else "fissato"
    local = turn.now.tzinfo
    context: dict[str, Json] = {
        "person": keeper.name,
        "company": company.name,
        "company_ref": company.ref,
        "change": change,
        "when": write_moment(appointment.starts_at.astimezone(local)),
        "was": write_moment(before.starts_at.astimezone(local)) if before else "",
        "where": place_of(company),
        "phone": ", ".join(phones_of(company)),
        "note": appointment.note,
        "reason": appointment.reason,
        "by": turn.person.name if turn.person.id != keeper.id else "",
        "event": _event(turn, appointment, company, keeper),
    }
    key = f"appointment:{appointment.id}:{MailKind.APPOINTMENT.value}:{change}"
    about = About(Subject.APPOINTMENT, appointment.id)
    to = (Contact(keeper.name, keeper.email),)
    attached = (Attachment.APPOINTMENT,)
    mail = Mail(key, MailKind.APPOINTMENT, about, to, context=context, attachments=attached)
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)


def place_of(company: Company) -> str:
    """Where the company is, in one line: `Via della Prova 1, 51100 Pistoia PT`."""
    street, *town = (company.fields.get(field, "") for field in _PLACE)
    return ", ".join(part for part in (street, " ".join(filter(None, town))) if part)


def phones_of(company: Company) -> tuple[str, ...]:
    """The company's numbers as a telephone wants them, the mobile first."""
    numbers = (company.fields.get(field) for field in (RegisterField.MOBILE, RegisterField.PHONE))
    return tuple(dict.fromkeys(number for number in numbers if number))


def _event(turn: Turn, appointment: Appointment, company: Company, keeper: Person) -> dict[str, Json]:
    origin = appointments.origin(turn.tx, appointment)
    ended = not appointment.is_open
    told = [", ".join(phones_of(company)), appointment.note]
    return {
        "uid": f"appuntamento-{origin.first}@{turn.office.minting.domain}",
        "sequence": origin.moves + ended,
        "cancelled": ended,
        "starts_at": appointment.starts_at.isoformat(),
        "ends_at": (appointment.starts_at + LENGTH).isoformat(),
        "keeper": keeper.email,
        "summary": f"Visita: {company.name}",
        "location": place_of(company),
        "description": "\n".join(filter(None, told)),
    }

"""What the dialogues about an appointment stand on: the time, the days that are worked, the hours given away.

Refuses to know the questions.
"""

from datetime import datetime, time

from actions.turn import Turn
from conversations.appointment import AppointmentFacts
from conversations.moments import Taken
from procedure.appointments import FARTHEST, Appointment, write_moment
from procedure.visits import Company
from store import appointments, people


def facts_of_new(turn: Turn, company: Company) -> AppointmentFacts:
    """For an appointment of the person's own that is yet to be fixed."""
    return _facts(turn, company, turn.person.id)


def facts_of_standing(turn: Turn, appointment: Appointment, company: Company) -> AppointmentFacts:
    """For one that stands, whoever keeps it."""
    standing = write_moment(_local(turn, appointment.starts_at))
    return _facts(turn, company, appointment.person, but=appointment.id, standing=standing)


def _facts(
    turn: Turn, company: Company, keeper: int, *, but: int | None = None, standing: str = ""
) -> AppointmentFacts:
    """The days of rest are those of the keeper's sede; of the company's, where they have none."""
    person = people.by_id(turn.tx, keeper)
    site = (person.site if person else None) or company.site
    today = datetime.combine(turn.today, time(), tzinfo=turn.now.tzinfo)
    theirs = appointments.of_person(turn.tx, keeper, today, turn.now + FARTHEST)
    return AppointmentFacts(
        now=turn.now.replace(tzinfo=None),
        company=company.name,
        calendar=turn.office.calendar(site),
        taken=tuple(
            Taken(_local(turn, line.appointment.starts_at), line.company_name)
            for line in theirs
            if line.appointment.id != but
        ),
        standing=standing,
    )


def _local(turn: Turn, moment: datetime) -> datetime:
    return moment.astimezone(turn.now.tzinfo).replace(tzinfo=None)

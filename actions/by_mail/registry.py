"""RA's words under E3: the registry has the corrections. Refuses to know how they were written."""

from actions.by_mail.answering import Answering
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.fields import label
from procedure.italian import join_it, write_date
from store import register, visits


def registry_updated(its: Answering, command: Command) -> str:
    """RA has updated the registry (A56): the register takes the new values, each change in its history.

    Raises:
        Refusal: `visit_gone`.
    """
    visit = visits.get(its.tx, its.mail.about.id)
    if visit is None:
        raise Refusal("visit_gone")
    if visit.corrections_closed:  # a second FATTO must not bring back what was corrected since
        return f"anagrafica già aggiornata {write_date(visit.corrections_closed.at.date())}"
    who = its.sender.email
    for correction in visit.report.corrections:
        register.set_field(
            its.tx,
            visit.report.company,
            correction.field,
            correction.new,
            who=who,
            at=its.now,
            channel="mail",
        )
    visits.close_corrections(its.tx, visit.id, how="FATTO", by=who, now=its.now)
    return f"anagrafica aggiornata: {join_it([label(c.field) for c in visit.report.corrections])}"

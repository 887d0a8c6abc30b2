"""RA's words under E3: the registry has the corrections, all of them or some. Refuses to know how they were
written.
"""

from collections.abc import Iterable

from actions.by_mail.answering import Answering
from conversations.phrases import say
from procedure.correspondence.commands import Command, FieldSaid
from procedure.errors import Refusal
from procedure.fields import Invalid, RegisterField, explain, label, read_field, same_value
from procedure.fields.showing import show_value
from procedure.italian import join_it, write_date
from store import register, visits
from store.visits import Closing, RecordedCorrection, RecordedVisit


def registry_updated(its: Answering, command: Command) -> str:
    """RA has updated the registry (A56): the register takes the new values, each change in its history.

    Of a field that RA says is another, RA's value is written; what RA says is not in stays open, and can be
    answered later. The visit's corrections are settled when all of them are.

    Raises:
        Refusal: `visit_gone`; `registry_closed`: fields are told of once all is settled;
            `registry_not_asked`, `registry_value`: of a field that E3 did not ask, of a value that is none.
    """
    visit = visits.get(its.tx, its.mail.about.id)
    if visit is None:
        raise Refusal("visit_gone")
    if visit.corrections_closed:  # a second FATTO must not bring back what was corrected since
        day = write_date(visit.corrections_closed.at.date())
        if command.fields:
            raise Refusal("registry_closed", day=day)
        return f"anagrafica già aggiornata {day}"
    corrections = visits.corrections_of(its.tx, visit.id)
    said = _by_field(corrections, command.fields)
    still = [one for one in corrections if one.closed is None]
    done = [one for one in still if _is_in(said.get(one.correction.field))]
    for one in done:
        _write(its, visit, one, said.get(one.correction.field))
    left = [one for one in still if one not in done]
    if not left:
        visits.close_corrections(its.tx, visit.id, how="FATTO", by=its.sender.email, now=its.now)
    return _told(done, left, said)


def _by_field(
    corrections: Iterable[RecordedCorrection], fields: Iterable[FieldSaid]
) -> dict[RegisterField, FieldSaid]:
    """What is said of each field, its value as the register keeps it."""
    asked = {one.correction.field for one in corrections}
    said = {}
    for one in fields:
        if one.field not in asked:
            raise Refusal("registry_not_asked", field=label(one.field))
        value = _read(one.field, one.value) if one.value else ""
        said[one.field] = FieldSaid(one.field, one.done, value, one.words)
    return said


def _read(field: RegisterField, text: str) -> str:
    try:
        return read_field(field, text).value
    except Invalid as invalid:
        raise Refusal("registry_value", value=text, field=label(field), why=explain(invalid)) from None


def _is_in(said: FieldSaid | None) -> bool:
    """True of a field that nothing is said of, that is in, or that RA has with a value of their own."""
    return said is None or said.done or bool(said.value)


def _write(its: Answering, visit: RecordedVisit, one: RecordedCorrection, said: FieldSaid | None) -> None:
    field, who = one.correction.field, its.sender.email
    told = said.value if said else ""
    other = bool(told) and not same_value(field, told, one.correction.new)
    register.set_field(
        its.tx,
        visit.report.company,
        field,
        told if other else one.correction.new,
        who=who,
        at=its.now,
        channel="mail",
    )
    visits.close_correction(its.tx, one.id, Closing("FATTO", who, its.now), told if other else "")


def _told(
    done: list[RecordedCorrection], left: list[RecordedCorrection], said: dict[RegisterField, FieldSaid]
) -> str:
    """What was written in which field, where it is not what the AV had told, and what is still to do."""
    parts = []
    if done:
        parts.append(say("reply.field_done", fields=join_it([label(one.correction.field) for one in done])))
    for one in done:
        field, new = one.correction.field, one.correction.new
        told = said[field].value if field in said else ""
        if told and not same_value(field, told, new):
            shown = {"told": show_value(field, told), "new": show_value(field, new)}
            parts.append(say("reply.field_value", field=label(field), **shown))
    if left:
        fields = [_open(one.correction.field, said) for one in left]
        parts.append(say("reply.field_open", fields=join_it(fields)))
    return "; ".join(parts)


def _open(field: RegisterField, said: dict[RegisterField, FieldSaid]) -> str:
    """A field that is still to do, with RA's reason."""
    why = said[field].words if field in said else ""
    return f"{label(field)} ({why})" if why else label(field)

"""Crediti changed after the visit: who had been told hears what holds now (A8)."""

import pytest

from actions.change_credit import CreditChanged, begin_changing_credit, change_credit
from actions.finish import finish
from conversations.credit import CreditChange
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Mail
from procedure.visits import CreditOutcome
from store import history, visits
from tests.actions.house import EVERYTHING, PLAIN, House, at

Now = CreditOutcome


def changes(house: House, visit: int, outcome: Now, *, partly: bool = False, day: int = 24) -> list[Mail]:
    """The mails that leave when Ada changes the outcome."""
    before = len(house.mails())
    change_credit(house.turn(at=at(day)), visit, CreditChange(outcome, partly, "ha pagato"))
    return house.mails()[before:]


def uncollected(house: House) -> int:
    """A visit whose credit was collected in part, without a plan: Non riscosso (A7)."""
    return house.confirms(*EVERYTHING).visit


def told(mails: list[Mail]) -> list[tuple[str, str]]:
    return [(mail.kind.value, mail.to[0].name) for mail in mails]


def test_a_credit_that_came_in_is_told_to_those_who_were_to_chase_it(house: House) -> None:
    visit = uncollected(house)
    mails = changes(house, visit, Now.COLLECTED)
    assert told(mails) == [("N7", "Quinto Facsimilli"), ("N7", "Rita Simulotti")]
    for mail in mails:
        assert mail.context["amended"] == [
            {"label": "Crediti", "old": "Non riscosso (incassato in parte)", "new": "Riscosso"}
        ]
        assert (mail.context["reason"], mail.context["who"]) == ("ha pagato", "Ada Esempioli")


def test_a_credit_found_uncollected_later_is_told_then(house: House) -> None:
    visit = house.confirms(*PLAIN).visit
    assert told(house.mails()) == []
    assert told(changes(house, visit, Now.UNCOLLECTED, partly=True)) == [
        ("E1", "Quinto Facsimilli"),
        ("E2", "Rita Simulotti"),
    ]
    assert house.mails()[-1].context["partly_collected"] is True


def test_there_and_back_and_there_again_each_time_tells(house: House) -> None:
    """The keys of the first mails hold none of the later ones back."""
    visit = uncollected(house)
    outcomes = (Now.COLLECTED, Now.UNCOLLECTED, Now.MANAGED, Now.UNCOLLECTED)
    kinds = [
        [mail.kind.value for mail in changes(house, visit, one, day=24 + n)] for n, one in enumerate(outcomes)
    ]
    assert kinds == [["N7", "N7"], ["E1", "E2"], ["N7", "N7"], ["E1", "E2"]]
    keys = [mail.key for mail in house.mails()]
    assert len(keys) == len(set(keys))


def test_a_repayment_plan_signed_later_is_told_to_recovery(house: House) -> None:
    visit = house.confirms(*PLAIN).visit
    assert told(changes(house, visit, Now.AGREED)) == [("A8", "Rita Simulotti")]


def test_between_outcomes_that_nobody_chases_nothing_is_written(house: House) -> None:
    visit = house.confirms(*PLAIN).visit
    assert changes(house, visit, Now.MANAGED) == []


def test_the_change_and_its_author_are_in_the_history(house: House) -> None:
    visit = uncollected(house)
    changes(house, visit, Now.COLLECTED)
    recorded = visits.get(house.tx, visit)
    assert recorded is not None
    assert (recorded.report.credit, recorded.report.partly_collected) == (Now.COLLECTED, False)
    kept = {c.field: (c.old, c.new, c.hand.who) for c in history.changes(house.tx, "visits", visit)}
    ada = "ada.esempioli@associazione.example.com"
    assert kept["credit"] == ("Non riscosso", "Riscosso", ada)


def test_the_same_outcome_again_is_refused_and_tells_nobody(house: House) -> None:
    visit = uncollected(house)
    before = len(house.mails())
    with pytest.raises(Refusal) as refused:
        changes(house, visit, Now.UNCOLLECTED, partly=True)
    assert refused.value.phrase == "credit_same"
    assert len(house.mails()) == before


@pytest.mark.parametrize("name", ["bruno.fintarelli", "ivo.prototipelli", "olga.bozzettoni"])
def test_another_s_visit_is_not_changed(house: House, name: str) -> None:
    visit = uncollected(house)
    for attempt in (
        lambda: begin_changing_credit(house.turn(name), visit),
        lambda: change_credit(house.turn(name), visit, CreditChange(Now.COLLECTED, False, "x")),
    ):
        with pytest.raises(NotAllowed):
            attempt()
        assert house.traces()[0] == "refused"


def test_the_rs_of_the_sede_may_for_their_addetto(house: House) -> None:
    """A50."""
    visit = uncollected(house)
    rs = house.turn("carla.immaginelli", at(24))
    assert change_credit(rs, visit, CreditChange(Now.COLLECTED, False, "ha pagato")).mails[0].context[
        "who"
    ] == ("Carla Immaginelli")


def test_the_dialogue_asks_the_outcome_and_the_reason(house: House) -> None:
    visit, ada = uncollected(house), house.turn(at=at(24))
    talk = begin_changing_credit(ada, visit)
    talk = house.goes_on(talk, "collected", "later", turn=ada)
    done = finish(ada, talk.draft, talk.revision)
    assert isinstance(done, CreditChanged)
    assert (done.outcome, len(done.mails)) == ("Riscosso", 2)

"""RPC and RPS hear once of what a list has brought, by chat or by a mail to answer CONFERMO (A15, A19b)."""

from typing import Any

import pytest

from actions.attribute import confirm
from actions.by_mail.proposals import confirm_by_mail
from actions.tell_waiting import tell_waiting
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.notices import Mail, MailKind
from procedure.visits import Code
from store import outbox, people
from tests.actions.house import AT, OFFICE, House, at
from tests.actions.test_attribute import assignee, loads, proposed, row

RPS, RPC = "sandro.apocrifelli", "teresa.verosimiletti"


def mails(house: House) -> list[Mail]:
    return [mail for mail in house.mails() if mail.kind is MailKind.PROPOSALS]


def to(mail: Mail) -> str:
    return mail.to[0].email.partition("@")[0]


def listed(mail: Mail) -> list[str]:
    lines: Any = mail.context["proposals"]
    return [str(line["company"]) for line in lines]


def test_each_hears_of_their_own_list_and_only_once(house: House) -> None:
    loads(house, row("N1"), row("N2", services=True))
    assert tell_waiting(house.tx, OFFICE, house.now) == 2
    assert tell_waiting(house.tx, OFFICE, house.now) == 0
    assert {to(mail): listed(mail) for mail in mails(house)} == {RPS: ["Ditta N1"], RPC: ["Ditta N2"]}


def test_the_next_list_tells_only_what_is_new(house: House) -> None:
    loads(house, row("N1"))
    tell_waiting(house.tx, OFFICE, house.now)
    loads(house, row("N3"))
    tell_waiting(house.tx, OFFICE, house.now)
    assert [listed(mail) for mail in mails(house)] == [["Ditta N1"], ["Ditta N3"]]


def test_a_list_that_brings_nothing_to_decide_tells_nobody(house: House) -> None:
    loads(house, row("N1", assignee=house.person("ada.esempioli").id))
    assert tell_waiting(house.tx, OFFICE, house.now) == 0


def test_a_company_that_nobody_fits_is_told_with_its_reason(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER, services=True, trade="Orafi"))
    assert tell_waiting(house.tx, OFFICE, house.now) == 1
    (mail,) = mails(house)
    nobody: Any = mail.context["nobody"]
    assert nobody[0]["why"] == "non c'è un EM per il mestiere Orafi"


def test_changes_that_wait_are_told_too(house: House) -> None:
    loads(house, row("N1", assignee=house.person("ada.esempioli").id))
    loads(house, row("N1", site="Prato"))
    tell_waiting(house.tx, OFFICE, house.now)
    (mail,) = mails(house)
    assert (to(mail), mail.context["changes"]) == (RPS, 1)


def test_who_has_a_chat_hears_there(house: House) -> None:
    people.bind_telegram(house.tx, house.person(RPS).id, 4242)
    loads(house, row("N1"))
    tell_waiting(house.tx, OFFICE, house.now)
    (push,) = [push for push in house.pushes() if push.screen == "to_confirm"]
    assert push.person == house.person(RPS).id
    assert push.context["proposals"] == 1
    assert mails(house) == []


def test_in_the_evening_it_waits_for_the_morning(house: House) -> None:
    loads(house, row("N1"))
    tell_waiting(house.tx, OFFICE, at(18, 21))
    queued = outbox.by_key(house.tx, mails(house)[0].key)
    assert queued is not None
    assert queued.due_at == at(19, 8)


def test_where_nobody_bears_the_role_its_mailbox_hears_and_may_answer(house: House) -> None:
    """A42."""
    people.leave(house.tx, house.person(RPS).id, house.now.date())
    loads(house, row("N1"))
    tell_waiting(house.tx, OFFICE, house.now)
    (mail,) = mails(house)
    assert to(mail) == "politiche.servizi"
    confirm_by_mail(house.tx, OFFICE, mail, mail.to[0], house.now)
    assert assignee(house, "N1") == "Elena Nonesisti"


def test_confermo_confirms_what_the_mail_listed_and_still_waits(house: House) -> None:
    loads(house, row("N1"), row("N2"))
    tell_waiting(house.tx, OFFICE, house.now)
    (mail,) = mails(house)
    confirm(house.turn(RPS), proposed(house, "N1").id)
    loads(house, row("N3"))
    said = confirm_by_mail(house.tx, OFFICE, mail, Contact("Sandro", f"Sandro.Apocrifelli{AT}"), house.now)
    assert said == "1 attribuzione confermata; 1 era già decisa"
    assert (assignee(house, "N2"), assignee(house, "N3")) == ("Elena Nonesisti", "")
    with pytest.raises(Refusal, match="proposal_settled"):
        confirm_by_mail(house.tx, OFFICE, mail, Contact("Sandro", RPS + AT), house.now)


def test_confermo_of_who_decides_nothing_confirms_nothing(house: House) -> None:
    loads(house, row("N1"))
    tell_waiting(house.tx, OFFICE, house.now)
    (mail,) = mails(house)
    with pytest.raises(Refusal):
        confirm_by_mail(house.tx, OFFICE, mail, Contact("Ada", f"ada.esempioli{AT}"), house.now)
    assert assignee(house, "N1") == ""

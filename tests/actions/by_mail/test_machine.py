"""What machines say: bounces, receipts, automatic answers. None of it touches a visit or is answered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.by_mail.held import drop, release
from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.deliver import claim_mails, posted, put_mail
from actions.divert import Detours
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard, Verb
from procedure.correspondence.deciding import Automated, Sent
from procedure.correspondence.machines import Automatic, Bounced, Machine, Own, Receipt, Undelivered
from procedure.errors import NotAllowed
from procedure.notices import Mail, MailKind
from procedure.people import Role
from store import absences, deliveries, letters, outbox, people
from store.letters import Letter, Outcome
from tests.actions.by_mail.test_record_reply import sent
from tests.actions.house import AT, EVERYTHING, House, at

K = MailKind
RA = "anagrafica" + AT
GONE = Undelivered(RA, permanent=True, status="5.1.1", words="550 5.1.1 casella inesistente")


def arrives(
    house: House, machine: Machine, its: Sent | None, *, sender: str = "", heard: Heard = NOTHING_HEARD
) -> Letter:
    uid = 1 + letters.last_uid(house.tx, "INBOX", 1)
    kept = letters.keep(
        house.tx,
        mailbox="INBOX",
        uidvalidity=1,
        uid=uid,
        message_id=f"<{uid}@m>",
        raw=f"{uid}".encode(),
        now=at(20),
    )
    assert kept is not None
    writer = Contact("", sender or "mailer-daemon@example.com")
    text = machine.text if isinstance(machine, Automatic) else ""
    reply = Reply(kept, f"<{uid}@m>", writer, text, Automated(machine, its), heard)
    record_reply(house.tx, house.office, reply, at(20))
    letter = letters.get(house.tx, kept)
    assert letter is not None
    return letter


def bounced(house: House, *failed: Undelivered, kind: MailKind = K.E3_CORRECTIONS_TO_RA) -> Letter:
    return arrives(house, Bounced("report", failed), sent(house, kind))


def passed_on(house: House) -> list[Mail]:
    return [mail for mail in house.mails() if mail.key.startswith("instead:")]


def test_a_mail_that_never_arrives_marks_the_address_is_told_and_goes_to_who_stands_in(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = bounced(house, GONE)
    assert (letter.outcome, letter.about) == (Outcome.IGNORED, sent(house, K.E3_CORRECTIONS_TO_RA).mail.about)
    assert deliveries.bad(house.tx, at(20)) == {RA: GONE.words}
    pushes = [push for push in house.pushes() if push.screen == "mail_failed"]
    administrators = {admin.id for admin in people.with_role(house.tx, Role.ADMIN) if admin.telegram_id}
    assert {push.person for push in pushes} == {house.person("ada.esempioli").id, *administrators}
    [again] = passed_on(house)
    assert again.kind is K.E3_CORRECTIONS_TO_RA
    assert again.to[0].email != RA
    assert again.context["instead"] == {"name": "Olga Bozzettoni", "email": RA, "before": [RA]}
    assert again.to[0].email in str(pushes[0].context["error"])


def test_a_bounce_is_told_and_passed_on_once_however_often_servers_say_it(house: House) -> None:
    house.confirms(*EVERYTHING)
    bounced(house, GONE, GONE)
    told = len(house.pushes())
    bounced(house, GONE)
    assert len(house.pushes()) == told
    assert len(passed_on(house)) == 1


def test_a_bounce_is_never_answered(house: House) -> None:
    house.confirms(*EVERYTHING)
    bounced(house, GONE)
    arrives(house, Automatic("auto-submitted", "Grazie"), sent(house, K.E4_FORMS_TO_OFFICE), sender=RA)
    assert not [mail for mail in house.mails() if mail.kind in {K.REPLY_RECORDED, K.REPLY_NOT_UNDERSTOOD}]


def test_a_delay_is_kept_and_nobody_is_alarmed(house: House) -> None:
    house.confirms(*EVERYTHING)
    its, told = sent(house, K.E3_CORRECTIONS_TO_RA), len(house.pushes())
    bounced(house, Undelivered(RA, permanent=False, status="4.4.1", words="riprovo"))
    [said] = deliveries.of_mail(house.tx, its.outbox_id)
    assert (said.kind, said.words) == ("delayed", "riprovo")
    assert len(house.pushes()) == told
    assert not deliveries.bad(house.tx, at(20))
    assert not passed_on(house)


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.3.4", "5.0"])
def test_a_full_mailbox_or_a_suspicious_mail_says_nothing_of_the_address(house: House, status: str) -> None:
    house.confirms(*EVERYTHING)
    bounced(house, Undelivered(RA, permanent=True, status=status, words="no"))
    assert not deliveries.bad(house.tx, at(20))
    assert len(passed_on(house)) == 1


def test_an_address_that_was_never_written_to_is_not_marked(house: House) -> None:
    house.confirms(*EVERYTHING)
    mail = sent(house, K.E3_CORRECTIONS_TO_RA)
    bounced(house, Undelivered("altri@example.com", permanent=True, status="5.1.1", words="no"))
    assert not deliveries.bad(house.tx, at(20))
    [said] = deliveries.of_mail(house.tx, mail.outbox_id)
    assert said.address == RA  # forwarded: it was the only one


def test_a_bounce_of_no_mail_of_ours_is_ignored_with_its_reason(house: House) -> None:
    letter = arrives(house, Bounced("report", (GONE,)), None)
    assert (letter.outcome, letter.reason) == (Outcome.IGNORED, "bounce of no mail of ours")
    assert not deliveries.bad(house.tx, at(20))
    assert not house.mails()


def test_our_own_mail_that_comes_back_is_ignored_as_such(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter = arrives(house, Own("<x@x>"), sent(house, K.E3_CORRECTIONS_TO_RA))
    assert (letter.outcome, letter.reason) == (Outcome.IGNORED, "own")


def test_receipts_of_pec_are_kept_and_one_that_says_no_is_a_bounce(house: House) -> None:
    house.confirms(*EVERYTHING)
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    for kind in ("accettazione", "avvenuta-consegna"):
        letter = arrives(house, Receipt(kind, its.message_id, (RA,)), its)
        assert (letter.outcome, letter.reason) == (Outcome.IGNORED, f"receipt: {kind}")
    assert [said.kind for said in deliveries.of_mail(house.tx, its.outbox_id)] == [
        "accettazione",
        "avvenuta-consegna",
    ]
    assert not passed_on(house)
    arrives(house, Receipt("errore-consegna", its.message_id, (RA,)), its)
    assert len(passed_on(house)) == 1


def test_what_later_goes_to_a_bad_address_goes_to_who_stands_in_for_a_week(house: House) -> None:
    house.confirms(*EVERYTHING)
    deliveries.mark_bad(house.tx, RA, "non esiste", at(18))
    now = at(18, 11)
    rows = Detours(house.office).before(house.tx, claim_mails(house.tx, now, limit=99), now)
    [e3] = [posted(row).mail for row in rows if posted(row).mail.kind is K.E3_CORRECTIONS_TO_RA]
    assert e3.to[0].email != RA
    assert e3.context["instead"] == {"name": "Olga Bozzettoni", "email": RA, "before": [RA]}
    assert RA not in {one.email for row in rows for one in posted(row).mail.to}
    assert not deliveries.bad(house.tx, at(18) + timedelta(days=7))


def test_who_writes_from_a_bad_address_has_a_good_one_again(house: House) -> None:
    deliveries.mark_bad(house.tx, RA, "non esiste", at(18))
    deliveries.clear(house.tx, RA.upper())
    assert not deliveries.bad(house.tx, at(18))


def test_a_mail_whose_stand_ins_all_fail_comes_to_an_end(house: House) -> None:
    house.confirms(*EVERYTHING)
    letters_before, its = len(passed_on(house)), sent(house, K.E3_CORRECTIONS_TO_RA)
    tried = [RA]
    for _ in range(12):
        arrives(house, Bounced("report", (replace(GONE, address=tried[-1]),)), its)
        newest = passed_on(house)[-1]
        if newest.to[0].email in tried:
            break
        tried.append(newest.to[0].email)
        row = next(one for one in house.mails() if one.key == newest.key)
        its = Sent(_row(house, row), house.message_id(row), row)
    assert len(set(tried)) == len(tried) == len(passed_on(house)) - letters_before + 1


def _row(house: House, mail: Mail) -> int:
    found = outbox.by_key(house.tx, mail.key)
    assert found is not None
    return found.id


AWAY = Command(Verb.ABSENT, "sono assente fino al 30", date(2026, 11, 30), since=date(2026, 11, 20))


def away(house: House, *, sender: str = "") -> Letter:
    machine = Automatic("auto-submitted", "Sono assente fino al 30 novembre.")
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    return arrives(house, machine, its, sender=sender or "carla.immaginelli" + AT, heard=Heard(guess=AWAY))


def test_an_absence_that_was_read_is_offered_to_the_administrators_and_recorded_by_nobody(
    house: House,
) -> None:
    house.confirms(*EVERYTHING)
    letter = away(house)
    carla = house.person("carla.immaginelli")
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "absence")
    assert letter.held is not None
    assert letter.held["why"] == "absence"
    offered = [push for push in house.pushes() if push.screen == "letter_asked"]
    mailed = [mail for mail in house.mails() if mail.kind is K.ABSENCE_READ]
    admins = people.with_role(house.tx, Role.ADMIN)
    assert len(offered) == len([one for one in admins if one.telegram_id])
    assert {mail.to[0].email for mail in mailed} == {one.email for one in admins if not one.telegram_id}
    assert not absences.of_person(house.tx, carla.id, date(2026, 11, 20), date(2026, 11, 30))


def test_the_same_absence_is_offered_once_and_a_stranger_s_never(house: House) -> None:
    house.confirms(*EVERYTHING)
    away(house)
    told = len(house.pushes()) + len(house.mails())
    assert away(house).outcome is Outcome.IGNORED
    assert away(house, sender="x@altrove.example.com").outcome is Outcome.IGNORED
    assert len(house.pushes()) + len(house.mails()) == told


@pytest.mark.parametrize(("words", "is_marked"), [("550 5.1.1 non esiste", True), ("554 no", False)])
def test_who_is_refused_at_the_door_is_stood_in_for_as_well(
    house: House, words: str, is_marked: bool
) -> None:
    house.confirms(*EVERYTHING)
    rows = claim_mails(house.tx, at(18, 11), limit=99)
    [e3] = [mail for row in rows if (mail := posted(row)).mail.kind is K.E3_CORRECTIONS_TO_RA]
    told = Detours(house.office).after(house.tx, e3, {RA: words}, at(18, 11))
    [again] = passed_on(house)
    assert told[RA].startswith(words)
    assert again.to[0].email in told[RA]
    assert (RA in deliveries.bad(house.tx, at(18, 11))) == is_marked


def test_what_is_one_person_s_own_goes_to_nobody_else(house: House) -> None:
    house.confirms(*EVERYTHING)
    ada = "ada.esempioli" + AT
    bounced(house, replace(GONE, address=ada), kind=K.SCANS_WANTED)
    assert ada in deliveries.bad(house.tx, at(20))
    assert not passed_on(house)
    rows = Detours(house.office).before(house.tx, claim_mails(house.tx, at(20), limit=99), at(20))
    [wanted] = [mail for row in rows if (mail := posted(row).mail).kind is K.SCANS_WANTED]
    assert wanted.to[0].email == ada


def test_an_administrator_s_yes_records_the_absence_and_only_an_administrator_may_give_it(
    house: House,
) -> None:
    house.confirms(*EVERYTHING)
    letter, carla = _away_herself(house), house.person("carla.immaginelli")
    ada = house.person("ada.esempioli")
    with pytest.raises(NotAllowed):
        release(house.tx, house.office, letter.id, 0, by=Contact(ada.name, ada.email), now=at(20))
    admin = people.with_role(house.tx, Role.ADMIN)[0]
    release(house.tx, house.office, letter.id, 0, by=Contact(admin.name, admin.email), now=at(20))
    [absence] = absences.of_person(house.tx, carla.id, date(2026, 11, 1))
    assert (absence.first, absence.last) == (date(2026, 11, 20), date(2026, 11, 30))


def test_an_administrator_s_no_records_nothing(house: House) -> None:
    house.confirms(*EVERYTHING)
    letter, carla = _away_herself(house), house.person("carla.immaginelli")
    admin = people.with_role(house.tx, Role.ADMIN)[0]
    drop(house.tx, house.office, letter.id, by=Contact(admin.name, admin.email), now=at(20))
    assert not absences.of_person(house.tx, carla.id, date(2026, 11, 1))
    settled = letters.get(house.tx, letter.id)
    assert settled is not None
    assert settled.outcome is Outcome.IGNORED


def _away_herself(house: House) -> Letter:
    """Carla was written to herself, and her program answers."""
    carla = house.person("carla.immaginelli")
    mail = replace(sent(house, K.E3_CORRECTIONS_TO_RA).mail, key="to carla", to=(Contact("C", carla.email),))
    put_mail(house.tx, mail, minted_by=house.office.minting, now=at(20))
    its = Sent(_row(house, mail), house.message_id(mail), mail)
    machine = Automatic("auto-submitted", "Sono assente fino al 30 novembre.")
    return arrives(house, machine, its, sender=carla.email, heard=Heard(guess=AWAY))

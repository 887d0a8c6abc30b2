"""A visit told by mail: the lines go into the chat's draft, what is missing is asked, a yes records it."""

import pytest

from actions.by_mail.visit_form import form_mail
from actions.deliver import put_mail
from actions.finish import finish
from conversations.dialogue import Complete
from mailer.compose import Envelope, render
from mailer.reading.markup import text_of
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Matched, Sent
from procedure.correspondence.evidence import Where
from procedure.notices import Mail, MailKind
from procedure.visits import CreditOutcome
from store import drafts, outbox, tables, visits
from store.letters import Letter, Outcome
from tests.actions.by_mail.letters import arrives
from tests.actions.house import House, at

ADA = Contact("Ada Esempioli", "ada.esempioli@associazione.example.com")
PLAIN = {
    "Crediti": "riscosso",
    "Data visita": "18/11/2026",
    "Modalità": "azienda",
    "Dati da correggere": "tutto giusto",
    "Moduli": "già in regola",
    "Interesse": "nessuno",
    "Motivo": "non è il momento",
    "Prossimo contatto": "fra tre mesi",
    "Clima": "buona",
}
YES = {"Confermo": "sì"}


def the_form(house: House, ref: str = "A001") -> Sent:
    """Ada is sent the form."""
    turn = house.turn()
    mail = form_mail(turn, house.company(ref).id, f"test:form:{ref}:{len(house.mails())}")
    put_mail(house.tx, mail, minted_by=house.office.minting, now=turn.now)
    return sent(house, mail)


def sent(house: House, mail: Mail) -> Sent:
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    return Sent(row.id, house.message_id(mail), mail)


def answers(house: House, form: Sent, day: int = 19, sender: Contact = ADA, /, **lines: str) -> Letter:
    """The form comes back with these lines."""
    told = tuple((label.replace("_", " "), text) for label, text in lines.items())
    command = Command(Verb.REPORTED, "Crediti: …", lines=told)
    return arrives(house, Matched(form, Where.ADDRESS), "", command, day=day, sender=sender)


def says(house: House, form: Sent, verb: Verb, words: str = "", day: int = 19) -> Letter:
    command = Command(verb, verb.value, words=words)
    return arrives(house, Matched(form, Where.ADDRESS), verb.value, command, day=day, sender=ADA)


def back(house: House) -> Mail:
    """What the AV was written last."""
    (mail,) = (mail for mail in house.mails()[-1:] if mail.kind is MailKind.VISIT_FORM)
    assert mail.to == (ADA,)
    return mail


def last_form(house: House) -> Mail:
    return [mail for mail in house.mails() if mail.kind is MailKind.VISIT_FORM][-1]


def labels(mail: Mail, name: str = "asked") -> list[str]:
    lines = mail.context[name]
    assert isinstance(lines, list)
    return [str(line["label"]) for line in lines if isinstance(line, dict)]


def test_a_whole_form_with_its_yes_is_a_visit_with_all_that_follows(house: House) -> None:
    letter = answers(house, the_form(house), **{**PLAIN, "Interesse": "paghe, privacy"}, **YES)
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "reported")
    visit = visits.last_made(house.tx, house.company().id)
    assert visit is not None
    recorded = visits.get(house.tx, visit.id)
    assert recorded is not None
    assert recorded.report.credit is CreditOutcome.COLLECTED
    assert {mail.kind for mail in house.mails()} >= {MailKind.E7_QUOTE_TO_AM, MailKind.E8_QUOTES_TO_RPS}
    assert [row.due.kind.value for row in house.open()] == ["D10"]
    done = last_form(house)
    assert done.context["state"] == "done"
    told = "\n".join(map(str, done.context["done"]))  # type: ignore[arg-type]  # a list of sentences
    assert "Visita registrata: Tessitura Finzioni S.r.l., mercoledì 18 novembre 2026" in told
    assert "Richiesta di preventivo, all'AM" in told
    assert "redazione del preventivo (Ivo Prototipelli)" in told


def test_by_mail_and_in_chat_the_same_answers_write_the_same_mails(house: House) -> None:
    answers(house, the_form(house), **{**PLAIN, "Crediti": "non riscosso"}, **YES)
    by_mail = {mail.kind for mail in house.mails()} - {MailKind.VISIT_FORM}
    house.confirms("open", "not", "2026-11-18", "company", "=", "in_order", "=", "not_now", "2027-02-16",
                   "good", "=", ref="A005")  # fmt: skip
    assert by_mail == {mail.kind for mail in house.mails() if mail.context.get("company_ref") == "A005"}


def test_what_is_missing_or_wrong_is_asked_on_top_and_the_rest_is_saved(house: House) -> None:
    lines = {**PLAIN, "Clima": "boh"}
    del lines["Moduli"]
    answers(house, the_form(house), **lines, **YES)
    form = back(house)
    assert form.context["state"] == "missing"
    assert labels(form) == ["Moduli", "Clima"]
    assert "«boh» non è fra le risposte" in str(form.context["asked"])
    assert labels(form, "saved")[:3] == ["Crediti", "Esito del credito", "Data visita"]
    assert visits.last_made(house.tx, house.company().id) is None


def test_the_second_answer_completes_the_first_and_a_word_records_it(house: House) -> None:
    answers(house, the_form(house), Crediti="nessuno", Data_visita="ieri")
    answers(house, sent(house, back(house)), **{k: v for k, v in PLAIN.items() if k != "Crediti"})
    check = back(house)
    assert (check.context["state"], check.context["form"]) == ("check", "")
    assert {"label": "Crediti", "told": "Nessun credito"} in check.context["saved"]  # type: ignore[operator]  # a list
    letter = says(house, sent(house, check), Verb.CONFIRMED)
    assert letter.outcome is Outcome.RECORDED
    assert back(house).context["state"] == "done"
    assert visits.last_made(house.tx, house.company().id) is not None


def test_a_visit_begun_in_chat_is_asked_only_for_the_rest(house: House) -> None:
    house.tells("managed", "2026-11-17", "phone")
    form = the_form(house)
    assert labels(form.mail)[0] == "Dati da correggere"
    assert form.mail.context["note"]
    rest = dict(list(PLAIN.items())[3:])
    answers(house, form, **rest, **YES)
    visit = visits.last_made(house.tx, house.company().id)
    assert visit is not None
    recorded = visits.get(house.tx, visit.id)
    assert recorded is not None
    assert recorded.report.credit is CreditOutcome.MANAGED


def test_a_visit_begun_by_mail_is_finished_in_chat(house: House) -> None:
    answers(house, the_form(house), **{k: v for k, v in PLAIN.items() if k != "Clima"})
    talk = house.tells()
    assert not isinstance(talk.state, Complete)
    assert talk.state.step.key == "mood"
    talk = house.goes_on(talk, "good", "=")
    finish(house.turn(), talk.draft, talk.revision)
    assert visits.last_made(house.tx, house.company().id) is not None


def test_what_the_chat_changed_since_is_shown_again_before_it_is_recorded(house: House) -> None:
    answers(house, the_form(house), **PLAIN)
    check = sent(house, back(house))
    talk = house.tells()
    house.goes_on(talk)
    (row,) = drafts.open_all(house.tx, house.person("ada.esempioli").id)
    drafts.save(house.tx, row.id, row.draft.with_answer("mood", "tense"), at(19))
    says(house, check, Verb.CONFIRMED)
    again = back(house)
    assert again.context["state"] == "check"
    assert {"label": "Clima", "told": "Tesa"} in again.context["saved"]  # type: ignore[operator]  # a list
    says(house, sent(house, again), Verb.CONFIRMED)
    assert back(house).context["state"] == "done"


def test_a_form_sent_twice_is_one_visit(house: House) -> None:
    form = the_form(house)
    answers(house, form, **PLAIN, **YES)
    letter = answers(house, form, 20, **PLAIN, **YES)
    assert letter.outcome is Outcome.TO_SORT
    count = house.tx.all(tables.visits.select())
    assert len(count) == 1
    assert house.mails()[-1].kind is MailKind.REPLY_NOT_UNDERSTOOD
    assert "già registrata" in str(house.mails()[-1].context["why"])


def test_another_visit_of_the_same_company_has_a_form_of_its_own(house: House) -> None:
    answers(house, the_form(house), **PLAIN, **YES)
    house.now = at(23)
    answers(house, the_form(house), 24, **{**PLAIN, "Data visita": "23/11"}, **YES)
    assert len(house.tx.all(tables.visits.select())) == 2


def test_a_confirmed_form_is_no_more_to_be_confirmed(house: House) -> None:
    answers(house, the_form(house), **PLAIN)
    check = sent(house, back(house))
    says(house, check, Verb.CONFIRMED)
    assert says(house, check, Verb.CONFIRMED).outcome is not Outcome.RECORDED
    assert len(house.tx.all(tables.visits.select())) == 1


def test_a_company_that_is_no_longer_theirs_takes_no_report(house: House) -> None:
    form = the_form(house)
    letter = answers(house, form, 19, Contact("Bruno", "bruno.fintarelli@associazione.example.com"), **PLAIN)
    assert letter.outcome is Outcome.TO_SORT
    assert drafts.open_all(house.tx, house.person("bruno.fintarelli").id) == []


@pytest.mark.parametrize("ref", ["A001", "A002", "A003", "A005"])
def test_the_form_names_its_lines_in_both_texts_and_opens_a_reply_that_a_phone_can_carry(
    house: House, ref: str
) -> None:
    mail = the_form(house, ref).mail
    envelope = Envelope("<abc@x.example>", "io+abc@x.example", Contact("Dopovisita", "io@x.example"), at(18))
    _, plain, html = render(mail, envelope)
    form = str(mail.context["form"])
    assert form in plain
    link = html.split('href="mailto:')[1].split('"')[0]
    assert "Crediti%20" in link
    assert len(link) < 2000, len(link)
    assert max(map(len, form.split("\n"))) <= 68  # with its answer it fits a line


def test_the_names_of_soci_are_in_the_mail_and_their_codes_are_not(house: House) -> None:
    assert the_form(house, "A002").mail.context["partners"] == ["Uno A", "Due B", "Tre C"]


def test_the_question_itself_quoted_back_is_no_answer(house: House) -> None:
    """What is wrong with a line stands above the form; programs quote all of it."""
    answers(house, the_form(house), **{**PLAIN, "Dati da correggere": "CAP = 51"})
    asked = back(house)
    envelope = Envelope("<abc@x.example>", "io+abc@x.example", Contact("Dopovisita", "io@x.example"), at(20))
    _, plain, html = render(asked, envelope)
    assert "Il CAP ha 5 cifre" in plain
    for quoted in ("> " + plain.replace("\n", "\n> "), text_of(html)):
        said = understand(asked, "Moduli: in regola", at(20).date(), body=quoted)
        assert [command.lines for command in said.commands] == [(("Moduli", "in regola"),)]

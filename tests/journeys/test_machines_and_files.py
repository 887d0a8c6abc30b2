"""Over the whole service: a bounce, an automatic answer that tells of an absence, scans of forms by mail."""

import asyncio
import email
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from random import Random

from emulator.letters import Letter
from emulator.phone import Phone
from procedure.fields import RegisterField
from store import absences, deliveries, enclosures, letters, people, register
from store.letters import Outcome
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, SERVICE, Stage, a_stage, labelled, says, taps
from tests.journeys.test_whose_mail import corrects_the_pec, settled
from tests.mailer.reading.came_back import report

AT = "@associazione.example.com"
DEPUTY = f"pia.ipotesini{AT}"
ADMIN = f"zeno.modellucci{AT}"
OFFICE = f"essere.impresa{AT}"
RPA = f"amministrazione{AT}"
IVO = f"ivo.prototipelli{AT}"


def a_bounce(of: Letter) -> bytes:
    """What a server sends back of a mail of ours to an address that is not there (RFC 3464)."""
    head = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: {SERVICE}
Subject: Undelivered Mail Returned to Sender
Message-ID: <back@mx.example.com>
Auto-Submitted: auto-replied
"""
    status = f"""\
Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {RA}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
"""
    returned = of.raw.decode("ascii").replace("\r\n", "\n")
    return (head + report("Your message could not be delivered.", status, returned)).encode()


async def test_a_mail_that_bounces_is_told_and_its_deputy_does_what_it_asks(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        mailboxes = stage.world.mail.mailboxes
        ada = await stage.enters(ADA, 1001)
        await corrects_the_pec(ada)
        e3 = await stage.letter(RA, "Dati da aggiornare")
        await mailboxes.deliver(a_bounce(e3), "", [SERVICE])
        told = await ada.hears("Una mail non è arrivata")
        assert DEPUTY in told.text
        notice = await stage.letter(ADMIN, "Mail non consegnata")
        assert "5.1.1" in notice.text
        again = await stage.letter(DEPUTY, "Dati da aggiornare")
        assert "era per Olga Bozzettoni" in again.text
        await mailboxes.reply(DEPUTY, again, "Fatto")
        await stage.letter(DEPUTY, "Registrato")
        bounce, done = await stage.stored(lambda tx: (letters.get(tx, 1), letters.get(tx, 2)))
        assert bounce is not None
        assert done is not None
        assert (bounce.outcome, done.outcome) == (Outcome.IGNORED, Outcome.RECORDED)
        assert RA in await stage.stored(lambda tx: deliveries.bad(tx, stage.world.clock.now()))
        assert not mailboxes["mailer-daemon@mx.example.com"].messages
        await _a_second_visit_writes_to_the_deputy_at_once(stage, ada, again)


async def _a_second_visit_writes_to_the_deputy_at_once(stage: Stage, ada: Phone, after: Letter) -> None:
    before = len(stage.world.mail.mailboxes[RA].messages)
    found = await says(ada, "forno")
    await taps(ada, labelled(found, "Forno"), "Registra la visita", "Nessun credito", "Oggi", "In azienda")
    await taps(ada, "PEC", "Correggi questi")
    await says(ada, "altra@pec.example.com")
    await taps(
        ada, "Nessun interesse", "Non è il momento", "Fra un mese", "Buona", "Niente altro", "Conferma"
    )
    wanted = await stage.world.mail.mailboxes.arrives(DEPUTY, "Forno Immaginario", after=after)
    assert "era per Olga Bozzettoni" in wanted.text
    assert len(stage.world.mail.mailboxes[RA].messages) == before


async def test_an_absence_in_an_automatic_answer_waits_for_the_administrator_s_yes(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        mailboxes = stage.world.mail.mailboxes
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
        await taps(ada, "In azienda", "È tutto giusto", "Già in regola", "Paghe", "Avanti", "Salta", "Buona")
        await taps(ada, "Niente altro", "Conferma")
        e7 = await stage.letter(IVO, "Preventivo da redigere")
        await mailboxes.deliver(_away(e7), IVO, [e7.answer_to])
        asked = await stage.letter(ADMIN, "Registriamo un'assenza")
        assert "fino" in asked.text
        assert not await stage.stored(_absences_of_ivo)
        await mailboxes.reply(ADMIN, asked, "Sì")
        async with asyncio.timeout(30):
            while not (found_days := await stage.stored(_absences_of_ivo)):
                pass
        assert found_days == [("2026-11-18", "2026-11-27")]


def _away(of: Letter) -> bytes:
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"], answer["Subject"] = IVO, of.answer_to, f"Risposta automatica: {of.subject}"
    answer["Auto-Submitted"], answer["In-Reply-To"] = "auto-replied", of.message_id
    answer.set_content("Sono fuori ufficio fino al 27 novembre. Per urgenze: centralino.")
    return answer.as_bytes()


def _absences_of_ivo(tx: Transaction) -> list[tuple[str, str]]:
    ivo = people.by_email(tx, IVO)
    assert ivo is not None
    found = absences.of_person(tx, ivo.id, date(2026, 1, 1))
    return [(one.first.isoformat(), one.last.isoformat()) for one in found]


async def test_scans_arrive_at_their_offices_as_they_left_and_none_goes_through_the_chat(
    tmp_path: Path,
) -> None:
    scan = Random(7).randbytes(19_900_000)  # as large as a file may be
    photo = b"\xff\xd8\xff\xe0" + Random(8).randbytes(60_000)
    async with a_stage(tmp_path) as stage, stage.service():
        mailboxes = stage.world.mail.mailboxes
        ada = await stage.enters(ADA, 1001)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
        done = await taps(ada, "In azienda", "È tutto giusto", "Tutti firmati", "Nessun interesse")
        await taps(ada, "Non è il momento", "Fra un mese", "Buona", "Niente altro")
        done = await taps(ada, "Conferma")
        assert "mai in chat" in done.text
        wanted = await stage.letter(ADA, "Scansioni dei moduli")
        hostile = "../../etc/\u202egpj.delega inps<script>.jpg"
        files = [("RID.pdf", b"%PDF-1.4\n" + scan), (hostile, photo), ("foto.pdf.exe", b"MZ" + photo)]
        await mailboxes.deliver(_with_files(wanted, files), ADA, [wanted.answer_to])
        to_rpa = await mailboxes.arrives(RPA, "Scansioni di moduli", timeout=120)
        to_office = await mailboxes.arrives(OFFICE, "Scansioni di moduli", timeout=120)
        assert [content for _, content in _files(to_rpa)] == [b"%PDF-1.4\n" + scan]
        [(name, content)] = _files(to_office)
        assert content == photo
        assert "delega inps" in name
        assert not set(name) & set("/\\<>\u202e\r\n")
        answer = await stage.letter(ADA, "Registrato")
        assert "foto.pdf.exe" in answer.text
        assert "gli originali restano da consegnare" in answer.text
        last = await settled(stage, 1)
        kept = await stage.stored(lambda tx: enclosures.of_letter(tx, last.id))
        assert [bool(one.file.refused) for one in kept] == [False, False, True]
        screen = await says(ada, "tessitura")
        forms = await taps(ada, labelled(screen, "Tessitura"), "Moduli")
        assert forms.text.count("scansione inviata") == 2
        assert not [shown for shown in ada.history if "RID.pdf" in shown.text]
        assert await stage.stored(_untouched)


def _with_files(to: Letter, files: list[tuple[str, bytes]]) -> bytes:
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"], answer["Subject"] = ADA, to.answer_to, f"Re: {to.subject}"
    answer["Message-ID"], answer["In-Reply-To"] = "<scans@associazione.example.com>", to.message_id
    answer.set_content("Ecco i moduli, ciao\n\nAda")
    for name, content in files:
        answer.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return answer.as_bytes()


def _files(letter: Letter) -> list[tuple[str, bytes]]:
    message = email.message_from_bytes(letter.raw, policy=default)
    return [(part.get_filename() or "", part.get_content()) for part in message.iter_attachments()]


def _untouched(tx: Transaction) -> bool:
    """The registry is as it was: a scan is only forwarded."""
    company = register.by_ref(tx, "A001")
    return company is not None and company.fields.get(RegisterField.PEC) == "a1@pec.example.com"

"""ANNULLA over the whole service, and the sorting room: what a letter did is taken back by one word, what
found no place waits in the administrator's chat and comes to their mailbox whole.
"""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from procedure.fields import RegisterField
from store import register
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, SERVICE, a_stage, says, taps
from tests.journeys.test_whose_mail import NEW, corrects_the_pec

ZENO = "zeno.modellucci@associazione.example.com"
STRANGER = "estraneo@altrove.example"


def pec(tx: Transaction) -> str:
    company = register.by_ref(tx, "A001")
    assert company is not None
    return company.fields.get(RegisterField.PEC, "")


async def test_ra_takes_back_what_was_recorded_and_says_it_again(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
        await corrects_the_pec(ada)
        e3 = await stage.letter(RA, "Dati da aggiornare")
        before = await stage.stored(pec)
        await post.reply(RA, e3, "Fatto, grazie.\n\nOlga")
        n8 = await post.arrives(RA, "Registrato", after=e3)
        assert "rispondi ANNULLA" in n8.text
        assert await stage.stored(pec) == NEW
        await post.reply(RA, n8, "annulla")
        again = await post.arrives(RA, "Registrato", after=n8)
        assert "annullato: anagrafica aggiornata" in again.text
        assert await stage.stored(pec) == before
        await ada.hears("annullato: anagrafica aggiornata")
        await post.reply(RA, e3, "Fatto")
        await post.arrives(RA, "Registrato", after=again)
        assert await stage.stored(pec) == NEW


async def test_what_finds_no_place_is_sorted_by_the_administrator(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        zeno, post = await stage.enters(ZENO, 1009), stage.world.mail.mailboxes
        raw = await post.compose(
            STRANGER, SERVICE, "Una domanda", "Chi devo chiamare?\nLa seconda riga resta nella mail."
        )
        await stage.letter(STRANGER, "Dove scrivere")
        stage.world.clock.advance(timedelta(minutes=1))
        await zeno.hears("Posta da smistare: 1")
        listed = await says(zeno, "/posta")
        assert STRANGER in listed.text
        assert "«Chi devo chiamare?»" in listed.text
        card = await taps(zeno, "estraneo", "Originale per mail")
        assert "L'originale parte ora" in card.text
        assert not any("seconda riga" in shown.text for shown in zeno.history)
        original = await stage.letter(ZENO, "Originale: Una domanda")
        assert enclosed(original.raw) == raw.replace(b"\r\n", b"\n")
        emptied = await taps(zeno, "È sistemata")
        assert "Non c'è posta da smistare" in emptied.text


def enclosed(raw: bytes) -> bytes:
    """The letter that a mail encloses, whatever its line ends."""
    parts = [part for part in message_from_bytes(raw).walk() if part.get_filename()]
    (part,) = parts
    inner = part.get_payload()
    if isinstance(inner, list):
        return cast(EmailMessage, inner[0]).as_bytes()
    return cast(bytes, part.get_payload(decode=True)).replace(b"\r\n", b"\n")

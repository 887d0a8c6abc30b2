"""Whose a letter is, over the whole service: a colleague's word waits for one of the addressee's, an unclear
one for a choice; strangers are told where to write, forgers nothing, and robots at last nothing either.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from emulator.letters import Letter as Mail
from emulator.letters import answer
from emulator.phone import Phone, Shown
from procedure.fields import RegisterField
from procedure.quotes import QuoteState
from store import letters, quotes, register
from store.letters import Letter, Outcome
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, SERVICE, Stage, a_stage, labelled, says, taps

LUCA = "luca.neri@associazione.example.com"
IVO = "ivo.prototipelli@associazione.example.com"
STRANGER = "estraneo@altrove.example"
NEW = "nuova@pec.example.com"
ROBOT_S = "La Sua richiesta è stata inoltrata al servizio competente e verrà evasa quanto prima."


async def corrects_the_pec(ada: Phone) -> None:
    found = await says(ada, "tessitura")
    await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "PEC", "Correggi questi")
    await says(ada, NEW)
    await taps(ada, "Già in regola", "Nessun interesse", "Non è il momento", "Fra un mese")
    await taps(ada, "Buona", "Niente altro", "Conferma")


async def wants_payroll(ada: Phone, company: str) -> Shown:
    found = await says(ada, company.lower())
    await taps(ada, labelled(found, company), "Registra la visita", "Nessun credito", "Oggi")
    await taps(ada, "In azienda", "È tutto giusto", "Già in regola", "Paghe", "Avanti", "Salta", "Buona")
    return await taps(ada, "Niente altro", "Conferma")


async def settled(stage: Stage, count: int) -> Letter:
    """The letter that came last, once so many are settled."""
    async with asyncio.timeout(30):
        while True:
            found = await stage.stored(_settled)
            if len(found) >= count:
                return found[-1]


def _settled(tx: Transaction) -> list[Letter]:
    kept = (letters.get(tx, number) for number in range(1, 30))
    return [letter for letter in kept if letter and letter.outcome]


def _pec(tx: Transaction) -> str | None:
    company = register.by_ref(tx, "A001")
    assert company is not None
    return company.fields.get(RegisterField.PEC)


async def test_a_colleague_answers_and_one_word_of_the_addressee_makes_it_hold(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
        await corrects_the_pec(ada)
        e3 = await stage.letter(RA, "Dati da aggiornare")
        await post.reply(LUCA, e3, "Fatto.\n\nLuca Neri")
        asked = await stage.letter(RA, "Confermi per")
        assert f"({LUCA}) ha risposto al posto tuo" in asked.text
        assert await stage.stored(_pec) != NEW
        await post.reply(RA, asked, "Sì")
        told = await stage.letter(LUCA, "Registrato")
        assert "anagrafica aggiornata: PEC" in told.text
        assert "confermata la risposta" in (await stage.letter(RA, "Registrato")).text
        assert "anagrafica aggiornata: PEC" in (await ada.hears("ha risposto")).text
        assert await stage.stored(_pec) == NEW


async def test_an_answer_that_fits_two_mails_is_asked_back_and_a_number_decides(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
        await wants_payroll(ada, "Tessitura")
        await wants_payroll(ada, "Fratelli")
        first, second = [await stage.letter(IVO, f"redigere: {name}") for name in ("Tessitura", "Fratelli")]
        await post.reply(IVO, first, "Redatto", to=second.answer_to)
        asked = await stage.letter(IVO, "A quale mail rispondevi?")
        assert await stage.stored(_states) == {QuoteState.TO_DRAFT: 2}
        await post.reply(IVO, asked, "2")
        told = await stage.letter(IVO, "Registrato")
        assert "preventivo redatto" in told.text
        assert await stage.stored(_states) == {QuoteState.TO_DRAFT: 1, QuoteState.DRAFTED: 1}


def _states(tx: Transaction) -> dict[QuoteState, int]:
    states = [quote.state for number in (1, 2) if (quote := quotes.get(tx, number))]
    return {state: states.count(state) for state in states}


async def test_a_stranger_reads_once_where_to_write_and_a_forger_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as plain:
        stage = Trusting(plain.world, plain.directory)
        async with stage.service():
            ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
            await corrects_the_pec(ada)
            e3 = await stage.letter(RA, "Dati da aggiornare")
            for _ in range(2):
                await post.compose(STRANGER, SERVICE, "Informazioni", "Buongiorno, quanto costa?")
            forged = answer(e3, "Fatto", author=RA, at=stage.world.clock.now(), seed="forged")
            forged["Authentication-Results"] = (
                "mx.associazione.example.com; dmarc=fail header.from=example.com"
            )
            await post.deliver(bytes(forged), RA, [e3.answer_to])
            last = await settled(stage, 3)
            assert (last.outcome, last.reason, last.whose) == (Outcome.TO_SORT, "forged", "unknown: forged")
            assert await stage.stored(_pec) != NEW
            assert "la legge un programma" in (await stage.letter(STRANGER, "Dove scrivere")).text
            await post.reply(RA, e3, "Fatto")  # the real one, after which nothing else is on its way
            await stage.letter(RA, "Registrato")
            assert len(post[STRANGER].messages) == 1
            assert len(post[RA].messages) == 2


class Trusting(Stage):
    """A stage whose service trusts its own receiving server."""

    def variables(self, **more: str) -> dict[str, str]:
        return super().variables(DOPOVISITA_MAIL_TRUSTED_SERVER="mx.associazione.example.com", **more)


async def test_what_is_missing_is_asked_of_the_av_and_their_words_come_back(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
        await corrects_the_pec(ada)
        e3 = await stage.letter(RA, "Dati da aggiornare")
        await post.reply(RA, e3, "MANCA la visura")
        assert "«la visura»" in (await ada.hears("chiede")).text
        asked = await stage.letter(ADA, "Domanda di")
        await post.reply(ADA, asked, "Te la mando domani con la posta interna.")
        back = await stage.letter(RA, "Risposta di Ada")
        assert "Te la mando domani con la posta interna." in back.text
        await post.reply(RA, back, "Fatto")
        assert "anagrafica aggiornata: PEC" in (await ada.hears("anagrafica aggiornata")).text
        assert await stage.stored(_pec) == NEW


async def test_a_robot_that_answers_everything_is_at_last_answered_no_more(tmp_path: Path) -> None:
    """It does not mark its mails as automatic, and answers ours each time."""
    async with a_stage(tmp_path) as stage, stage.service():
        ada, post = await stage.enters(ADA, 1001), stage.world.mail.mailboxes
        await corrects_the_pec(ada)
        letter = await stage.letter(RA, "Dati da aggiornare")
        reasons = await _robot_answers(stage, lambda mail: post.reply(RA, mail, ROBOT_S), letter)
        assert set(reasons[:-1]) == {"not_understood"}
        assert len(post[RA].messages) == len(reasons)  # E3, and one for each but the last
        assert await stage.stored(_pec) != NEW
        await ada.hears("non so registrarlo da solo")


async def _robot_answers(stage: Stage, reply: Callable[[Mail], object], letter: Mail) -> list[str]:
    """Why each of its answers was set aside, until it is not answered any more."""
    reasons: list[str] = []
    while len(reasons) < 20:
        sent = reply(letter)
        assert asyncio.iscoroutine(sent)
        await sent
        reasons.append((await settled(stage, len(reasons) + 1)).reason)
        if reasons[-1] == "too_many":
            return reasons
        letter = await stage.world.mail.mailboxes.arrives(RA, after=letter)
    raise AssertionError(f"still answered after {len(reasons)} letters")

"""An AV with no Telegram at all: everything by mail, through the whole service as it starts."""

from datetime import datetime
from pathlib import Path

from dopovisita.clock import ROME
from emulator.letters import Letter
from store import drafts, people, quotes, register, visits
from store.transaction import Transaction
from tests.journeys.stage import ADA, RA, SERVICE, Stage, a_stage, labelled, says, taps

AT = "@associazione.example.com"


class Desk:
    """Ada's mailbox, and what she does from it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._last: Letter | None = None

    async def writes(self, text: str, subject: str = "") -> None:
        """A mail of her own accord, to the service."""
        await self._stage.world.mail.mailboxes.compose(ADA, SERVICE, subject or "Richiesta", text)

    async def answers(self, letter: Letter, text: str) -> None:
        """An answer, the letter quoted below."""
        await self._stage.world.mail.mailboxes.reply(ADA, letter, text)

    async def receives(self, subject: str) -> Letter:
        """The next letter of this subject."""
        boxes = self._stage.world.mail.mailboxes
        self._last = await boxes.arrives(ADA, subject, after=self._last)
        return self._last


async def morning(stage: Stage, day: int, month: int = 11) -> None:
    stage.world.clock.to(datetime(2026, month, day, 8, 0, tzinfo=ROME))


def numbered(letter: Letter, words: str) -> int:
    """The number of the item that has these words."""
    lines = letter.text.splitlines()
    line = next(line for line in lines if words in line and line[:1].isdecimal())
    return int(line.partition(".")[0])


def filled(letter: Letter, **said: str) -> str:
    """The form as it stands in the letter, filled in after each label; `_` stands for a space."""
    words = {label.replace("_", " "): text for label, text in said.items()}
    block = letter.text.split("\n---\n")[1]
    lines = block.split("\n")
    return "\n".join(f"{line.rstrip()} {words.get(line.split(' (')[0], '')}".rstrip() for line in lines)


WHOLE = {
    "Crediti": "Riscosso",
    "Data_visita": "ieri",
    "Modalità": "in azienda",
    "Dati_da_correggere": "Telefono = 0573 000999",
    "Moduli": "tutti firmati",
    "Interesse": "privacy",
    "Bisogni": "videosorveglianza",
    "Clima": "buona",
}


async def test_from_the_list_to_an_accepted_quote_by_mail_alone(tmp_path: Path) -> None:
    """D1 of a new member is due in December; the visit of a member is asked for by its name."""
    async with a_stage(tmp_path) as stage, stage.service():
        desk = Desk(stage)
        await desk.writes("Buongiorno, grazie", "scheda Tessitura")
        form = await desk.receives("Scheda della visita: Tessitura")
        await desk.answers(form, filled(form, **WHOLE))
        check = await desk.receives("Da confermare, visita: Tessitura")
        assert "Crediti → Sì, non gestito" in check.text
        await desk.answers(check, "CONFERMO")
        done = await desk.receives("Visita registrata: Tessitura")
        assert "Dati corretti, a RA: Olga Bozzettoni" in done.text
        assert (
            "moduli all'Ufficio Essere Impresa (Ada Esempioli): entro mercoledì 18 novembre 2026" in done.text
        )
        e3 = await stage.letter(RA, "Dati da aggiornare")
        assert "0573 000999" in e3.text
        await stage.letter(f"essere.impresa{AT}", "Moduli firmati in arrivo")
        await stage.letter(f"certificazioni{AT}", "Tessitura")

        await morning(stage, 19)
        late = await desk.receives("Da fare oggi")
        forms, rid = numbered(late, "moduli all'Ufficio"), numbered(late, "RID")
        await desk.answers(late, f"{forms} consegnati ieri\n{rid} fatto")
        told = await desk.receives("Registrato")
        assert "Tessitura Finzioni S.r.l.: consegna segnata" in told.text

        await morning(stage, 23)
        eve = await desk.receives("Da fare oggi")
        await desk.answers(eve, f"{numbered(eve, 'redazione')} redatto oggi")
        assert "preventivo redatto" in (await desk.receives("Registrato")).text
        await desk.writes("", "preventivi")
        listed = await desk.receives("I tuoi preventivi")
        await desk.answers(listed, f"{numbered(listed, 'contatto')} consegnato")
        assert "valido fino a" in (await desk.receives("Registrato")).text

        await morning(stage, 1, 12)
        await desk.writes("preventivi")
        course = await desk.receives("I tuoi preventivi")
        await desk.answers(course, f"{numbered(course, 'sollecito')} sollecitato")
        await desk.receives("Registrato")
        await morning(stage, 4, 12)
        await desk.writes("PREVENTIVI")
        ending = await desk.receives("I tuoi preventivi")
        await desk.answers(ending, f"{numbered(ending, 'chiusura')} accettato 1.200 €")
        await desk.receives("Registrato")
        accepted = await stage.letter(f"servizi{AT}", "accettato")
        assert "1.200,00" in accepted.text
        await stage.stored(_ended)


def _ended(tx: Transaction) -> None:
    quote = quotes.get(tx, 1)
    assert quote is not None
    assert (quote.state.value, str(quote.value)) == ("ACCETTATO", "1200.00")
    assert str(quote.followed_up_on) == "2026-12-01"
    ada = people.by_email(tx, ADA)
    assert ada is not None
    assert ada.telegram_id is None
    assert drafts.open_all(tx, ada.id) == []


async def test_the_form_is_filled_in_inside_the_quoted_text_as_mail_programs_do(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        desk = Desk(stage)
        await desk.writes("scheda A003")
        form = await desk.receives("Scheda della visita: Forno")
        inside = filled(form, **{**WHOLE, "Moduli": "", "Confermo": "sì"})
        quoted = "\n".join(f"> {line}" for line in form.text.split("\n---\n")[0].splitlines())
        answer = "\n".join(f"> {line}" for line in inside.splitlines())
        await stage.world.mail.mailboxes.reply(
            ADA,
            form,
            f"Ecco\n\nIl giorno mer 18 nov 2026 Dopovisita ha scritto:\n\n{quoted}\n{answer}",
            quote=False,
        )
        done = await desk.receives("Visita registrata: Forno")
        assert "Visita registrata: Forno Immaginario S.r.l., martedì 17 novembre 2026" in done.text


async def test_a_visit_begun_in_chat_is_finished_by_mail_and_the_other_way_round(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        ada, desk = await stage.enters(ADA, 1001), Desk(stage)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Registra la visita", "Nessun credito", "Oggi")
        await desk.writes("scheda A001")
        form = await desk.receives("Scheda della visita: Tessitura")
        assert "Crediti → Nessun credito" in form.text
        assert "Crediti (" not in form.text
        rest = {label: text for label, text in WHOLE.items() if label not in {"Crediti", "Data_visita"}}
        await desk.answers(form, filled(form, **rest, Confermo="sì"))
        await desk.receives("Visita registrata: Tessitura")
        passed = await taps(ada, "In azienda")
        assert "Ciao Ada" in passed.text  # what was asked there is told already

        await desk.writes("scheda fratelli")
        other = await desk.receives("Scheda della visita: Fratelli")
        await desk.answers(other, filled(other, Crediti="gestito", Data_visita="oggi", Clima="buona"))
        await desk.receives("Scheda della visita: Fratelli")
        found = await says(ada, "fratelli")
        asked = await taps(ada, labelled(found, "Fratelli"), "Riprendi la visita")
        assert "Come vi siete visti?" in asked.text
        await taps(
            ada, "Al telefono", "tutto giusto", "Già in regola", "Nessun interesse", "Non è il momento"
        )
        done = await taps(ada, "Fra tre mesi", "Niente altro", "Conferma")
        assert "Visita registrata: Fratelli" in done.text


async def test_wrong_answers_on_each_line_are_asked_again_and_only_those(tmp_path: Path) -> None:
    wrong = {
        "Crediti": "forse",
        "Data_visita": "domani",
        "Modalità": "per telepatia",
        "Dati_da_correggere": "Telefono = pippo",
        "Moduli": "boh",
        "Interesse": "gelati",
        "Clima": "piovoso",
    }
    async with a_stage(tmp_path) as stage, stage.service():
        desk = Desk(stage)
        await desk.writes("scheda A001")
        form = await desk.receives("Scheda della visita: Tessitura")
        await desk.answers(form, filled(form, **wrong, Confermo="sì"))
        again = await desk.receives("Scheda della visita: Tessitura")
        for hint in (
            "«forse» non è",
            "deve ancora arrivare",
            "«per telepatia»",
            "«boh»",
            "«gelati»",
            "«piovoso»",
        ):
            assert hint in again.text
        right = {**WHOLE, "Telefono": "0573 000999"}
        await desk.answers(again, filled(again, **right, Confermo="sì"))
        await desk.receives("Visita registrata: Tessitura")
        company = await stage.stored(lambda tx: register.by_ref(tx, "A001"))
        assert company is not None
        assert len(await stage.stored(lambda tx: visits.of_company(tx, company.id))) == 1


async def test_the_day_after_an_appointment_by_mail_is_told_from_the_mail_that_asks(tmp_path: Path) -> None:
    """The appointment was fixed in chat, before Ada chose mail."""
    async with a_stage(tmp_path) as stage, stage.service():
        ada, desk = await stage.enters(ADA, 1001), Desk(stage)
        found = await says(ada, "tessitura")
        await taps(ada, labelled(found, "Tessitura"), "Fissa appuntamento")
        await says(ada, "oggi alle 11")
        await taps(ada, "Salta", "Conferma")
        await desk.writes("preferenze: mail")
        await desk.answers(await desk.receives("Una notizia"), "preferenze: mail")
        await desk.receives("Una notizia")
        stage.world.clock.to(datetime(2026, 11, 18, 14, 0, tzinfo=ROME))
        asked = await desk.receives("Scheda della visita: Tessitura")
        assert "Appuntamento di mercoledì 18 novembre 2026 alle 11:00" in asked.text
        await desk.answers(asked, "Saltata: non c'era nessuno")
        told = await desk.receives("Registrato")
        assert "la visita di mercoledì 18 novembre 2026 alle 11:00 non c'è stata" in told.text


async def test_who_is_not_of_the_house_gets_no_form(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, stage.service():
        boxes = stage.world.mail.mailboxes
        await boxes.compose("curioso@fuori.example.com", SERVICE, "scheda A001", "scheda A001")
        told = await boxes.arrives("curioso@fuori.example.com")
        assert "Tessitura" not in told.text
        assert [letter for letter in boxes[ADA].messages if "Scheda" in letter.subject] == []

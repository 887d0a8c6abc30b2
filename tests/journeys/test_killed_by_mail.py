"""`kill -9` at every commit between a letter's arrival and the answer to it: one record, one answer."""

import asyncio
import sys
from pathlib import Path

from emulator.letters import SEEN, Letter
from store import history
from store.letters import Outcome
from store.tables import letters, outbox
from store.transaction import Transaction
from tests.journeys.process import a_service
from tests.journeys.stage import ADA, RA, SERVICE, Stage, a_stage
from tests.journeys.test_taken_back import pec
from tests.journeys.test_whose_mail import NEW, corrects_the_pec

POINTS = 12  # kept, settled with its answer, told; the answer claimed, settled: two each, and some to spare


def a_stranger(number: int) -> str:
    return f"persona.{number}@altrove.example.com"


async def _dies(stage: Stage, point: int) -> int:
    """A life of the service that ends at this point; its exit code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.journeys.dying", str(point)),
        env=stage.variables() | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=stage.directory,
    )
    try:
        async with asyncio.timeout(30):
            return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()


def _held(tx: Transaction) -> list[tuple[str, str]]:
    return [(row.sender, row.outcome) for row in tx.all(letters.select().order_by(letters.c.id))]


def _answers(tx: Transaction) -> int:
    rows = tx.all(outbox.select().where(outbox.c.channel == "mail"))
    return sum("altrove.example.com" in str(row.payload) for row in rows)


async def test_a_service_killed_at_every_commit_keeps_each_letter_once_and_answers_it_once(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage:
        boxes = stage.world.mail.mailboxes
        for point in range(1, POINTS + 1):
            await boxes.compose(a_stranger(point), SERVICE, f"Domanda {point}", "A chi scrivo?")
            assert await _dies(stage, point) == -9
        async with a_service(stage) as service:
            for point in range(1, POINTS + 1):
                await boxes.arrives(a_stranger(point))
                await boxes.arrives(SERVICE, lambda one, at=point: one.uid == at and SEEN in one.flags)  # type: ignore[misc]  # a default is not in the type
            await service.stops()
        for point in range(1, POINTS + 1):
            answers = boxes[a_stranger(point)].messages
            assert len({answer.message_id for answer in answers}) == 1, point
        assert await stage.stored(_held) == [(a_stranger(point), "to_sort") for point in range(1, POINTS + 1)]
        assert await stage.stored(_answers) == POINTS


OF_A_REPLY = (1, 2, 3, 4, 5, 7)
"""Kept: before and after; settled with its effect and its answer: before and after; told; carried."""


async def test_a_reply_killed_at_every_commit_has_its_effect_once_and_so_has_its_taking_back(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage:
        async with stage.service():
            await corrects_the_pec(await stage.enters(ADA, 1001))
            told = await stage.letter(RA, "Dati da aggiornare")
        e3, before = told, await stage.stored(pec)
        for times, point in enumerate(OF_A_REPLY, 1):
            told = await _answered(stage, e3, "Fatto", told, point)
            assert (await stage.stored(pec), await stage.stored(_times_changed)) == (NEW, 2 * times - 1)
            told = await _answered(stage, told, "annulla", told, point)
            assert (await stage.stored(pec), await stage.stored(_times_changed)) == (before, 2 * times)
        assert {outcome for _, outcome in await stage.stored(_held)} == {Outcome.RECORDED}
        assert len(await stage.stored(_held)) == 2 * len(OF_A_REPLY)


async def _answered(stage: Stage, asked: Letter, words: str, after: Letter, point: int) -> Letter:
    """RA answers, the service dies at this point and is started again; the one mail that RA gets."""
    post = stage.world.mail.mailboxes
    await post.reply(RA, asked, words)
    assert await _dies(stage, point) == -9
    async with a_service(stage) as service:
        told = await post.arrives(RA, "Registrato", after=after)
        newest = max(letter.uid for letter in post[SERVICE].messages)
        await post.arrives(SERVICE, lambda one: one.uid == newest and SEEN in one.flags)
        await service.stops()
    copies = [one for one in post[RA].messages if one.number > after.number]
    assert {one.message_id for one in copies} == {told.message_id}
    return copies[-1]


def _times_changed(tx: Transaction) -> int:
    """How often the PEC of the company changed: each effect and each taking back is one."""
    return sum(change.field == "pec" for change in history.changes(tx, "companies", 1))

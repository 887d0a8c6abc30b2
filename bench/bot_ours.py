"""The service's engine room with a desk of twelve questions; every step is committed (synchronous=FULL)."""

import asyncio
import gc
import sys
from datetime import UTC, datetime

import uvloop

from bench import conversation
from bot.application import Hooks, TelegramService
from bot.incoming import Incoming
from bot.push import Telling
from bot.replies import Call, Reply
from conversations.answers import Draft
from procedure.notices import Json
from procedure.people import Role
from store import drafts, people
from store.engine import open_store
from store.migrations import migrate
from store.people import PersonEntry
from store.transaction import Transaction

FLOW = "prova"


def clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- this process stands in for the hall, whose clock it is


def desk(tx: Transaction, incoming: Incoming, now: datetime) -> Reply:
    assert incoming.user_id
    assert incoming.chat_id
    person = people.by_telegram(tx, incoming.user_id)
    assert person
    if incoming.start_payload is not None:
        return _start(tx, incoming.chat_id, person.id, now)
    row = drafts.open_of(tx, person.id, None, FLOW)
    assert row
    step = len(row.draft.answers) + 1
    draft = row.draft.with_answer(str(step), incoming.data or incoming.text)
    drafts.save(tx, row.id, draft, now)
    if step == conversation.STEPS:
        drafts.close(tx, row.id, "confirmed", now)
    return _show(incoming, *conversation.after(step, len(draft.answers)))


def _start(tx: Transaction, chat_id: int, person: int, now: datetime) -> Reply:
    drafts.create(tx, person, None, Draft(FLOW, 1), now)
    params: dict[str, Json] = {"chat_id": chat_id, "text": conversation.question(1)}
    return (Call("sendMessage", params | {"reply_markup": conversation.keyboard(1)}),)


def _show(incoming: Incoming, text: str, buttons: dict[str, Json] | None) -> Reply:
    params: dict[str, Json] = {"chat_id": incoming.chat_id, "text": text}
    if buttons:
        params["reply_markup"] = buttons
    if not incoming.callback_id:
        return (Call("sendMessage", params),)
    stop: dict[str, Json] = {"callback_query_id": incoming.callback_id}
    return (
        Call("editMessageText", params | {"message_id": incoming.message_id}),
        Call("answerCallbackQuery", stop),
    )


def enrol(tx: Transaction, how_many: int) -> None:
    now = clock()
    entries = [
        PersonEntry(f"Persona {n}", f"p{n}@associazione.example", frozenset({Role.AV}))
        for n in range(how_many)
    ]
    people.sync(tx, entries, now.date(), now)
    for n, person in enumerate(sorted(people.active(tx), key=lambda p: p.id)):
        people.bind_telegram(tx, person.id, 1_001 + n)


async def main(base_url: str, database_url: str, how_many: int) -> None:
    hooks = Hooks(desk, Telling(lambda *_: (), lambda *_: None), lambda *_: None, lambda *_: None)
    async with open_store(database_url) as store:
        service = TelegramService(
            token="700:prova", base_url=base_url, webhook=None, store=store, hooks=hooks, clock=clock
        )
        gc.collect()
        gc.freeze()  # as dopovisita/service.py does: what is loaded stays, and is not looked through again
        async with service, asyncio.TaskGroup() as tasks:
            await service.run(tasks)


async def prepare(database_url: str, how_many: int) -> None:
    await migrate(database_url)
    async with open_store(database_url) as store:
        await store.run(lambda tx: enrol(tx, how_many))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))

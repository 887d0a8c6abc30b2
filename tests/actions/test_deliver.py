"""Notices into the outbox and out of it, with a real store and no wire."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import deliver
from actions.deliver import (
    GIVE_UP_AFTER,
    LEASE,
    PAUSES,
    UNCERTAIN,
    Minting,
    Posted,
    claim_mails,
    posted,
    put_mail,
    put_push,
    settle_failed,
    settle_in_part,
    settle_later,
    settle_sent,
    settle_uncertain,
)
from procedure.campaign import Contact
from procedure.correspondence.tokens import read, ref_of
from procedure.notices import About, Enclosed, Mail, MailKind, Push, Subject
from procedure.notices_json import mail_from_json, mail_to_json, push_from_json, push_to_json
from procedure.people import Role
from store import outbox, people
from store.engine import Store, open_store
from store.migrations import migrate
from store.outbox import Channel, OutboxRow, State
from store.people import PersonEntry
from store.transaction import Transaction
from tests.store import given as world

MINTING = Minting(b"a secret of the tests, 32 bytes.", "visite.example.com")
NOW = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
RA = Contact("RA", "ra@associazione.example.com")
RPS = Contact("RPS", "rps@associazione.example.com")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deliver") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
async def store(template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{shutil.copy(template, tmp_path / 'store.db')}") as opened:
        yield opened


def a_mail(key: str = "E3:visit:1", visit: int = 1, kind: MailKind = MailKind.E3_CORRECTIONS_TO_RA) -> Mail:
    context = {"company": "Forno Gori", "company_ref": "1042"}
    return Mail(key, kind, About(Subject.VISIT, visit), (RA,), (RPS,), dict(context))


def put(tx: Transaction, mail: Mail, at: datetime = NOW) -> bool:
    return put_mail(tx, mail, minted_by=MINTING, now=at)


def claimed(tx: Transaction, at: datetime = NOW) -> Posted:
    [row] = claim_mails(tx, at, limit=9)
    return posted(row)


def chat(tx: Transaction, at: datetime = NOW) -> list[OutboxRow]:
    return outbox.claim(tx, Channel.CHAT, at, limit=99, lease=LEASE)


def state(tx: Transaction, key: str = "E3:visit:1") -> OutboxRow:
    row = outbox.by_key(tx, key)
    assert row is not None
    return row


async def test_a_mail_comes_out_as_it_went_in_with_a_message_id_that_carries_its_token(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put_mail(tx, a_mail(), minted_by=MINTING, now=NOW, in_reply_to="<x@y>")
        mail = claimed(tx)
        assert (mail.mail, mail.in_reply_to) == (a_mail(), "<x@y>")
        assert mail.message_id == f"<{mail.token}@visite.example.com>"
        assert read(MINTING.secret, mail.token) == ref_of("E3:visit:1")
        assert outbox.by_token(tx, mail.token) == mail.row

    await store.run(work)


async def test_the_same_mail_is_queued_once(store: Store) -> None:
    assert await store.run(lambda tx: (put(tx, a_mail()), put(tx, a_mail()))) == (True, False)


async def test_a_message_for_the_chat_is_no_mail(store: Store) -> None:
    def work(tx: Transaction) -> None:
        person = world.a_person(tx).id
        push = Push("p", "screen", About(Subject.PERSON, person), person, {"a": 1})
        assert put_push(tx, push, now=NOW)
        assert claim_mails(tx, NOW, limit=9) == []
        [row] = chat(tx)
        assert isinstance(row.payload, dict)
        assert push_from_json(row.payload) == push

    await store.run(work)


async def test_what_is_sent_is_done(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put(tx, a_mail())
        settle_sent(tx, claimed(tx), NOW)
        assert state(tx).state == State.SENT
        assert claim_mails(tx, NOW + timedelta(days=9), limit=9) == []

    await store.run(work)


async def test_pauses_grow_with_each_try_and_end_after_two_days(store: Store) -> None:
    def work(tx: Transaction) -> list[timedelta]:
        put(tx, a_mail())
        now = NOW
        waited: list[timedelta] = []
        while True:
            settle_later(tx, claimed(tx, now), "451 dopo", MINTING, now)
            row = state(tx)
            if row.state == State.FAILED:
                assert now - NOW >= GIVE_UP_AFTER
                return waited
            waited.append(row.due_at - now)
            now = row.due_at

    waited = await store.run(work)
    assert tuple(waited[: len(PAUSES)]) == PAUSES
    assert set(waited[len(PAUSES) :]) == {PAUSES[-1]}


async def test_a_failure_is_told_to_the_visits_av_and_to_every_administrator_once_each(store: Store) -> None:
    def work(tx: Transaction) -> None:
        visit = world.a_visit(tx)
        av = people.active(tx)[0]
        entries = [
            PersonEntry(av.name, av.email, av.roles | {Role.ADMIN}, av.site),
            PersonEntry("Ivo Capo", "capo@associazione.example.com", frozenset({Role.ADMIN})),
        ]
        people.sync(tx, entries, NOW.date(), NOW)
        for number, person in enumerate(people.active(tx)):
            people.bind_telegram(tx, person.id, 700 + number)
        put(tx, a_mail(visit=visit))
        settle_failed(tx, claimed(tx), "550 casella inesistente", MINTING, NOW)
        told = chat(tx)
        assert sorted(row.person or 0 for row in told) == sorted(person.id for person in people.active(tx))
        push = push_from_json(told[0].payload)  # type: ignore[arg-type]  # a push's payload is a mapping
        assert push.screen == "mail_failed"
        assert push.context == {
            "company": "Forno Gori",
            "company_ref": "1042",
            "what": "Dati da aggiornare (a RA): Forno Gori (1042)",
            "to": "ra@associazione.example.com, rps@associazione.example.com",
            "error": "550 casella inesistente",
        }

    await store.run(work)


async def test_who_has_no_chat_is_told_by_mail_and_such_a_mail_tells_of_no_other(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put(tx, a_mail(visit=world.a_visit(tx)))
        settle_failed(tx, claimed(tx), "550 no", MINTING, NOW)
        notice = claimed(tx)
        assert notice.mail.kind is MailKind.UNDELIVERED
        assert notice.mail.to[0].email == people.active(tx)[0].email
        settle_failed(tx, notice, "550 no", MINTING, NOW)
        assert claim_mails(tx, NOW, limit=9) == []
        assert chat(tx) == []

    await store.run(work)


async def test_who_was_put_off_gets_a_mail_of_their_own_and_who_was_refused_is_told_of(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put(tx, a_mail(visit=world.a_visit(tx)))
        mail = claimed(tx)
        refused = {RA.email: "550 no"}
        settle_in_part(tx, mail, refused=refused, put_off=[RPS.email.upper()], minted_by=MINTING, now=NOW)
        assert state(tx).state == State.SENT
        assert claimed(tx).mail.kind is MailKind.UNDELIVERED
        later = claimed(tx, NOW + PAUSES[0])
        assert (later.mail.to, later.mail.cc) == ((RPS,), ())
        assert later.token != mail.token

    await store.run(work)


async def test_a_mail_uncertain_once_is_sent_again_and_twice_in_a_row_stays_so(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put(tx, a_mail())
        settle_uncertain(tx, claimed(tx), "taglio", MINTING, NOW)
        again = claimed(tx, NOW + PAUSES[1])
        assert again.row.last_error == UNCERTAIN + "taglio"
        settle_uncertain(tx, again, "taglio", MINTING, NOW)
        assert state(tx).state == State.UNCERTAIN

    await store.run(work)


async def test_a_mail_whose_carrier_died_is_free_after_its_lease(store: Store) -> None:
    def work(tx: Transaction) -> None:
        put(tx, a_mail())
        claimed(tx)
        assert claim_mails(tx, NOW + LEASE, limit=9) == []
        assert claimed(tx, NOW + LEASE + timedelta(seconds=1)).row.tries == 2

    await store.run(work)


async def test_a_row_that_is_no_mail_is_said_to_be_none(store: Store) -> None:
    def work(tx: Transaction) -> None:
        outbox.put(tx, key="odd", channel=Channel.MAIL, payload=[], now=NOW)
        [row] = claim_mails(tx, NOW, limit=9)
        with pytest.raises(ValueError, match="is no mail"):
            posted(row)

    await store.run(work)


def test_every_kind_of_mail_has_a_name_to_be_told_by() -> None:
    assert set(deliver._NAMES) == set(MailKind)


CONTACTS = st.lists(st.builds(Contact, st.text(), st.text()), max_size=3).map(tuple)
ABOUTS = st.builds(About, st.sampled_from(Subject), st.integers(1))
CONTEXTS = st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=3)


@given(
    st.builds(
        Mail,
        key=st.text(),
        kind=st.sampled_from(MailKind),
        about=ABOUTS,
        to=CONTACTS,
        cc=CONTACTS,
        context=CONTEXTS,
        uncovered=st.none() | st.sampled_from(Role),
        encloses=st.lists(st.builds(Enclosed, letter=st.integers(1), part=st.none() | st.integers(0))).map(
            tuple
        ),
    )
)
def test_a_mail_survives_its_json(mail: Mail) -> None:
    assert mail_from_json(mail_to_json(mail)) == mail


@given(
    st.builds(Push, key=st.text(), screen=st.text(), about=ABOUTS, person=st.integers(1), context=CONTEXTS)
)
def test_a_push_survives_its_json(push: Push) -> None:
    assert push_from_json(push_to_json(push)) == push

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from actions import deliver
from actions.deliver import Minting, put_mail
from emulator.mail import Mail as Post
from mailer.postman import Postman
from procedure.campaign import Contact
from procedure.notices import Mail, MailKind
from procedure.people import Role
from store import outbox, people
from store.engine import Store
from store.outbox import Channel, OutboxRow, State
from store.people import PersonEntry
from tests.mailer.conftest import SERVICE, HandClock
from tests.mailer.samples import a_mail

RA = "ra@associazione.example.com"
RPS = Contact("RPS", "rps@associazione.example.com")
ADMIN = "amministratore@associazione.example.com"

APostman = Callable[..., Postman]


class Outbox:
    """The outbox as a test looks at it."""

    def __init__(self, store: Store, minting: Minting, clock: HandClock) -> None:
        self.store, self.minting, self.clock = store, minting, clock

    async def put(self, mail: Mail, **more: str) -> None:
        await self.store.run(
            lambda tx: put_mail(tx, mail, minted_by=self.minting, now=self.clock(), **more)  # type: ignore[arg-type]  # only in_reply_to is passed
        )

    async def row(self, key: str = "E3:visit:7") -> OutboxRow:
        found = await self.store.read(lambda tx: outbox.by_key(tx, key))
        assert found is not None, f"no row {key}"
        return found

    async def an_administrator(self, *, telegram: int | None = None) -> int:
        def work(tx):  # type: ignore[no-untyped-def]  # a transaction's work
            entry = PersonEntry("Ivo Capo", ADMIN, frozenset({Role.ADMIN}))
            people.sync(tx, [entry], self.clock().date(), self.clock())
            person = people.by_email(tx, ADMIN)
            assert person is not None
            people.bind_telegram(tx, person.id, telegram)
            return person.id

        return int(await self.store.run(work))


@pytest.fixture
def box(store: Store, minting: Minting, clock: HandClock) -> Outbox:
    return Outbox(store, minting, clock)


@asynccontextmanager
async def at_work(postman: Postman) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(postman.run())
        yield
        task.cancel()


async def test_a_mail_arrives_at_everyone_it_names_and_its_row_is_sent(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    mail = a_mail()
    await box.put(Mail(mail.key, mail.kind, mail.about, mail.to, (RPS,), mail.context))
    assert await a_postman().deliver_due() == 1
    [letter], [copy] = post.mailboxes[RA].messages, post.mailboxes[RPS.email].messages
    row = await box.row()
    assert letter.raw == copy.raw
    assert (letter.message_id, letter.cc) == (row.message_id, [RPS.email])
    assert letter.answer_to == f"visite+{row.token}@visite.example.com"
    assert (row.state, row.tries, row.done_at) == (State.SENT, 1, box.clock())


async def test_many_mails_go_over_one_connection(box: Outbox, post: Post, a_postman: APostman) -> None:
    for number in range(45):
        await box.put(a_mail(key=f"E3:visit:{number}"))
    await a_postman().deliver_due()
    assert len(post.mailboxes[RA].messages) == 45
    assert len(post.smtp._connections) == 1


async def test_a_mail_put_later_wakes_the_postman(box: Outbox, post: Post, a_postman: APostman) -> None:
    postman = a_postman()
    async with at_work(postman):
        for number in range(3):
            letters = post.mailboxes[RA].messages
            await box.put(a_mail(key=f"E3:visit:{number}"))
            postman.wake()
            await post.mailboxes.arrives(RA, after=letters[-1] if letters else None)
    assert len(post.mailboxes[RA].messages) == 3


async def test_a_mail_that_is_not_yet_due_waits_for_its_time(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock, minting: Minting
) -> None:
    due = clock() + timedelta(hours=1)
    await box.store.run(lambda tx: put_mail(tx, a_mail(), minted_by=minting, now=clock(), due_at=due))
    postman = a_postman()
    assert await postman.deliver_due() == 0
    clock.move(timedelta(hours=1))
    assert await postman.deliver_due() == 1


async def test_a_connection_closed_behind_our_back_is_opened_again(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    postman = a_postman()
    await box.put(a_mail(key="one"))
    await postman.deliver_due()
    for connection in list(post.smtp._connections):
        connection.transport.abort()  # type: ignore[union-attr]  # an open connection has one
    await box.put(a_mail(key="two"))
    await postman.deliver_due()
    assert (await box.row("two")).state == State.SENT
    assert (await box.row("two")).tries == 1


async def test_a_server_that_is_not_there_makes_the_mail_wait_longer_each_time(
    box: Outbox, a_postman: APostman, clock: HandClock, unused_tcp_port: int
) -> None:
    postman = a_postman(f"smtp://127.0.0.1:{unused_tcp_port}")
    await box.put(a_mail())
    for pause in deliver.PAUSES:
        await postman.deliver_due()
        row = await box.row()
        assert (row.state, row.due_at) == (State.RETRY, clock() + pause)
        assert row.last_error.startswith("il server di posta non accetta posta da noi")
        clock.move(pause)


async def test_a_temporary_refusal_is_tried_again_under_the_same_message_id(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    post.smtp.rejects(451, "4.3.0 più tardi", times=1)
    postman = a_postman()
    await box.put(a_mail())
    await postman.deliver_due()
    assert (await box.row()).state == State.RETRY
    clock.move(timedelta(minutes=1))
    await postman.deliver_due()
    [letter] = post.mailboxes[RA].messages
    assert ((await box.row()).state, letter.message_id) == (State.SENT, (await box.row()).message_id)


async def test_a_mail_put_off_for_two_days_has_failed(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    post.smtp.refuses(RA, 450, "4.2.1 più tardi")
    await box.put(a_mail())
    clock.move(deliver.GIVE_UP_AFTER)
    await a_postman().deliver_due()
    assert (await box.row()).state == State.FAILED


async def test_a_refused_mail_is_told_by_mail_to_the_administrator_without_chat(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    await box.an_administrator()
    post.smtp.refuses(RA, 550, "5.1.1 casella inesistente")
    await box.put(a_mail())
    await a_postman().deliver_due()
    assert (await box.row()).state == State.FAILED
    [told] = post.mailboxes[ADMIN].messages
    assert "Tessitura Bianchi & Figli S.r.l. (1042)" in told.text
    assert "550 5.1.1 casella inesistente" in told.text


async def test_a_refused_mail_is_told_by_chat_to_who_has_one(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    person = await box.an_administrator(telegram=77)
    post.smtp.refuses(RA)
    await box.put(a_mail())
    await a_postman().deliver_due()
    [row] = await box.store.run(
        lambda tx: outbox.claim(tx, Channel.CHAT, clock(), limit=9, lease=timedelta(minutes=1))
    )
    assert (row.person, row.payload["screen"]) == (person, "mail_failed")  # type: ignore[call-overload, index]  # a push
    assert not post.mailboxes[ADMIN].messages


async def test_a_notice_of_failure_that_fails_makes_no_other(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    await box.an_administrator()
    post.smtp.refuses(None)
    await box.put(a_mail())
    assert await a_postman().deliver_due() == 2


async def test_one_recipient_refused_keeps_the_mail_from_nobody_else_and_is_told(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    await box.an_administrator()
    post.smtp.refuses(RPS.email)
    await box.put(a_mail(to=(Contact("RA", RA), RPS)))
    await a_postman().deliver_due()
    assert (await box.row()).state == State.SENT
    assert len(post.mailboxes[RA].messages) == 1
    [told] = post.mailboxes[ADMIN].messages
    assert f"Destinatario: {RPS.email}" in told.text


async def test_one_recipient_put_off_gets_it_later_and_alone(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    post.smtp.refuses(RPS.email, 450, times=1)
    postman = a_postman()
    mail = a_mail()
    await box.put(Mail(mail.key, mail.kind, mail.about, mail.to, (RPS,), mail.context))
    await postman.deliver_due()
    clock.move(timedelta(minutes=1))
    await postman.deliver_due()
    assert len(post.mailboxes[RA].messages) == 1
    [letter] = post.mailboxes[RPS.email].messages
    assert letter.to == [RPS.email]


@pytest.mark.parametrize("kept", [True, False])
async def test_a_cut_after_the_last_word_is_tried_once_more_as_the_same_mail(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock, kept: bool
) -> None:
    post.smtp.cuts_after_data(keep=kept)
    postman = a_postman()
    await box.put(a_mail())
    await postman.deliver_due()
    row = await box.row()
    assert row.state == State.RETRY
    assert row.last_error.startswith("uncertain: ")
    clock.move(timedelta(minutes=2))
    await postman.deliver_due()
    copies = post.mailboxes[RA].messages
    assert len(copies) == (2 if kept else 1)
    assert {copy.raw for copy in copies} == {copies[0].raw}
    assert (await box.row()).state == State.SENT


async def test_a_mail_uncertain_twice_stays_so_and_is_told(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    await box.an_administrator()
    post.smtp.cuts_after_data(times=2)
    postman = a_postman()
    await box.put(a_mail())
    await postman.deliver_due()
    clock.move(timedelta(minutes=2))
    await postman.deliver_due()
    assert (await box.row()).state == State.UNCERTAIN
    assert len(post.mailboxes[ADMIN].messages) == 1


async def test_a_server_that_never_answers_the_last_word_leaves_it_uncertain(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    post.smtp.hangs()
    await box.put(a_mail())
    await a_postman(patience=0.2).deliver_due()
    assert (await box.row()).last_error.startswith("uncertain: ")


async def test_a_mail_whose_carrier_died_is_carried_by_the_next(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    await box.put(a_mail())
    await box.store.run(lambda tx: deliver.claim_mails(tx, clock(), limit=1))
    assert await a_postman().deliver_due() == 0
    clock.move(deliver.LEASE + timedelta(seconds=1))
    assert await a_postman().deliver_due() == 1
    assert len(post.mailboxes[RA].messages) == 1


async def test_a_mail_that_cannot_be_composed_fails_and_blocks_nobody(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    broken = a_mail(key="broken")
    del broken.context["site"]
    await box.put(broken)
    await box.put(a_mail())
    await a_postman().deliver_due()
    assert (await box.row("broken")).state == State.FAILED
    assert len(post.mailboxes[RA].messages) == 1


async def test_a_row_that_is_no_mail_fails_and_is_told(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    await box.an_administrator(telegram=77)
    await box.store.run(
        lambda tx: outbox.put(
            tx, key="odd", channel=Channel.MAIL, payload={}, now=clock(), message_id="<x@y>", token="x"
        )
    )
    await a_postman().deliver_due()
    assert (await box.row("odd")).state == State.FAILED


async def test_a_resend_has_the_date_of_the_first_attempt(
    box: Outbox, post: Post, a_postman: APostman, clock: HandClock
) -> None:
    post.smtp.rejects()
    await box.put(a_mail())
    postman = a_postman()
    await postman.deliver_due()
    clock.move(timedelta(minutes=1))
    await postman.deliver_due()
    [letter] = post.mailboxes[RA].messages
    assert letter.message["Date"].datetime == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


async def test_an_answer_to_a_reply_threads_under_it(box: Outbox, post: Post, a_postman: APostman) -> None:
    await box.put(a_mail(MailKind.REPLY_RECORDED, key="N8"), in_reply_to="<theirs@own.example.com>")
    await a_postman().deliver_due()
    [letter] = post.mailboxes[RA].messages
    assert letter.message["In-Reply-To"] == "<theirs@own.example.com>"


async def test_the_sender_of_the_envelope_is_the_service(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    await box.put(a_mail())
    await a_postman(plus=False).deliver_due()
    [letter] = post.mailboxes[RA].messages
    assert (letter.sender, letter.answer_to) == (SERVICE, SERVICE)


async def test_several_connections_carry_many_mails_and_each_person_gets_them_in_order(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    people = [f"persona.{number}@associazione.example.com" for number in range(5)]
    for number in range(60):
        to = (Contact("", people[number % 5]), Contact("RA", RA)) if number % 7 == 0 else ()
        await box.put(a_mail(key=f"{number:02}", to=to or (Contact("", people[number % 5]),)))
    await a_postman(wires=3).deliver_due()
    assert len(post.smtp._connections) == 3
    for address in (*people, RA):
        ids = [letter.message_id for letter in post.mailboxes[address].messages]
        wanted = [row.message_id for row in [await box.row(f"{number:02}") for number in range(60)]]
        assert ids == [one for one in wanted if one in ids]
    assert {(await box.row(f"{number:02}")).state for number in range(60)} == {State.SENT}


async def test_a_server_that_wants_one_connection_gets_its_mails_by_one(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    post.smtp.most_connections = 1
    for number in range(20):
        await box.put(a_mail(key=f"{number:02}", to=(Contact("", f"p{number}@associazione.example.com"),)))
    await a_postman(wires=3).deliver_due()
    assert {(await box.row(f"{number:02}")).state for number in range(20)} == {State.SENT}


async def test_an_accented_address_fails_kindly_where_the_server_has_no_smtputf8(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    post.smtp.utf8 = False
    await box.put(a_mail(to=(Contact("Niccolò", "niccolò@associazione.example.com"),)))
    await a_postman().deliver_due()
    row = await box.row()
    assert (row.state, "SMTPUTF8" in row.last_error) == (State.FAILED, True)


async def test_an_accented_domain_needs_nothing_of_the_server(
    box: Outbox, post: Post, a_postman: APostman
) -> None:
    post.smtp.utf8 = False
    await box.put(a_mail(to=(Contact("RA", "ra@società.example.com"),)))
    await a_postman().deliver_due()
    [letter] = post.mailboxes["ra@xn--societ-nta.example.com"].messages
    assert letter.to == ["ra@xn--societ-nta.example.com"]

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import date, datetime, timedelta

import pytest

from actions.by_mail.reply import Reply
from actions.deliver import Minting, put_mail
from emulator.letters import SEEN, Letter
from emulator.mail import Mail as Post
from mailer.mailbox import Mailbox
from mailer.postman import Postman
from mailer.reading.letter import Letter as ReadLetter
from mailer.reading.letter import read
from mailer.wires import imap
from mailer.wires.imap import Inbox
from mailer.wires.servers import mail_server
from procedure.correspondence.commands import NOTHING_HEARD, Verb
from procedure.correspondence.deciding import Automated, Matched, Unknown, Why
from procedure.correspondence.machines import reason_of
from store import letters
from store.engine import Store
from store.letters import Outcome
from store.transaction import Transaction
from tests.mailer.conftest import SERVICE, HandClock
from tests.mailer.samples import SECRET, a_mail

RA = "ra@associazione.example.com"


class Register:
    """What was recorded. Settles each letter, as the action does."""

    def __init__(self, post: Post) -> None:
        self.replies: list[Reply] = []
        self.breaks_on: str | None = None
        self._inbox = post.mailboxes

    def record(self, tx: Transaction, reply: Reply, now: datetime) -> None:
        letters.settle(tx, reply.letter, outcome=Outcome.RECORDED, reason="", about=None, now=now)
        if reply.first_line == self.breaks_on:
            raise ZeroDivisionError("a fault of the action")
        self.replies.append(reply)

    async def has(self, count: int) -> list[Reply]:
        """The replies, once so many are recorded and the mailbox has been told of all that lies in it."""
        inbox = self._inbox[SERVICE]
        await self._inbox.arrives(SERVICE, lambda _: len(self.replies) >= count and not inbox.unread)
        return self.replies


@pytest.fixture
def register(post: Post) -> Register:
    return Register(post)


@pytest.fixture
def url(post: Post) -> str:
    return f"imap://{SERVICE}:una%20parola%20%2F%20con%20%40%20e%20spazi@127.0.0.1:{post.imap.port}"


@pytest.fixture
def mailbox(store: Store, url: str, clock: HandClock, register: Register) -> Mailbox:
    return Mailbox(
        store=store,
        connect=lambda: Inbox(mail_server(url), patience=5.0),
        name=SERVICE,
        secret=SECRET,
        record=register.record,
        now=clock,
    )


@asynccontextmanager
async def reading(mailbox: Mailbox) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(mailbox.run())
        try:
            yield
        finally:
            task.cancel()


async def kept(store: Store) -> list[letters.Letter]:
    def work(tx: Transaction) -> list[letters.Letter]:
        found = (letters.get(tx, number) for number in range(1, 500))
        return [letter for letter in found if letter]

    return await store.read(work)


Ask = Callable[..., Awaitable[Letter]]


@pytest.fixture
def ask(
    store: Store, post: Post, clock: HandClock, minting: Minting, a_postman: Callable[..., Postman]
) -> Ask:
    """Have a mail put, sent and delivered; gives it as RA sees it."""

    async def work(*, plus: bool = True) -> Letter:
        await store.run(lambda tx: put_mail(tx, a_mail(), minted_by=minting, now=clock()))
        await a_postman(plus=plus).deliver_due()
        return await post.mailboxes.arrives(RA)

    return work


@pytest.mark.parametrize("plus", [True, False])
async def test_a_reply_is_matched_understood_recorded_and_flagged(
    ask: Ask, post: Post, mailbox: Mailbox, register: Register, plus: bool
) -> None:
    asked = await ask(plus=plus)
    async with reading(mailbox):
        await post.mailboxes.reply(RA, asked, "Fatto!\n\nPaola")
        [reply] = await register.has(1)
        await post.mailboxes.arrives(SERVICE, lambda letter: SEEN in letter.flags)
    assert isinstance(reply.decision, Matched)
    assert reply.decision.sent.mail == a_mail()
    assert [command.verb for command in reply.heard.commands] == [Verb.DONE]
    assert reply.sender.email == RA


async def test_the_bytes_of_a_letter_are_kept_as_they_came(
    store: Store, post: Post, mailbox: Mailbox, register: Register, clock: HandClock
) -> None:
    raw = await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Prima")
    async with reading(mailbox):
        await register.has(1)
        await post.mailboxes.arrives(SERVICE, lambda letter: SEEN in letter.flags)
    [letter] = await kept(store)
    assert (letter.raw, letter.outcome, letter.mailbox) == (raw, Outcome.RECORDED, SERVICE)


async def test_letters_that_came_while_we_were_away_are_read_at_the_start(
    post: Post, mailbox: Mailbox, register: Register
) -> None:
    for number in range(imap.BATCH * 2 + 7):
        await post.mailboxes.compose("x@y.example.com", SERVICE, f"Lettera {number}", "Salve")
    async with reading(mailbox):
        replies = await register.has(imap.BATCH * 2 + 7)
    assert {reply.decision for reply in replies} == {Unknown(Why.NO_TOKEN)}


async def test_letters_that_come_while_we_idle_are_read_at_once_each(
    post: Post, mailbox: Mailbox, register: Register
) -> None:
    async with reading(mailbox):
        for number in range(1, 6):
            await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", f"Riga {number}")
            await register.has(number)
    assert [reply.first_line for reply in register.replies] == [f"Riga {number}" for number in range(1, 6)]


async def test_a_stranger_with_the_right_token_has_no_effect(
    ask: Ask, post: Post, mailbox: Mailbox, register: Register
) -> None:
    asked = await ask()
    async with reading(mailbox):
        await post.mailboxes.reply("estraneo@altrove.example.com", asked, "Fatto")
        [reply] = await register.has(1)
    assert (reply.decision, reply.heard) == (Unknown(Why.SENDER_NOT_ALLOWED), NOTHING_HEARD)


async def test_a_robots_answer_is_a_machines(post: Post, mailbox: Mailbox, register: Register) -> None:
    async with reading(mailbox):
        await post.mailboxes.deliver(
            b"From: x@y.example.com\r\nAuto-Submitted: auto-replied\r\n\r\nFatto", "", [SERVICE]
        )
        [reply] = await register.has(1)
    assert isinstance(reply.decision, Automated)
    assert reason_of(reply.decision.machine) == "auto-submitted"


async def test_a_letter_that_breaks_the_action_is_set_aside_and_blocks_nobody(
    store: Store, post: Post, mailbox: Mailbox, register: Register
) -> None:
    register.breaks_on = "Rompiti"
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Rompiti")
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Altro")
        await register.has(1)
    broken, other = await kept(store)
    assert (broken.outcome, broken.reason) == (Outcome.TO_SORT, "fault: ZeroDivisionError")
    assert other.outcome == Outcome.RECORDED


async def test_a_letter_of_too_many_parts_is_for_a_person_whatever_it_says(
    ask: Ask, post: Post, mailbox: Mailbox, register: Register
) -> None:
    asked = await ask()
    head = (
        f"From: {RA}\r\nIn-Reply-To: {asked.message_id}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    )
    async with reading(mailbox):
        await post.mailboxes.deliver(head.encode() + b"--x\r\n\r\nFatto\r\n" * 200, RA, [SERVICE])
        [reply] = await register.has(1)
    assert reply.decision == Unknown(Why.UNREADABLE)


@pytest.mark.parametrize("raw", [b"", b"\0\xff\0", b"Subject: a\0b\r\n\r\nFat\0to", b"(" * 3_000])
async def test_bytes_that_are_no_letter_are_kept_all_the_same(
    store: Store, post: Post, mailbox: Mailbox, register: Register, raw: bytes
) -> None:
    async with reading(mailbox):
        await post.mailboxes.deliver(raw + b"\r\n", "", [SERVICE])
        await register.has(1)
    assert len(await kept(store)) == 1


async def a_letter_kept(post: Post, store: Store, clock: HandClock) -> int:
    """A letter that lies in the mailbox and whose bytes were kept before a crash; its id in the store."""
    await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Prima")
    [lying] = post.mailboxes[SERVICE].messages

    def work(tx: Transaction) -> int | None:
        return letters.keep(
            tx,
            mailbox=SERVICE,
            uidvalidity=post._uid_validity,
            uid=lying.uid,
            message_id=lying.message_id,
            raw=lying.raw,
            now=clock(),
        )

    return await store.run(work) or 0


async def test_a_letter_kept_before_a_crash_is_recorded_after_it_and_once(
    store: Store, post: Post, clock: HandClock, mailbox: Mailbox, register: Register
) -> None:
    await a_letter_kept(post, store, clock)
    async with reading(mailbox):
        await register.has(1)
    assert [reply.first_line for reply in register.replies] == ["Prima"]


async def test_a_letter_recorded_before_a_crash_is_only_flagged_after_it(
    store: Store, post: Post, clock: HandClock, mailbox: Mailbox, register: Register
) -> None:
    letter = await a_letter_kept(post, store, clock)
    await store.run(
        lambda tx: letters.settle(tx, letter, outcome=Outcome.RECORDED, reason="", about=None, now=clock())
    )
    async with reading(mailbox):
        assert await register.has(0) == []


async def test_the_same_bytes_at_another_place_take_effect_once(
    store: Store, post: Post, mailbox: Mailbox, register: Register
) -> None:
    raw = await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Prima")
    async with reading(mailbox):
        await register.has(1)
        await post.mailboxes.deliver(raw, "", [SERVICE])
        await post.mailboxes.arrives(SERVICE, lambda letter: letter.uid == 2 and SEEN in letter.flags)
    assert len(await kept(store)) == 1


async def test_a_mailbox_that_starts_anew_is_read_anew(
    store: Store, post: Post, mailbox: Mailbox, register: Register
) -> None:
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Prima")
        await register.has(1)
        post.reset()
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Dopo")
        await register.has(2)
    assert len({letter.uidvalidity for letter in await kept(store)}) == 2


async def test_a_large_letter_is_read_whole(
    store: Store, post: Post, mailbox: Mailbox, register: Register
) -> None:
    async with reading(mailbox):
        await post.mailboxes.compose(
            "x@y.example.com", SERVICE, "Salve", "Fatto\n" + "riga lunga\n" * 200_000
        )
        [reply] = await register.has(1)
    assert reply.first_line == "Fatto"
    assert len((await kept(store))[0].raw) > 2_000_000


async def test_of_a_letter_too_large_the_beginning_is_kept_for_a_person(
    store: Store, post: Post, mailbox: Mailbox, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "LARGEST", 50_000)
    monkeypatch.setattr(imap, "MOST_BYTES", 50_000)
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "riga\n" * 40_000)
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Piccola")
        await register.has(1)
        await post.mailboxes.arrives(SERVICE, lambda letter: letter.uid == 1 and SEEN in letter.flags)
    whole = {letter.uid: letter for letter in await kept(store)}
    assert (whole[1].outcome, whole[1].reason, len(whole[1].raw)) == (Outcome.TO_SORT, "too_large", imap.HEAD)


async def test_an_old_mailbox_is_not_read_from_its_beginning(
    store: Store, post: Post, mailbox: Mailbox, register: Register, clock: HandClock
) -> None:
    await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Letta da tempo")
    post.mailboxes.read(post.mailboxes[SERVICE].messages[0])
    await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Mai aperta")
    clock.move(timedelta(days=60))
    await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Appena letta")
    post.mailboxes.read(post.mailboxes[SERVICE].messages[2])
    post.imap.renew(post._uid_validity)
    for letter in post.mailboxes[SERVICE].messages:
        await post.imap._inbox.receive(letter)  # type: ignore[union-attr]  # the server is open
    async with reading(mailbox):
        await register.has(2)
    assert [reply.first_line for reply in register.replies] == ["Mai aperta", "Appena letta"]


FOLDERS = {Outcome.RECORDED: "Dopovisita/Registrate", Outcome.TO_SORT: "Dopovisita/Da smistare"}


async def test_letters_are_put_away_by_what_came_of_them_and_a_broken_one_holds_nobody_up(
    store: Store, post: Post, url: str, clock: HandClock, register: Register
) -> None:
    register.breaks_on, inside = "Rompiti", post.mailboxes[SERVICE]
    mailbox = Mailbox(
        store=store,
        connect=lambda: Inbox(mail_server(url), patience=5.0),
        name=SERVICE,
        secret=SECRET,
        record=register.record,
        now=clock,
        folders=FOLDERS,
    )
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Rompiti")
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Altro")
        await register.has(1)
        await post.mailboxes._feed.until(f"mail:{SERVICE}", lambda: not inside.messages or None, 10)
    with closing(await opened(url, "Dopovisita/Registrate")) as inbox:
        assert len(await inbox.uids_after(0, since=date(2020, 1, 1))) == 1
    with closing(await opened(url, "Dopovisita/Da%20smistare")) as inbox:
        assert len(await inbox.uids_after(0, since=date(2020, 1, 1))) == 1


async def opened(url: str, folder: str) -> Inbox:
    inbox = Inbox(mail_server(f"{url}/{folder}"), patience=5.0)
    await inbox.open()
    return inbox


async def test_a_letter_moved_before_a_crash_keeps_nobody_from_being_read_after_it(
    store: Store, post: Post, clock: HandClock, mailbox: Mailbox, register: Register
) -> None:
    letter = await a_letter_kept(post, store, clock)
    await store.run(
        lambda tx: letters.settle(tx, letter, outcome=Outcome.RECORDED, reason="", about=None, now=clock())
    )
    post.mailboxes.expunge(post.mailboxes[SERVICE].messages[0])  # it was moved; we died before noting it
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Dopo")
        assert [reply.first_line for reply in await register.has(1)] == ["Dopo"]
    assert len(await kept(store)) == 2


async def test_what_breaks_the_parser_is_kept_and_set_aside(
    store: Store, post: Post, mailbox: Mailbox, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(raw: bytes, *more: str) -> ReadLetter:
        if b"Rompiti" in raw:
            raise RecursionError
        return read(raw, *more)

    monkeypatch.setattr("mailer.mailbox.read", breaking)
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Rompiti")
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Altro")
        await register.has(1)
    broken, other = await kept(store)
    assert (broken.outcome, broken.reason) == (Outcome.TO_SORT, "fault: RecursionError")
    assert other.outcome == Outcome.RECORDED

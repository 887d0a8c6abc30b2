"""Whatever arrived is kept, and ends as one of three things with its reason; none blocks those behind it."""

from urllib.parse import quote

from actions.by_mail.record_reply import record_reply
from emulator.letters import SEEN
from emulator.mail import Mail as Post
from mailer.mailbox import Mailbox
from mailer.reading.letter import message_id_of
from mailer.wires.imap import Inbox
from mailer.wires.servers import mail_server
from store import letters, people
from store.engine import Store
from store.letters import Outcome
from store.transaction import Transaction
from tests.actions.house import FILE, OFFICE
from tests.mailer.conftest import PASSWORD, SERVICE, HandClock
from tests.mailer.reading.damaged import bombs, damaged
from tests.mailer.test_mailbox import kept, reading

DAMAGED = 300
SMALL = 400_000


def every() -> list[bytes]:
    made_to_kill = [bomb for bomb in bombs().values() if len(bomb) < SMALL]
    return list(dict.fromkeys((*map(damaged, range(DAMAGED)), *made_to_kill)))


async def test_every_damaged_letter_ends_to_sort_or_ignored_with_its_reason_and_blocks_nobody(
    store: Store, post: Post, clock: HandClock
) -> None:
    """Kept already: the emulator's server would not survive them."""

    def keep(tx: Transaction) -> None:
        people.sync(tx, FILE.persons, clock().date(), clock())
        for uid, raw in enumerate(every(), 1):
            letters.keep(
                tx,
                mailbox="altrove",
                uidvalidity=1,
                uid=uid,
                message_id=message_id_of(raw),
                raw=raw,
                now=clock(),
            )

    await store.run(keep)
    url = f"imap://{SERVICE}:{quote(PASSWORD, safe='')}@127.0.0.1:{post.imap.port}"
    mailbox = Mailbox(
        store=store,
        connect=lambda: Inbox(mail_server(url), patience=60.0),
        name=SERVICE,
        secret=OFFICE.minting.secret,
        record=lambda tx, reply, now: record_reply(tx, OFFICE, reply, now),
        now=clock,
    )
    async with reading(mailbox):
        await post.mailboxes.compose("x@y.example.com", SERVICE, "Salve", "Eccomi")
        await post.mailboxes.arrives(SERVICE, lambda letter: SEEN in letter.flags)
    *came, last = await kept(store)
    assert [letter.raw for letter in came] == every()
    assert {letter.outcome for letter in came} == {Outcome.TO_SORT, Outcome.IGNORED}
    assert [letter.id for letter in (*came, last) if not letter.reason] == []
    assert [letter.reason for letter in came if letter.reason.startswith("fault")] == []

"""What the service would make of a letter, tried on its own database and undone whole.

The chain is the mailbox's own: read, recognised, understood, recorded. Refuses to know files and words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from actions.deliver import Minting
from actions.office import Office
from dopovisita.campaign_file import load_campaign
from dopovisita.checks import look_at_archive
from dopovisita.secret import SecretUrl, reply_key
from dopovisita.settings import CAMPAIGN, DATABASE_URL, MAIL_FROM, SECRET_KEY
from mailer.reading.letter import Letter
from mailer.replying import reply_of
from procedure.notices import Mail, Push
from procedure.notices_json import mail_from_json, push_from_json
from procedure.workdays import calendars
from store import letters, outbox
from store.engine import open_store
from store.outbox import Channel, OutboxRow
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would come of a letter.

    Attributes:
        reply: as it was recognised and understood.
        kept: the letter as it would be settled; where it came before, as it was.
        came_before: these bytes are in the database already: nothing is tried.
        mails: what would leave by mail, the answer to its sender among it.
        pushes: what would be told in chat.
    """

    reply: Reply
    kept: letters.Letter
    came_before: bool
    mails: tuple[Mail, ...] = ()
    pushes: tuple[Push, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """What a rehearsal stands on: the settings of this installation, as far as it needs them."""

    given: Mapping[str, str]
    url: SecretUrl
    office: Office

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "House":
        """From the variables that are set.

        Raises:
            Failure: one is missing or wrong, or there is no campaign file.
        """
        campaign = load_campaign(CAMPAIGN.of(given)).campaign
        domain = MAIL_FROM.of(given).email.partition("@")[2]
        minting = Minting(reply_key(SECRET_KEY.of(given)), domain)
        return cls(given, DATABASE_URL.of(given), Office(campaign, calendars(campaign), minting))

    async def rehearse(self, raw: bytes, letter: Letter, now: datetime) -> Rehearsed:
        """Try the letter on the database; nothing of it stays.

        Raises:
            Failure: there is no database, it does not open, or it is of another version.
        """
        await look_at_archive(self.given)
        async with open_store(self.url.reveal()) as store:
            return await store.rehearse(lambda tx: _tried(tx, self.office, raw, letter, now))


def _tried(tx: Transaction, office: Office, raw: bytes, letter: Letter, now: datetime) -> Rehearsed:
    if known := letters.of_bytes(tx, raw):
        return Rehearsed(reply_of(tx, office.minting.secret, known.id, letter, now), known, came_before=True)
    mid = letter.message_id
    row = letters.keep(tx, mailbox="leggi", uidvalidity=0, uid=0, message_id=mid, raw=raw, now=now)
    assert row is not None  # its bytes are not there  # noqa: S101
    reply = reply_of(tx, office.minting.secret, row, letter, now)
    before = len(tx.queued)
    record_reply(tx, office, reply, now)
    rows = [found for one in tx.queued[before:] if (found := outbox.get(tx, one))]
    kept = letters.get(tx, row)
    assert kept is not None  # it was just kept  # noqa: S101
    return Rehearsed(reply, kept, came_before=False, mails=tuple(_mails(rows)), pushes=tuple(_pushes(rows)))


def _mails(rows: list[OutboxRow]) -> list[Mail]:
    payloads = [row.payload for row in rows if row.channel is Channel.MAIL]
    mails = [one["mail"] for one in payloads if isinstance(one, dict)]
    return [mail_from_json(one) for one in mails if isinstance(one, dict)]


def _pushes(rows: list[OutboxRow]) -> list[Push]:
    payloads = [row.payload for row in rows if row.channel is Channel.CHAT]
    return [push_from_json(one) for one in payloads if isinstance(one, dict)]

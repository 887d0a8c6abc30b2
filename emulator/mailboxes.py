"""The mailboxes of everyone in this world: what lies in them, who waits for what, and who writes.

Letters are written to the journal as they arrive. It refuses to know SMTP and IMAP, which bring and fetch
them.
"""

import base64
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime

from emulator.feed import Feed
from emulator.letters import SEEN, Letter, answer, written
from emulator.state import Journal, Json

PATIENCE = 10.0  # seconds a test waits for a letter before it says what lies in the mailbox

Wanted = str | Callable[[Letter], bool]


class NotArrivedError(AssertionError):
    """The letter that was awaited did not come; the message lists those that did."""


class Mailbox:
    """The letters of one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.letters: dict[int, Letter] = {}
        self.last_uid = 0

    @property
    def messages(self) -> list[Letter]:
        """The letters that lie in it, oldest first."""
        return [letter for letter in self.letters.values() if not letter.gone]

    @property
    def unread(self) -> int:
        """How many nobody has opened."""
        return sum(letter.unread for letter in self.messages)


class Mailboxes:
    """All the mailboxes, by address (capitals do not count).

    Args:
        service_address: what is sent to "name+anything@domain" of it arrives in it too.
        now: the emulator's clock.
    """

    def __init__(
        self, journal: Journal, feed: Feed, now: Callable[[], datetime], service_address: str
    ) -> None:
        self._journal = journal
        self._feed = feed
        self._now = now
        self._service = service_address.lower()
        self._by_address: dict[str, Mailbox] = {}
        self._by_number: dict[int, Letter] = {}
        self._last_number = 0
        self.when_it_arrives: Callable[[Letter], Awaitable[None]] | None = None
        self._load()

    def __getitem__(self, address: str) -> Mailbox:
        """The mailbox of an address; a new one is empty."""
        owner = self._owner(address)
        if owner not in self._by_address:
            self._by_address[owner] = Mailbox(owner)
        return self._by_address[owner]

    def __iter__(self) -> Iterator[Mailbox]:
        return iter(self._by_address.values())

    def find(self, number: int) -> Letter | None:
        """The letter of that number, if there is one."""
        return self._by_number.get(number)

    # ---- arriving --------------------------------------------------------------------------------

    async def deliver(self, raw: bytes, sender: str, recipients: Iterable[str]) -> list[Letter]:
        """Put a copy in the mailbox of each recipient, once each; gives the copies."""
        owners = dict.fromkeys(self._owner(recipient) for recipient in recipients)
        return [await self._put(self[owner], raw, sender) for owner in owners]

    async def arrives(
        self,
        address: str,
        wanted: Wanted = "",
        timeout: float = PATIENCE,  # noqa: ASYNC109 -- a safety net that prints the mailbox, not a cancel scope
        *,
        after: Letter | None = None,
    ) -> Letter:
        """Wait for the first letter whose subject contains the text, or that satisfies the predicate.

        One that already lies there counts, unless it is not newer than `after`.

        Raises:
            NotArrivedError: none came within `timeout` seconds.
        """
        box = self[address]
        try:
            return await self._feed.until(f"mail:{box.address}", lambda: _first(box, wanted, after), timeout)
        except TimeoutError:
            there = "\n".join(f"  {letter}" for letter in box.messages) or "  (empty)"
            raise NotArrivedError(
                f"{wanted!r} did not reach {address} in {timeout:g} s. There lie:\n{there}"
            ) from None

    # ---- writing ---------------------------------------------------------------------------------

    async def reply(
        self,
        address: str,
        letter: Letter,
        text: str,
        *,
        quote: bool = True,
        to: str | None = None,
        subject: str | None = None,
    ) -> bytes:
        """Answer a letter from the mailbox `address`, as a mail program does; gives the raw mail.

        Args:
            address: whose mailbox it is answered from.
            letter: the one that is answered.
            text: of the answer.
            quote: whether the original stands below the text.
            to: another recipient than Reply-To or From, such as that of a mailto: link in the letter.
            subject: another subject than "Re: …", likewise.
        """
        mail = answer(letter, text, author=address, at=self._now(), seed=self._seed(), quote=quote)
        if to:
            mail.replace_header("To", to)
        if subject:
            mail.replace_header("Subject", subject)
        await self.deliver(bytes(mail), address, [to or letter.answer_to])
        return bytes(mail)

    async def compose(self, author: str, to: str | Iterable[str], subject: str, text: str) -> bytes:
        """Write a new mail; gives the raw mail."""
        recipients = [to] if isinstance(to, str) else list(to)
        mail = written(author, recipients, subject, text, at=self._now(), seed=self._seed())
        await self.deliver(bytes(mail), author, recipients)
        return bytes(mail)

    # ---- reading ---------------------------------------------------------------------------------

    def read(self, letter: Letter) -> None:
        """Somebody opens it."""
        if letter.unread:
            self.flag(letter, letter.flags | {SEEN})

    def flag(self, letter: Letter, flags: set[str]) -> None:
        """It has these flags from now on."""
        letter.flags = flags
        self._keep(letter, "flags")

    def expunge(self, letter: Letter) -> None:
        """Its reader throws it away."""
        letter.gone = True
        self._keep(letter, "flags")

    def latest(self) -> datetime | None:
        """When the newest letter arrived."""
        return max((letter.received_at for letter in self._by_number.values()), default=None)

    def reset(self) -> None:
        """Empty every mailbox; numbers and UIDs go on."""
        self._by_number.clear()
        for box in self._by_address.values():
            box.letters.clear()
            self._journal.put("uid", box.address, box.last_uid)
        self._journal.put("counter", "letter", self._last_number)

    # ---- inside ----------------------------------------------------------------------------------

    def _owner(self, address: str) -> str:
        """The address whose mailbox takes what is sent to `address`."""
        lower = address.strip().strip("<>").lower()
        local, _, domain = lower.rpartition("@")
        base = f"{local.partition('+')[0]}@{domain}"
        return base if base == self._service else lower

    async def _put(self, box: Mailbox, raw: bytes, sender: str) -> Letter:
        box.last_uid += 1
        self._last_number += 1
        letter = Letter(self._last_number, box.last_uid, box.address, raw, sender, self._now())
        self._hold(box, letter)
        self._journal.put("raw", letter.number, base64.b64encode(raw).decode())
        self._keep(letter, "letter")
        if self.when_it_arrives and box.address == self._service:
            await self.when_it_arrives(letter)
        return letter

    def _hold(self, box: Mailbox, letter: Letter) -> None:
        box.letters[letter.uid] = letter
        self._by_number[letter.number] = letter

    def _keep(self, letter: Letter, kind: str) -> None:
        names = ("number", "uid", "mailbox", "sender", "gone")
        kept: Json = {name: getattr(letter, name) for name in names}
        kept |= {"flags": sorted(letter.flags), "received_at": letter.received_at.isoformat()}
        self._journal.put("letter", letter.number, kept)
        self._feed.publish(f"mail:{letter.mailbox}", kind, letter.summary)

    def _seed(self) -> str:
        return f"{self._service} {self._last_number} {self._now().isoformat()}"

    def _load(self) -> None:
        for address, uid in self._journal.table("uid").items():
            self[address].last_uid = uid
        self._last_number = self._journal.table("counter").get("letter", 0)
        raws = self._journal.table("raw")
        for number, kept in self._journal.table("letter").items():
            at = datetime.fromisoformat(kept["received_at"])
            raw = base64.b64decode(raws[number])
            letter = Letter(**(kept | {"flags": set(kept["flags"]), "received_at": at, "raw": raw}))
            box = self[letter.mailbox]
            box.last_uid = max(box.last_uid, letter.uid)
            self._last_number = max(self._last_number, letter.number)
            self._hold(box, letter)


def _first(box: Mailbox, wanted: Wanted, after: Letter | None) -> Letter | None:
    for letter in box.messages:
        newer = after is None or letter.number > after.number
        if newer and (wanted in letter.subject if isinstance(wanted, str) else wanted(letter)):
            return letter
    return None

"""What left the service since the last look, from the emulator's own record; and how it is compared.

It reads chats and mailboxes, never the service.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from emulator.world import World
from tests.journeys.stage import SERVICE
from tests.year.acts import Acts
from tests.year.cast import Cast, Person
from tests.year.digests import IN_CHAT
from tests.year.history import Notice
from tests.year.reading import Reader
from tests.year.words import SHOWN


class Recorder:
    """Everybody's chats and mailboxes, each read once."""

    def __init__(self, cast: Cast, world: World, acts: Acts) -> None:
        self._cast = cast
        self._world = world
        self._acts = acts
        self._reader = Reader(cast)
        self._ids: set[tuple[str, str]] = set()
        self._read: Counter[str] = Counter()  # a person's or a mailbox's address → the last number read

    def gathered(self, *, killed: bool = False) -> Counter[Notice]:
        """All that left since the last time. Where the service was `killed`, a mail that was on the wire may
        have come in two copies with one Message-ID, which a mail program shows as one.
        """
        self._remember_buttons()
        got: Counter[Notice] = Counter()
        for person in self._cast.people:
            if person.telegram:
                got += self._chat(person)
        for box in list(self._world.mail.mailboxes):
            if box.address != SERVICE:
                got += self._mailbox(box.address, killed=killed)
        return got

    def forgets(self) -> None:
        """What stands there now is of no interest."""
        self.gathered()

    def _remember_buttons(self) -> None:
        by_chat = {hands.phone.user_id: hands for hands in self._acts.hands.values()}
        for call in self._world.telegram.calls:
            hands = by_chat.get(call.params.get("chat_id", 0))
            if hands and call.error is None:
                hands.remembers(call.params)
        self._world.telegram.calls.clear()

    def _chat(self, person: Person) -> Counter[Notice]:
        """Messages of the bot that answer nothing done on this phone."""
        hands = self._acts.hands.get(person.email)
        chat = self._world.telegram.office.chats.get(person.telegram or 0)
        got: Counter[Notice] = Counter()
        if hands is None or chat is None:
            return got
        key = f"chat {person.email}"
        newer = list(
            takewhile(lambda one: one.message_id > self._read[key], reversed(chat.messages.values()))
        )
        for message in newer:
            if message.from_bot and message.message_id not in hands.answered:
                got += self._reader.chat(person, message.text)
        self._read[key] = max([self._read[key], *(one.message_id for one in newer)])
        return got

    def _mailbox(self, address: str, *, killed: bool) -> Counter[Notice]:
        box = self._world.mail.mailboxes[address]
        got: Counter[Notice] = Counter()
        for uid in range(self._read[address] + 1, box.last_uid + 1):
            letter = box.letters[uid]
            if killed and (address, letter.message_id) in self._ids:
                continue
            self._ids.add((address, letter.message_id))
            read = self._reader.letter(letter)
            got += read
            for notice in read:
                self._acts.letters[address, notice.kind, notice.about] = letter
        self._read[address] = box.last_uid
        return got


def differences(
    expected: Counter[Notice], got: Counter[Notice], *, killed: bool
) -> Iterator[tuple[str, Notice, int]]:
    """What is missing and what is too much. What a full message has no room for is believed; a chat message
    that was on the wire when the service was `killed` may come once more.
    """
    shown = Counter(_message(notice) for notice in got.elements() if " " in notice.kind)
    for notice, times in sorted((expected - got).items()):
        if shown[_message(notice)] < ROOM.get(_message(notice)[1:], 10_000):
            yield "missing", notice, times
    for notice, times in sorted((got - expected).items()):
        if notice.kind == "courtesy":
            continue
        again = killed and notice.wire == "chat" and (notice in expected or "unknown" in notice.kind)
        if not again:
            yield "extra", notice, times


def _message(notice: Notice) -> tuple[str, str, str]:
    """Whose message an item is in, and which: the morning's or a digest."""
    return notice.to, notice.wire, "digest" if notice.kind.startswith("digest ") else "morning"


ROOM = {("chat", "morning"): SHOWN, ("chat", "digest"): IN_CHAT}

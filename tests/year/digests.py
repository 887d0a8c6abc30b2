"""What supervisors read, and when: the digests of docs/decisions/0015, reckoned from the open duties.

It refuses to know what the owners are told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from tests.year.cast import Cast, mailbox
from tests.year.duties import Duty
from tests.year.hearers import Hearers
from tests.year.history import Notice

AFTER: Final = {"D1": 1, "D6": 2, "D7": 2, "D8": 2, "D10": 1, "D11": 1, "D13": 1, "D14": 1}
"""Working days of delay after which a duty escalates."""

IN_CHAT: Final = 20  # lines of a digest in a chat
VACANT = "ruolo scoperto"
Reader = tuple[str, str]
"""Whose digest it is, and "ruolo scoperto" where nobody bears the role it is read by."""


class Digests:
    """Who has read what."""

    def __init__(self, cast: Cast, hearers: Hearers) -> None:
        self._cast = cast
        self._hearers = hearers
        self._weeks: dict[str, tuple[int, int]] = {}  # reader → the last week begun
        self._days: dict[str, int] = {}  # reader → the last day looked at

    def due_now(self, duties: Iterable[Duty], now: datetime) -> Counter[Notice]:
        """The digests that should leave at this moment, with the service running."""
        escalated: dict[Reader, list[Duty]] = {}
        for duty in duties:
            if duty.opened < now.date() and self._delay(duty, now) >= AFTER.get(duty.kind, 10_000):
                escalated.setdefault(self._reader(duty), []).append(duty)
        read: dict[str, list[tuple[Duty, str]]] = {}
        for (reader, vacant), late in escalated.items():
            read.setdefault(reader, []).extend((duty, vacant) for duty in late)
        messages: dict[str, Counter[Notice]] = {}
        for reader in self._everybody():
            hears, place = self._hearers.of(reader, now.date())
            for head, items in self._parts(reader, hears, read.get(reader, []), place, now):
                messages.setdefault(hears, Counter())[head] = 1
                messages[hears] += items
        return sum(map(_one_message, messages.values()), Counter())

    def _parts(
        self, reader: str, hears: str, late: list[tuple[Duty, str]], place: str, now: datetime
    ) -> Iterator[tuple[Notice, Counter[Notice]]]:
        """Everything on the first working day of the week, later only what is new; never an empty one."""
        today = now.date().toordinal()
        if self._days.get(reader) == today or not self._hearers.may_write(hears, now):
            return
        self._days[reader] = today
        week = now.isocalendar()[:2]
        is_weekly = self._weeks.get(reader) != week
        self._weeks[reader] = week
        told = [one for one in late if is_weekly or (one[0].kind != "D1" and not one[0].escalated)]
        for duty, _ in told:
            duty.escalated = True
        wire = self._hearers.wire(hears)
        if told:
            head = Notice(hears, wire, "digest-week" if is_weekly else "digest-news")
            yield (
                head,
                Counter(
                    Notice(
                        hears,
                        wire,
                        f"digest {one.kind} +{self._delay(one, now)}",
                        one.company.ref,
                        vacant or place,
                    )
                    for one, vacant in told
                ),
            )

    def _delay(self, duty: Duty, now: datetime) -> int:
        """Working days of delay, on the calendar of the company's site."""
        return self._cast.days(duty.company.site).between(duty.until, now.date())

    def _reader(self, duty: Duty) -> Reader:
        with_services = duty.company.has_services
        match duty.kind:
            case "D10" | "D11" | "D13":
                return self._bearer("RPS")
            case "D1" | "D14":
                return self._bearer("RPC" if with_services else "RPS")
        if with_services:
            return self._bearer("RPC")
        heads = self._cast.bearers("RS", duty.company.site)
        if not heads:
            return self._bearer("RPS")[0], VACANT
        if duty.owner == heads[0].email:
            return self._bearer("RPS")
        return heads[0].email, ""

    def _bearer(self, role: str) -> Reader:
        """The person of the role, else its mailbox."""
        bearers = self._cast.bearers(role)
        return (bearers[0].email if bearers else mailbox(role)), ""

    def _everybody(self) -> Iterator[str]:
        yield from dict.fromkeys(
            [
                *(self._bearer(role)[0] for role in ("RPS", "RPC")),
                *(one.email for one in self._cast.bearers("RS")),
            ]
        )


def _one_message(digest: Counter[Notice]) -> Counter[Notice]:
    """One head, the week's where there is one; a long one is there in part in the chat, and whole by mail."""
    heads = sorted((one for one in digest if one.kind.startswith("digest-")), key=lambda one: one.kind)
    for head in heads[:-1]:
        del digest[head]
    head = heads[-1]
    if head.wire == "chat" and digest.total() - 1 > IN_CHAT:
        whole = Counter({replace(one, wire="mail"): times for one, times in digest.items()})
        return digest + whole + Counter([Notice(head.to, "chat", "digest-cut")])
    return digest

"""An office at work on a real SQLite file, inside one transaction: people, companies, and the verbs in short.

The campaign and its people are those of campaign.example.toml; the companies are invented.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine

from actions import converse
from actions.confirm_visit import Confirmed
from actions.converse import Talk
from actions.deliver import Minting
from actions.finish import finish
from actions.office import Office
from actions.turn import Turn
from actions.watch import Owner, open_deadline
from conversations.dialogue import Tap, Typed
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import ROME
from procedure.deadlines import DeadlineKind, due
from procedure.fields import RegisterField
from procedure.notices import About, Mail, Push, Subject
from procedure.notices_json import mail_from_json, push_from_json
from procedure.people import Person
from procedure.visits import Code, Company
from procedure.workdays import calendars
from store import audit, deadlines, loading, outbox, people, register, remits, sqlite, tables
from store.deadlines import DeadlineRow
from store.loading import CompanyEntry
from store.migrations import migrate
from store.transaction import Transaction

FILE = load_campaign(Path(__file__).parents[2] / "campaign.example.toml")
OFFICE = Office(
    FILE.campaign, calendars(FILE.campaign), Minting(b"a secret of the tests, 32 bytes.", "x.example")
)
AT = "@associazione.example.com"
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=ROME)
JOINED = date(2026, 11, 2)
TELEGRAM = {
    "ada.esempioli": 1001,
    "carla.immaginelli": 1002,
    "ivo.prototipelli": 1003,
    "bruno.fintarelli": 1004,
}
PLAIN = ("none", "2026-11-18", "company", "=", "in_order", "=", "not_now", "2027-02-16", "good", "=")
PLAIN_NEW = (*PLAIN[:4], *PLAIN[5:])
EVERYTHING = (
    *("open", "partly", "2026-11-18", "company", "telefono", "="),
    *(Typed("0573 000999"), "all", "PAGHE", "SICUREZZA", "+", "=", "PRIVACY", "=", "-", "-", "-", "tense"),
    *("complaint", "=", Typed("Nessuno risponde")),
)
CATALOGUE = (*PLAIN[:5], "+", "=", "HACCP", "PRIVACY", "=", "-", "-", "good", "=")
INTEGRATED = (*PLAIN[:5], "PAGHE", "=", "-", "good", "=")


@dataclass
class House:
    """The office while a test lasts."""

    tx: Transaction
    undone_if_it_fails: Callable[[], AbstractContextManager[object]]  # as the store does with each action
    now: datetime = WEDNESDAY
    office: Office = OFFICE

    def person(self, name: str) -> Person:
        """Who has this address."""
        found = people.by_email(self.tx, name + AT)
        assert found is not None, name
        return found

    def turn(self, name: str = "ada.esempioli", at: datetime | None = None) -> Turn:
        """This person's turn."""
        return Turn(self.tx, self.office, self.person(name), at or self.now)

    def company(self, ref: str = "A001") -> Company:
        """The company of this code."""
        found = register.by_ref(self.tx, ref)
        assert found is not None, ref
        return found

    def tells(self, *raws: Any, ref: str = "A001", turn: Turn | None = None) -> Talk:
        """A visit told so far; a plain text is a tap on the option of that key."""
        turn = turn or self.turn()
        talk = converse.begin_visit(turn, self.company(ref).id)
        return self.goes_on(talk, *raws, turn=turn)

    def goes_on(self, talk: Talk, *raws: Any, turn: Turn | None = None) -> Talk:
        """The dialogue after these answers."""
        for raw in raws:
            talk = converse.tell(turn or self.turn(), talk.draft, Tap(raw) if isinstance(raw, str) else raw)
        return talk

    def confirms(self, *raws: Any, ref: str = "A001", turn: Turn | None = None) -> Confirmed:
        """A visit told to the end and confirmed."""
        turn = turn or self.turn()
        talk = self.tells(*raws, ref=ref, turn=turn)
        done = finish(turn, talk.draft, talk.revision)
        assert isinstance(done, Confirmed), done
        return done

    def quote(self, *raws: Any, ref: str = "A001") -> int:
        """The one quote that a visit opened."""
        (quote,) = (
            row.about.id for row in self.open(self.confirms(*raws, ref=ref).company) if row.due.kind == "D10"
        )
        return quote

    def open(self, company: Company | None = None) -> list[DeadlineRow]:
        """The terms that run about a company."""
        return deadlines.of_company(self.tx, (company or self.company()).id)

    def opens_d1(self, ref: str) -> None:
        """The thirty days of a new member, as the import opens them."""
        company, terms = self.company(ref), self.office.campaign.terms
        term = due(DeadlineKind.D1, JOINED, self.office.calendar(company.site), terms)
        ada = self.person("ada.esempioli")
        about, owner = About(Subject.COMPANY, company.id), Owner(ada.id, ada.email, ada.name)
        open_deadline(self.tx, self.office, term, about=about, company=company, owner=owner, now=self.now)

    def mails(self) -> list[Mail]:
        """Every mail in the outbox."""
        rows = self.tx.all(tables.outbox.select().where(tables.outbox.c.channel == "mail"))
        return [mail_from_json(row.payload["mail"]) for row in rows]

    def pushes(self) -> list[Push]:
        """Every chat message in the outbox."""
        rows = self.tx.all(tables.outbox.select().where(tables.outbox.c.channel == "chat"))
        return [push_from_json(row.payload) for row in rows]

    def message_id(self, mail: Mail) -> str:
        """The Message-ID that a mail was given."""
        row = outbox.by_key(self.tx, mail.key)
        assert row is not None
        assert row.message_id is not None
        return row.message_id

    def traces(self) -> list[str]:
        """What the audit says, the newest first."""
        return [note.what for note in audit.latest(self.tx, 99)]


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026, Italian time."""
    return datetime(2026, month, day, hour, minute, tzinfo=ROME)


@contextmanager
def opened(directory: Path) -> Iterator[House]:
    """The office on a file of its own, in one transaction that is committed at the end."""
    path = directory / "house.db"
    path.write_bytes(_migrated())
    engine = create_engine(f"sqlite:///{path}", json_serializer=sqlite.serializer)
    sqlite.for_writing(engine)
    try:
        with engine.connect() as connection, sqlite.writing(connection):
            house = House(Transaction(connection), connection.begin_nested)
            _furnish(house)
            yield house
    finally:
        engine.dispose()


@cache
def _migrated() -> bytes:
    """A database with its tables and nothing in them, made once a process."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "empty.db"
        asyncio.run(migrate(f"sqlite:///{path}"))
        return path.read_bytes()


def _furnish(house: House) -> None:
    people.sync(house.tx, FILE.persons, house.now.date(), house.now)
    remits.sync(house.tx, FILE.remits)
    for name, account in TELEGRAM.items():
        people.bind_telegram(house.tx, house.person(name).id, account)
    loading.upsert(house.tx, _entries(house), who="importa", at=house.now, channel="file")


def _entries(house: House) -> Iterator[CompanyEntry]:
    ada, bruno = house.person("ada.esempioli").id, house.person("bruno.fintarelli").id
    rows = (
        ("A001", "Tessitura Finzioni S.r.l.", Code.MEMBER, True, "Pistoia", ada, ("Anna Segreta",)),
        (
            "A002",
            "Fratelli Inventati S.n.c.",
            Code.MEMBER,
            False,
            "Pistoia",
            ada,
            ("Uno A", "Due B", "Tre C"),
        ),
        ("A003", "Forno Immaginario S.r.l.", Code.NEW_MEMBER, True, "Pistoia", ada, ("Ugo Nonce",)),
        ("A004", "Officina Apparente S.r.l.", Code.NEW_MEMBER, False, "Pistoia", ada, ("Eva Nonce",)),
        ("A005", "Bottega Senza Soci", Code.MEMBER, True, "Pistoia", ada, ()),
        ("B001", "Orafi Fantasma S.r.l.", Code.MEMBER, True, "Prato", bruno, ("Piero Nonce",)),
    )
    for number, (ref, name, code, services, site, assignee, soci) in enumerate(rows, 1):
        yield CompanyEntry(
            ref=ref,
            name=name,
            code=code,
            has_services=services,
            site=site,
            trade="Federmoda",
            joined_on=JOINED if code is Code.NEW_MEMBER else None,
            assignee=assignee,
            fields={RegisterField.PHONE: f"+39057300010{number}", RegisterField.COMUNE: site},
            partners=soci,
        )

"""The service as the bench starts it: `dopovisita run` on the example campaign, with N more AVs.

Each AV is enrolled and has one company, visited once already today, so that its card is the same from the
first round on. The mail servers are closed ports: a plain visit writes no mail.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stdnum import luhn

from actions.deliver import Minting
from actions.office import Office
from bench.conversation import Screen, data_of
from bot.desk import Desk
from bot.incoming import Incoming
from dopovisita.archive import open_archive, sync_people
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.secret import SecretUrl
from procedure.fields import RegisterField
from procedure.visits import Code, CreditOutcome, VisitMode, VisitReport
from procedure.workdays import calendars
from store import loading, people, register, visits
from store.loading import CompanyEntry
from store.transaction import Transaction
from tests.journeys.stage import CAMPAIGN, SECRET, SERVICE, TOKEN
from tests.journeys.test_plain_visit import PLAIN

TAPS = ("Le mie aziende", "Falegnameria", *PLAIN)
FIRST = 1_001  # the first AV's Telegram account
CLOSED = "127.0.0.1:9"  # nobody listens


@dataclass(frozen=True)
class Prepared:
    """A directory with the campaign's file and the database, ready to run."""

    directory: Path

    @property
    def campaign(self) -> Path:
        return self.directory / "campaign.toml"

    @property
    def database(self) -> SecretUrl:
        return SecretUrl(f"sqlite:///{self.directory / 'dopovisita.db'}")

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "dopovisita", "run"]

    def variables(self, base_url: str) -> dict[str, str]:
        """The settings."""
        return {
            "DOPOVISITA_DATABASE_URL": self.database.reveal(),
            "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
            "DOPOVISITA_TELEGRAM_BASE_URL": base_url,
            "DOPOVISITA_SMTP_URL": f"smtp://{CLOSED}",
            "DOPOVISITA_IMAP_URL": f"imap://prova:prova@{CLOSED}",
            "DOPOVISITA_MAIL_FROM": f"Dopovisita <{SERVICE}>",
            "DOPOVISITA_SECRET_KEY": SECRET,
            "DOPOVISITA_CAMPAIGN": str(self.campaign),
        }


async def prepare(directory: Path, how_many: int) -> Prepared:
    """The campaign's file, the people enrolled, their companies in the register."""
    prepared = Prepared(directory)
    prepared.campaign.write_text(CAMPAIGN.read_text() + "".join(map(_person, range(how_many))))
    file = load_campaign(prepared.campaign)
    async with open_archive(prepared.database) as store:
        await sync_people(store, file, Clock().now())
        await store.run(lambda tx: _enrol(tx, how_many))
    return prepared


async def record(directory: Path) -> list[Screen]:
    """The screens of one visit, as our desk draws them: the home, and each that a tap leads to."""
    prepared = await prepare(directory, 1)
    campaign = load_campaign(prepared.campaign).campaign
    desk = Desk(Office(campaign, calendars(campaign), Minting(b"", "associazione.example.com")))
    async with open_archive(prepared.database) as store:
        return await store.run(lambda tx: _walk(tx, desk))


def _walk(tx: Transaction, desk: Desk) -> list[Screen]:
    screens: list[Screen] = []
    incoming = Incoming(1, FIRST, FIRST, private=True, kind="text", text="/start", start_payload="")
    for tap in (*TAPS, TAPS[0]):
        calls = desk(tx, incoming, Clock().now())
        shown = next(call.params for call in calls if "reply_markup" in call.params)
        screens.append(Screen(str(shown["text"]), dict(shown["reply_markup"]), tap))  # type: ignore[arg-type]  # our own call's JSON
        data = data_of(tap, screens[-1].markup)
        incoming = Incoming(1, FIRST, FIRST, True, "tap", data=data, message_id=1, callback_id="1")
    return screens


def _person(number: int) -> str:
    """One more AV in the campaign's file."""
    lines = (f'nome = "Prova {number}"', f'email = "{_email(number)}"', 'ruoli = ["AV"]', 'sede = "Pistoia"')
    return "\n[[persona]]\n" + "\n".join(lines) + "\n"


def _email(number: int) -> str:
    return f"prova.{number}@associazione.example.com"


def _enrol(tx: Transaction, how_many: int) -> None:
    now = Clock().now()
    avs = [person.id for n in range(how_many) if (person := people.by_email(tx, _email(n)))]
    for account, av in enumerate(avs, FIRST):
        people.bind_telegram(tx, av, account)
    loading.upsert(tx, _companies(avs), who="prova", at=now, channel="import")
    for number, av in enumerate(avs):
        company = register.by_ref(tx, _ref(number))
        assert company
        visits.record(tx, _visited(company.id, now.date()), av=av, completed_at=now)


def _companies(avs: Sequence[int]) -> list[CompanyEntry]:
    return [
        CompanyEntry(
            ref=_ref(number),
            name=f"Falegnameria {number} S.r.l.",
            code=Code.MEMBER,
            has_services=True,
            site="Pistoia",
            trade="Produzione",
            joined_on=date(2019, 3, 4),
            assignee=av,
            fields=_fields(number),
            partners=("Uno Inventato",),
        )
        for number, av in enumerate(avs)
    ]


def _ref(number: int) -> str:
    return f"B{number:04}"


def _fields(number: int) -> dict[RegisterField, str]:
    ten = f"7{number:06}047"
    vat = ten + luhn.calc_check_digit(ten)
    return {
        RegisterField.LEGAL_FORM: "S.r.l.",
        RegisterField.PARTITA_IVA: vat,
        RegisterField.CODICE_FISCALE: vat,
        RegisterField.PEC: f"falegnameria{number}@pec.example.com",
        RegisterField.CODICE_SDI: "ABCDEF1",
        RegisterField.EMAIL: f"info@falegnameria{number}.example.com",
        RegisterField.PHONE: "+390573000100",
        RegisterField.ADDRESS: "Via della Prova 1",
        RegisterField.CAP: "51100",
        RegisterField.COMUNE: "Pistoia",
        RegisterField.ATECO: "16.23.00",
    }


def _visited(company: int, on: date) -> VisitReport:
    return VisitReport(company, on, VisitMode.BY_PHONE, CreditOutcome.NO_CREDIT)

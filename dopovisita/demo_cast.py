"""Who appears on the demo's page: telephones with what to try, mailboxes in a helpful order, answers at hand.

Refuses to know where the page is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from actions.enrol import invite
from dopovisita.campaign_file import CampaignFile
from dopovisita.demo_story import ADA, BRUNO, CARLA, DARIO, ELENA, FABIO, GINA, IVO, LIA, SANDRO
from emulator.people import Person as Phone
from emulator.people import Post
from mailer.understanding.words import WORDS
from procedure.campaign import ProductKind
from procedure.notices import MailKind
from procedure.people import Person, Role
from store import people
from store.transaction import Transaction

FOR_EVER = timedelta(days=3650)
FIRST_USER = 1001  # Telegram's number of the first invented person

NOTES: Final = {
    ADA: "Prova: registra una visita, poi guarda la posta. Domattina avrà un sollecito.",
    BRUNO: "In questi giorni è assente e un suo sollecito è scaduto.",
    CARLA: "È in ritardo con dei moduli firmati. È RS: con /assegna affida le sue aziende ad Ada.",
    DARIO: "Un'azienda sta riflettendo sul suo preventivo.",
    ELENA: "Un credito non riscosso è stato poi incassato.",
    FABIO: "Una visita con due Account Manager e un prodotto a catalogo.",
    GINA: "Un preventivo ha passato i trenta giorni.",
    IVO: "Riceve le richieste di preventivo nella sua casella di posta.",
    LIA: "Riceve le richieste di preventivo nella sua casella di posta.",
    SANDRO: "Tre nuove associate aspettano che confermi chi le visita: /attribuzioni.",
}

_IN_ORDER = (
    MailKind.E3_CORRECTIONS_TO_RA,
    MailKind.E4_FORMS_TO_OFFICE,
    MailKind.E7_QUOTE_TO_AM,
    MailKind.E1_UNCOLLECTED_TO_RPA,
)
QUICK_REPLIES: Final = tuple(
    dict.fromkeys(w.label for kind in _IN_ORDER for w in WORDS[kind] if not w.needs_words)
)
"""The words that the service understands, of the mail that RA gets first."""


def phones(tx: Transaction, now: datetime) -> tuple[Phone, ...]:
    """A telephone for everyone, those who visit first; with an invitation in hand, if it has not entered."""
    everyone = sorted(people.active(tx), key=lambda person: (not person.visits, person.id))
    return tuple(_phone(tx, person, now) for person in everyone)


def _phone(tx: Transaction, person: Person, now: datetime) -> Phone:
    payload = "" if person.telegram_id else invite(tx, person, FOR_EVER, now)
    roles = tuple(sorted(role.in_full for role in person.roles))
    return Phone(person.name, FIRST_USER + person.id, roles, payload, NOTES.get(person.email, ""))


def posts(file: CampaignFile) -> Iterable[Post]:
    """A mailbox for every address that may be written to, once each: roles, AMs, catalogue, sedi, people."""
    campaign = file.campaign
    named: dict[str, str] = {}
    for box in campaign.roles:
        if box.contact:
            named.setdefault(box.contact.email, _label(box.contact.name, box.role.value.replace("_", " ")))
    for product in sorted(campaign.products, key=lambda product: product.kind is ProductKind.CATALOGUE):
        what = Role.AM.value if product.kind is ProductKind.INTEGRATED else "a catalogo"
        named.setdefault(product.contact.email, _label(product.contact.name, what))
    for site in campaign.sites:
        named.setdefault(site.mailbox, f"Sede di {site.name}")
    for person in file.persons:
        label = _label(person.name, ", ".join(sorted(person.roles)))
        named.setdefault(person.email, f"{person.name} (di persona)" if label in named.values() else label)
    return tuple(Post(address, label) for address, label in named.items())


def _label(name: str, what: str) -> str:
    return f"{name} ({_SHORT.get(what, what)})" if what != "ESSERE IMPRESA" else name


_SHORT = {
    "RECUPERO CREDITI": "recupero crediti",
    "RESPONSABILE SERVIZI": "responsabile servizi",
    "AMMINISTRATORE, SVILUPPO": "amministratore",
}

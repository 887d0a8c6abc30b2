"""What each mistake in the campaign's file gets: a sentence and its line."""

import re
from datetime import date
from pathlib import Path

import pytest

from dopovisita.campaign_file import CampaignFile, load_campaign, read_campaign
from procedure.attribution import Remit
from procedure.campaign import ProductKind, Terms
from procedure.errors import CampaignError
from procedure.people import MAILBOX_ROLES, Role

EXAMPLE = Path(__file__).parents[2] / "campaign.example.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")


def _line_of(text: str, fragment: str, after: str = "") -> int:
    at = text.index(fragment, text.index(after) if after else 0)
    return text.count("\n", 0, at) + 1


def test_the_example_is_a_whole_campaign() -> None:
    found = load_campaign(EXAMPLE)
    campaign = found.campaign
    assert (campaign.starts_on, campaign.ends_on) == (date(2026, 1, 1), date(2028, 12, 31))
    assert {s.name: s.patron for s in campaign.sites} == {
        "Pistoia": (7, 25),
        "Prato": (12, 26),
        "Montecatini Terme": (12, 4),
        "Agliana": (6, 29),
    }
    assert {box.role for box in campaign.roles} >= set(MAILBOX_ROLES)
    assert len({p.contact.email for p in campaign.products if p.kind is ProductKind.INTEGRATED}) == 2
    assert campaign.terms == Terms()
    assert campaign.closures[0].reason == "chiusura estiva"
    assert campaign.agreement_told_to_recovery
    remits = {email.partition("@")[0]: remit for email, remit in found.remits.items() if remit != Remit()}
    assert remits["gina.maquettini"] == Remit(trades=frozenset({"Federmoda", "Produzione"}))
    assert remits["nadia.abbozzelli"].sites == {"Pistoia", "Prato"}
    assert {remit.firm for remit in remits.values()} - {""} == {"L&M", "CNA Formazione e Sicurezza", "SIS"}


def test_every_am_of_the_example_is_one_of_its_persons() -> None:
    found = load_campaign(EXAMPLE)
    bearers = {person.email for person in found.persons if Role.AM in person.roles}
    assert {p.contact.email for p in found.campaign.products if p.kind is ProductKind.INTEGRATED} <= bearers


def test_every_address_of_the_example_is_nobodys() -> None:
    for word in TEXT.split('"'):
        if "@" in word:
            assert word.endswith(".example.com")


def test_what_the_file_may_leave_out_has_its_usual_value() -> None:
    short = TEXT[: TEXT.index("# ---- I termini")]
    campaign = read_campaign(short).campaign
    assert campaign.terms == Terms()
    assert campaign.closures == ()
    assert campaign.sent_by_gestionale == frozenset()
    assert campaign.agreement_told_to_recovery


def test_a_vacant_role_with_a_deputy_is_taken_as_vacant() -> None:
    own = 'nome = "Olga Bozzettoni"\ncasella = "anagrafica@associazione.example.com"\n'
    box = read_campaign(TEXT.replace(own, "", 1)).campaign.mailbox(Role.RA)
    assert box.contact is None
    assert box.deputy is not None


def test_terms_and_switches_are_the_files() -> None:
    text = TEXT.replace("redazione = 5 ", "redazione = 6 ").replace(
        "sabato_lavorativo = false", "sabato_lavorativo = true"
    )
    text = text.replace("gia_inviate_dal_gestionale = []", 'gia_inviate_dal_gestionale = ["E1", "E10"]')
    campaign = read_campaign(text).campaign
    assert campaign.terms == Terms(drafting=6, saturday_works=True)
    assert campaign.sent_by_gestionale == {"E1", "E10"}


ADA = 'ruoli = ["AV"]\nsede = "Pistoia"'
ADA_AT = "ada.esempioli@associazione.example.com"
BRUNO_AT = "bruno.fintarelli@associazione.example.com"
BOX = 'casella = "pistoia@associazione.example.com"'

# what is written, what is written instead, where the complaint stands, a part of the sentence
WRONG = [
    ('nome = "Fidelizzazione 2026 - 2028"\n', "", "[campagna]", "in [campagna] manca «nome»"),
    ("inizio = 2026-01-01", 'inizio = "2026-01-01"', 'inizio = "', "una data senza virgolette"),
    ("inizio = 2026-01-01", "inizio = 2026-01-01T10:00:00", "inizio = ", "una data senza virgolette"),
    ("fine = 2028-12-31", "fine = 2025-12-31", "fine = ", "viene prima di «inizio»"),
    ('patrono = "25 luglio"', 'patrono = "31 giugno"', "patrono = ", "«31 giugno» non è un giorno dell'anno"),
    ('patrono = "25 luglio"', 'patrono = "25/7"', "patrono = ", "scrivilo come «25 luglio»"),
    ('provincia = "PT"', 'provincia = "Pistoia"', "provincia = ", "la sigla di due lettere"),
    ('provincia = "PT"', "provincia = 1", "provincia = ", "un testo tra virgolette"),
    (BOX, BOX.replace("casella", "casela"), "casela", "forse volevi scrivere «casella»"),
    (BOX, 'casella = "pistoia"', "casella = ", "non è un indirizzo di posta"),
    ('nome = "Prato"', 'nome = "pistoia"', 'nome = "pistoia"', "«pistoia» c'è già alla riga"),
    ('ruolo = "RA" ', 'ruolo = "AV" ', 'ruolo = "AV"', "non conosco «AV» in «ruolo»"),
    ('ruolo = "RPS"', 'ruolo = "RPC"', 'ruolo = "RPC"|nome = "Ugo', "c'è già alla riga"),
    (ADA, ADA.replace("AV", "AVV"), "ruoli = ", "forse volevi scrivere «AV»"),
    (ADA, ADA.replace('["AV"]', '"AV"'), "ruoli = ", "tra parentesi quadre"),
    (ADA, 'sede = "Pistoia"', "[[persona]]", "manca «ruoli»"),
    (ADA, ADA.replace("Pistoia", "Pistioa"), 'sede = "Pistioa"', "forse volevi scrivere «Pistoia»"),
    (ADA, f'{ADA}\nsedi = ["Lucca"]', "sedi = ", "non conosco «Lucca» in «sedi»"),
    (ADA, 'ruoli = ["RS"]', '[[persona]]\nnome = "Ada', "un RS risponde di una sede"),
    ('"Bruno Fintarelli"', '"Ada Esempioli"', 'nome = "Ada Esempioli"\nemail = "bruno', "c'è già alla riga"),
    (BRUNO_AT, ADA_AT.title(), 'email = "Ada.', "c'è già alla riga"),
    ('tipo = "integrato"', 'tipo = "integrati"', "tipo = ", "forse volevi scrivere «integrato»"),
    ('codice = "PAGHE"', 'codice = "CONT"', 'codice = "CONT"\nnome = "Paghe', "c'è già alla riga"),
    ("redazione = 5 ", "redazione = 0 ", "redazione = 0", "un numero intero da 1 a 366"),
    ("redazione = 5 ", "redazione = true ", "redazione = ", "un numero intero"),
    ("redazione = 5 ", "redazzione = 5 ", "redazzione", "forse volevi scrivere «redazione»"),
    ("sabato_lavorativo = false", 'sabato_lavorativo = "no"', "sabato_lavorativo", "true (sì) o false (no)"),
    ("al = 2027-08-20", "al = 2027-08-01", "al = 2027-08-01", "viene prima di «dal»"),
    ("gestionale = []", 'gestionale = ["E3"]', "gia_inviate", "non conosco «E3»"),
    ("[termini]", "[termine]", "[termine]", "forse volevi scrivere «termini»"),
    ("[posta]", "[[posta]]", "[[posta]]", "una sola coppia di parentesi"),
    ('nome = "Agliana"', 'nome = "Agliana', 'nome = "Agliana', "manca la chiusura delle virgolette"),
    ('nome = "Agliana"', 'nome = "Agliana"\nnome = "Agliana"', 'nome = "Agliana"|nome', "scritta due volte"),
    ("fine = 2028-12-31", "fine 2028-12-31", "fine 2028", "non riesco a leggere questa riga"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "where", "sentence"), WRONG)
def test_a_mistake_is_told_with_its_line(written: str, instead: str, where: str, sentence: str) -> None:
    assert written in TEXT
    text = TEXT.replace(written, instead, 1)
    after, _, last = where.partition("|")
    with pytest.raises(CampaignError) as told:
        read_campaign(text)
    assert sentence in str(told.value)
    lines = [_line_of(text, after)]
    if last:  # the second of two
        lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith(after.split("\n")[0])]
    assert any(f"riga {line}: " in str(told.value) for line in lines)


@pytest.mark.parametrize("role", MAILBOX_ROLES)
def test_a_missing_role_mailbox_stops_the_start(role: Role) -> None:
    head, _, tail = TEXT.partition(f'[[ruolo]]\nruolo = "{role.value}"')
    rest = tail[min(tail.index("[[ruolo]]"), tail.index("# ----")) :]
    with pytest.raises(CampaignError, match=rf"manca la casella di {role.value} \({role.in_full}\)"):
        read_campaign(head + rest)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("sede", "manca almeno una sede"),
        ("prodotto", "manca il catalogo"),
        ("persona", "nessuno fa visite"),
        ("ruolo", "manca la casella di RPS"),
        ("campagna", "in [campagna] manca «inizio»"),
    ],
)
def test_a_campaign_needs_each_of_its_parts(table: str, sentence: str) -> None:
    blocks = re.split(r"(?m)^(?=\[)", TEXT)
    left = "".join(block for block in blocks if not re.match(rf"\[+{table}[\].]", block))
    with pytest.raises(CampaignError) as told:
        read_campaign(left)
    assert sentence in str(told.value)


def test_several_mistakes_are_told_together_in_the_order_of_the_file() -> None:
    text = TEXT.replace('provincia = "PT"', 'provincia = "Pistoia"', 1).replace(
        "redazione = 5 ", "redazione = 0 "
    )
    with pytest.raises(CampaignError) as told:
        read_campaign(text)
    first, second, third = str(told.value).splitlines()
    assert first == "ci sono 2 cose da correggere:"
    assert second.startswith(f"  riga {_line_of(text, 'provincia = ')}: ")
    assert third.startswith(f"  riga {_line_of(text, 'redazione = 0')}: ")


def test_of_many_mistakes_ten_are_told_and_the_others_counted() -> None:
    with pytest.raises(CampaignError) as told:
        read_campaign(TEXT.replace('tipo = "catalogo"', 'tipo = "x"'))
    assert len(str(told.value).splitlines()) == 12
    assert str(told.value).endswith("… e altre 14")


def test_a_file_that_is_not_there_says_what_to_copy(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"copia campaign\.example\.toml .* DOPOVISITA_CAMPAIGN"):
        load_campaign(tmp_path / "campaign.toml")


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "campaign.toml"
    path.write_bytes("[campagna]\n# più\nnome = 'Fedeltà'\n".encode("cp1252"))
    with pytest.raises(CampaignError, match=r"riga 2: .*UTF-8"):
        load_campaign(path)


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "campaign.toml"
    path.write_text("\ufeff" + TEXT, encoding="utf-8")
    assert isinstance(load_campaign(path), CampaignFile)

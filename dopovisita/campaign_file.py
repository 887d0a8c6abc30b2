"""The administrator's file: from Italian TOML to a campaign and the list of persons. Opens no database.

Everything wrong is told together, each with its line: a file is put right in one sitting, not in ten starts.
"""

import re
import tomllib
from pathlib import Path

from dopovisita.campaign_reader import CampaignFile, read_tables
from dopovisita.toml_lines import locate
from dopovisita.toml_table import Complaints, Table
from procedure.errors import CampaignError

__all__ = ["EXAMPLE", "CampaignFile", "load_campaign", "read_campaign"]

_HERE = Path(__file__).resolve().parent
EXAMPLE = next(
    path
    for path in (_HERE / "campaign.example.toml", _HERE.parent / "campaign.example.toml")
    if path.exists()
)
"""Beside the code where it is installed; at the top of the repository where it is worked on."""


def load_campaign(path: Path) -> CampaignFile:
    """The campaign and the persons that the file at `path` describes.

    Raises:
        CampaignError: the file cannot be read, or something in it is wrong; up to ten complaints, with lines.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise CampaignError(
            f"non riesco ad aprire il file della campagna «{path}»: copia campaign.example.toml "
            "e scrivi il suo percorso in DOPOVISITA_CAMPAIGN"
        ) from None
    try:
        return read_campaign(_decoded(raw))
    except CampaignError as wrong:
        wrong.args = (f"{path.name}, {wrong}",)
        raise


def read_campaign(text: str) -> CampaignFile:
    """The campaign and the persons that `text` describes.

    Raises:
        CampaignError: as `load_campaign`.
    """
    values = _parsed(text)
    complaints = Complaints(locate(text))
    found = read_tables(Table(values, (), "", complaints))
    complaints.raise_any()
    return found


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CampaignError(
            "c'è un carattere che non è in UTF-8: salva il file in UTF-8", line=line
        ) from None


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        raise CampaignError(_syntax(str(error)), line=line) from None


def _syntax(english: str) -> str:
    """What is wrong with the writing, as far as the parser's own words tell."""
    if "Cannot overwrite" in english or "Cannot declare" in english or "twice" in english:
        return "questa voce è scritta due volte: tienine una sola"
    if "newline" in english.lower() or "Illegal character" in english or "Unterminated" in english:
        return "manca la chiusura delle virgolette"
    return 'non riesco a leggere questa riga: si scrive nome = "valore", con i testi tra virgolette'

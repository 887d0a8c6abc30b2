"""The invented words that the demo's companies are made of. No surname, street or firm here is anybody's.

Comuni, CAP, Belfiore and ATECO codes are real, because the fields are checked.
"""

from typing import Final, NamedTuple


class Place(NamedTuple):
    """A comune near one of the campaign's sites."""

    comune: str
    cap: str
    province: str
    belfiore: str
    prefix: str


class Line(NamedTuple):
    """A line of business: its Unione, how such firms are called, its ATECO 2025 code."""

    trade: str
    firm: str
    ateco: str


class Visitor(NamedTuple):
    """Who visits, and which companies are theirs."""

    name: str
    site: str
    companies: int
    has_services: bool
    trades: tuple[str, ...] = ()  # empty: any


PLACES: Final = {
    "Pistoia": (
        Place("Pistoia", "51100", "PT", "G713", "0573"),
        Place("Quarrata", "51039", "PT", "H109", "0573"),
        Place("Serravalle Pistoiese", "51034", "PT", "I660", "0573"),
        Place("San Marcello Piteglio", "51028", "PT", "M377", "0573"),
    ),
    "Prato": (
        Place("Prato", "59100", "PO", "G999", "0574"),
        Place("Montemurlo", "59013", "PO", "F572", "0574"),
        Place("Vaiano", "59021", "PO", "L537", "0574"),
        Place("Carmignano", "59015", "PO", "B794", "0574"),
        Place("Poggio a Caiano", "59016", "PO", "G754", "0574"),
    ),
    "Montecatini Terme": (
        Place("Montecatini-Terme", "51016", "PT", "A561", "0572"),
        Place("Monsummano Terme", "51015", "PT", "F384", "0572"),
        Place("Pescia", "51017", "PT", "G491", "0572"),
        Place("Buggiano", "51011", "PT", "B251", "0572"),
    ),
    "Agliana": (
        Place("Agliana", "51031", "PT", "A071", "0574"),
        Place("Montale", "51037", "PT", "F410", "0573"),
    ),
}

LINES: Final = (
    Line("Federmoda", "Tessitura", "13.20.00"),
    Line("Federmoda", "Filatura", "13.10.00"),
    Line("Federmoda", "Rifinizione", "13.30.00"),
    Line("Federmoda", "Maglificio", "14.10.20"),
    Line("Federmoda", "Confezioni", "14.21.10"),
    Line("Federmoda", "Calzaturificio", "15.20.10"),
    Line("Produzione", "Officina Meccanica", "25.53.00"),
    Line("Produzione", "Macchine Tessili", "28.94.10"),
    Line("Produzione", "Falegnameria", "31.00.20"),
    Line("Produzione", "Marmi", "23.70.20"),
    Line("Costruzioni", "Edilizia", "41.00.00"),
    Line("Costruzioni", "Tinteggiature", "43.34.01"),
    Line("Installazione e impianti", "Impianti Elettrici", "43.21.01"),
    Line("Installazione e impianti", "Termoidraulica", "43.22.05"),
    Line("Alimentare", "Panificio", "10.71.10"),
    Line("Alimentare", "Pasticceria", "10.71.20"),
    Line("Artistico e tradizionale", "Laboratorio Orafo", "32.12.20"),
    Line("Benessere e sanità", "Acconciature", "96.21.00"),
    Line("Benessere e sanità", "Estetica", "96.22.09"),
    Line("Benessere e sanità", "Odontotecnica", "32.50.10"),
    Line("Comunicazione", "Tipografia", "18.12.00"),
    Line("Comunicazione", "Studio Pubblicitario", "73.11.01"),
    Line("Comunicazione", "Informatica", "62.10.00"),
    Line("Fita Trasporti", "Autotrasporti", "49.41.00"),
    Line("Servizi alla comunità", "Autofficina", "95.31.10"),
    Line("Servizi alla comunità", "Carrozzeria", "95.31.20"),
    Line("Servizi alla comunità", "Lavanderia", "96.10.21"),
    Line("Servizi alla comunità", "Pulizie", "81.21.00"),
)

SURNAMES: Final = (
    *("Abbozzelli", "Accennotti", "Bozzacchini", "Calcopini", "Comparselli", "Copiolini", "Disegnozzi"),
    *("Duplicatelli", "Ectoplasmi", "Figurantini", "Fittizielli", "Ghirigorini", "Imitatelli"),
    *("Manichinelli", "Mascherotti", "Nessunelli", "Ologrammi", "Paradigmelli", "Plagiotti"),
    *("Pseudonimelli", "Qualunquini", "Replicozzi", "Schizzettoni", "Sosiacci", "Tizietti", "Zerovirgoli"),
)
MEN: Final = ("Aldo", "Bruno", "Carlo", "Dino", "Ennio", "Franco", "Guido", "Ivano", "Luca", "Marco", "Piero")
WOMEN: Final = ("Anna", "Bianca", "Chiara", "Donata", "Emma", "Franca", "Giulia", "Irene", "Laura", "Marta")
STREETS: Final = (
    *("Via degli Esempi", "Via dei Campioni", "Via del Prototipo", "Via della Bozza", "Via delle Prove"),
    *("Viale delle Ipotesi", "Piazza del Facsimile", "Via dei Modelli", "Via della Finzione"),
)

VISITORS: Final = (
    Visitor("Ada Esempioli", "Pistoia", 20, has_services=False),
    Visitor("Bruno Fintarelli", "Prato", 20, has_services=False),
    Visitor("Carla Immaginelli", "Pistoia", 15, has_services=False),
    Visitor("Dario Provenzoni", "Prato", 15, has_services=False),
    Visitor("Elena Nonesisti", "Montecatini Terme", 15, has_services=False),
    Visitor("Fabio Campionetti", "Agliana", 15, has_services=True),
    Visitor("Gina Maquettini", "Prato", 17, has_services=True, trades=("Federmoda", "Produzione")),
)
"""117 companies; three more are nobody's yet (an odd half to share, AT3)."""

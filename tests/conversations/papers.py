"""What the dialogues of papers and of obiettivi stand on, for every test that walks them."""

from datetime import date

from conversations.handing_over import HandOverFacts
from conversations.targets import TargetFacts, Visitor
from procedure.people import Role
from tests.conversations.given import TODAY

HANDING_OVER = HandOverFacts(TODAY, date(2026, 11, 9), "Tessitura Finzioni S.r.l.", "deleghe e adesione")
ADA, BRUNO = Visitor(1, "Ada Esempioli", "Pistoia"), Visitor(2, "Bruno Neri", "Prato")
TARGETS = TargetFacts(
    today=TODAY,
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 12, 31),
    sites=("Pistoia", "Prato"),
    people=(ADA, BRUNO),
    roles=(Role.AV, Role.EM),
    everywhere=True,
)
CROWD = tuple(Visitor(n, f"Persona {n}", "Prato" if n % 2 else None) for n in range(20))

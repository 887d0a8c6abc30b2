"""Which mail was meant: a number or a place in the row, and nothing else."""

from datetime import date

import pytest

from mailer.understanding.understand import understand
from procedure.correspondence.commands import NOTHING_HEARD, Verb
from procedure.notices import MailKind
from tests.mailer.samples import a_mail

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("2.", 2), ("la 2", 2), ("Numero 1", 1), ("la prima!", 1), ("Il secondo\n\nGrazie", 2)],
)
def test_a_number_or_a_place_chooses(text: str, number: int) -> None:
    (command,) = understand(a_mail(MailKind.WHICH_MAIL), text, DAY).commands
    assert (command.verb, command.item) == (Verb.YES, number)


@pytest.mark.parametrize("text", ["", "3", "0", "la terza", "1 e 2", "fatto", "sì", "non la 2", "²", "١"])
def test_anything_else_chooses_nothing(text: str) -> None:
    assert understand(a_mail(MailKind.WHICH_MAIL), text, DAY) == NOTHING_HEARD

"""Anything told of anything, then taken back in any order: each row is as it was, or nothing changed."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from actions.by_mail.undo import undo
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.notices import MailKind
from store.letters import Outcome
from tests.actions.by_mail.test_record_reply import answers, sent
from tests.actions.by_mail.test_undo import everything
from tests.actions.house import EVERYTHING, House, at, opened

K: Final = MailKind
QUOTE: Final = (
    *("Preso in carico", "Redatto", "Consegnato", "Contattata", "Ci pensa", "Sollecitato"),
    *("Accettato 1200 €", "Non accettato troppo caro", "Rinvia 30/11", "Non mio", "ASSENTE fino al 10/12"),
)
WORDS: Final = {
    K.E1_UNCOLLECTED_TO_RPA: ("Preso in carico", "Incassato"),
    K.E2_UNCOLLECTED_TO_RECOVERY: ("Preso in carico", "Incassato"),
    K.E3_CORRECTIONS_TO_RA: ("Fatto",),
    K.E4_FORMS_TO_OFFICE: ("Ricevuto", "Inviato a RA"),
    K.E6_RID_TO_RPA: ("Ricevuto",),
    K.E7_QUOTE_TO_AM: QUOTE,
}
ALL: Final = [(kind, word) for kind, words in WORDS.items() for word in words]


def tells(house: House, said: Sequence[tuple[MailKind, str]]) -> list[tuple[int, Contact, object]]:
    """What was recorded of this, each with its sender and all rows as they were before it."""
    recorded: list[tuple[int, Contact, object]] = []
    for kind, word in said:
        before = everything(house)
        letter = answers(house, kind, word)
        if letter.outcome is Outcome.RECORDED:
            recorded.append((letter.id, sent(house, kind).mail.to[0], before))
    return recorded


SAID: Final = st.lists(st.sampled_from(ALL), min_size=1, max_size=6, unique=True)


@given(SAID)
@example([(K.E7_QUOTE_TO_AM, word) for word in ("Rinvia 30/11", "Consegnato", "Redatto")])
@settings(max_examples=25, deadline=None)
def test_taken_back_from_the_last_to_the_first_everything_is_as_it_was(
    said: list[tuple[MailKind, str]],
) -> None:
    with TemporaryDirectory() as directory, opened(Path(directory)) as house:
        house.confirms(*EVERYTHING)
        for letter, sender, before in reversed(tells(house, said)):
            undo(house.tx, house.office, letter, sender, at(20), channel="mail")
            assert everything(house) == before


@given(SAID, st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_out_of_its_order_it_is_taken_back_alone_or_nothing_changes(
    said: list[tuple[MailKind, str]], which: int
) -> None:
    """What came after stays, and can still be taken back itself; where it stood on this, nothing happens."""
    with TemporaryDirectory() as directory, opened(Path(directory)) as house:
        house.confirms(*EVERYTHING)
        recorded = tells(house, said)
        if not recorded:
            return
        first = recorded[which % len(recorded)]
        after = everything(house)
        refused = taken_back(house, first)
        if refused is not None:
            assert refused.phrase == "undo_built_on"
            assert everything(house) == after
            return
        for later in reversed([one for one in recorded if one is not first]):
            assert taken_back(house, later) is None
        assert everything(house) == recorded[0][2]


def taken_back(house: House, one: tuple[int, Contact, object]) -> Refusal | None:
    """Why not, where it was refused."""
    letter, sender, _ = one
    try:
        undo(house.tx, house.office, letter, sender, at(20), channel="mail")
    except Refusal as refusal:
        return refusal
    return None


def test_what_is_told_of_one_quote_is_taken_back_in_its_order_only() -> None:
    with TemporaryDirectory() as directory, opened(Path(directory)) as house:
        house.confirms(*EVERYTHING)
        recorded = tells(house, [(K.E7_QUOTE_TO_AM, word) for word in ("Redatto", "Consegnato", "Ci pensa")])
        after = everything(house)
        for one in recorded[:-1]:
            refused = taken_back(house, one)
            assert refused is not None
            assert refused.phrase == "undo_built_on"
            assert everything(house) == after

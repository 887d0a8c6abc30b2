"""The new text of replies: every program in every language, and what is hard in Italian."""

import pytest

from mailer.reading.markup import text_of
from mailer.reading.quotation import part
from tests.mailer.reading.cases.italian import CASES
from tests.mailer.reading.cases.programs import WRITER, Case, cases

GENERATED = list(cases())


def new(case: Case) -> str:
    return " ".join(part(text_of(case.text) if case.is_html else case.text, WRITER).new.split())


def test_there_are_enough_of_them_and_none_is_there_twice() -> None:
    assert len({case.text for case in (*GENERATED, *CASES)}) == len(GENERATED) + len(CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_hard_in_italian_is_parted_right(case: Case) -> None:
    assert new(case) == " ".join(case.new.split())


def test_every_program_in_every_language_is_parted_right() -> None:
    wrong = {case.name: new(case) for case in GENERATED if new(case) != " ".join(case.new.split())}
    assert wrong == {}

"""A short generated year in the suite; `make year` lives a whole one.

Twelve companies and six people over the month of Easter, with a `kill -9`: nothing is missing, nothing comes
twice, nothing leaves outside hours.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.year.run import Size, Year
from tests.year.workdays import Days, easter

EASTER = date(2026, 3, 23)  # the Monday a fortnight before; the month ends after 25 April


async def test_a_generated_month_differs_in_nothing_from_what_the_procedure_asks(tmp_path: Path) -> None:
    said: list[str] = []
    size = Size(seed=5, companies=12, people=6, days=30, start=EASTER)
    outcome = await Year(size, tmp_path, said.append).live()
    assert outcome.differences == [], f"{size}\n" + "\n".join(said)
    assert outcome.untold == []
    assert outcome.kills > 0
    assert outcome.told["VisitTold"] > 6
    assert sum(times for what, times in outcome.told.items() if what.startswith("QuoteTold")) > 6
    assert sum(outcome.left.values()) > 50
    assert "Traceback" not in (tmp_path / "service.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_the_checker_knows_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_the_checker_s_calendar_walks_over_a_long_weekend_and_a_closure() -> None:
    days = Days((7, 25), ((date(2026, 4, 7), date(2026, 4, 8)),))
    assert days.after(date(2026, 4, 3), 1) == date(2026, 4, 9)  # Easter Monday, then the closure
    assert days.before(date(2026, 4, 9)) == date(2026, 4, 3)
    assert days.between(date(2026, 4, 3), date(2026, 4, 10)) == 2
    assert not days.works(date(2028, 7, 25))


def test_the_checker_shares_no_rule_with_the_product() -> None:
    """Its books are its own: of the product it imports nothing."""
    checker = ("duties", "hearers", "history", "truth", "workdays", "cast", "plan", "words", "reading")
    ours = re.compile(
        r"^(?:from|import) (?:actions|bot|conversations|dopovisita|mailer|procedure|store)\b", re.MULTILINE
    )
    here = Path(__file__).parent
    assert [name for name in checker if ours.search((here / f"{name}.py").read_text("utf-8"))] == []


def test_the_same_seed_makes_the_same_year() -> None:
    from tests.year.cast import a_cast

    def made() -> object:
        return a_cast(3, companies=30, people=9, start=EASTER, days=90)

    assert made() == made()
    assert EASTER + timedelta(days=14) == easter(2026) + timedelta(days=1)

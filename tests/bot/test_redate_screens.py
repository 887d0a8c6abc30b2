"""The screens of a date put right, within Telegram's limits, with the longest data there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from actions.converse import Talk
from actions.correct_date import DateCorrected
from actions.grounds import Grounds
from bot.screens.done import draw_done
from bot.screens.talk import draw_talk
from conversations.flows import FLOWS
from procedure.notices import About, Subject
from procedure.redating import DateField
from store.drafts import DraftRow
from tests.bot.test_screens import LARGEST, LONG, LONG_COMPANY, NOON, check
from tests.conversations.redatable import OF_QUOTE
from tests.conversations.walker import walk

MOVES = tuple(f"{LONG}: da mercoledì {n} a venerdì {n + 2} novembre" for n in range(1, 9))
CORRECTED = DateCorrected(
    LONG_COMPANY,
    About(Subject.QUOTE, LARGEST),
    DateField.DELIVERY,
    date(2026, 11, 18),
    MOVES,
    (LONG, "Ivo Prototipelli"),
)


def talks() -> Iterator[Talk]:
    flow = FLOWS["redate_quote"]
    for path in walk(flow, replace(OF_QUOTE, company=LONG)):
        for draft, state in zip(path.drafts, path.states, strict=True):
            about = About(Subject.QUOTE, LARGEST)
            row = DraftRow(LARGEST, 1, about, LARGEST, replace(draft, revision=99_999), NOON)
            yield Talk(row, flow, Grounds(None, LONG), state)


def test_every_question_is_within_limits() -> None:
    drawn = 0
    for talk in talks():
        check(draw_talk(talk))
        drawn += 1
    assert drawn > 50


def test_what_is_read_after_saving_is_within_limits() -> None:
    for about in (About(Subject.QUOTE, LARGEST), About(Subject.VISIT, LARGEST)):
        check(draw_done(replace(CORRECTED, about=about)))
        check(draw_done(replace(CORRECTED, about=about, saved=False)))


def test_what_moved_and_who_hears_is_read_after_saving() -> None:
    told = draw_done(replace(CORRECTED, moved=("sollecito: da lunedì 1 a martedì 2 dicembre",))).text

    assert "Corretto: DATA PREVENTIVO (consegna), mercoledì 18 novembre 2026." in told
    assert "• sollecito: da lunedì 1 a martedì 2 dicembre" in told
    assert "Ivo Prototipelli." in told

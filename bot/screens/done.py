"""What a person reads when a dialogue is confirmed: one drawing for each thing that an action gives."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from actions.absence import AbsenceSet
from actions.appoint import Appointed
from actions.change_credit import CreditChanged
from actions.confirm_visit import Confirmed
from actions.correct_date import DateCorrected
from actions.hand_over import HandedOver
from actions.pass_on import Passed
from actions.pass_on_quote import Asked
from actions.put_off import PutOffDone
from actions.set_target import TargetSet
from actions.tell_quote import Told
from bot.screens.appointments import draw_appointed
from bot.screens.confirmed import draw_confirmed
from bot.screens.credit import draw_changed
from bot.screens.forms import draw_handed_over
from bot.screens.mine import draw_passed
from bot.screens.people import draw_absence_set
from bot.screens.put_off import draw_put_off
from bot.screens.quote import draw_told
from bot.screens.quote_moves import draw_asked
from bot.screens.redate import draw_corrected
from bot.screens.screen import Screen
from bot.screens.targets import draw_target_set


def draw_done(done: Any) -> Screen:
    """The answer to what was done.

    Raises:
        KeyError: nobody draws it: a fault of the code, which tests/bot/test_screens.py finds.
    """
    return DRAWN[type(done)](done)


DRAWN: Final[Mapping[type, Callable[[Any], Screen]]] = MappingProxyType(
    {
        AbsenceSet: draw_absence_set,
        Appointed: draw_appointed,
        Confirmed: draw_confirmed,
        Told: draw_told,
        PutOffDone: draw_put_off,
        Asked: draw_asked,
        CreditChanged: draw_changed,
        Passed: draw_passed,
        DateCorrected: draw_corrected,
        HandedOver: draw_handed_over,
        TargetSet: draw_target_set,
    }
)
"""What `actions.finish` gives → who draws it."""

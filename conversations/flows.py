"""All the dialogues there are, by name. Adding one means adding it here
(docs/contributing/add-a-question.md).
"""

from typing import Any

from conversations.absence import ABSENCE
from conversations.appointment import CANCEL, FIX, MOVE, NOT_HELD
from conversations.credit import CHANGE_CREDIT
from conversations.dialogue import Flow
from conversations.handing_over import HAND_OVER_FORMS, HAND_OVER_RID
from conversations.passing import PASS_ON
from conversations.put_off import PUT_OFF
from conversations.quote import ACCEPT, POSTPONE, REFUSE
from conversations.quote_changes import CANCEL_QUOTE, CORRECT, NOT_MINE, WHEN, WITHDRAW
from conversations.redate import REDATE_QUOTE, REDATE_VISIT
from conversations.targets import TARGET
from conversations.visit import VISIT

_ALL = (
    VISIT,
    ABSENCE,
    PUT_OFF,
    PASS_ON,
    CHANGE_CREDIT,
    *(ACCEPT, REFUSE, POSTPONE, CANCEL_QUOTE, CORRECT, WITHDRAW, WHEN, NOT_MINE),
    *(FIX, MOVE, CANCEL, NOT_HELD),
    *(REDATE_VISIT, REDATE_QUOTE),
    *(HAND_OVER_FORMS, HAND_OVER_RID),
    TARGET,
)
FLOWS: dict[str, Flow[Any, Any]] = {flow.name: flow for flow in _ALL}

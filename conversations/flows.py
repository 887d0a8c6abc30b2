"""All the dialogues there are, by name. Adding one means adding it here
(docs/contributing/add-a-question.md).
"""

from typing import Any

from conversations.dialogue import Flow
from conversations.quote import ACCEPT, POSTPONE, REFUSE
from conversations.visit import VISIT

FLOWS: dict[str, Flow[Any, Any]] = {flow.name: flow for flow in (VISIT, ACCEPT, REFUSE, POSTPONE)}

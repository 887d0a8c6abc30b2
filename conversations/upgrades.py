"""Drafts begun under an older version of a script, brought to today's. Knows only names of questions.

A new question is simply asked and a removed one ignored; only a renamed question needs a function here. An
answer
whose meaning changed gets a new key instead. One frozen draft per released version stays in the tests.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conversations.answers import Draft
from conversations.dialogue import Flow

Upgrade = Callable[[Draft], Draft]

UPGRADES: dict[tuple[str, int], Upgrade] = {}
"""(flow, version it comes from) → the step to the next version."""


def upgraded(flow: Flow[Any, Any], draft: Draft) -> Draft:
    """The draft as the flow's present version has it, its answers kept."""
    while draft.version < flow.version:
        step = UPGRADES.get((flow.name, draft.version), _same)
        draft = replace(step(draft), version=draft.version + 1)
    return draft


def _same(draft: Draft) -> Draft:
    return draft

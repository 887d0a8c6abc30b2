"""Which question a person has before their eyes, so that what they type reaches the right draft.

Refuses to know what the question is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from store.tables import chats
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Focus:
    """The draft in hand, the message that shows its question, and how many answers in a row were not
    understood.
    """

    draft: int | None = None
    message: int | None = None
    misses: int = 0
    menu: Mapping[str, str] = field(default_factory=dict)  # a number that may be typed → its button


_FOCUS = select(chats.c.draft_id, chats.c.message_id, chats.c.misses, chats.c.menu).where(
    chats.c.person_id == bindparam("person")
)
_SET = (
    chats.update()
    .where(chats.c.person_id == bindparam("person"))
    .values(
        draft_id=bindparam("new_draft"), message_id=bindparam("new_message"), misses=bindparam("new_misses")
    )
)

_SET_MENU = chats.update().where(chats.c.person_id == bindparam("person")).values(menu=bindparam("new_menu"))


def focus(tx: Transaction, person: int) -> Focus:
    """Where the person's chat stands; nowhere at first."""
    row = tx.first(_FOCUS, {"person": person})
    return Focus(row.draft_id, row.message_id, row.misses, row.menu or {}) if row else Focus()


def set_focus(
    tx: Transaction, person: int, *, draft: int | None, message: int | None = None, misses: int = 0
) -> None:
    """Set where the chat stands, all of it; without `misses` the count of misunderstandings starts again."""
    values = {"new_draft": draft, "new_message": message, "new_misses": misses}
    if tx.changed(_SET, {"person": person, **values}) == 0:
        row = {"person_id": person, "draft_id": draft, "message_id": message, "misses": misses}
        tx.execute(chats.insert(), row)


def set_menu(tx: Transaction, person: int, menu: Mapping[str, str]) -> None:
    """What a typed number means from now on, beside the focus."""
    if tx.changed(_SET_MENU, {"person": person, "new_menu": dict(menu)}) == 0:
        tx.execute(chats.insert(), {"person_id": person, "misses": 0, "menu": dict(menu)})


def miss(tx: Transaction, person: int) -> int:
    """Count one more answer that was not understood; how many in a row."""
    now = focus(tx, person)
    set_focus(tx, person, draft=now.draft, message=now.message, misses=now.misses + 1)
    return now.misses + 1

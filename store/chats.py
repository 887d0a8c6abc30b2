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
    """The draft in hand, the message that shows its question, and how
    many answers in a row were not understood.
    """

    draft: int | None = None
    message: int | None = None
    misses: int = 0
    menu: Mapping[str, str] = field(default_factory=dict)  # a number that may be typed → its button


_FOCUS = select(chats.c.draft_id, chats.c.message_id, chats.c.misses, chats.c.menu).where(
    chats.c.person_id == bindparam("person")
)
_STAND = (
    chats.update()
    .where(chats.c.person_id == bindparam("person"))
    .values(
        draft_id=bindparam("new_draft"),
        message_id=bindparam("new_message"),
        misses=bindparam("new_misses"),
        menu=bindparam("new_menu"),
    )
)
_SHOWN_BY = (
    chats.update()
    .where(chats.c.person_id == bindparam("person"), chats.c.draft_id == bindparam("draft"))
    .values(message_id=bindparam("new_message"))
)


def focus(tx: Transaction, person: int) -> Focus:
    """Where the person's chat stands; nowhere at first."""
    row = tx.first(_FOCUS, {"person": person})
    return Focus(row.draft_id, row.message_id, row.misses, row.menu or {}) if row else Focus()


def stand(tx: Transaction, person: int, where: Focus) -> None:
    """Set where the chat stands, all of it."""
    menu = dict(where.menu)
    values = {
        "new_draft": where.draft,
        "new_message": where.message,
        "new_misses": where.misses,
        "new_menu": menu,
    }
    if tx.changed(_STAND, {"person": person, **values}) == 0:
        row = {"person_id": person, "draft_id": where.draft, "message_id": where.message}
        tx.execute(chats.insert(), {**row, "misses": where.misses, "menu": menu})


def shown_by(tx: Transaction, person: int, draft: int, message: int) -> None:
    """The question of this draft is shown by this message, if the chat still stands there."""
    tx.execute(_SHOWN_BY, {"person": person, "draft": draft, "new_message": message})

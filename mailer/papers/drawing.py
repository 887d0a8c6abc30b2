"""Which paper is drawn by whom. A new one is a member of `procedure.notices.Attachment` and a line in DRAWN.

The same context and moment give the same bytes, so a resend is the same mail. Refuses to know how any of
them is drawn.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from mailer.papers import printed
from mailer.papers.calendar_entry import calendar_entry
from mailer.papers.paper import Paper
from procedure.notices import Attachment, Json

Draw: TypeAlias = Callable[[Mapping[str, Json], datetime], Paper]


def draw(attachment: Attachment, context: Mapping[str, Json], made_at: datetime) -> Paper:
    """The paper that goes with a mail of this context.

    Raises:
        Exception: something is missing in the context: the same at every try.
    """
    return DRAWN[attachment](context, made_at)


DRAWN: Final[Mapping[Attachment, Draw]] = MappingProxyType(
    {
        Attachment.COVER: printed.cover,
        Attachment.HAND_OVER_LIST: printed.hand_over_list,
        Attachment.APPOINTMENT: calendar_entry,
    }
)

"""Who is in this world: the invented people who hold the phone and the posts that read mail.

Plain data, passed in by whoever opens the world. It refuses to know where they come from.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented, with a phone.

    Attributes:
        name: in full, "Ada Rossi".
        user_id: Telegram's number.
        roles: as people say them, "Associato visitatore".
        start_payload: what the first tap on "Avvia" sends after /start.
        note: a line for the page, such as what to try with this person.
    """

    name: str
    user_id: int
    roles: tuple[str, ...] = ()
    start_payload: str = ""
    note: str = ""

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.partition(" ")[0]

    @property
    def more(self) -> dict[str, str]:
        """The rest of the name, as the Bot API's User has it."""
        last = self.name.partition(" ")[2]
        return {"last_name": last} if last else {}


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody's mailbox on the page: a role, an office, a company.

    Attributes:
        label: as people say it, "Responsabile amministrativo".
    """

    address: str
    label: str
    roles: tuple[str, ...] = field(default=())

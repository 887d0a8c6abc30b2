"""What left the service, read back into notices: from chats and letters, by the table of words alone.

What cannot be read is a notice too, of the kind "unknown …", so that nothing goes by unseen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from emulator.letters import Letter
from tests.year import words
from tests.year.cast import Cast, Person
from tests.year.history import Notice

_KIND = {label: kind for kind, label in words.LABEL.items()}


class Reader:
    """Knows the companies by name."""

    def __init__(self, cast: Cast) -> None:
        self._refs = {one.name: one.ref for one in cast.companies}

    def chat(self, person: Person, text: str) -> Counter[Notice]:
        """A message that came by itself."""
        if words.MORNING.match(text):
            return self._items(person.email, "chat", text.splitlines())
        for kind, pattern in (
            ("sollecito", words.FOLLOW_UP),
            ("replied", words.REPLIED),
            ("closed", words.CLOSED),
        ):
            if found := pattern.match(text):
                return Counter([Notice(person.email, "chat", kind, self._ref(found["company"]))])
        return Counter([Notice(person.email, "chat", f"unknown {text[:60]!r}")])

    def letter(self, letter: Letter) -> Counter[Notice]:
        """A copy of a letter in somebody's mailbox."""
        subject = letter.subject.removeprefix("[ruolo scoperto] ")
        kind = next((kind for begins, kind in words.SUBJECT.items() if subject.startswith(begins)), None)
        if kind is None:
            return Counter([Notice(letter.mailbox, "mail", f"unknown {subject!r}")])
        if kind == "morning":
            return self._items(letter.mailbox, "mail", letter.text.splitlines())
        if kind == "news":
            return self._news(letter)
        wire = "cc" if letter.mailbox in letter.cc else "mail"
        ref = words.REF.search(subject)
        return Counter([Notice(letter.mailbox, wire, kind, ref[1] if ref else "")])

    def _news(self, letter: Letter) -> Counter[Notice]:
        """What would have been a chat message."""
        named = [name for name in self._refs if name in letter.text]
        kind = "replied" if "ha risposto" in letter.text else "closed"
        return Counter([Notice(letter.mailbox, "mail", kind, self._refs[name]) for name in named])

    def _items(self, to: str, wire: str, lines: Iterable[str]) -> Counter[Notice]:
        found = Counter([Notice(to, wire, "morning")])
        for line in lines:
            if item := words.ITEM.match(line):
                found[self._item(to, wire, item.groupdict())] += 1
            if more := words.MORE.search(line):
                found[Notice(to, wire, "more")] += int(more[1])
        return found

    def _item(self, to: str, wire: str, item: Mapping[str, str | None]) -> Notice:
        kind = _KIND.get(item["label"] or "", f"unknown {item['label']}")
        late = bool(item["late"] or item["chat"])
        return Notice(to, wire, f"{kind} {'late' if late else 'due'}", self._ref(item["company"] or ""))

    def _ref(self, name: str) -> str:
        return self._refs.get(name, f"?{name}")

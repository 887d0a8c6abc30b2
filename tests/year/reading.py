"""What left the service, read back into notices: from chats and letters, by the table of words alone.

What cannot be read is a notice too, of the kind "unknown …", so that nothing goes by unseen.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from emulator.letters import Letter
from tests.year import words
from tests.year.cast import Cast, Person
from tests.year.history import Notice

_ABOUT_ONE = {"sollecito": words.FOLLOW_UP, "replied": words.REPLIED, "closed": words.CLOSED}
_ABOUT_ONE |= {"redated": words.REDATED, "eve": words.EVE, "asked": words.ASKED}
_MONTHLY = {"copies": words.COPIES, "new members": words.NEW_MEMBERS, "courtesy": words.COURTESY}
_KIND = {label: kind for kind, label in words.LABEL.items()}


class Reader:
    """Knows the companies by name."""

    def __init__(self, cast: Cast) -> None:
        self._refs = {one.name: one.ref for one in cast.companies}

    def chat(self, person: Person, text: str) -> Counter[Notice]:
        """A message that came by itself."""
        if words.MORNING.match(text):
            return self._items(person.email, "chat", text.splitlines())
        for begins, kind in words.DIGEST.items():
            if text.startswith(begins):
                return self._digest(person.email, "chat", kind, text.splitlines())
        return self._line(person.email, "chat", text)

    def _line(self, to: str, wire: str, text: str) -> Counter[Notice]:
        """One piece of news, by chat or in a mail of its own."""
        place, text = _place(text)
        if words.GIVEN.match(text):
            refs = [ref for name, ref in self._refs.items() if name in text]
            return Counter([Notice(to, wire, "given", ref, place) for ref in refs])
        for kind, pattern in _MONTHLY.items():
            if pattern.match(text):
                return Counter([Notice(to, wire, kind, "", place)])
        for kind, pattern in _ABOUT_ONE.items():
            if found := pattern.match(text):
                return Counter([Notice(to, wire, kind, self._ref(found["company"]), place)])
        return Counter([Notice(to, wire, f"unknown {text[:60]!r}")])

    def letter(self, letter: Letter) -> Counter[Notice]:
        """A copy of a letter in somebody's mailbox."""
        subject = letter.subject.removeprefix("[ruolo scoperto] ")
        if subject.startswith(words.FORM):
            return Counter([self._form(letter, subject.removeprefix(words.FORM))])
        subjects = {**words.SUBJECT, **words.DIGEST}
        kind = next((kind for begins, kind in subjects.items() if subject.startswith(begins)), None)
        if kind is None:
            return Counter([Notice(letter.mailbox, "mail", f"unknown {subject!r}")])
        if kind in words.DIGEST.values():
            return self._digest(letter.mailbox, "mail", kind, letter.text.splitlines())
        if kind == "morning":
            return self._items(letter.mailbox, "mail", letter.text.splitlines())
        if kind == "news":
            body = letter.text.partition(",\n")[2].partition(words.NEWS_END)[0]
            return self._line(letter.mailbox, "mail", body.strip())
        wire = "cc" if letter.mailbox in letter.cc else "mail"
        ref = words.REF.search(subject)
        return Counter([Notice(letter.mailbox, wire, kind, ref[1] if ref else "")])

    def _form(self, letter: Letter, company: str) -> Notice:
        """The form that asks how an appointment went; in another's place, with the other's name."""
        said = (words.FOR.match(line) for line in letter.text.splitlines())
        place = next((found["name"] for found in said if found), "")
        return Notice(letter.mailbox, "mail", "asked", self._ref(company), place)

    def _items(self, to: str, wire: str, lines: Iterable[str]) -> Counter[Notice]:
        """The items of a morning, each with its section; in another's place, with the other's name.

        A copy that is not in the archive yet is no duty with a day, and is passed over.
        """
        found = Counter([Notice(to, wire, "morning")])
        section, place = "", ""
        for line in takewhile(lambda one: not one.startswith(words.ANSWERS), lines):
            if heads := words.SECTION.get(line.strip().lower()):
                section, place = heads, ""
            elif stands := words.IN_PLACE.fullmatch(line.strip()):
                section, place = "", stands["name"].title()
            elif (item := words.ITEM.match(line)) and item["label"] != words.COPY:
                late = "late" if item["late"] or item["chat"] else "due"
                kind = _KIND.get(item["label"], f"unknown {item['label']}")
                ref = self._ref(item["company"])
                found[Notice(to, wire, f"{kind} {section or late}", ref, place)] += 1
        return found

    def _digest(self, to: str, wire: str, kind: str, lines: Iterable[str]) -> Counter[Notice]:
        """What a supervisor reads: each item with its working days of delay."""
        found, place = Counter([Notice(to, wire, kind)]), ""
        for line in lines:
            if stands := words.IN_PLACE.fullmatch(line.strip()):
                place = stands["name"].title()
            elif words.VACANT.fullmatch(line.strip()):
                place = "ruolo scoperto"
            elif item := words.DIGEST_ITEM.match(line):
                days = {"un": "1"}.get(item["days"], item["days"])
                label = _KIND.get(item["label"], f"unknown {item['label']}")
                found[Notice(to, wire, f"digest {label} +{days}", self._ref(item["company"]), place)] += 1
            elif words.FULL_BY_MAIL in line:
                found[Notice(to, wire, "digest-cut")] += 1
        return found

    def _ref(self, name: str) -> str:
        return self._refs.get(name, f"?{name}")


def _place(text: str) -> tuple[str, str]:
    """For whom it is heard, where its first line says so; and the rest."""
    first, _, rest = text.partition("\n")
    found = words.IN_PLACE.fullmatch(first.strip().rstrip("."))
    return (found["name"], rest.strip()) if found else ("", text)

"""What an invented person does on the emulated phone: find a button by its words, tap, type, read.

It refuses to know why; and it never calls the product's code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.phone import NotOnScreenError, Phone, Shown
from tests.year.words import ANSWER, BUTTON, DONE, LABEL, QUESTION

PATIENCE = 6.0  # seconds before it is said that the bot does not answer
ABOUT_A_QUOTE = tuple(LABEL[kind] for kind in ("D10", "D11", "D13", "D14"))


NOTHING: Mapping[str, str] = {}


class NotToldError(Exception):
    """It could not be told: the button is not there, or the answer is not the one that records it."""


class NotInReachError(Exception):
    """Nothing on the phone leads there yet: it is told by other means, or later."""


@dataclass
class Hands:
    """One person's thumbs, and the memory of buttons seen higher up in the chat."""

    phone: Phone
    answered: set[int] = field(default_factory=set)  # messages that answer something done here
    remembered: dict[str, str] = field(default_factory=dict)  # label → a quote's button

    def remembers(self, params: dict[str, Any]) -> None:
        """A message went by, with these buttons."""
        markup = params.get("reply_markup") or {}
        for row in markup.get("inline_keyboard", ()):
            for one in row:
                label = str(one["text"])
                if any(words in label for words in ABOUT_A_QUOTE):
                    self.remembered[label.partition(". ")[2]] = one["callback_data"]

    async def does(self, *steps: str) -> Shown:
        """Each step a tap on the button of these words (with `+`, of all of them), or `say …` to type; the
        last screen.
        """
        try:
            for step in steps:
                if step.startswith("say "):
                    await self._says(step.removeprefix("say "))
                else:
                    await self._taps(step)
        except (NotOnScreenError, TimeoutError) as error:
            raise NotToldError(str(error)) from None
        return self.phone.last

    async def does_and_reads(self, done: str, *steps: str) -> None:
        """The same, and the last screen says that it is recorded."""
        shown = await self.does(*steps)
        if DONE[done] not in shown.text:
            raise NotToldError(f"{DONE[done]!r} was not read after {steps}:\n{shown}")

    async def answers(self, done: str, own: Mapping[str, str] = NOTHING) -> None:
        """Answer each question that comes by the table of words, or by `own`, until it is recorded."""
        for _ in range(30):
            text = self.phone.last.text
            if DONE[done] in text:
                return
            known = {**ANSWER, **{QUESTION[name]: step for name, step in own.items()}}
            step = next((step for words, step in known.items() if words in text), None)
            if step is None:
                raise NotToldError(f"nobody knows what to answer to\n{self.phone.last}")
            await self.does(step)
        raise NotToldError(f"no end of questions\n{self.phone.last}")

    async def opens_remembered(self, company: str) -> None:
        """Tap the company's quote, on the screen or in a message that scrolled by."""
        name = company.removesuffix(" S.r.l.")  # a label may be cut
        for way in ("", BUTTON["my quotes"]):
            if way and self.has(way):
                await self.does(way)
            if on_screen := next((one for one in self.phone.last.labels if name in one), None):
                await self.does(on_screen)
                return
        data = next((data for label, data in reversed(self.remembered.items()) if name in label), None)
        if data is None:
            raise NotInReachError(f"no button about {company} was ever seen")
        await self._until_answered(lambda: self.phone.taps_old(self.phone.last.message_id, data))

    async def goes_home(self) -> None:
        """Leave whatever was begun."""
        await self.does("say /oggi")

    def has(self, words: str) -> bool:
        """Whether the screen has such a button."""
        return any(words in label for label in self.phone.last.labels)

    def has_all(self, *parts: str) -> bool:
        """Whether the screen has a button with all of these."""
        return any(all(part in label for part in parts) for label in self.phone.last.labels)

    async def _taps(self, words: str) -> None:
        shown = self.phone.last
        parts = words.split(" + ")
        label = next((one for one in shown.labels if all(part in one for part in parts)), None)
        if label is None:
            raise NotToldError(f"no button {words!r} on\n{shown}")
        await self._until_answered(lambda: self.phone.taps(label, message=shown))

    async def _until_answered(self, tap: Callable[[], str | None]) -> None:
        before = self.phone.last
        callback = tap()
        if callback is None:
            raise NotToldError("a button of the keyboard")
        await self.phone.is_answered(callback, PATIENCE)
        await self.phone.sees(lambda one: one.last.revision != before.revision, PATIENCE)
        self.answered.add(self.phone.last.message_id)

    async def _says(self, text: str) -> None:
        before = self.phone.last.revision
        self.phone.says(text)
        await self.phone.sees(lambda one: one.last.from_bot and one.last.revision > before, PATIENCE)
        self.answered.add(self.phone.last.message_id)


def label(meaning: str) -> str:
    """The words of a button, by what it means."""
    return BUTTON[meaning]

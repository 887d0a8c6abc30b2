"""A whole text read: what its clauses say together, what makes it doubtful, what is left over for a person.

One word of doubt that is not understood, a question, or two things that exclude each other, and nothing is
certain any more. Refuses to know kinds of mail beside their verbs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mailer.understanding.clauses import pieces, sentences
from mailer.understanding.courtesy import bare, is_goodbye, is_name, names_a_firm, unthanked
from mailer.understanding.doubts import denies, tells_more
from mailer.understanding.folded import Folded
from mailer.understanding.phrasings import ASSENT, ENCLOSING, SURE
from mailer.understanding.saying import Said, hear
from procedure.correspondence.commands import Command, Verb

MOST_PIECES: Final = 24

_OF_ONE: Final = frozenset({Verb.WRONG, Verb.MISSING, Verb.ABSENT})
"""What may be said of one thing among several."""

_DONE_ON: Final = frozenset(
    {Verb.DRAFTED, Verb.DELIVERED, Verb.CONTACTED, Verb.FOLLOWED_UP, Verb.RECEIVED, Verb.SENT_TO_RA}
)
_BUT: Final = re.compile(r"\b(?:ma|pero|mentre|invece|poi)[ ,]*$")
_ENDINGS: Final = frozenset({Verb.ACCEPTED, Verb.REFUSED, Verb.THINKING})
_ALONE: Final = (
    frozenset({Verb.NOT_MINE}),
    frozenset({Verb.REFUSED, Verb.POSTPONED}),
    frozenset({Verb.YES, Verb.NO}),
    frozenset({Verb.MISSING, Verb.CONFIRMED}),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail's answers may be said in: its verbs, its company's name, its products' names; and of
    several things it asks for, the words that name one alone.
    """

    verbs: tuple[Verb, ...]
    company: re.Pattern[str] | None = None
    products: re.Pattern[str] | None = None
    one_of_several: re.Pattern[str] | None = None


@dataclass(slots=True)
class Whole:
    """What a text says, clause by clause. `encloses`: something comes with it; True, a quote."""

    commands: list[Command] = field(default_factory=list)
    likely: list[Said] = field(default_factory=list)
    prose: list[Folded] = field(default_factory=list)
    doubted: bool = False
    agrees: str = ""
    encloses: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all, beside courtesy."""
        return not (self.commands or self.likely or self.prose or self.doubted or self.agrees)

    @property
    def is_certain(self) -> bool:
        """Whether nothing in it speaks against what was understood."""
        likely = (said.command for said in self.likely if said.command and said.command.verb in _ENDINGS)
        meant = [*self.commands, *likely]
        return not self.doubted and not _contradict(meant)


def read(text: str, words: Words, today: date) -> Whole:
    """Read the text in these words; days count from `today`."""
    whole = Whole()
    found = sentences(text)
    for number, sentence in enumerate(found):
        _read_sentence(whole, sentence, words, today, is_last=number == len(found) - 1)
    return whole


def _read_sentence(whole: Whole, sentence: Folded, words: Words, today: date, *, is_last: bool) -> None:
    named = _with_company(sentence, words.company)
    if "?" in sentence.even:
        whole.doubted = True
    spans = pieces(named)[:MOST_PIECES]
    before = len(whole.commands)
    at = 0
    while at < len(spans):
        taken = _longest(whole, named, spans[at:], words, today)
        if not taken:
            taken = 1
            ends = is_last and at == len(spans) - 1
            _left_over(whole, named, spans[at], words, may_be_signed=ends and bool(at or whole.commands))
        at += taken
    whole.commands[before:] = _on_one_day(whole.commands[before:])


def _on_one_day(commands: list[Command]) -> list[Command]:
    """`redatto e consegnato ieri`: both yesterday; a day said once, at the end, is of all that was done."""
    done = [command for command in commands if command.verb in _DONE_ON]
    last = done[-1].on if done else None
    if last is None or any(command.on for command in done[:-1]):
        return commands
    return [replace(one, on=last) if one.verb in _DONE_ON else one for one in commands]


def _longest(
    whole: Whole, sentence: Folded, spans: Sequence[tuple[int, int]], words: Words, today: date
) -> int:
    """Take in the longest run of pieces that says something; how many they are."""
    for count in range(len(spans), 0, -1):
        if _take(whole, sentence[spans[0][0] : spans[count - 1][1]], words, today):
            return count
    return int(_is_courtesy(whole, sentence[spans[0][0] : spans[0][1]]))


def _is_courtesy(whole: Whole, piece: Folded) -> bool:
    if any(ASSENT.fullmatch(form.even) for form in (piece.stripped(), unthanked(piece))):
        whole.agrees = whole.agrees or piece.said()
        return True
    return not bare(piece) or is_goodbye(piece)


def _take(whole: Whole, clause: Folded, words: Words, today: date) -> bool:
    said = hear(clause, words.verbs, today)
    if said and words.one_of_several and words.one_of_several.search(clause.even):
        said = replace(
            said, certain=said.certain and said.command is not None and said.command.verb in _OF_ONE
        )
    if said and said.certain and said.command:
        if not any(replace(known, said=said.command.said) == said.command for known in whole.commands):
            whole.commands.append(said.command)
    elif said:
        whole.likely.append(said)
        whole.prose.append(clause)
        whole.doubted |= not (said.command or said.why)
    elif match := ENCLOSING.fullmatch(unthanked(clause).even):
        whole.encloses = bool(match["quote"]) or bool(whole.encloses)
    elif SURE.fullmatch(clause.stripped().even) and whole.commands:
        whole.commands[-1] = replace(whole.commands[-1], sure=True)
    else:
        return False
    return True


def _left_over(
    whole: Whole, sentence: Folded, span: tuple[int, int], words: Words, *, may_be_signed: bool
) -> None:
    """A piece that says nothing known: a name at the end, prose for a person, or a doubt about the rest."""
    piece = sentence[span[0] : span[1]]
    if may_be_signed and is_name(piece) and not _names_a_product(piece, words):
        return
    whole.prose.append(piece)
    is_label = sentence.even[span[1] :].lstrip().startswith(":")
    is_but = bool(_BUT.search(sentence.even[: span[0]]))
    doubtful = denies(piece.even, piece.raw) or tells_more(piece.even) or names_a_firm(piece)
    if is_label or is_but or doubtful or _names_a_product(piece, words):
        whole.doubted = True


def _names_a_product(piece: Folded, words: Words) -> bool:
    return bool(words.products and words.products.search(piece.even))


def _with_company(sentence: Folded, company: re.Pattern[str] | None) -> Folded:
    """The sentence with the company's name as a common word of the same length."""
    if company is None:
        return sentence
    return Folded(sentence.raw, company.sub(lambda found: _common(found.group()), sentence.even))


def _common(name: str) -> str:
    word = next((word for word in ("azienda", "ditta", "loro") if len(word) <= len(name)), name)
    return word.ljust(len(name))


def _contradict(commands: Sequence[Command]) -> bool:
    """Whether two commands cannot both be meant."""
    verbs = {command.verb for command in commands}
    if len(verbs) < len({(c.verb, c.on, c.value, c.words) for c in commands}):
        return not verbs <= {Verb.MISSING, Verb.WRONG, Verb.DONE}
    if len(verbs & _ENDINGS) > 1 or (Verb.ABSENT in verbs and verbs - {Verb.ABSENT, Verb.TAKEN}):
        return True
    return any(alone <= verbs for alone in _ALONE if len(verbs) > 1)

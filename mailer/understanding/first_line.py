"""What a reply's first line says: the words of section 9.1, exact but for case, accents and punctuation.

A longer text is a text, not a command: what is not certain is not done. Refuses to know who wrote and what
follows; dates are heard by `conversations.hearing`, and one that may be read in two ways is not understood.
"""

import re
from datetime import date
from unicodedata import normalize

from conversations.hearing import Direction, NotHeard, hear_date, hear_period
from conversations.hearing.heard import even
from conversations.money import hear_money
from mailer.understanding.words import WORDS, Takes, Word
from procedure.correspondence.commands import Command, Verb
from procedure.notices import MailKind

LONGEST = 60
"""Characters that a command's line may have; beyond, it is prose."""

LONGEST_REASON = 200
"""The same where the word takes a reason."""

_ABSENT = "assente "
_ASSENT = re.compile(r"(?:ok|okay|si)\s+(?=\S)")
_COURTESY = re.compile(r"(?:\s+(?:grazie(?: mille)?|ciao|(?:cordiali )?saluti|buona giornata|buon lavoro))+$")
_SURE = re.compile(r"\s+confermo$")
_IN_WORDS = frozenset({Takes.AMOUNT, Takes.REASON, Takes.WORDS})
_BETWEEN = r"[\s:,;.–-]"


def understand(kind: MailKind, first_line: str, today: date) -> Command | None:
    """What the first line of a reply to a mail of this kind says, or None where it is not one of its words.

    Args:
        kind: the mail that is answered.
        first_line: the first line of the new text.
        today: the day the reply was written; a dated word without a date names no day.
    """
    said = _bare(first_line)
    if not said or len(first_line) > LONGEST_REASON:
        return None
    if said.startswith(_ABSENT) and len(first_line) <= LONGEST:
        return _absent(first_line, said.removeprefix(_ABSENT), today)
    for word in WORDS.get(kind, ()):
        for spoken in sorted((even(word.label), *word.also), key=len, reverse=True):
            if said == spoken or said.startswith(f"{spoken} "):
                return _heard(word, spoken, first_line, said, today)
    return None


def _absent(line: str, days: str, today: date) -> Command | None:
    """`ASSENTE fino al 10`: an answer to any mail, from today on or on the days it says (9.1)."""
    try:
        heard = hear_period(days, today)
    except NotHeard:
        return None
    return None if heard.ambiguous else Command(Verb.ABSENT, line, heard.value[1], since=heard.value[0])


def _bare(line: str) -> str:
    """Lower case, no accents; punctuation gone, save within a date; a leading `ok` and thanks dropped."""
    plain = re.sub(r"(?<!\d)[^\w\s]+|[^\w\s]+(?!\d)", " ", even(line))
    return _COURTESY.sub("", _ASSENT.sub("", " ".join(plain.split()), count=1))


def _heard(word: Word, spoken: str, line: str, said: str, today: date) -> Command | None:
    """The word and what follows it, where that is what it takes."""
    if word.takes in _IN_WORDS:
        return _in_words(word, line, _tail(spoken, line))
    if len(line) > LONGEST:
        return None
    tail = _SURE.sub("", said).removeprefix(spoken).strip()
    sure = bool(_SURE.search(said)) and word.takes is Takes.DAY
    match word.takes:
        case Takes.DAY if not tail:
            return Command(word.verb, line, sure=sure)
        case Takes.DAY | Takes.DAY_TO_COME:
            return _dated(word, line, tail, today, sure=sure)
        case _:
            return Command(word.verb, line) if said == spoken else None


def _tail(spoken: str, line: str) -> str:
    """What follows the word, as it was written: found in the line without accents, letter for letter."""
    plain = "".join(normalize("NFD", letter)[0].casefold()[0] for letter in line)
    words = r"\W+".join(map(re.escape, spoken.split()))
    found = re.search(rf"{words}{_BETWEEN}*", plain)
    return line[found.end() :].strip() if found else ""


def _in_words(word: Word, line: str, tail: str) -> Command | None:
    """An amount, a reason, or a few words that may be left out."""
    if word.takes is Takes.AMOUNT:
        return _amount(word, line, tail) if len(line) <= LONGEST else None
    if word.takes is Takes.REASON and not re.search(r"\w", tail):
        return None
    return Command(word.verb, line, words=tail)


def _amount(word: Word, line: str, tail: str) -> Command | None:
    """The amount, net; one that may be read in two ways is none."""
    try:
        heard = hear_money(_COURTESY.sub("", tail.rstrip(" .!")).rstrip(" ,"))
    except NotHeard:
        return None
    return None if heard.ambiguous else Command(word.verb, line, value=heard.value)


def _dated(word: Word, line: str, tail: str, today: date, *, sure: bool) -> Command | None:
    to_come = word.takes is Takes.DAY_TO_COME
    prefer: Direction = "future" if to_come else "past"
    try:
        heard = hear_date(tail, today, prefer=prefer)
    except NotHeard:
        return None
    if heard.ambiguous or (heard.value > today) is not to_come:
        return None
    return Command(word.verb, line, heard.value, sure=sure)

"""RA's answer field by field: "tutto ok tranne PEC: no, è info@…", "telefono ok, email sbagliata".

Every word has to be accounted for; a field of which nothing is said stays open, unless all the rest is said
to be in. A value is read as the register reads it. Refuses to know what is done with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from mailer.understanding.clauses import sentences
from mailer.understanding.courtesy import bare, is_goodbye, is_name, names_a_firm, unthanked
from mailer.understanding.doubts import denies, tells_more
from mailer.understanding.folded import Folded
from procedure.correspondence.commands import Command, FieldSaid, Heard, Verb
from procedure.fields import Invalid, RegisterField, explain, explain_warning, label, read_field
from procedure.notices import Mail

_NAMES: Final[Mapping[RegisterField, str]] = MappingProxyType(
    {
        RegisterField.PEC: r"(?:indirizzo )?pec|posta certificata",
        RegisterField.EMAIL: r"(?:indirizzo )?e-?mail|mail|posta elettronica|indirizzo mail",
        RegisterField.PHONE: r"(?:numero di )?telefono|tel\.?|(?:numero )?fisso",
        RegisterField.MOBILE: r"(?:numero di )?cellulare|cell\.?",
        RegisterField.ADDRESS: r"indirizzo|numero civico|civico|via",
        RegisterField.CAP: r"cap|codice postale",
        RegisterField.COMUNE: r"comune|citta|localita",
        RegisterField.PROVINCE: r"provincia",
        RegisterField.NAME: r"ragione sociale|denominazione",
        RegisterField.PARTITA_IVA: r"partita iva|p\.? ?iva",
        RegisterField.CODICE_FISCALE: r"codice fiscale",
        RegisterField.CODICE_SDI: r"codice sdi|sdi|codice univoco|codice destinatario",
        RegisterField.ATECO: r"codice ateco|ateco",
        RegisterField.CONTACT: r"referente|persona di riferimento",
        RegisterField.LEGAL_FORM: r"forma giuridica",
        RegisterField.WEBSITE: r"sito web|sito internet|sito",
    }
)
_PLAIN: Final = frozenset(
    {
        RegisterField.ADDRESS,
        RegisterField.COMUNE,
        RegisterField.NAME,
        RegisterField.CONTACT,
        RegisterField.LEGAL_FORM,
    }
)
"""Fields whose value may be any words: only what is said to be the right one is taken for it."""

_ARTICLE: Final = r"(?:(?:la|il|l|lo|le|i|gli|anche|per la|per il|per l|per|di|del|della|nuov[oa]) )*"
_FIELD: Final = re.compile(
    r"(?<![\w@.-])"
    + _ARTICLE.replace(" ", " +")
    + "(?:"
    + "|".join(f"(?P<{one.name}>{names.replace(' ', ' +')})" for one, names in _NAMES.items())
    + r")(?![\w@]|[.-]\w)",
    re.ASCII,
)
_GOOD: Final = (
    r"(?:ok|okay|si|fatt[oaie]|aggiornat[oaie]|corrett[oaie]|giust[oaie]|a posto|apposto|bene|va bene"
    r"|inserit[oaie]|modificat[oaie]|registrat[oaie]|confermat[oaie]|esatt[oaie])"
)
_BAD: Final = (
    r"(?:no|(?:e |era |risulta |sono )?(?:sbagliat|errat|inesistent|vecchi|scadut)[oaie]|non (?:e "
    r"|risulta |sono )?"
    r"(?:corrett|valid|giust|esatt|attiv|funzionant)[oaie]|non funziona|non esiste|non va(?: bene)?)"
)
_ALL: Final = re.compile(
    rf"(?:(?:ok|tutto|tutti|ho|abbiamo|dati|i|il|la|l|resto|anagrafica|sono|e|{_GOOD}) ?)+".replace(
        " ", " +"
    ).replace(" +?", " *")
)
_EXCEPT: Final = re.compile(
    r"(?:^|[ ,;:-]+)(?:e )?(?:(?:tranne|eccetto|a parte|meno|escluso|esclusa|salvo|fuorche|ad eccezione"
    r"|ma|pero|mentre|invece)[ ,:]*)+$"
)
_BUT_FOR: Final = re.compile(r"\b(?:tranne|eccetto|a parte|meno|esclus[oa]|salvo|fuorche|eccezione)\b")
_LACKS: Final = re.compile(
    r"(?:^|[ ,;:-]+)(?:e |ma |pero )*(?:(?:mi |ci )?manc(?:a|ano)(?: (?:pero|solo|ancora|invece"
    r"|anche))*)[ ,:]*$"
)
_REST: Final = re.compile(
    r"[ ,;:-]*(?:e |ma |mentre )?(?:tutto )?(?:il resto|gli altri(?: dati)?|le altre|l altro"
    r"|l altra)(?: e| sono| invece| tutto)*"
    rf" (?:tutto )?{_GOOD}[ ,;:.-]*"
)
_OK_BODY: Final = re.compile(rf"(?:(?:e|era|sono|risulta|gia|tutto|stat[oa]) )*{_GOOD}")
_LATER_BODY: Final = re.compile(
    r"(?:non ancora|ancora no|ancora da (?:fare|inserire|aggiornare)|da fare|mancante|manca|in attesa)"
)
_BAD_BODY: Final = re.compile(rf"{_BAD}(?P<rest>(?:[ ,;:.-].*)?)")
_RIGHT: Final = re.compile(
    r"[ ,;:=-]*(?P<said>(?:(?:perche|ma|bensi|invece|quell[oa]|(?:il|la|l)|numero|indirizzo|nuov[oa]"
    r"|giust[oa]|corrett[oa]|esatt[oa]|attuale|e|sarebbe|diventa|e diventat[oa]"
    r"|deve essere)(?![\w@.-]) *[:=]? *)*)"
    r"[ :=]*(?P<value>.*)"
)


@dataclass(slots=True)
class _Told:
    """What was told so far. `unclear`: something was not understood, or asks to be confirmed."""

    fields: dict[RegisterField, FieldSaid] = field(default_factory=dict)
    rest_done: bool = False
    unclear: bool = False
    why: str = ""
    doubtful: bool = False
    beside: list[str] = field(default_factory=list)

    def say(self, said: FieldSaid) -> None:
        if self.fields.get(said.field, said) != said:
            self.unclear = True
        self.fields[said.field] = said


def fields_said(mail: Mail, text: str) -> Heard | None:
    """What RA says of each field; None where the text names none of those that the mail asked."""
    asked = asked_fields(mail)
    found = sentences(text)
    if not any(_mentions(sentence, asked) for sentence in found):
        return None
    told = _Told()
    for sentence in found:
        _read_sentence(told, sentence, asked)
    note = text.strip()
    if told.unclear or not told.fields:
        return Heard((), None, note, told.why)
    command = _command(told, found, asked)
    if told.doubtful:
        return Heard((), command, note, told.why)
    return Heard((command, *_questions(told, text)), note="\n".join(told.beside))


def asked_fields(mail: Mail) -> tuple[RegisterField, ...]:
    """The fields that an E3 asks to update, by their labels in it."""
    rows: Any = mail.context.get("corrections", [])
    labels = {str(row["label"]) for row in rows if isinstance(row, dict)}
    return tuple(one for one in RegisterField if label(one) in labels)


def _command(told: _Told, found: Sequence[Folded], asked: Sequence[RegisterField]) -> Command:
    """Fields of which nothing is said stay open, unless the rest is in."""
    open_too = (
        () if told.rest_done else tuple(FieldSaid(one, done=False) for one in asked if one not in told.fields)
    )
    said = " ".join(sentence.said() for sentence in found)
    return Command(Verb.DONE, said, fields=(*told.fields.values(), *open_too))


def _questions(told: _Told, text: str) -> tuple[Command, ...]:
    """Of a field that is missing, the AV is asked."""
    missing = [label(one.field) for one in told.fields.values() if one.words == _MISSING]
    said = " ".join(text.split())
    return (Command(Verb.MISSING, said, words=", ".join(missing)),) if missing else ()


_MISSING: Final = "manca"


def _mentions(sentence: Folded, asked: Sequence[RegisterField]) -> list[tuple[RegisterField, int, int]]:
    """The fields named, and where; within what is written as a value, none is."""
    found = []
    for match in _FIELD.finditer(sentence.even):
        named = RegisterField[str(match.lastgroup)]
        if named in asked:
            found.append((named, match.start(), match.end()))
    return found


def _read_sentence(told: _Told, sentence: Folded, asked: Sequence[RegisterField]) -> None:
    if "?" in sentence.even:
        told.unclear = True
    if (rest := _REST.search(sentence.even)) is not None:
        told.rest_done = True
        _read_parts(told, sentence[: rest.start()], asked)
        _read_parts(told, sentence[rest.end() :], asked)
    else:
        _read_parts(told, sentence, asked)


def _read_parts(told: _Told, sentence: Folded, asked: Sequence[RegisterField]) -> None:
    mentions = _mentions(sentence, asked)
    if not mentions:
        _read_aside(told, sentence)
        return
    lacks = _read_head(told, sentence[: mentions[0][1]])
    waiting: list[RegisterField] = []
    ends = [*(start for _, start, _ in mentions[1:]), len(sentence.even)]
    for (named, _, begin), end in zip(mentions, ends, strict=True):
        body = _unlinked(sentence[begin:end])
        waiting.append(named)
        lacks_next = bool(_LACKS.search(body.even))
        if lacks_next:
            body = _unlinked(body[: _start(_LACKS, body)])
        if body or end == len(sentence.even):
            if told.rest_done and lacks is None and len(waiting) > 1 and not _OK_BODY.fullmatch(body.even):
                told.unclear = True  # "aggiornato telefono e mail, la PEC no": of which is it said?
            for one in waiting:
                _read_body(told, one, body, lacks=lacks)
            waiting, lacks = [], None
        if lacks_next:
            lacks = _MISSING


def _start(pattern: re.Pattern[str], piece: Folded) -> int:
    found = pattern.search(piece.even)
    return found.start() if found else len(piece.even)


def _unlinked(body: Folded) -> Folded:
    """Without the marks and links at its ends; a colon before it stays, for a value may follow."""
    begin = len(body.even) - len(body.even.lstrip(" ,;.-\n"))
    return body[begin : max(begin, _start(_LINKS_END, body))]


_LINKS_END: Final = re.compile(
    r"(?:[ ,;.-]+(?:e|ed|ma|pero|mentre|invece|poi|anche|tranne|eccetto))?[ ,;:.!-]*$"
)


def _read_aside(told: _Told, sentence: Folded) -> None:
    """A sentence without a field: that all is in, courtesy, or something else."""
    left = bare(sentence)
    if not left or is_goodbye(sentence) or is_name(sentence):
        return
    if _ALL.fullmatch(left.even):
        told.rest_done = True
    elif denies(left.even, left.raw) or tells_more(left.even) or names_a_firm(left):
        told.unclear = True
    else:
        told.beside.append(left.said())


def _read_head(told: _Told, head: Folded) -> str | None:
    """What stands before the first field: why it is not in, or empty; None where nothing is said of it."""
    head = head.stripped("\n ")
    except_, lacks = _EXCEPT.search(head.even), _LACKS.search(head.even)
    cut = lacks or except_
    before = head[: cut.start()] if cut else head
    if (again := _EXCEPT.search(before.even)) is not None:
        before = before[: again.start()]
    left = bare(before)
    if _ALL.fullmatch(left.even) or (not left and before and _BUT_FOR.search(head.even)):
        told.rest_done = True
    elif left:
        told.unclear = True
    return _MISSING if lacks else "" if except_ else None


def _read_body(told: _Told, named: RegisterField, body: Folded, *, lacks: str | None) -> None:
    """What is said of one field."""
    said = _unlinked(unthanked(body))
    if not said:
        if lacks is None:
            told.unclear = True
        else:
            told.say(FieldSaid(named, done=False, words=lacks))
    elif _OK_BODY.fullmatch(said.even):
        told.say(FieldSaid(named, done=True))
    elif _LATER_BODY.fullmatch(said.even):
        told.say(FieldSaid(named, done=False, words=said.said()))
    else:
        _read_value(told, named, said, is_told=body.even.lstrip()[:1] in {":", "="})


def _read_value(told: _Told, named: RegisterField, body: Folded, *, is_told: bool) -> None:
    """Not in; and the right value, or why not."""
    bad = _BAD_BODY.fullmatch(body.even)
    after = body[bad.start("rest") :] if bad else body
    if bad and not after.stripped():
        told.say(FieldSaid(named, done=False))
        return
    right = _RIGHT.fullmatch(after.even)
    value = after[right.start("value") :].stripped(" ,;:.!") if right else after
    is_told = bool(right and right["said"].strip()) or (is_told and not bad)
    if named in _PLAIN and not is_told:
        told.say(FieldSaid(named, done=False, words=value.said())) if bad else _give_up(told)
        return
    _say_value(told, named, value.raw, may_be_why=bool(bad))


def _say_value(told: _Told, named: RegisterField, value: str, *, may_be_why: bool) -> None:
    try:
        reading = read_field(named, value)
    except Invalid as wrong:
        is_attempt = "@" in value or sum(map(str.isdigit, value)) > 3
        if may_be_why and not is_attempt:
            told.say(FieldSaid(named, done=False, words=" ".join(value.split())))
        else:
            _give_up(told, explain(wrong) if is_attempt else "")
        return
    told.say(FieldSaid(named, done=False, value=reading.value))
    if reading.warnings:
        told.doubtful, told.why = True, " ".join(map(explain_warning, reading.warnings))


def _give_up(told: _Told, why: str = "") -> None:
    told.unclear, told.why = True, told.why or why

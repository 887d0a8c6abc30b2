"""What the service makes of a letter, in Italian and as JSON: for who asks why an answer was not recorded.

Refuses to know files and the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from actions.by_mail.reply import Reply
from conversations.letters import why_it_waits
from conversations.replies import tell_command
from dopovisita.rehearsing import Rehearsed
from mailer.reading.letter import Letter
from mailer.reading.quotation import part
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.commands_json import command_to_json
from procedure.correspondence.deciding import (
    Ambiguous,
    As,
    Automated,
    Colleague,
    Decision,
    Matched,
    Unknown,
    why,
)
from procedure.correspondence.evidence import Clue, Where
from procedure.correspondence.machines import Automatic, Bounced, Machine, Own, Receipt, reason_of
from procedure.notices import Json, Mail
from store.letters import Outcome

_AUTHENTIC: Final = MappingProxyType(
    {
        Authentic.PASSED: "sì, lo dice il nostro server",
        Authentic.FAILED: "no: il nostro server dice che non viene da lì",
        Authentic.UNKNOWN: "non si sa: nessun server fidato lo dice",
    }
)
_WHERE: Final = MappingProxyType(
    {
        Where.ADDRESS: "nell'indirizzo a cui è stata spedita",
        Where.IN_REPLY_TO: "nella mail a cui risponde (In-Reply-To)",
        Where.REFERENCES: "nella conversazione (References)",
        Where.SUBJECT: "nell'oggetto",
        Where.BODY: "nel testo",
    }
)
_AS: Final = MappingProxyType(
    {
        As.ADDRESSEE: "è la persona a cui era stata scritta",
        As.STAND_IN: "sostituisce la persona a cui era stata scritta",
        As.BEARER: "ha il ruolo a cui era stata scritta",
        As.OFFICE: "è dello stesso ufficio di chi l'ha ricevuta",
        As.HOUSE: "è della stessa sede, o dello stesso ruolo, di chi l'ha ricevuta",
    }
)
_OUTCOME: Final = MappingProxyType(
    {Outcome.RECORDED: "registrata", Outcome.TO_SORT: "da smistare", Outcome.IGNORED: "ignorata"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A file, the letter in it, its clues, and what would come of it; or why that cannot be said."""

    file: str
    letter: Letter
    clues: tuple[Clue, ...] = ()
    rehearsed: Rehearsed | None = None
    unknown_because: str = ""
    answers: tuple[tuple[Mail, str, str], ...] = ()

    @property
    def aside(self) -> str:
        """What was not read: quotation, footer, disclaimer."""
        return part(self.letter.body, f"{self.letter.sender_name} {self.letter.sender}").aside


def kind_of(machine: Machine | None) -> tuple[str, str]:
    """Who wrote it, in one word and in Italian."""
    match machine:
        case None:
            return "human", "una persona"
        case Automatic(reason):
            return "automatic", f"una risposta automatica ({reason})"
        case Bounced(reason):
            return "bounce", f"un avviso di mancato recapito ({reason})"
        case Receipt(kind):
            return "receipt", f"una ricevuta di PEC ({kind})"
        case Own():
            return "own", "una mail nostra che è tornata"


def lines(told: Told) -> Iterator[str]:
    """All of it, for a person."""
    letter = told.letter
    yield f"{told.file}"
    yield _row(
        "Da", f"{letter.sender_name} <{letter.sender}>" if letter.sender_name else letter.sender or "nessuno"
    )
    yield _row("Oggetto", letter.subject or "nessuno")
    yield _row("Scritta da", kind_of(letter.machine)[1])
    yield _row(
        "Autentica", _AUTHENTIC[letter.authentic] + ("; è arrivata per PEC" if letter.certified else "")
    )
    if letter.unreadable:
        yield _row("Illeggibile", letter.unreadable)
    yield _row("Testo nuovo", _indented(letter.text) or "nessuno")
    if letter.signed:
        yield _row("Firma", _indented(letter.signed))
    if told.aside.strip():
        count = len(told.aside.strip().split("\n"))
        yield _row("Messo da parte", f"{count} righe: citazione, piè di pagina, avvertenze")
    for one in letter.enclosures:
        refused = f", rifiutato: {one.refused}" if one.refused else ""
        yield _row("Allegato", f"{one.name} ({one.media_type}, {one.size} byte){refused}")
    yield from _whose(told)


def _row(name: str, said: str) -> str:
    return f"  {name + ':':<17}{said}"


def _indented(text: str) -> str:
    return ("\n" + " " * 19).join(line for line in text.strip().split("\n") if line.strip())


def _whose(told: Told) -> Iterator[str]:
    if told.rehearsed is None:
        yield _row("Di chi è", f"non si può dire: {told.unknown_because}")
        return
    for clue in told.clues:
        yield _row("Riferimento", f"{clue.token}, {_WHERE[clue.where]}")
    reply = told.rehearsed.reply
    yield _row("Di chi è", _decided(reply.decision))
    yield from _understood(reply)
    yield from _outcome(told)


def _decided(decision: Decision) -> str:
    match decision:
        case Matched(sent, where, quality):
            found = f"il riferimento è {_WHERE[where]}, e chi scrive {_AS[quality]}"
            return f"risponde a {_named(sent.mail)}: {found}"
        case Colleague(sent, where, quality):
            found = f"il riferimento è {_WHERE[where]}, ma chi scrive {_AS[quality]}"
            return f"risponde a {_named(sent.mail)}: {found}, quindi deve confermare chi l'ha ricevuta"
        case Ambiguous(candidates):
            return "può rispondere a " + " oppure a ".join(_named(sent.mail) for sent in candidates)
        case Automated(machine, sent):
            about = f", su {_named(sent.mail)}" if sent else ""
            return f"l'ha scritta una macchina ({reason_of(machine)}){about}"
        case Unknown(reason):
            return f"di nessuno: {why_it_waits(reason.value)}"


def _named(mail: Mail) -> str:
    company = mail.context.get("company")
    to = ", ".join(contact.email for contact in mail.to)
    return f"{mail.kind.value}{f' per {company}' if company else ''} (a {to})"


def _understood(reply: Reply) -> Iterator[str]:
    heard = reply.heard
    for command in heard.commands:
        item = f"voce {command.item}, " if command.item else ""
        yield _row("Capito", f"{item}{tell_command(command)} («{command.said}»)")
    if heard.guess:
        yield _row("Forse", f"{tell_command(heard.guess)}: da chiedere")
    if heard.why:
        yield _row("Da chiedere", heard.why)
    if heard.note:
        yield _row("Resta da leggere", _indented(heard.note))


def _outcome(told: Told) -> Iterator[str]:
    rehearsed = told.rehearsed
    assert rehearsed is not None  # its caller looked  # noqa: S101
    kept = rehearsed.kept
    outcome = _OUTCOME[kept.outcome] if kept.outcome else "non ancora letta"
    because = f": {why_it_waits(kept.reason)}" if kept.outcome is Outcome.TO_SORT else f" ({kept.reason})"
    if rehearsed.came_before:
        yield _row("Già arrivata", f"{kept.received_at:%d/%m/%Y %H:%M}, {outcome}{because}")
        return
    yield _row("Sarebbe", f"{outcome}{because}")
    for mail, subject, text in told.answers:
        yield _row("Partirebbe", f"a {', '.join(contact.email for contact in mail.to)}: {subject}")
        yield " " * 19 + _indented(text)
    for push in rehearsed.pushes:
        yield _row("In chat", f"alla persona {push.person}: {push.screen}")


def as_json(told: Told) -> dict[str, Json]:
    """All of it, for a program."""
    letter = told.letter
    return {
        "file": told.file,
        "message_id": letter.message_id,
        "from": letter.sender,
        "subject": letter.subject,
        "date": letter.date.isoformat() if letter.date else None,
        "size": letter.size,
        "written_by": kind_of(letter.machine)[0],
        "reason": reason_of(letter.machine) if letter.machine else "",
        "unreadable": letter.unreadable,
        "certified": letter.certified,
        "authentic": letter.authentic.value,
        "text": letter.text,
        "signed": letter.signed,
        "aside": told.aside,
        "enclosures": [
            {"name": one.name, "type": one.media_type, "size": one.size, "refused": one.refused}
            for one in letter.enclosures
        ],
        **(_rehearsed(told, told.rehearsed) if told.rehearsed else {"unknown_because": told.unknown_because}),
    }


def _rehearsed(told: Told, rehearsed: Rehearsed) -> Mapping[str, Json]:
    heard, kept = rehearsed.reply.heard, rehearsed.kept
    return {
        "clues": [{"token": clue.token, "where": clue.where.value} for clue in told.clues],
        "whose": why(rehearsed.reply.decision),
        "answers_to": [_mail(mail) for mail in _answered(rehearsed.reply.decision)],
        "commands": [command_to_json(command) for command in heard.commands],
        "guess": command_to_json(heard.guess) if heard.guess else None,
        "why": heard.why,
        "note": heard.note,
        "came_before": rehearsed.came_before,
        "outcome": kept.outcome.value if kept.outcome else None,
        "outcome_reason": kept.reason,
        "mails": [{**_mail(mail), "subject": subject, "text": text} for mail, subject, text in told.answers],
        "pushes": [{"screen": push.screen, "person": push.person} for push in rehearsed.pushes],
    }


def _answered(decision: Decision) -> list[Mail]:
    match decision:
        case Matched(sent) | Colleague(sent):
            return [sent.mail]
        case Ambiguous(candidates):
            return [sent.mail for sent in candidates]
    return []


def _mail(mail: Mail) -> dict[str, Json]:
    to: list[Json] = [contact.email for contact in mail.to]
    return {"kind": mail.kind.value, "to": to, "company": mail.context.get("company")}

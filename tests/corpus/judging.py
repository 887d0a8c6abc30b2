"""Each reply of the corpus said by a program, taken the whole way and judged: understood, asked back, to
sort, nothing, or wrong. `python -m tests.corpus` prints the table.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from procedure.correspondence.commands import Command, Verb
from store.letters import Outcome
from tests.actions.house import opened
from tests.corpus.programs.all import PLAIN
from tests.corpus.replies import nothing, offices, quotes, registry
from tests.corpus.replies.labels import Label, Want
from tests.corpus.scenes import Seen, arrives, bytes_of, stage, when

REPLIES: Final = (*registry.ALL, *offices.ALL, *quotes.ALL)
"""Those that say what is to be recorded."""

NOTHING: Final = tuple(nothing.ALL)
"""Those that must have no effect."""

SIGNATURES: Final = (
    "",
    "Cordiali saluti\n\nPaola Sarti\nUfficio Anagrafica\nTel. 0573 123456\nwww.associazione.example.com",
    "Saluti\nMarta",
    "Distinti saluti.\n\nDott.ssa Giulia Prova\nOk Arredamenti S.r.l.\nP.IVA 01234567890",
    "",
    "Grazie,\nL. Segna",
    "--\nUfficio Fatto & Aggiornato\nVia dei Ricevuti 12, 51100 Pistoia (PT)\nCell. 333 1234567",
    "Un saluto\n*Carlo Esempi*\n[cid:image1.png@01DB]\nArea Servizi - Consegnato S.p.A.\nTel 0573 99999",
)
DISCLAIMERS: Final = (
    "",
    (
        "Ai sensi del Regolamento UE 2016/679 si precisa che le informazioni contenute in questo messaggio "
        "sono\nriservate ad uso esclusivo del destinatario. Se ricevuto per errore: non accettato, avvisare."
    ),
    "",
    "Prima di stampare, pensa all'ambiente. Ok?",
    "",
    "This e-mail and any attachments are confidential and intended solely for the addressee.",
    "Mail priva di virus. www.avast.com",
)


class Verdict(enum.StrEnum):
    """What became of a reply, beside what it wanted."""

    UNDERSTOOD = "understood"  # what must be recorded was, and nothing else
    ASKED = "asked back"  # not understood, and told so
    TO_SORT = "to sort"  # nobody's, or a colleague's: a person looks
    NOTHING = "no effect"  # as it must be
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    """A reply, what was seen of it, and the verdict."""

    label: Label
    seen: Seen
    verdict: Verdict

    def __str__(self) -> str:
        heard = "; ".join(f"{c.verb.value} {c.on or ''} {c.value or ''}" for c in self.seen.heard.commands)
        came = f"{self.seen.outcome.value} ({self.seen.reason})"
        told = f"{came} heard [{heard}] changed {sorted(self.seen.changed)} text {self.seen.text[:80]!r}"
        return f"{self.verdict.value}: {self.label.name}: {told}"


def said(labels: Iterable[Label]) -> Iterator[Label]:
    """The labels, each with a program, a signature and a disclaimer, in turn where it names none."""
    programs = tuple(PLAIN)
    for number, label in enumerate(labels):
        signature = SIGNATURES[number % len(SIGNATURES)] if label.signature is None else label.signature
        disclaimer = DISCLAIMERS[number % len(DISCLAIMERS)] if label.disclaimer is None else label.disclaimer
        program = label.program or programs[number % len(programs)]
        yield replace(label, program=program, signature=signature, disclaimer=disclaimer)


def judged(labels: Iterable[Label]) -> list[Judged]:
    """All of them, scene by scene, each scene in an office of its own."""
    by_scene: dict[str, list[Label]] = {}
    for label in said(labels):
        by_scene.setdefault(label.scene, []).append(label)
    return [one for scene, ours in by_scene.items() for one in _played(scene, ours)]


def _played(scene: str, labels: list[Label]) -> Iterator[Judged]:
    with TemporaryDirectory() as directory, opened(Path(directory)) as house:
        stage(house, scene)
        for label in labels:
            raw = bytes_of(house, label, label.signature or "", label.disclaimer or "")
            seen = arrives(house, raw, scene)
            yield Judged(label, seen, verdict(label, seen))


def verdict(label: Label, seen: Seen) -> Verdict:
    """What to think of it."""
    if label.want is None:
        has_effect = seen.changed or seen.outcome is Outcome.RECORDED
        return Verdict.WRONG if has_effect else Verdict.NOTHING
    if seen.outcome is not Outcome.RECORDED:
        quiet = Verdict.ASKED if seen.reason in {"not_understood", "guess"} else Verdict.TO_SORT
        return Verdict.WRONG if seen.changed else quiet
    return Verdict.UNDERSTOOD if _is_right(label, label.want, seen) else Verdict.WRONG


def _is_right(label: Label, want: Want, seen: Seen) -> bool:
    verbs = {frozenset(ways) for ways in want.verbs}
    fields = want.fields is None or {field.value for field in want.fields} == seen.fields
    commands = seen.heard.commands
    return seen.verbs in verbs and fields and _told(label, want, commands) and _stands(label, want, seen)


def _told(label: Label, want: Want, commands: Iterable[Command]) -> bool:
    """The day, the amount, the end of an absence, as they were heard."""
    wanted = want.until or want.on
    days = {command.on or when(label.scene).date() for command in commands}
    values = {command.value for command in commands}
    return (wanted is None or wanted in days) and (want.value is None or values == {want.value})


_DAY_OF: Final[Mapping[Verb, str]] = {
    Verb.DRAFTED: "drafted_on",
    Verb.CONTACTED: "contacted_on",
    Verb.DELIVERED: "delivered_on",
    Verb.FOLLOWED_UP: "followed_up_on",
}


def _stands(label: Label, want: Want, seen: Seen) -> bool:
    """What the store says of the quote, where the last verb is one of a quote's."""
    column = _DAY_OF.get(want.verbs[0][-1])
    dated = column is None or seen.quote[column] == want.on
    valued = want.value is None or seen.quote["value"] == want.value
    return dated and valued


def table(all_: Iterable[Judged]) -> str:
    """The verdicts by program and by kind of mail, with the share understood."""
    ours = list(all_)
    by_program = _rows(ours, [one.label.program for one in ours])
    by_kind = _rows(ours, [one.label.kind.value for one in ours])
    return "\n".join(
        ["by program", *by_program, "", "by mail answered", *by_kind, "", *_rows(ours, ["all"] * len(ours))]
    )


def _rows(ours: list[Judged], names: list[str]) -> Iterator[str]:
    counted: dict[str, Counter[Verdict]] = {}
    for one, name in zip(ours, names, strict=True):
        counted.setdefault(name, Counter())[one.verdict] += 1
    yield f"{'':28}" + "".join(f"{verdict.value:>12}" for verdict in Verdict)
    for name in sorted(counted):
        yield f"{name:28}" + "".join(f"{counted[name][verdict]:12}" for verdict in Verdict)


def share(ours: Iterable[Judged]) -> float:
    """Of those that want something, the part that was understood."""
    wanting = [one.verdict for one in ours if one.label.want]
    return wanting.count(Verdict.UNDERSTOOD) / len(wanting)

"""Scans of signed forms, mailed by who made the visit: each goes to whom the form goes to (section 12).

A scan meets no term: the originals are owed as before (decision 46). Refuses to know the files' contents.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from actions.by_mail.answering import Answering
from actions.deliver import put_mail
from conversations.phrases import say
from procedure.correspondence.scans import Told, is_scan, which_forms
from procedure.errors import Refusal
from procedure.italian import join_it
from procedure.notices import About, Json, Mail, MailKind
from procedure.people import Role
from procedure.routing import OFFICE_FORMS, bearer
from procedure.visits import Form, FormOutcome
from store import enclosures, letters, visits
from store.enclosures import KeptFile
from store.letters import Outcome

OFFICES: Final[Mapping[Role, tuple[Form, ...]]] = MappingProxyType(
    {Role.FORMS_OFFICE: OFFICE_FORMS, Role.RPA: (Form.RID,)}
)
"""Where each form's scan goes [r.128-134]."""

COMMON: Final = ("company", "company_ref", "site", "av", "visited_on")

NO_FORM: Final = "-"
"""Kept of a file that its sender says is no form."""


def scans_sent(its: Answering) -> str:
    """The scans go on, each form's to its office; the sentence that tells it.

    Raises:
        Refusal: `scans_none`: no file that could be one; `scans_which`: which is which is not certain.
    """
    signed, about = _signed(its), its.mail.about
    files = [kept for kept in _brought(its, about) if _waits(its, kept)]
    if not files or not signed:
        raise Refusal("scans_none")
    names = [kept.file.name for kept in files]
    told = which_forms(names, signed, text=its.reply.text, subject=its.reply.subject)
    if told is None:
        raise _which(names, signed)
    for at, kept in enumerate(files):
        enclosures.link(its.tx, kept, about, "+".join(form.name for form in _ordered(told[at])) or NO_FORM)
    _settle_earlier(its, files, about)
    sent = [said for role in OFFICES if (said := _send(its, role, files, told))]
    return "; ".join([*sent, say("scans.originals")]) if sent else say("scans.no_forms")


def _signed(its: Answering) -> tuple[Form, ...]:
    visit = visits.get(its.tx, its.visit)
    results = visit.report.forms if visit else ()
    return _ordered({one.form for one in results if one.outcome is FormOutcome.SIGNED})


def _ordered(forms: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(form for form in Form if form in forms)


def _brought(its: Answering, about: About) -> list[KeptFile]:
    """What came for this visit, and with this letter: a colleague's was nobody's until it was confirmed."""
    found = [*enclosures.usable(its.tx, about), *enclosures.of_letter(its.tx, its.reply.letter)]
    return sorted({kept.id: kept for kept in found}.values(), key=lambda kept: kept.id)


def _waits(its: Answering, kept: KeptFile) -> bool:
    """True of this letter's scans, and of those in an earlier one of the same sender that were asked back."""
    return is_scan(kept.file) and not kept.form and kept.sender == its.sender.email.casefold()


def _which(names: Sequence[str], signed: Sequence[Form]) -> Refusal:
    """Asked back by number; the example is of the sender's own files and forms."""
    return Refusal(
        "scans_which",
        files=", ".join(f"{number} {name}" for number, name in enumerate(names, 1)),
        forms=join_it([form.value for form in signed]),
        example=", ".join(
            f"{number} {form.value.partition(' (')[0]}"
            for number, form in zip(range(1, len(names) + 1), signed, strict=False)
        ),
    )


def _settle_earlier(its: Answering, files: Sequence[KeptFile], about: About) -> None:
    """The letter that brought them waits for nobody any more."""
    for letter in {kept.letter for kept in files} - {its.reply.letter}:
        letters.settle(its.tx, letter, outcome=Outcome.RECORDED, reason="enclosed", about=about, now=its.now)


def _send(its: Answering, role: Role, files: Sequence[KeptFile], told: Told) -> str:
    """The files with this office's forms, in one mail; the sentence that tells it, or nothing."""
    its_own = {at: told[at] & frozenset(OFFICES[role]) for at in range(len(files))}
    going = [(files[at], _ordered(forms)) for at, forms in its_own.items() if forms]
    if not going:
        return ""
    contact, uncovered = bearer(its.office.campaign, role)
    rows: list[Json] = [
        {"form": join_it([form.value for form in forms]), "name": kept.file.name} for kept, forms in going
    ]
    common: dict[str, Json] = {name: its.mail.context[name] for name in COMMON if name in its.mail.context}
    mail = Mail(
        key=f"letter:{its.reply.letter}:{MailKind.SCANS_SENT.value}:{role.value}",
        kind=MailKind.SCANS_SENT,
        about=its.mail.about,
        to=(contact,),
        context={**common, "due": "", "sender": its.called, "forms": rows},
        uncovered=uncovered,
        encloses=tuple(kept.enclosed for kept, _ in going),
    )
    put_mail(its.tx, mail, minted_by=its.office.minting, now=its.now)
    forms = _ordered({form for _, some in going for form in some})
    return say("scans.sent", forms=join_it([form.value for form in forms]), office=role.in_full)

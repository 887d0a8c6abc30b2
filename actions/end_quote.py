"""What leaves when a quote ends, or ends otherwise than was said: E10 and E11, N7, and the news for its AV.

Refuses to know which events end a quote and what they change in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.deliver import put_mail, put_push
from actions.own_quote import owner_of, products_of, visited_for
from actions.turn import Turn
from procedure.amending import Addressed, Amended, Amendment, amended
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.notices_json import mail_from_json
from procedure.people import Role
from procedure.quote_mails import ACCEPTANCE, AnsweredLine, after_acceptance, fields_amended
from procedure.quotes import NOT_DELIVERED, Quote, QuoteEvent, QuoteState
from procedure.routing import Visited
from procedure.visits import Company
from store import outbox, quotes
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Ending:
    """One end of a quote: as it was, as it is, by which event; `move` numbers the moves of its story."""

    old: Quote
    new: Quote
    event: QuoteEvent
    visited: Visited
    move: int


def end_quote(
    turn: Turn, change: tuple[Quote, Quote], company: Company, event: QuoteEvent
) -> tuple[Mail, ...]:
    """Tell everyone concerned that `event` ended the quote, or changed how it had ended; the mails queued."""
    old, new = change
    story = quotes.story(turn.tx, new.id)
    ending = _Ending(old, new, event, visited_for(turn, new, company), len(story))
    _tell_av(turn, ending)
    mails = tuple(_mails(turn, ending))
    for mail in mails:
        put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return mails


def _mails(turn: Turn, ending: _Ending) -> Iterable[Mail]:
    match ending.event:
        case QuoteEvent.ACCEPTED:
            return _acceptance(turn, ending)
        case QuoteEvent.CORRECTED | QuoteEvent.WITHDRAWN:
            return _amended_acceptance(turn, ending)
        case _ if ending.old.state in NOT_DELIVERED:
            return _amended_request(turn, ending)
        case _:
            return ()


def _acceptance(turn: Turn, ending: _Ending) -> Iterable[Mail]:
    """E10 and E11 [r.157]; once more where the first yes had been taken back (T15 after T16)."""
    product = turn.office.campaign.product
    lines = [
        AnsweredLine(product(line.product).name, line.accepted is not False, line.value, line.reason)
        for line in quotes.lines(turn.tx, ending.new.id)
    ]
    owner = owner_of(turn, ending.new).name
    again = _again(turn.tx, ending.new.id)
    return after_acceptance(turn.office.campaign, ending.new, lines, owner, ending.visited, again=again)


def _again(tx: Transaction, quote: int) -> str:
    """What tells the keys of the second acceptance, and of those after it, from the first's."""
    times = sum(move.event == QuoteEvent.ACCEPTED.value for move in quotes.story(tx, quote))
    return f":{times}" if times > 1 else ""


def _amended_acceptance(turn: Turn, ending: _Ending) -> Iterable[Mail]:
    """T16: N7 to those who had E10 and E11."""
    fields = fields_amended(ending.old, ending.new)
    again = _again(turn.tx, ending.new.id)
    for kind, role in ACCEPTANCE:
        earlier = _addressed(turn.tx, f"quote:{ending.new.id}:{kind.value}{again}", kind, role)
        yield from _n7(turn, ending, fields, earlier)


def _amended_request(turn: Turn, ending: _Ending) -> Iterable[Mail]:
    """T14: RPS, to whom E8 had said that a quote was to be drafted, hears that it is not."""
    kind = MailKind.E8_QUOTES_TO_RPS
    earlier = _addressed(turn.tx, f"visit:{ending.new.visit}:{kind.value}", kind, Role.RPS)
    if not earlier.to and kind.value not in turn.office.campaign.sent_by_gestionale:
        return
    label = f"Preventivo {products_of(turn, ending.new.id)} ({owner_of(turn, ending.new).name})"
    field = Amended(label, ending.old.state.value.lower(), ending.new.state.value.lower())
    yield from _n7(turn, ending, (field,), earlier)


def _n7(turn: Turn, ending: _Ending, fields: tuple[Amended, ...], earlier: Addressed) -> Iterable[Mail]:
    about = About(Subject.QUOTE, ending.new.id)
    reason = ending.new.reason or "importo corretto"
    key = f"quote:{ending.new.id}:{ending.move}"
    what = Amendment(key, about, fields, reason, turn.person.name)
    mail = amended(turn.office.campaign, ending.visited, what, earlier)
    return (mail,) if mail else ()


def _addressed(tx: Transaction, key: str, kind: MailKind, role: Role) -> Addressed:
    """Whom the mail of this key reached; nobody, where it did not leave from here."""
    row = outbox.by_key(tx, key)
    if row is None or not isinstance(row.payload, dict):
        return Addressed(kind, role)
    mail = row.payload["mail"]
    return Addressed(kind, role, mail_from_json(mail).to if isinstance(mail, dict) else ())


def _tell_av(turn: Turn, ending: _Ending) -> None:
    """The AV keeps the relation with the company, and hears how the quote of another ended (A32)."""
    av = ending.visited.av
    if av.id == turn.person.id:
        return
    quote = ending.new
    state = quote.state.value.lower()
    context: dict[str, Json] = {
        "company": ending.visited.company.name,
        "products": products_of(turn, quote.id),
        "state": f"{state} (importo corretto)" if ending.event is QuoteEvent.CORRECTED else state,
    }
    if quote.state is QuoteState.ACCEPTED and quote.accepted_late:
        context["state"] = f"{context['state']} (dopo la scadenza)"
    about = About(Subject.QUOTE, quote.id)
    key = f"quote:{quote.id}:closed:{ending.move}"
    put_push(turn.tx, Push(key, "quote_closed", about, av.id, context), now=turn.now)

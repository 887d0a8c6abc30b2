"""The cover of a quote's paper copy leaves by mail, for whoever asked for it (section 13, M17).

What stands on it is gathered here, for the mail and for the command line alike. Refuses to know how it is
drawn.
"""

from actions.deliver import put_mail
from actions.own_quote import own_quote, owner_of, visited_for
from actions.turn import Turn
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Attachment, Json, Mail, MailKind, Subject
from procedure.routing import common
from store import quotes, register


def send_cover(turn: Turn, quote: int) -> Mail:
    """Queue the cover for whoever asks; twice in the same minute it is one mail.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_delivered`.
    """
    own_quote(turn, quote)
    person = turn.person
    mail = Mail(
        key=f"cover:{quote}:{person.id}:{turn.now:%Y-%m-%dT%H:%M}",
        kind=MailKind.COVER,
        about=About(Subject.QUOTE, quote),
        to=(Contact(person.name, person.email),),
        context=cover(turn, quote),
        attachments=(Attachment.COVER,),
    )
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return mail


def cover(turn: Turn, quote: int) -> dict[str, Json]:
    """What the cover says; whoever calls has checked that the person may read it. No amounts: the binder is
    open to the whole sede.

    Raises:
        Refusal: `quote_gone`, `quote_not_delivered`.
    """
    found = quotes.get(turn.tx, quote)
    company = register.company(turn.tx, found.company) if found else None
    if found is None or company is None:
        raise Refusal("quote_gone")
    if found.delivered_on is None:
        raise Refusal("quote_not_delivered")
    product = turn.office.campaign.product
    return {
        **common(visited_for(turn, found, company)),
        "campaign": turn.office.campaign.name,
        "number": str(found.id),
        "products": [product(line.product).name for line in quotes.lines(turn.tx, quote)],
        "drafted_on": write_date(found.drafted_on) if found.drafted_on else "",
        "delivered_on": write_date(found.delivered_on),
        "owner": owner_of(turn, found).name,
    }

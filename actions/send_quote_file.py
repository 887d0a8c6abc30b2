"""The PDF of a quote, as its owner mailed it, goes by mail to who asks for it: never through a chat.

Refuses to know how it came, and to open it.
"""

from actions.deliver import put_mail
from actions.own_quote import products_of, seen_quote
from actions.turn import Turn
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.notices import About, Mail, MailKind, Subject
from store import audit, enclosures
from store.enclosures import KeptFile


def file_of_quote(turn: Turn, quote: int) -> KeptFile | None:
    """The newest PDF that came with a word on the quote; whoever calls has checked the person."""
    files = enclosures.usable(turn.tx, About(Subject.QUOTE, quote))
    return files[-1] if files else None


def send_quote_file(turn: Turn, quote: int) -> Mail:
    """Queue it for whoever asks; twice in the same minute it is one mail.

    Raises:
        NotAllowed: the quote is not for this person to see.
        Refusal: `no_quote_file`.
    """
    _, company = seen_quote(turn, quote)
    kept = file_of_quote(turn, quote)
    if kept is None:
        raise Refusal("no_quote_file")
    person, products = turn.person, products_of(turn, quote)
    text = say("papers.quote_sent", company=company.name, products=products, name=kept.file.name)
    mail = Mail(
        key=f"quote_file:{kept.id}:{person.id}:{turn.now:%Y-%m-%dT%H:%M}",
        kind=MailKind.NEWS,
        about=About(Subject.QUOTE, quote),
        to=(Contact(person.name, person.email),),
        context={"person": person.name, "text": text},
        encloses=(kept.enclosed,),
    )
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    audit.note(turn.tx, turn.now, person.email, "quote_file_sent", {"quote": quote})
    return mail

"""The files that come with a reply: kept with their letter, told of, linked to what they are about.

A PDF on a quote's thread is the quote; scans of forms are in `actions.by_mail.scans`. Nothing is opened.
Refuses to know how a file is read, and which files are refused.
"""

from actions.by_mail.answering import Answering
from actions.by_mail.quote import quote_of
from actions.by_mail.reply import Reply
from actions.by_mail.scans import scans_sent
from conversations.phrases import say
from procedure.correspondence.commands import Command
from procedure.correspondence.deciding import Automated, Matched
from procedure.errors import Refusal
from procedure.italian import join_it
from procedure.notices import About, MailKind, Subject
from store import deliveries, enclosures
from store.enclosures import KeptFile
from store.transaction import Transaction

PDF = "application/pdf"


def arrived(tx: Transaction, reply: Reply) -> None:
    """A person wrote: they can be written to where they wrote from, and their files are kept."""
    if isinstance(reply.decision, Automated):
        return
    deliveries.clear(tx, reply.sender.email)
    about = reply.decision.sent.mail.about if isinstance(reply.decision, Matched) else None
    enclosures.keep(tx, reply.letter, reply.enclosures, about)


def enclosed(its: Answering, _command: Command) -> str:
    """Papers and no word beside them; the sentence that tells what they are taken for.

    Raises:
        Refusal: `enclosed_alone`: the mail asked for none; or as `scans_sent`.
    """
    if its.mail.asks is MailKind.SCANS_WANTED:
        return scans_sent(its)
    filed = quote_filed(its)
    if not filed:
        raise Refusal("enclosed_alone")
    return filed


def quote_filed(its: Answering) -> str:
    """The PDFs that came with a word on a quote are the quote; the sentence that tells it, or nothing."""
    quote = quote_of(its.tx, its.mail)
    if quote is None:
        return ""
    about = About(Subject.QUOTE, quote.id)
    mine = [kept for kept in enclosures.of_letter(its.tx, its.reply.letter) if _is_new_pdf(kept)]
    for kept in mine:
        enclosures.link(its.tx, kept, about)
    return say("papers.quote", names=join_it([kept.file.name for kept in mine])) if mine else ""


def _is_new_pdf(kept: KeptFile) -> bool:
    is_linked = kept.about is not None and kept.about.kind is Subject.QUOTE
    return kept.file.media_type == PDF and not kept.file.refused and not is_linked

"""What the chat carrier asks of the house: whom a message reaches, whether it may leave now, how it looks.

It goes to who stands in, in their hours (decision 15). Nothing is dropped: who has no chat, wants mails, or
has blocked the bot, gets the same words by mail.
"""

import html
import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from actions.by_mail.nudge import answerable
from actions.call_for_appointments import still_true
from actions.chat_refused import chat_refused
from actions.deliver import put_mail
from actions.office import Office
from actions.recipient import Recipient, recipient
from bot.push import PutOff, Telling
from bot.replies import Reply
from bot.screens.people import on_behalf
from bot.screens.pushes import MAILED, draw_push
from bot.screens.screen import Screen
from bot.sending import Outcome
from bot.showing import send
from procedure.notices import Json, Mail, MailKind, Push
from procedure.notices_json import push_from_json
from procedure.people import Person
from store import audit, chats, people
from store.outbox import OutboxRow
from store.transaction import Transaction

MAILED_TOO: Final = frozenset({"morning", "digest", "to_confirm"})
"""Messages that have a mail of their own, which goes to who wants both."""


def telling(office: Office) -> Telling:
    """The two answers, for this office."""

    def draw(tx: Transaction, row: OutboxRow, now: datetime) -> Reply | PutOff:
        push = _push(row)
        if not still_true(tx, push):
            return ()
        to = recipient(tx, office, push.person, now.date())
        if not to.may_be_written_to(now):
            return PutOff(to.next_opening(now))
        if to.person is None or to.by_mail or push.screen in MAILED:
            _by_mail(tx, office, push, to, now)
            return ()
        if to.also_by_mail and push.screen not in MAILED_TOO:
            _by_mail(tx, office, push, to, now)
        return _in_chat(tx, to.person, _drawn(push, to))

    def failed(tx: Transaction, row: OutboxRow, now: datetime, why: str) -> None:
        push = _push(row)
        to = recipient(tx, office, push.person, now.date())
        audit.note(tx, now, to.contact.email, "push_refused", {"key": row.key, "why": why})
        _by_mail(tx, office, push, to, now)
        if to.person is not None and why == Outcome.BLOCKED.value:
            chat_refused(tx, to.person, now)

    return Telling(draw, failed)


def remembered(tx: Transaction, tag: Json, message_id: int) -> None:
    """The card of a dialogue was sent: later answers change it in place, if the chat still stands there."""
    match tag:
        case {"person": int(person), "draft": int(draft)}:
            chats.shown_by(tx, person, draft, message_id)


def blocked(tx: Transaction, chat_id: int, now: datetime) -> None:
    """An answer found the bot blocked: what is due reaches the person by mail, and administrators hear."""
    person = people.by_telegram(tx, chat_id)
    if person is None:
        audit.note(tx, now, f"telegram:{chat_id}", "chat_refused", {})
    else:
        chat_refused(tx, person, now)


def _in_chat(tx: Transaction, person: Person, screen: Screen) -> Reply:
    stands = chats.focus(tx, person.id)
    menu = screen.menu if stands.draft is None else stands.menu  # the numbers stay those of the question
    chats.stand(tx, person.id, replace(stands, message=None, menu=menu))  # which is asked again below
    return (send(person.telegram_id, screen),)


def _by_mail(tx: Transaction, office: Office, push: Push, to: Recipient, now: datetime) -> None:
    context: dict[str, Json] = {"person": to.contact.name, "text": _plain(_drawn(push, to).text)}
    news = Mail(f"{push.key}:mail", MailKind.NEWS, push.about, (to.contact,), (), context)
    mail = answerable(tx, office, push, to, now) or news
    put_mail(tx, mail, minted_by=office.minting, now=now, due_at=to.next_opening(now))


def _drawn(push: Push, to: Recipient) -> Screen:
    return on_behalf(draw_push(push.screen, push.context), to.in_place_of)


def _push(row: OutboxRow) -> Push:
    if not isinstance(row.payload, dict):
        raise TypeError(f"outbox row {row.id} is no chat message")
    return push_from_json(row.payload)


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"</?[a-z]+>", "", text))

"""What the chat carrier asks of the house: a message drawn, and what follows where no chat takes it.

Nothing is dropped: who has no chat, or has blocked the bot, gets the same words by mail.
"""

import html
import re
from dataclasses import replace
from datetime import datetime

from actions.deliver import put_mail
from actions.office import Office
from bot.push import Telling
from bot.replies import Reply
from bot.screens.pushes import draw_push
from bot.showing import send
from procedure.campaign import Contact
from procedure.notices import Json, Mail, MailKind, Push
from procedure.notices_json import push_from_json
from store import audit, chats, people
from store.outbox import OutboxRow
from store.transaction import Transaction


def telling(office: Office) -> Telling:
    """The two answers, for this office."""

    def draw(tx: Transaction, row: OutboxRow) -> Reply:
        push = _push(row)
        person = people.by_id(tx, push.person)
        if person is None or person.telegram_id is None:
            _by_mail(tx, office, row, row.due_at)
            return ()
        screen = draw_push(push.screen, push.context)
        stands = chats.focus(tx, person.id)
        menu = screen.menu if stands.draft is None else stands.menu  # the numbers stay those of the question
        chats.stand(tx, person.id, replace(stands, message=None, menu=menu))  # which is asked again below
        return (send(person.telegram_id, screen),)

    def failed(tx: Transaction, row: OutboxRow, now: datetime) -> None:
        person = people.by_id(tx, _push(row).person)
        audit.note(tx, now, person.email if person else "?", "push_refused", {"key": row.key})
        _by_mail(tx, office, row, now)

    return Telling(draw, failed)


def remembered(tx: Transaction, tag: Json, message_id: int) -> None:
    """The card of a dialogue was sent: later answers change it in place, if the chat still stands there."""
    match tag:
        case {"person": int(person), "draft": int(draft)}:
            chats.shown_by(tx, person, draft, message_id)


def blocked(tx: Transaction, chat_id: int, now: datetime) -> None:
    """The person has blocked the bot: a line in the audit; what is due reaches them by mail."""
    person = people.by_telegram(tx, chat_id)
    audit.note(tx, now, person.email if person else f"telegram:{chat_id}", "blocked", {})


def _by_mail(tx: Transaction, office: Office, row: OutboxRow, now: datetime) -> None:
    push = _push(row)
    person = people.by_id(tx, push.person)
    if person is None:
        return
    context: dict[str, Json] = {
        "person": person.name,
        "text": _plain(draw_push(push.screen, push.context).text),
    }
    to = (Contact(person.name, person.email),)
    mail = Mail(f"{push.key}:mail", MailKind.NEWS, push.about, to, (), context)
    put_mail(tx, mail, minted_by=office.minting, now=now)


def _push(row: OutboxRow) -> Push:
    if not isinstance(row.payload, dict):
        raise TypeError(f"outbox row {row.id} is no chat message")
    return push_from_json(row.payload)


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"</?[a-z]+>", "", text))

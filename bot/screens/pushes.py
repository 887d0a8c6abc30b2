"""The messages that come by themselves: the morning, the sollecito, a
reply that arrived, a mail that could not leave.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.screens import credit, given, papers, post, quote_moves
from bot.screens.appointments import draw_asked, draw_eve
from bot.screens.digest import draw_digest
from bot.screens.morning import draw_follow_up, draw_morning
from bot.screens.people import (
    draw_absence_by_other,
    draw_chat_refused,
    draw_deputy_left,
    draw_handed_on,
    draw_handed_on_list,
    draw_orphaned,
    draw_standing_in,
    draw_standing_in_over,
)
from bot.screens.redate import draw_date_corrected, draw_terms_moved
from bot.screens.screen import Screen, bold, esc, short
from conversations.phrases import say

Context = Mapping[str, Any]

MAILED = frozenset({"handed_on_list"})
"""Messages too long for a chat: a mail, whatever the person prefers."""

LONGEST_LINE = 300


def draw_push(screen: str, context: Context) -> Screen:
    """The message named `screen`.

    Raises:
        KeyError: there is none of this name: a fault of the code.
    """
    return _SCREENS[screen](context)


def _reply_recorded(context: Context) -> Screen:
    said = say("push.reply.recorded", who=context["who"], what=context["what"])
    return Screen(f"{bold(context['company'])}\n{esc(said)}{_note(context)}", post.to_original(context))


def _note(context: Context) -> str:
    """What was written beside what was recorded."""
    note = short(context.get("note", ""), LONGEST_LINE)
    return f"\n{esc(say('push.reply.note', note=note))}" if note else ""


def _question(context: Context) -> Screen:
    """RA or the office asks the AV something; the mail that asks it is what is answered."""
    words = short(context["words"], LONGEST_LINE)
    said = say("push.reply.question", who=context["who"], words=words)
    return Screen(f"{bold(context['company'])}\n{esc(said)}")


def _too_many_letters(context: Context) -> Screen:
    """A machine seems to answer ours: it is answered no more."""
    return Screen(esc(say("push.reply.too_many", who=short(context["who"], LONGEST_LINE))))


def _reply_to_read(context: Context) -> Screen:
    line = short(context["first_line"], LONGEST_LINE)
    said = say("push.reply.to_read", who=context["who"], line=line)
    return Screen(f"{bold(context['company'])}\n{esc(said)}", post.to_original(context))


def _reply_undone(context: Context) -> Screen:
    said = esc(say("push.reply_undone.text", who=context["who"], what=context["what"]))
    return Screen(f"{bold(context['company'])}\n{said}" if context["company"] else said)


def _quote_closed(context: Context) -> Screen:
    """How the quote of another ended (A32)."""
    said = say("push.quote.closed", state=context["state"], products=context["products"])
    return Screen(f"{bold(context['company'])}\n{esc(said)}")


def _mail_failed(context: Context) -> Screen:
    error = short(context["error"], LONGEST_LINE)
    said = say("push.mail_failed", to=context["to"], what=context["what"], error=error)
    return Screen(f"⚠ {esc(said)}")


_SCREENS: dict[str, Callable[[Context], Screen]] = {
    "morning": draw_morning,
    "follow_up": draw_follow_up,
    "digest": draw_digest,
    "reply_recorded": _reply_recorded,
    "reply_to_read": _reply_to_read,
    "reply_undone": _reply_undone,
    "question": _question,
    "too_many_letters": _too_many_letters,
    "letters_to_sort": post.draw_to_sort,
    "colleague_asked": post.draw_colleague_asked,
    "which_one": post.draw_which_one,
    "absence_read": post.draw_absence_read,
    "quote_closed": _quote_closed,
    "credit_collected": credit.collected,
    "quote_not_mine": quote_moves.not_mine,
    "quote_passed": quote_moves.passed,
    "quote_split": quote_moves.split,
    "mail_failed": _mail_failed,
    "chat_refused": draw_chat_refused,
    "standing_in": draw_standing_in,
    "handed_on": draw_handed_on,
    "handed_on_list": draw_handed_on_list,
    "orphaned": draw_orphaned,
    "deputy_left": draw_deputy_left,
    "standing_in_over": draw_standing_in_over,
    "absence_by_other": draw_absence_by_other,
    "appointment_eve": draw_eve,
    "appointment_asked": draw_asked,
    "date_corrected": draw_date_corrected,
    "terms_moved": draw_terms_moved,
    "missing_copies": papers.draw_missing_at_site,
    "new_members": papers.draw_new_members,
    "companies_given": given.draw_given,
    "import_undone": given.draw_import_undone,
    "to_confirm": given.draw_to_confirm,
}
"""Every message that an action may queue; tests/bot/test_screens.py draws each."""

"""What is read when a reminder was put off. Refuses to know how it was done."""

from actions.put_off import PutOffDone
from bot.buttons import Verb, button
from bot.screens.screen import Screen, bold, esc
from conversations.phrases import say
from procedure.italian import write_date


def draw_put_off(done: PutOffDone) -> Screen:
    """When it comes back; the deadline stays."""
    row = done.deadline
    lines = [
        bold(f"{row.company_name} · {row.due.kind.label}"),
        esc(say("screen.put_off.done", day=write_date(done.until))),
        esc(say("screen.put_off.same", term=row.due.explanation)),
    ]
    return Screen("\n".join(lines), ((button(f"⌂ {say('screen.home.button')}", Verb.HOME),),))

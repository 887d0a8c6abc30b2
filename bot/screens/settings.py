"""`/impostazioni`: when and where a person wants to be written to, the present choice marked."""

from collections.abc import Sequence

from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc
from conversations.phrases import say
from procedure.hours import CLOSINGS, OPENINGS, Place, Preferences


def draw_settings(chosen: Preferences) -> Screen:
    """Three questions, a row of buttons each; a tap changes one and shows this again."""
    lines = [
        bold(say("screen.settings.title")),
        esc(say("screen.settings.now", opens=chosen.opens, closes=chosen.closes)),
        esc(say(f"screen.settings.by_{chosen.place.value}")),
        "",
        esc(say("screen.settings.hint")),
    ]
    rows: tuple[Row, ...] = (
        _hours("opens", OPENINGS, chosen.opens),
        _hours("closes", CLOSINGS, chosen.closes),
        tuple(_where(place, chosen=chosen.place is place) for place in Place),
        (button(f"⌂ {say('screen.home.button')}", Verb.HOME),),
    )
    return Screen("\n".join(lines), rows)


def _hours(what: str, hours: Sequence[int], chosen: int) -> Row:
    return tuple(
        _marked(say(f"screen.settings.{what}", hour=hour), what, str(hour), chosen=hour == chosen)
        for hour in hours
    )


def _where(place: Place, *, chosen: bool) -> Button:
    return _marked(say(f"screen.settings.where_{place.value}"), "where", place.value, chosen=chosen)


def _marked(label: str, what: str, value: str, *, chosen: bool) -> Button:
    return button(f"✓ {label}" if chosen else label, Verb.SETTING, what, value)

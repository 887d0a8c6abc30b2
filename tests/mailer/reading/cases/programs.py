"""Replies as mail programs write them, by language and shape: the text, and the new part of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Final

from tests.mailer.reading.cases.tongues import OURS, TONGUES, Tongue

WRITER: Final = "Paola Sarti paola@sarti.example"


@dataclass(frozen=True)
class Case:
    """One mail's text and what is new in it.

    Attributes:
        with_farewell: the same with the farewell and signature that stand between it and the rest; a reader
            who leaves them on is right as well, where only quotations are asked for.
    """

    name: str
    text: str
    new: str
    with_farewell: str = ""
    is_html: bool = False


def quote(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _folded(line: str) -> str:
    """As Gmail does, before the address."""
    return line.replace("<", "<\n") if len(line) > 70 else line


def gmail(its: Tongue, words: str) -> str:
    return f"{words}\n\n{_folded(its.gmail)}\n\n{quote(OURS)}\n>\n"


def apple(its: Tongue, words: str) -> str:
    return f"{words}\n\n{quote(its.apple)}\n> \n{quote(OURS)}\n"


def iphone(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.phone}\n\n{quote(its.apple)}\n> \n{quote(OURS)}\n"


def thunderbird(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.thunderbird}\n{quote(OURS)}\n"


def thunderbird_below(its: Tongue, words: str) -> str:
    return f"{its.thunderbird}\n{quote(OURS)}\n\n{words}\n"


def roundcube(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.roundcube}\n{quote(OURS)}\n"


def outlook(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.block}\n\n{OURS}\n"


def outlook_web(its: Tongue, words: str) -> str:
    return f"{words}\n{'_' * 32}\n{its.block}\n\n{OURS}\n"


def outlook_phone(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.outlook}\n{'_' * 32}\n{its.block}\n\n{OURS}\n"


def old_outlook(its: Tongue, words: str) -> str:
    return f"{words}\n\n\n{its.rule}\n{its.block}\n\n{OURS}\n"


def samsung(its: Tongue, words: str) -> str:
    return f"{words}\n\n\n{its.galaxy}\n\n\n{its.samsung}\n\n{OURS}\n"


def forwarded(its: Tongue, words: str) -> str:
    return f"{words}\n\n{its.forwarded}\n{its.block}\n\n\n{OURS}\n"


def _divs(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def gmail_html(its: Tongue, words: str) -> str:
    return (
        f'<div dir="ltr">{_divs(words)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'{escape(its.gmail)}<br></div><blockquote class="gmail_quote">{_divs(OURS)}</blockquote></div>'
    )


def apple_html(its: Tongue, words: str) -> str:
    return (
        f'<html><body dir="auto">{_divs(words)}<br><div dir="ltr">{its.phone}</div><blockquote type="cite">'
        f'{escape(its.apple)}</blockquote><blockquote type="cite">{_divs(OURS)}</blockquote></body></html>'
    )


def outlook_html(its: Tongue, words: str) -> str:
    block = escape(its.block).replace("\n", "<br>")
    return (
        f'<html><head><style>p {{margin:0}}</style></head><body><div class="WordSection1">{_divs(words)}'
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal>{block}</p></div>{_divs(OURS)}</div></body></html>"
    )


def outlook_web_html(its: Tongue, words: str) -> str:
    block = escape(its.block).replace("\n", "<br>")
    return (
        f'<html><body dir="ltr">{_divs(words)}<div id="appendonsend"></div><hr tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr">{block}</div>{_divs(OURS)}</body></html>'
    )


def yahoo_html(its: Tongue, words: str) -> str:
    return (
        f'<html><body><div class="yahoo-style-wrap">{_divs(words)}</div><div class="yahoo_quoted" '
        f'id="yahoo_quoted_1"><div>{escape(its.gmail)}</div>{_divs(OURS)}</div></body></html>'
    )


def thunderbird_html(its: Tongue, words: str) -> str:
    return (
        f'<html><body>{_divs(words)}<div class="moz-cite-prefix">{its.thunderbird}<br></div>'
        f'<blockquote type="cite" cite="mid:x@y">{_divs(OURS)}</blockquote></body></html>'
    )


PLAIN: Final[Mapping[str, Callable[[Tongue, str], str]]] = MappingProxyType(
    {
        "Gmail": gmail,
        "Apple Mail": apple,
        "iPhone": iphone,
        "Thunderbird": thunderbird,
        "Thunderbird below": thunderbird_below,
        "Roundcube": roundcube,
        "Outlook": outlook,
        "Outlook web": outlook_web,
        "Outlook phone": outlook_phone,
        "old Outlook": old_outlook,
        "Samsung": samsung,
        "forwarded": forwarded,
    }
)
HTML: Final[Mapping[str, Callable[[Tongue, str], str]]] = MappingProxyType(
    {
        "Gmail HTML": gmail_html,
        "Apple HTML": apple_html,
        "Outlook HTML": outlook_html,
        "Outlook web HTML": outlook_web_html,
        "Yahoo HTML": yahoo_html,
        "Thunderbird HTML": thunderbird_html,
    }
)


def _shapes(its: Tongue) -> Iterator[tuple[str, str, str]]:
    """What a person writes, by shape: its name, the new words, and what the signature adds."""
    line, lines = its.words
    yield "a line", line, ""
    yield "signed", lines, f"\n\n{its.signature}"
    yield "with its name", lines, f"\n\n{its.bare}"
    yield "with a delimiter", line, f"\n\n-- \n{its.bare}"
    yield "with a disclaimer", line, f"\n\n{its.signature}\n\n{its.disclaimer}"


def cases() -> Iterator[Case]:
    """Every program in every language and shape; HTML in two shapes."""
    for its in TONGUES:
        for shape, new, more in _shapes(its):
            for program, write in PLAIN.items():
                name = f"{program}, {its.name}, {shape}"
                yield Case(name, write(its, new + more), new, new + more)
        for shape, new, more in list(_shapes(its))[:2]:
            for program, write in HTML.items():
                name = f"{program}, {its.name}, {shape}"
                yield Case(name, write(its, new + more), new, new + more, is_html=True)

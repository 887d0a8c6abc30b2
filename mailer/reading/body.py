"""The readable text of a mail, quotations included: which of its parts say it, and in which order.

Plain text where it says anything, else HTML. What is attached, another mail among it, is not looked into, nor
is an entry of a calendar. Refuses to know which of it is new.
"""

from mailer.reading.flowed import unfolded
from mailer.reading.markup import text_of
from mailer.reading.parts import Part

LONGEST = 1_000_000

_SEALED = {
    "multipart/encrypted": "encrypted",
    "application/pkcs7-mime": "sealed",
    "application/x-pkcs7-mime": "sealed",
}


def body_of(mail: Part) -> str:
    """The whole text, at most `LONGEST` characters of it."""
    return _said(mail)[1][:LONGEST]


def sealed(mail: Part) -> str:
    """Why its text cannot be seen by us: `encrypted`, or `sealed` in a signature; empty where it can."""
    return _SEALED.get(mail.media_type, "")


def is_body(part: Part) -> bool:
    """True of a part that is the mail's text, and no file."""
    if part.media_type not in {"text/plain", "text/html"} or part.disposition == "attachment":
        return False
    return not part.name or part.disposition != "inline"


def _said(part: Part) -> tuple[str, str]:
    """What kind of text the part comes to (`plain`, `html`, or none), and the text."""
    if part.is_multipart:
        return _put_together(part)
    if not is_body(part):
        return "", ""
    return ("plain", _plain(part)) if part.media_type == "text/plain" else ("html", _shown(part))


def _put_together(part: Part) -> tuple[str, str]:
    """One of the alternatives, the plain one first; of other parts those that say something, in their order.

    Beside a plain text the HTML ones are what a server added, unless the mail begins with them.
    """
    children = part.children[:1] if part.media_type == "multipart/signed" else part.children
    if part.media_type == "multipart/alternative":
        best_first = sorted(children, key=lambda child: child.media_type != "text/plain")
        return next((said for said in map(_said, best_first) if said[1].strip()), ("", ""))
    said = [(kind, text) for kind, text in map(_said, children) if text.strip()]
    if not said:
        return "", ""
    first = said[0][0]
    plain = [text for kind, text in said if kind == "plain"]
    return first, "\n".join(plain if first == "plain" else (text for _, text in said))


def _plain(part: Part) -> str:
    text = part.text(LONGEST)
    if part.parameters.get("format", "").lower() != "flowed":
        return text
    return unfolded(text, drops_space=part.parameters.get("delsp", "").lower() == "yes")


def _shown(part: Part) -> str:
    return text_of(part.text(LONGEST))

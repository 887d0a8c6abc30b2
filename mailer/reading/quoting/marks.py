"""The words by which mail programs announce a quotation, in the languages they are used in.

One line at a time, cut to LONGEST_LINE, so that no line is long enough to be slow. Refuses to know what
stands around a line; `quotations` does.
"""

import re

LONGEST_LINE = 500
"""Characters of a line that are looked at; what programs write is shorter."""

_ORIGINAL = (
    r"messaggio\s+(?:originale|inoltrato)|(?:original|forwarded)\s+message|(?:reply|forwarded)\s+(?:above|by)"
    r"|urspr(?:ü|ue)ngliche\s+(?:nachricht|e-?mail)|original-?nachricht|weitergeleitete\s+nachricht"
    r"|(?:message|courriel)\s+(?:d['’]origine|original|transf[ée]r[ée]|r[ée]exp[ée]di[ée])"
    r"|mensaje\s+(?:original|reenviado)|mensagem\s+(?:original|encaminhada|reencaminhada)"
    r"|(?:oorspronkelijk|origineel|doorgestuurd)\s+bericht"
)
_WROTE_WORDS = (
    r"ha(?:nno)? scritto|wrote|scrive|schrieb|a écrit|escribió|escreveu|schreef|geschreven|skrev|writes|pisze"
    r"|napisał\w*"
)
_RULE = re.compile(
    rf"\s*(?:[-–—_*=~]{{2,}}\s*(?:{_ORIGINAL})\s*[-–—_*=~]{{2,}}\s*:?|_{{20,}}"
    rf"|-{{3,}}\s*(?:il|on|am|le|el|em|op)\b.{{1,200}}?\b(?:{_WROTE_WORDS})\s*-{{3,}}"
    r"|(?:inizio (?:del )?messaggio inoltrato|begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|início da mensagem (?:reencaminhada|encaminhada)|begin doorgestuurd bericht)\s*:)\s*",
    re.IGNORECASE,
)

_FIELDS = {
    "from": "da|from|von|de|van|mittente|expéditeur|remitente|remetente|afzender|absender|från|fra|od",
    "sent": "inviato|inviata|sent|gesendet|envoyé|enviado(?: el| em)?|verzonden|data(?: invio)?|date"
    "|datum|fecha|skickat|sendt|wysłano|dato",
    "to": "a|per|to|an|à|para|aan|destinatario|destinatari|empfänger|destinataire|till|til|do",
    "copied": "cc|c\\.c\\.|kopie|copie|copia",
    "subject": "oggetto|subject|betreff|objet|asunto|assunto|onderwerp|ämne|emne|temat",
}
_FIELD = re.compile(
    r"\s*[*_]{0,2}(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items()) + r")"
    r"(?:\s+il)?\s*[*_]{0,2}\s*:[*_]{0,2}(?:\s(?P<value>.*))?",
    re.IGNORECASE,
)

_OPENING = re.compile(
    r"(?:il|lo|in data|da|on|at|am|le|el|em|no dia|op|den|a|w dniu)\b|(?:\d{1,4}[./-]\d"
    r"|[\"'“]?[^<>]{1,80}<[^<>\s]+@)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"[\s*_]*(?:il|in data|on|at|am|le|el|em|no dia|op|den|w dniu)\b.{0,40}?\d", re.IGNORECASE
)
_WROTE = re.compile(rf"\b(?:{_WROTE_WORDS})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}(?!\d)|\b\d{1,2}h\b")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def is_rule(line: str) -> bool:
    """True where the line says that a mail follows: `-----Messaggio originale-----`, or a long rule."""
    return bool(_RULE.fullmatch(line[:LONGEST_LINE]))


def field_of(line: str) -> str:
    """Which header field a line like `Inviato: giovedì …` quotes, in any language; empty for none."""
    found = _FIELD.fullmatch(line[:LONGEST_LINE])
    return next((name for name in _FIELDS if found and found.group(name)), "")


def opens_attribution(line: str) -> bool:
    """True where `Il giorno … ha scritto:` may begin here."""
    return bool(_OPENING.match(line[:LONGEST_LINE].lstrip(" \t\xa0*_")))


def dates_attribution(line: str) -> bool:
    """True where it begins with its date, so that it goes on from no line above."""
    return bool(_DATED.match(line[:LONGEST_LINE]))


def is_attribution(line: str) -> bool:
    """True where this, unfolded, is `Il giorno … ha scritto:`; a sentence of the sender's may be as well."""
    clipped = line[: 2 * LONGEST_LINE].rstrip(" \t*_\xa0")
    return clipped.endswith(":") and bool(_WROTE.search(clipped)) and _is_dated(clipped)


def names_address(line: str) -> bool:
    """True where it has an address in it."""
    return bool(_ADDRESS.search(line[: 2 * LONGEST_LINE]))


def names_moment_or_address(line: str) -> bool:
    """True where it tells a time of day or an address, as programs do and people seldom."""
    clipped = line[: 2 * LONGEST_LINE]
    return bool(_CLOCK.search(clipped) or _ADDRESS.search(clipped))


def _is_dated(line: str) -> bool:
    return any(char.isdigit() for char in line) or bool(_ADDRESS.search(line))

"""Where in the sender's own lines their signature begins: at their "-- ", at their farewell, at their name.

A signature is no command, whatever it says ("Ok Arredamenti S.r.l."). What stands below a farewell may still
be the sender's word, so it is told apart from what surely is not. Refuses to know quotations.
"""

import enum
import re

from mailer.reading.quoting.marks import LONGEST_LINE
from mailer.reading.quoting.tails import any_of, is_banner, is_footer, opens_disclaimer


class Part(enum.Enum):
    """What a line of a mail is."""

    NEW = "new"  # the sender's word
    SIGNED = "signed"  # a farewell and what stands below it: for people's eyes, never a command
    ASIDE = "aside"  # quoted, or added by a program, a company, a lawyer


_DELIMITER = re.compile(r"--|—")
_SEPARATOR = re.compile(r"[-–—_=*#~ ]{3,}")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\s*[:\-–. ]", re.IGNORECASE)

_LEAVE = any_of(
    r"(?:i (?:miei|nostri) )?(?:pi[ùu] )?(?:cordiali|distinti|cari|affettuosi|migliori) saluti",
    r"(?:molto )?cordialmente|cordialit[àa]|saluti(?: cordiali)?|un (?:caro |cordiale )?saluto|in fede"
    r"|con osservanza",
    r"(?:porg|invi|rest|riman|in attesa|grazie|ringrazi|con i)\w*\b[^.!?]{0,60}\bsalut[io]",
    r"(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|sincerely|yours (?:sincerely|faithfully"
    r"|truly)|cheers",
    r"(?:mit )?(?:freundlichen|besten|herzlichen|schönen)\s+gr(?:ü|ue)(?:ß|ss)en|mfg|vg",
    r"(?:viele|beste|liebe|schöne|freundliche) gr(?:ü|ue)(?:ß|ss)e",
    r"(?:bien )?cordialement|bien à vous|(?:meilleures|sincères|cordiales) salutations"
    r"|salutations(?: distinguées)?",
    r"(?:un )?(?:cordial )?saludos?(?: cordiales?)?|(?:muy )?atentamente",
    r"(?:com )?(?:os )?(?:meus )?(?:melhores )?cumprimentos|atenciosamente|abraços",
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|hoogachtend|mvg|groet(?:en|jes)?",
)
_WISH = r"(?:,? (?:e )?(?:(?:buon|a presto|ancora grazie|grazie)\w*(?: \w+){0,2}))?"
_NAMED = r"(?:[\s,;:.!–-]+[^\W\d_a-zà-ÿ][\w.'’-]*){0,4}[\s,;:.!–-]*"
_FAREWELL = re.compile(rf"(?i:{_LEAVE}{_WISH}){_NAMED}")
_SOFT = re.compile(
    r"(?i:"
    + any_of(
        r"ciao(?: ciao)?|a presto|a domani|un abbraccio|saluti a (?:tutti|voi|te)|buone (?:feste|cose"
        r"|vacanze)",
        r"buon[ao]? (?:giornata|serata|lavoro|weekend|week-end|fine settimana|proseguimento|domenica)",
        r"grazie(?: mille)?,?(?: e)? (?:buon\w+ \w+|ciao|a presto)|thanks and regards|bonne journée"
        r"|à bientôt",
        r"hasta luego|até logo|tot ziens|fijne dag|schönen tag(?: noch)?",
    )
    + rf"){_NAMED}"
)
_THANKS = re.compile(
    r"(?i:grazie(?: (?:mille|ancora|infinite|a te|a voi|a tutti))?|(?:many )?thanks|thank you|danke"
    r"|vielen dank|merci|gracias|obrigad[oa]|bedankt)[\s,;:.!–-]*"
)

_TITLE = r"(?i:dott|rag|geom|ing|avv|arch|sig|dr|prof)(?:\.?\s?(?:ssa|ra))?\.?\s+"
_NAME = re.compile(
    rf"(?:{_TITLE})?"
    r"[A-ZÀ-Þ](?:['’][A-ZÀ-Þ])?[\w.]{0,20}(?:[ \t,*_]+[A-ZÀ-Þ](?:['’][A-ZÀ-Þ])?[\w.]{0,20}){1,3},?"
)
_COMPANY = re.compile(
    r"(?:[^\W\da-zà-ÿ][\w.&'’+-]*|&|\d{1,4})(?:[ \t]+(?:[^\W\da-zà-ÿ][\w.&'’+-]*|&|e|di|del|dei"
    r"|della|f\.lli"
    r"|\d{1,4})){0,7}[ ,\t]+(?i:s\.?\s?r\.?\s?l\.?\s?s?\.?|s\.?\s?p\.?\s?a\.?|s\.?\s?n\.?\s?c\.?"
    r"|s\.?\s?a\.?\s?s\.?"
    r"|soc\.? ?coop\.?|gmbh|ltd\.?|inc\.?|b\.?v\.?|s\.?l\.?|lda\.?|sarl)(?:[ ,\t-]+(?:di .{1,40}"
    r"|[^a-z]{1,40}))?"
)
_PROFILES = r"(?:facebook|linkedin|instagram|twitter|youtube|x\b)"
_DETAIL = re.compile(
    r"[\s|•·–-]*(?i:"
    + any_of(
        r"(?:tel|telefono|cell|cellulare|mob|mobile|mobil|fax|phone|ph|tél|tlf|uff|ufficio|centralino"
        r"|interno|int|numero verde"
        r"|whatsapp|[tmfc])\b\s*+[.:)]*+\s*+(?:diretto)?\s*+[.:]?\s*+\(?\+?\d[\d\s./()+-]{4,}.*",
        r"\(?\+?\d[\d\s./()-]{7,20}\d",
        r"(?:e-?mail|mail|pec|posta|web|www|sito|skype)\s*[.:]\s*\S+.{0,80}",
        r"<?(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}>?(?:\s*<[^<>]*>)?",
        r"(?:https?://|www\.)\S+(?:\s*<[^<>]*>)?",
        r"(?:p\.?\s?iva|partita iva|p\.i\.|c\.?f\.?|cod(?:ice|\.)? ?fisc\w*\.?|vat|rea|cap\.? soc"
        r"|capitale sociale"
        r"|sede (?:legale|operativa)|cod(?:ice|\.)? univoco|sdi|ust-?id)\b.*\d.*",
        r"(?:via|viale|v\.le|piazza|p\.?zza|p\.za|corso|c\.so|largo|vicolo|strada|località|loc\.|piazzale"
        r"|rue|calle|rua)\s.{2,80}\d.*",
        r"(?:i-)?\d{5}\s+[a-zà-ÿ' ]{2,40}(?:\(?[a-z]{2}\)?)?(?:\s*[-–,(].*)?",
        r"\[(?:cid:|image|immagine|logo|inline|foto|icon)[^\]]*\](?:\s*<[^<>]*>)?|\[[^\]]*logo[^\]]*\].*"
        r"|<cid:[^<>]*>",
        r"orari[o]?\b.*\d.*",
        rf"{_PROFILES}(?:\W+{_PROFILES})*\W*",
    )
    + r")"
)
_ROLE = re.compile(
    r"(?:(?:[Ii]l|[Ll]a|[Ll]['’]) ?)?(?i:responsabile|ufficio|uff\.|addett[oa]|direzione"
    r"|segreteria|consulente|account"
    r"|amministrazione|area|back office|customer|sales|office|manager|settore|reparto|impiegat[oa]"
    r"|titolare|presidente"
    r"|diret\w+|referente|serviz[io]+|sportello|coordinat\w+|assistente|tecnico|commerciale|gestione"
    r"|recupero crediti"
    r"|patronato|geschäftsführer\w*|leiter\w*|vertrieb|director\w*"
    r"|gerente)\b(?:[ \t,/&'’|–-]+[^\W\d_][^\W\d_.'’&-]*){0,7}"
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_TITLES = frozenset({"dott", "ssa", "rag", "geom", "ing", "avv", "arch", "sig", "prof"})
_LONGEST_NAME = 60


def parts_of(block: list[str], writer: str = "") -> list[Part]:
    """For each of these lines of the sender's, which no quotation interrupts, what it is.

    Args:
        block: the lines.
        writer: the name and the address that the mail comes from, by which a bare name is known as theirs.
    """
    lines = [_undecorated(line[:LONGEST_LINE]) for line in block]
    parts = [Part.NEW] * len(lines)
    end = _set_tails_aside(lines, parts)
    names = _names(writer)
    start = _farewell(lines, end, names)
    start = _details(lines, end) if start is None else start
    if start is not None:
        parts[start:end] = [Part.SIGNED] * (end - start)
        _take_back_postscript(lines, parts, start, end)
    for at in range(end):
        if is_footer(lines[at]):
            parts[at] = Part.ASIDE
    return parts


def _undecorated(line: str) -> str:
    """The line without the marks of bold letters around it; a line of nothing else is a separator."""
    return line.strip(" \t\xa0*_") or line.strip()


def _set_tails_aside(lines: list[str], parts: list[Part]) -> int:
    """Set the banner above and the delimited or legal end aside; where that end begins."""
    top = next((at for at, line in enumerate(lines) if line.strip()), 0)
    is_warned = bool(lines) and is_banner(lines[top])
    for at in range(top, len(lines)):
        if _DELIMITER.fullmatch(lines[at]) or opens_disclaimer(lines[at : at + 4]):
            parts[at:] = [Part.ASIDE] * (len(lines) - at)
            return at
        is_warned = is_warned and bool(lines[at].strip())
        if is_warned:
            parts[at] = Part.ASIDE
    return len(lines)


def _farewell(lines: list[str], end: int, names: frozenset[str]) -> int | None:
    """Where the sender takes leave, or writes their name; a greeting that may open a mail only lower down."""
    above = ""
    names_from = _names_from(lines, end, names)
    for at in range(end):
        line = lines[at]
        if not line.strip() or is_footer(line):
            continue
        is_leave = _SOFT.fullmatch(line) or _SEPARATOR.fullmatch(line)
        is_name = at >= names_from and _begins_name(line, above, names)
        if _FAREWELL.fullmatch(line) or (above and (is_leave or is_name)):
            return at
        above = line
    return None


def _begins_name(line: str, above: str, names: frozenset[str]) -> bool:
    """True for the sender's own name, a name below thanks, a logo."""
    return bool(
        _is_of(line, names) or (_THANKS.fullmatch(above) and _NAME.fullmatch(line)) or line.startswith("[")
    )


def _names_from(lines: list[str], end: int, names: frozenset[str]) -> int:
    """From where on there is nothing but what a signature is made of."""
    while end and (_is_mark(lines[end - 1]) or _is_of(lines[end - 1], names)):
        end -= 1
    return end


def _details(lines: list[str], end: int) -> int | None:
    """Where a signature without a farewell begins: names, companies, numbers and addresses to the end."""
    first = next((at for at in range(end) if lines[at].strip()), end)
    start = end
    while start > first + 1 and _is_mark(lines[start - 1]):
        start -= 1
    if start == first + 1 and _COMPANY.fullmatch(lines[first]):
        return first
    strong = max((at for at in range(start, end) if _is_strong(lines[at])), default=-1)
    return next((at for at in range(start, end) if _opens(lines[at], at, strong)), None)


def _opens(line: str, at: int, strong: int) -> bool:
    """True for what a signature begins with: a company; a name, a role, a logo above the last detail."""
    if _COMPANY.fullmatch(line):
        return True
    return at < strong and bool(
        _NAME.fullmatch(line) or _ROLE.fullmatch(line) or line.strip().startswith("[")
    )


def _is_mark(line: str) -> bool:
    is_plain = not line or _SEPARATOR.fullmatch(line) or _NAME.fullmatch(line)
    return bool(is_plain or _is_strong(line) or is_footer(line))


def _is_strong(line: str) -> bool:
    return bool(_DETAIL.fullmatch(line) or _COMPANY.fullmatch(line) or _ROLE.fullmatch(line))


def _names(writer: str) -> frozenset[str]:
    """The words of the writer's name, and of the address before its @."""
    return frozenset(_WORDS.findall(re.sub(r"@\S*", " ", writer[:LONGEST_LINE]).casefold()))


def _is_of(line: str, names: frozenset[str]) -> bool:
    """True for a line of the writer's own names and nothing else, titles apart."""
    said = set(_WORDS.findall(line.casefold())) - _TITLES
    return bool(said) and len(line.strip()) < _LONGEST_NAME and said <= names


def _take_back_postscript(lines: list[str], parts: list[Part], start: int, end: int) -> None:
    """A postscript is the sender's word again, to the end of its paragraph."""
    is_after = False
    for at in range(start, end):
        is_after = bool(_POSTSCRIPT.match(lines[at]) or (is_after and lines[at].strip()))
        if is_after:
            parts[at] = Part.NEW

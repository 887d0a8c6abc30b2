"""What people write around what they say: greetings, thanks, fillers, farewells, their names.

None of it changes what is said. Below a farewell stands a signature, which is never read, but for a
postscript. Refuses to know what a reply may say.
"""

import re
from typing import Final

from mailer.understanding.doubts import speaks
from mailer.understanding.folded import Folded

_TITLE: Final = (
    r"(?:sig\.? ?r?ra|dott\.? ?ssa|sig|signora?|dott|dottoressa|dottore|dr|d ssa|ssa|avv|rag|geom|ing)\.?"
)
_NAMES: Final = rf"(?P<names>(?: (?:{_TITLE}|[a-z]+\.?)){{0,4}})"
_HELLO: Final = (
    r"(?:buon ?giorno|buon di|buona ?sera|buon pomeriggio|salve|ciao|hola|gentil[ei]ssim[oaie]|gentil[ei]"
    r"|car[oaie]|carissim[oaie]|egregi[oa]?|spett(?:abile|\.?le|\.)?)"
)
_EVERYBODY: Final = r"(?: (?:a )?(?:tutt[ie]|voi|te))?"
_THANKS: Final = (
    r"(?:(?:mille|tante|molte) grazie|(?:ti |vi |la )?(?:grazie|ringrazio|ringraziamo|ringraziando)"
    r"(?: mille| tante| infinite| ancora| molte| di tutto| a te| a voi| a lei| molto| in anticipo"
    r"| dell avviso| della segnalazione| per la segnalazione| per l avviso| della collaborazione"
    r"| per la collaborazione| a tutti)*)"
)
_FAREWELL: Final = (
    r"(?:(?:i |un |tanti |con )?(?:miei |nostri )?(?:(?:cordiali|distinti|cari|migliori"
    r"|affettuos[oi])? ?salut[oi]"
    r"|cordialita|caro saluto|cordiale saluto)(?: cordiali| a tutti)?(?: da)?"
    r"|(?:molto )?cordialmente|saluti e grazie|saluti e buon lavoro|sal\.? ?ti|cord\.? ?saluti"
    r"|best regards|regards)"
)
_WISH: Final = (
    r"(?:(?:ti |vi )?(?:auguro |auguriamo )?(?:una )?buon[ao]? (?:giornata|serata|lavoro|weekend|week end"
    r"|fine settimana|continuazione|proseguimento|settimana|pranzo|pomeriggio|domenica|lunedi|martedi"
    r"|mercoledi|giovedi|venerdi|sabato)(?: a tutti)?|a presto|ci sentiamo(?: presto)?|a dopo"
    r"|a risentirci|a disposizione"
    r"|(?:resto|restiamo|rimango|rimaniamo|sono|siamo) a (?:tua |vostra |sua |completa "
    r"|tua completa )?disposizione"
    r"(?: per (?:ogni|qualsiasi|eventuali|ulteriori) (?:chiariment[oi]|necessita|informazion[ei]|cosa))?"
    r"|per (?:qualsiasi|ogni) (?:cosa|necessita) (?:sono|siamo|resto) (?:qui|qua|a disposizione)"
    r"|fammi sapere se serve altro|fatemi sapere se serve altro|se serve altro (?:sono|siamo) (?:qui|qua)"
    r"|scusa(?:te|mi)? (?:il|per il) ritardo|perdona il ritardo|in (?:riferimento|merito|risposta) "
    r"(?:alla|a) (?:tua|vostra|sua|mail in)? ?(?:mail|email|e-mail|richiesta|oggetto"
    r"|comunicazione)(?: in oggetto)?"
    r"|come (?:da )?(?:richiesto|richiesta|accordi|d accordo|da oggetto)|in oggetto|tutto qui|ecco fatto)"
)
_FILLER: Final = (
    r"(?:ok|okay|oky|okey|va bene|bene|benissimo|perfetto|ottimo|certo|certamente|allora|dunque|ecco|eccomi"
    r"|ecco qua|guarda|senti|si|si si|ricevuto si|d accordo|dunque|comunque|intanto|oggetto|presente"
    r"|(?:ti|vi|le)? ?(?:confermo|confermiamo|comunico|comunichiamo|informo|informiamo|segnalo|segnaliamo"
    r"|avviso|avvisiamo|dico|scrivo per dir(?:ti|vi)) che|con la presente|per (?:tua|vostra|vs|conoscenza)"
    r"(?: conoscenza| informazione)?|(?:come )?(?:da )?tua richiesta)"
)
_SMILE: Final = r"(?:[:;]-?[)dp(]|[\U0001F600-\U0001F64F\U0001F44D\U0001F44C\U0001F64F\u2705\u263A\ufe0f])+"

_LEADING: Final = re.compile(
    rf" *(?:(?P<hello>{_HELLO}){_EVERYBODY}{_NAMES}|{_FILLER}|{_THANKS}|{_SMILE})(?=$"
    rf"|[ ,;:!.\n-])[ ,;:!.\n-]*"
)
_TRAILING: Final = re.compile(
    rf"(?:^|[ ,;:!.\n-])+(?:e )?(?:{_THANKS}|(?:{_FAREWELL}|ciao){_EVERYBODY}|{_WISH}"
    rf"|{_SMILE})(?: (?P<whom>[a-z]+(?: [a-z]+)?))?[ ,;:!.\n-]*$"
)
_GOODBYE: Final = re.compile(rf"[ ,.!-]*(?:{_THANKS}[ ,.!e]*)?{_FAREWELL}[ ,.!]*(?P<names>.*)")
_PARTING: Final = re.compile(
    rf"[ ,.!-]*(?:{_THANKS}|{_WISH}|ciao|{_SMILE})(?:[ ,.!e]+(?:{_THANKS}|{_WISH}))*[ ,.!]*"
)
_POSTSCRIPT: Final = re.compile(r" *(?:p\.? ?s\.?|n\.? ?b\.?)[ :,.-]+\S")
_FIRM: Final = re.compile(
    r"\bs\.? ?(?:r\.? ?l\.?(?: ?s\.?)?|p\.? ?a\.?|n\.? ?c\.?|a\.? ?s\.?|s\.?)(?=\W|$)|\bsoc(?:ieta|\.) coop",
    re.ASCII,
)
_CONTACT: Final = re.compile(
    r"\b(?:tel|cell|fax|mob|www|http|email|e-mail|mail|pec|via|piazza|viale|corso)\b|@|\d{5}"
)


def names_a_firm(piece: Folded) -> bool:
    """Whether a legal form stands in it: `… S.r.l.`."""
    return bool(_FIRM.search(piece.even))


def is_name(piece: Folded) -> bool:
    """Whether it looks like a name or a post, as one signs: a few capitalised words that say nothing."""
    words = piece.stripped().raw.replace("'", " ").split()
    return 0 < len(words) <= 4 and all(map(_capitalised, words)) and not speaks(piece.even)


def _capitalised(word: str) -> bool:
    bare = word.strip(".,;:-–")
    return bool(bare) and bare[0].isupper() and bare.replace("-", "").isalpha()


def bare(piece: Folded) -> Folded:
    """The piece without the courtesy at its ends."""
    return peeled(piece)[-1]


def peeled(piece: Folded) -> list[Folded]:
    """The piece, and what is left of it as one courtesy after the other is taken off; the barest last."""
    forms = [piece.stripped()]
    while forms[-1]:
        piece = forms[-1]
        cut = _without_trailing(piece).stripped()
        if cut.even == piece.even:
            cut = _without_leading(piece).stripped()
        if cut.even == piece.even:
            break
        forms.append(cut)
    return forms


def unthanked(piece: Folded) -> Folded:
    """The piece without thanks and wishes at its end."""
    return _without_trailing(piece.stripped()).stripped()


def _without_leading(piece: Folded) -> Folded:
    found = _LEADING.match(piece.even)
    if not found:
        return piece
    if not found["hello"] or not found["names"]:
        return piece[found.end() :]
    return piece[_end_of_names(piece, found) :]


def _end_of_names(piece: Folded, found: re.Match[str]) -> int:
    """Where the names after a greeting end: at the first word that is no name."""
    end = found.start("names")
    for word in re.finditer(r" +(\S+)", piece.even[: found.end("names")][end:]):
        one = piece[end + word.start(1) : end + word.end(1)]
        if not (is_name(one) or re.fullmatch(_TITLE, one.even.strip(" ."))):
            return end + word.start()
    return found.end("names")


def _without_trailing(piece: Folded) -> Folded:
    """Without thanks, wishes and farewells, and the name they may be for."""
    found = _TRAILING.search(piece.even)
    if found and (not found["whom"] or is_name(piece[found.start("whom") : found.end("whom")])):
        return piece[: found.start()]
    return piece


def unsigned(lines: list[Folded]) -> list[Folded]:
    """The lines above the signature, and a postscript below it.

    After a farewell nothing is read; after thanks and wishes, and at the very end, no names are.
    """
    end = next((at for at, line in enumerate(lines) if at and is_goodbye(line)), len(lines))
    if lines and not end:
        return lines
    above, below = lines[:end], lines[end:]
    while len(above) > 1 and (
        _is_signed(above[-1]) or (_PARTING.fullmatch(above[-1].even) and len(above) > 1)
    ):
        above = above[:-1]
    return [*above, *_postscript(below)]


def is_goodbye(line: Folded) -> bool:
    """Whether it is a farewell, alone or with the name of whom it is from."""
    line = line.stripped()
    found = _GOODBYE.fullmatch(line.even)
    if not found:
        return False
    return not found["names"].strip() or is_name(line[found.start("names") :])


def is_parting(line: Folded) -> bool:
    """Whether it is a farewell, thanks, a wish, or a name."""
    return is_goodbye(line) or bool(_PARTING.fullmatch(line.even)) or is_name(line)


def _is_signed(line: Folded) -> bool:
    return is_name(line) or (len(line.raw) <= 60 and (_names_only_a_firm(line) or _is_contact(line)))


def _names_only_a_firm(line: Folded) -> bool:
    """`Ok Arredamenti S.r.l.`, alone on its line."""
    found = _FIRM.search(line.even)
    if not found:
        return False
    words = line.raw[: found.start()].replace("&", " ").split()
    return 0 < len(words) <= 6 and all(word[0].isupper() or word[0] == "e" for word in words)


def _is_contact(line: Folded) -> bool:
    return bool(re.match(r" *(?:tel|cell|fax|mob|www|http)\b[ .:]", line.even))


def _postscript(below: list[Folded]) -> list[Folded]:
    for at, line in enumerate(below):
        if _POSTSCRIPT.match(line.even):
            return below[at:]
    return []

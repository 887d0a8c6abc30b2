"""The words that make what stands beside them uncertain: no, when, if, they say, not yet, only.

A text that has one of them where it was not understood gives no command. It errs on the side of doubt.
Refuses to know what a reply may say.
"""

import re
from typing import Final

_NO: Final = r"non|nn|no|mai|nessun[oa]?|niente|nulla|neanche|nemmeno|neppure|senza|manco"
_LATER: Final = (
    r"domani|dopodomani|prossim[oaie]|entro|appena|quando|presto|prima|dopo|poi|stasera|settimana|mese|tardi"
    r"|devo|dobbiamo|deve|devono|bisogna|occorre|vorrei|vogliamo|voglio|vuole|vogliono|intendo|intendiamo"
    r"|conto|contiamo|sto|stiamo|provvedo|provvediamo|procedo|procediamo|faccio|facciamo|mando|mandiamo"
    r"|invio|inviamo|spedisco|spediamo|porto|portiamo|preparo|prepariamo|redigo|redigiamo|consegno"
    r"|consegniamo|aggiorno|aggiorniamo|sollecito|chiamo|chiamiamo|sento|sentiamo|verifico|verifichiamo"
    r"|controllo|controlliamo|guardo|guardiamo|vedo|vediamo|in corso|lavorazione|fase|programma|da fare"
    r"|da \w+[aei]re"
)
_TO_BE: Final = (
    r"\w{2,}(?:remo|rete|ranno)|faro|fara|saro|sara|avro|avra|mander[oa]|invier[oa]|porter[oa]|rediger[oa]"
    r"|provveder[oa]|consegner[oa]|aggiorner[oa]|chiamer[oa]|sentir[oa]|vedr[oa]|verificher[oa]|dir[oa]"
    r"|preparer[oa]|spedir[oa]|solleciter[oa]|contatter[oa]|pagher[oa]|firmer[oa]|accetter[oa]|penser[oa]"
)
_IF: Final = (
    r"se|qualora|purche|salvo|a meno|eventualmente|eventuale|forse|magari|probabil\w+|presum\w+|credo"
    r"|crediamo"
    r"|penso|pensiamo|sembra|sembrano|pare|paiono|spero|speriamo|quasi|circa|dubbi\w*|incert\w+|sicur[oaie]"
    r"|\w+rebbe(?:ro)?|\w+resti|\w+remmo|\w+ssi(?:mo)?|\w+sse(?:ro)?|dipende"
)
_BUT: Final = (
    r"ma|pero|tuttavia|invece|anzi|tranne|eccetto|escluso|meno|fuorche|solo|soltanto|solamente|meta|parte"
    r"|parzial\w*|acconto|rata|rate|manca|mancano|mancava\w*|ancora|sbagliat\w*|sbaglio|errat\w*|errore"
    r"|errori|scherz\w+|corregg\w+|attesa|aspett\w+|sospes\w+|ferm[oaie]|annull\w+|bloccat\w+|bozza"
    r"|problem\w+|cioe|ossia|oppure|o|dimenticat\w+|ritir\w+|revoc\w+|al momento|per ora|per adesso"
    r"|finora|male|falso"
)
_THEY_SAY: Final = (
    r"dice|dicono|diceva\w*|detto|disse|dire|scriv\w+|scritto|sostien\w+|riferi\w+|saputo|secondo|racconta\w*"
    r"|assicur\w+|promess\w+|promett\w+"
)
_ASKED: Final = (
    r"chi|dove|perche|quale|quali|quant[oaie]|cosa|chied\w+|chiest\w+|sapere|sai|sapete|avete|hai"
    r"|potete|puoi|potresti|ricordi|mandami|mandatemi|dimmi|ditemi|fammi|fatemi|inviami|inviatemi"
)
_DAYS: Final = (
    r"ieri|altroieri|avantieri|oggi|stamattina|stamani|stamane|lunedi|martedi|mercoledi|giovedi|venerdi"
    r"|sabato|domenica"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
)
_SPOKEN_OF: Final = (
    r"redatt\w+|preparat\w+|predispost\w+|prontoa?|pront[oaie]|consegnat\w+|portat\w+|inviat\w+|mandat\w+"
    r"|spedit\w+|ricevut\w+|arrivat\w+|incassat\w+|pagat\w+|saldat\w+|riscoss\w+|aggiornat\w+|fatt[oaie]"
    r"|contattat\w+|sentit\w+|chiamat\w+|sollecitat\w+|accettat\w+|accetta(?:no)?|accetto|rifiut\w+|firmat\w+"
    r"|rinvi\w+|rimand\w+|preso|presa|presi|carico|occup\w+|assente|ferie|malattia|conferm\w*|approv\w*"
    r"|esatt[oaie]|giust[oaie]|corrett[oaie]"
    r"|scheda|saltat\w+|archiviat\w+|pensa(?:no)?|valutando|riflession\w+|valutazion\w+"
)
_ASSENT: Final = re.compile(r"\b(?:si|ok|okay|tutt[oaie]|perfetto|bene|certo|d accordo)\b", re.ASCII)
_DOUBT: Final = re.compile(
    rf"\b(?:{'|'.join((_NO, _LATER, _TO_BE, _IF, _BUT, _THEY_SAY, _ASKED))})\b|\?", re.ASCII
)
_TELLING: Final = re.compile(rf"\b(?:{_DAYS}|{_SPOKEN_OF})\b|\d+[/.,-]\d|\d ?(?:€|euro)|€ ?\d", re.ASCII)
_FUTURE: Final = re.compile(r"\w{2,}(?:r[oòa]['’]|rò|rà|rai|remo|rete|ranno)(?=\W|$)", re.IGNORECASE)


def speaks(even: str) -> bool:
    """Whether a word of doubt stands in it, or a day, an amount, something done, an assent: it is no name."""
    return bool(_DOUBT.search(even) or _TELLING.search(even) or _ASSENT.search(even))


def denies(even: str, raw: str) -> bool:
    """Whether it is asked, denied, put off, supposed, reported or limited."""
    return bool(_DOUBT.search(even) or _FUTURE.search(raw))


def tells_more(even: str) -> bool:
    """Whether it names a day, an amount or something done, which was not understood."""
    return bool(_TELLING.search(even))

"""How each answer of section 9.1 is put in natural Italian: one table, a verb's ways of saying it.

A way of saying must fit a whole clause; it stands without accents, apostrophes as spaces, the company's name
as `azienda`. Slots: `day`, `amount`, `words`. Refuses to know which mail takes which verb.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from procedure.correspondence.commands import Verb


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to say a verb. What is only `likely` is asked back."""

    pattern: re.Pattern[str]
    likely: bool = False


_HAVE: Final = (
    r"(?:(?:e|sono|era|erano|e stat[oaie]|sono stat[oaie]|risulta|risultano|(?:l|li|le|lo|la) ?(?:ho|abbiamo)"
    r"|lo abbiamo|ho|abbiamo|gliel ho|gliel abbiamo|gliela? ho) )?(?:(?:gia|appena|ora|adesso"
    r"|regolarmente|anche|tutt[oaie]) )*"
)
"""`è stato già`, `l'ho appena`: before what was done."""

_QUOTE: Final = (
    r"(?:il |questo |l )?(?:tuo |suo |loro |vostro )?(?:preventivo(?: unico)?|offerta|quotazione|documento)"
)
_COMPANY: Final = (
    r"(?:azienda|cliente|ditta|impresa|societa|titolare|signora|signore|interessat[oa]|responsabile|loro)"
)
_TO_COMPANY: Final = rf"(?:a|al|all|alla|per|per il|per la|per l|in|presso)(?: la| il| l)? {_COMPANY}"
_OF_COMPANY: Final = rf"(?:per|di|del|della|dell|a|al|alla|all)(?: la| il| l)? {_COMPANY}"
_THE_COMPANY: Final = rf"(?:l |il |la |lo )?{_COMPANY}"
_DAY: Final = r"(?:(?: ?[,:-])? (?:(?:gia )?(?:dal|dall|da) |in data |il giorno |con data )?(?P<day>.+?))?"
_MUST_DAY: Final = r"(?: ?[,:-])? (?P<day>.+)"
_SAID: Final = r"(?: ?[:,;-]+ ?| )(?:ma |bensi )?(?P<words>.+)"
_BY_WAY: Final = r"(?: (?:via|per|tramite) (?:pec|mail|email|posta)| a mano| di persona)?"
_FORMS: Final = (
    r"(?:(?:i|il|la|le|gli|l|tutti i|tutte le|tutti gli|tutti) )?(?:nostri |vostri )?(?:modul[oi]"
    r"|delegh[ea]|delega"
    r"|document[oi]|originali?|rid|mandat[oi]|sdd|carte|revoc[ah]e?|adesion[ei]|materiale|pratica|plico"
    r"|busta)"
    r"(?: (?:firmat[oaie]|originali?|inps|sdd|in originale|cartace[oi]|dell azienda|di azienda|azienda))*"
)
_RA: Final = (
    r"(?:r\.? ?a\.?|responsabile anagrafica|(?:ufficio )?anagrafica|responsabile dell anagrafica|ufficio ra)"
)
_BECAUSE: Final = r"(?:perche|in quanto|siccome|poiche|motivo|per|causa|a causa di|dato che|visto che)"
_REASON: Final = rf"(?:(?: ?[:,;-]+ ?| )(?:{_BECAUSE}[: ]+)?(?P<words>.+))?"
_REASON_TOLD: Final = rf"(?:(?: ?[:,;-]+ ?(?:{_BECAUSE}[: ]+)?| {_BECAUSE}[: ]+)(?P<words>.+))?"
"""Where without a link it could be something else that was refused."""


def _ways(*patterns: str, likely: bool = False) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(_compiled(p), likely) for p in patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    """A space of the pattern is one or more; an optional one, any number."""
    return re.compile(re.sub(r" (?![?*+])", " +", pattern).replace(" ?", " *"), re.ASCII)


_GONE: Final = r"(?:inviat|mandat|spedit|trasmess|inoltrat|girat|consegnat|passat|portat)[oaie]"

_COURSE: Final[dict[Verb, tuple[Phrasing, ...]]] = {
    Verb.DRAFTED: (
        *_ways(
            rf"(?:{_QUOTE} )?(?:{_OF_COMPANY} )?{_HAVE}(?:redatt|preparat|predispost|stilat|compilat)[oa]"
            rf"(?: {_QUOTE})?(?: {_OF_COMPANY})?{_DAY}",
            rf"{_QUOTE}(?: {_OF_COMPANY})? {_HAVE}(?:pront[oa]|fatt[oa]|complet[oa]|completat[oa]"
            rf"|terminat[oa]){_DAY}",
            rf"{_HAVE}(?:fatt|completat|terminat|finit)[oa] {_QUOTE}(?: {_OF_COMPANY})?{_DAY}",
        ),
        *_ways(rf"{_HAVE}(?:pront|fatt|completat|terminat|finit)[oa]{_DAY}", likely=True),
    ),
    Verb.DELIVERED: (
        *_ways(
            rf"(?:{_QUOTE} )?{_HAVE}consegnat[oa](?: {_QUOTE})?(?: {_TO_COMPANY}| a mano| a casa)*{_DAY}"
            rf"(?: {_TO_COMPANY}| a mano)?",
            rf"(?:{_FORMS} )?{_HAVE}consegnat[oaie](?: {_FORMS})?{_DAY}",
            rf"(?:{_QUOTE} )?{_HAVE}(?:portat|inviat|mandat|spedit|trasmess|presentat"
            rf"|inoltrat)[oa](?: {_QUOTE})?{_BY_WAY}"
            rf"(?: {_TO_COMPANY}){_BY_WAY}{_DAY}",
            rf"(?:{_QUOTE} )?{_HAVE}(?:portat|inviat|mandat|spedit|trasmess|presentat)[oa](?: {_QUOTE})? "
            rf"(?P<day>oggi|ieri|stamattina|stamani|l altro ieri"
            rf"|\d+[/.]\d+(?:[/.]\d+)?){_BY_WAY} {_TO_COMPANY}",
        ),
        *_ways(
            rf"(?:{_QUOTE} )?{_HAVE}(?:portat|inviat|mandat|spedit|trasmess|presentat)[oa](?: {_QUOTE})?"
            rf"(?: via pec| via mail| per mail| via email| a mano)?{_DAY}",
            likely=True,
        ),
    ),
    Verb.CONTACTED: _ways(
        rf"(?:{_THE_COMPANY} )?{_HAVE}(?:contattat|sentit|chiamat)[oaie](?: (?:per telefono|al telefono"
        rf"|telefonicamente"
        rf"|{_THE_COMPANY}))*{_DAY}",
        rf"{_HAVE}(?:telefonato|parlato) (?:con |a |al |all |alla )(?:l |il |la )?{_COMPANY}{_DAY}",
    ),
    Verb.THINKING: _ways(
        rf"(?:{_THE_COMPANY} )?(?:(?:mi )?(?:ha|hanno) detto che |dice che |dicono che )?(?:ancora )?"
        r"ci (?:pensa|pensano|riflette|riflettono|sta pensando|stanno pensando|deve pensare|devono pensare"
        r"|vuole pensare|vogliono pensare|ragiona|ragionano)(?: ancora)?(?: su| sopra)?(?: un po"
        r"| qualche giorno)?",
        rf"(?:{_THE_COMPANY} )?(?:la |lo )?(?:stanno|sta) (?:ancora )?(?:valutando|riflettendo"
        rf"|pensandoci)(?: {_QUOTE})?",
        rf"(?:{_THE_COMPANY} )?(?:vuole|vogliono|deve|devono) (?:pensarci|rifletterci|valutare"
        rf"|valutarlo)(?: su| bene| ancora| un po)*",
        rf"(?:{_THE_COMPANY} )?(?:(?:ha|hanno) (?:chiesto|preso) tempo|prende tempo|prendono tempo)",
        rf"(?:{_QUOTE} )?(?:e |ancora )*in (?:riflessione|valutazione)",
    ),
    Verb.FOLLOWED_UP: _ways(
        rf"(?:{_THE_COMPANY} )?{_HAVE}sollecitat[oaie](?: (?:{_THE_COMPANY}|per telefono|via mail"
        rf"|per mail|via pec))*{_DAY}",
        rf"(?:{_HAVE}(?:fatto|inviato|mandato) (?:il |un )?sollecito|(?:il )?sollecito {_HAVE}(?:fatto"
        rf"|inviato|mandato))"
        rf"(?: {_TO_COMPANY})?{_DAY}",
    ),
    Verb.ACCEPTED: _ways(
        rf"(?:{_THE_COMPANY} )?(?:{_QUOTE} )?(?:(?:ha|hanno|l ha|l hanno|lo hanno|e|e stato) )?(?:gia )?"
        rf"(?:accettat[oaie]|accettano|accetta|approvat[oa])(?: {_QUOTE})?(?: dall azienda| dal cliente"
        rf"| da {_THE_COMPANY})?"
        r"(?: ?[:,-])?(?: (?:per un (?:importo|valore|totale)(?: totale| complessivo)? di|al prezzo di"
        r"|per|a|di|da|importo|valore"
        r"|totale|con importo|con valore))*"
        r"(?: ?:)?(?: (?P<amount>.+))?",
        rf"(?:{_THE_COMPANY} )?(?:ha|hanno) (?:detto (?:di )?si|firmato)(?: ?[:,-])?(?: (?:per|a|di"
        rf"|importo|valore|totale))*"
        r"(?: ?:)?(?: (?P<amount>.+))?",
    ),
    Verb.REFUSED: _ways(
        rf"(?:{_THE_COMPANY} )?(?:{_QUOTE} )?(?:e )?non (?:(?:l )?(?:ha|hanno"
        rf"|e stato) )?(?:accettat[oaie]|accettano|accetta)"
        rf"(?: {_QUOTE})?{_REASON}",
        rf"(?:{_THE_COMPANY} )?(?:{_QUOTE} )?(?:(?:l )?(?:ha|hanno"
        rf"|e stato) )?rifiutat[oa](?: {_QUOTE})?{_REASON_TOLD}",
        rf"(?:{_THE_COMPANY} )?(?:mi )?(?:ha|hanno) (?:detto (?:di )?no|rinunciato){_REASON_TOLD}",
        rf"(?:{_THE_COMPANY} )?(?:rifiuta|rifiutano|rinuncia|rinunciano){_REASON_TOLD}",
        rf"(?:{_THE_COMPANY} )?non (?:gli |le |e |sono )?(?:interessa|interessati|interessata"
        rf"|interessato){_REASON_TOLD}",
    ),
    Verb.POSTPONED: _ways(
        r"(?:da |e da )?(?:rinvi(?:a|are|ate|amo)|rimanda(?:re|te)?|posticipa(?:re|te)?|sposta(?:re"
        r"|te)?)(?:lo|la)?"
        rf"(?: (?:il promemoria|tutto|la scadenza))?(?: ?:)?(?: (?:al|a|alla|all|per|di|da))?{_MUST_DAY}",
        rf"(?:ricorda(?:me|te)lo|ricordami|ricordatemi|ricordaci|avvisami)(?: (?:al|a|per))?{_MUST_DAY}",
        rf"(?:(?:e )?(?:da |sono da |va |vanno )?(?:risenti(?:re|rl[oaie]|rci|amoci|amola|amoli)?"
        rf"|richiama(?:re|rl[oaie])?|risentit[oaie]))(?: (?:a|al|per))?{_MUST_DAY}",
        r"(?:li |lo |la |ci |le )?(?:risent(?:o|iamo)|richiam(?:o|iamo)|ricontatt(?:o|iamo))(?: (?:a|al"
        r"|per))?"
        rf"{_MUST_DAY}",
        r"(?:rinvia|rinviare|rimanda|rimandare)(?P<day>)",
    ),
}
_OFFICES: Final[dict[Verb, tuple[Phrasing, ...]]] = {
    Verb.TAKEN: (
        *_ways(
            rf"(?:{_QUOTE} |il credito |la pratica |il cliente |l azienda )?{_HAVE}(?:pres[oaie] )?in carico"
            r"(?: (?:il credito|la pratica|il cliente|l azienda"
            r"|l incarico))?(?:(?: ?[:,-])? da (?P<words>.+))?",
            r"(?:lo|la|li|le) (?:prendo|prendiamo) in carico(?: io| noi)?",
            r"(?:me ne occupo|ce ne occupiamo)(?: io| noi| personalmente)?",
            r"ci (?:penso|pensiamo) (?:io|noi)",
            r"(?:lo|la|li) (?:seguo|gestisco|seguiamo|gestiamo) (?:io|noi)",
        ),
        *_ways(
            r"(?:se ne occupa|assegnat[oaie] a) (?P<words>.+)",
            r"(?:mail )?ricevut[oa]|(?:lo|la) guardo",
            likely=True,
        ),
    ),
    Verb.COLLECTED: _ways(
        rf"(?:il credito |il dovuto |l importo |la fattura |le fatture |importo "
        rf"|credito )?{_HAVE}(?:incassat|riscoss)[oaie]"
        rf"(?: (?:il credito|il dovuto|l importo))?{_DAY}",
        rf"(?:{_THE_COMPANY} )?(?:(?:ha|hanno) )(?:gia )?(?:pagato|saldato)(?: tutto| il dovuto"
        rf"| le fatture| il credito| tutto il dovuto)?{_DAY}",
        rf"{_HAVE}(?:pagat|saldat)[oaie](?: tutto)?{_DAY}",
        rf"(?:il )?(?:bonifico|pagamento|saldo) {_HAVE}(?:arrivato|ricevuto|pervenuto|incassato){_DAY}",
        rf"{_HAVE}(?:arrivato|ricevuto|incassato) (?:il )?(?:bonifico|pagamento|saldo){_DAY}",
    ),
    Verb.RECEIVED: _ways(
        rf"(?:{_FORMS} )?{_HAVE}(?:ricevut|arrivat|pervenut)[oaie](?: (?:tutto(?: il materiale| quanto)?"
        rf"|tutti|tutte|{_FORMS}))?{_DAY}",
        rf"(?:tutto|tutti) (?:{_HAVE})(?:ricevut|arrivat|pervenut)[oaie]{_DAY}",
    )
    + _ways(rf"(?:tutto )?(?:ok|a posto|apposto)|{_HAVE}fatt[oaie]", likely=True),
    Verb.SENT_TO_RA: _ways(
        rf"(?:{_FORMS} )?{_HAVE}{_GONE}(?: (?:tutto|tutti|{_FORMS}))?(?: (?:in originale"
        rf"|per posta))? (?:a|al|alla|all) {_RA}{_DAY}",
        rf"(?:{_FORMS} )?{_HAVE}{_GONE}(?: (?:tutto|tutti|{_FORMS}))? (?P<day>oggi|ieri|stamattina"
        rf"|stamani|l altro ieri"
        rf"|(?:il )?\d+[/.]\d+(?:[/.]\d+)?) (?:a|al|alla|all) {_RA}",
    )
    + _ways(rf"(?:{_FORMS} )?{_HAVE}{_GONE}(?: (?:tutto|tutti|{_FORMS}))?{_DAY}", likely=True),
    Verb.DONE: _ways(
        rf"(?:tutto |i dati |anagrafica |l anagrafica |dati |la scheda |l azienda |le modifiche )?{_HAVE}"
        r"(?:fatt|aggiornat|inserit|modificat|registrat|sistemat|eseguit|effettuat|caricat)[oaie]"
        r"(?: (?:tutto|tutti|tutti i dati|i dati|l anagrafica|anagrafica|in anagrafica|le modifiche"
        r"|la scheda|richiest[ei]|a sistema|in gestionale|nel gestionale|sul gestionale))*"
        rf"(?: {_OF_COMPANY}| {_THE_COMPANY})?{_DAY}",
        r"(?:tutto|tutti) (?:ok|a posto|apposto|in ordine|corretto|giusto)",
        r"ok (?:per )?tutto",
        r"(?:ho|abbiamo) provveduto(?: all aggiornamento| ad aggiornare)?",
        rf"aggiornamento (?:fatto|eseguito|completato){_DAY}",
    ),
    Verb.MISSING: _ways(
        r"(?:pero |solo |ancora |mi |ci |ma )*(?:manca|mancano|mancherebbe)(?: (?:pero|solo|ancora"
        r"|invece|anche))*(?: ?:)? (?P<words>.+)",
        r"(?:pero |ma )?non (?:trovo|vedo|c e|ci sono|riesco a leggere|leggo)(?: (?:pero"
        r"|ancora))? (?P<words>.+)",
    ),
    Verb.WRONG: _ways(
        rf"(?:c e un )?errore{_SAID}",
        r"(?P<words>(?:pero |solo |ancora |mi |ci |ma )*(?:manca|mancano) .+)",
        r"(?P<words>.{2,} (?:e|sono) (?:senza|priv[oaie] di) .+|.{2,} senza firma(?: .+)?)",
        r"(?P<words>.{2,} (?:e|sono|risulta|risultano) (?:sbagliat|errat|incomplet|illeggibil|scadut"
        r"|non leggibil|non firmat|non compilat)[oaie](?: .+)?)",
        r"(?P<words>.{2,} non (?:e|sono) (?:firmat|leggibil|compilat|complet|valid|corrett"
        r"|giust)[oaie](?: .+)?)",
        r"(?P<words>non (?:si legge|si leggono) .+)",
    ),
    Verb.NOT_MINE: _ways(
        rf"(?:{_QUOTE} )?non (?:e )?(?:mi[oa]|nostr[oa])(?: cliente| prodotto| preventivo"
        rf"| competenza)?(?:{_SAID})?",
        rf"(?:{_QUOTE} )?non (?:e )?di mia competenza(?:{_SAID})?",
        rf"non lo (?:seguo|gestisco) io(?:{_SAID})?",
        r"(?:da )?(?:passa|passalo|passala|passare|passatelo|girare|girate|assegna|assegnalo|gira"
        r"|giralo) (?P<words>a .+)",
        r"(?P<words>(?:e |sarebbe )?di competenza di .+)",
    )
    + _ways(r"(?P<words>(?:lo|la) (?:segue|gestisce) .+|se ne occupa .+)", likely=True),
    Verb.CONFIRMED: _ways(
        r"(?:tutte |tutto |le |si )*(?:confermo|confermiamo|confermat[oaie]|conferma|confermare|approvo"
        r"|approviamo|approvat[oaie])"
        r"(?: (?:tutt[oaie]|le|attribuzioni|proposte|quanto proposto|l elenco))*",
        r"(?:tutto|tutte|tutti) (?:ok|bene|a posto|confermat[oaie])",
        r"(?:ok|va bene|bene|d accordo) (?:(?:per )?tutt[oaie]|cosi)",
        r"si(?: (?:a )?tutt[oaie])?",
    ),
}
_LISTED: Final[dict[Verb, tuple[Phrasing, ...]]] = {
    Verb.FORM: _ways(
        r"(?:(?:manda|mandate)mi |vorrei |mi serve )?(?:la )?scheda(?: (?:della visita|visita))?"
        r"(?: (?:di|a|da|per|della|dell))?(?: (?P<words>.+))?",
        r"(?:la )?visita (?:(?:e stata|gia) )*(?:fatta|effettuata)",
    ),
    Verb.NOT_HELD: _ways(
        rf"(?:(?:la )?visita |(?:l )?appuntamento )?(?:e )?(?:saltat[oa]|non (?:e stat[oa] )?(?:fatt"
        rf"|effettuat|tenut)[oa])"
        rf"(?:{_REASON})?",
    ),
    Verb.ARCHIVED: _ways(
        rf"(?:(?:la )?copia |{_QUOTE} )?{_HAVE}(?:(?:messa )?in archivio|archiviat[oa])",
    ),
}
"""What a numbered list is answered beside the course of a quote."""

_BACK: Final[dict[Verb, tuple[Phrasing, ...]]] = {
    Verb.UNDO: (
        *_ways(
            r"(?:(?:ho |abbiamo |mi sono )?(?:sbagliato|sbagliata|sbagliando)[ ,;:.-]*"
            r"|errore(?: mio)?[ ,;:.-]*|no[ ,;:.-]+|puoi |potete |da )*"
            r"(?:annulla(?:re|te|lo|la)?|annullo|torna indietro|tornare indietro|cancella(?:re|lo|te|la)?"
            r"|ripristina(?:re)?)"
            r"(?: (?:tutto|pure|la registrazione|la risposta|quanto registrato|per favore|l operazione))*",
        ),
        *_ways(
            r"(?:ho |abbiamo |mi sono )?(?:sbagliato|sbagliata)|(?:e |era )?(?:un )?errore(?: mio)?"
            r"|non e cosi",
            likely=True,
        ),
    ),
    Verb.YES: _ways(
        r"(?:si|ok|okay|certo|esatto|esattamente|giusto|corretto|confermo|confermiamo|confermato"
        r"|confermata|conferma|proprio cosi|e cosi"
        r"|va bene|d accordo|e giusto|e corretto|vale|va bene cosi|tutto ok)(?: (?:si|ok|tutto|che si"
        r"|esatto|giusto"
        r"|corretto|confermo|certo|e giusto|e corretto|va bene|e cosi))*",
    ),
    Verb.NO: _ways(
        r"no(?: (?:no|non e cosi|non e giusto|sbagliato|non vale|non confermo|e sbagliato))*"
        r"|non (?:e cosi|e giusto|e corretto|confermo|vale|va bene)|(?:e )?sbagliato|assolutamente no",
    ),
}

PHRASINGS: Final[Mapping[Verb, tuple[Phrasing, ...]]] = MappingProxyType(
    {**_COURSE, **_OFFICES, **_LISTED, **_BACK}
)
"""The ways to say each verb; the first that fits a clause counts."""

ASSENT: Final = re.compile(
    r"(?:ok|okay|oky|va bene|bene|perfetto|si|certo|d accordo|benissimo|ottimo"
    r"|[\U0001F44D\U0001F44C\u2705\ufe0f ,.!])+"
)
"""What agrees and says nothing: it is asked what it agrees to."""

ENCLOSING: Final = _compiled(
    r"(?:(?:ecco(?: qui)?|(?:(?:ti|vi|le) )?(?:allego|alleghiamo|invio|inviamo|mando|mandiamo|giro"
    r"|trasmetto)(?: in allegato)?"
    r"|in allegato|allegato|allegati|vedi allegato|vedi allegati|come da allegato|trovi in allegato"
    r"|trovate in allegato)"
    rf"(?: (?:qui|trovi|trovate|alla presente))?)(?: (?P<quote>{_QUOTE})|(?: (?:{_FORMS}"
    rf"|(?:le )?scansioni|(?:la )?scansione|il pdf|il file))+)?"
    rf"(?: {_OF_COMPANY})?(?: in allegato| allegat[oi]| firmat[oaie]| redatto| richiesto| in oggetto)*"
)
"""Says that files come with it."""

SURE: Final = re.compile(r"confermo|confermato|e giusto cosi|la data e giusta|e proprio cosi")
"""Said beside something dated, it confirms an odd day."""


def likely_first(verbs: Iterable[Verb]) -> list[tuple[Verb, Phrasing]]:
    """Every phrasing of these verbs, what is certain before what is only likely."""
    ways = [(verb, way) for verb in verbs for way in PHRASINGS.get(verb, ())]
    return sorted(ways, key=lambda one: (one[1].likely, one[0] is Verb.TAKEN))

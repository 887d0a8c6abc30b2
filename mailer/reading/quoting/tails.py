"""What programs, companies and lawyers add to a mail: footers of phones, disclaimers, warnings of servers.

A few lines at a time, each cut to LONGEST_LINE. Refuses to judge signatures, which people write.
"""

import re
from collections.abc import Iterable

from mailer.reading.quoting.marks import LONGEST_LINE


def any_of(*patterns: str) -> str:
    """A pattern for any of these."""
    return f"(?:{'|'.join(patterns)})"


_DEVICE = any_of(
    r"i?phone|ipad|galaxy|samsung|android|huawei|honor|xiaomi|redmi|oppo|realme|motorola|nokia|pixel",
    r"cellulare|smartphone|telefon\w*|tablet|dispositivo|mobil\w*|handy|ger[äa]t|portable|m[óo]vil",
    r"telem[óo]vel|celular|apparaat|blackberry|windows|outlook|yahoo|gmail|proton|libero|tiscali|virgilio",
    r"alice|tim\b|fastweb|icloud|aol\b|k-9|bluemail|spark|edison|fairemail|webmail|app\b|mail\b|mailbox",
    r"thunderbird|zimbra|roundcube|posta per|courrier|correo para|correio para|mein|mi |meu |mon |mijn |my ",
)
_FOOTER = re.compile(
    r"[\s*_\[(]*"
    + any_of(
        rf"(?:inviat|spedit|scritt|mandat)[oa]\s+(?:da|dal|dalla|dall['’]|con|tramite"
        rf"|via)\b.{{0,60}}?{_DEVICE}",
        rf"(?:sent|written)\s+(?:from|with|via|using)\b.{{0,60}}?{_DEVICE}",
        r"(?:ottieni|scarica|get|download|holen sie sich|télécharge[rz]|obtener?|obtenga|obtenha"
        r"|obter)\b.{0,20}\boutlook\b",
        r"outlook (?:für|pour|para|voor)\b.{0,40}\b(?:herunterladen|downloaden|beziehen)",
        r"von meinem\b.{0,60}\bgesendet",
        rf"(?:gesendet|verschickt)\s+(?:von|mit|über)\b.{{0,40}}?{_DEVICE}",
        rf"envoyé\s+(?:de|depuis|à partir|avec)\b.{{0,40}}?{_DEVICE}",
        rf"enviad[oa]\s+(?:desde|do|da|de|con|com|a partir)\b.{{0,40}}?{_DEVICE}",
        rf"(?:verstuurd|verzonden)\s+(?:vanaf|via|met|van|vanuit)\b.{{0,40}}?{_DEVICE}",
        r"diese nachricht wurde von meinem\b",
        r"(?:sendt fra|skickat från|wysłane z) (?:min|mit|mojego|iphone)\b.{0,60}",
        r"(?:perdonate|scusate) la brevità",
        r"(?:please )?excuse (?:my )?brevity",
    )
    + r".*",
    re.IGNORECASE,
)
_CERTIFIED = re.compile(r"posta (?:elettronica )?certificata|\bpec\b", re.IGNORECASE)

_SURELY = re.compile(
    r"[\s*_\"“(\[#>-]*"
    + any_of(
        r"(?:avviso|nota|clausola|informativa|dichiarazione)\s+(?:di|sulla|sul|legale|in materia).{0,20}"
        r"(?:riservatezza|privacy|confidenzial)",
        r"avviso legale\b|riservatezza\s*[:.-]|informativa privacy|(?:privacy |legal )?disclaimer\b",
        r"confidential(?:ity)?\b.{0,20}(?:notice|note|:)|aviso (?:legal|de confidencial)"
        r"|avis de confidential",
        r"(?:wichtiger |rechtlicher )hinweis|vertraulichkeitshinweis",
        r"(?:p )?(?:prima di stampare|(?:pensa all|rispetta l|salviamo l)['’]ambiente|non stampare quest)",
        r"(?:p )?(?:please |per favore,? )?(?:consider(?:a|ate)? (?:the |l['’])?(?:environment|ambiente)"
        r"|think before you print|before printing)",
        r"(?:bitte )?(?:denken sie an die umwelt|prüfen sie, ob diese)|pensez à l['’]environnement",
        r"avant d['’]imprimer|antes de imprimir|piense en el medio ambiente|pense no (?:meio )?ambiente",
        r"denk aan het milieu",
        r"(?:mail|e-?mail) (?:priva di|senza) virus|virus-?free|virenfrei|sans virus|libre de virus",
        r"livre de vírus|virusvrij|nessun virus (?:nel|trovato)|(?:questa e-?mail"
        r"|this e-?mail).{0,40}\bvirus",
    ),
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"[\s*_\"“(\[#>-]*"
    + any_of(
        r"ai sensi (?:e per gli effetti )?(?:del|dell['’]|della|degli)\s*(?:art|reg|gdpr|d\.?\s?lgs"
        r"|decret|normativ)",
        r"(?:le informazioni|i dati|il contenuto|quanto) (?:contenut|trasmess|riportat|present)",
        r"il contenuto (?:di|del)|(?:quest[oa]|la presente|il presente)\s+(?:messaggio|e-?mail"
        r"|comunicazione|posta)",
        r"(?:chiunque|qualora|se) .{0,30}(?:ricev)|(?:il )?trattamento dei dati personali|(?:reg"
        r"|regolamento)\b.{0,4}\(?ue",
        r"th(?:is|e) .{0,30}(?:e-?mail|message|communication|transmission|information|content)",
        r"if you (?:have received|are not the)",
        r"diese (?:e-?mail|nachricht)|der inhalt dieser|(?:ce (?:message|courriel|mail)|cet e-?mail)",
        r"(?:este|el presente) (?:mensaje|correo|e-?mail)|esta mensagem|a presente mensagem",
        r"(?:dit|deze) (?:e-?mail|bericht)|de informatie",
    ),
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"riservat|confiden|destinat|privacy|2016/679|196/2003|gdpr|vietat|proibit|intended|recipient|addressee"
    r"|privileged|vertraul|bestimm|empfänger|destinad|reservad|vertrouw|bestemd|uitsluitend|exclusi",
    re.IGNORECASE,
)
_ITS_LINES = 4

_MAIL = r"(?:mail|messag|mittent|sender|nachricht|correo|courriel|bericht)"
_OUTSIDE = r"(?:estern|external|extern|outside|fuori dall|sconosciut)"
_BANNER = re.compile(
    r"[\s*_\[(#!⚠\ufe0f-]*"
    + any_of(
        rf"(?:attenzione|avviso|caution|warning|achtung|attention|atención|atenção|let op)\b.{{0,60}}{_MAIL}"
        rf".{{0,60}}{_OUTSIDE}",
        r"(?:mittente|e-?mail|messaggio|sender|mail) (?:estern[oa]|external)\W*$"
        r"|\[?(?:external|esterno|extern)\]\W*$",
        r"(?:questa e-?mail|questo messaggio|this (?:e-?mail|message)) (?:proviene|originated"
        r"|is from outside)",
        r"ricevi posta raramente|non (?:si ricevono|ricevi) spesso|you don['’]t often get"
        r"|some people who received",
        r"sie erhalten nicht oft|vous n['’]obtenez pas souvent|no suele recibir|não costuma receber"
        r"|u ontvangt niet vaak",
    ),
    re.IGNORECASE,
)


def is_footer(line: str) -> bool:
    """True for what a phone or a program adds: `Inviato da iPhone`, `Ottieni Outlook per iOS`."""
    clipped = line[:LONGEST_LINE]
    return bool(_FOOTER.fullmatch(clipped)) and not _CERTIFIED.search(clipped)


def opens_disclaimer(lines: Iterable[str]) -> bool:
    """True where these next lines open a disclaimer, or what an antivirus or the environment's friends add.

    A sentence that might be the sender's is one only where the words of lawyers stand near.
    """
    near = [line[:LONGEST_LINE] for _, line in zip(range(_ITS_LINES), lines, strict=False)]
    if not near:
        return False
    likely = _LIKELY.match(near[0]) and _LEGAL.search(" ".join(near))
    return bool(_SURELY.match(near[0]) or likely)


def is_banner(line: str) -> bool:
    """True for what a server writes above a mail: that it comes from outside, that it is seldom seen."""
    return bool(_BANNER.match(line[:LONGEST_LINE]))

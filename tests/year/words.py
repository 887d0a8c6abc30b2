"""The one table of words: how the year's people find a button, and how the checker knows what it reads.

Texts are drawn by others and may change; only the stable part of each stands here.
"""

import re
from typing import Final

# ---- what people tap, by what they mean ------------------------------------------------------------

BUTTON: Final = {
    "visit": "Registra la visita",
    "confirm": "Conferma",
    "resume": "Riprendi",
    "cancel": "Annulla",
    "cancel surely": "Sì, annulla",
    "today": "Oggi",
    "yesterday": "Ieri",
    "other day": "Altro giorno",
    "next": "Avanti",
    "skip": "Salta",
    # credit
    "none": "Nessun credito",
    "managed": "già gestito",
    "open": "non gestito",
    "collected": "Riscosso",
    "agreed": "Piano di rientro",
    "partly": "Riscosso in parte",
    "not collected": "Non riscosso",
    # how they met
    "company": "In azienda",
    "phone": "Al telefono",
    "office": "In ufficio",
    # the register, the forms, the products
    "all right": "tutto giusto",
    "correct": "Correggi questi",
    "forms all": "Tutti firmati",
    "forms none": "Nessuno firmato",
    "forms in order": "Già in regola",
    "catalogue": "catalogo",
    "no interest": "Nessun interesse",
    "why none": "Non è il momento",
    "next contact": "Fra tre mesi",
    # the end
    "good": "Buona",
    "nothing else": "Niente altro",
    "complaint": "Un reclamo",
    # a quote
    "quote": "Preventivo:",
    "my quotes": "I miei preventivi",
    "drafted": "Redatto",
    "contacted": "Contattata",
    "delivered": "Consegnato",
    "thinking": "Ci pensa",
    "followed_up": "Sollecitato",
    "accepted": "Accettato",
    "refused": "Non accettato",
    "postpone": "Rinvia",
    "redate": "Correggi una data",
    "forms": "Moduli firmati",
    "why refused": "Costa troppo",
    "why postponed": "Aspetto un documento",
    # people
    "absence": "Segna un'assenza",
    "nobody": "Nessuno",
    "opens 9": "Mattino 9",
    "by mail": "Per mail",
    # appointments
    "fix": "Fissa appuntamento",
    "not held": "Non fatta",
    "give up": "✖ Annulla",
    # papers
    "handed over": "Consegnati oggi",
}

ANSWER: Final = {  # what is answered to a question, known by some of its words
    "Che cosa ha accettato": "Tutto",
    "importo, senza IVA": "say 1200",
    "Perché non ha accettato": "Costa troppo",
    "Perché rinvii": "Aspetto un documento",
    "Quando ha risposto": "Oggi",
    "È giusto?": "Sì, è giusto",
    "Lo fissiamo lo stesso?": "Sì, va bene lo stesso",
    "Vuoi aggiungere una nota?": "Salta",
    "Perché lo annulli?": "Un mio impegno",
    "Perché non c'è stata la visita?": "Non c'era nessuno",
    "Quale data correggi?": "Consegna",
    "Perché la correggi?": "L'ho saputo dopo",
    "Con questa correzione cambia": "Salva",
    "Nessuna scadenza si sposta": "Salva",
    "è tutto giusto?": "Conferma",
}

QUESTION: Final = {  # whose answer is in the intent
    "until": "te lo ricordo?",
    "away": "Quando manchi",
    "right day": "Qual è il giorno giusto?",
    "when": "quando vi vedete",
    "deputy": "Chi ti sostituisce",
}

DONE: Final = {  # what is read once it is recorded
    "visit": "Visita registrata",
    "quote": "Segnato: preventivo",
    "postponed": "Va bene, te lo ricordo",
    "redated": "Corretto:",
    "opens 9": "Ti scrivo dalle 9",
    "by mail": "arrivano per mail",
    "absence": "Segnato: assenza",
    "appointment": "Appuntamento fissato",
    "given up": "L'azienda resta fra quelle da visitare",
    "handed over": "Segnato: consegnati",
}

REPLY: Final = {
    "drafted": "REDATTO",
    "contacted": "CONTATTATA",
    "delivered": "CONSEGNATO",
    "thinking": "CI PENSA",
    "followed_up": "SOLLECITATO",
    "accepted": "ACCETTATO 1200",
    "refused": "NON ACCETTATO costa troppo",
    "received": "RICEVUTO",
    "done": "FATTO",
}

# ---- what the checker reads ------------------------------------------------------------------------

LABEL: Final = {  # a duty, as reminders and buttons call it
    "D1": "visita alla nuova associata",
    "D6": "moduli all'Ufficio Essere Impresa",
    "D7": "RID (mandato SDD) a RPA",
    "D8": "scheda e data della visita",
    "D10": "redazione del preventivo",
    "D11": "contatto per la consegna",
    "D13": "sollecito",
    "D14": "chiusura del preventivo",
    "A22b": "data di consegna",
}

SUBJECT: Final = {  # the beginning of a mail's subject → its number in section 9
    "Credito non riscosso": "E1",
    "Credito da recuperare": "E2",
    "Dati da aggiornare": "E3",
    "Moduli firmati in arrivo": "E4",
    "Modello RID firmato": "E6",
    "Scansioni dei moduli": "scans",
    "Preventivo da redigere": "E7",
    "Preventivi da seguire": "E8",
    "Preventivo a catalogo": "E9",
    "Preventivo accettato": "E10-11",
    "Accordo sul credito": "A8",
    "Reclamo raccolto in visita": "complaint",
    "Registrato": "N8",
    "Risposta non registrata": "N9",
    "Da fare oggi": "morning",
    "Una notizia per": "news",
    "Appuntamento ": "N10",
    "Mail non consegnata": "undelivered",
}

REF: Final = re.compile(r"\((A\d{4})\)")
MORNING: Final = re.compile(r"Buongiorno")
ITEM: Final = re.compile(
    r"^(?:•|-|\d+\.) (?P<late>\[IN RITARDO\] )?(?P<label>[^:]+): (?P<company>.+?)(?P<chat> \(in ritardo\))?$"
)
SECTION: Final = {"in ritardo": "late", "oggi": "today", "presto": "soon", "domande": "ask"}
IN_PLACE: Final = re.compile(r"per conto di (?P<name>[^,]+)(?:, .*)?", re.IGNORECASE)
COPY: Final = "copia da archiviare"  # of a quote, in the mail of the day
FORM: Final = "Scheda della visita: "  # asks how an appointment went, and is the form to tell it
FOR: Final = re.compile(r"Per conto di (?P<name>[^,]+),")
NEWS_END: Final = "È una notizia di Dopovisita"
ANSWERS: Final = "Per rispondere"  # from here on a mail says how to answer it
SHOWN: Final = 15  # items that one chat message shows
FOLLOW_UP: Final = re.compile(r"^Sollecito: (?P<company>.+)")
REPLIED: Final = re.compile(r"^(?P<company>.+)\n.+ ha risposto")
DIGEST: Final = {"Ritardi ancora aperti": "digest-week", "Nuovi ritardi": "digest-news"}
DIGEST_ITEM: Final = re.compile(
    r"^(?:•|-|\d+\.) (?P<label>[^:]+): (?P<company>.+?), in ritardo di (?P<days>\w+) "
)
VACANT: Final = re.compile(r"ruolo scoperto.*", re.IGNORECASE)
FULL_BY_MAIL: Final = "l'elenco completo è nella tua posta"
GIVEN: Final = re.compile(r"^.+ nuov[ae] per te, dall'elenco")
COPIES: Final = re.compile(r"^Copie che mancano in archivio")
NEW_MEMBERS: Final = re.compile(r"^Nuove associate di ")
COURTESY: Final = re.compile(r"^Sostituisci |^.+ è di nuovo al lavoro")  # held to hours alone
REDATED: Final = re.compile(r"^(?P<company>.+)\n.+ ha corretto una data")
EVE: Final = re.compile(r"^📅 (?P<company>.+)\n[\s\S]*estratto conto", re.IGNORECASE)
ASKED: Final = re.compile(r"^(?P<company>.+)\nAppuntamento di .+ Com'è andata\?")
CLOSED: Final = re.compile(r"^(?P<company>.+)\nPreventivo (?:accettato|archiviato|annullato)")

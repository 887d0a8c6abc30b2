"""One mail of each kind, with the contexts that the procedure fills."""

from datetime import UTC, datetime

from mailer.compose import Envelope
from procedure.campaign import Contact
from procedure.correspondence.tokens import mint, ref_of
from procedure.notices import About, Attachment, Json, Mail, MailKind, Subject
from procedure.people import Role

SECRET = b"a secret of the tests, 32 bytes."
DUE = "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18"
COMMON: dict[str, Json] = {
    "company": "Tessitura Bianchi & Figli S.r.l.",
    "company_ref": "1042",
    "site": "Prato",
    "av": "Anna Verdi",
    "visited_on": "mercoledì 18 novembre 2026",
    "due": DUE,
}
PRODUCTS: list[Json] = [
    {"name": "Paghe", "need": "due dipendenti da gennaio"},
    {"name": "Privacy", "need": ""},
]
CONTEXTS: dict[MailKind, dict[str, Json]] = {
    MailKind.E1_UNCOLLECTED_TO_RPA: {"partly_collected": True},
    MailKind.E2_UNCOLLECTED_TO_RECOVERY: {"partly_collected": False},
    MailKind.A8_AGREEMENT_TO_RECOVERY: {},
    MailKind.E3_CORRECTIONS_TO_RA: {
        "corrections": [
            {"label": "Email", "old": "vecchia@ditta.example.com", "new": "nuova@ditta.example.com"},
            {"label": "PEC", "old": "", "new": "ditta@pec.example.com"},
        ]
    },
    MailKind.E4_FORMS_TO_OFFICE: {
        "forms": [{"form": "Delega INPS", "partners": ["Bruno Bianchi", "Carla Bianchi"]}]
    },
    MailKind.E6_RID_TO_RPA: {"partners": ["Bruno Bianchi"]},
    MailKind.E7_QUOTE_TO_AM: {
        "products": PRODUCTS,
        "catalogue": [{"name": "Corso sicurezza", "need": "tre persone", "contact": "Dina Neri"}],
        "services": "senza servizi",
        "left": "Restano 3 giorni lavorativi.",
    },
    MailKind.E8_QUOTES_TO_RPS: {"quotes": [{"owner": "Ezio Rossi", "products": ["Paghe", "Privacy"]}]},
    MailKind.E9_CATALOGUE_TO_REFERENCE: {"products": PRODUCTS},
    MailKind.E10_ACCEPTED_TO_SERVICES: {
        "products": ["Paghe", "Privacy"],
        "lines": [
            {"product": "Paghe", "accepted": True, "value": "1.200,00\u00a0€", "reason": ""},
            {"product": "Privacy", "accepted": True, "value": "", "reason": ""},
            {"product": "Ambiente", "accepted": False, "value": "", "reason": "costa troppo"},
        ],
        "late": True,
        "value": "1.200,00\u00a0€",
        "closed_on": "lunedì 14 dicembre 2026",
        "owner": "Ezio Rossi",
    },
    MailKind.COMPLAINT: {"text": "Nessuno <richiama> mai.", "mood": "difficile"},
    MailKind.MORNING: {
        "person": "Anna Verdi",
        "day": "giovedì 19 novembre 2026",
        "sections": [
            {
                "name": "late",
                "head": "In ritardo",
                "items": [{"title": "sollecito: Tessitura Bianchi", "explanation": DUE, "late": True}],
            },
            {
                "name": "place",
                "head": "Per conto di Ada <Gori>, assente fino a lunedì 23 novembre 2026",
                "items": [{"title": "visita: Forno Gori", "explanation": "entro domani", "late": True}],
            },
        ],
        "more": 2,
        "quotes": [7],
    },
    MailKind.DIGEST: {
        "person": "Anna Verdi",
        "head": "Ritardi ancora aperti, lunedì 23 novembre 2026",
        "parts": [
            {
                "head": "Ruolo scoperto: Responsabile di Sede Territoriale, Prato",
                "people": [
                    {
                        "name": "Ezio Rossi & C.",
                        "away": True,
                        "items": [
                            {
                                "title": "sollecito: Forno Gori",
                                "late": "in ritardo di 3 giorni lavorativi",
                                "put_off": "rinviata a lun 30 nov: la persona non c'è",
                            }
                        ],
                    }
                ],
            }
        ],
    },
    MailKind.AMENDED: {
        "amended": [{"label": "DATA VISITA", "old": "lunedì 16 novembre", "new": "mercoledì 18 novembre"}],
        "moves": ["redazione del preventivo: da lunedì 23 a mercoledì 25 novembre"],
        "reason": "avevo segnato il giorno sbagliato",
        "who": "Anna Verdi",
        "asks": "E7",
    },
    MailKind.REPLY_RECORDED: {"what": "anagrafica aggiornata: PEC", "original": "Fatto"},
    MailKind.REPLY_NOT_UNDERSTOOD: {"first_line": "boh <b>", "asks": "E3", "why": "Quel giorno non c'è."},
    MailKind.UNDELIVERED: {
        "what": "Dati da aggiornare: Forno Gori",
        "to": "ra@associazione.example.com",
        "error": "550 casella inesistente",
    },
}
CONTEXTS[MailKind.CONFIRM_COLLEAGUE] = {
    "who": "Luca <Neri>",
    "address": "luca.neri@associazione.example.com",
    "about": "Dati da aggiornare",
    "said": "fatto & basta",
    "would": ["anagrafica aggiornata"],
    "letter": 5,
}
CONTEXTS[MailKind.WHICH_MAIL] = {
    "said": "fatto <b>",
    "candidates": [
        {"number": 1, "what": "Dati da aggiornare: Forno & Gori (1042)", "said": "fatto", "token": "abc"},
        {"number": 2, "what": "Moduli firmati: Forno & Gori (1042)", "said": "fatto", "token": "def"},
    ],
    "letter": 5,
}
CONTEXTS[MailKind.WHERE_TO_WRITE] = {"sites": [{"name": "Prato & Valle", "mailbox": "prato@example.com"}]}
CONTEXTS[MailKind.QUESTION] = {
    "who": "Responsabile Anagrafica",
    "said": "manca la PEC <b>",
    "answering": False,
    "question": "",
    "letter": 5,
}
CONTEXTS[MailKind.VISIT_FORM] = {
    "person": "Anna Verdi",
    "state": "missing",
    "note": "",
    "appointment": "",
    "form": "Clima (buona, così così, tesa): \nNota (facoltativo): ",
    "asked": [{"label": "Clima", "hint": "buona, così così, tesa", "wrong": "«boh» non è <fra> le risposte"}],
    "optional": [{"label": "Nota", "hint": "facoltativo"}],
    "register": [{"label": "PEC", "value": "manca"}],
    "partners": ["Bruno Bianchi"],
    "products": ["Paghe & personale"],
    "saved": [{"label": "Crediti", "told": "Nessun credito"}],
    "unread": ["Tempo"],
    "choices": [],
    "done": [],
}
CONTEXTS[MailKind.ABSENCE_READ] = {
    "person": "Ivo Capo",
    "name": "Luca Neri & C.",
    "days": "da giovedì 19 a lunedì 23 novembre 2026",
    "said": "Sono fuori sede & rientro il 24.",
    "letter": 5,
}
CONTEXTS[MailKind.SCANS_WANTED] = {"forms": [{"form": "RID (mandato SDD)", "office": "RPA & C."}]}
CONTEXTS[MailKind.SCANS_SENT] = {
    "sender": "Anna <Verdi>",
    "forms": [{"form": "RID (mandato SDD)", "name": "foto <2>.jpg"}],
}
CONTEXTS[MailKind.COVER] = {
    "campaign": "Fidelizzazione 2026 - 2028",
    "number": "12",
    "products": ["Paghe", "Privacy"],
    "drafted_on": "lunedì 23 novembre 2026",
    "delivered_on": "mercoledì 25 novembre 2026",
    "owner": "Ezio Rossi",
}
CONTEXTS[MailKind.HAND_OVER_LIST] = {
    "campaign": "Fidelizzazione 2026 - 2028",
    "offices": [
        {
            "name": "Ufficio Essere Impresa",
            "due": DUE,
            "forms": [
                {"name": "delega INPS", "signers": ["socio 1", "socio 2"]},
                {"name": "delega associativa (adesione)", "signers": ["socio 1"]},
            ],
        },
        {"name": "RPA", "due": DUE, "forms": [{"name": "RID (mandato SDD)", "signers": ["socio 1"]}]},
    ],
}
CONTEXTS[MailKind.ORIGINAL] = {
    "sender": "mario@altrove.example.com",
    "subject": "Re: Dati & recapiti",
    "arrived": "mercoledì 18 novembre 2026",
    "told_of": "Forno Gori & Figli",
}
CONTEXTS[MailKind.TO_SORT] = {
    "person": "Zeno Modellucci",
    "day": "giovedì 19 novembre 2026",
    "more": 2,
    "waiting": [
        {
            "letter": 7,
            "sender": "mario@altrove.example.com",
            "arrived": "mercoledì 18 novembre 2026",
            "subject": "Re: Dati & recapiti",
            "line": "ma allora che faccio?",
            "told_of": "Forno Gori & Figli",
            "why": "non si capisce che cosa va registrato",
        },
        {
            "letter": 8,
            "sender": "x@altrove.example.com",
            "arrived": "mercoledì 18 novembre 2026",
            "subject": "",
            "line": "",
            "told_of": "",
            "why": "non risponde a nessuna delle nostre mail",
        },
    ],
}
CONTEXTS[MailKind.NEWS] = {"person": "Anna Verdi", "text": "Forno Gori:\nanagrafica aggiornata."}
CONTEXTS[MailKind.PROPOSALS] = {
    "person": "Teresa Verosimiletti",
    "day": "mercoledì 18 novembre 2026",
    "ids": [1],
    "role": "RPC",
    "proposals": [{"company": "Forno Gori", "site": "Prato", "person": "Gina", "why": "Tocca a EM."}],
    "more": 3,
    "nobody": [{"name": "Ditta & Sola", "site": "Agliana", "why": "non c'è un RS della sede"}],
    "changes": 1,
}
CONTEXTS[MailKind.E11_ACCEPTED_TO_RPA] = CONTEXTS[MailKind.E10_ACCEPTED_TO_SERVICES]
CONTEXTS[MailKind.APPOINTMENT] = {
    "person": "Anna Verdi",
    "change": "spostato",
    "when": "giovedì 26 novembre 2026 alle 15:00",
    "was": "mercoledì 25 novembre 2026 alle 9:00",
    "where": "Via della Prova 1, 59100 Prato PO",
    "phone": "+390574000101",
    "note": "citofono <b>",
    "reason": "",
    "by": "Carla Neri",
    "event": {
        "uid": "appuntamento-7@visite.example.com",
        "sequence": 1,
        "cancelled": False,
        "starts_at": "2026-11-26T14:00:00+00:00",
        "ends_at": "2026-11-26T15:00:00+00:00",
        "keeper": "anna.verdi@associazione.example.com",
        "summary": "Visita: Tessitura Bianchi & Figli S.r.l.",
        "location": "Via della Prova 1, 59100 Prato PO",
        "description": "+390574000101\ncitofono <Rossi>",
    },
}


def a_mail(
    kind: MailKind = MailKind.E3_CORRECTIONS_TO_RA,
    *,
    key: str = "E3:visit:7",
    to: tuple[Contact, ...] = (Contact("Responsabile Anagrafica", "ra@associazione.example.com"),),
    uncovered: Role | None = None,
    attachments: tuple[Attachment, ...] = (),
    **context: Json,
) -> Mail:
    """A mail of this kind about visit 7, its sample context amended."""
    whole = {**COMMON, **CONTEXTS[kind], **context}
    return Mail(
        key, kind, About(Subject.VISIT, 7), to, context=whole, uncovered=uncovered, attachments=attachments
    )


def an_envelope(key: str = "E3:visit:7", *, plus: bool = True) -> Envelope:
    """The envelope of a mail of this key, with or without a plus-address."""
    token = mint(SECRET, ref_of(key))
    return Envelope(
        message_id=f"<{token}@visite.example.com>",
        reply_to=f"visite+{token}@visite.example.com" if plus else "visite@visite.example.com",
        sender=Contact("Dopovisita", "visite@visite.example.com"),
        sent_at=datetime(2026, 11, 19, 8, 30, tzinfo=UTC),
    )

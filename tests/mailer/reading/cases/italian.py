"""Italian replies whose end is hard to find: what looks like a signature, a footer or a quotation and is
none, and the other way round. Written by hand.
"""

from typing import Final

from tests.mailer.reading.cases.programs import Case


def _all_new(*texts: str) -> tuple[Case, ...]:
    return tuple(Case(text[:50], text, text) for text in texts)


THE_SENDERS: Final = _all_new(
    "Fatto, ma il 12 novembre il cliente ha scritto a voi",
    "Da: domani non ci sono",
    "Il preventivo è pronto.\nInviato il 12/5 al cliente",
    "In data odierna ho aggiornato tutto",
    "Il 12/5 il cliente ha scritto:\nnon sono interessato",
    "Inviato da noi ieri a RA",
    "Inviato tramite posta certificata al cliente",
    "I dati contenuti nella mail non corrispondono alla visura",
    "Questo messaggio non lo capisco",
    "Le informazioni riportate sono sbagliate",
    "Telefono giusto:\n\n0573 1234567",
    "Email: info@forno.example.com\nPEC: forno@pec.example.com",
    "Manca la PEC\nTel. 0573 1234567",
    "Fatto\nUfficio chiuso fino al 10",
    "Nota: il legale rappresentante è cambiato",
    "Attenzione, mancano gli allegati!",
    "Privacy: consegnato 12/5\nSicurezza: redatto 10/5",
    "Grazie, fatto",
    "Ciao,\nfatto",
    "Buona giornata,\nho aggiornato la PEC",
    "1: fatto\n2: non mio\n3: consegnato ieri",
    "Via libera dal cliente il 12/5",
    "Accettato\nImporto: 1.200 €",
    "Non è mio, è di\nLia Segnapostini",
    "Crediti: riscosso\nInteresse: paghe, privacy\nModuli: tutti firmati",
    "Il preventivo 12 è redatto.\nLo consegno domani",
    "Servizio attivato ieri",
    "Confidenzialmente: costa troppo",
    "Per: la sede di Prato\nData: domani",
)
_QUOTED: Final = (
    "\n\nIl giorno gio 19 nov 2026 alle ore 09:30 Dopovisita <\nv@visite.example.com> ha scritto:\n\n> FATTO"
)


def _parted(new: str, rest: str, name: str = "") -> Case:
    return Case(name or rest.strip()[:60], f"{new}{rest}", new, new)


PARTED: Final = tuple(
    _parted("Fatto", rest)
    for rest in (
        "\n\nPaola Sarti",
        "\nPaola",
        "\n\nPaola\n\nInviato da iPhone",
        "\n\nOk Arredamenti S.r.l.",
        "\nOk Arredamenti S.r.l.",
        "\n\nOK ARREDAMENTI SRL\nVia Fatto, 12\n51100 Pistoia (PT)",
        "\n\nFatto Bene S.n.c. di Ricevuti & C.\nP.IVA 01234567890",
        "\n\nSaluti",
        "\n\nsaluti Paola",
        "\n\nCordiali saluti, Paola Sarti",
        "\n\nUn cordiale saluto\nPaola",
        "\n\nDistinti saluti\n\nOk Aggiornato\nFatto Ricevuto",
        "\n\nIn attesa di un riscontro porgo cordiali saluti\nPaola Sarti",
        "\n\nGrazie e buona giornata\nPaola",
        "\n\nA presto\nPaola",
        "\n\nDott.ssa Paola Sarti\nResponsabile Amministrazione\nTel +39 0573 123456",
        (
            "\n\nRag. Paola Sarti\nUfficio Paghe\nTel. 0573/123456 - Fax 0573/654321\n"
            "e-mail: paola@sarti.example"
        ),
        "\n\n[cid:image001.png@01DA0000.ABCDEF00]\nPaola Sarti\nCell 333 1234567",
        "\n\n*Paola Sarti*\n*Ufficio Anagrafica*\nTel. 0573 123456",
        "\n\nPaola Sarti\nwww.associazione.example.com\n[Logo]",
        "\n\n--\nPaola\nFATTO",
        "\n\n-- \nAGGIORNATO S.p.A.",
        "\n\n_____________\nPaola Sarti",
        "\n\nInviato dal mio iPhone",
        "\nInviato dal mio telefono",
        "\n\nInviato da Libero Mail per Android",
        "\n\nInviato da Posta per Windows",
        "\n\nInviato da Outlook per Android<https://aka.ms/x>",
        "\n\nScarica Outlook per iOS",
        "\n\nInviato dal mio dispositivo Android con K-9 Mail. Perdonate la brevità.",
        "\n\nInviato con l'app Mail di TIM",
        "\n\nPrima di stampare, pensa all'ambiente!",
        "\n\nP Prima di stampare questa mail pensa all'ambiente",
        "\n\nRispetta l'ambiente: non stampare questa mail se non è necessario. FATTO",
        "\n\nMail priva di virus. www.avast.com",
        "\n\nQuesta e-mail è stata controllata per individuare virus con Avast antivirus.",
        "\n\nAVVISO DI RISERVATEZZA\nfatto",
        (
            "\n\n***************\nLe informazioni contenute nella presente comunicazione e negli allegati\n"
            "possono essere riservate e sono destinate esclusivamente alle persone sopraindicate."
        ),
        "\n\nAi sensi del D.Lgs. 196/2003 si precisa che le informazioni sono riservate.",
        "\n\nChiunque lo ricevesse per errore avvisi il mittente.\n\nMessaggio riservato",
        "\n\n[#abcdefghijklmnopqrst]",
        _QUOTED,
        (
            "\n\nOttieni Outlook per iOS\n________________________________\nDa: Dopovisita\n"
            "Inviato: giovedì\n\nFATTO"
        ),
        "\n\n---- Il gio, 19 nov 2026 09:30:00 +0100 Dopovisita <v@x.example> ha scritto ----\n\nFATTO",
        "\n\nDopovisita <v@visite.example.com> ha scritto:\n> FATTO",
        (
            "\n\nIl giorno gio 19 nov 2026 alle ore 09:30 Dopovisita <v@visite.example.com\n"
            "> ha scritto:\n\n> FATTO"
        ),
        (
            "\n\nDa: Dopovisita\nInviato: giovedì\nA: Uno <uno@x.example>; Due <due@x.example>;\n"
            "Tre <tre@x.example>\nOggetto: Dati\n\nFATTO"
        ),
        (
            "\n\nDa:     Dopovisita <v@x.example>\nPer:    ra@x.example\n"
            "Data:   19/11/2026 09:30\nOggetto:        Dati\n\nFATTO"
        ),
        "\n\nInizio messaggio inoltrato:\n\nDa: Dopovisita\nOggetto: Dati\n\nFATTO",
        (
            "\n\n-------- Messaggio inoltrato --------\nOggetto: \tDati\nData: \tThu\n"
            "Mittente: \tDopovisita\n\nFATTO"
        ),
        "\n\n> Il giorno 19 nov 2026, alle ore 09:30, D <v@x.example> ha scritto:\n> \n> \ufeffFATTO",
        "\n\nW dniu 19.11.2026 o 09:30, Dopovisita pisze:\n> FATTO",
    )
)
ABOVE: Final = tuple(
    Case(banner[:50], f"{banner}\n\nFatto", "Fatto", "Fatto")
    for banner in (
        "ATTENZIONE: questa mail proviene da un mittente esterno. Non aprire gli allegati.",
        "[EXTERNAL]",
        "Ricevi posta raramente da ra@x.example. Ulteriori informazioni sul perché è importante",
        "CAUTION: This email originated from outside of the organization.",
    )
)
BELOW: Final = (
    Case("a postscript", "Fatto\n\nSaluti\nPaola\n\nPS: manca la PEC", "Fatto\n\nPS: manca la PEC"),
    Case("a postscript of its own", "Fatto\nSaluti\nP.S. la PEC no", "Fatto\nP.S. la PEC no"),
    Case("an answer below", "Il 19/11/2026 09:30, D ha scritto:\n> FATTO\n\nnon fatto", "non fatto"),
    Case("between", "> Email: nuova?\nsì\n> PEC: nuova?\nno", "sì\nno"),
    Case(
        "between, in a mail that Outlook quotes with marks",
        (
            "Vedi sotto\n\n-----Messaggio originale-----\n> Da: D\n> Inviato: ieri\n>\n"
            "> - PEC: x\n\nfatto\n\n> FATTO"
        ),
        "Vedi sotto\n\nfatto",
    ),
    Case("only a signature", "Ok Arredamenti S.r.l.\nTel. 0573 123456\n\nInviato da iPhone", ""),
    Case("a broken quotation", "Fatto\n\n" + "> " + "a" * 66 + " dati\nAGGIORNATO\n> di ieri", "Fatto"),
)

CASES: Final = (*THE_SENDERS, *PARTED, *ABOVE, *BELOW)

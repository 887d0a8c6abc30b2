"""How programs speak in seven languages, and what people write and sign in them."""

from dataclasses import dataclass
from typing import Final

OURS: Final = "Buongiorno,\n\nti chiediamo di aggiornare l'anagrafica:\n\n- PEC: mancava\n\nFATTO\nAGGIORNATO"
"""The mail that is answered; its language is ours, whatever the reader's."""

US: Final = "Dopovisita <visite@visite.example.com>"


@dataclass(frozen=True)
class Tongue:
    """One language, as mail programs and people use it.

    Attributes:
        gmail, apple, thunderbird, roundcube: how these announce what they quote.
        block: the header fields that Outlook quotes.
        samsung: those of Samsung's program, with the rule above.
        rule, forwarded: above a mail that is quoted, that is sent on.
        phone, outlook, galaxy: what phones add.
        words: what a person writes: a line, a few lines.
        signature: with a farewell; `bare`: without one.
        disclaimer: of a company.
    """

    name: str
    gmail: str
    apple: str
    thunderbird: str
    roundcube: str
    block: str
    samsung: str
    rule: str
    forwarded: str
    phone: str
    outlook: str
    galaxy: str
    words: tuple[str, str]
    signature: str
    bare: str
    disclaimer: str


def _block(from_: str, sent: str, to: str, subject: str, day: str) -> str:
    reader = "Paola Sarti <paola@sarti.example>"
    return f"{from_}: {US}\n{sent}: {day}\n{to}: {reader}\n{subject}: Dati da aggiornare"


ITALIAN: Final = Tongue(
    name="Italian",
    gmail=f"Il giorno gio 19 nov 2026 alle ore 09:30 {US} ha scritto:",
    apple=f"Il giorno 19 nov 2026, alle ore 09:30, {US} ha scritto:",
    thunderbird="Il 19/11/2026 09:30, Dopovisita ha scritto:",
    roundcube="Il 2026-11-19 09:30, Dopovisita ha scritto:",
    block=_block("Da", "Inviato", "A", "Oggetto", "giovedì 19 novembre 2026 09:30"),
    samsung="-------- Messaggio originale --------\n"
    + _block("Da", "Data", "A", "Oggetto", "19/11/26 09:30 (GMT+01:00)"),
    rule="-----Messaggio originale-----",
    forwarded="---------- Messaggio inoltrato ---------",
    phone="Inviato da iPhone",
    outlook="Ottieni Outlook per iOS<https://aka.ms/o0ukef>",
    galaxy="Inviato dal mio Galaxy",
    words=(
        "Fatto, manca solo la PEC.",
        "Buongiorno,\n\nho aggiornato tutto ieri.\nLa PEC non risulta valida.",
    ),
    signature="Cordiali saluti\n\nPaola Sarti\nUfficio Anagrafica\nOk Arredamenti S.r.l.\nTel. 0573 123456",
    bare="Paola Sarti\nResponsabile Anagrafica\nVia dei Fatti 12 - 51100 Pistoia (PT)\nCell. 333 1234567",
    disclaimer="Ai sensi del Regolamento UE 2016/679 le informazioni contenute in questo messaggio sono\n"
    "riservate e destinate esclusivamente al destinatario.",
)
ENGLISH: Final = Tongue(
    name="English",
    gmail=f"On Thu, Nov 19, 2026 at 9:30 AM {US} wrote:",
    apple=f"On 19 Nov 2026, at 09:30, {US} wrote:",
    thunderbird="On 19/11/2026 09:30, Dopovisita wrote:",
    roundcube="On 2026-11-19 09:30, Dopovisita wrote:",
    block=_block("From", "Sent", "To", "Subject", "Thursday, November 19, 2026 9:30 AM"),
    samsung="-------- Original message --------\n"
    + _block("From", "Date", "To", "Subject", "19/11/26 09:30 (GMT+01:00)"),
    rule="-----Original Message-----",
    forwarded="---------- Forwarded message ---------",
    phone="Sent from my iPhone",
    outlook="Get Outlook for iOS<https://aka.ms/o0ukef>",
    galaxy="Sent from my Galaxy",
    words=("Done, thank you.", "Hello,\n\nI updated everything yesterday.\nThe email address bounces."),
    signature="Best regards,\n\nPaola Sarti\nRegistry Office\nOk Furniture Ltd\nPhone: +39 0573 123456",
    bare="Paola Sarti\nOk Furniture Ltd\nPhone: +39 0573 123456\nwww.ok.example.com",
    disclaimer="This e-mail and any attachments are confidential and intended solely for the addressee.\n"
    "If you are not the intended recipient, please delete it.",
)
GERMAN: Final = Tongue(
    name="German",
    gmail=f"Am Do., 19. Nov. 2026 um 09:30 Uhr schrieb {US}:",
    apple=f"Am 19.11.2026 um 09:30 schrieb {US}:",
    thunderbird="Am 19.11.2026 um 09:30 schrieb Dopovisita:",
    roundcube="Am 2026-11-19 09:30, schrieb Dopovisita:",
    block=_block("Von", "Gesendet", "An", "Betreff", "Donnerstag, 19. November 2026 09:30"),
    samsung="-------- Ursprüngliche Nachricht --------\n"
    + _block("Von", "Datum", "An", "Betreff", "19.11.26 09:30 (GMT+01:00)"),
    rule="-----Ursprüngliche Nachricht-----",
    forwarded="---------- Weitergeleitete Nachricht ---------",
    phone="Von meinem iPhone gesendet",
    outlook="Outlook für iOS<https://aka.ms/o0ukef> herunterladen",
    galaxy="Von meinem Galaxy gesendet",
    words=("Erledigt, danke.", "Guten Tag,\n\nich habe gestern alles geändert.\nDie Adresse fehlt noch."),
    signature="Mit freundlichen Grüßen\n\nPaola Sarti\nOk Möbel GmbH\nTel. +39 0573 123456",
    bare="Paola Sarti\nOk Möbel GmbH\nTel. +39 0573 123456",
    disclaimer="Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.",
)
FRENCH: Final = Tongue(
    name="French",
    gmail=f"Le jeu. 19 nov. 2026 à 09:30, {US} a écrit :",
    apple=f"Le 19 nov. 2026 à 09:30, {US} a écrit :",
    thunderbird="Le 19/11/2026 à 09:30, Dopovisita a écrit :",
    roundcube="Le 2026-11-19 09:30, Dopovisita a écrit :",
    block=_block("De", "Envoyé", "À", "Objet", "jeudi 19 novembre 2026 09:30"),
    samsung="-------- Message d'origine --------\n"
    + _block("De", "Date", "À", "Objet", "19/11/26 09:30 (GMT+01:00)"),
    rule="-----Message d'origine-----",
    forwarded="---------- Message transféré ---------",
    phone="Envoyé de mon iPhone",
    outlook="Télécharger Outlook pour iOS<https://aka.ms/o0ukef>",
    galaxy="Envoyé depuis mon appareil Galaxy",
    words=("C'est fait, merci.", "Bonjour,\n\nj'ai tout corrigé hier.\nIl manque encore le numéro."),
    signature="Cordialement,\n\nPaola Sarti\nOk Meubles SARL\nTél. +39 0573 123456",
    bare="Paola Sarti\nOk Meubles SARL\nTél. +39 0573 123456",
    disclaimer=(
        "Ce message et toutes les pièces jointes sont confidentiels et destinés à leur seul destinataire."
    ),
)
SPANISH: Final = Tongue(
    name="Spanish",
    gmail=f"El jue, 19 nov 2026 a las 9:30, {US} escribió:",
    apple=f"El 19 nov 2026, a las 9:30, {US} escribió:",
    thunderbird="El 19/11/2026 a las 9:30, Dopovisita escribió:",
    roundcube="El 2026-11-19 09:30, Dopovisita escribió:",
    block=_block("De", "Enviado el", "Para", "Asunto", "jueves, 19 de noviembre de 2026 9:30"),
    samsung="-------- Mensaje original --------\n"
    + _block("De", "Fecha", "Para", "Asunto", "19/11/26 9:30 (GMT+01:00)"),
    rule="-----Mensaje original-----",
    forwarded="---------- Mensaje reenviado ---------",
    phone="Enviado desde mi iPhone",
    outlook="Obtener Outlook para iOS<https://aka.ms/o0ukef>",
    galaxy="Enviado desde mi Galaxy",
    words=("Hecho, gracias.", "Buenos días,\n\nlo actualicé todo ayer.\nFalta el teléfono."),
    signature="Un cordial saludo,\n\nPaola Sarti\nOk Muebles S.L.\nTel. +39 0573 123456",
    bare="Paola Sarti\nOk Muebles S.L.\nTel. +39 0573 123456",
    disclaimer="Este mensaje y sus archivos adjuntos son confidenciales y van dirigidos a su destinatario.",
)
PORTUGUESE: Final = Tongue(
    name="Portuguese",
    gmail=f"Em qui., 19 de nov. de 2026 às 09:30, {US} escreveu:",
    apple=f"Em 19 de nov. de 2026, à(s) 09:30, {US} escreveu:",
    thunderbird="Em 19/11/2026 09:30, Dopovisita escreveu:",
    roundcube="Em 2026-11-19 09:30, Dopovisita escreveu:",
    block=_block("De", "Enviado", "Para", "Assunto", "quinta-feira, 19 de novembro de 2026 09:30"),
    samsung="-------- Mensagem original --------\n"
    + _block("De", "Data", "Para", "Assunto", "19/11/26 09:30 (GMT+01:00)"),
    rule="-----Mensagem original-----",
    forwarded="---------- Mensagem encaminhada ---------",
    phone="Enviado do meu iPhone",
    outlook="Obter o Outlook para iOS<https://aka.ms/o0ukef>",
    galaxy="Enviado do meu Galaxy",
    words=("Feito, obrigado.", "Bom dia,\n\natualizei tudo ontem.\nFalta o telefone."),
    signature="Com os melhores cumprimentos,\n\nPaola Sarti\nOk Móveis Lda.\nTel. +39 0573 123456",
    bare="Paola Sarti\nOk Móveis Lda.\nTel. +39 0573 123456",
    disclaimer=(
        "Esta mensagem e os seus anexos são confidenciais e destinam-se exclusivamente ao destinatário."
    ),
)
DUTCH: Final = Tongue(
    name="Dutch",
    gmail=f"Op do 19 nov 2026 om 09:30 schreef {US}:",
    apple=f"Op 19 nov. 2026 om 09:30 heeft {US} het volgende geschreven:",
    thunderbird="Op 19-11-2026 om 09:30 schreef Dopovisita:",
    roundcube="Op 2026-11-19 09:30 schreef Dopovisita:",
    block=_block("Van", "Verzonden", "Aan", "Onderwerp", "donderdag 19 november 2026 09:30"),
    samsung="-------- Oorspronkelijk bericht --------\n"
    + _block("Van", "Datum", "Aan", "Onderwerp", "19-11-26 09:30 (GMT+01:00)"),
    rule="-----Oorspronkelijk bericht-----",
    forwarded="---------- Doorgestuurd bericht ---------",
    phone="Verstuurd vanaf mijn iPhone",
    outlook="Outlook voor iOS<https://aka.ms/o0ukef> downloaden",
    galaxy="Verzonden vanaf mijn Galaxy",
    words=("Gedaan, bedankt.", "Goedemorgen,\n\nik heb gisteren alles aangepast.\nHet nummer ontbreekt nog."),
    signature="Met vriendelijke groet,\n\nPaola Sarti\nOk Meubelen B.V.\nTel. +39 0573 123456",
    bare="Paola Sarti\nOk Meubelen B.V.\nTel. +39 0573 123456",
    disclaimer="Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
)

TONGUES: Final = (ITALIAN, ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, DUTCH)

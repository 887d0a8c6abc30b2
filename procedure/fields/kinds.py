"""The fields of the register of companies that people may confirm or correct.

Names only; what a good value looks like is said by the readers beside this file.
"""

from enum import StrEnum


class RegisterField(StrEnum):
    """A field of the register. Its value is the name used in the database and in the import."""

    NAME = "ragione_sociale"
    PARTITA_IVA = "partita_iva"
    CODICE_FISCALE = "codice_fiscale"
    PEC = "pec"
    EMAIL = "email"
    PHONE = "telefono"
    MOBILE = "cellulare"
    CODICE_SDI = "codice_sdi"
    ATECO = "ateco"
    ADDRESS = "indirizzo"
    CAP = "cap"
    COMUNE = "comune"
    PROVINCE = "provincia"
    CONTACT = "referente"
    LEGAL_FORM = "forma_giuridica"
    WEBSITE = "website"

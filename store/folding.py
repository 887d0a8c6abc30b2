"""Text made comparable: without case, without accents. Refuses to know what is compared."""

import unicodedata


def folded(text: str) -> str:
    """`text` in small letters, its accents and doubled spaces gone: "Caffè  D'Orò" is "caffe d'oro"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())

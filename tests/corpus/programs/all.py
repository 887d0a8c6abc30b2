"""Every program by its name, as the corpus calls it."""

from types import MappingProxyType
from typing import Final

from tests.corpus.programs import others, outlook, passing

PLAIN: Final = MappingProxyType(
    {
        "Outlook": outlook.desktop,
        "Outlook, HTML only": outlook.desktop_html_only,
        "Outlook, plain": outlook.old_desktop,
        "Outlook web": outlook.web,
        "Outlook Android": outlook.phone,
        "Outlook iOS, HTML only": outlook.phone_html_only,
        "Exchange rewriting": outlook.rewritten,
        "Exchange, subject only": outlook.rewritten_subject,
        "Notes": outlook.notes,
        "Gmail": others.gmail,
        "Gmail Android": others.gmail_android,
        "Gmail, HTML only": others.gmail_html_only,
        "Apple Mail": others.apple_mail,
        "iPhone": others.iphone,
        "iPhone, HTML only": others.iphone_html_only,
        "Thunderbird": others.thunderbird,
        "Thunderbird, below": others.thunderbird_below,
        "Thunderbird, HTML only": others.thunderbird_html_only,
        "Samsung": others.samsung,
        "K-9": others.k9,
        "Libero": others.libero,
        "Aruba": others.aruba,
        "Aruba, fields": others.aruba_fields,
        "Yahoo": others.yahoo,
        "Yahoo, HTML only": others.yahoo_html_only,
        "Zimbra": others.zimbra,
        "Windows Mail": others.windows_mail,
        "mailto": others.bare,
        "PEC": passing.pec,
    }
)
"""Those that any words can be said by: the whole of them stands above or below the quotation."""

BETWEEN: Final = MappingProxyType(
    {
        "Outlook, between": outlook.between,
        "Gmail, between": others.gmail_between,
        "Thunderbird, between": others.thunderbird_between,
    }
)
"""Those in which the words stand between the quoted lines."""

FORWARDED: Final = MappingProxyType(
    {
        "Outlook, forwarded": passing.forwarded,
        "Gmail, forwarded": passing.forwarded_gmail,
        "Apple, forwarded": passing.forwarded_apple,
    }
)
"""Those in which somebody sends our mail on to us."""

MACHINES: Final = MappingProxyType(
    {
        "automatic": passing.automatic,
        "vacation": passing.vacation,
        "bounce": passing.bounced,
        "receipt": passing.receipt,
        "newsletter": passing.newsletter,
        "read notice": passing.read_notice,
    }
)
"""No person."""

ALL: Final = MappingProxyType({**PLAIN, **BETWEEN, **FORWARDED, **MACHINES})

import email
import re
from datetime import UTC, datetime
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import segno
import typst

from mailer.compose import compose
from mailer.papers.drawing import DRAWN, draw
from mailer.papers.printed import printed
from procedure.notices import Attachment, Json, MailKind
from tests.mailer.pdf import POINTS, figure, pixels, text_of
from tests.mailer.samples import COMMON, CONTEXTS, a_mail, an_envelope

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
COVER: dict[str, Json] = {**COMMON, **CONTEXTS[MailKind.COVER]}
LIST: dict[str, Json] = {**COMMON, **CONTEXTS[MailKind.HAND_OVER_LIST]}


def cover(**more: Json) -> bytes:
    return draw(Attachment.COVER, {**COVER, **more}, AT).content


def pages(raw: bytes) -> int:
    return len(re.findall(rb"/Type/Page/", raw))


def test_every_attachment_is_drawn_by_somebody() -> None:
    assert set(DRAWN) == set(Attachment)


def test_a_cover_says_whose_quote_it_is_and_where_it_stays() -> None:
    told = text_of(cover())
    for said in (
        *("Tessitura Bianchi & Figli S.r.l.", "1042", "SEDE DI PRATO", "N. 12", "Paghe, Privacy"),
        *("mercoledì 18 novembre 2026", "lunedì 23 novembre 2026", "mercoledì 25 novembre 2026"),
        *("Ezio Rossi", "Anna Verdi", "Scheda rilevazione dati", "Fidelizzazione 2026 - 2028"),
    ):
        assert said in told
    assert told.endswith("Preparata giovedì 26 novembre 2026 da Dopovisita")


def test_the_qr_of_a_cover_is_the_internal_code_and_says_so_to_who_cannot_see_it() -> None:
    alt, box = figure(cover())
    assert alt == "Codice QR con il codice interno dell'azienda: 1042"
    wanted = [[bool(module) for module in row] for row in segno.make("1042", error="m", micro=False).matrix]
    assert modules(box, len(wanted)) == wanted


def modules(box: tuple[float, ...], size: int) -> list[list[bool]]:
    """The dark and light squares in that box of the drawn page, looked at in their middles."""
    page = pixels(printed("cover", {**COVER, "qr": "1042"}, AT, "png"))
    scale = 144 / POINTS
    left, _, right, top = (edge * scale for edge in box)
    side = (right - left) / size
    down = len(page) - top
    middles = [(n + 0.5) * side for n in range(size)]
    return [[page[round(down + y)][round(left + x)] for x in middles] for y in middles]


def test_a_cover_is_one_page_however_long_its_data() -> None:
    raw = cover(
        company="Cooperativa Immaginaria " * 10, company_ref="W" * 64, products=["Prodotto lungo"] * 40
    )
    assert pages(raw) == 1
    assert "Prodotto lungo e altri 28" in text_of(raw).replace("\n", " ")


def test_a_date_that_is_not_known_leaves_no_empty_line() -> None:
    assert "Redatto" in text_of(cover())
    assert "Redatto" not in text_of(cover(drafted_on=""))


def test_a_list_has_a_page_for_each_office_and_counts_the_soci_by_their_numbers() -> None:
    raw = draw(Attachment.HAND_OVER_LIST, LIST, AT).content
    assert pages(raw) == 2
    first, second = text_of(raw).split("Preparata", 1)
    for said in ("Ufficio Essere Impresa", "delega INPS", "socio 1, socio 2", "Firma per ricevuta"):
        assert said in first
    assert "3 moduli" in first.replace("\n", "")
    assert "RID (mandato SDD)" in second
    assert "delega INPS" not in second
    assert "1 modulo" in second.replace("\n", "")


def test_what_somebody_typed_is_never_markup() -> None:
    typed = '#read("/etc/passwd") *x* $y$ @z `w`'
    assert typed in text_of(cover(owner=typed))


@pytest.mark.parametrize("attachment", [Attachment.COVER, Attachment.HAND_OVER_LIST])
def test_a_paper_is_accessible_italian_and_the_same_at_every_resend(attachment: Attachment) -> None:
    context = {Attachment.COVER: COVER, Attachment.HAND_OVER_LIST: LIST}[attachment]
    raw = draw(attachment, context, AT).content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw
    assert b"/Lang(it)" in raw
    assert raw == draw(attachment, context, AT).content


def test_the_day_on_a_paper_is_the_italian_one_whatever_the_moment() -> None:
    late = datetime(2026, 11, 26, 23, 30, 0, 123456, tzinfo=UTC)  # half past midnight in Rome
    assert text_of(draw(Attachment.COVER, COVER, late).content).endswith(
        "Preparata venerdì 27 novembre 2026 da Dopovisita"
    )
    in_rome = late.astimezone(ZoneInfo("Europe/Rome"))
    assert draw(Attachment.COVER, COVER, in_rome) == draw(Attachment.COVER, COVER, late)


def test_a_missing_value_is_an_error_and_never_a_gap() -> None:
    context = dict(COVER)
    del context["owner"]
    with pytest.raises(typst.TypstError, match="owner"):
        draw(Attachment.COVER, context, AT)


@pytest.mark.parametrize(
    ("kind", "attachment", "name"),
    [
        (MailKind.COVER, Attachment.COVER, "copertina-1042-preventivo-12.pdf"),
        (MailKind.HAND_OVER_LIST, Attachment.HAND_OVER_LIST, "distinta-moduli-1042.pdf"),
    ],
)
def test_a_mail_carries_its_paper_beside_its_two_texts(
    kind: MailKind, attachment: Attachment, name: str
) -> None:
    mail = a_mail(kind, attachments=(attachment,))
    raw = compose(mail, an_envelope())
    message = email.message_from_bytes(raw, policy=default)
    assert message.get_content_type() == "multipart/mixed"
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == (name, "application/pdf")
    assert "Tessitura Bianchi & Figli S.r.l." in text_of(paper.get_content())
    body = message.get_body(("plain",))
    assert body is not None
    assert "in allegato" in body.get_content()
    assert raw == compose(mail, an_envelope())
    assert not message.defects


def test_a_code_of_odd_characters_gives_a_file_name_that_every_system_takes() -> None:
    assert draw(Attachment.COVER, {**COVER, "company_ref": "A/01 è?"}, AT).name == (
        "copertina-A-01-preventivo-12.pdf"
    )

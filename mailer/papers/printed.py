"""The papers that are printed, as PDF that a screen reader can read too (PDF/UA).

The drawing itself is in the `.typ` files beside this one, the words in them too; data enter them as JSON,
so what anybody typed is never markup. Refuses to know mails, and who is sent which paper.
"""

import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

import segno
import typst

from mailer.papers.paper import Paper
from procedure.italian import write_date
from procedure.notices import Json

FOLDER: Final = Path(__file__).parent
ITALY: Final = ZoneInfo("Europe/Rome")


def cover(context: Mapping[str, Json], made_at: datetime) -> Paper:
    """The first page of a quote's copy in the archive [r.167, r.184-186]; its QR is the internal code.

    Raises:
        typst.TypstError: something is missing in the context.
    """
    told = {**context, "qr": str(context["company_ref"])}
    name = f"copertina-{context['company_ref']}-preventivo-{context['number']}"
    return Paper(_file_name(name), printed("cover", told, made_at))


def hand_over_list(context: Mapping[str, Json], made_at: datetime) -> Paper:
    """What goes with signed forms to each office that receives them (A11c).

    Raises:
        typst.TypstError: something is missing in the context.
    """
    name = f"distinta-moduli-{context['company_ref']}"
    return Paper(_file_name(name), printed("hand_over_list", context, made_at))


def printed(
    template: str, told: Mapping[str, Json], made_at: datetime, form: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """The template with its data as PDF/UA, the same bytes at the same moment; as PNG, where it has one page.

    Raises:
        typst.TypstError: the template names what `told` has not.
    """
    data = {**told, "made_on": write_date(made_at.astimezone(ITALY).date())}
    return typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        font_paths=_fonts(),
        format=form,
        sys_inputs={"told": json.dumps(data), "qr": _qr(str(told.get("qr", "")))},
        pdf_standards=["ua-1"] if form == "pdf" else [],
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),  # typst takes no other
    )


@cache
def _fonts() -> typst.Fonts:
    """Those inside typst alone: a paper looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _qr(code: str) -> str:
    """A QR as SVG, without the white frame: the page has its own. Empty for no code."""
    if not code:
        return ""
    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def _file_name(name: str) -> str:
    """A file's name that every system takes."""
    return re.sub(r"[^\w.]+", "-", name, flags=re.ASCII).strip("-") + ".pdf"

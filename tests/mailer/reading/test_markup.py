import pytest

from mailer.reading.markup import text_of
from mailer.reading.quotation import new_text

REPLIES = {
    "gmail": """
<div dir="ltr">Fatto</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Il giorno gio 19 nov
2026 alle ore 09:30 Dopovisita &lt;<a href="mailto:x">x</a>&gt; ha scritto:<br></div>
<blockquote class="gmail_quote"><p>Buongiorno</p><p>AGGIORNATO</p></blockquote></div>
""",
    "outlook": """
<html><head><style>p { color: red }</style></head><body><p class="MsoNormal">Fatto<o:p></o:p></p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Da:</b> X</p></div>
<p>AGGIORNATO</p></body></html>
""",
    "outlook_on_the_web": """
<div>Fatto</div><hr><div id="divRplyFwdMsg"><b>Da:</b> X</div><div>AGGIORNATO</div>
""",
    "apple_mail": """
<html><body>Fatto<br><blockquote type="cite">Il giorno 19 nov 2026, X ha scritto:<br>AGGIORNATO</blockquote>
</body></html>
""",
    "one_who_comments": "<!-- AGGIORNATO > --><p>Fatto</p>",
}


@pytest.mark.parametrize("program", REPLIES)
def test_what_is_new_is_found_in_the_html_of(program: str) -> None:
    assert new_text(text_of(REPLIES[program])) == "Fatto"


def test_blocks_become_lines_and_entities_become_letters() -> None:
    assert text_of("<p>perch&eacute;</p><p>a&nbsp;b<br>c</p>").split() == ["perché", "a", "b", "c"]

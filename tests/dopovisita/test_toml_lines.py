"""The line of each key, however the file is written."""

import pytest

from dopovisita.toml_lines import Path, locate

TEXT = '''# un commento = "finto"
titolo = "a = [b" # [ancora]
[campagna]   # x
nome = """
[finta]
x = 1
"""
inizio=2026-01-01

 [[ sede ]]
"nome"  =  'Pistoia # [no]'
  'la casella' = "x"
elenco = [
  "a", # ]
  "b",
]
dopo = 1
[[ruolo]]
ruolo = "RA"
[ruolo.sostituto]
nome = "x"
[[ruolo]]
ruolo = "RPA"
sostituto = { nome = "a}", casella = "b" }
[[sede]]
a.b.c = 3
nome = \'\'\'
nome = "finto"\'\'\'
ultimo = "\\"[[sede]]"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("titolo",), 2),
        (("campagna",), 3),
        (("campagna", "nome"), 4),
        (("campagna", "inizio"), 8),
        (("sede", 0), 10),
        (("sede", 0, "nome"), 11),
        (("sede", 0, "la casella"), 12),
        (("sede", 0, "elenco"), 13),
        (("sede", 0, "dopo"), 17),
        (("ruolo", 0, "sostituto"), 20),
        (("ruolo", 0, "sostituto", "nome"), 21),
        (("ruolo", 1, "ruolo"), 23),
        (("ruolo", 1, "sostituto", "casella"), 24),  # inside an inline table: the line of the table
        (("sede", 1), 25),
        (("sede", 1, "a", "b", "c"), 26),
        (("sede", 1, "nome"), 27),
        (("sede", 1, "ultimo"), 29),
        (("sede", 1, "manca"), 25),  # a missing key: the line of its table
        (("manca",), None),
        ((), None),
    ],
)
def test_each_key_is_found_on_its_line(path: Path, line: int | None) -> None:
    assert locate(TEXT).of(path) == line


def test_windows_line_ends_change_nothing() -> None:
    assert locate(TEXT.replace("\n", "\r\n")).of(("sede", 1, "ultimo")) == 29

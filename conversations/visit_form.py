"""The form of a visit: which line answers which question of the script, and in which words.

A line may answer several questions (Crediti, and what became of the credit), and a question may have a line
of its own, called by its title (the forms of each socio). Refuses to know how the lines were sent.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from conversations.answers import Json
from conversations.dialogue import Asking
from conversations.form import bare, hear, reads
from conversations.phrases import has_phrase, say
from conversations.steps import Choice, Many, NotUnderstood, Step
from procedure.campaign import Product
from procedure.italian import join_it
from procedure.visits import Form

OPTIONAL: Final = ("attendees", "notes", "complaint")
"""Lines about what is seldom needed: empty, they say that there is nothing."""

LINES: Final = (
    *("credit", "visited_on", "mode", "register", "forms", "interest", "need", "why_none", "next_contact"),
    *("mood", *OPTIONAL, "confirm"),
)
"""The form's lines in its order; each has its label and its hint in `visit_form.it.toml`."""

_LINE_OF: Final = MappingProxyType({"credit_what": "credit", "catalogue": "interest", "extras": "notes"})
_NEAR: Final = 0.75
"""How alike a label must be to one of the form's to be taken for a slip of the pen, not for a signature."""

_LONG: Final = frozenset({*OPTIONAL, "field"})
_COLLECTING: Final = ("collected", "agreed", "partly", "not")
_NAMED: Final = re.compile(r"\s*([^=:(]+?)\s*(?:\(([^)]*)\)|[=:]\s*(.*?))?\s*\.?\s*", re.DOTALL)
_APART: Final = re.compile(r"[;,+\n](?![^()]*\))")
_OR_AND: Final = re.compile(r"\s+(?:e|ed)\s+")

Needs: TypeAlias = Mapping[str, str]


def line_of(step: Step[Any]) -> str:
    """The name of the line that answers a question; empty where it is called by the question's title."""
    root, _, rest = step.key.partition(":")
    return root if root == "need" else "" if rest else _LINE_OF.get(root, root)


def label_of(step: Step[Any]) -> str:
    """How the line of a question is called."""
    name = line_of(step)
    return say(f"form.{name}.label") if name else step.title


def hint_of(step: Step[Any]) -> str:
    """What may be written on it, in a few words."""
    if name := line_of(step):
        return say(f"form.{name}.hint")
    if step.key.startswith("forms:"):
        return say("form.forms.hint")
    if isinstance(step, Choice):
        return "/".join(label.lower() for label in step.labels.values())
    return step.prompt.partition("\n")[2].partition("\n")[0].lower()


@dataclass(frozen=True, slots=True)
class VisitLines:
    """What was written, by the words of its label; and the products that there are, by code."""

    written: Mapping[str, str]
    products: Mapping[str, str]

    @classmethod
    def read(cls, lines: Iterable[tuple[str, str]], products: Iterable[Product]) -> "VisitLines":
        """Of each label the first line that says something counts."""
        written: dict[str, str] = {}
        for label, text in lines:
            if text.strip():
                written.setdefault(bare(label), text.strip())
        return cls(written, {product.code: product.name for product in products})

    @property
    def confirms(self) -> bool:
        """True where the last line says yes: what is complete is recorded at once."""
        return bare(_first(self.of("confirm"))) in {"si", "ok", "confermo"}

    @property
    def unread(self) -> tuple[str, ...]:
        """Labels that are none of the form's, and yet so near to one that they were meant for it."""
        known = _labels()
        return tuple(
            label
            for label in self.written
            if label not in known and get_close_matches(label, known, n=1, cutoff=_NEAR)
        )

    def of(self, name: str) -> str:
        """What was written on the form's line of this name; empty where nothing was."""
        labels = [bare(say(f"form.{name}.label")), *_words(f"form.{name}.also")]
        return next((self.written[label] for label in labels if label in self.written), "")

    def titled(self, title: str) -> str:
        """What was written on the line of this title, with or without what it has in brackets."""
        short = re.sub(r"\([^)]*\)", "", title)
        return self.written.get(bare(title)) or self.written.get(bare(short), "")

    def saved(self, asking: Asking) -> Json:
        """What to save for this question; None where nothing was written.

        Raises:
            NotUnderstood: what was written is no answer to it.
        """
        root = asking.step.key.partition(":")[0]
        if root in _HEARD:
            return _HEARD[root](self, asking)
        text = self.of(root) if line_of(asking.step) else self.titled(asking.step.title)
        return _answer(asking, root, text) if text else None

    def left_out(self, step: Step[Any]) -> Json:
        """A need may be skipped, and what is seldom needed."""
        if line_of(step) == "need":
            return ""
        return _done([]) if step.key == "extras" else None


def _labels() -> frozenset[str]:
    """The labels of the form's lines, and the other words for them."""
    return frozenset(
        label for name in LINES for label in (bare(say(f"form.{name}.label")), *_words(f"form.{name}.also"))
    )


def _answer(asking: Asking, root: str, text: str) -> Json:
    """A button by its words or by others that mean it; a day, a value, words as they were typed."""
    step, line = asking.step, text if root in _LONG else _first(text)
    if not isinstance(step, Choice):
        return hear(asking, line)
    if key := _button(root, step.labels, line):
        return step.tap(key, asking.saved)
    if step.words is None:
        raise _not_among(line, step.labels.values())
    return hear(asking, line)


def _button(root: str, labels: Mapping[str, str], line: str) -> str | None:
    said = bare(line)
    meant = (key for key, label in labels.items() if said in {bare(label), *_words(f"form.{root}.{key}")})
    return next(meant, None)


def _credit(lines: VisitLines, asking: Asking) -> Json:
    """One line for two questions: whether there is a credit, and what became of it."""
    text = _first(lines.of("credit"))
    if not text:
        return None
    became = {key: say(f"visit.credit_what.{key}") for key in _COLLECTING}
    what = _button("credit", became, text)
    if asking.step.key == "credit_what":
        return what
    exists = "open" if what else _button("credit", _offered(asking.step), text)
    if exists is None:
        raise NotUnderstood(say("form.not_among", said=text, choices=say("form.credit.hint")))
    return exists


def _register(lines: VisitLines, asking: Asking) -> Json:
    text = lines.of("register")
    if not text:
        return None
    if bare(_first(text)) in _words("form.register.none"):
        return _done([])
    return _done([field for field, _ in _corrections(_offered(asking.step), text)])


def _field(lines: VisitLines, asking: Asking) -> Json:
    """The right value: beside its field on the line of what is wrong; or on a line of its own, once it was
    asked for.
    """
    step, name = asking.step, asking.step.key.partition(":")[2]
    text = dict(_corrections({name: step.title}, lines.of("register"), among_others=True)).get(name, "")
    if not text and not reads(step, asking.saved):
        text = lines.titled(step.title)
    return _answer(asking, "field", text) if text else None


def _corrections(
    labels: Mapping[str, str], text: str, *, among_others: bool = False
) -> Iterator[tuple[str, str]]:
    """The fields that a line names, each with the value that follows it."""
    known = "|".join(sorted(map(re.escape, labels.values()), key=len, reverse=True))
    for piece in re.split(rf"[;\n]|,(?=\s*(?:{known})\b)", text, flags=re.IGNORECASE):
        named = re.fullmatch(rf"\W*({known})\b\s*(?:=|:|->|→|è\b)?\s*(.*)", piece.strip(), re.IGNORECASE)
        if named:
            name = next(key for key, label in labels.items() if bare(label) == bare(named[1]))
            yield name, named[2].strip()
        elif piece.strip() and not among_others:
            raise NotUnderstood(say("form.not_a_field", said=piece.strip()))


def _forms(lines: VisitLines, asking: Asking) -> Json:
    """All at once; or each by itself, where there are lines for that."""
    title = asking.step.title
    text = lines.titled(title) if title else lines.of("forms")
    if text:
        return _answer(asking, "forms", text)
    whose = bare(title)[len("moduli del ") :]
    return "each" if _of_each(lines, whose) else None


def _of_each(lines: VisitLines, whose: str = "") -> bool:
    """Whether anything was written on the line of one form, or of one socio."""
    forms = tuple(bare(re.sub(r"\(.*", "", form.value)) for form in Form)
    each = [label for label in lines.written if label.startswith(forms) or label.startswith("moduli del")]
    return any(label.endswith(whose) for label in each)


def _interest(lines: VisitLines, asking: Asking) -> Json:
    """One line for the integrated products and those of the catalogue."""
    wanted = _wanted(lines)
    if wanted is None:
        return None
    offered: Mapping[str, str] = _offered(asking.step)
    chosen = [code for code in offered if code in wanted]
    if asking.step.key == "interest" and wanted.keys() - offered.keys():
        chosen.append("+")
    return _done([*chosen])


def _need(lines: VisitLines, asking: Asking) -> Json:
    """Beside its product on the line of the interests, or on that of the needs."""
    code, wanted = asking.step.key.partition(":")[2], _wanted(lines) or {}
    needs = {**_needs(lines, wanted), **{key: need for key, need in wanted.items() if need}}
    return hear(asking, needs[code]) if needs.get(code) else None


def _wanted(lines: VisitLines) -> Needs | None:
    text = lines.of("interest")
    if not text:
        return None
    return {} if bare(text) in _words("form.interest.none") else dict(_products(lines, text))


def _needs(lines: VisitLines, wanted: Needs) -> Needs:
    """What the line of the needs says; of the one product that is wanted, without its name."""
    text = lines.of("need")
    if not text:
        return {}
    if len(wanted) == 1 and not re.search("[=:]", text):
        return dict.fromkeys(wanted, text)
    needs = dict(_products(lines, text, apart=re.compile(r"[;\n]")))
    if not any(needs.values()):
        raise NotUnderstood(say("form.need_of_which", product=next(iter(lines.products.values()), "")))
    return needs


def _products(lines: VisitLines, text: str, apart: re.Pattern[str] = _APART) -> Iterator[tuple[str, str]]:
    """The products that a line names, each with the need that follows it."""
    for code, name in sorted(lines.products.items(), key=lambda one: -len(one[1])):
        text = re.sub(re.escape(name), code, text, flags=re.IGNORECASE)
    for piece in filter(str.strip, apart.split(text)):
        if named := _NAMED.fullmatch(piece):
            names = [named[1]] if named[2] or named[3] else _OR_AND.split(named[1])
            for name in names:
                yield _product(lines.products, name), (named[2] or named[3] or "").strip()


def _product(products: Mapping[str, str], said: str) -> str:
    """The product that has all these words, each at the beginning of one of its own."""
    words = bare(said).split()
    exact = [code for code in products if bare(code) == bare(said)]
    found = exact or [code for code, name in products.items() if words and _has(bare(name).split(), words)]
    if len(found) > 1:
        choices = join_it([products[code] for code in found], "o")
        raise NotUnderstood(say("form.several", said=said.strip(), choices=choices))
    if not found:
        raise _no_product(said.strip(), products)
    return found[0]


def _no_product(said: str, products: Mapping[str, str]) -> NotUnderstood:
    """Which one may have been meant; else where they all stand."""
    own = {word: name for name in products.values() for word in (bare(name), *bare(name).split())}
    near = [own[word] for word in get_close_matches(bare(said), own, n=1, cutoff=_NEAR)]
    phrase = "form.near_product" if near else "form.no_product"
    return NotUnderstood(say(phrase, said=said, near=join_it(near)))


def _has(name: list[str], words: list[str]) -> bool:
    return all(any(own.startswith(word) for own in name) for word in words)


def _extras(lines: VisitLines, asking: Asking) -> Json:
    """What is written on any of its lines, beside what was said before."""
    offered: Mapping[str, str] = _offered(asking.step)
    written = {name for name in offered if lines.of(name)}
    if "forms" in offered and _of_each(lines):
        written.add("forms")
    if not written:
        return None
    before = asking.step.read(asking.saved) if reads(asking.step, asking.saved) else ()
    return _done([name for name in offered if name in written or name in before])


_HEARD: Final[Mapping[str, Callable[[VisitLines, Asking], Json]]] = MappingProxyType(
    {
        "credit": _credit,
        "credit_what": _credit,
        "register": _register,
        "field": _field,
        "forms": _forms,
        "interest": _interest,
        "catalogue": _interest,
        "need": _need,
        "extras": _extras,
    }
)


def _offered(step: Step[Any]) -> Mapping[str, str]:
    """The buttons of a question that has some, each with its label."""
    return step.labels if isinstance(step, Choice | Many) else {}


def _done(chosen: list[str]) -> Json:
    return {"chosen": [*chosen], "done": True}


def _not_among(said: str, choices: Iterable[str]) -> NotUnderstood:
    return NotUnderstood(say("form.not_among", said=said, choices=" / ".join(choices)))


def _first(text: str) -> str:
    return text.partition("\n")[0].strip()


def _words(key: str) -> tuple[str, ...]:
    """Other words that mean the same, bare."""
    return tuple(bare(word) for word in say(key).split(",")) if has_phrase(key) else ()

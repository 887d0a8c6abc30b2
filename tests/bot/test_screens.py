"""Every screen within Telegram's limits, with the longest data there is; and nothing private in any."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from actions.confirm_visit import Confirmed, Term
from actions.converse import Talk
from actions.grounds import Grounds
from actions.quote_facts import QUOTE_FLOWS
from bot.buttons import LIMIT, Garbled, Verb, button, read
from bot.screens import morning, pushes
from bot.screens.company import Card, draw_company
from bot.screens.confirmed import draw_confirmed
from bot.screens.home import (
    draw_companies,
    draw_help,
    draw_media,
    draw_privacy,
    draw_withheld,
)
from bot.screens.screen import LABEL_LIMIT, TEXT_LIMIT, Screen, bold, esc, fit, short
from bot.screens.talk import ask_to_cancel, draw_talk
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, answer, standing
from conversations.flows import FLOWS
from conversations.quote import Line, QuoteFacts
from procedure.campaign import Contact, Product, ProductKind
from procedure.deadlines import DeadlineKind, Due
from procedure.fields import RegisterField
from procedure.notices import About, Mail, MailKind, Subject
from procedure.people import Person, Role
from procedure.quote_days import Earlier, QuoteDay
from procedure.quotes import Quote, QuoteEvent, QuoteState
from procedure.visits import Code, Company, CreditOutcome, VisitMode, VisitReport
from store.deadlines import DeadlineRow
from store.drafts import DraftRow
from store.page import Page
from store.register import CompanyLine
from tests.conversations.given import PERSONAL, PRODUCTS, TODAY, a_company, about
from tests.conversations.walker import walk

LARGEST = 2**31 - 1
LONG = "<Ditta & Figli> «Àèìòù» " * 10  # 240 characters, the longest the register keeps is 254
LONG_FIELDS: dict[str, Any] = {
    f.name.lower(): LONG for f in RegisterField if f is not RegisterField.CODICE_FISCALE
}
LONG_COMPANY = replace(
    a_company(soci=3, **LONG_FIELDS),
    id=LARGEST,
    name=LONG,
    ref="A" * 64,
    site="Montecatini Terme",
    joined_on=date(2026, 11, 2),
)
FORTY = tuple(
    Product(
        f"CODICE-{n:02}-{'X' * 10}",
        f"Prodotto numero {n} {'con un nome lungo ' * 4}",
        ProductKind.INTEGRATED if n < 12 else ProductKind.CATALOGUE,
        Contact("Ivo", "ivo@x.it"),
    )
    for n in range(40)
)
ADA = Person(LARGEST, "Ada Maria " + LONG, "ada@x.it", frozenset({Role.AV, Role.RS}), "Pistoia")
NOON = datetime(2026, 11, 18, 12, tzinfo=None)  # noqa: DTZ001 – no screen shows the hour


class Tags(HTMLParser):
    """Telegram's HTML: only a few tags, each closed where it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i"}
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(screen: Screen) -> None:
    """Telegram takes it."""
    assert screen.shown.strip()
    assert screen.shown.strip() != "…"
    assert len(screen.shown.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    Tags(screen.shown)
    keyboard = screen.markup["inline_keyboard"]
    assert isinstance(keyboard, list)
    buttons: list[Any] = [one for row in keyboard if isinstance(row, list) for one in row]
    assert len(buttons) <= 100
    assert all(isinstance(row, list) and 0 < len(row) <= 8 for row in keyboard)
    for one in buttons:
        assert 0 < len(one["text"]) <= LABEL_LIMIT
        assert 0 < len(one["callback_data"].encode()) <= LIMIT
        read(one["callback_data"])
    data = [one["callback_data"] for one in buttons]
    assert len(set(data)) == len(data)
    assert set(screen.menu.values()) <= set(data)
    assert sum(len(one["text"].encode()) + len(one["callback_data"]) for one in buttons) < 9000


def talk_of(flow: Flow[Any, Any], company: Company, draft: Any, state: Any, note: str = "") -> Talk:
    about = About(Subject.COMPANY, company.id)
    row = DraftRow(LARGEST, 1, about, company.id, replace(draft, revision=99_999), NOON)
    return Talk(row, flow, Grounds(None, company.name), state, note)


def talks() -> Iterator[Talk]:
    facts = about(LONG_COMPANY, FORTY)
    for path in walk(FLOWS["visit"], facts, budget=1):
        for draft, state in zip(path.drafts, path.states, strict=True):
            yield talk_of(FLOWS["visit"], LONG_COMPANY, draft, state)
    lines = tuple(Line(LARGEST - n, p.name, Decimal("99999999.99")) for n, p in enumerate(FORTY[:6]))
    odd = dict.fromkeys(QuoteEvent, Earlier(QuoteDay.DELIVERED, TODAY))
    quote = QuoteFacts(
        TODAY, LONG, ", ".join(p.name for p in FORTY), lines, TODAY, (QuoteEvent.DELIVERED,), odd
    )
    for name in QUOTE_FLOWS:
        for path in walk(FLOWS[name], quote, budget=1):
            for draft, state in zip(path.drafts, path.states, strict=True):
                yield talk_of(FLOWS[name], LONG_COMPANY, draft, state)


def test_every_question_and_every_recap_is_within_telegram_s_limits() -> None:
    drawn = 0
    for talk in talks():
        check(draw_talk(talk))
        drawn += 1
    assert drawn > 500


def the_longest_visit() -> Talk:
    """Every field wrong, forty needs of two hundred characters, a note and a complaint of a thousand."""
    flow, facts = FLOWS["visit"], about(LONG_COMPANY, FORTY)
    draft = flow.begin()
    while isinstance(state := standing(flow, facts, draft), Asking):
        draft = answer(flow, facts, draft, longest(state))
    return talk_of(flow, LONG_COMPANY, draft, state)


def longest(state: Asking) -> Any:
    key = state.step.key
    if key in {"interest", "catalogue", "extras"}:
        left = [o.key for o in state.view.options if o.key != "=" and not o.chosen]
        return Tap(left[0] if left else "=")
    if key == "register":
        wanted = [f"{f.value}" for f in (RegisterField.NAME, RegisterField.ADDRESS)]
        left = [o.key for o in state.view.options if o.key in wanted and not o.chosen]
        return Tap(left[0] if left else "=")
    if key.startswith("field:"):
        return Typed("Nome & Cognome <b> " * 13)
    if key.startswith("need:"):
        return Typed("così <e> così " * 14)
    if key in {"notes", "complaint"}:
        return Typed("una riga\ndi <nota> & basta\n" * 37)
    return Typed("x" * 200) if key == "attendees" else Tap(state.view.options[0].key)


def test_the_longest_visit_there_is_shows_every_answer_in_its_recap() -> None:
    talk = the_longest_visit()
    assert isinstance(talk.state, Complete)
    screen = draw_talk(talk)
    check(screen)
    assert len(screen.text) > 3000
    assert f"\n{len(talk.state.trail)}. " in screen.shown


def test_a_short_recap_shows_whole_answers_one_a_line() -> None:
    flow, facts = FLOWS["visit"], about(products=PRODUCTS)
    raws = (
        "none",
        "2026-11-18",
        "company",
        "=",
        "in_order",
        "=",
        "not_now",
        "2027-02-16",
        "good",
        "notes",
        "=",
    )
    draft = flow.begin()
    told: list[Tap | Typed] = [*map(Tap, raws), Typed("prima riga\n\nseconda <riga>")]
    for raw in told:
        draft = answer(flow, facts, draft, raw)
    screen = draw_talk(talk_of(flow, facts.company, draft, standing(flow, facts, draft)))
    check(screen)
    assert "11. Nota: <b>prima riga seconda &lt;riga&gt;</b>" in screen.shown


def test_every_button_of_a_question_has_a_number_to_type_and_back_is_zero() -> None:
    flow, facts = FLOWS["visit"], about()
    screen = draw_talk(talk_of(flow, facts.company, flow.begin(), standing(flow, facts, flow.begin())))
    labels = [b["text"] for row in screen.markup["inline_keyboard"] for b in row]  # type: ignore[union-attr, index, call-overload] # Json
    assert [str(label).partition(". ")[0] for label in labels[:4]] == ["1", "2", "3", "0"]
    assert set(screen.menu) == {"0", "1", "2", "3"}
    assert "/annulla" in str(labels[-1])


def test_a_note_of_two_lines_keeps_its_tags() -> None:
    flow, facts = FLOWS["visit"], about()
    talk = talk_of(flow, facts.company, flow.begin(), standing(flow, facts, flow.begin()), "Uno & due\ntre")
    screen = draw_talk(talk)
    check(screen)
    assert screen.shown.startswith("<i>Uno &amp; due</i>\n<i>tre</i>\n\n<b>Tessitura")


def test_no_question_shows_a_person_s_codice_fiscale_or_a_socio_s_name() -> None:
    facts = about(a_company(codice_fiscale=PERSONAL, soci=3))
    for path in walk(FLOWS["visit"], facts, budget=1):
        for draft, state in zip(path.drafts, path.states, strict=True):
            screen = draw_talk(talk_of(FLOWS["visit"], facts.company, draft, state))
            assert PERSONAL not in screen.text + str(screen.markup)
            assert "Segreto" not in screen.text + str(screen.markup)


# Companies, quotes, terms


def a_due(kind: DeadlineKind = DeadlineKind.D6, day: date = TODAY) -> Due:
    told = "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18, " + LONG
    return Due(kind, day, day, day, day, told)


def a_row(kind: DeadlineKind = DeadlineKind.D6, subject: Subject = Subject.VISIT, n: int = 0) -> DeadlineRow:
    return DeadlineRow(
        LARGEST - n, About(subject, LARGEST - n), 1, LONG, 1, "x@x.it", a_due(kind), NOON, None, None, TODAY
    )


def a_quote(state: QuoteState) -> Quote:
    return Quote(
        LARGEST, 1, 1, ProductKind.INTEGRATED, 1, "x@x.it", state, TODAY, TODAY, TODAY, TODAY, TODAY, TODAY,
        Decimal("99999999.99"), "costa",
    )  # fmt: skip


@pytest.mark.parametrize("soci", [0, 1, 3])
@pytest.mark.parametrize("code", Code)
def test_a_company_s_card_is_within_limits_and_private(code: Code, soci: int) -> None:
    company = replace(LONG_COMPANY, code=code, partners=a_company(soci=soci).partners)
    rows = [a_row(n=n) for n in range(6)]
    quotes = [replace(a_quote(state), id=n) for n, state in enumerate(QuoteState)]
    for begun, ceased in ((None, False), (LARGEST, False), (None, True)):
        card = Card(ADA, replace(company, ceased=ceased), TODAY, begun, TODAY, quotes, rows)
        screen = draw_company(card)
        check(screen)
        assert "Segreto" not in screen.text


def test_a_card_hides_a_person_s_codice_fiscale_and_shows_a_company_s() -> None:
    for code, shown in ((PERSONAL, False), ("70000010473", True)):
        card = Card(ADA, a_company(codice_fiscale=code), TODAY, None, None, (), ())
        assert (code in draw_company(card).text.replace("Partita IVA: 70000010473", "")) == shown


def test_a_ceased_company_and_one_only_seen_offer_no_visit() -> None:
    rpc = Person(9, "Tea Prova", "t@x.it", frozenset({Role.RPC}))
    for person, company in ((ADA, replace(a_company(), ceased=True, assignee=ADA.id)), (rpc, a_company())):
        screen = draw_company(Card(person, company, TODAY, None, None, (), ()))
        assert not any(data.startswith("v:") for data in screen.menu.values())


def test_a_recorded_visit_tells_every_mail_its_role_and_every_term_its_owner() -> None:
    kinds = [
        kind
        for kind in MailKind
        if kind.value[0] in "EAR" and kind.value not in {"E10", "E11", "AVVISO", "ATTRIBUZIONI", "ASSENZA"}
    ]
    contact = Contact("Nome Cognome", "x@x.it")
    mails = tuple(Mail("k", kind, About(Subject.VISIT, 1), (contact,), (contact,)) for kind in kinds)
    report = VisitReport(1, TODAY, VisitMode.AT_COMPANY, CreditOutcome.UNCOLLECTED, next_contact_on=TODAY)
    terms = tuple(Term(replace(a_due(kind), explanation="entro oggi"), "Ivo") for kind in DeadlineKind)
    screen = draw_confirmed(Confirmed(1, TODAY, LONG_COMPANY, report, mails, terms))
    check(screen)
    assert screen.shown.count("Nome Cognome (p.c. Nome Cognome)") == len(kinds)
    assert "(in ritardo)" not in screen.shown
    late = draw_confirmed(Confirmed(1, date(2026, 12, 1), LONG_COMPANY, report, (), terms))
    assert late.shown.count("(in ritardo)") == len(DeadlineKind)
    assert "Nessuna mail da mandare" in late.shown


def test_lists_of_companies_are_within_limits() -> None:
    lines = tuple(
        CompanyLine(LARGEST - n, "A" * 64, LONG, LONG, Code.MEMBER, TODAY if n % 2 else None, TODAY)
        for n in range(8)
    )
    for words in (None, "", "forno:e:caffè", "<b>" * 20, "àèì" * 40):
        for page in (Page(lines, 120, 8), Page(lines[:1], 1, 0), Page((), 0, 0)):
            check(draw_companies(page, TODAY, words))


def test_help_privacy_and_the_rest_are_within_limits() -> None:
    for screen in (
        draw_help(ADA),
        draw_help(replace(ADA, roles=frozenset({Role.RPS}))),
        draw_privacy(),
        draw_withheld(("IBAN", "codice fiscale")),
        draw_media(),
        ask_to_cancel(LARGEST, LONG),
    ):
        check(screen)


# Messages that come by themselves


def an_item(n: int, kind: DeadlineKind = DeadlineKind.D6, subject: Subject = Subject.VISIT) -> dict[str, Any]:
    return {
        "deadline": n,
        "kind": kind.value,
        "level": "late",
        "title": f"{kind.label}: {LONG}",
        "company": LONG,
        "company_id": n,
        "explanation": LONG,
        "late": bool(n % 2),
        "about_kind": subject.value,
        "about_id": LARGEST - n,
    }


def a_morning(each: int = 40) -> list[dict[str, Any]]:
    heads = [("late", "In ritardo"), ("today", "Oggi"), ("soon", "Presto"), ("questions", "Domande")]
    return [
        {"name": name, "head": head, "items": [an_item(n) for n in range(each)]}
        for name, head in [*heads, ("place", f"Per conto di {LONG}")]
    ]


AN_APPOINTMENT: dict[str, Any] = {
    "appointment": LARGEST,
    "company": LONG,
    "company_id": LARGEST,
    "when": "mercoledì 30 settembre 2026 alle 15:00",
    "hour": "15:00",
    "days_ahead": 1,
    "where": LONG * 2,
    "phones": ["+390573000101", "+393330000001"],
    "note": LONG[:200],
    "checked": False,
}


def a_part(number: int) -> dict[str, Any]:
    item = {"deadline": 1, "title": LONG, "late": "in ritardo di 1000 giorni lavorativi", "put_off": LONG}
    people = [{"name": LONG, "away": True, "items": [item] * n} for n in (1, 9)]
    return {"head": f"Ruolo scoperto: {LONG}" if number else "", "people": people}


PUSHES: dict[str, dict[str, Any]] = {
    "morning": {"day": "oggi", "sections": a_morning(), "more": 999},
    "follow_up": an_item(1, DeadlineKind.D13, Subject.QUOTE),
    "digest": {"head": LONG, "parts": [a_part(n) for n in range(9)]},
    "reply_recorded": {"company": LONG, "who": LONG, "what": LONG},
    "reply_to_read": {"company": LONG, "who": LONG, "first_line": "<b>" * 3000, "letter": LARGEST},
    "question": {"company": LONG, "who": LONG, "words": "<b>" * 3000},
    "too_many_letters": {"who": LONG},
    "reply_undone": {"company": LONG, "who": LONG, "what": LONG},
    "letters_to_sort": {"count": 999},
    "colleague_asked": {
        "company": LONG,
        "who": LONG,
        "first_line": "<b>" * 3000,
        "would": [LONG] * 3,
        "letter": LARGEST,
    },
    "which_one": {
        "who": LONG,
        "first_line": LONG,
        "letter": LARGEST,
        "candidates": [{"number": n, "what": LONG, "would": LONG} for n in range(1, 9)],
    },
    "absence_read": {"company": "", "who": LONG, "first_line": LONG, "letter": LARGEST},
    "credit_collected": {"company": LONG, "who": LONG, "visit": LARGEST},
    "quote_not_mine": {"company": LONG, "products": LONG, "who": LONG, "words": LONG, "quote": LARGEST},
    "quote_passed": {"company": LONG, "products": LONG, "by": LONG, "quote": LARGEST},
    "quote_split": {"company": LONG, "products": LONG, "quote": LARGEST},
    "appointment_eve": AN_APPOINTMENT,
    "appointment_asked": AN_APPOINTMENT,
    "quote_closed": {"company": LONG, "products": ", ".join(p.name for p in FORTY), "state": "accettato"},
    "chat_refused": {"name": LONG},
    "date_corrected": {
        **dict.fromkeys(("company", "who", "field", "old", "new", "reason"), LONG),
        "moves": [LONG] * 8,
    },
    "terms_moved": {"lines": [LONG] * 17},
    "standing_in": {
        "name": LONG,
        "days": LONG,
        "due": 999,
        "held": 999,
        "items": [LONG] * 10,
        "appointments": [LONG] * 10,
    },
    "handed_on": {
        "name": LONG,
        "companies": 1,
        "deadlines": 999,
        "quotes": 1,
        "appointments": 2,
        "drafts": 1,
        "items": [LONG] * 10,
        "by_mail": False,
        "deputies": 3,
    },
    "handed_on_list": {"name": LONG, "items": [LONG] * 500, "more": 99},
    "orphaned": {
        "name": LONG,
        "email": LONG,
        "companies": 999,
        "deadlines": 1,
        "quotes": 2,
        "appointments": 1,
        "drafts": 9,
        "deputies": 0,
    },
    "deputy_left": {"name": LONG},
    "standing_in_over": {"name": LONG, "back_on": LONG},
    "absence_by_other": {"by": LONG, "days": LONG, "deputy": LONG},
    "companies_given": {
        "how": "passed",
        "by": LONG,
        "reason": LONG,
        "count": 99,
        "companies": [{"id": LARGEST - n, "name": LONG, "site": LONG, "term": LONG} for n in range(20)],
    },
    "import_undone": {"loaded_on": LONG},
    "to_confirm": {"proposals": 99, "nobody": 1, "changes": 2},
    "missing_copies": {
        "site": "Montecatini Terme",
        "copies": [
            {"quote": n, "company": LONG, "ref": "A" * 64, "day": "lunedì 1 gennaio 2026", "owner": LONG}
            for n in range(50)
        ],
    },
    "new_members": {"month": "ottobre 2026"},
    "mail_failed": {"to": LONG, "what": LONG, "error": "550 & no\n" * 900},
}


@pytest.mark.parametrize("name", PUSHES)
def test_every_message_that_comes_by_itself_is_within_limits(name: str) -> None:
    check(pushes.draw_push(name, PUSHES[name]))


def test_every_screen_that_an_action_queues_can_be_drawn() -> None:
    assert set(PUSHES) == set(pushes._SCREENS)  # the table is the carrier's contract


def test_a_sollecito_has_its_four_buttons() -> None:
    """Section 6 of the issue."""
    screen = pushes.draw_push("follow_up", PUSHES["follow_up"])
    keyboard = screen.markup["inline_keyboard"]
    for words in ("Fatto oggi", "Accettato", "Non accettato", "Rinvia"):
        assert words in str(keyboard)


def test_a_long_morning_tells_the_late_ones_first_and_how_many_are_left() -> None:
    items = [{**an_item(n), "title": f"titolo {n}", "explanation": "entro oggi"} for n in range(200)]
    late, soon = {"name": "late", "head": "In ritardo"}, {"name": "soon", "head": "Presto"}
    sections = [{**late, "items": items[:10]}, {**soon, "items": items[10:]}]
    screen = pushes.draw_push("morning", {"day": "oggi", "sections": sections, "more": 3})
    assert screen.shown.index("In ritardo") < screen.shown.index("titolo 9") < screen.shown.index("Presto")
    assert screen.shown.count("titolo") == morning.SHOWN
    assert screen.shown.endswith(f"Altre {200 - morning.SHOWN + 3} cose in /oggi.")


def test_each_item_of_the_morning_is_finished_by_its_button_or_put_off() -> None:
    kinds = {
        "q:9": an_item(7, DeadlineKind.D10, Subject.QUOTE),
        "f:9:D6": an_item(7, DeadlineKind.D6),
        "v:7": an_item(7, DeadlineKind.D1, Subject.COMPANY),
        "k:7": an_item(7, DeadlineKind.D5),
    }
    for data, item in kinds.items():
        sections = [{"name": "today", "head": "Oggi", "items": [{**item, "about_id": 9}]}]
        (row,) = pushes.draw_push("morning", {"day": "oggi", "sections": sections, "more": 0}).rows
        assert [one.data for one in row] == [data, "Rp:7"]


def test_what_is_heard_in_another_s_place_says_what_is_late() -> None:
    sections = [{"name": "place", "head": "Per conto di Ada", "items": [an_item(1), an_item(2)]}]
    screen = pushes.draw_push("morning", {"day": "oggi", "sections": sections, "more": 1})
    assert screen.text.count("(in ritardo)") == 1
    assert "Per conto di Ada" in screen.text
    assert "Un'altra cosa in /oggi." in screen.text


def test_an_unknown_message_is_a_fault() -> None:
    with pytest.raises(KeyError):
        pushes.draw_push("nothing", {})


# Buttons and texts


@pytest.mark.parametrize("data", ["", ":", "z:1", "A:1", "a a:1", "🙂", "aa:1:2"])
def test_a_button_never_made_is_garbled(data: str) -> None:
    with pytest.raises(Garbled):
        read(data)


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "99999999999999999999", "2147483648", "0x1"])
def test_a_forged_number_is_garbled(number: str) -> None:
    with pytest.raises(Garbled):
        read(f"q:{number}").number(0)
    with pytest.raises(Garbled):
        read("q").number(0)


def test_a_button_reads_back_as_it_was_made() -> None:
    pressed = read(button("x", Verb.ANSWER, 7, 3, "form:71:rid").data)
    assert (pressed.verb, pressed.number(0), pressed.number(1), pressed.rest(2)) == (
        Verb.ANSWER,
        7,
        3,
        "form:71:rid",
    )


def test_a_button_too_long_is_a_fault() -> None:
    with pytest.raises(ValueError, match="64"):
        _ = button("x", Verb.SEARCH, "à" * 40).data


def test_a_text_too_long_is_cut_at_a_line_and_never_inside_a_tag() -> None:
    text = "\n".join(bold(f"riga {n} & <altro> 😀") for n in range(400))
    cut = fit(text)
    assert len(cut.encode("utf-16-le")) // 2 <= TEXT_LIMIT
    assert cut.endswith("\n…")
    Tags(cut)
    assert fit("breve") == "breve"


def test_data_in_a_screen_is_never_markup() -> None:
    assert esc("<b>&</b>") == "&lt;b&gt;&amp;&lt;/b&gt;"
    assert re.fullmatch(r"<b>[^<>]*</b>", bold("</b><i>"))
    assert short("  una \n riga ", 40) == "una riga"
    assert short("x" * 50, 10) == "x" * 9 + "…"

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.campaign import Contact
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.deciding import (
    Ambiguous,
    As,
    Automated,
    Colleague,
    Decision,
    Matched,
    Sent,
    Unknown,
    Why,
    Writer,
    decide,
    why,
)
from procedure.correspondence.evidence import Clue, Traces, Where, evidence
from procedure.correspondence.machines import Automatic, is_machine
from procedure.correspondence.tokens import MAC_BYTES, mint, read, ref_of
from procedure.notices import About, Json, Mail, MailKind, Subject

SECRET = b"a secret of the tests, 32 bytes."
REFS = st.from_regex(r"[a-z0-9]{1,24}", fullmatch=True)
A, B = mint(SECRET, ref_of("E3:visit:1")), mint(SECRET, ref_of("E4:visit:1"))


def sent(
    token: str,
    address: str = "ra@associazione.example.com",
    kind: MailKind = MailKind.E3_CORRECTIONS_TO_RA,
    **context: Json,
) -> Sent:
    mail = Mail(
        key=token,
        kind=kind,
        about=About(Subject.VISIT, 1),
        to=(Contact("RA", address),),
        cc=(Contact("RPS", "rps@associazione.example.com"),),
        context=context,
    )
    return Sent(1, f"<{token}@visite.example.com>", mail)


KNOWN = {A: sent(A), B: sent(B, kind=MailKind.E4_FORMS_TO_OFFICE)}
RA = Writer("ra@associazione.example.com")


@given(REFS)
def test_a_token_reads_back_to_what_it_was_minted_for(ref: str) -> None:
    assert read(SECRET, mint(SECRET, ref)) == ref
    assert read(SECRET, mint(SECRET, ref).upper()) == ref


@given(REFS, st.integers(min_value=0), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_token_changed_in_one_letter_is_none_of_ours(ref: str, place: int, letter: str) -> None:
    token = mint(SECRET, ref)
    place %= len(token)
    forged = token[:place] + letter + token[place + 1 :]
    assert read(SECRET, forged) == (ref if forged == token else None)


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read(SECRET, text) is None
    assert evidence(SECRET, Traces((text,), text, (text,), text, text)) == ()


def test_the_token_of_another_secret_is_none_of_ours() -> None:
    assert read(b"another secret", A) is None


def test_a_token_is_signed_with_eighty_bits_at_least() -> None:
    assert MAC_BYTES * 8 >= 80


def test_a_token_fits_in_the_local_part_of_an_address() -> None:
    assert len(f"assistente.visite+{A}") <= 64


@pytest.mark.parametrize("ref", ["", "A1", "con spazio", "x" * 25, "e3:1"])
def test_a_reference_that_an_address_would_not_carry_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        mint(SECRET, ref)


@pytest.mark.parametrize(
    ("traces", "where"),
    [
        (Traces(recipients=(f"Visite+{A.upper()}@Visite.example.com",)), Where.ADDRESS),
        (Traces(in_reply_to=f"<{A}@visite.example.com>"), Where.IN_REPLY_TO),
        (Traces(references=("<x@y.example.com>", f"<{A}@visite.example.com>")), Where.REFERENCES),
        (Traces(subject=f"WG: R: Dati da aggiornare [#{A}]"), Where.SUBJECT),
        (Traces(body=f"> Grazie,\n> Riferimento: [#{A}]"), Where.BODY),
    ],
)
def test_a_token_is_found_wherever_it_survives(traces: Traces, where: Where) -> None:
    assert evidence(SECRET, traces) == (Clue(A, where),)
    assert decide(evidence(SECRET, traces), KNOWN, RA) == Matched(KNOWN[A], where)


def test_the_strongest_place_comes_first_and_the_nearest_reference_before_the_older() -> None:
    traces = Traces((f"v+{A}@x.example.com",), f"<{A}@x>", (f"<{B}@x>", f"<{A}@x>"), f"[#{B}]", A)
    found = [(clue.where, clue.token) for clue in evidence(SECRET, traces)]
    assert found == [
        (Where.ADDRESS, A),
        (Where.IN_REPLY_TO, A),
        (Where.REFERENCES, A),
        (Where.REFERENCES, B),
        (Where.SUBJECT, B),
        (Where.BODY, A),
    ]


def test_a_right_token_from_a_stranger_is_never_an_effect() -> None:
    clues = evidence(SECRET, Traces(in_reply_to=f"<{A}@x>"))
    assert decide(clues, KNOWN, Writer("estraneo@altrove.example.com")) == Unknown(Why.SENDER_NOT_ALLOWED)
    assert decide(clues, KNOWN, Writer("")) == Unknown(Why.SENDER_NOT_ALLOWED)


def test_a_weaker_place_does_not_let_in_whom_the_stronger_shuts_out() -> None:
    known = {A: sent(A, "rpa@altrove.example"), B: sent(B)}
    known[A] = replace(known[A], mail=replace(known[A].mail, cc=()))
    clues = (Clue(A, Where.ADDRESS), Clue(B, Where.BODY))
    assert decide(clues, known, RA) == Unknown(Why.SENDER_NOT_ALLOWED)


def test_who_was_in_copy_may_answer() -> None:
    decision = decide((Clue(A, Where.ADDRESS),), KNOWN, Writer("rps@associazione.example.com"))
    assert decision == Matched(KNOWN[A], Where.ADDRESS)


LUCA = Writer("luca@associazione.example.com")


def test_a_right_token_from_the_same_office_waits_for_the_addressee() -> None:
    clues = (Clue(A, Where.ADDRESS),)
    assert decide(clues, KNOWN, LUCA) == Colleague(KNOWN[A], Where.ADDRESS, As.OFFICE)


@pytest.mark.parametrize("domain", ["gmail.com", "Libero.it", "pec.it"])
def test_where_anybody_may_have_a_mailbox_nobody_is_a_colleague(domain: str) -> None:
    mail = replace(sent(A, f"am@{domain}").mail, cc=())
    known = {A: Sent(1, "<a@b>", mail)}
    stranger = Writer(f"altro@{domain.lower()}")
    assert decide((Clue(A, Where.ADDRESS),), known, stranger) == Unknown(Why.SENDER_NOT_ALLOWED)


@pytest.mark.parametrize(
    ("quality", "decision"),
    [(As.STAND_IN, Matched), (As.BEARER, Matched), (As.HOUSE, Colleague)],
)
def test_whom_the_house_knows_for_a_mail_writes_in_that_quality(
    quality: As, decision: type[Decision]
) -> None:
    known = {A: replace(KNOWN[A], others=(("dina@altrove.example", quality),))}
    decided = decide((Clue(A, Where.BODY),), known, Writer("dina@altrove.example"))
    assert isinstance(decided, decision)
    assert decided == (Matched if decision is Matched else Colleague)(known[A], Where.BODY, quality)


def test_a_forged_letter_is_nobodys_whatever_it_carries() -> None:
    forged = Writer(RA.address, Authentic.FAILED)
    assert decide((Clue(A, Where.ADDRESS),), KNOWN, forged) == Unknown(Why.FORGED)


def test_a_stranger_who_forwards_our_mail_has_no_right_to_it() -> None:
    forwarded = Traces(subject="I: Dati da aggiornare", body=f"guarda qui\n> Riferimento: [#{A}]")
    decision = decide(evidence(SECRET, forwarded), KNOWN, Writer("amico@altrove.example"))
    assert decision == Unknown(Why.SENDER_NOT_ALLOWED)


def test_a_mail_and_the_question_back_about_it_ask_the_same() -> None:
    known = {A: sent(A), B: sent(B, kind=MailKind.REPLY_NOT_UNDERSTOOD, asks="E3")}
    clues = (Clue(B, Where.BODY), Clue(A, Where.BODY))
    assert decide(clues, known, RA) == Matched(known[B], Where.BODY)


def test_a_colleague_s_word_that_fits_several_mails_is_nobodys() -> None:
    clues = (Clue(A, Where.ADDRESS), Clue(B, Where.IN_REPLY_TO))
    assert decide(clues, KNOWN, LUCA) == Unknown(Why.SENDER_NOT_ALLOWED)


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Matched(KNOWN[A], Where.SUBJECT), "matched: subject, addressee"),
        (Colleague(KNOWN[A], Where.BODY, As.HOUSE), "colleague: body, same house"),
        (Ambiguous(tuple(KNOWN.values())), "ambiguous: 2 mails"),
        (Unknown(Why.FORGED), "unknown: forged"),
        (Automated(Automatic("precedence")), "machine: precedence"),
    ],
)
def test_every_decision_says_why(decision: Decision, told: str) -> None:
    assert why(decision) == told


def test_reply_address_and_in_reply_to_that_disagree_go_to_a_person() -> None:
    clues = (Clue(A, Where.ADDRESS), Clue(B, Where.IN_REPLY_TO))
    assert decide(clues, KNOWN, RA) == Ambiguous((KNOWN[A], KNOWN[B]))


def test_a_thread_of_many_references_answers_the_nearest() -> None:
    clues = (Clue(B, Where.REFERENCES), Clue(A, Where.REFERENCES))
    assert decide(clues, KNOWN, RA) == Matched(KNOWN[B], Where.REFERENCES)


def test_two_subjects_in_one_go_to_a_person() -> None:
    clues = (Clue(A, Where.SUBJECT), Clue(B, Where.SUBJECT))
    assert isinstance(decide(clues, KNOWN, RA), Ambiguous)


def test_without_a_token_the_letter_is_nobodys() -> None:
    assert decide((), KNOWN, RA) == Unknown(Why.NO_TOKEN)


def test_a_token_of_a_mail_that_never_was_is_nobodys() -> None:
    clues = (Clue(A, Where.ADDRESS),)
    assert decide(clues, {}, RA) == Unknown(Why.NO_SUCH_MAIL)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"auto-submitted": "auto-replied"}, "auto-submitted"),
        ({"auto-submitted": "Auto-Generated; owner-email=x"}, "auto-submitted"),
        ({"precedence": "BULK"}, "precedence"),
        ({"precedence": "auto_reply"}, "precedence"),
        ({"x-autoreply": "yes"}, "x-autoreply"),
        ({"x-autorespond": ""}, "x-autorespond"),
        ({"x-ricevuta": "avvenuta-consegna"}, "x-ricevuta"),
        ({"return-path": "<>"}, "return-path"),
        ({"content-type": "multipart/report; report-type=delivery-status"}, "report"),
        ({"from": "MAILER-DAEMON@mx.example.com"}, "from"),
        ({"from": "no-reply@portale.example.com"}, "from"),
        ({"subject": "Risposta automatica: Dati da aggiornare"}, "subject"),
        ({"subject": "Fuori sede fino al 10"}, "subject"),
        ({"subject": "Undeliverable: Dati da aggiornare"}, "subject"),
    ],
)
def test_a_machine_is_known_by_its_headers(headers: dict[str, str], reason: str) -> None:
    assert is_machine(headers) == reason


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"auto-submitted": "no"},
        {"x-auto-response-suppress": "All"},
        {"return-path": "<ra@associazione.example.com>"},
        {"precedence": "normal"},
        {"subject": "R: Dati da aggiornare", "from": "reply.giorgi@associazione.example.com"},
        {"subject": "Re: siamo stati fuori sede"},
    ],
)
def test_a_person_is_not_taken_for_a_machine(headers: dict[str, str]) -> None:
    assert is_machine(headers) is None

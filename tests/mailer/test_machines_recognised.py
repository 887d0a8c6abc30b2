"""Machines are recognised by what of ours they carry: our own mail come back, which mail they speak of."""

from dataclasses import replace
from datetime import date

import pytest

from actions.deliver import Minting, put_mail
from mailer.compose import Envelope, compose
from mailer.reading.letter import read
from mailer.threads import recognise
from procedure.campaign import Contact
from procedure.correspondence.deciding import Automated
from procedure.correspondence.machines import Automatic, Bounced, Own, Receipt
from store import outbox
from store.engine import Store
from tests.mailer.conftest import SERVICE, HandClock
from tests.mailer.reading import came_back, enveloped
from tests.mailer.samples import SECRET, a_mail

TODAY = date(2026, 11, 19)


@pytest.fixture
async def ours(store: Store, minting: Minting, clock: HandClock) -> str:
    """The Message-ID of the one mail that left."""
    await store.run(lambda tx: put_mail(tx, a_mail(), minted_by=minting, now=clock()))
    row = await store.read(lambda tx: outbox.by_key(tx, a_mail().key))
    assert row is not None
    assert row.message_id is not None
    return row.message_id


async def recognised(store: Store, raw: bytes) -> Automated:
    decision = await store.read(lambda tx: recognise(tx, SECRET, read(raw), TODAY))
    assert isinstance(decision, Automated)
    return decision


def sent(decision: Automated) -> str:
    return decision.sent.message_id if decision.sent else ""


def composed(message_id: str, clock: HandClock, **more: str | bool) -> bytes:
    envelope = Envelope(message_id, SERVICE, Contact("Dopovisita", SERVICE), clock())
    return compose(a_mail(), replace(envelope, **more))  # type: ignore[arg-type]  # two of its fields


@pytest.mark.parametrize("auto_submitted", [True, False])
async def test_our_own_mail_coming_back_is_our_own(
    store: Store, clock: HandClock, ours: str, auto_submitted: bool
) -> None:
    found = await recognised(store, composed(ours, clock, auto_submitted=auto_submitted))
    assert (found.machine, sent(found)) == (Own(ours), ours)


async def test_it_is_also_where_a_server_gave_it_another_message_id(
    store: Store, clock: HandClock, ours: str
) -> None:
    token = ours.strip("<>").partition("@")[0]
    raw = composed(ours, clock, reply_to=f"visite+{token}@visite.example.com", auto_submitted=False)
    found = await recognised(store, raw.replace(ours.encode(), b"<new@mx.example.com>"))
    assert found.machine == Own("<new@mx.example.com>")


async def test_a_message_id_that_we_did_not_sign_is_not_ours(
    store: Store, clock: HandClock, ours: str
) -> None:
    forged = ours.replace("@", "x@")
    found = await recognised(store, composed(forged, clock))
    assert isinstance(found.machine, Automatic)


@pytest.mark.parametrize("sample", came_back.ALL.values(), ids=list(came_back.ALL))
async def test_of_a_mail_that_came_back_we_know_which_it_was(
    store: Store, ours: str, sample: came_back.CameBack
) -> None:
    raw = sample.raw.replace(came_back.OURS.strip("<>"), ours.strip("<>"))
    found = await recognised(store, raw.encode())
    assert isinstance(found.machine, Bounced)
    assert sent(found) == ours


async def test_of_a_receipt_we_know_of_what(store: Store, ours: str) -> None:
    raw = enveloped.receipt("avvenuta-consegna").replace(enveloped.OURS.encode(), ours.encode())
    found = await recognised(store, raw)
    assert isinstance(found.machine, Receipt)
    assert sent(found) == ours


@pytest.mark.parametrize("place", ["In-Reply-To", "References"])
async def test_of_an_automatic_answer_we_know_to_what(store: Store, ours: str, place: str) -> None:
    raw = f"From: a@x.example.com\nAuto-Submitted: auto-replied\n{place}: {ours}\n\nSono in ferie"
    found = await recognised(store, raw.encode())
    assert (found.machine, sent(found)) == (Automatic("auto-submitted", "Sono in ferie"), ours)


async def test_a_machine_that_speaks_of_nothing_of_ours_is_a_machine(store: Store, ours: str) -> None:
    found = await recognised(store, came_back.POSTFIX.raw.encode())
    assert isinstance(found.machine, Bounced)
    assert found.sent is None

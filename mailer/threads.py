"""Whose is this letter: its evidence held against the mails that left. Refuses to know what then follows."""

from mailer.reading.letter import Letter
from procedure.correspondence.deciding import Automated, Decision, Sent, Unknown, Why, decide
from procedure.correspondence.evidence import evidence
from procedure.notices_json import mail_from_json
from store import outbox
from store.outbox import OutboxRow
from store.transaction import Transaction

MOST_TOKENS = 20
"""Tokens looked up for one letter; a person quotes one or two."""


def recognise(tx: Transaction, secret: bytes, letter: Letter) -> Decision:
    """Whose the letter is, with the reason it is nobody's where it is."""
    if letter.machine:
        return Automated(letter.machine)
    if letter.unreadable:
        return Unknown(Why.UNREADABLE)
    clues = evidence(secret, letter.traces)
    tokens = list(dict.fromkeys(clue.token for clue in clues))[:MOST_TOKENS]
    rows = {token: outbox.by_token(tx, token) for token in tokens}
    return decide(clues, {token: _sent(row) for token, row in rows.items() if row}, letter.sender)


def _sent(row: OutboxRow) -> Sent:
    payload = row.payload
    assert isinstance(payload, dict)  # only `put_mail` gives a row a token  # noqa: S101
    mail = payload["mail"]
    assert isinstance(mail, dict)  # likewise  # noqa: S101
    return Sent(row.id, row.message_id or "", mail_from_json(mail))

"""No secret stands in the journal, neither in a line nor in a traceback."""

import logging

from dopovisita.journal import Discreet, secrets_of
from dopovisita.settings import settings_from

TOKEN = "7000000:" + "gettone" * 5
KEY = "chiave lunga e varia per la prova 0123456789"
GIVEN = {
    "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
    "DOPOVISITA_SMTP_URL": "smtp://posta%40associazione.example.com:segreta%21uno@posta.example.com:587",
    "DOPOVISITA_IMAP_URL": "imaps://posta%40associazione.example.com:segreta%21due@posta.example.com",
    "DOPOVISITA_MAIL_FROM": "dopovisita@associazione.example.com",
    "DOPOVISITA_SECRET_KEY": KEY,
    "DOPOVISITA_CAMPAIGN": "campagna.toml",
}
SECRETS = (TOKEN, KEY, "segreta%21uno", "segreta!uno", "segreta%21due", "segreta!due")


def test_every_secret_of_the_settings_is_known_to_the_journal() -> None:
    assert set(secrets_of(settings_from(GIVEN))) == set(SECRETS)


def _fails() -> None:
    raise ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getMe con segreta!due")


def test_a_line_and_its_traceback_are_written_without_secrets() -> None:
    formatter = Discreet(secrets_of(settings_from(GIVEN)))
    try:
        _fails()
    except ConnectionError as error:
        problem = (type(error), error, error.__traceback__)
    record = logging.LogRecord("prova", logging.ERROR, __file__, 1, "chiave %s", (KEY,), problem)
    written = formatter.format(record)
    assert "Traceback" in written
    assert "•••" in written
    assert [secret for secret in SECRETS if secret in written] == []

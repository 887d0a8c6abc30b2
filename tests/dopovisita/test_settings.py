"""What each wrong setting gets, and that no secret is ever printed."""

import copy
import dataclasses
import json
import pickle
import traceback
from pathlib import Path

import pytest

from dopovisita.secret import SecretUrl
from dopovisita.settings import (
    VARIABLES,
    Settings,
    load_settings,
    read_variables,
    settings_from,
    wrong_settings,
)
from dopovisita.variables import PREFIX
from procedure.campaign import Contact
from procedure.errors import SettingsError

TOKEN = "123456789:AAparolasegretissima-del-bot"
PASSWORD = "parolasegretissima"
KEY = "parolasegretissima-0123456789-abcdefghij"
GOOD = {
    "TELEGRAM_TOKEN": TOKEN,
    "SMTP_URL": f"smtp://posta:{PASSWORD}@mail.example.com:587",
    "IMAP_URL": f"imaps://posta:{PASSWORD}@mail.example.com:993/INBOX",
    "MAIL_FROM": "Dopovisita <assistente@associazione.example.com>",
    "SECRET_KEY": KEY,
    "CAMPAIGN": "campaign.toml",
}


def _given(**changes: str | None) -> dict[str, str]:
    merged = {**GOOD, **changes}
    return {PREFIX + name: value for name, value in merged.items() if value is not None}


def test_six_variables_are_enough_and_the_rest_has_its_usual_value() -> None:
    settings = settings_from(_given())
    assert settings.database_url.reveal() == "sqlite:///var/dopovisita.db"
    assert settings.telegram_base_url == "https://api.telegram.org/bot"
    assert settings.telegram_token.reveal() == TOKEN
    assert settings.mail_from == Contact("Dopovisita", "assistente@associazione.example.com")
    assert settings.campaign == Path("campaign.toml")
    assert settings.webhook_url is None
    assert (settings.webhook_listen.host, settings.webhook_listen.port) == ("127.0.0.1", 8443)
    assert settings.mail_plus_addresses


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_variable_is_told_by_name_with_what_to_write(name: str) -> None:
    for value in (None, "", "   "):
        with pytest.raises(SettingsError) as told:
            settings_from(_given(**{name: value}))
        assert str(told.value).startswith(f"{PREFIX}{name} manca: ")


WRONG = [
    ("DATABASE_URL", "mysql://a:b@c/d"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "postgresql://server"),
    ("DATABASE_URL", "var/dopovisita.db"),
    ("TELEGRAM_TOKEN", "parolasegretissima"),
    ("TELEGRAM_TOKEN", "123456:corto"),
    ("TELEGRAM_BASE_URL", "api.telegram.org/bot"),
    ("TELEGRAM_BASE_URL", "https://utente:parolasegretissima@example.com/bot"),
    ("SMTP_URL", "mail.example.com:587"),
    ("SMTP_URL", "imap://posta:parolasegretissima@mail.example.com"),
    ("SMTP_URL", "smtp://posta@mail.example.com"),
    ("SMTP_URL", "smtp://posta:parola#segretissima@mail.example.com:587"),
    ("SMTP_URL", "smtp://posta:parolasegretissima@mail.example.com:porta"),
    ("SMTP_URL", "smtp://posta:parola/segretissima@mail.example.com:587"),
    ("IMAP_URL", "imaps://mail.example.com/INBOX"),
    ("IMAP_URL", "smtps://posta:parolasegretissima@mail.example.com"),
    ("MAIL_FROM", "assistente"),
    ("MAIL_FROM", "parolasegretissima"),
    ("SECRET_KEY", "parolasegretissima"),
    ("SECRET_KEY", "a" * 64),
    ("WEBHOOK_URL", "http://dopovisita.example.com/t"),
    ("WEBHOOK_URL", "https://dopovisita.example.com:8080/t"),
    ("WEBHOOK_LISTEN", "8443"),
    ("WEBHOOK_LISTEN", "127.0.0.1"),
    ("WEBHOOK_LISTEN", "127.0.0.1:99999"),
    ("MAIL_PLUS_ADDRESSES", "forse"),
    ("MAIL_TRUSTED_SERVER", "mx.example.com parolasegretissima"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_variable_is_told_by_name_and_never_by_its_value(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as told:
        settings_from(_given(**{name: value}))
    sentence = str(told.value)
    assert sentence.startswith(f"{PREFIX}{name} non va bene: ")
    assert "\n" not in sentence
    shown = "".join(traceback.format_exception(told.value, chain=True))
    assert "segretissima" not in sentence
    assert told.value.__context__ is None, shown


def test_the_sentence_for_a_missing_smtp_says_what_to_write() -> None:
    with pytest.raises(SettingsError, match=r"manca: scrivi smtp://utente:password@server:587 \(o smtps://"):
        settings_from(_given(SMTP_URL=None))


def test_good_values_of_every_optional_variable_are_taken() -> None:
    settings = settings_from(
        _given(
            DATABASE_URL="postgresql+asyncpg://dopo:visita@db.example.com/dopovisita",
            WEBHOOK_URL="https://dopovisita.example.com/telegram",
            WEBHOOK_LISTEN="0.0.0.0:8080",
            MAIL_PLUS_ADDRESSES="No",
            MAIL_TRUSTED_SERVER="MX.Example.com",
            SMTP_URL="smtp://127.0.0.1:2525",
        )
    )
    assert settings.webhook_url == "https://dopovisita.example.com/telegram"
    assert settings.webhook_listen.port == 8080
    assert not settings.mail_plus_addresses
    assert settings.mail_trusted_server == "mx.example.com"
    assert str(settings.smtp_url) == "smtp://127.0.0.1:2525"


def test_all_wrong_variables_can_be_told_together() -> None:
    told = list(wrong_settings(_given(SMTP_URL=None, SECRET_KEY="corta")))
    assert [sentence.split()[0] for sentence in told] == ["DOPOVISITA_SMTP_URL", "DOPOVISITA_SECRET_KEY"]


def _ways_to_print(settings: Settings) -> list[str]:
    as_dict = dataclasses.asdict(settings)
    copied = copy.deepcopy(settings)
    shown = [repr(settings), str(settings), f"{settings}", repr(as_dict), repr(copied)]
    shown += [json.dumps(as_dict, default=str), repr(dataclasses.astuple(settings))]
    for value in as_dict.values():
        shown += [repr(value), str(value), f"{value}", f"{value!s:>90}" if isinstance(value, str) else ""]
    return shown


def test_no_way_of_printing_the_settings_shows_a_secret() -> None:
    given = _given(DATABASE_URL=f"postgresql://dopo:{PASSWORD}@db.example.com/d?password={PASSWORD}")
    for shown in _ways_to_print(settings_from(given)):
        assert "segretissima" not in shown
        assert "0123456789-abc" not in shown


def test_a_url_is_printed_without_its_password_only() -> None:
    url = SecretUrl("smtp://posta:segreta@mail.example.com:587/x?password=segreta")
    assert str(url) == "smtp://posta:***@mail.example.com:587/x"
    assert repr(url) == "SecretUrl('smtp://posta:***@mail.example.com:587/x')"
    assert str(SecretUrl("sqlite:///var/dopovisita.db")) == "sqlite:///var/dopovisita.db"
    for broken in ("http://[rotto:segreta@x", "smtp://posta:segr#eta@mail.example.com"):
        assert str(SecretUrl(broken)) == "***"


def test_a_secret_is_not_pickled_and_equals_its_like() -> None:
    secret = settings_from(_given()).secret_key
    assert secret == settings_from(_given()).secret_key
    assert secret != KEY
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.fixture
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)


def test_the_environment_wins_over_the_file(
    no_variables: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env = tmp_path / ".env"
    lines = [f"{name}={value}" for name, value in _given(CAMPAIGN="dal-file.toml").items()]
    env.write_text("\ufeff# impostazioni\nALTRO=1\n" + "\n".join(lines), encoding="utf-8")
    assert load_settings(env).campaign == Path("dal-file.toml")
    monkeypatch.setenv("DOPOVISITA_CAMPAIGN", "dall-ambiente.toml")
    assert load_settings(env).campaign == Path("dall-ambiente.toml")


def test_a_dollar_in_a_password_stays_a_dollar(no_variables: None, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("DOPOVISITA_SMTP_URL=smtp://u:a$HOME@mail.example.com\n", encoding="utf-8")
    assert read_variables(env)["DOPOVISITA_SMTP_URL"] == "smtp://u:a$HOME@mail.example.com"


def test_an_unknown_variable_is_told_with_the_nearest_name(
    no_variables: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOPOVISITA_SMPT_URL", "smtp://parolasegretissima")
    with pytest.raises(SettingsError) as told:
        load_settings(tmp_path / ".env")
    assert str(told.value) == (
        "DOPOVISITA_SMPT_URL non è un'impostazione di Dopovisita: forse volevi scrivere DOPOVISITA_SMTP_URL"
    )


def test_an_env_file_that_is_no_text_is_told(no_variables: None, tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_bytes(b"DOPOVISITA_CAMPAIGN=\xe0\xff\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(env)


def test_the_example_names_every_variable_and_completed_it_is_taken(no_variables: None) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    text = example.read_text(encoding="utf-8")
    assert [v.name for v in VARIABLES if f"{PREFIX}{v.name}=" not in text] == []
    completed = {**read_variables(example), **_given()}
    assert settings_from(completed).webhook_url is None


OAUTH = {
    "MAIL_OAUTH_TOKEN_URL": "https://login.example.com/token",
    "MAIL_OAUTH_CLIENT_ID": "applicazione",
    "MAIL_OAUTH_REFRESH_TOKEN": PASSWORD,
}
NO_PASSWORDS = {"SMTP_URL": "smtp://posta@mail.example.com:587", "IMAP_URL": "imaps://posta@mail.example.com"}


def test_with_oauth2_the_addresses_of_the_servers_need_no_password() -> None:
    its = settings_from(_given(**OAUTH, **NO_PASSWORDS)).mail_oauth
    assert its is not None
    assert (its.client_id, its.refresh_token.reveal(), its.client_secret) == ("applicazione", PASSWORD, None)
    assert list(wrong_settings(_given(**OAUTH, **NO_PASSWORDS))) == []


@pytest.mark.parametrize("name", sorted(NO_PASSWORDS))
def test_without_oauth2_a_user_without_a_password_is_told(name: str) -> None:
    given = _given(**{name: NO_PASSWORDS[name]})
    with pytest.raises(SettingsError, match=f"{PREFIX}{name} non va bene: senza password"):
        settings_from(given)
    assert [name in told for told in wrong_settings(given)] == [True]


@pytest.mark.parametrize("name", sorted(OAUTH))
def test_a_part_of_oauth2_is_told(name: str) -> None:
    with pytest.raises(SettingsError, match="vanno insieme"):
        settings_from(_given(**{**OAUTH, name: None}))


def test_letters_are_filed_in_three_folders_or_flagged() -> None:
    assert settings_from(_given()).mail_filed == {}
    filed = settings_from(_given(MAIL_FILED="Fatte, Da smistare,/Altro/")).mail_filed
    assert {outcome.value: folder for outcome, folder in filed.items()} == {
        "recorded": "Fatte",
        "to_sort": "Da smistare",
        "ignored": "Altro",
    }
    for wrong in ("Fatte", "Fatte,,Altro", "INBOX,Da smistare,Altro"):
        with pytest.raises(SettingsError, match=f"{PREFIX}MAIL_FILED non va bene"):
            settings_from(_given(MAIL_FILED=wrong))

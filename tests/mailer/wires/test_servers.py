import pytest

from mailer.wires.servers import MailServer, mail_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025, "", "", tls=False)),
        ("smtp://u:p@posta.example.com", MailServer("posta.example.com", 587, "u", "p", tls=False)),
        ("smtps://u:p@posta.example.com", MailServer("posta.example.com", 465, "u", "p", tls=True)),
        (
            "imaps://u%40x:p%2F%40@posta.example.com",
            MailServer("posta.example.com", 993, "u@x", "p/@", tls=True),
        ),
        ("imap://u:p@[::1]:1143/Arrivi", MailServer("::1", 1143, "u", "p", tls=False, folder="Arrivi")),
    ],
)
def test_a_url_names_the_server_and_how_to_sign_in(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize("url", ["", "posta.example.com", "http://posta.example.com", "smtp://"])
def test_what_is_no_mail_servers_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not the address of a mail server"):
        mail_server(url)


@pytest.mark.parametrize(
    ("url", "starttls"),
    [
        ("smtp://u:p@posta.example.com:587", True),  # a password leaves the machine: TLS or nothing
        ("smtp://u:p@127.0.0.1:1025", None),
        ("smtp://u:p@localhost:1025", None),
        ("smtp://posta.example.com:25", None),
        ("smtps://u:p@posta.example.com", False),
    ],
)
def test_a_password_leaves_the_machine_only_under_tls(url: str, starttls: bool | None) -> None:
    assert mail_server(url).starttls is starttls


def test_a_server_does_not_print_its_password() -> None:
    assert "segreta" not in repr(mail_server("smtp://u:segreta@posta.example.com"))

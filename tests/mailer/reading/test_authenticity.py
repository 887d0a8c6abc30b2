import pytest

from mailer.reading.authenticity import MICROSOFT, authenticity_of
from mailer.reading.headers import Headers
from mailer.reading.letter import read
from procedure.correspondence.authenticity import Authentic

PASSED, FAILED, UNKNOWN = Authentic
SENDER = "ra@associazione.example.com"
GOOD = "dmarc=pass header.from=associazione.example.com"
BAD = "dmarc=fail (p=none) header.from=associazione.example.com"


def found(*values: str, trusted: str = "mx.example.com") -> Authentic:
    block = "".join(f"Authentication-Results: {value}\n" for value in values)
    return authenticity_of(Headers(block.encode()), SENDER, trusted)


@pytest.mark.parametrize(
    ("results", "authentic"),
    [
        (GOOD, PASSED),
        (BAD, FAILED),
        ("none", UNKNOWN),
        ("", UNKNOWN),
        ("dmarc=pass header.from=altro.example.net", FAILED),
        (f"{BAD}; dkim=pass header.d=associazione.example.com", FAILED),
        ("dmarc=none; dkim=pass header.d=associazione.example.com; spf=fail smtp.mailfrom=x.net", PASSED),
        ("dkim=pass header.i=@posta.associazione.example.com", PASSED),
        ("dkim=pass header.d=com; spf=none", FAILED),
        ("spf=pass smtp.mailfrom=bounce@associazione.example.com; dkim=none", PASSED),
        ("spf=pass smtp.mailfrom=x@forger.example.net; dkim=pass header.d=forger.example.net", FAILED),
        ("spf=softfail smtp.mailfrom=associazione.example.com; dkim=none (not signed)", FAILED),
        ("spf=none; dkim=none", FAILED),
        ("spf=temperror; dkim=fail", UNKNOWN),
        ("spf=fail smtp.mailfrom=associazione.example.com", UNKNOWN),
        ("dkim=fail header.d=x.net; dkim=pass header.d=associazione.example.com; spf=fail", PASSED),
        ("arc=pass; auth=pass smtp.auth=x", UNKNOWN),
    ],
)
def test_the_results_come_to_one_word(results: str, authentic: Authentic) -> None:
    assert found(f"mx.example.com; {results}") is authentic


@pytest.mark.parametrize(
    "value",
    [
        f"MX.Example.com; {GOOD}",
        f"mx.example.com 1; {GOOD}",
        f'"mx.example.com"; {GOOD}',
        f"mx.example.com (our server; dmarc=fail) 1; (a (nested) one) {GOOD}",
        "mx.example.com;\n\tspf=fail;\n\tdmarc/1 = pass header.from = associazione.example.com",
        'mx.example.com; dmarc=pass reason="all; dmarc=fail" header.from=associazione.example.com',
    ],
)
def test_a_header_is_read_with_its_version_comments_and_folds(value: str) -> None:
    assert found(value) is PASSED


@pytest.mark.parametrize("value", [f"altro.example.com; {GOOD}", f"mx.example.com.evil.net; {GOOD}", GOOD])
def test_a_pass_from_anybody_else_is_nothing(value: str) -> None:
    assert found(value) is UNKNOWN


def test_nobody_is_trusted_until_the_settings_name_a_server() -> None:
    assert found(f"mx.example.com; {BAD}", trusted="") is UNKNOWN


def test_of_several_headers_of_our_server_the_topmost_counts() -> None:
    assert found(f"x.net; {GOOD}", f"mx.example.com; {BAD}", f"mx.example.com; {GOOD}") is FAILED


def test_exchange_online_signs_with_no_name() -> None:
    spf = "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=associazione.example.com"
    value = f"{spf}; dkim=none; {GOOD};compauth=pass"
    assert found(value, trusted=MICROSOFT) is PASSED
    assert found(f"mx.example.com; {BAD}", value, trusted=MICROSOFT) is PASSED


def test_a_letter_knows_what_our_server_found() -> None:
    raw = f"Authentication-Results: mx.example.com; {BAD}\nFrom: {SENDER}\n\nFatto\n".encode()
    assert read(raw, "mx.example.com").authentic is FAILED
    assert read(raw).authentic is UNKNOWN


@pytest.mark.parametrize(
    "value", ["(" * 8_000, ";=" * 4_000, '"' * 8_000, "mx.example.com" + "; a=b" * 2_000]
)
def test_a_header_made_to_kill_is_nothing(value: str) -> None:
    assert found(value) is UNKNOWN

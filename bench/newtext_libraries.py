"""What each library takes for the new text: texts as JSON on stdin, the answers by library on stdout.

Runs in the bench's environment; a library that is not installed answers nothing.
"""

import importlib
import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

LANGUAGES = ["it", "en", "de", "fr", "es", "nl"]
"""Those of ours that mail-parser-reply knows."""


def _talon() -> Callable[[str], str]:
    quotations: Any = importlib.import_module("talon.quotations")
    signatures: Any = importlib.import_module("talon.signature.bruteforce")
    return lambda text: str(signatures.extract_signature(quotations.extract_from_plain(text))[0])


def _mail_parser_reply() -> Callable[[str], str]:
    parser: Any = importlib.import_module("mailparser_reply").EmailReplyParser(languages=LANGUAGES)
    return lambda text: str(parser.parse_reply(text) or "")


def _email_reply_parser() -> Callable[[str], str]:
    parser: Any = importlib.import_module("email_reply_parser").EmailReplyParser
    return lambda text: str(parser.parse_reply(text))


LIBRARIES = {
    "talon, quotations and signature": _talon,
    "mail-parser-reply": _mail_parser_reply,
    "email-reply-parser": _email_reply_parser,
}


def main() -> None:
    """Answer."""
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    print(json.dumps({name: _answers(make, texts) for name, make in LIBRARIES.items()}))


def _answers(make: Callable[[], Callable[[str], str]], texts: list[str]) -> list[str]:
    try:
        ask = make()
    except ImportError:
        return []
    return [_answer(ask, text) for text in texts]


def _answer(ask: Callable[[str], str], text: str) -> str:
    try:
        return ask(text)
    except Exception:  # a library that trips over a mail has not found its new text
        return ""


main()

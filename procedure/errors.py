"""Everything that can go wrong on purpose, drawn as one tree. Knows no cause and no remedy of its own.

DopovisitaError
├── Refusal        a person may read it; it is an answer, never an alarm
│   └── NotAllowed the person may not do this; the audit gets a line, the person learns nothing
└── Failure        for the operator: something outside is wrong
    ├── SettingsError   one sentence that names the setting and what it expects
    └── CampaignError   the campaign file, with the line
"""


class DopovisitaError(Exception):
    """Root of all errors raised on purpose."""


class Refusal(DopovisitaError):
    """A request that is answered with a kind sentence: `phrase` is its key in `phrases.it.toml`."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.values = values


class NotAllowed(Refusal):
    """The person may not do this to that company."""


class Failure(DopovisitaError):
    """Something the operator must look at."""


class SettingsError(Failure):
    """A setting is missing or wrong; the sentence (Italian) names it and says what is expected."""


class CampaignError(Failure):
    """The campaign file is wrong; the sentence (Italian) names the line."""

    def __init__(self, sentence: str, *, line: int | None = None) -> None:
        super().__init__(f"riga {line}: {sentence}" if line else sentence)
        self.line = line

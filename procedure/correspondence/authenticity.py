"""Whether a letter is really from where its From says, as far as our own receiving server knows.

Only the `Authentication-Results` of the server that the settings trust count. Refuses to know headers.
"""

import enum


class Authentic(enum.StrEnum):
    """What the receiving server found of the From's domain."""

    PASSED = "passed"
    FAILED = "failed"  # forged: never an effect
    UNKNOWN = "unknown"  # no server is trusted, or it said nothing

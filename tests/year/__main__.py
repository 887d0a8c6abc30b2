"""`python -m tests.year`: a generated year in full; exits with 1 where anything differs."""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from tests.year.run import Size, Year

say: Final = partial(print, flush=True)


def main() -> int:
    """Generate, live, report."""
    asked = _arguments()
    size = Size(asked.seed, asked.companies, asked.people, asked.days, asked.start)
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="year-") as directory:
        say(f"again: python -m tests.year {size}")
        outcome = asyncio.run(Year(size, Path(asked.keep or directory), say).live())
    for one in outcome.untold:
        say(f"could not be told: {one}")
    for what, times in sorted(
        Counter(f"{one.what} {one.notice.kind}" for one in outcome.differences).items()
    ):
        say(f"{times:5} {what}")
    say("told: " + ", ".join(f"{what} {times}" for what, times in sorted(outcome.told.items())))
    say(f"left: {sum(outcome.left.values())} notices")
    found = f"{len(outcome.differences)} differences, {len(outcome.untold)} untold"
    say(f"{found}; {outcome.kills} kills, {monotonic() - began:.0f} s")
    return 1 if outcome.differences or outcome.untold else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--companies", type=int, default=300)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 1, 5))
    parser.add_argument("--keep", help="a directory for the database and the log")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

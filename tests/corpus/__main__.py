"""Print what the service makes of the corpus: `make corpus`, with ARGS=-v every reply not understood."""

import sys

from tests.corpus.judging import NOTHING, REPLIES, Verdict, judged, share, table


def main() -> None:
    """Judge all and print."""
    replies, quiet = judged(REPLIES), judged(NOTHING)
    print(f"{len(replies)} replies that say something\n\n{table(replies)}\n")  # noqa: T201  it is what it is for
    print(f"{len(quiet)} that must have no effect\n\n{table(quiet)}\n")  # noqa: T201  likewise
    print(f"understood: {share(replies):.1%}")  # noqa: T201  likewise
    for one in (*replies, *quiet):
        is_told = "-v" in sys.argv and one.verdict not in {Verdict.UNDERSTOOD, Verdict.NOTHING}
        if is_told or one.verdict is Verdict.WRONG:
            print(one)  # noqa: T201  likewise


main()

"""The service as `dopovisita run` starts it, dead of SIGKILL at one commit after a letter came.

The commits are those of the store's own `on_commit`: odd before one, even after it. They count from the
letter's being fetched on.
"""

import os
import signal
import sys
from contextlib import AbstractAsyncContextManager
from typing import Any

from dopovisita import archive
from dopovisita.__main__ import main
from mailer.mailbox import Mailbox
from store.engine import Store, open_store


class Death:
    """Comes at the n-th point after it was called."""

    def __init__(self, point: int) -> None:
        self._left = point
        self.called = False

    def comes(self, _: int) -> None:
        """At each point."""
        self._left -= self.called
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _dying(point: int) -> None:
    death = Death(point)

    def opening(url: str) -> AbstractAsyncContextManager[Store]:
        return open_store(url, on_commit=death.comes)

    keep = Mailbox._keep

    def keeping(*given: Any, **more: Any) -> list[int]:
        """A letter is about to be kept."""
        death.called = True
        return keep(*given, **more)

    vars(archive).update(open_store=opening)
    type.__setattr__(Mailbox, "_keep", keeping)


if __name__ == "__main__":
    _dying(int(sys.argv[1]))
    sys.exit(main(["run"]))

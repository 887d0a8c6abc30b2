"""A cancellation that a library swallowed, taken up again. Knows nothing of mail.

On Python 3.11 `asyncio.wait_for`, which both mail libraries use, loses a cancellation that comes in the same
turn as the answer it waits for; a service that must end then never does.
"""

import asyncio


def heed_cancellation() -> None:
    """End this task here, if someone asked it to end and was not heard.

    Raises:
        asyncio.CancelledError: someone had.
    """
    if is_ending():
        raise asyncio.CancelledError


def is_ending() -> bool:
    """Whether someone asked this task to end, heard or not."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0

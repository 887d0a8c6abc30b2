"""The world a newcomer has instead of Telegram and mail servers: everything opened on loopback, in one place.

The service is given its addresses and talks to it without knowing better. It refuses to know the service.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

from aiohttp import web

from emulator import bot_http, web_page
from emulator.clock import ROME, DemoClock, monday_to_friday
from emulator.feed import Feed
from emulator.mail import Mail
from emulator.people import Person, Post
from emulator.state import Journal
from emulator.telegram import Telegram

_LARGEST_UPLOAD = 60 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Ports:
    """Fixed ports on loopback; 0 takes a free one."""

    http: int = 0
    smtp: int = 0
    imap: int = 0


class World:
    """Telegram, the post and a clock, on loopback.

    Args:
        directory: where it remembers, or None for a world that forgets.
        token: of the bot.
        service_address: the service's own mailbox.
        people: who may hold the phone.
        mailboxes: the posts whose mail the page shows.
        start: an aware moment, what the clock shows the first time.
        is_working_day: of a day in Europe/Rome.
        port: of HTTP (the Bot API and the page); `smtp_port` and `imap_port` likewise, 0 takes a free one.
        password: of the service's mailbox.
        quick_replies: sentences that the page offers for an answer.

    Attributes:
        telegram: phones, faults, calls.
        mail: mailboxes, and the SMTP server's moods.
        clock: the clock, kept across restarts.
    """

    def __init__(
        self,
        directory: Path | None,
        *,
        token: str,
        service_address: str,
        people: Iterable[Person] = (),
        mailboxes: Iterable[Post] = (),
        start: datetime,
        is_working_day: Callable[[date], bool] = monday_to_friday,
        port: int = 0,
        smtp_port: int = 0,
        imap_port: int = 0,
        password: str = "demo",  # noqa: S107 -- of a mailbox on loopback that holds invented mail
        quick_replies: Iterable[str] = ("Fatto", "Serve altro tempo", "Non è di nostra competenza"),
    ) -> None:
        self._ports = Ports(port, smtp_port, imap_port)
        self._journal = Journal(directory)
        self.feed = Feed()
        self.people = tuple(people)
        self.posts = tuple(mailboxes)
        self.quick_replies = tuple(quick_replies)
        self._began = start
        self.clock = DemoClock(start, is_working_day, feed=self.feed, moved=self._keep_clock)
        self.telegram = Telegram(token, self._journal, self.feed, self.clock.now)
        self.mail = Mail(service_address, self._journal, self.feed, self.clock.now, password=password)
        self._resume()
        self._enrol()
        self._stack = AsyncExitStack()
        self._http_port = 0

    # ---- addresses -------------------------------------------------------------------------------

    @property
    def page_url(self) -> str:
        """Where a person looks."""
        return f"http://127.0.0.1:{self._http_port}/"

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`."""
        return f"{self.page_url}bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"{self.page_url}file/bot"

    @property
    def smtp_url(self) -> str:
        """Of the SMTP server, with a user and a password (any will do)."""
        return f"smtp://{self._login}@127.0.0.1:{self.mail.smtp.port}"

    @property
    def imap_url(self) -> str:
        """Of the IMAP server, with the user and the password of the service's mailbox."""
        return f"imap://{self._login}@127.0.0.1:{self.mail.imap.port}"

    @property
    def _login(self) -> str:
        return f"{quote(self.mail.service_address, safe='')}:{quote(self.mail.password, safe='')}"

    # ---- life ------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            stack.callback(self._journal.close)
            await self.mail.open(stack, smtp_port=self._ports.smtp, imap_port=self._ports.imap)
            await self._open_http(stack)
            await self._open_pushing(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._keep_clock(self.clock.now())
        await self._stack.aclose()

    def reset(self) -> None:
        """Forget every chat, letter and pending update; people, posts and the clock stay."""
        self._journal.reset()
        self.telegram.reset()
        self.mail.reset()
        self._keep_clock(self.clock.now())
        self.feed.publish("world", "reset", dict)

    async def _open_http(self, stack: AsyncExitStack) -> None:
        app = web.Application(client_max_size=_LARGEST_UPLOAD, middlewares=[web_page.only_from_here])
        app[bot_http.CLOSING] = closing = asyncio.Event()
        app.add_routes(bot_http.routes(self.telegram))
        app.add_routes(web_page.routes(self._page()))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        stack.callback(self.feed.publish, "world", "closing", dict)  # wakes the pages that listen
        stack.callback(closing.set)
        stack.callback(self.telegram.office.updates.close)
        site = web.TCPSite(runner, "127.0.0.1", self._ports.http)
        await site.start()
        self._http_port = runner.addresses[0][1]

    def _page(self) -> web_page.Page:
        return web_page.Page(
            people=self.people,
            posts=self.posts,
            quick_replies=self.quick_replies,
            telegram=self.telegram,
            mail=self.mail,
            clock=self.clock,
            feed=self.feed,
        )

    async def _open_pushing(self, stack: AsyncExitStack) -> None:
        group = await stack.enter_async_context(asyncio.TaskGroup())
        pushing = group.create_task(self.telegram.office.updates.push(self.telegram.office.chats.seconds))
        stack.callback(pushing.cancel)

    # ---- memory ----------------------------------------------------------------------------------

    def _enrol(self) -> None:
        for person in self.people:
            self.telegram.phone(person.user_id, person.first_name, **person.more)
        for post in self.posts:
            _ = self.mail.mailboxes[post.address]
        _ = self.mail.mailboxes[self.mail.service_address]

    def _keep_clock(self, now: datetime) -> None:
        self._journal.put("clock", "now", now.isoformat())

    def _resume(self) -> None:
        """Never earlier than what was seen before the restart."""
        kept = self._journal.table("clock").get("now")
        seen = datetime.fromtimestamp(self.telegram.office.chats.latest(), ROME)
        for moment in (datetime.fromisoformat(kept) if kept else None, seen, self.mail.mailboxes.latest()):
            if moment is not None:
                self.clock.to(moment)

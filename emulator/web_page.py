"""The page's door: what a browser asks to draw the phone, the mailboxes and the clock, and what it does with
them.

JSON both ways, news by Server-Sent Events; the page itself lies in `emulator/page/`. It refuses to know what
the service does: it sees only what a phone, a mailbox and a clock show.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from emulator.bot_http import CLOSING
from emulator.chats import Chat
from emulator.clock import DemoClock
from emulator.feed import Event, Feed
from emulator.mail import Mail
from emulator.mailboxes import Mailbox
from emulator.people import Person, Post
from emulator.phone import NotOnScreenError, Phone
from emulator.state import Json
from emulator.telegram import Telegram

_FILES = Path(__file__).parent / "page"
_PARTS = ("style.css", "app.js", "bubbles.js", "clock.js", "dom.js", "letter.js", "mail.js", "phone.js")
_MESSAGES_SHOWN = 200
_HEARTBEAT = 15.0  # seconds
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Page:
    """Everything the page shows."""

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    quick_replies: tuple[str, ...]
    telegram: Telegram
    mail: Mail
    clock: DemoClock
    feed: Feed

    def person(self, user_id: int) -> Person:
        """The person of that number.

        Raises:
            HTTPNotFound: there is none.
        """
        for person in self.people:
            if person.user_id == user_id:
                return person
        raise web.HTTPNotFound

    def phone(self, user_id: int) -> Phone:
        """The phone of that person."""
        return self.telegram.phone(user_id, self.person(user_id).first_name)

    def state(self) -> Json:
        """All that a page needs to draw itself the first time."""
        return {
            "people": [asdict(person) | self._chat(person.user_id) for person in self.people],
            "mailboxes": [self._box(box) for box in self._boxes()],
            "quick_replies": self.quick_replies,
            "service_address": self.mail.service_address,
            "now": self.clock.now().isoformat(),
        }

    def _chat(self, user_id: int) -> Json:
        chat = self.telegram.office.chats.get(user_id) or Chat({"id": user_id})
        messages = [m for m in list(chat.messages.values())[-_MESSAGES_SHOWN:] if not m.deleted]
        return {
            "messages": [self.telegram.office.chats.as_seen(message) for message in messages],
            "keyboard": chat.keyboard,
            "started": chat.started,
            "blocked": chat.blocked,
            "commands": self.telegram.office.profile.commands_for(user_id),
            "description": self.telegram.office.profile.text("description")["description"],
        }

    def _boxes(self) -> list[Mailbox]:
        """The posts' mailboxes in their order, then those of others who were written to."""
        known = [self.mail.mailboxes[post.address] for post in self.posts]
        service = self.mail.mailboxes[self.mail.service_address]
        others = [
            box for box in self.mail.mailboxes if box not in known and box is not service and box.messages
        ]
        return known + others

    def _box(self, box: Mailbox) -> Json:
        label = next((post.label for post in self.posts if post.address.lower() == box.address), box.address)
        return {
            "address": box.address,
            "label": label,
            "letters": [letter.summary() for letter in reversed(box.messages)],
        }


def routes(page: Page) -> list[web.RouteDef]:
    """The page's files and its API."""
    door = _Door(page)
    return [
        web.get("/", _file("index.html")),
        *(web.get(f"/{name}", _file(name)) for name in _PARTS),
        web.get("/demo/state", door.state),
        web.get("/demo/events", door.events),
        web.get("/demo/files/{file_id}", door.file),
        web.get(r"/demo/letters/{number:\d+}", door.letter),
        web.post(r"/demo/letters/{number:\d+}/reply", door.reply),
        web.post("/demo/letters", door.compose),
        web.post(r"/demo/phones/{user_id:\d+}/{verb}", door.phone),
        web.post("/demo/clock", door.clock),
    ]


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep other sites out: a page elsewhere may neither post here nor reach us under a name of its own."""
    if request.path.startswith(("/demo", "/control")):
        if request.host.rpartition(":")[0] not in _LOCAL_NAMES:
            raise web.HTTPForbidden
        if request.method == "POST" and request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
    return await handler(request)


class _Door:
    """The handlers, each for one request of the page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def state(self, _: web.Request) -> web.Response:
        """Everything."""
        return web.json_response(self._page.state())

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The news, until the page is closed or the world ends."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with self._page.feed.reading() as queue:
            try:
                await response.write(b"retry: 1000\n\n")
                while not request.app[CLOSING].is_set():
                    await response.write(await _next_news(queue))
            except ConnectionError:
                pass
        return response

    async def file(self, request: web.Request) -> web.Response:
        """A photo or a document of the chats."""
        file = self._page.telegram.office.files.find(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        shown = "inline" if file.kind == "photo" else "attachment"
        headers = {"Content-Disposition": shown, "Content-Security-Policy": "sandbox; default-src 'none'"}
        return web.Response(body=file.content, content_type=file.mime_type, headers=_HEADERS | headers)

    async def letter(self, request: web.Request) -> web.Response:
        """Open a letter, which marks it as read."""
        letter = self._page.mail.mailboxes.find(int(request.match_info["number"]))
        if letter is None:
            raise web.HTTPNotFound
        self._page.mail.mailboxes.read(letter)
        return web.json_response(letter.in_full())

    async def reply(self, request: web.Request) -> web.Response:
        """Answer a letter: {"text": …}, maybe {"to": address, "subject": …} of a mailto: link in it."""
        said: Json = await request.json()
        boxes = self._page.mail.mailboxes
        letter = boxes.find(int(request.match_info["number"]))
        if letter is None or not str(said.get("text", "")).strip():
            raise web.HTTPBadRequest
        to, subject = said.get("to") or None, said.get("subject") or None
        await boxes.reply(letter.mailbox, letter, said["text"], to=to, subject=subject)
        return web.json_response({"ok": True})

    async def compose(self, request: web.Request) -> web.Response:
        """Write a new letter: {"from", "to", "subject", "text"}."""
        said: Json = await request.json()
        await self._page.mail.mailboxes.compose(said["from"], said["to"], said["subject"], said["text"])
        return web.json_response({"ok": True})

    async def phone(self, request: web.Request) -> web.Response:
        """Do something on a person's phone."""
        said: Json = await request.json()
        user_id = int(request.match_info["user_id"])
        phone = self._page.phone(user_id)
        try:
            _do(phone, request.match_info["verb"], said, self._page.person(user_id))
        except NotOnScreenError as error:
            return web.json_response({"ok": False, "why": str(error)}, status=409)
        return web.json_response({"ok": True})

    async def clock(self, request: web.Request) -> web.Response:
        """Move the clock: {"hours": n}, {"morning": true} or {"working_days": n}."""
        said: Json = await request.json()
        clock = self._page.clock
        if said.get("morning"):
            clock.to_next_morning()
        elif said.get("working_days"):
            clock.by_working_days(min(int(said["working_days"]), 260))
        else:
            clock.advance(timedelta(hours=min(max(float(said.get("hours", 0)), 0), 24 * 366)))
        return web.json_response({"now": clock.now().isoformat()})


def _do(phone: Phone, verb: str, said: Json, person: Person) -> None:
    match verb:
        case "start":
            phone.start("" if phone.has_started else person.start_payload)
        case "say":
            phone.says(said["text"])
        case "tap":
            phone.taps_old(int(said["message_id"]), said["data"])
        case "press":
            phone.taps(said["text"])
        case "photo":
            phone.sends_photo()
        case "block":
            phone.blocks_the_bot()
        case _:
            raise web.HTTPNotFound


async def _next_news(queue: "asyncio.Queue[Event]") -> bytes:
    """The next event as the stream says it, or a heartbeat."""
    try:
        async with asyncio.timeout(_HEARTBEAT):
            event = await queue.get()
    except TimeoutError:
        return b": ancora qui\n\n"
    return b"data: " + json.dumps({"kind": event.kind, **event.data}).encode() + b"\n\n"


def _file(name: str) -> Handler:
    async def serve(_: web.Request) -> web.FileResponse:
        return web.FileResponse(_FILES / name, headers=_HEADERS)

    return serve

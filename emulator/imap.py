"""The IMAP server: the service's own mailbox, by pymap, with IDLE.

INBOX is a view of a `Mailbox`: UIDs are the letters' own and UIDVALIDITY is kept in the journal, so both stay
the same across a restart, and so do flags. Other folders live in memory only. It refuses to know how letters
arrive.
"""

import asyncio
from argparse import Namespace
from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Any

from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet, Message
from pymap.concurrent import Event, Subsystem
from pymap.flags import FlagOp
from pymap.imap import IMAPServer
from pymap.interfaces.message import CachedMessage
from pymap.mime import MessageContent
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag
from pymap.selected import SelectedMailbox
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from emulator.letters import Letter
from emulator.mailboxes import Mailboxes

_ARGS = Namespace(debug=False, proxy_protocol=None, passlib_cfg=None)


class ImapServer:
    """One server on loopback for one user.

    Attributes:
        port: of the open server.
    """

    def __init__(
        self, mailboxes: Mailboxes, address: str, *, user: str, password: str, uid_validity: int
    ) -> None:
        self._mailboxes = mailboxes
        self._address = address
        self._user = user
        self._password = password
        self._uid_validity = uid_validity
        self._tasks: set[asyncio.Task[Any]] = set()
        self._inbox: _Inbox | None = None
        self.port = 0

    async def open(self, stack: AsyncExitStack, port: int = 0) -> None:
        """Listen on loopback until the stack unwinds."""
        config = _Quiet(
            _ARGS,
            demo_data=False,
            demo_user=self._user,
            demo_password=self._password,
            host="127.0.0.1",
            port=port,
            subsystem=Subsystem.for_asyncio(),
            cpu_subsystem=Subsystem.for_asyncio(),
            hash_context=Cleartext(),
            tls_enabled=False,
            invalid_user_sleep=0.0,
            reject_dnsbl=False,
        )
        config.apply_context()
        self._inbox = await self._move_in(config)
        self._mailboxes.when_it_arrives = self._inbox.receive
        await self._listen(stack, config, port)

    def renew(self, uid_validity: int) -> None:
        """Start an empty INBOX under a new UIDVALIDITY; whoever is connected is sent away."""
        self._uid_validity = uid_validity
        if self._inbox is not None:
            self._inbox.renew(uid_validity)
        for task in self._tasks:
            task.cancel()

    async def _move_in(self, config: Config) -> "_Inbox":
        folders = MailboxSet()
        inbox = _Inbox(folders, self._mailboxes, self._address, self._uid_validity)
        config.set_cache[self._user] = (folders, FilterSet())
        for letter in self._mailboxes[self._address].messages:
            await inbox.receive(letter)
        return inbox

    async def _listen(self, stack: AsyncExitStack, config: Config, port: int) -> None:
        login = Login(config)
        login.users_dict[self._user] = UserMetadata(config, self._user, password=self._password)
        imap = IMAPServer(login, config)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, info: SocketInfo) -> None:
            """One connection; on 3.13 a task that nobody holds would be collected in the middle of IDLE."""
            task = asyncio.current_task()
            if task is not None:
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await imap(reader, writer, info)

        callback = ProxyProtocolReader(config.proxy_protocol).get_callback(serve)
        server = await asyncio.start_server(callback, "127.0.0.1", port)
        self.port = server.sockets[0].getsockname()[1]
        stack.push_async_callback(self._close, server)

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # let the transports close their sockets
        await server.wait_closed()


class _Quiet(Config):
    """pymap's settings, without asking the network for this machine's name."""

    @property
    def greeting(self) -> bytes:
        return b"Dopovisita demo"


class _Inbox(MailboxData):
    """pymap's mailbox, whose letters and flags are the world's."""

    def __init__(self, folders: MailboxSet, mailboxes: Mailboxes, address: str, uid_validity: int) -> None:
        super().__init__(folders._content_cache, folders._thread_cache)
        folders._inbox = self
        self._mailboxes = mailboxes
        self._box = mailboxes[address]
        self._uid_validity = uid_validity
        self._max_uid = self._box.last_uid

    async def receive(self, letter: Letter) -> None:
        """A letter lies in it from now on; whoever idles is told."""
        content = MessageContent.parse(letter.raw)
        message = Message(
            letter.uid,
            letter.received_at,
            {Flag(flag.encode()) for flag in letter.flags},
            email_id=self._content_cache.add(content),
            thread_id=self._thread_cache.add(content),
            recent=letter.unread,
            content=content,
        )
        async with self.messages_lock.write_lock():
            self._max_uid = max(self._max_uid, letter.uid)
            self._messages[letter.uid] = message
            self._mod_sequences.update([letter.uid])
            self._updated.set()

    async def update_selected(
        self, selected: SelectedMailbox, *, wait_on: Event | None = None
    ) -> SelectedMailbox:
        """What is new for a client. pymap's IDLE waits for the next change, and forgets those that came after
        the client's last command and before its IDLE: those are told at once.
        """
        known = selected.mod_sequence
        if known is not None and known < self._mod_sequences.highest:
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)

    async def move(self, uid: int, destination: MailboxData, *, recent: bool = False) -> int | None:
        """A client puts a letter into another folder."""
        moved = await super().move(uid, destination, recent=recent)
        if moved is not None and uid in self._box.letters:
            self._mailboxes.expunge(self._box.letters[uid])
        return moved

    async def append(self, append_msg: AppendMessage, *, recent: bool = False) -> Message:
        """A client puts a letter in itself."""
        [letter] = await self._mailboxes.deliver(bytes(append_msg.literal), "", [self._box.address])
        return self._messages[letter.uid]

    async def update(
        self, uid: int, cached_msg: CachedMessage, flag_set: frozenset[Flag], mode: FlagOp
    ) -> Message:
        """A client changes flags."""
        message = await super().update(uid, cached_msg, flag_set, mode)
        if uid in self._box.letters:
            flags = {bytes(flag).decode() for flag in message.permanent_flags}
            self._mailboxes.flag(self._box.letters[uid], flags)
        return message

    async def delete(self, uids: Iterable[int]) -> None:
        """A client expunges."""
        gone = list(uids)
        await super().delete(gone)
        for uid in gone:
            if uid in self._box.letters:
                self._mailboxes.expunge(self._box.letters[uid])

    def renew(self, uid_validity: int) -> None:
        """Empty, under another UIDVALIDITY."""
        self._uid_validity = uid_validity
        self._messages.clear()

"""The traps of aioimaplib, each against a server of a few lines that does exactly the wrong thing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import date

import pytest

from mailer.wires.imap import Inbox
from mailer.wires.imap_answers import MailboxUnreachable
from mailer.wires.oauth import Tokens
from mailer.wires.servers import mail_server

SINCE = date(2026, 11, 1)
Turn = Callable[["Wire", str, str], Awaitable[None]]


class Wire:
    """One connection, as the server sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())

    async def hear(self) -> str:
        return (await self.reader.readline()).decode().strip()


async def obedient(wire: Wire, tag: str, command: str) -> None:
    """What any server answers."""
    match command.partition(" ")[0]:
        case "CAPABILITY":
            wire.say("* CAPABILITY IMAP4rev1 IDLE")
        case "SELECT":
            wire.say("* 1 EXISTS", "* OK [UIDVALIDITY 77] ok")
        case "IDLE":
            wire.say("+ idling")
            while await wire.hear() not in {"DONE", ""}:
                pass
    wire.say(f"{tag} OK done")


@asynccontextmanager
async def a_server(
    turn: Turn, *, patience: float = 5.0, tokens: Tokens | None = None
) -> AsyncIterator[Inbox]:
    """An inbox that talks to a server which answers each command as `turn` does."""

    conversations: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.current_task())
        wire = Wire(reader, writer)
        wire.say("* OK hello")
        with suppress(ConnectionError), closing(writer):
            while line := await wire.hear():
                tag, _, command = line.partition(" ")
                await turn(wire, tag, command)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    inbox = Inbox(mail_server(f"imap://u:p@127.0.0.1:{port}"), patience=patience, tokens=tokens)
    try:
        yield inbox
    finally:
        inbox.close()
        server.close()
        await asyncio.gather(*filter(None, conversations))


def differing(verb: str, instead: Turn) -> Turn:
    async def turn(wire: Wire, tag: str, command: str) -> None:
        await (instead if command.startswith(verb) else obedient)(wire, tag, command)

    return turn


async def silent(wire: Wire, tag: str, command: str) -> None:
    """Says nothing, and stays."""


async def hanging_up(wire: Wire, tag: str, command: str) -> None:
    wire.writer.close()


async def refusing(wire: Wire, tag: str, command: str) -> None:
    wire.say(f"{tag} NO not you")


async def test_the_folder_and_its_uidvalidity_are_selected() -> None:
    async with a_server(obedient) as inbox:
        await inbox.open()
        assert inbox.uidvalidity == 77


@pytest.mark.parametrize("verb", ["CAPABILITY", "LOGIN", "SELECT"])
@pytest.mark.parametrize("misbehaving", [silent, hanging_up])
async def test_a_server_that_falls_silent_or_hangs_up_at_the_door_is_out_of_reach(
    verb: str, misbehaving: Turn
) -> None:
    async with a_server(differing(verb, misbehaving), patience=0.3) as inbox:
        with pytest.raises(MailboxUnreachable):
            await inbox.open()


async def test_a_refused_login_says_so_without_the_password() -> None:
    async with a_server(differing("LOGIN", refusing)) as inbox:
        with pytest.raises(MailboxUnreachable, match=r"^NO not you$"):
            await inbox.open()


async def test_a_server_that_is_not_there_is_out_of_reach(unused_tcp_port: int) -> None:
    with pytest.raises(MailboxUnreachable):
        await Inbox(mail_server(f"imap://u:p@127.0.0.1:{unused_tcp_port}"), patience=1.0).open()


CALLS: dict[str, Callable[[Inbox], Awaitable[object]]] = {
    "UID SEARCH": lambda inbox: inbox.uids_after(0, since=SINCE),
    "UID FETCH": lambda inbox: anext(inbox.fetch([1])),
    "UID STORE": lambda inbox: inbox.flag_seen([1]),
    "IDLE": lambda inbox: inbox.wait(30),
}


@pytest.mark.parametrize("misbehaving", [silent, hanging_up])
@pytest.mark.parametrize("verb", CALLS)
async def test_no_call_waits_for_ever_on_a_dead_connection(verb: str, misbehaving: Turn) -> None:
    async with a_server(differing(verb, misbehaving), patience=0.3) as inbox:
        await inbox.open()
        inbox._client.protocol.told = False  # SELECT's own EXISTS would end IDLE at once
        with pytest.raises(MailboxUnreachable):
            await CALLS[verb](inbox)


async def test_a_connection_lost_while_idle_is_noticed() -> None:
    async def idle_then_hang_up(wire: Wire, tag: str, command: str) -> None:
        wire.say("+ idling")
        await wire.writer.drain()
        wire.writer.close()

    async with a_server(differing("IDLE", idle_then_hang_up)) as inbox:
        await inbox.open()
        await inbox.uids_after(0, since=SINCE)
        with pytest.raises(MailboxUnreachable, match="connection lost"):
            await inbox.wait(300)


async def test_after_a_fault_the_connection_is_never_used_again() -> None:
    async with a_server(differing("UID SEARCH", refusing)) as inbox:
        await inbox.open()
        for _ in range(2):
            with pytest.raises(MailboxUnreachable):
                await inbox.uids_after(0, since=SINCE)


async def test_a_message_told_amid_another_answer_is_not_missed() -> None:
    async def searching(wire: Wire, tag: str, command: str) -> None:
        wire.say("* SEARCH", "* 2 EXISTS", f"{tag} OK done")

    async with a_server(differing("UID SEARCH", searching)) as inbox:
        await inbox.open()
        assert await inbox.uids_after(0, since=SINCE) == []
        async with asyncio.timeout(5):
            await inbox.wait(300)


async def test_idle_ends_when_a_message_comes_and_not_for_other_news() -> None:
    async def idling(wire: Wire, tag: str, command: str) -> None:
        wire.say("+ idling", "* OK still here", "* 1 FETCH (FLAGS (\\Seen))")
        await wire.writer.drain()
        wire.say("* 2 EXISTS")
        done.append(await wire.hear())
        wire.say(f"{tag} OK done")

    done: list[str] = []
    async with a_server(differing("IDLE", idling)) as inbox:
        await inbox.open()
        await inbox.uids_after(0, since=SINCE)
        async with asyncio.timeout(5):
            await inbox.wait(300)
    assert done == ["DONE"]


async def test_idle_is_renewed_on_the_same_connection() -> None:
    async with a_server(obedient) as inbox:
        await inbox.open()
        await inbox.uids_after(0, since=SINCE)
        for _ in range(3):
            await inbox.wait(0.05)
        assert await inbox.uids_after(0, since=SINCE) == []


async def test_the_last_message_that_a_server_always_names_is_not_new() -> None:
    async def searching(wire: Wire, tag: str, command: str) -> None:
        asked.append(command)
        wire.say("* SEARCH 9", f"{tag} OK done")

    asked: list[str] = []
    async with a_server(differing("UID SEARCH", searching)) as inbox:
        await inbox.open()
        assert await inbox.uids_after(9, since=SINCE) == []
        assert await inbox.uids_after(8, since=SINCE) == [9]
        assert await inbox.uids_after(0, since=SINCE) == [9]
    assert asked == ["UID SEARCH UID 10:*", "UID SEARCH UID 9:*", "UID SEARCH OR UNSEEN SINCE 1-Nov-2026"]


async def test_the_flag_changes_of_others_amid_our_messages_are_passed_over() -> None:
    async def fetching(wire: Wire, tag: str, command: str) -> None:
        wire.say("* 3 FETCH (UID 8 FLAGS (\\Seen))", "* 2 FETCH (BODY[] {7}", "b * (b\n UID 6)")
        wire.say("* 3 FETCH (FLAGS ())", "* 1 FETCH (UID 4 BODY[] {5}", "a\r\na)a)".replace("a)a)", "a\n)"))
        wire.say(f"{tag} OK done")

    async with a_server(differing("UID FETCH", fetching)) as inbox:
        await inbox.open()
        [batch] = [batch async for batch in inbox.fetch([4, 5, 6])]
    assert [(one.uid, one.raw, one.whole) for one in batch] == [
        (4, b"a\r\na\n", True),
        (6, b"b * (b\n", True),
    ]


async def test_a_thousand_lines_at_once_cost_a_connection_and_not_the_service() -> None:
    async def expunging(wire: Wire, tag: str, command: str) -> None:
        wire.say("+ idling")
        await wire.writer.drain()
        wire.say(*["* 1 EXPUNGE"] * 3_000)
        await wire.hear()

    async with a_server(differing("IDLE", expunging)) as inbox:
        await inbox.open()
        await inbox.uids_after(0, since=SINCE)
        faults: list[object] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: faults.append(context["exception"])
        )
        with pytest.raises(MailboxUnreachable):
            await inbox.wait(300)
    assert [type(fault) for fault in faults] == [RecursionError]


async def test_without_idle_the_mailbox_is_looked_at_now_and_then() -> None:
    heard: list[str] = []

    async def plain(wire: Wire, tag: str, command: str) -> None:
        heard.append(command.partition(" ")[0])
        if command.startswith("CAPABILITY"):
            wire.say("* CAPABILITY IMAP4rev1", f"{tag} OK done")
        else:
            await obedient(wire, tag, command)

    async with a_server(plain) as inbox:
        await inbox.open()
        await inbox.uids_after(0, since=SINCE)
        await inbox.wait(0.01)
        await inbox.uids_after(0, since=SINCE)
    assert "IDLE" not in heard
    assert heard.count("UID") == 2


@pytest.mark.parametrize(("sizes", "asked"), [((5, 7), ["4,6"]), ((9_000_000, 8_000_000), ["4", "6"])])
async def test_large_messages_are_asked_for_apart(sizes: tuple[int, int], asked: list[str]) -> None:
    bodies: list[str] = []

    async def turn(wire: Wire, tag: str, command: str) -> None:
        if command.startswith("UID SEARCH"):
            wire.say("* SEARCH 4 6", f"{tag} OK done")
        elif "RFC822.SIZE" in command:
            wire.say(f"* 1 FETCH (UID 4 RFC822.SIZE {sizes[0]})", "* 3 FETCH (FLAGS (\\Seen))")
            wire.say(f"* 2 FETCH (RFC822.SIZE {sizes[1]} UID 6)", f"{tag} OK done")
        elif "BODY" in command:
            bodies.append(command.split()[2])
            wire.say(f"{tag} OK done")
        else:
            await obedient(wire, tag, command)

    async with a_server(turn) as inbox:
        await inbox.open()
        assert [batch async for batch in inbox.fetch([4, 6])] == [[]] * len(asked)
    assert bodies == asked

"""The demo as a stranger has it: a command, its page over HTTP, Ctrl-C, and once more."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 30.0  # seconds, a safety net
ADA = "Ada Esempioli"
RA = "Olga Bozzettoni (RA)"
VISIT = (
    *("Registra la visita", "Nessun credito", "Oggi", "In azienda", "tutto giusto", "Già in regola"),
    *("Paghe", "Avanti", "Salta", "Buona", "Niente altro", "Conferma"),
)


class Demo:
    """A demo that runs, and the browser before it."""

    def __init__(self, process: asyncio.subprocess.Process, browser: aiohttp.ClientSession) -> None:
        self._process = process
        self.browser = browser

    async def state(self) -> Any:
        async with self.browser.get("/demo/state") as answer:
            assert answer.ok
            return await answer.json()

    async def person(self, name: str) -> Any:
        return next(person for person in (await self.state())["people"] if person["name"] == name)

    async def letters(self, label: str) -> list[Any]:
        boxes = (await self.state())["mailboxes"]
        return next(list(box["letters"]) for box in boxes if box["label"] == label)

    async def does(self, verb: str, said: dict[str, object], shown: Callable[[Any], bool]) -> Any:
        """Ada does something on her telephone; her chat, once it shows what is awaited."""
        ada = await self.person(ADA)
        async with self.browser.get("/demo/events") as news:
            async with self.browser.post(f"/demo/phones/{ada['user_id']}/{verb}", json=said) as answer:
                assert answer.ok
            async with asyncio.timeout(PATIENCE):
                while not shown(ada := await self.person(ADA)):
                    await news.content.readline()
        return ada["messages"][-1]

    async def taps(self, message: Any, label: str) -> Any:
        """Tap the button that carries this label; the screen that follows."""
        button = next(b for row in message["buttons"] for b in row if label in b["text"])
        said = {"message_id": message["message_id"], "data": button["callback_data"]}
        return await self.does("tap", said, lambda ada: _last(ada) != message and bool(_last(ada)["buttons"]))

    async def ends(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Ctrl-C: the exit code, and all that was said since."""
        self._process.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            said, _ = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, said.decode()


def _last(ada: Any) -> Any:
    return ada["messages"][-1]


@dataclass(frozen=True)
class Begun:
    """A command that was started: its process and what it has said first."""

    process: asyncio.subprocess.Process
    said: str


async def begin(directory: Path, *more: str) -> Begun:
    """`dopovisita demo`, until it says its address or ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dopovisita", "demo", "--cartella", str(directory), *more),
        env={"PYTHONWARNINGS": "default"},
        cwd=directory.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout
    said = ""
    async with asyncio.timeout(PATIENCE):
        while "Ctrl-C" not in said and (line := await process.stdout.readline()):
            said += line.decode()
    return Begun(process, said)


@asynccontextmanager
async def a_demo(directory: Path, *more: str) -> AsyncIterator[Demo]:
    begun = await begin(directory, "--porta", "0", *more)
    found = re.search(r"http://127\.0\.0\.1:\d+/", begun.said)
    assert found, begun.said
    try:
        async with aiohttp.ClientSession(found[0]) as browser:
            yield Demo(begun.process, browser)
    finally:
        if begun.process.returncode is None:
            begun.process.kill()
            await begun.process.wait()


async def enters(demo: Demo) -> Any:
    """Ada taps "Avvia"; what matters to her now."""
    return await demo.does("start", {}, lambda ada: _last(ada)["text"].startswith("Ciao Ada!"))


async def test_a_stranger_taps_through_a_visit_on_the_page_and_ends_it_with_ctrl_c(tmp_path: Path) -> None:
    async with a_demo(tmp_path / "demo") as demo:
        screen = await enters(demo)
        assert screen["text"].count("•") == 3
        day = await demo.does("say", {"text": "/oggi"}, lambda ada: "Oggi, " in _last(ada)["text"])
        assert "Carrozzeria Figurantini" in day["text"]
        found = await demo.does("say", {"text": "schizzettoni"}, lambda ada: "trovate" in _last(ada)["text"])
        screen = await demo.taps(found, "Pulizie Schizzettoni")
        for label in VISIT:
            screen = await demo.taps(screen, label)
        assert "Visita registrata: Pulizie Schizzettoni S.r.l." in screen["text"]
        code, said = await demo.ends()
    assert (code, said) == (0, "Dimostrazione chiusa.\n")


async def test_the_first_page_has_a_past_and_a_second_start_keeps_it_and_azzera_begins_afresh(
    tmp_path: Path,
) -> None:
    async with a_demo(tmp_path / "demo") as demo:
        screen = await enters(demo)
        labels = json.dumps(screen["buttons"], ensure_ascii=False)
        assert "Riprendi: Impianti Elettrici" in labels
        (letter,) = await _a_letter(demo)
        await demo.ends(signal.SIGTERM)
    async with a_demo(tmp_path / "demo") as demo:
        ada = await demo.person(ADA)
        assert ada["messages"][-1]["text"] == screen["text"]
        assert await demo.letters(RA) == [letter]
        await demo.ends()
    async with a_demo(tmp_path / "demo", "--azzera") as demo:
        assert not (await demo.person(ADA))["started"]
        await demo.ends()


async def _a_letter(demo: Demo) -> list[Any]:
    """What RA has got of the past, once it is there."""
    async with demo.browser.get("/demo/events") as news, asyncio.timeout(PATIENCE):
        while not (found := await demo.letters(RA)):
            await news.content.readline()
    return found


async def test_a_taken_port_is_told_in_one_sentence_and_nothing_is_begun(tmp_path: Path) -> None:
    listener = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        begun = await begin(tmp_path / "demo", "--porta", str(port))
        assert await begun.process.wait() == 1
    assert begun.said.startswith(f"la porta {port} è già occupata")
    assert begun.said.count("\n") == 1
    assert not (tmp_path / "demo").exists()


async def test_azzera_leaves_a_demo_that_runs_and_the_files_of_others_alone(tmp_path: Path) -> None:
    directory = tmp_path / "demo"
    directory.mkdir()
    (directory / "mio.txt").write_text("non toccare", "utf-8")
    async with a_demo(directory, "--azzera") as demo:
        begun = await begin(directory, "--porta", "0", "--azzera")
        assert await begun.process.wait() == 1
        assert "già acceso su questo archivio" in begun.said
        assert (await demo.state())["people"]
        assert (await demo.ends())[0] == 0
    assert (directory / "mio.txt").read_text("utf-8") == "non toccare"

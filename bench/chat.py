"""`make bench`: the plain visit on the whole service, on PTB's ConversationHandler and on aiogram.

The Bot API and the people are this process; each bot is a process of its own, started afresh for each run,
one after the other. Medians of the runs go into bench/README.md.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import uvloop

from bench import morning_report, report, service
from bench.conversation import Screen, save
from bench.fast_api import Connection, FastApi

ROOT = Path(__file__).parent.parent
OTHERS = ROOT / ".venv-bench" / "bin" / "python"
PATIENCE = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Program:
    """How a bot is started."""

    command: list[str]
    variables: dict[str, str]


@dataclass(frozen=True)
class Contender:
    """A bot of the bench. `prepare` is given a directory, the API's address and how many people there are."""

    name: str
    short: str
    prepare: Callable[[Path, str, int], Awaitable[Program]]


async def _ours(directory: Path, base_url: str, people: int) -> Program:
    prepared = await service.prepare(directory, people)
    return Program(prepared.command, prepared.variables(base_url))


async def _ptb(directory: Path, base_url: str, people: int) -> Program:
    return _other(sys.executable, "bench.bot_ptb", base_url, str(directory / SCREENS))


async def _aiogram(directory: Path, base_url: str, people: int) -> Program:
    address = base_url.removesuffix("/bot")
    return _other(str(OTHERS), "bench.bot_aiogram", address, str(directory / SCREENS))


async def _aiogram_uvloop(directory: Path, base_url: str, people: int) -> Program:
    program = await _aiogram(directory, base_url, people)
    return Program([*program.command, "uvloop"], program.variables)


def _other(python: str, module: str, *words: str) -> Program:
    return Program([python, "-m", module, *words], {"PYTHONPATH": str(ROOT)})


SCREENS = "screens.json"
CONTENDERS = (
    Contender(report.OURS, "ours", _ours),
    Contender(report.PTB, "ptb", _ptb),
    Contender(report.AIOGRAM, "aiogram", _aiogram),
    Contender("aiogram on uvloop, memory storage", "aiogram-uvloop", _aiogram_uvloop),
)


async def run_once(contender: Contender, screens: list[Screen], people: int, updates: int) -> report.Run:
    """One run: start the bot, warm up, measure, end the bot."""
    api = FastApi(screens, range(service.FIRST, service.FIRST + people))
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        save(screens, directory / SCREENS)
        async with asyncio.timeout(PATIENCE), _served(api) as base_url:
            program = await contender.prepare(directory, base_url, people)
            async with _bot(program, directory) as bot:
                return await _measured(contender, api, bot, updates)


async def _measured(contender: Contender, api: FastApi, bot: "Running", updates: int) -> report.Run:
    await api.first_poll.wait()
    api.start()
    await api.measure(max(updates // 5, (len(api.screens) + 1) * len(api.walkers))).done.wait()
    cpu = _cpu(bot.pid)
    window = api.measure(updates)
    await window.done.wait()
    used = _cpu(bot.pid) - cpu
    if api.wrong:
        raise api.wrong
    return report.Run(
        contender=contender.name,
        people=len(api.walkers),
        per_second=updates / (window.ended - window.began),
        p50_ms=_percentile(window.latencies, 0.50),
        p99_ms=_percentile(window.latencies, 0.99),
        cpu_ms=used * 1000 / updates,
        rss_mb=_rss(bot.pid),
        start_s=api.first_poll_at - bot.started_at,
    )


@dataclass(frozen=True)
class Running:
    pid: int
    started_at: float


@asynccontextmanager
async def _bot(program: Program, directory: Path) -> AsyncIterator[Running]:
    """The bot's process; what it complains of is told if the run fails."""
    told = directory / "told.log"
    with told.open("wb") as log:
        started = perf_counter()
        process = await asyncio.create_subprocess_exec(
            *program.command, cwd=directory, env=program.variables, stdout=log, stderr=log
        )
    try:
        yield Running(process.pid, started)
    except BaseException:
        print(told.read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def _served(api: FastApi) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tasks:
        server = await loop.create_server(lambda: Connection(api, tasks), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/bot"
        finally:
            server.close()
            api.close()


def _percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)] * 1000


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _rss(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def main(people: list[int], runs: int, only: list[str], updates: int) -> list[report.Run]:
    with tempfile.TemporaryDirectory() as folder:
        screens = await service.record(Path(folder))
    done = []
    for number in range(runs):
        for how_many in people:
            for contender in CONTENDERS:
                if only and contender.short not in only:
                    continue
                wanted = updates if how_many > 1 else updates // 4
                run = await run_once(contender, screens, how_many, wanted)
                print(f"{number + 1}/{runs}  {run}", flush=True)
                done.append(run)
    return done


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1, 50, 500])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="ours, ptb, aiogram, aiogram-uvloop")
    parser.add_argument(
        "--updates", type=int, default=3500, help="counted in each run; a quarter for one person"
    )
    parser.add_argument("--quick", action="store_true", help="50 people, one short run of each, no page")
    parser.add_argument("--write", action="store_true", help="write bench/README.md")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.people, chosen.runs, chosen.updates = [50], 1, 1400
    results = uvloop.run(main(chosen.people, chosen.runs, chosen.only, chosen.updates))
    print(*report.goals(results), sep="\n")
    if chosen.write and not (chosen.quick or chosen.only):
        page = ROOT / "bench" / "README.md"
        page.write_text(report.page(results, chosen.runs) + morning_report.kept(page))

"""The pool: what it answers, what it stops, and that it goes on when a process is lost."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.core.errors import InputError, OversizeError, QueryError, StoppedError, UnacceptableError
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.messages import Task
from testimonia.server.workers.processes import ForkServer, start_worker
from testimonia.server.workers.scheduler import WorkerPool

LIMITS = Limits(seconds=120, short=0.1, memory=128 * MIB, answer=10_000, workers=2, long=1, waiting=2, patience=120)
"""However loaded the machine is: what is light is answered before anybody's patience ends."""

HEAVY = Task("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }")
LIGHT = Task("SELECT (RAND() < 2 AS ?yes) { ?s ?p ?o } LIMIT 1", tabular="text/csv")
"""Never answered from memory."""
YES = b"yes\r\ntrue\r\n"

Use = Callable[[WorkerPool], Awaitable[None]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred triples in two graphs."""
    found = tmp_path_factory.mktemp("graph")
    for name in ("one", "two"):
        lines = [f"<x:{name}-{n}> <x:p> <x:o-{n}> <x:{name}> .\n" for n in range(150)]
        (found / f"{name}.nq").write_text("".join(lines), "utf-8")
    return found


@pytest.fixture
def run(folder: Path) -> Callable[..., None]:
    """Run something that uses a pool of its own."""

    def start(use: Use, limits: Limits = LIMITS) -> None:
        async def live() -> None:
            forkserver = ForkServer(folder, limits)
            assert forkserver.wait() == {"x:one": 150, "x:two": 150}
            pool = WorkerPool(forkserver)
            await pool.start()
            try:
                await use(pool)
            finally:
                await pool.close()

        asyncio.run(live())

    return start


def test_answers_and_refusals(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        assert (await pool.ask(LIGHT)).body == YES
        several = await asyncio.gather(*(pool.ask(LIGHT) for _ in range(4)))
        assert [reply.body for reply in several] == [YES] * 4
        with pytest.raises(QueryError, match="line 1, column 6"):
            await pool.ask(Task("ASK {"))
        with pytest.raises(UnacceptableError, match="ASK gives one of"):
            await pool.ask(Task("ASK {}", tabular=""))
        with pytest.raises(OversizeError, match="more than 10,000 bytes"):
            await pool.ask(Task("SELECT * { ?s ?p ?o }"))

    run(use, replace(LIMITS, waiting=8))


def test_an_answer_may_be_larger_than_a_buffer(folder: Path) -> None:
    async def use() -> None:
        forkserver = ForkServer(folder, Limits(workers=1))
        forkserver.wait()
        pool = WorkerPool(forkserver)
        await pool.start()
        reply = await pool.ask(Task("SELECT ?s ?o { ?s ?p ?x . ?y ?q ?o }", tabular="text/csv"))
        assert reply.body.count(b"\r\n") == 300 * 300 + 1
        await pool.close()

    asyncio.run(use())


@pytest.mark.slow
def test_long_queries_are_stopped_and_hold_up_nothing(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        heavy = [asyncio.create_task(pool.ask(HEAVY)) for _ in range(3)]
        assert (await pool.ask(LIGHT)).body == YES
        ends = await asyncio.gather(*heavy, return_exceptions=True)
        assert [str(end) for end in ends] == ["the query was stopped: it took more than 1 seconds"] * 3
        assert (await pool.ask(LIGHT)).body == YES

    run(use, replace(LIMITS, seconds=1.0, waiting=8))


@pytest.mark.slow
def test_who_waits_too_long_is_told_so(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        heavy = {asyncio.create_task(pool.ask(HEAVY)) for _ in range(2)}
        (given_up,), running = await asyncio.wait(heavy, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(StoppedError, match="too many queries are running; ask again later"):
            await given_up
        assert len(running) == 1
        for task in running:
            task.cancel()

    run(use, replace(LIMITS, patience=0.1))


@pytest.mark.slow
def test_memory_is_limited(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        hungry = Task(
            "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        )
        with pytest.raises(StoppedError, match="more than 32 MiB of memory"):
            await pool.ask(hungry)
        assert (await pool.ask(LIGHT)).body == YES

    run(use, replace(LIMITS, memory=32 * MIB))


@pytest.mark.slow
def test_the_line_is_no_longer_than_allowed(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        heavy = {asyncio.create_task(pool.ask(HEAVY)) for _ in range(8)}
        told = 0
        while told < 2:  # two workers, one of whom goes on; two in either line: at least two find no place
            done, heavy = await asyncio.wait(heavy, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                with pytest.raises(StoppedError, match="too many queries are running"):
                    await task
                told += 1
        for task in heavy:
            task.cancel()
        await asyncio.gather(*heavy, return_exceptions=True)
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


def test_who_no_longer_waits_is_not_worked_for(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        async def leave() -> None:
            return

        with pytest.raises(StoppedError, match="nobody waits"):
            await pool.ask(HEAVY, leave)
        assert (await pool.ask(LIGHT)).body == YES
        assert not pool._places.semaphore.locked()

    run(use)


def test_what_was_answered_is_answered_from_memory(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        task = Task("ASK { ?s ?p ?o }")
        first = await pool.ask(task)
        assert await pool.ask(task) is first
        drawn = Task("SELECT (UUID() AS ?x) { }")
        assert (await pool.ask(drawn)).body != (await pool.ask(drawn)).body

    run(use)


def test_a_query_is_stopped_when_nobody_waits_for_it(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        for _ in range(6):
            asked = asyncio.create_task(pool.ask(HEAVY))
            await asyncio.sleep(0)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


def test_lost_processes_are_replaced(run: Callable[..., None]) -> None:
    async def use(pool: WorkerPool) -> None:
        for process in (pool._forkserver._process.pid, pool._idle[0].pid):
            os.kill(process, signal.SIGKILL)
        for _ in range(4):
            try:
                reply = await pool.ask(LIGHT)
            except StoppedError:  # it was the worker that was lost
                continue
        assert reply.body == YES

    run(use)


def test_a_worker_can_open_nothing() -> None:
    """Even if a query that reaches out were not refused, no connection could be made, no file read."""
    code = (
        "import socket; from testimonia.server.workers.worker import limit_resources; limit_resources(2**30)\n"
        "for reach in (socket.socket, lambda: open('/etc/hostname')):\n"
        "    try: reach()\n"
        "    except OSError as error: print(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["24", "24"]


def test_workers_end_with_the_server(folder: Path) -> None:
    async def use() -> list[int]:
        forkserver = ForkServer(folder, LIMITS)
        forkserver.wait()
        workers = [await start_worker(forkserver) for _ in range(2)]
        workers[0].begin(HEAVY)
        forkserver.close()
        with pytest.raises(ConnectionError):
            await workers[0].wait(LIMITS.seconds)
        with pytest.raises(OSError, match="Bad file descriptor"):
            forkserver.fork()
        return [worker.pid for worker in workers]

    pids = asyncio.run(use())
    assert all(not Path(f"/proc/{pid}").exists() or is_dead(pid) for pid in pids)


def is_dead(pid: int) -> bool:
    """Whether a process has ended and only waits to be forgotten."""
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    forkserver = ForkServer(tmp_path, LIMITS)
    with pytest.raises(InputError, match="no graph here"):
        forkserver.wait()


def test_orders_to_nobody_are_passed_over(folder: Path) -> None:
    forkserver = ForkServer(folder, LIMITS)
    forkserver.wait()
    forkserver.kill(1)
    forkserver.lower_priority(1)
    with forkserver.fork() as connection:
        assert isinstance(connection, socket.socket)
        assert connection.recv(100)
    forkserver.close()
    forkserver.kill(1)

"""The pool: what it answers, what it stops, and that it goes on when a process is lost."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from testimonia.errors import InputError, OversizeError, QueryError, StoppedError, UnacceptableError
from testimonia.pool.lanes import Pool
from testimonia.pool.limits import MIB, Limits
from testimonia.pool.messages import Reply, Task
from testimonia.pool.processes import Nursery, raise_worker

LIMITS = Limits(seconds=1.0, short=0.1, memory=128 * MIB, answer=10_000, workers=2, long=1, waiting=2, patience=0.5)
HEAVY = Task("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }")
LIGHT = Task("ASK { ?s ?p ?o }")
YES = b'{"head":{},"boolean":true}'

PATIENT = Limits(memory=128 * MIB, answer=10_000)
"""For what must be answered however loaded the machine is."""

Use = Callable[[Pool], Awaitable[None]]


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
            nursery = Nursery(folder, limits)
            assert nursery.wait() == {"x:one": 150, "x:two": 150}
            pool = Pool(nursery)
            await pool.start()
            try:
                await use(pool)
            finally:
                await pool.close()

        asyncio.run(live())

    return start


def test_answers_and_refusals(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        assert (await pool.ask(LIGHT)).body == YES
        several = await asyncio.gather(*(pool.ask(LIGHT) for _ in range(4)))
        assert [reply.body for reply in several] == [YES] * 4
        with pytest.raises(QueryError, match="line 1, column 6"):
            await pool.ask(Task("ASK {"))
        with pytest.raises(UnacceptableError, match="ASK gives one of"):
            await pool.ask(Task("ASK {}", tabular=""))
        with pytest.raises(OversizeError, match="more than 10,000 bytes"):
            await pool.ask(Task("SELECT * { ?s ?p ?o }"))

    run(use, PATIENT)


def test_an_answer_may_be_larger_than_a_buffer(folder: Path) -> None:
    async def use() -> None:
        nursery = Nursery(folder, Limits(workers=1))
        nursery.wait()
        pool = Pool(nursery)
        await pool.start()
        reply = await pool.ask(Task("SELECT ?s ?o { ?s ?p ?x . ?y ?q ?o }", tabular="text/csv"))
        assert reply.body.count(b"\r\n") == 300 * 300 + 1
        await pool.close()

    asyncio.run(use())


@pytest.mark.slow
def test_long_queries_are_stopped_and_hold_up_nothing(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        heavy = [asyncio.create_task(pool.ask(HEAVY)) for _ in range(3)]
        assert (await pool.ask(LIGHT)).body == YES
        ends = await asyncio.gather(*heavy, return_exceptions=True)
        said = sorted(str(end) for end in ends if isinstance(end, StoppedError))
        assert said == [
            "the query was stopped: it took more than 1 seconds",
            "too many queries are running; ask again later",
            "too many queries are running; ask again later",
        ]
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


@pytest.mark.slow
def test_memory_is_limited(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        hungry = Task(
            "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        )
        with pytest.raises(StoppedError, match="more than"):
            await pool.ask(hungry)
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


@pytest.mark.slow
def test_the_line_is_no_longer_than_allowed(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        ends = await asyncio.gather(*(pool.ask(HEAVY) for _ in range(6)), return_exceptions=True)
        assert sum("too many queries" in str(end) for end in ends) >= 2
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


def test_a_query_is_stopped_when_nobody_waits_for_it(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        for _ in range(6):
            asked = asyncio.create_task(pool.ask(HEAVY))
            await asyncio.sleep(0)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
        assert (await pool.ask(LIGHT)).body == YES

    run(use)


def test_lost_processes_are_replaced(run: Callable[..., None]) -> None:
    async def use(pool: Pool) -> None:
        for process in (pool._nursery._process.pid, pool._idle[0].pid):
            os.kill(process, signal.SIGKILL)
        replies: list[Reply] = []
        for _ in range(4):
            try:
                replies.append(await pool.ask(LIGHT))
            except StoppedError:
                continue
        assert replies
        assert replies[-1].body == YES

    run(use)


def test_a_worker_can_open_nothing() -> None:
    """Even if a query that reaches out were not refused, no connection could be made, no file read."""
    code = (
        "import socket; from testimonia.pool.worker import limit_resources; limit_resources(2**30)\n"
        "for reach in (socket.socket, lambda: open('/etc/hostname')):\n"
        "    try: reach()\n"
        "    except OSError as error: print(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["24", "24"]


def test_workers_end_with_the_server(folder: Path) -> None:
    async def use() -> list[int]:
        nursery = Nursery(folder, LIMITS)
        nursery.wait()
        workers = [await raise_worker(nursery) for _ in range(2)]
        run = workers[0].begin(HEAVY)
        await asyncio.sleep(0)
        nursery.close()
        with pytest.raises(ConnectionError):
            await run
        with pytest.raises(OSError, match="Bad file descriptor"):
            nursery.fork()
        return [worker.pid for worker in workers]

    pids = asyncio.run(use())
    assert all(not Path(f"/proc/{pid}").exists() or is_dead(pid) for pid in pids)


def is_dead(pid: int) -> bool:
    """Whether a process has ended and only waits to be forgotten."""
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    nursery = Nursery(tmp_path, LIMITS)
    with pytest.raises(InputError, match="no graph here"):
        nursery.wait()


def test_orders_to_nobody_are_passed_over(folder: Path) -> None:
    nursery = Nursery(folder, LIMITS)
    nursery.wait()
    nursery.kill(1)
    nursery.yield_(1)
    with nursery.fork() as connection:
        assert isinstance(connection, socket.socket)
        assert connection.recv(100)
    nursery.close()
    nursery.kill(1)

"""Lanes: a pool of workers that everything that queries goes through, so that no query can hold up the others.

A query begins in the short lane. If it is not done soon, it goes on as a long one with low priority, and the short
lane gets a new worker; if there is no place for another long query, it is stopped and begun anew when there is.
"""

import asyncio
import logging
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from testimonia.core.errors import InputError, OversizeError, QueryError, StoppedError, UnacceptableError
from testimonia.server.workers.answers import Answers
from testimonia.server.workers.engine import Leaving, stop_when_left
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.messages import Outcome, Reply, Task
from testimonia.server.workers.processes import ForkServer, WorkerProcess, raise_worker

log = logging.getLogger(__name__)


class Pool:
    """Workers over one graph: `await pool.ask(Task(query))`, from any number of callers at once."""

    def __init__(self, nursery: ForkServer) -> None:
        self.limits: Limits = nursery.limits
        self._nursery = nursery
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._long = asyncio.Semaphore(self.limits.long)
        self._in_line = 0
        self._answers = Answers()
        self._restarting = asyncio.Lock()
        self._growing: set[asyncio.Task[None]] = set()

    @property
    def graphs(self) -> dict[str, int]:
        """The triples of each named graph, by its IRI."""
        return self._nursery.graphs

    @property
    def foreign(self) -> frozenset[str]:
        """The IRIs of graphs of others, which are not part of the default graph."""
        return self._nursery.foreign

    @property
    def folder(self) -> Path | None:
        """The folder that the graph was loaded from."""
        return self._nursery.folder

    async def start(self) -> None:
        """Raise the workers of the short lane; return when the first is ready."""
        for _ in range(self.limits.workers):
            self._grow()
        await asyncio.wait(self._growing, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Stop all workers and the nursery."""
        for task in self._growing:
            task.cancel()
        for worker in self._idle:
            worker.close()
        self._nursery.close()

    async def ask(self, task: Task, leaving: Leaving | None = None) -> Reply:
        """Return the answer to a task.

        When the caller is cancelled, or when `leaving`, which is asked once it takes long, returns (nobody waits any
        more), the query is stopped. QueryError for a query that does not parse or may not run, UnacceptableError when
        it gives nothing in the formats of the task, OversizeError when its answer is too large, StoppedError when it
        takes too long or too much memory, or when there is no free place.
        """
        if (known := self._answers.find(task)) is not None:
            return known
        worker = self._find_idle()
        if worker is not None:
            reply = await self._try_short(worker, task)
            if reply is not None:
                return self._keep(task, reply)
        reply = await stop_when_left(self._go_on(worker, task), leaving)
        return self._keep(task, reply)

    async def _try_short(self, worker: WorkerProcess, task: Task) -> Reply | None:
        """Return the reply of a worker of the short lane, which then rests; None when it goes on working.

        What counts is the processor's time: on a loaded machine a query is not long because it was kept waiting.
        """
        try:
            worker.begin(task)
            reply, pause = None, self.limits.short
            while reply is None and pause > 0:
                reply = await worker.wait(min(pause, self._find_rest(worker)))
                if reply is None:
                    pause = min(self.limits.short - worker.find_spent(), self._find_rest(worker))
        except ConnectionError:
            reply = Reply(Outcome.MEMORY)
        except asyncio.CancelledError:
            self._replace(worker)
            raise
        if worker.free:
            self._put(worker)
        elif reply is not None:
            self._replace(worker)
        return reply

    async def _go_on(self, worker: WorkerProcess | None, task: Task) -> Reply:
        """Return the reply to a task that is taking long with a worker, or for which there was none."""
        if worker is None:
            worker = await self._wait_for_worker()
            reply = await self._try_short(worker, task)
            if reply is not None:
                return reply
        if not self._long.locked():
            async with self._long:
                self._make_long(worker)
                self._grow()
                return await self._wait_long(worker)
        self._replace(worker)
        async with self._take_place():
            worker = await self._raise()
            self._make_long(worker)
            worker.begin(task)
            return await self._wait_long(worker)

    def _find_rest(self, worker: WorkerProcess) -> float:
        """Return the seconds that are left for the task of a worker."""
        return max(0.0, self.limits.seconds - worker.running)

    async def _wait_long(self, worker: WorkerProcess) -> Reply:
        """Return the reply of a worker of the long lane, which then has done its work."""
        try:
            reply = await worker.wait(self._find_rest(worker))
        except ConnectionError:
            reply = Reply(Outcome.MEMORY)
        finally:
            self._dismiss(worker)
        if reply is None:
            raise StoppedError(f"the query was stopped: it took more than {self.limits.seconds:g} seconds", wait=60)
        return reply

    def _keep(self, task: Task, reply: Reply) -> Reply:
        """Return an answer, having kept it for who asks the same; raise what stands for any other end."""
        match reply.outcome:
            case Outcome.REFUSED:
                raise QueryError(reply.message)
            case Outcome.UNACCEPTABLE:
                raise UnacceptableError(reply.message)
            case Outcome.OVERSIZE:
                raise OversizeError(reply.message)
            case Outcome.MEMORY:
                allowed = f"{self.limits.memory // MIB:,} MiB of memory"
                raise StoppedError(
                    f"the query was stopped: it needs more than {allowed}, or is nested too deeply", wait=60
                )
        self._answers.keep(task, reply)
        return reply

    @asynccontextmanager
    async def _take_place(self) -> AsyncIterator[None]:
        """Hold one of the places for long queries, once there is one."""
        if self._in_line >= self.limits.waiting:
            raise self._make_busy()
        self._in_line += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                await self._long.acquire()
        except TimeoutError:
            raise self._make_busy() from None
        finally:
            self._in_line -= 1
        try:
            yield
        finally:
            self._long.release()

    def _make_busy(self) -> StoppedError:
        return StoppedError("too many queries are running; ask again later", wait=math.ceil(self.limits.patience))

    def _make_long(self, worker: WorkerProcess) -> None:
        worker.long = True
        self._nursery.yield_(worker.pid)

    def _dismiss(self, worker: WorkerProcess) -> None:
        worker.close()
        self._nursery.kill(worker.pid)

    def _replace(self, worker: WorkerProcess) -> None:
        """Stop a worker of the short lane and raise another."""
        self._dismiss(worker)
        self._grow()

    def _find_idle(self) -> WorkerProcess | None:
        """Return a worker that has nothing to do, None when all are busy; dead ones are replaced."""
        while self._idle:
            worker = self._idle.pop()
            if worker.free:
                return worker
            self._replace(worker)
        return None

    async def _wait_for_worker(self) -> WorkerProcess:
        """Return the next worker that has nothing to do, first come first served."""
        if len(self._waiting) >= self.limits.waiting:
            raise self._make_busy()
        place: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self.limits.patience):
                await place
        except TimeoutError:
            self._leave(place)
            raise self._make_busy() from None
        except asyncio.CancelledError:
            self._leave(place)
            raise
        return place.result()

    def _leave(self, place: "asyncio.Future[WorkerProcess]") -> None:
        """Return up a place in the line; a worker that had just come is passed on."""
        if place in self._waiting:
            self._waiting.remove(place)
        elif not place.cancelled():
            self._put(place.result())

    def _put(self, worker: WorkerProcess) -> None:
        """Return a worker to whoever waits longest, or let it rest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _grow(self) -> None:
        """Raise another worker for the short lane while everything goes on."""
        task = asyncio.create_task(self._raise_and_put())
        self._growing.add(task)
        task.add_done_callback(self._growing.discard)

    async def _raise_and_put(self) -> None:
        self._put(await self._raise())

    async def _raise(self) -> WorkerProcess:
        """Return a new worker; a nursery that has gone is started anew, as often as it takes."""
        while True:
            try:
                return await raise_worker(self._nursery)
            except OSError:
                log.warning("the process that holds the graph has gone; starting it anew")
            await self._restart()

    async def _restart(self) -> None:
        """Start the nursery anew, once for all who miss it."""
        async with self._restarting:
            await asyncio.sleep(0.1)
            if self._nursery.alive:
                return
            try:
                self._nursery.start()
                await asyncio.to_thread(self._nursery.wait)
            except (InputError, StoppedError) as error:
                log.warning("%s", error)
                await asyncio.sleep(1)

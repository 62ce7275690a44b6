"""The scheduler of queries: a pool of workers in which long queries cannot hold up short ones.

A query starts as a short one. If it is not done soon, it goes on as a long one with low priority, and a new worker
takes its place among the short ones. If all places for long queries are taken, it is stopped, and restarted when one
is free.
"""

import asyncio
import logging
from collections import deque
from pathlib import Path

from testimonia.core.errors import InputError, OversizeError, QueryError, StoppedError, UnacceptableError
from testimonia.server.workers.answers import AnswerCache
from testimonia.server.workers.engine import Places, WaitForDisconnect, make_busy_error, stop_on_disconnect
from testimonia.server.workers.limits import MIB, Limits
from testimonia.server.workers.messages import Outcome, Reply, Task
from testimonia.server.workers.processes import ForkServer, WorkerProcess, start_worker

log = logging.getLogger(__name__)


class WorkerPool:
    """Workers over one graph: `await pool.ask(Task(query))`, for any number of callers at once."""

    def __init__(self, forkserver: ForkServer) -> None:
        self.limits: Limits = forkserver.limits
        self._forkserver = forkserver
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._places = Places(self.limits.long, self.limits)
        self._answers = AnswerCache()
        self._restarting = asyncio.Lock()
        self._growing: set[asyncio.Task[None]] = set()

    @property
    def graphs(self) -> dict[str, int]:
        """Named graph → number of its triples."""
        return self._forkserver.graphs

    @property
    def foreign(self) -> frozenset[str]:
        """The IRIs of graphs of merged sources, which are not part of the default graph."""
        return self._forkserver.foreign

    @property
    def folder(self) -> Path | None:
        """The folder that the graph was loaded from."""
        return self._forkserver.folder

    async def start(self) -> None:
        """Start the workers for short queries; return when the first is ready."""
        for _ in range(self.limits.workers):
            self._grow()
        await asyncio.wait(self._growing, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Stop all workers and the fork server."""
        for task in self._growing:
            task.cancel()
        for worker in self._idle:
            worker.close()
        self._forkserver.close()

    async def ask(self, task: Task, wait_for_disconnect: WaitForDisconnect | None = None) -> Reply:
        """Return the answer to a task, or raise an error as `ServerEngine` says.

        `wait_for_disconnect` is called only for long queries: for a short one it would cost more than the query.
        """
        if (known := self._answers.find(task)) is not None:
            return known
        worker = self._find_idle()
        if worker is not None:
            reply = await self._try_short(worker, task)
            if reply is not None:
                return self._keep(task, reply)
        reply = await stop_on_disconnect(self._go_on(worker, task), wait_for_disconnect)
        return self._keep(task, reply)

    async def _try_short(self, worker: WorkerProcess, task: Task) -> Reply | None:
        """Return the reply to a short query, and release its worker; None when the query turns out to be a long one.

        Processor time counts, not elapsed time: on a loaded machine a query is not long because it had to wait.
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
        """Return the reply to a task that runs long on a worker, or for which no worker was free."""
        if worker is None:
            worker = await self._wait_for_worker()
            reply = await self._try_short(worker, task)
            if reply is not None:
                return reply
        if not self._places.semaphore.locked():
            async with self._places.semaphore:
                self._make_long(worker)
                self._grow()
                return await self._wait_long(worker)
        self._replace(worker)
        async with self._places.take():
            worker = await self._start_worker()
            self._make_long(worker)
            worker.begin(task)
            return await self._wait_long(worker)

    def _find_rest(self, worker: WorkerProcess) -> float:
        """Return the seconds that are left until the deadline of a worker's task."""
        return max(0.0, self.limits.seconds - worker.running)

    async def _wait_long(self, worker: WorkerProcess) -> Reply:
        """Return the reply to a long query, and stop its worker."""
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
        """Cache and return an answer; raise the error of any other outcome."""
        match reply.outcome:
            case Outcome.REFUSED:
                raise QueryError(reply.message)
            case Outcome.UNACCEPTABLE:
                raise UnacceptableError(reply.message)
            case Outcome.OVERSIZE:
                raise OversizeError(reply.message)
            case Outcome.MEMORY:
                needs = f"it needs more than {self.limits.memory // MIB:,} MiB of memory, or is nested too deeply"
                raise StoppedError(f"the query was stopped: {needs}", wait=60)
        self._answers.keep(task, reply)
        return reply

    def _make_long(self, worker: WorkerProcess) -> None:
        worker.long = True
        self._forkserver.lower_priority(worker.pid)

    def _dismiss(self, worker: WorkerProcess) -> None:
        worker.close()
        self._forkserver.kill(worker.pid)

    def _replace(self, worker: WorkerProcess) -> None:
        """Kill a worker for short queries and start another."""
        self._dismiss(worker)
        self._grow()

    def _find_idle(self) -> WorkerProcess | None:
        """Return an idle worker, None when all are busy; dead ones are replaced."""
        while self._idle:
            worker = self._idle.pop()
            if worker.free:
                return worker
            self._replace(worker)
        return None

    async def _wait_for_worker(self) -> WorkerProcess:
        """Wait for an idle worker, first come first served."""
        if len(self._waiting) >= self.limits.waiting:
            raise make_busy_error(self.limits)
        place: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self.limits.patience):
                await place
        except TimeoutError:
            self._leave(place)
            raise make_busy_error(self.limits) from None
        except asyncio.CancelledError:
            self._leave(place)
            raise
        return place.result()

    def _leave(self, place: "asyncio.Future[WorkerProcess]") -> None:
        """Leave the queue; a worker that was assigned in the same moment is passed on."""
        if place in self._waiting:
            self._waiting.remove(place)
        elif not place.cancelled():
            self._put(place.result())

    def _put(self, worker: WorkerProcess) -> None:
        """Assign a worker to the caller that has waited longest, or mark it idle."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _grow(self) -> None:
        """Start another worker for short queries in the background."""
        task = asyncio.create_task(self._start_and_put())
        self._growing.add(task)
        task.add_done_callback(self._growing.discard)

    async def _start_and_put(self) -> None:
        self._put(await self._start_worker())

    async def _start_worker(self) -> WorkerProcess:
        """Start a worker; a fork server that has ended is restarted, as often as necessary."""
        while True:
            try:
                return await start_worker(self._forkserver)
            except OSError:
                log.warning("the process that holds the graph has ended; restarting it")
            await self._restart()

    async def _restart(self) -> None:
        """Restart the fork server, once for all callers that found it ended."""
        async with self._restarting:
            await asyncio.sleep(0.1)
            if self._forkserver.alive:
                return
            try:
                self._forkserver.start()
                await asyncio.to_thread(self._forkserver.wait)
            except (InputError, StoppedError) as error:
                log.warning("%s", error)
                await asyncio.sleep(1)

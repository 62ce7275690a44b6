"""The interface of query engines: a pool of local workers, or a SPARQL server elsewhere."""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from testimonia.core.errors import StoppedError
from testimonia.server.workers.limits import Limits
from testimonia.server.workers.messages import Reply, Task

WaitForDisconnect = Callable[[], Awaitable[None]]
"""Returns when the client has disconnected."""


class ServerEngine(Protocol):
    """Answers the queries of pages and endpoint over the graphs of one data set."""

    @property
    def graphs(self) -> Mapping[str, int]:
        """Named graph → number of its triples."""

    @property
    def foreign(self) -> AbstractSet[str]:
        """The IRIs of graphs of merged sources, which are not part of the default graph."""

    @property
    def folder(self) -> Path | None:
        """The folder that the graphs were loaded from; None when they are elsewhere."""

    async def start(self) -> None:
        """Get ready to answer."""

    async def close(self) -> None:
        """Stop answering."""

    async def ask(self, task: Task, wait_for_disconnect: WaitForDisconnect | None = None) -> Reply:
        """Return the answer to a task; it is stopped when the caller is cancelled or `wait_for_disconnect` returns.

        QueryError for a query that does not parse or is not allowed, UnacceptableError when no format of its answer is
        accepted, OversizeError when the answer is too large, StoppedError when it takes too long or too much memory, or
        when too many queries are running, RemoteError when a server elsewhere fails.
        """


class Places:
    """A number of places for concurrent queries, with a bounded queue of queries that wait for one."""

    def __init__(self, number: int, limits: Limits) -> None:
        self.semaphore = asyncio.Semaphore(number)
        self._limits = limits
        self._queued = 0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Hold a place, waiting for one if need be; StoppedError when too many wait, or one waits too long."""
        if self._queued >= self._limits.waiting:
            raise make_busy_error(self._limits)
        self._queued += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                await self.semaphore.acquire()
        except TimeoutError:
            raise make_busy_error(self._limits) from None
        finally:
            self._queued -= 1
        try:
            yield
        finally:
            self.semaphore.release()


def make_busy_error(limits: Limits) -> StoppedError:
    """Return the error for a query that cannot run because too many others do."""
    return StoppedError("too many queries are running; ask again later", wait=math.ceil(limits.patience))


async def stop_on_disconnect(run: Coroutine[Any, Any, Reply], wait_for_disconnect: WaitForDisconnect | None) -> Reply:
    """Return the result of a run; cancel it and raise StoppedError when the client disconnects first."""
    if wait_for_disconnect is None:
        return await run
    running, left = asyncio.create_task(run), asyncio.ensure_future(wait_for_disconnect())
    try:
        await asyncio.wait({running, left}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise StoppedError("nobody waits for the answer any more", wait=0)
        return running.result()
    finally:
        running.cancel()
        left.cancel()

"""Engine: what answers tasks over the graphs of one data set; a pool of our own workers, or a server elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Protocol

from testimonia.core.errors import StoppedError
from testimonia.server.workers.messages import Reply, Task

Leaving = Callable[[], Awaitable[None]]
"""Returns when nobody waits for an answer any more."""


class ServerEngine(Protocol):
    """What pages and endpoint ask."""

    @property
    def graphs(self) -> Mapping[str, int]:
        """The triples of each named graph, by its IRI."""

    @property
    def foreign(self) -> AbstractSet[str]:
        """The IRIs of graphs of others, which are not part of the default graph."""

    @property
    def folder(self) -> Path | None:
        """The folder that our graphs were read from; None when they are elsewhere."""

    async def start(self) -> None:
        """Get ready to answer."""

    async def close(self) -> None:
        """Stop answering."""

    async def ask(self, task: Task, leaving: Leaving | None = None) -> Reply:
        """Return the answer to a task; when the caller is cancelled, or `leaving` returns, it is stopped.

        QueryError for a query that does not parse or may not run, UnacceptableError when it gives nothing in the
        formats of the task, OversizeError when its answer is too large, StoppedError when it takes too long or too
        much memory, or when there is no free place, RemoteError when a server elsewhere fails.
        """


async def stop_when_left(run: Coroutine[Any, Any, Reply], leaving: Leaving | None) -> Reply:
    """Return what a run gives; StoppedError, the run being cancelled, when nobody waits for it any more."""
    if leaving is None:
        return await run
    running, left = asyncio.create_task(run), asyncio.ensure_future(leaving())
    try:
        await asyncio.wait({running, left}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise StoppedError("nobody waits for the answer any more", wait=0)
        return running.result()
    finally:
        running.cancel()
        left.cancel()

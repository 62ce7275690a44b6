"""Processes: the nursery and its workers as the server sees them, over sockets."""

import asyncio
import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import cast

from testimonia.errors import InputError, Problem, StoppedError
from testimonia.pool.limits import Limits
from testimonia.pool.messages import LENGTHS, Reply, Task, parse_reply, receive_message, write_task
from testimonia.pool.nursery import FORK, KILL, ORDER, YIELD

PROGRAM = "testimonia.pool.nursery"


class Nursery:
    """The process that holds the graph and forks workers; started at once, ready when `wait` returns."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self.graphs: dict[str, int] = {}
        self.start()

    def start(self) -> None:
        """Start the process; it loads the graph while the caller goes on."""
        self._orders, theirs = socket.socketpair()
        limits = (self.limits.seconds, self.limits.memory, self.limits.answer)
        arguments = [str(theirs.fileno()), str(self.folder), *map(str, limits)]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # a Ctrl-C in the terminal is for the server, which sees its workers off
            )

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def wait(self) -> dict[str, int]:
        """Wait until the graph is loaded; give the triples of each named graph by its IRI.

        InputError when it cannot be used.
        """
        message = receive_message(self._orders)
        if message is None:
            raise StoppedError("the process that loads the graph has ended; is there enough memory?", wait=60)
        said = json.loads(message[0])
        if "problems" in said:
            self.close()
            raise InputError(Problem(**facts) for facts in said["problems"])
        self.graphs = said["graphs"]
        return self.graphs

    def fork(self) -> socket.socket:
        """Order a worker; give the socket it will talk over. OSError when the nursery is gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._orders, [ORDER.pack(FORK, 0)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def kill(self, pid: int) -> None:
        """Stop a worker, whatever it does."""
        self._order(KILL, pid)

    def yield_(self, pid: int) -> None:
        """Let a worker give way to others."""
        self._order(YIELD, pid)

    def close(self) -> None:
        """End the nursery and all workers."""
        self._orders.close()
        self._process.wait()

    def _order(self, letter: bytes, pid: int) -> None:
        """Send an order; without a nursery workers end by themselves at their deadline."""
        with suppress(OSError):
            self._orders.send(ORDER.pack(letter, pid))


class Worker(asyncio.Protocol):
    """A worker: one task at a time, its reply awaited."""

    def __init__(self) -> None:
        self.pid = 0
        self.long = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.WriteTransport | None = None
        self._run: asyncio.Future[Reply] | None = None
        self._received = bytearray()

    @property
    def free(self) -> bool:
        """Whether it lives, and waits for a task."""
        return self._transport is not None and (self._run is None or self._run.done())

    def begin(self, task: Task) -> "asyncio.Future[Reply]":
        """Give the run of a task; it ends with a ConnectionError when the worker dies over it."""
        self._run = asyncio.get_running_loop().create_future()
        if self._transport is None:
            self._run.set_exception(ConnectionResetError())
        else:
            self._transport.write(write_task(task))
        return self._run

    def close(self) -> None:
        """Forget the worker: nobody waits for it any more."""
        if self._run is not None:
            self._run.cancel()
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what tasks are written to."""
        self._transport = cast(asyncio.WriteTransport, transport)  # uvloop's are of no such class

    def data_received(self, data: bytes) -> None:
        """Take in a part of a message; when it is whole, it is who the worker is, or its reply."""
        self._received += data
        if len(self._received) < LENGTHS.size:
            return
        head, body = LENGTHS.unpack_from(self._received)
        middle, end = LENGTHS.size + head, LENGTHS.size + head + body
        if len(self._received) < end:
            return
        whole = bytes(self._received)
        self._received.clear()
        if not self.ready.done():
            self.pid = json.loads(whole[LENGTHS.size : middle])["pid"]
            self.ready.set_result(None)
        elif self._run is not None and not self._run.done():
            self._run.set_result(parse_reply(whole[LENGTHS.size : middle], whole[middle:end]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that nothing more will come."""
        self._transport = None
        for waiting in (self.ready, self._run):
            if waiting is not None and not waiting.done():
                waiting.set_exception(exc or ConnectionResetError())


async def raise_worker(nursery: Nursery) -> Worker:
    """Give a new worker, ready for a task. OSError when the nursery is gone."""
    _, worker = await asyncio.get_running_loop().create_connection(Worker, sock=nursery.fork())
    await worker.ready
    return worker

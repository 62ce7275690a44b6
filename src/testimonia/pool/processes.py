"""Processes: the nursery and its workers as the server sees them, over sockets."""

import asyncio
import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from testimonia.errors import InputError, Problem, StoppedError
from testimonia.pool.limits import MIB, Limits
from testimonia.pool.messages import LENGTHS, Reply, Task, parse_reply, receive_message, write_task
from testimonia.pool.nursery import FORK, KILL, ORDER, YIELD

PROGRAM = "testimonia.pool.nursery"
BUFFER = 4 * MIB


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
            raise InputError(Problem(*fields) for fields in said["problems"])
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


class Worker:
    """A worker: one task at a time, its reply awaited."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int) -> None:
        self.pid = pid
        self.long = False
        self._reader = reader
        self._writer = writer
        self._run: asyncio.Task[Reply] | None = None

    @property
    def free(self) -> bool:
        """Whether it lives, and waits for a task."""
        ended = self._run is None or (self._run.done() and not self._run.cancelled() and not self._run.exception())
        return ended and not self._reader.at_eof()

    def begin(self, task: Task) -> "asyncio.Task[Reply]":
        """Give the run of a task; it ends with IncompleteReadError or OSError when the worker dies over it."""
        self._run = asyncio.create_task(self._ask(task))
        return self._run

    def close(self) -> None:
        """Forget the worker: nobody waits for it any more."""
        if self._run is not None:
            self._run.cancel()
        self._writer.close()

    async def _ask(self, task: Task) -> Reply:
        self._writer.write(write_task(task))
        head, body = LENGTHS.unpack(await self._reader.readexactly(LENGTHS.size))
        return parse_reply(await self._reader.readexactly(head), await self._reader.readexactly(body))


async def raise_worker(nursery: Nursery) -> Worker:
    """Give a new worker, ready for a task. OSError or IncompleteReadError when the nursery is gone."""
    reader, writer = await asyncio.open_connection(sock=nursery.fork(), limit=BUFFER)
    try:
        head, _ = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
        return Worker(reader, writer, json.loads(await reader.readexactly(head))["pid"])
    except (OSError, asyncio.IncompleteReadError):
        writer.close()
        raise

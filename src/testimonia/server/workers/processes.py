"""The server's side of the fork server and its workers, over sockets."""

import asyncio
import json
import math
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from testimonia.core.errors import InputError, StoppedError
from testimonia.core.findings import restore_finding
from testimonia.server.workers.forkserver import FORK, KILL, ORDER, RENICE
from testimonia.server.workers.limits import Limits
from testimonia.server.workers.messages import LENGTHS, Reply, Task, parse_reply, receive_message, write_task

PROGRAM = "testimonia.server.workers.forkserver"
_TICKS = os.sysconf("SC_CLK_TCK")


class ForkServer:
    """The process that has loaded the graph and forks workers; it is started at once and ready when `wait` returns.

    `source_files` are N-Quads files of merged sources, whose graphs only GRAPH patterns match.
    """

    def __init__(self, folder: Path, limits: Limits, source_files: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.limits = limits
        self.graphs: dict[str, int] = {}
        self.foreign: frozenset[str] = frozenset()
        self._source_files = [str(file.resolve()) for file in source_files]
        self.start()

    def start(self) -> None:
        """Start the process, which loads the graph in the background."""
        self._orders, theirs = socket.socketpair()
        limits = (self.limits.seconds, self.limits.memory, self.limits.answer)
        arguments = [str(theirs.fileno()), str(self.folder), *map(str, limits), *self._source_files]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal goes to the server alone, which stops its workers
            )

    @property
    def alive(self) -> bool:
        """Whether the process is running."""
        return self._process.poll() is None

    def wait(self) -> dict[str, int]:
        """Wait until the graph is loaded, and return named graph → number of its triples.

        InputError when the graph cannot be used.
        """
        message = receive_message(self._orders)
        if message is None:
            raise StoppedError("the process that loads the graph has ended; is there enough memory?", wait=60)
        report = json.loads(message[0])
        if "findings" in report:
            self.close()
            raise InputError(map(restore_finding, report["findings"]))
        self.graphs, self.foreign = report["graphs"], frozenset(report["foreign"])
        return self.graphs

    def fork(self) -> socket.socket:
        """Fork a worker and return the socket to it. OSError when the fork server has ended."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._orders, [ORDER.pack(FORK, 0)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def kill(self, pid: int) -> None:
        """Kill a worker."""
        self._order(KILL, pid)

    def lower_priority(self, pid: int) -> None:
        """Lower the priority of a worker, so that short queries go first."""
        self._order(RENICE, pid)

    def close(self) -> None:
        """End the process and all its workers."""
        self._orders.close()
        self._process.wait()

    def _order(self, letter: bytes, pid: int) -> None:
        """Send an order; if the process has ended, workers end by themselves at their deadline."""
        with suppress(OSError):
            self._orders.send(ORDER.pack(letter, pid))


class WorkerProcess(asyncio.Protocol):
    """The connection to a worker, which runs one task at a time."""

    def __init__(self) -> None:
        self.pid = 0
        self.long = False
        self._loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = self._loop.create_future()
        self._transport: asyncio.WriteTransport | None = None
        self._busy = False
        self._began = 0.0
        self._spent = 0.0
        self._reply: Reply | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._received = bytearray()

    @property
    def free(self) -> bool:
        """Whether the worker is alive and has no task."""
        return self._transport is not None and not self._busy

    @property
    def running(self) -> float:
        """The seconds since its task began."""
        return self._loop.time() - self._began

    def find_spent(self) -> float:
        """Return the seconds of processor time that its task has used; infinity where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return math.inf
        return (int(fields[11]) + int(fields[12])) / _TICKS - self._spent  # user and system time of all its threads

    def begin(self, task: Task) -> None:
        """Send a task to the worker."""
        self._busy, self._reply, self._began = True, None, self._loop.time()
        if self._transport is not None:
            self._transport.write(write_task(task))

    async def wait(self, seconds: float) -> Reply | None:
        """Return the reply to its task, None if there is none within `seconds`; ConnectionError if the worker died."""
        if self._reply is None and self._transport is not None:
            self._waiting = self._loop.create_future()
            timer = self._loop.call_later(seconds, self._wake)
            try:
                await self._waiting
            finally:
                timer.cancel()
                self._waiting = None
        if self._reply is None and self._transport is None:
            raise ConnectionResetError
        return self._reply

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        self._transport = cast(asyncio.WriteTransport, transport)  # uvloop's transports do not inherit from it

    def data_received(self, data: bytes) -> None:
        """Receive a part of a message, and handle the message once it is complete."""
        self._received += data
        if len(self._received) < LENGTHS.size:
            return
        head, body = LENGTHS.unpack_from(self._received)
        middle, end = LENGTHS.size + head, LENGTHS.size + head + body
        if len(self._received) < end:
            return
        whole = bytes(self._received)
        self._received.clear()
        self._take(whole[LENGTHS.size : middle], whole[middle:end])

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake the waiting caller: no reply will come."""
        self._transport = None
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionResetError())
        self._wake()

    def _take(self, head: bytes, body: bytes) -> None:
        """Handle a message: the first has the worker's process id, all others are replies."""
        if not self.ready.done():
            self.pid = json.loads(head)["pid"]
            self.ready.set_result(None)
            return
        self._reply, self._busy = parse_reply(head, body), False
        self._spent = self._reply.spent
        self._wake()

    def _wake(self) -> None:
        """Wake the caller of `wait`, if there is one."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


async def start_worker(forkserver: ForkServer) -> WorkerProcess:
    """Start a worker and wait until it is ready. OSError when the fork server has ended."""
    _, worker = await asyncio.get_running_loop().create_connection(WorkerProcess, sock=forkserver.fork())
    try:
        await worker.ready
    except asyncio.CancelledError:
        worker.close()
        raise
    return worker

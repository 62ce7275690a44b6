"""Nursery: a process that loads the graph once, then forks workers that share its memory.

Orders come in over a socket, five bytes each: a letter and a process id. `f` forks a worker over the socket sent along
with it, `k` kills one, `n` makes one give way to others. It has one thread, so that forking is safe, and ends with its
socket, taking its workers along.
"""

import gc
import os
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from testimonia.core.errors import InputError
from testimonia.rdf.graph_folder import read_graphs
from testimonia.server.workers.messages import write_message
from testimonia.server.workers.worker import Holding, run_worker

ORDER = struct.Struct("!cI")
FORK, KILL, YIELD = b"f", b"k", b"n"
LOW_PRIORITY = 10


@dataclass
class WorkerForker:
    """What workers answer from, and the process ids of those that have not been seen off."""

    holding: Holding
    children: set[int] = field(default_factory=set)

    def run(self, orders: socket.socket) -> None:
        """Follow orders until their socket closes."""
        try:
            while True:
                order, sockets, _, _ = socket.recv_fds(orders, ORDER.size, 1)
                if len(order) < ORDER.size:
                    return
                self._bury()
                letter, pid = ORDER.unpack(order)
                if letter == FORK:
                    self._fork(orders, sockets[0])
                elif letter == KILL and pid in self.children:
                    os.kill(pid, signal.SIGKILL)
                elif letter == YIELD and pid in self.children:
                    os.setpriority(os.PRIO_PROCESS, pid, LOW_PRIORITY)
        finally:
            for pid in self.children:
                os.kill(pid, signal.SIGKILL)

    def _fork(self, orders: socket.socket, descriptor: int) -> None:
        """Fork a worker that talks over a descriptor."""
        pid = os.fork()
        if pid:
            self.children.add(pid)
            os.close(descriptor)
            return
        status = 1
        try:
            orders.close()
            self.children.clear()
            os.dup2(0, 2)  # what the engine says when memory runs out is told in other words
            with socket.socket(fileno=descriptor) as connection:
                run_worker(connection, self.holding)
            status = 0
        finally:
            os._exit(status)

    def _bury(self) -> None:
        """Let the system forget workers that have ended; until then their process ids are nobody else's."""
        with suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.children.discard(pid)


def main(arguments: list[str]) -> None:
    """Load a graph, say what it holds (or what is wrong with it), and follow orders.

    Arguments: the number of the orders' socket, the graph's folder, seconds, memory and answer in bytes, other files.
    """
    number, folder, seconds, memory, answer, *beside = arguments
    orders = socket.socket(fileno=int(number))
    with suppress(ConnectionError):  # whoever gave the order has gone: then the first order does not come either
        try:
            store, graphs, foreign = read_graphs(Path(folder), [Path(file) for file in beside])
        except InputError as error:
            orders.sendall(write_message({"findings": [asdict(finding) for finding in error.findings]}))
            return
        orders.sendall(write_message({"graphs": graphs, "foreign": sorted(foreign)}))
        gc.collect()
        gc.freeze()  # so that collecting garbage does not copy what is shared
        WorkerForker(Holding(store, graphs.keys(), float(seconds), int(memory), int(answer), union=not beside)).run(
            orders
        )


if __name__ == "__main__":
    main(sys.argv[1:])

"""The fork server: a process that loads the graph once, then forks workers that share its memory.

Orders arrive over a socket, five bytes each: a letter and a process id. `f` forks a worker over the socket passed along
with it, `k` kills one, `n` lowers the priority of one. The process has one thread, because forking a process with
several may copy locks that nobody will ever release. It ends when its socket closes, and kills its workers.
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
from testimonia.server.workers.worker import WorkerConfig, run_worker

ORDER = struct.Struct("!cI")
FORK, KILL, RENICE = b"f", b"k", b"n"
LOW_PRIORITY = 10


@dataclass
class WorkerForker:
    """Forks workers; `children` are the process ids of those that have not been reaped."""

    config: WorkerConfig
    children: set[int] = field(default_factory=set)

    def run(self, orders: socket.socket) -> None:
        """Follow orders until their socket closes."""
        try:
            while True:
                order, sockets, _, _ = socket.recv_fds(orders, ORDER.size, 1)
                if len(order) < ORDER.size:
                    return
                self._reap()
                letter, pid = ORDER.unpack(order)
                if letter == FORK:
                    self._fork(orders, sockets[0])
                elif letter == KILL and pid in self.children:
                    os.kill(pid, signal.SIGKILL)
                elif letter == RENICE and pid in self.children:
                    os.setpriority(os.PRIO_PROCESS, pid, LOW_PRIORITY)
        finally:
            for pid in self.children:
                os.kill(pid, signal.SIGKILL)

    def _fork(self, orders: socket.socket, descriptor: int) -> None:
        """Fork a worker that communicates over a socket's file descriptor."""
        pid = os.fork()
        if pid:
            self.children.add(pid)
            os.close(descriptor)
            return
        status = 1
        try:
            orders.close()
            self.children.clear()
            os.dup2(
                0, 2
            )  # pyoxigraph aborts with a trace when memory runs out; the server reports that in its own words
            with socket.socket(fileno=descriptor) as connection:
                run_worker(connection, self.config)
            status = 0
        finally:
            os._exit(status)

    def _reap(self) -> None:
        """Reap workers that have ended; until then the system cannot give their process ids to other processes."""
        with suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.children.discard(pid)


def main(arguments: list[str]) -> None:
    """Load a graph, report its named graphs (or what is wrong with it), and follow orders.

    Arguments: file descriptor of the socket for orders, folder of the graph, seconds, memory and answer in bytes, files
    of merged sources.
    """
    number, folder, seconds, memory, answer, *source_files = arguments
    orders = socket.socket(fileno=int(number))
    with suppress(ConnectionError):  # the server has gone: no order will come
        try:
            store, graphs, foreign = read_graphs(Path(folder), [Path(file) for file in source_files])
        except InputError as error:
            orders.sendall(write_message({"findings": [asdict(finding) for finding in error.findings]}))
            return
        orders.sendall(write_message({"graphs": graphs, "foreign": sorted(foreign)}))
        gc.collect()
        gc.freeze()  # collecting garbage would write to, and so copy, pages that workers share
        config = WorkerConfig(store, graphs.keys(), float(seconds), int(memory), int(answer), union=not source_files)
        WorkerForker(config).run(orders)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Worker: a process over the graph that answers one task after another until it is told to stop, or is stopped.

What holds it: a limit on its memory; no file and no socket can be opened any more; a timer of the system that ends it
soon after a query's deadline, even when whoever should have stopped it is gone.
"""

import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.process_limits import limit_memory
from testimonia.server.workers.answering import answer_task
from testimonia.server.workers.messages import parse_task, receive_message, write_message, write_reply

GRACE = 1.0
"""Seconds after the deadline in which the worker is stopped by others, before it ends by itself."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What workers answer from, and how far they may go: seconds, bytes of memory, bytes of an answer.

    Without `union` the default graph is what stands in the store's, not all graphs together.
    """

    store: ox.Store
    graphs: AbstractSet[str]
    seconds: float
    memory: int
    answer: int
    union: bool = True


def run_worker(connection: socket.socket, holding: Holding) -> None:
    """Answer tasks from a connection until it closes.

    It does so in a thread of its own: a thread's memory comes from new pages. What is free of the first thread's lies
    scattered among the graph, on pages shared with other processes, each of which would be copied at the first touch.
    """
    thread = threading.Thread(target=_answer_all, args=(connection, holding))
    thread.start()
    thread.join()


def _answer_all(connection: socket.socket, holding: Holding) -> None:
    """Answer tasks from a connection until it closes."""
    limit_resources(holding.memory)
    connection.sendall(write_message({"pid": os.getpid()}))
    while (message := receive_message(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, holding.seconds + GRACE)
        task = parse_task(message[0])
        reply = answer_task(holding.store, holding.graphs, task, holding.answer, union=holding.union)
        connection.sendall(write_reply(reply, time.process_time()))
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit_resources(memory: int) -> None:
    """Allow this process so many bytes of memory beside what it has, no core file, no further file and no socket."""
    limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))

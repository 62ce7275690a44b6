"""A worker process, which answers one task after another until its connection closes or it is killed.

It is confined: its memory is limited, it can open no file and no socket, and a system timer ends it soon after a
query's deadline, even if the server that should have stopped it is gone.
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
"""Seconds after the deadline for the server to stop the worker, before it ends by itself."""


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """The store of a worker and its limits: seconds, bytes of memory, bytes of an answer.

    Without `union` the default graph is the store's, not all graphs together.
    """

    store: ox.Store
    graphs: AbstractSet[str]
    seconds: float
    memory: int
    answer: int
    union: bool = True


def run_worker(connection: socket.socket, config: WorkerConfig) -> None:
    """Answer tasks from a connection until it closes.

    It does so in a new thread, which allocates from new pages. The free memory of the first thread is scattered over
    pages of the graph that all processes share, each of which would be copied when it is first written to.
    """
    thread = threading.Thread(target=_answer_all, args=(connection, config))
    thread.start()
    thread.join()


def _answer_all(connection: socket.socket, config: WorkerConfig) -> None:
    """Answer tasks from a connection until it closes."""
    limit_resources(config.memory)
    connection.sendall(write_message({"pid": os.getpid()}))
    while (message := receive_message(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, config.seconds + GRACE)
        task = parse_task(message[0])
        reply = answer_task(config.store, config.graphs, task, config.answer, union=config.union)
        connection.sendall(write_reply(reply, time.process_time()))
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit_resources(memory: int) -> None:
    """Limit this process to `memory` bytes besides what it has, with no core file, no further file and no socket."""
    limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))

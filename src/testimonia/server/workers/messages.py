"""Messages: what goes to a worker and what comes back, as bytes on a socket.

A message is the length of its head (4 bytes), the length of its body (8 bytes), a head in JSON, and a body as it is:
an answer is written once, by the worker, and never parsed on its way out.
"""

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LENGTHS = struct.Struct("!IQ")
MOST_AT_ONCE = 65536
_ENCODER = json.JSONEncoder(separators=(",", ":"))


class Outcome(StrEnum):
    """How the run of a query ended."""

    DONE = "done"
    REFUSED = "refused"
    UNACCEPTABLE = "unacceptable"
    OVERSIZE = "oversize"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Task:
    """A query to run.

    `tabular` and `graph` are the media types for what SELECT and ASK, and CONSTRUCT and DESCRIBE give ("" = none would
    be accepted). `default` and `named` are the IRIs of the data set that the protocol asks for; where both are empty
    the query's own FROM counts, else all graphs together. `base` resolves relative IRIs. `saved`: it is the query of a
    saved question, tried with its OPTIONAL parts joined row by row.
    """

    query: str
    tabular: str = "application/sparql-results+json"
    graph: str = "application/n-triples"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str = ""
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """How a run ended: with an answer in a media type, or with a message for who asked.

    `lasting`: the same task has the same answer as long as the graph is the same (nothing drawn by lot, no clock);
    `spent`: seconds of processor time that the worker has used in all its life.
    """

    outcome: Outcome
    media_type: str = ""
    message: str = ""
    body: bytes = b""
    lasting: bool = False
    spent: float = 0.0


def write_message(head: Mapping[str, Any] | Sequence[Any], body: bytes = b"") -> bytes:
    r"""Return the bytes of a message.

    >>> write_message({"a": 1}, b"xy")
    b'\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x02{"a":1}xy'
    """
    written = _ENCODER.encode(head).encode()
    return LENGTHS.pack(len(written), len(body)) + written + body


def write_task(task: Task) -> bytes:
    """Return the message that a task is."""
    return write_message([task.query, task.tabular, task.graph, task.default, task.named, task.base, task.saved])


def write_reply(reply: Reply, spent: float = 0.0) -> bytes:
    """Return the message that a reply is, `spent` being what the worker has used by now."""
    return write_message([reply.outcome.value, reply.media_type, reply.message, reply.lasting, spent], reply.body)


def parse_task(head: bytes) -> Task:
    """Return the task that a message carries."""
    query, tabular, graph, default, named, base, saved = json.loads(head)
    return Task(query, tabular, graph, tuple(default), tuple(named), base, saved)


def parse_reply(head: bytes, body: bytes) -> Reply:
    """Return the reply that a message carries.

    >>> written = write_reply(Reply(Outcome.DONE, "text/csv", "", b"n"))
    >>> parse_reply(written[LENGTHS.size : -1], written[-1:]).body
    b'n'
    """
    outcome, media_type, message, lasting, spent = json.loads(head)
    return Reply(Outcome(outcome), media_type, message, body, lasting, spent)


def receive_message(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Return head and body of the next message, the only one under way; None when the other side has closed."""
    received, head, end = bytearray(), 0, LENGTHS.size
    while len(received) < end:
        part = connection.recv(MOST_AT_ONCE)
        if not part:
            return None
        received += part
        if len(received) >= LENGTHS.size:
            head, body = LENGTHS.unpack_from(received)
            end = LENGTHS.size + head + body
    middle = LENGTHS.size + head
    return bytes(received[LENGTHS.size : middle]), bytes(received[middle:end])

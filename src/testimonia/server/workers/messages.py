"""The messages between server and workers, as bytes on a socket.

A message is the length of its head (4 bytes), the length of its body (8 bytes), a head in JSON, and raw bytes: an
answer is serialised once, by the worker, and passed on to the client without being parsed.
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
    """The result of running a query."""

    DONE = "done"
    REFUSED = "refused"
    UNACCEPTABLE = "unacceptable"
    OVERSIZE = "oversize"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Task:
    """A query to run.

    `tabular` is the media type for answers to SELECT and ASK, `graph` for CONSTRUCT and DESCRIBE ("": none is
    accepted). `default` and `named` are the graphs of the data set that the request specifies; where both are empty the
    query's own FROM counts, else all graphs together. `base` resolves relative IRIs. `saved`: the query is that of a
    saved question, whose OPTIONAL parts are joined row by row.
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
    """The result of a task: an answer in a media type, or a message for the client.

    `cacheable`: the task always has this answer over the same graph (no random values, no clock); `spent`: seconds of
    processor time that the worker has used since it started.
    """

    outcome: Outcome
    media_type: str = ""
    message: str = ""
    body: bytes = b""
    cacheable: bool = False
    spent: float = 0.0


def write_message(head: Mapping[str, Any] | Sequence[Any], body: bytes = b"") -> bytes:
    r"""Return the bytes of a message.

    >>> write_message({"a": 1}, b"xy")
    b'\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x02{"a":1}xy'
    """
    written = _ENCODER.encode(head).encode()
    return LENGTHS.pack(len(written), len(body)) + written + body


def write_task(task: Task) -> bytes:
    """Return the message of a task."""
    return write_message([task.query, task.tabular, task.graph, task.default, task.named, task.base, task.saved])


def write_reply(reply: Reply, spent: float = 0.0) -> bytes:
    """Return the message of a reply; `spent` is the processor time that the worker has used so far."""
    return write_message([reply.outcome.value, reply.media_type, reply.message, reply.cacheable, spent], reply.body)


def parse_task(head: bytes) -> Task:
    """Return the task in a message."""
    query, tabular, graph, default, named, base, saved = json.loads(head)
    return Task(query, tabular, graph, tuple(default), tuple(named), base, saved)


def parse_reply(head: bytes, body: bytes) -> Reply:
    """Return the reply in a message.

    >>> written = write_reply(Reply(Outcome.DONE, "text/csv", "", b"n"))
    >>> parse_reply(written[LENGTHS.size : -1], written[-1:]).body
    b'n'
    """
    outcome, media_type, message, cacheable, spent = json.loads(head)
    return Reply(Outcome(outcome), media_type, message, body, cacheable, spent)


def receive_message(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Return head and body of the next message; None when the other side has closed.

    No further message may be on its way: its first bytes would be lost.
    """
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

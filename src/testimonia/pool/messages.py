"""Messages: what goes to a worker and what comes back, as bytes on a socket.

A message is the length of its head (4 bytes), the length of its body (8 bytes), a head in JSON, and a body as it is:
an answer is written once, by the worker, and never parsed on its way out.
"""

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LENGTHS = struct.Struct("!IQ")


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
    the query's own FROM counts, else all graphs together. `base` resolves relative IRIs.
    """

    query: str
    tabular: str = "application/sparql-results+json"
    graph: str = "application/n-triples"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a run ended: with an answer in a media type, or with a message for who asked."""

    outcome: Outcome
    media_type: str = ""
    message: str = ""
    body: bytes = b""


def write_message(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    r"""Give the bytes of a message.

    >>> write_message({"a": 1}, b"xy")
    b'\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x02{"a":1}xy'
    """
    written = json.dumps(head, separators=(",", ":")).encode()
    return LENGTHS.pack(len(written), len(body)) + written + body


def write_task(task: Task) -> bytes:
    """Give the message that a task is."""
    return write_message({name: getattr(task, name) for name in Task.__slots__})


def write_reply(reply: Reply) -> bytes:
    """Give the message that a reply is."""
    head = {"ended": reply.outcome.value, "media_type": reply.media_type, "message": reply.message}
    return write_message(head, reply.body)


def parse_task(head: bytes) -> Task:
    """Give the task that a message carries."""
    fields = json.loads(head)
    return Task(**{**fields, "default": tuple(fields["default"]), "named": tuple(fields["named"])})


def parse_reply(head: bytes, body: bytes) -> Reply:
    """Give the reply that a message carries.

    >>> written = write_reply(Reply(Outcome.DONE, "text/csv", "", b"n"))
    >>> parse_reply(written[LENGTHS.size : -1], written[-1:])
    Reply(outcome=<Outcome.DONE: 'done'>, media_type='text/csv', message='', body=b'n')
    """
    fields = json.loads(head)
    return Reply(Outcome(fields["ended"]), fields["media_type"], fields["message"], body)


def receive_exactly(connection: socket.socket, count: int) -> bytes:
    """Give so many bytes from a socket; b"" when it closes before they are all there."""
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(count - len(parts))
        if not part:
            return b""
        parts += part
    return bytes(parts)


def receive_message(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Give head and body of the next message; None when the other side has closed."""
    lengths = receive_exactly(connection, LENGTHS.size)
    if not lengths:
        return None
    head, body = LENGTHS.unpack(lengths)
    return receive_exactly(connection, head), receive_exactly(connection, body) if body else b""

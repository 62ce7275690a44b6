"""Wire: HTTP as uvicorn speaks it, except that the head of an answer goes out together with what follows it.

uvicorn writes head and body one after the other, and every write to a socket wakes whoever waits at its other end:
for small answers that is more than half of what they cost.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class JoiningTransport:
    """A transport that holds the head of an answer back until its body is there, or until the loop turns."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held = b""

    def __getattr__(self, name: str) -> Any:
        """Return what the transport itself has."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write what was held back and this, or hold this back when it begins an answer."""
        if self._held:
            data, self._held = self._held + data, b""
            self._transport.write(data)
        elif data.startswith(b"HTTP/1."):
            self._held = data
            self._loop.call_soon(self.flush)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Write what was held back, if its body has not taken it along."""
        if self._held:
            data, self._held = self._held, b""
            self._transport.write(data)

    def close(self) -> None:
        """Write what was held back, and close."""
        self.flush()
        self._transport.close()


class JoiningProtocol(HttpToolsProtocol):
    """The protocol over such a transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin with a connection."""
        super().connection_made(cast(asyncio.Transport, JoiningTransport(transport, self.loop)))

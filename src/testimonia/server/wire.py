"""uvicorn's HTTP protocol, changed so that the head of a response is sent together with its body.

uvicorn writes head and body one after the other, and each write to the socket wakes the client: for small answers that
is more than half of their cost.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class JoiningTransport:
    """A transport that buffers the head of a response until its body is written, or until the next loop iteration."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held = b""

    def __getattr__(self, name: str) -> Any:
        """Delegate everything else to the transport."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write the buffered head with this data, or buffer the data when it is the head of a response."""
        if self._held:
            data, self._held = self._held + data, b""
            self._transport.write(data)
        elif data.startswith(b"HTTP/1."):
            self._held = data
            self._loop.call_soon(self.flush)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Write the buffered head, if it was not written with a body."""
        if self._held:
            data, self._held = self._held, b""
            self._transport.write(data)

    def close(self) -> None:
        """Flush and close."""
        self.flush()
        self._transport.close()


class JoiningProtocol(HttpToolsProtocol):
    """HTTP over a `JoiningTransport`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wrap the transport of a new connection."""
        super().connection_made(cast(asyncio.Transport, JoiningTransport(transport, self.loop)))

"""The HTTP server (uvicorn) that runs the application until it is told to stop."""

import errno
import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType, TracebackType

import uvicorn
from starlette.applications import Starlette

from testimonia.core.errors import TestimoniaError
from testimonia.core.printable import make_printable
from testimonia.server.middleware import access
from testimonia.server.wire import JoiningProtocol

LONGEST_GOODBYE = 5
"""Seconds for running requests to finish once the server is told to stop."""

MOST_CONNECTIONS = 1000


class _Server(uvicorn.Server):
    """A server that calls `ready` once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start and call `ready`."""
        await super().startup(sockets)
        if self.started:
            self._ready()


class OneLine(logging.Formatter):
    """Formats a record as one line; of an unexpected error it keeps the type and the place."""

    def formatException(  # noqa: N802  (the library's name)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return type and place of an error without its message, which may contain text of interviews."""
        kind, _, trace = ei
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        return f"{kind.__name__ if kind else 'error'}{place}"

    def format(self, record: logging.LogRecord) -> str:
        """Format a record as one line."""
        return make_printable(" ".join(super().format(record).split("\n")))


def open_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket; TestimoniaError when the address is not available. Port 0 takes any free port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise TestimoniaError(f"port {port} on {host} is taken; choose another: --port NUMBER") from error
        raise TestimoniaError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    except OverflowError as error:
        raise TestimoniaError(f"{port} is no port; expected 0 to 65535") from error


def serve(app: Starlette, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Run an application on a socket until SIGINT or SIGTERM; `ready` is called once it accepts connections."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    access.addHandler(logging.StreamHandler())
    access.propagate = False  # its records are batches of lines that have their own times
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=LONGEST_GOODBYE,
        http=JoiningProtocol,
        ws="none",
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ignore)  # uvicorn raises the signal again after its shutdown, which would end us by it
    _Server(config, ready).run([listening])


def _ignore(number: int, frame: FrameType | None) -> None:
    """Ignore a signal."""

"""Routes that pages of other sites may read (CORS)."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.server.endpoint import PUBLIC

ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}

Respond = Callable[[Request], Awaitable[Response]]


def make_public_route(path: str, respond: Respond) -> Route:
    """Return the route; it answers OPTIONS too, which browsers send before a request with custom headers."""

    async def answer(request: Request) -> Response:
        """Answer OPTIONS with the allowed methods, anything else by `respond`."""
        return Response(status_code=204, headers=ALLOWED) if request.method == "OPTIONS" else await respond(request)

    return Route(path, answer, methods=["GET", "OPTIONS"], middleware=[PUBLIC])

"""Routing: a path and what answers at it in, a route that pages of other sites may read out (CORS)."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.server.endpoint import PUBLIC

ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}


Respond = Callable[[Request], Awaitable[Response]]


def make_public_route(path: str, respond: Respond) -> Route:
    """Return the route; OPTIONS is answered too, which browsers ask first where a request has headers of its own."""

    async def answer(request: Request) -> Response:
        """Return the answer, or to OPTIONS the methods there are."""
        return Response(status_code=204, headers=ALLOWED) if request.method == "OPTIONS" else await respond(request)

    return Route(path, answer, methods=["GET", "OPTIONS"], middleware=[PUBLIC])

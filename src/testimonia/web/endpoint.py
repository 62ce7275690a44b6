"""Endpoint: the SPARQL endpoint at `/sparql`; it queries only."""

import asyncio

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.errors import UnacceptableError
from testimonia.pool.formats import GRAPH, TABULAR
from testimonia.pool.lanes import Pool
from testimonia.pool.messages import Reply, Task
from testimonia.web.description import write_description
from testimonia.web.negotiation import choose_media_type
from testimonia.web.protocol import read_operation

PATH = "/sparql"
METHODS = ["GET", "POST", "OPTIONS"]
PUBLIC = Middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"], max_age=86400
)
"""Other sites' pages may read what passes here: it is public, and no cookie or password is ever asked for."""

_VARY = {"Vary": "Accept"}


def make_route(pool: Pool) -> Route:
    """Give the route of the endpoint over a pool."""

    async def respond(request: Request) -> Response:
        """Answer a query, or say what this endpoint is."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        endpoint = str(request.url.replace(query="", fragment=""))
        accept = ",".join(request.headers.getlist("accept"))
        operation = await read_operation(request)
        if operation is None:
            return describe(endpoint, accept, pool)
        task = Task(
            operation.query,
            tabular=choose_media_type(accept, TABULAR),
            graph=choose_media_type(accept, GRAPH),
            default=operation.default,
            named=operation.named,
            base=endpoint,
        )
        reply = await ask_while_connected(request, pool, task)
        return Response(reply.body, media_type=reply.media_type, headers=_VARY)

    return Route(PATH, respond, methods=METHODS, middleware=[PUBLIC])


def describe(endpoint: str, accept: str, pool: Pool) -> Response:
    """Give the service description in a format that is accepted; UnacceptableError when there is none."""
    media_type = choose_media_type(accept, GRAPH)
    if not media_type:
        raise UnacceptableError(f"the service description is one of: {', '.join(GRAPH)}")
    body = write_description(endpoint, pool.graphs, GRAPH[media_type])
    return Response(body, media_type=media_type, headers=_VARY)


async def ask_while_connected(request: Request, pool: Pool, task: Task) -> Reply:
    """Give the pool's answer to a task; when whoever asks hangs up, the query is stopped."""
    asking = asyncio.create_task(pool.ask(task))
    try:
        await asyncio.wait({asking}, timeout=pool.limits.short)
        if not asking.done():
            leaving = asyncio.create_task(_wait_for_leaving(request))
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            leaving.cancel()
            if not asking.done():
                asking.cancel()
        return await asking
    finally:
        asking.cancel()


async def _wait_for_leaving(request: Request) -> None:
    """Return when the client has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""The SPARQL endpoint at `/sparql`; it answers queries and refuses updates."""

from functools import lru_cache

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.server.description import write_description
from testimonia.server.negotiation import choose_media_type, read_accept, require_media_type
from testimonia.server.protocol import read_operation
from testimonia.server.workers.engine import ServerEngine
from testimonia.server.workers.formats import GRAPH, TABULAR
from testimonia.server.workers.messages import Reply, Task

PATH = "/sparql"
METHODS = ["GET", "POST", "OPTIONS"]
PUBLIC = Middleware(
    CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"], max_age=86400
)
"""Pages of other sites may read these responses (CORS): they are public, and no cookie or password is involved."""

_VARY = {"Vary": "Accept"}


def make_route(engine: ServerEngine) -> Route:
    """Return the route of the endpoint over an engine."""

    async def respond(request: Request) -> Response:
        """Answer a query; OPTIONS gets the allowed methods."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        return await answer(request, engine)

    return Route(PATH, respond, methods=METHODS, middleware=[PUBLIC])


async def answer(request: Request, engine: ServerEngine) -> Response:
    """Answer a query; a request without one gets the service description."""
    operation = await read_operation(request)
    endpoint = f"{request.scope['scheme']}://{request.headers.get('host', '')}{PATH}"
    if operation is None:
        return describe(endpoint, request, engine)
    tabular, graph = _choose(read_accept(request))
    task = Task(operation.query, tabular, graph, operation.default, operation.named, endpoint)
    reply = await ask_while_connected(request, engine, task)
    return Response(reply.body, media_type=reply.media_type, headers=_VARY)


@lru_cache(maxsize=256)
def _choose(accept: str) -> tuple[str, str]:
    """Return the media types for a table and for triples; cached, since clients repeat their Accept headers."""
    return choose_media_type(accept, TABULAR), choose_media_type(accept, GRAPH)


def describe(endpoint: str, request: Request, engine: ServerEngine) -> Response:
    """Return the service description in an accepted format; UnacceptableError when there is none."""
    media_type = require_media_type(request, GRAPH, "the service description")
    body = write_description(endpoint, engine.graphs, GRAPH[media_type], engine.foreign)
    return Response(body, media_type=media_type, headers=_VARY)


async def ask_while_connected(request: Request, engine: ServerEngine, task: Task) -> Reply:
    """Return an engine's answer to a task; the query is stopped when the client disconnects."""

    async def wait_for_disconnect() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return await engine.ask(task, wait_for_disconnect)

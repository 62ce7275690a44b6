"""The web application (Starlette): its routes, middleware and error handlers over one query engine."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.middleware import Middleware

from testimonia.core.text import TextSource
from testimonia.questions.question import Question
from testimonia.server import assets, catalogue, editor, endpoint, listings, querying, shapes, sitemap
from testimonia.server.downloads import Downloads
from testimonia.server.error_responses import make_error_handlers
from testimonia.server.graph_client import GraphClient
from testimonia.server.home import Home
from testimonia.server.middleware import make_middleware
from testimonia.server.parameter_values import ParameterValues
from testimonia.server.passages import Passages
from testimonia.server.question_routes import QuestionRoutes
from testimonia.server.resources import Resources
from testimonia.server.shortcut import Shortcut
from testimonia.server.templating import Pages
from testimonia.server.workers.engine import ServerEngine

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Values of the Host header that are answered by default: this machine only."""


def make_app(
    engine: ServerEngine,
    hosts: Collection[str] = LOCAL_HOSTS,
    *,
    questions: Mapping[str, Question] | None = None,
    shape_triples: list[ox.Triple] | None = None,
    sources: Iterable[TextSource] = (),
) -> Starlette:
    """Return the application; its lifespan starts the engine and closes it.

    `questions` are the saved questions by slug, `shape_triples` what `/shapes` serves. `sources` are the texts that
    pages quote passages from: give them on the owner's machine only.
    """
    saved = questions or {}
    client = GraphClient(engine)
    pages = Pages(client.addresses)
    downloads = Downloads(engine)
    documents = Resources(client, pages, Passages(client, sources))

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001  (Starlette passes the app)
        await engine.start()
        yield
        await engine.close()
        downloads.close()

    app = Starlette(
        routes=[
            endpoint.make_route(engine),
            querying.make_route(client, pages),
            editor.make_route(client, saved, pages),
            *assets.make_routes(),
            catalogue.make_route(client, downloads),
            downloads.make_route(),
            *QuestionRoutes(client, saved, pages, ParameterValues(client), documents).make_routes(),
            *shapes.make_routes(shape_triples or [], pages),
            *sitemap.make_routes(client, saved.values()),
            Home(client, downloads, saved, pages).make_route(),
            *listings.make_routes(client, pages),
            documents.make_route("/{path:path}", documents.respond),  # last: it matches every path
        ],
        middleware=make_middleware(hosts, Middleware(Shortcut, engine=engine, hosts=hosts)),
        exception_handlers=make_error_handlers(pages),
        lifespan=live,
    )
    app.router.redirect_slashes = False
    return app

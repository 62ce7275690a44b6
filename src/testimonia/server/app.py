"""App: an engine and the saved questions in, the web application over them out."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.middleware import Middleware

from testimonia.core.text import TextSource
from testimonia.questions.question import Question
from testimonia.server import assets, catalogue, editor, endpoint, listings, querying, shapes, sitemap
from testimonia.server.downloads import Downloads
from testimonia.server.error_responses import make_refusals
from testimonia.server.graph_client import GraphClient
from testimonia.server.home import Home
from testimonia.server.middleware import make_guards
from testimonia.server.parameter_values import Knowledge
from testimonia.server.passages import Passages
from testimonia.server.question_routes import Asked
from testimonia.server.resources import Resources
from testimonia.server.shortcut import Shortcut
from testimonia.server.templating import Pages
from testimonia.server.workers.engine import ServerEngine

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""The names under which this machine may ask itself."""


def make_app(
    engine: ServerEngine,
    hosts: Collection[str] = LOCAL_HOSTS,
    *,
    questions: Mapping[str, Question] | None = None,
    shape_triples: list[ox.Triple] | None = None,
    sources: Iterable[TextSource] = (),
) -> Starlette:
    """Yield the application; its lifespan starts the engine and closes it.

    `questions` are those that can be asked by their slug, `shape_triples` what stands at `/shapes`;
    `sources` are the texts that pages show passages of: for this machine only.
    """
    asked = questions or {}
    holdings = GraphClient(engine)
    pages = Pages(holdings.addresses)
    downloads = Downloads(engine)
    documents = Resources(holdings, pages, Passages(holdings, sources))

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001  (a lifespan is given the app)
        await engine.start()
        yield
        await engine.close()
        downloads.close()

    app = Starlette(
        routes=[
            endpoint.make_route(engine),
            querying.make_route(holdings, pages),
            editor.make_route(holdings, asked, pages),
            *assets.make_routes(),
            catalogue.make_route(holdings, downloads),
            downloads.make_route(),
            *Asked(holdings, asked, pages, Knowledge(holdings), documents).make_routes(),
            *shapes.make_routes(shape_triples or [], pages),
            *sitemap.make_routes(holdings, asked.values()),
            Home(holdings, downloads, asked, pages).make_route(),
            *listings.make_routes(holdings, pages),
            documents.make_route("/{path:path}", documents.respond),  # all that has no other
        ],
        middleware=make_guards(hosts, Middleware(Shortcut, engine=engine, hosts=hosts)),
        exception_handlers=make_refusals(pages),
        lifespan=live,
    )
    app.router.redirect_slashes = False
    return app

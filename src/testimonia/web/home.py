"""Home: the page at `/`, which lists what the server offers."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from testimonia.pool.lanes import Pool

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Testimonia</title></head>
<body>
<main>
<h1>Testimonia</h1>
<p>Interviews as linked data: {triples:,} triples in {graphs} graphs, in which every statement says who said it.</p>
<ul>
<li><a href="/sparql">SPARQL endpoint</a>: queries by GET or POST; without a query, what the endpoint offers</li>
</ul>
<h2>Graphs</h2>
<ul>
{names}
</ul>
</main>
</body>
</html>
"""


def make_route(pool: Pool) -> Route:
    """Give the route of the page."""

    async def respond(request: Request) -> Response:  # noqa: ARG001  (a route is given the request)
        names = "\n".join(f"<li>{escape(name)}: {count:,} triples</li>" for name, count in pool.graphs.items())
        page = _PAGE.format(triples=sum(pool.graphs.values()), graphs=len(pool.graphs), names=names)
        return HTMLResponse(page)

    return Route("/", respond)

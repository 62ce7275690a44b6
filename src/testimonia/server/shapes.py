"""Shapes: the SHACL files of the model in, the document at `/shapes` out: a page, or triples."""

from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.core.namespaces import PREFIXES, VOCABULARY_BASE, expand
from testimonia.rdf.reading import get_value
from testimonia.server.addresses import SUFFIXES
from testimonia.server.resources import VARY, choose_offered
from testimonia.server.routing import make_public_route
from testimonia.server.templating import Pages
from testimonia.server.workers.formats import GRAPH

_STEM = f"{VOCABULARY_BASE}shapes#"


def read_shapes(folder: Path) -> list[ox.Triple]:
    """Return the triples of all shapes files of a folder."""
    paths = sorted(folder.glob("*.ttl"))
    return [quad.triple for path in paths for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


def make_routes(triples: list[ox.Triple], pages: Pages) -> list[Route]:
    """Return the routes of the document, with and without suffix."""
    listed = list_shapes(triples)

    async def respond(request: Request) -> Response:
        """Return the shapes in the format asked for."""
        suffix = request.url.path.removeprefix("/shapes").removeprefix(".")
        media_type = SUFFIXES[suffix] if suffix else choose_offered(request)
        if media_type == "text/html":
            return pages.give("shapes", {"shapes": listed}, headers=VARY)
        body = ox.serialize(triples, format=GRAPH[media_type], prefixes=PREFIXES)
        return Response(body, media_type=media_type, headers=VARY)

    suffixed = [make_public_route(f"/shapes.{name}", respond) for name in SUFFIXES]
    return [make_public_route("/shapes", respond), *suffixed]


def list_shapes(triples: list[ox.Triple]) -> list[tuple[str, str]]:
    """Return the name of each shape that has an IRI of ours (what stands behind the hash), and its message."""
    names = {get_value(t.subject).removeprefix(_STEM) for t in triples if get_value(t.subject).startswith(_STEM)}
    messages = {
        get_value(t.subject).removeprefix(_STEM): get_value(t.object)
        for t in triples
        if t.predicate.value == expand("sh:message")
    }
    return [(name, messages.get(name, "")) for name in sorted(names)]

"""The SHACL shapes of the model at `/shapes`, as a page or as triples."""

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
    """Read the triples of all shapes files of a folder."""
    paths = sorted(folder.glob("*.ttl"))
    return [quad.triple for path in paths for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


def make_routes(triples: list[ox.Triple], pages: Pages) -> list[Route]:
    """Return the routes of the document, with and without suffix."""
    listed = list_shapes(triples)

    async def respond(request: Request) -> Response:
        """Serve the shapes in the requested format."""
        suffix = request.url.path.removeprefix("/shapes").removeprefix(".")
        media_type = SUFFIXES[suffix] if suffix else choose_offered(request)
        if media_type == "text/html":
            return pages.render("shapes", {"shapes": listed}, headers=VARY)
        body = ox.serialize(triples, format=GRAPH[media_type], prefixes=PREFIXES)
        return Response(body, media_type=media_type, headers=VARY)

    suffixed = [make_public_route(f"/shapes.{name}", respond) for name in SUFFIXES]
    return [make_public_route("/shapes", respond), *suffixed]


def list_shapes(triples: list[ox.Triple]) -> list[tuple[str, str]]:
    """Return (name, message) of each shape with an IRI of the vocabulary; the name is its fragment."""
    messages: dict[str, str] = {}
    for triple in triples:
        subject, message = get_value(triple.subject), triple.predicate.value == expand("sh:message")
        if subject.startswith(_STEM):
            messages.setdefault(subject, "")
            messages[subject] = get_value(triple.object) if message else messages[subject]
    return [(iri.removeprefix(_STEM), messages[iri]) for iri in sorted(messages)]

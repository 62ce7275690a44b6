"""The description of the data set for programs: its own metadata, and where this server offers it (DCAT 3, VoID)."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES, expand
from testimonia.server.downloads import Downloads
from testimonia.server.graph_client import GraphClient
from testimonia.server.negotiation import require_media_type
from testimonia.server.routing import make_public_route
from testimonia.server.workers.formats import GRAPH

WELL_KNOWN = "/.well-known/void"
_MEDIA = "https://www.iana.org/assignments/media-types/"


def make_route(client: GraphClient, downloads: Downloads) -> Route:
    """Return the route of the description at VoID's well-known path."""

    async def respond(request: Request) -> Response:
        """Serve the description in the format that the client accepts."""
        media_type = require_media_type(request, GRAPH, "the description")
        return await respond_catalogue(request, client, downloads, media_type)

    return make_public_route(WELL_KNOWN, respond)


async def respond_catalogue(request: Request, client: GraphClient, downloads: Downloads, media_type: str) -> Response:
    """Return the description of the data set, and of its merged sources, in a format."""
    graph = mint_graph_iri(client.base, "dataset")
    triples = await client.construct(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    for graph in sorted(graph for graph in client.engine.foreign if graph.endswith("/source")):
        triples += await client.construct(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    added = describe_access(client.base, str(request.base_url), downloads.media_types)
    body = ox.serialize([*triples, *added], format=GRAPH[media_type], prefixes=PREFIXES)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def describe_access(base: str, site: str, files: Mapping[str, str]) -> Iterator[ox.Triple]:
    """Yield the triples that say where to query and download a data set.

    `site` is the URL of this server and ends in a slash; `files` maps downloads to their media types.

    >>> len(list(describe_access("https://example.org/", "http://localhost/", {"all.trig": "application/trig"})))
    11
    """
    dataset, endpoint = ox.NamedNode(base), ox.NamedNode(f"{site}sparql")
    service = ox.NamedNode(f"{site}sparql#service")
    yield from _state(dataset, {"void:sparqlEndpoint": [endpoint]})
    facts = {"rdf:type": [ox.NamedNode(expand("dcat:DataService"))], "dcat:endpointURL": [endpoint]}
    yield from _state(service, {**facts, "dcat:servesDataset": [dataset]})
    for name, media_type in files.items():
        file = ox.NamedNode(f"{site}data/{name}")
        yield from _state(dataset, {"dcat:distribution": [file], "void:dataDump": [file]})
        facts = {"rdf:type": [ox.NamedNode(expand("dcat:Distribution"))], "dcat:downloadURL": [file]}
        yield from _state(file, {**facts, "dct:title": [ox.Literal(name)]})
        yield from _state(file, {"dcat:mediaType": [ox.NamedNode(_MEDIA + media_type)]})
    yield from _state(dataset, {"rdf:type": [ox.NamedNode(expand("dcat:Dataset"))]})


def _state(subject: ox.NamedNode, facts: Mapping[str, Iterable[ox.NamedNode | ox.Literal]]) -> Iterator[ox.Triple]:
    for name, values in facts.items():
        for value in values:
            yield ox.Triple(subject, ox.NamedNode(expand(name)), value)

"""Linked Data: every IRI of the data set at its path, as a page or as triples, by Accept header or by suffix.

The document about a node is served at the node's own path (200, Content-Location names the document). A withdrawn node
answers 410, an unknown one 404 with the nearest names.
Source: docs/decisions/0020-documents-at-the-paths-of-iris.md.
"""

import difflib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from testimonia.core.namespaces import VOCABULARY_BASE
from testimonia.server.addresses import SUFFIXES, split_suffix
from testimonia.server.claims_page import Relation, find_claims, read_claims
from testimonia.server.comparison import compare
from testimonia.server.endpoint import ask_while_connected
from testimonia.server.error_responses import make_error_response
from testimonia.server.external_statements import find_external_statements, make_external_node
from testimonia.server.graph_client import HEAD, GraphClient
from testimonia.server.negotiation import require_media_type
from testimonia.server.nodes import Node, find_node
from testimonia.server.passages import Passages
from testimonia.server.protocol import ProtocolError
from testimonia.server.routing import Respond, make_public_route
from testimonia.server.templating import Pages
from testimonia.server.triples import write_description_query
from testimonia.server.workers.formats import GRAPH
from testimonia.server.workers.messages import Task

OFFERED = [*SUFFIXES.values(), *(name for name in GRAPH if name not in {*SUFFIXES.values(), "text/plain"})]
"""Media types of the documents about a node, the page first."""

VARY = {"Vary": "Accept"}
_LONGEST_PATH = 1000
_SLASHED = re.compile(r"(?:/[^/]+)+/")
"""A path with a trailing slash, which no IRI of the data set has."""
_NEAREST = 5
_MOST_NAMES = 50_000


class Resources:
    """The documents about all nodes of a graph."""

    def __init__(self, client: GraphClient, pages: Pages, passages: Passages) -> None:
        self.client = client
        self.pages = pages
        self.passages = passages

    def make_route(self, path: str, respond: Respond) -> Route:
        """Return a route of documents: not readable by other sites (CORS) where pages may quote the source texts."""
        return Route(path, respond) if self.passages.mounted else make_public_route(path, respond)

    async def respond(self, request: Request) -> Response:
        """Serve the document about a node in the requested format."""
        path, suffix = split_suffix(request.scope["raw_path"].decode("latin-1"))
        if len(path) > _LONGEST_PATH:
            raise ProtocolError(414, "the address is too long")
        if _SLASHED.fullmatch(path):
            return RedirectResponse(path.rstrip("/"), 308)
        iri = self.client.addresses.find_iri(path)
        media_type = SUFFIXES[suffix] if suffix else choose_offered(request)
        known, withdrawn = await self.find(iri)
        if withdrawn:
            return self.respond_missing(media_type, 410, "What this address stood for was withdrawn.", [])
        if not known:
            return self.respond_missing(
                media_type, 404, "There is nothing at this address.", await self.find_nearest(iri)
            )
        if media_type == "text/html":
            return await self.show(request, iri)
        task = Task(HEAD + write_description_query(iri, self.client.base), graph=media_type)
        reply = await ask_while_connected(request, self.client.engine, task)
        return Response(reply.body, media_type=reply.media_type, headers=self.locate(iri, reply.media_type))

    async def find(self, iri: str) -> tuple[bool, bool]:
        """Tell whether any triple has a node, and whether the node, or one that it is part of, was withdrawn."""
        base = self.client.base
        parts = iri.removeprefix(base).split("/") if iri.startswith(base) else []
        above = " ".join(f"<{base}{'/'.join(parts[:end])}>" for end in range(2, len(parts) + 1))
        others = ""
        if self.client.engine.foreign:
            others = f" || EXISTS {{ GRAPH ?g {{ <{iri}> ?p ?o }} }} || EXISTS {{ GRAPH ?g {{ ?s ?q <{iri}> }} }}"
        rows = await self.client.rows(
            f"SELECT ?known ?gone {{ BIND(EXISTS {{ <{iri}> ?p ?o }} || EXISTS {{ ?s ?q <{iri}> }} "
            f"|| EXISTS {{ GRAPH <{iri}> {{ ?a ?b ?c }} }}{others} AS ?known) "
            f"BIND(EXISTS {{ VALUES ?x {{ {above} }} ?x a t:Withdrawn }} AS ?gone) }}"
        )
        return rows[0]["known"] == "true", rows[0]["gone"] == "true"

    async def find_nearest(self, iri: str) -> list[str]:
        """Return existing IRIs of the same path whose names resemble that of an unknown one."""
        stem, _, name = iri.rpartition("/")
        if stem in {self.client.base.rstrip("/"), VOCABULARY_BASE.rstrip("/")}:
            return []
        rows = await self.client.rows(
            f'SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?s), "{stem}/")) }} LIMIT {_MOST_NAMES}'
        )
        names = [row["s"].removeprefix(f"{stem}/") for row in rows]
        siblings = [sibling for sibling in names if "/" not in sibling]
        return [f"{stem}/{near}" for near in difflib.get_close_matches(name, siblings, n=_NEAREST, cutoff=0.5)]

    async def show(self, request: Request, iri: str) -> Response:
        """Return the page of a node."""
        node = await find_node(self.client, iri) or make_external_node(iri)
        values = await self.describe(node, read_start(request))
        return self.pages.render("node", values, headers=self.locate(iri, "text/html"))

    async def describe(self, node: Node, start: int) -> dict[str, Any]:
        """Return the values of a node's page: its facts, the claims about it, and itself in words if it is a claim."""
        relation = _choose_relation(node)
        claims = await find_claims(self.client, node.iri, start, relation)
        page: dict[str, Any] = {
            "node": node,
            "claims": claims,
            "own": None,
            "others": None,
            "lines": [],
            "voices": [],
            "external": await find_external_statements(self.client, node.iri),
        }
        if relation is Relation.OF:
            page["voices"] = await self.find_voices(node.iri)
        elif relation is Relation.ABOUT:
            page["others"] = await find_claims(self.client, node.iri, 0, Relation.NAMING_ONLY)
            if len(claims.statements) > 1:
                page["lines"] = compare(claims.statements, claims.names)
        elif node.is_a("Claim"):
            page["own"] = await read_claims(self.client, [node.iri], total=1)
        lists = filter(None, (claims, page["own"], page["others"]))
        shown = [statement for some in lists for statement in some.statements]
        return {**page, "passages": await self.passages.find(shown)}

    async def find_voices(self, interview: str) -> list[Any]:
        """Return the speakers of an interview with their voice and their number of claims."""
        return await self.client.rows(
            "SELECT ?who ?name ?voice ?called (COUNT(?claim) AS ?claims) "
            f"{{ ?claim t:inInterview <{interview}> ; a t:Claim ; t:statedBy ?who . ?who rdfs:label ?name "
            "OPTIONAL { ?claim t:voice ?voice . ?voice skos:prefLabel ?called } } "
            "GROUP BY ?who ?name ?voice ?called ORDER BY DESC(?claims) ?name"
        )

    def respond_missing(self, media_type: str, status: int, message: str, nearest: list[str]) -> Response:
        """Return a 404 or 410 response that names the nearest existing nodes."""
        if media_type == "text/html":
            page = {"status": status, "message": message, "nearest": nearest}
            return self.pages.render("error", page, status=status, headers=VARY)
        paths = ", ".join(map(self.client.addresses.find_path, nearest))
        return make_error_response(status, f"{message} Nearest: {paths}" if paths else message, VARY)

    def locate(self, iri: str, media_type: str) -> dict[str, str]:
        """Return the headers that name the URL of a document and its other formats."""
        path = self.client.addresses.find_path(iri)
        headers, links = dict(VARY), [f'<{iri}>; rel="describes"']
        for suffix, offered in SUFFIXES.items():
            if offered == media_type:
                headers["Content-Location"] = f"{path}.{suffix}"
            else:
                links.append(f'<{path}.{suffix}>; rel="alternate"; type="{offered}"')
        return headers | {"Link": ", ".join(links)}


def choose_offered(request: Request) -> str:
    """Return the media type of a document by the Accept header; UnacceptableError when none is accepted."""
    return require_media_type(request, OFFERED, "this")


def _choose_relation(node: Node) -> Relation:
    """Return the relation of the claims that the page of a node shows."""
    if node.is_a("Interview"):
        return Relation.OF
    return Relation.ABOUT if node.happened else Relation.NAMING


def read_start(request: Request) -> int:
    """Return the parameter `start` of a request: the number of the first item on the page, 0 by default."""
    text = request.query_params.get("start", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

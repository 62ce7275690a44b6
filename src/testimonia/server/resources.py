"""Resources: every IRI that we mint, at its path: a page for people, triples for programs, by Accept or by suffix.

A document answers at the path of what it is about (200, Content-Location names the document); what was withdrawn
answers 410, what there is not 404 with the nearest names.
Source: docs/decisions/0020-documents-at-the-paths-of-iris.md.
"""

import difflib
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from testimonia.core.errors import UnacceptableError
from testimonia.core.namespaces import VOCABULARY_BASE
from testimonia.server.addresses import SUFFIXES, split_suffix
from testimonia.server.claims_page import Relation, find_claims, read_claims
from testimonia.server.comparison import compare
from testimonia.server.endpoint import ask_while_connected
from testimonia.server.error_responses import refuse
from testimonia.server.external_statements import find_strangers, make_stranger
from testimonia.server.graph_client import HEAD, GraphClient
from testimonia.server.negotiation import choose_media_type
from testimonia.server.nodes import Node, find_node
from testimonia.server.passages import Passages
from testimonia.server.protocol import ProtocolError
from testimonia.server.routing import Respond, make_public_route
from testimonia.server.templating import Pages
from testimonia.server.triples import write_description_query
from testimonia.server.workers.formats import GRAPH
from testimonia.server.workers.messages import Task

OFFERED = [*SUFFIXES.values(), *(name for name in GRAPH if name not in {*SUFFIXES.values(), "text/plain"})]
"""Media types that a node is given in, the page first."""

VARY = {"Vary": "Accept"}
_LONGEST_PATH = 1000
_SLASHED = re.compile(r"(?:/[^/]+)+/")
"""A path that somebody ended in a slash; none of ours does."""
_NEAREST = 5
_MOST_NAMES = 50_000


class Resources:
    """The documents of all nodes of a graph."""

    def __init__(self, holdings: GraphClient, pages: Pages, passages: Passages) -> None:
        self.holdings = holdings
        self.pages = pages
        self.passages = passages

    def make_route(self, path: str, respond: Respond) -> Route:
        """Find a route of documents; where words of the texts may stand on pages, they are for no other site's page."""
        return Route(path, respond) if self.passages.mounted else make_public_route(path, respond)

    async def respond(self, request: Request) -> Response:
        """Return the document of a node in the format asked for."""
        path, suffix = split_suffix(request.scope["raw_path"].decode("latin-1"))
        if len(path) > _LONGEST_PATH:
            raise ProtocolError(414, "the address is too long")
        if _SLASHED.fullmatch(path):
            return RedirectResponse(path.rstrip("/"), 308)
        iri = self.holdings.addresses.find_iri(path)
        media_type = SUFFIXES[suffix] if suffix else choose_offered(request)
        known, withdrawn = await self.find(iri)
        if withdrawn:
            return self.refuse(media_type, 410, "What this address stood for was withdrawn.", [])
        if not known:
            return self.refuse(media_type, 404, "There is nothing at this address.", await self.find_nearest(iri))
        if media_type == "text/html":
            return await self.show(request, iri)
        task = Task(HEAD + write_description_query(iri, self.holdings.base), graph=media_type)
        reply = await ask_while_connected(request, self.holdings.engine, task)
        return Response(reply.body, media_type=reply.media_type, headers=self.locate(iri, reply.media_type))

    async def find(self, iri: str) -> tuple[bool, bool]:
        """Tell whether anything is said of a node, and whether it, or what it is part of, was withdrawn."""
        base = self.holdings.base
        parts = iri.removeprefix(base).split("/") if iri.startswith(base) else []
        above = " ".join(f"<{base}{'/'.join(parts[:end])}>" for end in range(2, len(parts) + 1))
        others = ""
        if self.holdings.engine.foreign:
            others = f" || EXISTS {{ GRAPH ?g {{ <{iri}> ?p ?o }} }} || EXISTS {{ GRAPH ?g {{ ?s ?q <{iri}> }} }}"
        rows = await self.holdings.rows(
            f"SELECT ?known ?gone {{ BIND(EXISTS {{ <{iri}> ?p ?o }} || EXISTS {{ ?s ?q <{iri}> }} "
            f"|| EXISTS {{ GRAPH <{iri}> {{ ?a ?b ?c }} }}{others} AS ?known) "
            f"BIND(EXISTS {{ VALUES ?x {{ {above} }} ?x a t:Withdrawn }} AS ?gone) }}"
        )
        return rows[0]["known"] == "true", rows[0]["gone"] == "true"

    async def find_nearest(self, iri: str) -> list[str]:
        """Return the IRIs beside one that is not there whose names are like its own."""
        stem, _, name = iri.rpartition("/")
        if stem in {self.holdings.base.rstrip("/"), VOCABULARY_BASE.rstrip("/")}:
            return []
        rows = await self.holdings.rows(
            f'SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?s), "{stem}/")) }} LIMIT {_MOST_NAMES}'
        )
        names = [row["s"].removeprefix(f"{stem}/") for row in rows]
        near = difflib.get_close_matches(name, [n for n in names if "/" not in n], n=_NEAREST, cutoff=0.5)
        return [f"{stem}/{found}" for found in near]

    async def show(self, request: Request, iri: str) -> Response:
        """Return the page of a node."""
        node = await find_node(self.holdings, iri) or make_stranger(iri)
        values = await self.describe(node, read_start(request))
        return self.pages.give("node", values, headers=self.locate(iri, "text/html"))

    async def describe(self, node: Node, start: int) -> dict[str, Any]:
        """Return what the page of a node shows: its facts, itself if it is a claim, the claims that tell of it."""
        relation = _choose_relation(node)
        telling = await find_claims(self.holdings, node.iri, start, relation)
        page: dict[str, Any] = {
            "node": node,
            "telling": telling,
            "own": None,
            "others": None,
            "lines": [],
            "voices": [],
            "strangers": await find_strangers(self.holdings, node.iri),
        }
        if relation is Relation.OF:
            page["voices"] = await self.find_voices(node.iri)
        elif relation is Relation.ABOUT:
            page["others"] = await find_claims(self.holdings, node.iri, 0, Relation.NAMING_ONLY)
            if len(telling.statements) > 1:
                page["lines"] = compare(telling.statements, telling.names)
        elif node.is_a("Claim"):
            page["own"] = await read_claims(self.holdings, [node.iri], total=1)
        shown = [one for name in ("telling", "own", "others") if page[name] for one in page[name].statements]
        return {**page, "passages": await self.passages.find(shown)}

    async def find_voices(self, interview: str) -> list[Any]:
        """Return who speaks in an interview, in which voice, and how many claims are theirs."""
        return await self.holdings.rows(
            "SELECT ?who ?name ?voice ?called (COUNT(?claim) AS ?claims) "
            f"{{ ?claim t:inInterview <{interview}> ; a t:Claim ; t:statedBy ?who . ?who rdfs:label ?name "
            "OPTIONAL { ?claim t:voice ?voice . ?voice skos:prefLabel ?called } } "
            "GROUP BY ?who ?name ?voice ?called ORDER BY DESC(?claims) ?name"
        )

    def refuse(self, media_type: str, status: int, message: str, nearest: list[str]) -> Response:
        """Return a refusal that names what may have been meant."""
        if media_type == "text/html":
            page = {"status": status, "message": message, "nearest": nearest}
            return self.pages.give("refusal", page, status=status, headers=VARY)
        paths = ", ".join(map(self.holdings.addresses.find_path, nearest))
        return refuse(status, f"{message} Nearest: {paths}" if paths else message, VARY)

    def locate(self, iri: str, media_type: str) -> dict[str, str]:
        """Return the headers that say where a document is, and in which other formats."""
        path = self.holdings.addresses.find_path(iri)
        suffix = {name: suffix for suffix, name in SUFFIXES.items()}.get(media_type)
        others = [f'<{path}.{s}>; rel="alternate"; type="{name}"' for s, name in SUFFIXES.items() if s != suffix]
        headers = {**VARY, "Link": ", ".join([f'<{iri}>; rel="describes"', *others])}
        return headers | ({"Content-Location": f"{path}.{suffix}"} if suffix else {})


def choose_offered(request: Request) -> str:
    """Return the format that is wanted; UnacceptableError when we have none of those."""
    media_type = choose_media_type(",".join(request.headers.getlist("accept")), OFFERED)
    if not media_type:
        raise UnacceptableError(f"this is one of: {', '.join(OFFERED)}")
    return media_type


def _choose_relation(node: Node) -> Relation:
    """Return which claims the page of a node shows."""
    if node.is_a("Interview"):
        return Relation.OF
    return Relation.ABOUT if node.happened else Relation.NAMING


def read_start(request: Request) -> int:
    """Return the number of the first claim that is wanted, by default 0."""
    text = request.query_params.get("start", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

"""Index pages: the nodes below a path such as `/id`, grouped by class and sorted by name, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from testimonia.server.graph_client import GraphClient, NodeNames
from testimonia.server.resources import read_start
from testimonia.server.routing import make_public_route
from testimonia.server.templating import Pages

AT_ONCE = 100
"""Nodes on one page."""

HEADINGS = {
    "interview": "Interviews",
    "id": "Who and what is spoken of",
    "date": "Dates",
    "term": "Terms",
    "graph": "Graphs",
}
"""First part of a path → heading of the page that lists the nodes below it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one class: its name, the number of its nodes, the position of the first in the whole list.

    `nodes` are those on this page, as (IRI, name).
    """

    name: str
    total: int
    first: int
    nodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list from number `start` (0-based) on: all groups, empty where their nodes are on other pages."""

    groups: tuple[Group, ...]
    start: int

    @property
    def total(self) -> int:
        """The number of nodes in the whole list."""
        return sum(group.total for group in self.groups)

    @property
    def shown(self) -> int:
        """The number of nodes on this page."""
        return sum(len(group.nodes) for group in self.groups)

    @property
    def size(self) -> int:
        """The number of nodes on a full page."""
        return AT_ONCE


def make_routes(client: GraphClient, pages: Pages) -> list[Route]:
    """Return the routes of the index pages."""

    async def respond(request: Request) -> Response:
        """Serve the index page of the requested path."""
        address = request.url.path
        name = address.removeprefix("/")
        listing = await find_listing(client, name, read_start(request))
        return pages.render("list", {"heading": HEADINGS[name], "address": address, "listing": listing})

    return [make_public_route(f"/{name}", respond) for name in HEADINGS]


async def find_listing(client: GraphClient, name: str, start: int) -> Listing:
    """Return the nodes below a path, from number `start` on."""
    if name == "graph":
        graphs = sorted(client.engine.graphs)
        nodes = tuple((iri, iri.removeprefix(f"{client.base}graph/")) for iri in graphs[start : start + AT_ONCE])
        return Listing((Group("", len(graphs), 0, nodes),), start)
    pattern = _write_pattern(client.base, name)
    counted = await client.rows(f"SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?class")
    values = " ".join(f"<{row['class']}>" for row in counted)
    names = NodeNames(await client.collect(f"CONSTRUCT {{ ?s a ?o }} {{ VALUES ?s {{ {values} }} ?s a ?o }}"))
    groups, first = [], 0
    for row in sorted(counted, key=lambda row: (names(row["class"]), row["class"])):
        total = int(row["n"])
        begin, end = max(start - first, 0), min(start + AT_ONCE - first, total)
        nodes = await _find_nodes(client, pattern, row["class"], begin, end) if begin < end else ()
        groups.append(Group(names(row["class"]), total, first, nodes))
        first += total
    return Listing(tuple(groups), start)


async def _find_nodes(client: GraphClient, pattern: str, cls: str, begin: int, end: int) -> tuple[tuple[str, str], ...]:
    """Return (IRI, name) of the nodes number `begin` to `end` of a class, sorted by name."""
    rows: list[Mapping[str, str]] = await client.rows(
        f"SELECT ?s ?label {{ {{ SELECT ?s (MIN(STR(?called)) AS ?label) {{ VALUES ?class {{ <{cls}> }} {pattern} "
        "OPTIONAL { ?s rdfs:label|skos:prefLabel ?called } } GROUP BY ?s } "
        'BIND(LCASE(COALESCE(?label, REPLACE(STR(?s), "^.*/", ""))) AS ?place) } '
        f"ORDER BY ?place ?s OFFSET {begin} LIMIT {end - begin}"
    )
    unnamed = NodeNames(ox.Store())
    return tuple((row["s"], row["label"] or unnamed(row["s"])) for row in rows)


def _write_pattern(base: str, name: str) -> str:
    """Return the graph pattern of the nodes ?s below a path and their ?class."""
    match name:
        case "interview":
            return "?s a ?class FILTER(?class = t:Interview)"
        case "term":
            return "?s a ?class FILTER(?class = skos:ConceptScheme)"
    return f'?s a ?class FILTER(STRSTARTS(STR(?s), "{base}{name}/"))'

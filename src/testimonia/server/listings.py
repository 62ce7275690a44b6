"""Listings: a part of the addresses in; pages of what stands below it, by class and name, some at a time, out."""

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
"""First part of a path → heading of the page that lists what stands below it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The nodes of one class: its name, how many there are, the place of the first in the whole list.

    `nodes` are those of them on this page: IRI and name.
    """

    name: str
    total: int
    first: int
    nodes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of a list, from number `start` (from 0) on: all its groups, empty where their nodes are on other pages."""

    groups: tuple[Group, ...]
    start: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(group.total for group in self.groups)

    @property
    def shown(self) -> int:
        """How many are on this page."""
        return sum(len(group.nodes) for group in self.groups)

    @property
    def size(self) -> int:
        """How many a page has at most."""
        return AT_ONCE

    @property
    def following(self) -> int:
        """The number that the next page begins with; 0 when this is the last."""
        end = self.start + AT_ONCE
        return end if end < self.total else 0


def make_routes(holdings: GraphClient, pages: Pages) -> list[Route]:
    """Return the routes of these pages."""

    async def respond(request: Request) -> Response:
        """Return what stands below the part of the addresses that is asked for."""
        address = request.url.path
        name = address.removeprefix("/")
        listing = await find_listing(holdings, name, read_start(request))
        return pages.give("list", {"heading": HEADINGS[name], "address": address, "listing": listing})

    return [make_public_route(f"/{name}", respond) for name in HEADINGS]


async def find_listing(holdings: GraphClient, name: str, start: int) -> Listing:
    """Return what stands below a part of the addresses, from number `start` on."""
    if name == "graph":
        graphs = sorted(holdings.engine.graphs)
        nodes = tuple((iri, iri.removeprefix(f"{holdings.base}graph/")) for iri in graphs[start : start + AT_ONCE])
        return Listing((Group("", len(graphs), 0, nodes),), start)
    pattern = _write_pattern(holdings.base, name)
    counted = await holdings.rows(f"SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?class")
    values = " ".join(f"<{row['class']}>" for row in counted)
    names = NodeNames(await holdings.collect(f"CONSTRUCT {{ ?s a ?o }} {{ VALUES ?s {{ {values} }} ?s a ?o }}"))
    groups, first = [], 0
    for row in sorted(counted, key=lambda row: (names(row["class"]), row["class"])):
        total = int(row["n"])
        begin, end = max(start - first, 0), min(start + AT_ONCE - first, total)
        nodes = await _find_nodes(holdings, pattern, row["class"], begin, end) if begin < end else ()
        groups.append(Group(names(row["class"]), total, first, nodes))
        first += total
    return Listing(tuple(groups), start)


async def _find_nodes(
    holdings: GraphClient, pattern: str, cls: str, begin: int, end: int
) -> tuple[tuple[str, str], ...]:
    """Return IRI and name of the nodes of a class from one number to another, in the order of their names."""
    rows: list[Mapping[str, str]] = await holdings.rows(
        f"SELECT ?s ?label {{ {{ SELECT ?s (MIN(STR(?called)) AS ?label) {{ VALUES ?class {{ <{cls}> }} {pattern} "
        "OPTIONAL { ?s rdfs:label|skos:prefLabel ?called } } GROUP BY ?s } "
        'BIND(LCASE(COALESCE(?label, REPLACE(STR(?s), "^.*/", ""))) AS ?place) } '
        f"ORDER BY ?place ?s OFFSET {begin} LIMIT {end - begin}"
    )
    unnamed = NodeNames(ox.Store())
    return tuple((row["s"], row["label"] or unnamed(row["s"])) for row in rows)


def _write_pattern(base: str, name: str) -> str:
    """Return the pattern of the nodes ?s below a part of the addresses, and of their classes."""
    match name:
        case "interview":
            return "?s a ?class FILTER(?class = t:Interview)"
        case "term":
            return "?s a ?class FILTER(?class = skos:ConceptScheme)"
    return f'?s a ?class FILTER(STRSTARTS(STR(?s), "{base}{name}/"))'
